//! What is to be gone through, seen and done in the console: what residents see of it, and the way back.

use lots::desk::{Complaint, Desk, Role, Verdict};
use lots::knowledge::{EntryId, Language};

use super::drafts::staffed_on_files;
use super::{place, signed_in};
use crate::stage::Program;

const PATH: &str = "/en/console/freshness/grants/lovpeng";

#[tokio::test]
async fn an_entry_that_holds_is_dated_for_everyone_exported_and_taken_back() {
    let site = staffed_on_files().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let list = eva.open("/en/console/freshness").await;
    list.says("Holiday grant (lovpeng)");
    list.says("Needs confirming");
    let list = eva.open("/en/console/freshness?doubt=unconfirmed").await;
    list.says("Holiday grant (lovpeng)");
    list.does_not_say("Stage grant");
    let page = eva.open(PATH).await;
    page.says("Go through: Holiday grant");
    page.says("The page says that it is old or unconfirmed");
    page.says("at most 15,000 kr");
    page.does_not_say("name=\"reason\"");
    let seen = page.between("name=\"seen\" value=\"", "\"").to_owned();
    let usual = page.between("name=\"review_by\" value=\"", "\"").to_owned();
    let (today, _) = site.desk().local_time();
    let early = eva
        .submit(
            &format!("{PATH}/holds"),
            &[("seen", &seen), ("review_by", "2020-01-01")],
        )
        .await;
    assert_eq!(early.status, 422);
    early.says("Choose a day between");
    let done = eva
        .submit(
            &format!("{PATH}/holds"),
            &[("seen", &seen), ("review_by", &usual)],
        )
        .await;
    assert_eq!(place(&done), "/en/console/freshness?done=grants/lovpeng");
    eva.open(place(&done)).await.says("was gone through today");
    let late = eva
        .submit(&format!("{PATH}/holds"), &[("seen", &seen)])
        .await;
    assert_eq!(late.status, 409);
    late.says("has changed since you opened it");

    let base = site.desk().library().current();
    let date = base.knowledge().phrases(Language::English).date(today);
    let residents = eva.open("/en/grants/lovpeng").await;
    residents.says(&date);
    residents.does_not_say("eva");
    let trail = eva.open("/en/console/audit").await;
    trail.says("Page gone through");
    trail.says(&format!("reviewed {today} review_by {usual}"));
    let changes = eva.open("/en/console/changes").await;
    changes.says("Gone through, still right");

    let program = Program::new();
    let folder = program.folder().join("base");
    crate::stage::copy(&crate::stage::provby_folder(), &folder);
    let file = folder.join("grants/lovpeng.md");
    let before = std::fs::read_to_string(&file).unwrap();
    let mut command = program.command(&["knowledge", "export", "--to", folder.to_str().unwrap()]);
    let database = crate::stage::sqlite(site.folder());
    let written = command
        .env("LOTS_DATABASE_URL", &database)
        .output()
        .unwrap();
    assert!(written.status.success(), "{written:?}");
    let after = std::fs::read_to_string(&file).unwrap();
    let expected = before
        .replace("reviewed = 2026-11-02", &format!("reviewed = {today}"))
        .replace("review_by = 2027-05-02", &format!("review_by = {usual}"));
    assert_eq!(after, expected, "nothing but the dates is another");

    let id = changes.between("<li id=\"", "\"").to_owned();
    let undone = eva
        .submit(&format!("/en/console/changes/{id}/undo"), &[])
        .await;
    assert_eq!(place(&undone), "/en/console/changes?undone=1");
    eva.open("/en/grants/lovpeng").await.says("2 November 2026");
    site.close().await;
}

#[tokio::test]
async fn what_residents_complain_of_is_shown_and_takes_a_reason() {
    let site = staffed_on_files().await;
    let entry = EntryId::parse("grants/scenpeng").unwrap();
    let verdict = Verdict::Unhelpful {
        complaint: Some(Complaint::OutOfDate),
        remark: "",
    };
    let conversation = Desk::new_conversation();
    let complained =
        site.desk()
            .feedback_on(&conversation, "web", &entry, Language::Swedish, verdict);
    complained.await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let list = eva.open("/en/console/freshness?doubt=complaints").await;
    list.says("Stage grant");
    list.does_not_say("Holiday grant");
    let none = eva
        .open("/en/console/freshness?doubt=complaints&office=offices/byggkontoret&page=x")
        .await;
    none.says("Nothing of what you have chosen");
    let path = "/sv/konsol/freshness/grants/scenpeng";
    let page = eva.open(path).await;
    page.says("En person har sagt att svaret inte hjälpte.");
    page.says("Det stämmer inte längre: 1.");
    let seen = page.between("name=\"seen\" value=\"", "\"").to_owned();
    let refused = eva
        .submit(
            &format!("{path}/holds"),
            &[("seen", &seen), ("reason", "  ")],
        )
        .await;
    assert_eq!(refused.status, 422);
    refused.says("Skriv varför sidan stämmer");
    let done = eva
        .submit(
            &format!("{path}/holds"),
            &[("seen", &seen), ("reason", "Läst mot reglerna")],
        )
        .await;
    assert_eq!(done.status, 303, "{}", done.text);
    eva.open("/en/console/audit")
        .await
        .says("Läst mot reglerna");
    eva.open("/en/console/freshness?doubt=complaints")
        .await
        .does_not_say("Stage grant");
    let mending = eva.submit(&format!("{path}/mend"), &[]).await;
    let draft = eva.open(place(&mending)).await;
    draft.says("Rätta: Scenpeng");
    let nowhere = eva.open("/sv/konsol/freshness/grants/finns-inte").await;
    assert_eq!(nowhere.status, 404);
    site.close().await;
}

#[tokio::test]
async fn whoever_only_reads_sees_it_and_has_nothing_to_press() {
    let site = staffed_on_files().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.open(PATH).await;
    page.says("Go through: Holiday grant");
    page.does_not_say("/holds\"");
    site.close().await;
}
