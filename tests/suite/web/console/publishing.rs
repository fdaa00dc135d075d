//! From a question that nothing answers to the next one who asks it, and back.

use lots::answering::Decision;
use lots::desk::{Desk, Receipt, Role};
use lots::knowledge::Language;

use super::drafts::{CATS, answering, filled, mending, send, staffed_on_files, waiting};
use super::{place, signed_in};
use crate::stage::{Program, UNKNOWN, ask};
use crate::web::browser::{Browser, Page};
use crate::web::site::Site;

/// Types what a draft lacks, saves and tries it, and gives the page of what it would change.
async fn tried(browser: &mut Browser, draft: &str, typed: &[(&str, &str)]) -> Page {
    let path = format!("/en/console/drafts/{draft}");
    let page = browser.open(&path).await;
    let mut fields = filled(&page, typed);
    fields.push(("then".to_owned(), "try".to_owned()));
    let sent = send(browser, &path, &fields).await;
    if place(&sent) != format!("{path}/replay") {
        let page = browser.open(&path).await;
        panic!("{}", page.between("id=\"problems\"", "</div>"));
    }
    browser.open(&format!("{path}/replay")).await
}

/// Publishes what a page shows.
async fn publish(browser: &mut Browser, draft: &str, page: &Page, reason: &str) -> Page {
    let version = page.between("name=\"version\" value=\"", "\"");
    let path = format!("/en/console/drafts/{draft}/publish");
    browser
        .submit(&path, &[("version", version), ("reason", reason)])
        .await
}

/// What someone is answered who asks for the first time.
async fn answered(site: &Site, text: &str) -> (Decision, String) {
    let reply = ask(site.desk(), &Desk::new_conversation(), text).await;
    let about = reply.answer.shown.first().or(reply.answer.office.as_ref());
    (
        reply.answer.decision,
        about.map_or(String::new(), ToString::to_string),
    )
}

async fn told(site: &Site, receipt: &Receipt) -> String {
    site.desk().outcome(receipt, Language::Swedish).await.1
}

#[tokio::test]
async fn what_is_answered_once_is_answered_for_the_next_one() {
    let site = staffed_on_files().await;
    let first = ask(site.desk(), &Desk::new_conversation(), UNKNOWN).await;
    let receipt = first.receipt.unwrap();
    let cluster = waiting(&site, UNKNOWN).await;
    let draft = answering(&site, &cluster).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let page = tried(&mut eva, &draft, &CATS).await;
    page.says("As meant");
    page.says("Katter på månen");
    page.does_not_say("Questions that would get a wrong answer");
    let published = publish(&mut eva, &draft, &page, "").await;
    assert_eq!(
        place(&published),
        "/en/console/changes?published=1&kept=1&left=0"
    );
    let page = eva.open(place(&published)).await;
    page.says("Everyone sees it now");
    page.says("answered so from now on: 1");
    page.says(">Published</span>");
    let (decision, about) = answered(&site, UNKNOWN).await;
    assert_eq!(
        (decision, about.as_str()),
        (Decision::Answer, "guides/katter-pa-manen")
    );
    let text = told(&site, &receipt).await;
    assert!(text.contains("inga katter på månen"), "{text}");
    let page = eva.open("/en/console/regressions").await;
    page.says(UNKNOWN);
    page.says("Cats on the moon");
    page.says("Holds");

    let program = Program::new();
    let folder = program.folder().join("base");
    crate::stage::copy(&crate::stage::provby_folder(), &folder);
    let database = crate::stage::sqlite(site.folder());
    let to = folder.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let mut command = program.command(arguments);
        command
            .env("LOTS_DATABASE_URL", &database)
            .output()
            .unwrap()
    };
    let written = run(&["knowledge", "export", "--to", to]);
    let said = String::from_utf8(written.stdout).unwrap();
    assert!(said.contains("guides/katter-pa-manen.en.md"), "{said}");
    let checked = run(&["check", to]);
    assert!(checked.status.success(), "{checked:?}");
    let listed = String::from_utf8(run(&["knowledge", "changes"]).stdout).unwrap();
    assert!(
        listed.contains("live") && listed.contains("Katter på månen"),
        "{listed}"
    );
    let file = folder.join("municipality.toml");
    let refused = run(&["knowledge", "export", "--to", file.to_str().unwrap()]);
    assert!(!refused.status.success());
    assert!(
        String::from_utf8(refused.stderr)
            .unwrap()
            .contains("is a file")
    );

    let path = format!("/en/console/changes/{draft}/undo");
    let undone = eva.submit(&path, &[("reason", "De finns visst")]).await;
    assert_eq!(place(&undone), "/en/console/changes?undone=1");
    eva.open(place(&undone)).await.says("The change is undone");
    assert_eq!(answered(&site, UNKNOWN).await.0, Decision::Unknown);
    assert!(!told(&site, &receipt).await.contains("inga katter"));
    eva.open("/en/console/regressions")
        .await
        .says("There are none yet");
    let again = eva.submit(&path, &[]).await;
    assert_eq!(again.status, 409);
    eva.open("/en/console/audit").await.says("De finns visst");
    site.close().await;
}

#[tokio::test]
async fn a_question_is_taught_to_the_entry_that_answers_it() {
    let site = staffed_on_files().await;
    let cluster = waiting(&site, UNKNOWN).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let by = Desk::command_line();
    let review = site.desk().review(&by);
    let draft = review.begin_teach(&cluster, "").await.unwrap();
    let path = format!("/en/console/drafts/{draft}");
    let page = eva.open(&path).await;
    page.says("Teach lots the question");
    let sent = send(
        &mut eva,
        &path,
        &filled(&page, &[("entry", "guides/nothing")]),
    )
    .await;
    let page = eva.open(place(&sent)).await;
    page.says("href=\"#entry\"");
    page.says("value=\"guides/nothing\"");
    let page = tried(&mut eva, &draft, &[("entry", "guides/lana-lokal")]).await;
    page.says("As meant");
    assert_eq!(publish(&mut eva, &draft, &page, "").await.status, 303);
    let (decision, about) = answered(&site, UNKNOWN).await;
    assert_eq!(
        (decision, about.as_str()),
        (Decision::Answer, "guides/lana-lokal")
    );
    site.close().await;
}

#[tokio::test]
async fn a_question_is_passed_on_with_a_lesson() {
    for (to, said) in [
        ("offices/byggkontoret", "Names"),
        ("⇢ Polisen", "Names The Police"),
    ] {
        let site = staffed_on_files().await;
        let cluster = waiting(&site, UNKNOWN).await;
        let mut eva = signed_in(&site, Role::Editor).await;
        let by = Desk::command_line();
        let review = site.desk().review(&by);
        let draft = review.begin_pass_on(&cluster, "").await.unwrap();
        let page = eva.open(&format!("/en/console/drafts/{draft}")).await;
        page.says("Pass the question on");
        page.says("The Police");
        let page = tried(&mut eva, &draft, &[("to", to)]).await;
        page.says("As meant");
        page.says(said);
        assert_eq!(publish(&mut eva, &draft, &page, "").await.status, 303);
        let reply = ask(site.desk(), &Desk::new_conversation(), UNKNOWN).await;
        match to.strip_prefix("⇢ ") {
            Some(body) => assert!(format!("{:?}", reply.answer.blocks).contains(body)),
            None => assert_eq!(reply.answer.office.unwrap().as_str(), to),
        }
        site.close().await;
    }
}

#[tokio::test]
async fn what_would_break_is_published_with_a_reason_only() {
    let site = staffed_on_files().await;
    let cluster = waiting(&site, UNKNOWN).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let draft = answering(&site, &cluster).await;
    let page = tried(&mut eva, &draft, &CATS).await;
    assert_eq!(publish(&mut eva, &draft, &page, "").await.status, 303);
    // The entry is mended until it no longer knows the question.
    let by = Desk::command_line();
    let review = site.desk().review(&by);
    let entry = lots::knowledge::EntryId::parse("guides/katter-pa-manen").unwrap();
    let draft = review.begin_mend(None, &entry).await.unwrap();
    let questions = "var köper man foder\nvad äter tama djur\nhur sköter man tama djur\nvem klipper klorna\n\
                     när får de mat\nhur ofta dricker de";
    let typed = [
        ("sv.title", "Foder"),
        ("sv.also_called", ""),
        ("sv.questions", questions),
        (
            "sv.body",
            "Foder köper du i en butik. Kommunen säljer inget foder.\n\n## Så gör du\n1. Gå till en butik.",
        ),
        ("en.title", "Animal food"),
        ("en.also_called", ""),
        (
            "en.questions",
            "where to buy food\nwhat do tame ones eat\nhow to feed them\nwho cuts claws\nwhen do they eat\nhow often do they drink",
        ),
        (
            "en.body",
            "You buy it in a shop. The municipality sells none.\n\n## How to do it\n1. Go to a shop.",
        ),
    ];
    let page = tried(&mut eva, &draft, &typed).await;
    page.says("Questions that would get a wrong answer");
    page.says(UNKNOWN);
    page.says("Finds no answer");
    let refused = publish(&mut eva, &draft, &page, "  ").await;
    assert_eq!(refused.status, 422);
    refused.says("Write why the draft is to be published");
    let done = publish(&mut eva, &draft, &refused, "Katterna har flyttat").await;
    assert_eq!(done.status, 303, "{}", done.text);
    eva.open("/en/console/changes")
        .await
        .says("Reason: Katterna har flyttat");
    let page = eva.open("/en/console/regressions").await;
    page.says("Questions: 1. Get another answer now: 1.");
    let id = page.between("/regressions/", "/retire").to_owned();
    let path = format!("/en/console/regressions/{id}/retire");
    let retired = eva.submit(&path, &[("reason", "")]).await;
    eva.open(place(&retired)).await.says("There are none yet");
    site.close().await;
}

#[tokio::test]
async fn a_draft_that_somebody_has_saved_since_is_not_published_unseen() {
    let site = staffed_on_files().await;
    let draft = mending(&site).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let seen = tried(&mut eva, &draft, &[]).await;
    let mut ada = signed_in(&site, Role::Admin).await;
    tried(&mut ada, &draft, &[("sv.title", "Lovpengen")]).await;
    let late = publish(&mut eva, &draft, &seen, "").await;
    assert_eq!(late.status, 409);
    late.says("ada has been faster");
    // What is shown now is what is published next.
    assert_eq!(publish(&mut eva, &draft, &late, "").await.status, 303);
    let twice = publish(&mut ada, &draft, &late, "").await;
    assert!(twice.status.is_client_error(), "{}", twice.status);
    site.close().await;
}
