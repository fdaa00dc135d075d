//! What the page does not take, and what it says then.

use reqwest::{Method, StatusCode};

use super::browser::Browser;
use super::site::Site;
use crate::stage::KNOWN;

#[tokio::test]
async fn a_form_of_another_site_is_refused_and_what_was_written_stays() {
    let site = Site::open().await;
    let cases: [&[(&'static str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
    ];
    for says in cases {
        let mut browser = Browser::new(&site);
        browser.says = says.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
        browser.open("/sv/").await;
        let page = browser.submit("/sv/ask", &[("text", KNOWN)]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{says:?}");
        page.says("skickades från en annan webbplats");
        page.says(&format!(">\n{KNOWN}</textarea>"));
        assert_eq!(browser.cookie(), None, "{says:?}");
    }
    site.close().await;
}

#[tokio::test]
async fn a_form_without_the_token_of_its_conversation_is_refused() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.ask(KNOWN).await;
    let mut other = Browser::new(&site);
    let foreign = other
        .ask(KNOWN)
        .await
        .between("name=\"token\" value=\"", "\"")
        .to_owned();
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/sv/ask", &[("text", "Hur mycket?")]),
        ("/sv/show", &[("entry", "grants/lovpeng")]),
        (
            "/en/feedback",
            &[
                ("turn", "1"),
                ("entry", "grants/lovpeng"),
                ("helpful", "no"),
                ("remark", "Mer <b>tack</b>"),
            ],
        ),
        ("/en/forget", &[]),
    ];
    for (path, fields) in forms {
        for token in ["", "0123456789abcdef", &foreign] {
            let fields = [&[("token", token)], fields].concat();
            let page = browser.send(Method::POST, path, &fields).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {token:?}");
            if path == "/sv/ask" {
                page.says(">\nHur mycket?</textarea>");
                page.says("skicka en gång till");
            }
            if path == "/en/feedback" {
                page.says("value=\"Mer &lt;b&gt;tack&lt;/b&gt;\"");
            }
        }
    }
    assert!(browser.cookie().is_some());
    assert_eq!(site.desk().questions(None, 5).await.unwrap().len(), 0);
    // Our script is told what to bring, so that sending again is enough; another site would be told nothing.
    browser.says.push(("lots-piece", "1".to_owned()));
    let fields = [("token", ""), ("text", KNOWN)];
    let piece = browser.send(Method::POST, "/sv/ask", &fields).await;
    assert_eq!(piece.status, StatusCode::FORBIDDEN);
    let token = piece.headers["lots-token"].to_str().unwrap().to_owned();
    let fields = [("token", token.as_str()), ("text", KNOWN)];
    let piece = browser.send(Method::POST, "/sv/ask", &fields).await;
    assert_eq!(piece.status, StatusCode::OK);
    browser.says[0].1 = "cross-site".to_owned();
    let piece = browser.send(Method::POST, "/sv/ask", &fields[1..]).await;
    assert_eq!(piece.status, StatusCode::FORBIDDEN);
    assert!(!piece.headers.contains_key("lots-token"));
    browser.says = vec![("sec-fetch-site", "same-origin".to_owned())];
    // What was refused can be sent from the page that says so.
    browser.open("/sv/").await;
    browser
        .send_and_follow("/sv/ask", &[("text", "Hur mycket?")])
        .await
        .says("15 000");
    site.close().await;
}

#[tokio::test]
async fn nothing_and_too_much_are_sent_back_with_what_was_written() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/sv/").await;
    for empty in ["", " \r\n\t "] {
        let page = browser.submit("/sv/ask", &[("text", empty)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.cookie(), None);
    }
    let long = "Ett två tre. ".repeat(200);
    let page = browser.submit("/sv/ask", &[("text", &long)]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    page.says("2000");
    page.says(&format!(">\n{long}</textarea>"));
    page.says("600 tecken för mycket");

    // A browser sends each line break as two characters.
    let lines = "Hej.\r\n".repeat(400);
    let page = browser.submit("/sv/ask", &[("text", &lines)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    site.close().await;
}

#[tokio::test]
async fn a_form_that_makes_no_sense_is_sent_back() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/en/").await;
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], StatusCode);
    let cases: [Case<'_>; 7] = [
        (
            "/en/show",
            &[("entry", "grants/gone")],
            StatusCode::NOT_FOUND,
        ),
        (
            "/en/show",
            &[("entry", "../../etc/passwd")],
            StatusCode::BAD_REQUEST,
        ),
        ("/en/show", &[], StatusCode::BAD_REQUEST),
        (
            "/en/show",
            &[("entry", "grants/lovpeng"), ("facet", "why")],
            StatusCode::BAD_REQUEST,
        ),
        (
            "/en/show",
            &[("entry", "grants/lovpeng"), ("in", "de")],
            StatusCode::BAD_REQUEST,
        ),
        (
            "/en/feedback",
            &[
                ("entry", "grants/lovpeng"),
                ("turn", "-1"),
                ("helpful", "yes"),
            ],
            StatusCode::BAD_REQUEST,
        ),
        (
            "/en/feedback",
            &[
                ("entry", "grants/lovpeng"),
                ("turn", "1"),
                ("helpful", "maybe"),
            ],
            StatusCode::BAD_REQUEST,
        ),
    ];
    for (path, fields, status) in cases {
        let page = browser.submit(path, fields).await;
        assert_eq!(page.status, status, "{path} {fields:?}");
        page.says("<html lang=\"en\">");
        page.says("class=\"note alarm\"");
    }
    site.close().await;
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_language_of_the_address() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    for (path, said) in [
        ("/sv/finns/inte/alls", "Sidan finns inte"),
        ("/en/not/there/at/all", "There is no such page"),
        ("/nowhere", "Sidan finns inte"),
        ("/sv/%00%3Cscript%3E", "Sidan finns inte"),
    ] {
        let page = browser.open(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        page.says(said);
        page.says("href=\"/");
        page.does_not_say("<script>");
    }
    for (path, said) in [
        ("/sv/ask", "Så går det inte att öppna sidan"),
        ("/en/forget", "The page cannot be opened like that"),
    ] {
        let page = browser.open(path).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
        page.says(said);
    }
    site.close().await;
}
