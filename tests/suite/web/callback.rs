//! To be called or written to: the form on the page about people, what it leads to, and taking it back.

use lots::knowledge::Language;
use reqwest::StatusCode;
use reqwest::header::SET_COOKIE;

use super::browser::Browser;
use super::site::Site;
use crate::stage::{CRISIS, ROUTED, UNKNOWN, bytes_of, holds, waiting};

const NUMBER: &str = "070-174 06 05";

/// The form, filled in.
fn filled<'a>(subject: &'a str, office: &'a str, address: &'a str) -> [(&'static str, &'a str); 3] {
    [
        ("subject", subject),
        ("office", office),
        ("address", address),
    ]
}

#[tokio::test]
async fn whoever_wants_to_be_called_is_told_by_whom_and_when_and_can_take_it_back() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/manniska").await;
    page.says("<option value=\"\">Jag vet inte, välj åt mig</option>");
    page.says("<option value=\"offices/byggkontoret\">Byggkontoret</option>");
    page.does_not_say("aria-invalid");

    let page = browser
        .submit("/sv/call-back", &filled(ROUTED, "", NUMBER))
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.headers.contains_key(SET_COOKIE));
    page.says("Byggkontoret ringer dig senast ");
    page.says("efter 14 dagar");
    page.does_not_say(NUMBER);
    let queue = waiting(site.desk()).await;
    assert_eq!((queue.len(), queue[0].address.as_str()), (1, NUMBER));
    let receipt = queue[0].receipt.as_ref().unwrap();
    page.says(receipt.as_str());
    let mut other = Browser::new(&site);
    let followed = other.open(&format!("/sv/kvitto?code={receipt}")).await;
    followed.says("Byggkontoret ringer dig senast ");
    followed.does_not_say(NUMBER);

    let id = page.between("name=\"id\" value=\"", "\"").to_owned();
    assert_eq!(id, queue[0].id);
    let token = page.between("name=\"token\" value=\"", "\"").to_owned();
    let fields = [("token", token.as_str()), ("id", id.as_str())];
    for said in [
        "Det du lämnade är raderat.",
        "Det finns inget att ta tillbaka.",
    ] {
        let page = browser
            .send(reqwest::Method::POST, "/sv/call-back/withdraw", &fields)
            .await;
        assert_eq!(page.status, StatusCode::OK);
        page.says(said);
    }
    assert!(!holds(&bytes_of(site.folder()), NUMBER));
    site.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/en/human").await;
    let office = "offices/byggkontoret";
    let page = browser
        .submit("/en/call-back", &filled("A <deck>", office, "call me"))
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.says("A &lt;deck&gt;");
    page.says("value=\"call me\"");
    page.says("<option value=\"offices/byggkontoret\" selected>");
    page.says("id=\"call-back-address-wrong\"");
    page.says(
        "aria-describedby=\"call-back-address-wrong call-back-address-hint\" aria-invalid=\"true\"",
    );
    assert_eq!(page.text.matches("aria-invalid=\"true\"").count(), 1);

    let cases = [
        (filled(" ", "", NUMBER), "call-back-subject-wrong"),
        (filled("x", "", ""), "call-back-address-wrong"),
        (
            filled("x", "offices/gone", NUMBER),
            "call-back-office-wrong",
        ),
        (filled("x", "<script>", NUMBER), "call-back-office-wrong"),
    ];
    for (fields, wrong) in cases {
        let page = browser.submit("/en/call-back", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        page.says(&format!("id=\"{wrong}\""));
    }
    assert_eq!(waiting(site.desk()).await, []);

    for subject in ["one", "two", "three"] {
        let page = browser
            .submit("/en/call-back", &filled(subject, "", NUMBER))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        browser.open("/en/human").await;
    }
    let page = browser
        .submit("/en/call-back", &filled("four", "", NUMBER))
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.says("Already 3 calls or mails");
    page.says("four");
    site.close().await;
}

#[tokio::test]
async fn a_form_of_another_site_or_another_conversation_leaves_nothing() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/sv/manniska").await;
    let fields = filled("Bygglov", "", NUMBER);
    browser.says = vec![("sec-fetch-site", "cross-site".to_owned())];
    for path in ["/sv/call-back", "/sv/call-back/withdraw"] {
        let sent = [&fields[..], &[("id", "x")]].concat();
        let page = browser.submit(path, &sent).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
    browser.says.clear();
    browser.ask(UNKNOWN).await;
    let stale = [&fields[..], &[("token", "0")]].concat();
    let page = browser
        .send(reqwest::Method::POST, "/sv/call-back", &stale)
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    page.says(NUMBER);
    assert_eq!(waiting(site.desk()).await, []);
    site.close().await;
}

#[tokio::test]
async fn someone_in_need_gets_the_help_lines_and_nothing_is_kept() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/sv/manniska").await;
    let page = browser
        .send_and_follow("/sv/call-back", &filled(CRISIS, "", NUMBER))
        .await;
    page.says("class=\"crisis\"");
    page.does_not_say(NUMBER);
    let bytes = bytes_of(site.folder());
    assert!(!holds(&bytes, NUMBER) && !holds(&bytes, "Kvarnbacken"));
    site.close().await;
}

#[tokio::test]
async fn an_answer_without_an_answer_leads_there() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.ask(UNKNOWN).await;
    page.says("href=\"/sv/manniska#call-back\"");
    let page = browser.open("/sv/manniska").await;
    page.says("id=\"call-back\"");
    site.close().await;
}

#[tokio::test]
async fn erasing_the_conversation_takes_the_number_with_it() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/sv/manniska").await;
    browser
        .submit("/sv/call-back", &filled("Bygglov", "", NUMBER))
        .await;
    assert!(holds(&bytes_of(site.folder()), NUMBER));
    browser.open("/sv/").await;
    browser.submit("/sv/forget", &[]).await;
    assert!(!holds(&bytes_of(site.folder()), NUMBER));
    site.close().await;
}

#[tokio::test]
async fn the_page_about_privacy_says_what_is_kept_and_how_long() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    let page = browser.open("/sv/om/integritet").await;
    page.says("Ditt telefonnummer eller din mejladress, om du ber att någon ska höra av sig.");
    page.says("<td>14 dagar</td>");
    site.close().await;
}

#[tokio::test]
async fn the_office_is_told_in_the_language_of_the_page() {
    let site = Site::open().await;
    let mut browser = Browser::new(&site);
    browser.open("/en/human").await;
    let page = browser
        .submit(
            "/en/call-back",
            &filled("My deck", "offices/byggkontoret", "anna@provby.example"),
        )
        .await;
    page.says("Building office mails you by ");
    let queue = waiting(site.desk()).await;
    assert_eq!(queue[0].office.as_str(), "offices/byggkontoret");
    assert_eq!(queue[0].language, Language::English.code());
    site.close().await;
}
