//! The page where a resident talks to lots.

use lots::config::WebSettings;
use reqwest::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use reqwest::{Method, StatusCode};

use super::browser::Browser;
use super::site::Site;
use crate::stage::{CRISIS, KNOWN, UNKNOWN, bytes_of, holds, provby};

#[tokio::test]
async fn the_start_leads_to_the_language_that_is_wished() {
    let site = Site::open().await;
    let client = reqwest::Client::new();
    for (wished, language) in [
        ("sv-SE,sv;q=0.9", "sv"),
        ("en-GB,en", "en"),
        ("de", "sv"),
        ("", "sv"),
    ] {
        let page = client
            .get(site.url("/"))
            .header("accept-language", wished)
            .send()
            .await
            .unwrap();
        assert_eq!(page.url().path(), format!("/{language}/"), "{wished}");
        assert_eq!(page.status(), 200);
        let page = page.text().await.unwrap();
        assert!(
            page.contains(&format!("<html lang=\"{language}\">")),
            "{page}"
        );
    }
    site.close().await;
}

#[tokio::test]
async fn a_question_is_answered_and_the_conversation_stays_on_the_page() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let first = browser.open("/sv/").await;
    first.says("Hej, vad undrar du?");
    assert!(
        !first.headers.contains_key(SET_COOKIE),
        "reading sets no cookie"
    );

    let sent = browser.submit("/sv/ask", &[("text", KNOWN)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert_eq!(sent.headers[LOCATION], "/sv/#turn-1");
    let page = browser.open("/sv/").await;
    page.says(KNOWN);
    page.says("Jag är lots");
    page.says("<a href=\"/sv/bidrag/lovpeng\">Lovpeng</a>");
    page.says("Lovpeng är pengar till föreningar och nätverk");
    page.does_not_say("class=\"talk start\"");

    let page = browser
        .send_and_follow("/sv/ask", &[("text", "När?")])
        .await;
    page.says("id=\"turn-1\"");
    page.says("id=\"turn-2\"");
    page.says("senast 31 mars för sommarlovet");
    site.close().await;
}

#[tokio::test]
async fn the_cookie_is_set_by_the_first_message_alone_and_is_as_closed_as_can_be() {
    for (address, name, secure) in [
        (None, "lots", false),
        (Some("https://lots.provby.example"), "__Host-lots", true),
    ] {
        let settings = WebSettings {
            address: address.map(str::to_owned),
            ..WebSettings::default()
        };
        let site = Site::with(provby(), settings).await;
        let mut browser = Browser::new(&site);
        browser.open("/sv/").await;
        let sent = browser.submit("/sv/ask", &[("text", KNOWN)]).await;
        let cookie = sent.headers[SET_COOKIE].to_str().unwrap().to_owned();
        let mut parts = cookie.split("; ");
        let (set, value) = parts.next().unwrap().split_once('=').unwrap();
        assert_eq!((set, value.len()), (name, 28), "{cookie}");
        let mut flags: Vec<&str> = parts.collect();
        flags.sort_unstable();
        let expected: &[&str] = if secure {
            &["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]
        } else {
            &["HttpOnly", "Path=/", "SameSite=Lax"]
        };
        assert_eq!(flags, expected);
        browser.open("/sv/").await;
        let next = browser.submit("/sv/ask", &[("text", "När?")]).await;
        assert!(!next.headers.contains_key(SET_COOKIE), "it is set once");
        site.close().await;
    }
}

#[tokio::test]
async fn what_is_asked_on_a_page_is_kept_by_no_cache() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    for path in ["/sv/", "/en/", "/sv/kvitto?code=7F3K-2QX", "/sv/manniska"] {
        assert_eq!(
            browser.open(path).await.headers[CACHE_CONTROL],
            "no-store",
            "{path}"
        );
    }
    let sent = browser.submit("/sv/ask", &[("text", KNOWN)]).await;
    assert_eq!(sent.headers[CACHE_CONTROL], "no-store");
    site.close().await;
}

#[tokio::test]
async fn nobody_sees_the_conversation_of_another() {
    let site = Site::open().await;
    let (mut ada, mut bo) = (Browser::new(&site), Browser::new(&site));
    ada.ask(KNOWN).await.says(KNOWN);
    bo.open("/sv/").await.does_not_say(KNOWN);
    bo.ask(UNKNOWN).await.does_not_say(KNOWN);
    assert_ne!(ada.cookie(), bo.cookie());
    site.close().await;
}

#[tokio::test]
async fn our_script_gets_the_piece_that_is_new_and_the_token_for_what_follows() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.says.push(("lots-piece", "1".to_owned()));
    browser.open("/sv/").await;
    let piece = browser.submit("/sv/ask", &[("text", KNOWN)]).await;
    assert_eq!(piece.status, StatusCode::OK);
    assert!(piece.text.starts_with("<article"), "{}", piece.text);
    piece.says("Lovpeng är pengar");
    assert!(browser.cookie().is_some());
    let token = piece.headers["lots-token"].to_str().unwrap().to_owned();
    piece.says(&format!("name=\"token\" value=\"{token}\""));

    let fields = [("token", token.as_str()), ("text", "  ")];
    let refused = browser.send(Method::POST, "/sv/ask", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.starts_with("<div class=\"note alarm\">"),
        "{}",
        refused.text
    );
    site.close().await;
}

#[tokio::test]
async fn what_is_chosen_is_shown() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask("bidrag").await;
    page.says("<button name=\"entry\" value=\"grants/scenpeng\">Scenpeng</button>");
    let fields = [("in", "sv"), ("entry", "grants/scenpeng")];
    let page = browser.send_and_follow("/sv/show", &fields).await;
    page.says("<a href=\"/sv/bidrag/scenpeng\">Scenpeng</a>");

    // On the same entry, in the language of the answer and not of the page.
    let fields = [("in", "en"), ("entry", "grants/lovpeng"), ("facet", "when")];
    let page = browser.send_and_follow("/sv/show", &fields).await;
    page.says("lang=\"en\"");
    page.says("31 March");
    site.close().await;
}

#[tokio::test]
async fn a_conversation_goes_over_to_the_language_of_the_page() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.ask(KNOWN).await;
    browser.open("/en/").await.says(KNOWN);
    let page = browser
        .send_and_follow("/en/ask", &[("text", "lovpeng")])
        .await;
    let last = page.text.rsplit("<article").next().unwrap();
    assert!(last.contains("lang=\"en\""), "{last}");
    site.close().await;
}

#[tokio::test]
async fn a_question_can_be_about_an_entry_that_a_link_names() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser
        .open("/sv/?about=grants/lovpeng&q=Hur%20mycket%3F")
        .await;
    page.says("Din fråga gäller Lovpeng.");
    page.says(">\nHur mycket?</textarea>");
    page.says("href=\"/en/?about=grants/lovpeng\"");
    let fields = [("about", "grants/lovpeng"), ("text", "Hur mycket?")];
    let page = browser.send_and_follow("/sv/ask", &fields).await;
    page.says("högst 15 000 kr");
    page.says("Jag är lots");
    for nothing in [
        "/sv/?about=grants/borta",
        "/sv/?about=%3Cb%3E",
        "/sv/?about=&about=",
        "/sv/?q=%FF",
    ] {
        let page = Browser::new(&site).open(nothing).await;
        assert_eq!(page.status, 200, "{nothing}");
        page.does_not_say("Din fråga gäller");
    }
    site.close().await;
}

#[tokio::test]
async fn someone_young_is_met_with_other_suggestions() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/").await;
    page.says("href=\"/sv/?ung\"");
    let young = browser.open("/sv/?ung").await;
    young.says("Hej, vad vill du hitta på?");
    young.says("href=\"/en/?young\"");
    let question = "value=\"Kan vi få pengar till något som vi vill ordna?\"";
    young.says(question);
    page.does_not_say(question);
    site.close().await;
}

#[tokio::test]
async fn why_an_answer_did_not_help_reaches_the_desk_masked() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask(KNOWN).await;
    page.says("Vad var det som inte hjälpte?");
    let about = [("turn", "1"), ("in", "sv"), ("entry", "grants/lovpeng")];
    let verdict = [
        ("helpful", "no"),
        ("complaint", "out_of_date"),
        ("remark", "Mejla ada@provby.example om det."),
    ];
    let page = browser
        .send_and_follow("/sv/feedback", &[about.as_slice(), &verdict].concat())
        .await;
    let code = page.between("<strong class=\"code\">", "<").to_owned();
    page.does_not_say("Vad var det som inte hjälpte?");
    let logged = site.desk().questions(None, 5).await.unwrap();
    assert_eq!(logged.len(), 1);
    assert_eq!(logged[0].receipt, code);
    assert_eq!(
        (
            logged[0].complaint.as_deref(),
            logged[0].remark.as_deref(),
            logged[0].channel.as_str()
        ),
        (Some("out_of_date"), Some("Mejla [e-post] om det."), "web")
    );
    browser
        .open(&format!("/sv/kvitto?code={code}"))
        .await
        .says(&format!("Fråga {code} är sparad sedan"));

    browser.ask("Vad är scenpeng?").await;
    let about = [
        ("turn", "2"),
        ("in", "sv"),
        ("entry", "grants/scenpeng"),
        ("helpful", "yes"),
    ];
    browser
        .send_and_follow("/sv/feedback", &about)
        .await
        .says("Vad bra, tack.");
    assert_eq!(site.desk().questions(None, 5).await.unwrap().len(), 1);
    site.close().await;
}

#[tokio::test]
async fn a_receipt_can_be_followed() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask(UNKNOWN).await;
    let code = page.between("<strong class=\"code\">", "<").to_owned();
    let path = format!("/sv/kvitto?code={code}");
    page.says(&format!("href=\"{path}\""));
    browser.open(&path).await.says("Ingen har svarat än");
    let receipt = lots::desk::Receipt::parse(&code).unwrap();
    site.desk()
        .answer_question(&receipt, "Elva. <b>Minst</b>.")
        .await
        .unwrap();
    let page = browser.open(&path.to_lowercase()).await;
    page.says("Elva.");
    page.does_not_say("<b>");
    let english = browser.open(&format!("/en/receipt?code={code}")).await;
    english.says("Elva.");

    let wrong = browser.open("/sv/kvitto?code=%3Ci%3Ehej").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    wrong.says("”&lt;i&gt;hej” är ingen kvittokod");
    let nobody = browser.open("/sv/kvitto?code=7F3K-2QX").await;
    nobody.says("Jag hittar inget med koden 7F3K-2QX");
    site.close().await;
}

#[tokio::test]
async fn a_conversation_is_erased_when_that_is_confirmed() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.ask(UNKNOWN).await.says("Vill du radera samtalet");
    assert_eq!(site.desk().questions(None, 5).await.unwrap().len(), 1);
    let cookie = browser.cookie().map(str::to_owned);
    let page = browser.submit("/sv/forget", &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(browser.cookie(), None, "the cookie goes too");
    assert_eq!(site.desk().questions(None, 5).await.unwrap().len(), 0);
    // Nor is anything left for whoever has kept the cookie.
    browser.take_cookie(cookie.as_deref());
    browser.open("/sv/").await.does_not_say(UNKNOWN);

    let mut other = Browser::new(&site);
    other.open("/sv/").await;
    other
        .submit("/sv/forget", &[])
        .await
        .says("Det finns inget samtal att radera.");
    site.close().await;
}

#[tokio::test]
async fn someone_in_need_gets_help_and_nothing_of_it_is_kept() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.ask(KNOWN).await;
    let page = browser
        .send_and_follow("/sv/ask", &[("text", CRISIS)])
        .await;
    let last = page.text.rsplit("<article").next().unwrap();
    let last = last.split("</article>").next().unwrap();
    assert!(last.contains("<section class=\"crisis\""), "{last}");
    let inside = last.split("<section class=\"crisis\"").nth(1).unwrap();
    let first = inside.split_once('>').unwrap().1;
    assert!(
        first.starts_with("<a class=\"number\" href=\"tel:112\">"),
        "{first}"
    );
    for beside in ["<form", "judge", "Kvarnbacken"] {
        assert!(!last.contains(beside), "{beside}: {last}");
    }
    // However much they write, and however they say it.
    let long = format!("{CRISIS} {}", "Det är så tungt. ".repeat(200));
    let page = browser.send_and_follow("/sv/ask", &[("text", &long)]).await;
    assert_eq!(page.text.matches("class=\"crisis\"").count(), 2);
    let folder = site.folder().to_owned();
    assert!(!holds(&bytes_of(&folder), "Kvarnbacken"));
    site.close().await;
}

#[tokio::test]
async fn after_a_restart_the_conversation_goes_on() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.ask(KNOWN).await;
    let cookie = browser.cookie().unwrap().to_owned();
    let site = site.restarted().await;
    let mut browser = Browser::new(&site);
    browser.take_cookie(Some(&cookie));
    browser.open("/sv/").await.does_not_say(KNOWN);
    let page = browser
        .send_and_follow("/sv/ask", &[("text", "När?")])
        .await;
    page.says("senast 31 mars för sommarlovet");
    page.says("id=\"turn-1\"");
    site.close().await;
}
