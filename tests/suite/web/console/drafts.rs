//! Writing what residents asked for, before it is published.

use lots::desk::{Desk, QueueFilter, Role};
use lots::knowledge::EntryId;
use reqwest::Method;

use super::{place, signed_in, staff};
use crate::stage::{UNKNOWN, ask};
use crate::web::browser::{Browser, Page};
use crate::web::site::Site;

/// What there is here, as in [`super::ROUTES`]; `{draft}` stands for a draft.
pub(crate) const ROUTES: [(Method, &str, Role); 12] = [
    (Method::GET, "/drafts/{draft}", Role::Reader),
    (Method::POST, "/drafts/{draft}", Role::Editor),
    (Method::POST, "/drafts/{draft}/check", Role::Editor),
    (Method::POST, "/drafts/{draft}/discard", Role::Editor),
    (Method::GET, "/drafts/{draft}/replay", Role::Reader),
    (Method::POST, "/drafts/{draft}/publish", Role::Editor),
    (Method::POST, "/changes/{draft}/undo", Role::Editor),
    (Method::GET, "/regressions", Role::Reader),
    (Method::POST, "/regressions/{draft}/retire", Role::Editor),
    (Method::GET, "/settings", Role::Reader),
    (Method::POST, "/settings/rest", Role::Admin),
    (Method::POST, "/settings/retention", Role::Admin),
];

/// Another body than the municipality.
const ELSEWHERE: &str = r#"
[[elsewhere]]
name_sv = "Polisen"
name_en = "The Police"
website = "https://polisen.example"
text_sv = "Polisen tar hand om upphittat. Ring 114 14."
text_en = "The Police look after lost property. Call 114 14."
about_sv = ["hittegods, borttappad plånbok"]
about_en = ["lost property, lost wallet"]
"#;

/// A site with files that can be changed, and staff.
pub(crate) async fn staffed_on_files() -> Site {
    let site = Site::on_files(&[("elsewhere.toml", ELSEWHERE)]).await;
    staff(&site).await;
    site
}

/// Asks something that nothing answers, and gives the cluster that it lies in.
pub(crate) async fn waiting(site: &Site, text: &str) -> String {
    let reply = ask(site.desk(), &Desk::new_conversation(), text).await;
    assert!(reply.receipt.is_some(), "{text:?} is answered: {reply:?}");
    let by = Desk::command_line();
    let review = site.desk().review(&by);
    let queue = review.queue(&QueueFilter::default()).await.unwrap();
    let cluster = queue.clusters.into_iter().find(|c| c.wording == text);
    cluster.unwrap().id
}

/// A draft that mends an entry.
pub(crate) async fn mending(site: &Site) -> String {
    let by = Desk::command_line();
    let entry = EntryId::parse("grants/lovpeng").unwrap();
    let review = site.desk().review(&by);
    review.begin_mend(None, &entry).await.unwrap()
}

/// A draft that answers a cluster.
pub(crate) async fn answering(site: &Site, cluster: &str) -> String {
    let by = Desk::command_line();
    site.desk().review(&by).begin_answer(cluster).await.unwrap()
}

/// A form that stands on a page, as the browser would send it, with some fields typed anew.
pub(crate) fn filled<'a>(page: &'a Page, typed: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
    let (_, form) = page.text.split_once("<form class=\"draft\"").unwrap();
    let form = form.split("</form>").next().unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for part in form.split(" name=\"").skip(1) {
        let (name, rest) = part.split_once('"').unwrap();
        let (tag, after) = rest.split_once('>').unwrap();
        let value = if let Some((_, value)) = tag.split_once("value=\"") {
            value.split('"').next().unwrap()
        } else if let Some((text, _)) = after.split_once("</textarea>")
            && !text.contains('<')
        {
            text.trim_start_matches('\n')
        } else if let Some((chosen, _)) = after.split_once("\" selected") {
            chosen.rsplit('"').next().unwrap()
        } else {
            ""
        };
        if !matches!(name, "then" | "token") {
            fields.push((name.to_owned(), unescaped(value)));
        }
    }
    for (name, value) in typed {
        let field = fields.iter_mut().find(|(n, _)| n == name);
        field.unwrap_or_else(|| panic!("no field {name}")).1 = (*value).to_owned();
    }
    fields
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (a, b)| text.replace(a, b))
}

/// Sends fields to a path.
pub(crate) async fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    browser.submit(path, &fields).await
}

/// An answer about cats on the moon that passes the check.
pub(crate) const CATS: [(&str, &str); 12] = [
    ("kind", "guides"),
    ("office", "offices/kundcenter"),
    ("contact", "offices/kundcenter"),
    (
        "sources",
        "Provby kommun, Katter | https://provby.example/katter | 2026",
    ),
    ("sv.title", "Katter på månen"),
    (
        "sv.body",
        "Det bor inga katter på månen. Kommunen räknar bara katter på jorden.\n\n## Så gör du\n1. Ring Kundcenter.",
    ),
    (
        "sv.questions",
        "Hur många katter bor det på månen?\nfinns det månkatter\nVar bor katterna på månen?\nVem räknar katter på \
         månen?\nkatter i rymden\nBor det några katter på månen?\nmånens katter\nhar månen katter",
    ),
    ("sv.also_called", "månkatter"),
    ("en.title", "Cats on the moon"),
    (
        "en.body",
        "No cats live on the moon. The municipality counts cats on earth only.\n\n## How to do it\n1. Call the customer \
         centre.",
    ),
    (
        "en.questions",
        "How many cats live on the moon?\nare there moon cats\nWhere do cats on the moon live?\nWho counts cats on the \
         moon?\ncats in space\nDo any cats live on the moon?\nthe moon's cats\nhas the moon cats",
    ),
    ("en.also_called", "moon cats"),
];

#[tokio::test]
async fn what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost() {
    let site = staffed_on_files().await;
    let cluster = waiting(&site, UNKNOWN).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let path = format!("/sv/konsol/drafts/{}", answering(&site, &cluster).await);
    let page = eva.open(&path).await;
    page.says("Skriv ett svar");
    page.says(UNKNOWN);
    page.says("Vägledning: hur man gör något");
    page.says("## Så gör du");
    let script = "<script>alert(1)</script>";
    let typed = [
        ("sv.title", "\"><script>alert(1)</script>"),
        (
            "sv.body",
            "## Rubriken\nRing 070-174 06 05 avseende </textarea><script>alert(1)</script>",
        ),
        ("sources", ""),
        ("review_by", "2020-01-01"),
        ("more", "agez = 3"),
    ];
    let saved = send(&mut eva, &path, &filled(&page, &typed)).await;
    assert_eq!(place(&saved), format!("{path}?saved=1"));
    let page = eva.open(&format!("{path}?saved=1")).await;
    page.says("Det finns saker att rätta");
    page.does_not_say(script);
    page.says("aria-invalid=\"true\"");
    let again = filled(&page, &[]);
    for (name, text) in typed {
        let field = again.iter().find(|(n, _)| n == name).unwrap();
        assert_eq!(field.1, text, "{name}");
    }
    // One thing after another is mended, until nothing is left to mend.
    let mended = [("more", "[fits]"), ("sv.title", "Katter på månen")];
    let mut mended = filled(&page, &mended);
    let saved = send(&mut eva, &format!("{path}/check"), &mended).await;
    assert_eq!(saved.status, 200);
    saved.says("href=\"#sv.body\"");
    saved.says("ingen rubrik som går att använda");
    saved.does_not_say("<html");
    for (name, text) in CATS {
        mended.iter_mut().find(|(n, _)| n == name).unwrap().1 = text.to_owned();
    }
    let list = send(&mut eva, &format!("{path}/check"), &mended).await;
    list.says("href=\"#review_by\"");
    mended.iter_mut().find(|(n, _)| n == "review_by").unwrap().1 = "2099-01-01".to_owned();
    let list = send(&mut eva, &format!("{path}/check"), &mended).await;
    list.says("Inget att rätta");
    // Checking keeps nothing.
    eva.open(&path).await.says("agez");
    mended.push(("then".to_owned(), "try".to_owned()));
    let tried = send(&mut eva, &path, &mended).await;
    assert_eq!(place(&tried), format!("{path}/replay"));
    let page = eva.open(&path).await;
    page.says("Så läser invånarna det");
    page.says("<div class=\"prose\"><p>Det bor inga katter på månen.");
    site.close().await;
}

#[tokio::test]
async fn of_two_who_save_the_same_draft_neither_loses_a_word() {
    let site = staffed_on_files().await;
    let path = format!("/en/console/drafts/{}", mending(&site).await);
    let (mut eva, mut ada) = (
        signed_in(&site, Role::Editor).await,
        signed_in(&site, Role::Admin).await,
    );
    let (page, other) = (eva.open(&path).await, ada.open(&path).await);
    page.says("Mend: Holiday grant");
    page.says("[grant]");
    let hers = send(
        &mut ada,
        &path,
        &filled(&other, &[("sv.title", "Adas rubrik")]),
    )
    .await;
    assert_eq!(hers.status, 303, "{}", hers.text);
    let late = send(
        &mut eva,
        &path,
        &filled(&page, &[("sv.title", "Evas rubrik")]),
    )
    .await;
    assert_eq!(late.status, 409);
    late.says("ada has saved the draft meanwhile");
    late.says("value=\"Evas rubrik\"");
    late.says("Title (Swedish)");
    late.says("Adas rubrik");
    ada.open(&path).await.says("value=\"Adas rubrik\"");
    // Whoever has compared saves again.
    let again = send(&mut eva, &path, &filled(&late, &[])).await;
    assert_eq!(again.status, 303, "{}", again.text);
    ada.open(&path).await.says("value=\"Evas rubrik\"");
    site.close().await;
}

#[tokio::test]
async fn a_draft_that_is_given_up_changes_nothing_more() {
    let site = staffed_on_files().await;
    let cluster = waiting(&site, UNKNOWN).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let path = format!("/en/console/drafts/{}", answering(&site, &cluster).await);
    let page = eva.open(&path).await;
    let gone = eva.submit(&format!("{path}/discard"), &[]).await;
    assert_eq!(place(&gone), format!("/en/console/queue/{cluster}"));
    eva.open(&path).await.says("no draft any longer");
    let late = send(&mut eva, &path, &filled(&page, &[("sv.title", "För sent")])).await;
    assert_eq!(late.status, 409);
    late.says("value=\"För sent\"");
    for way in ["/discard", "/publish"] {
        let page = eva
            .submit(&format!("{path}{way}"), &[("version", "0")])
            .await;
        assert!(page.status.is_client_error(), "{way}: {}", page.status);
    }
    for unknown in [
        "/en/console/drafts/nothing",
        "/en/console/drafts/nothing/replay",
    ] {
        assert_eq!(eva.open(unknown).await.status, 404);
    }
    site.close().await;
}

#[tokio::test]
async fn readers_read_and_are_told_so() {
    let site = staffed_on_files().await;
    let path = format!("/en/console/drafts/{}", mending(&site).await);
    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.open(&path).await;
    page.says("Your role reads");
    page.says("<fieldset disabled>");
    page.does_not_say("name=\"then\"");
    let page = rut.open(&format!("{path}/replay")).await;
    page.says("that were tried: 0.");
    page.does_not_say("/publish");
    site.close().await;
}
