//! The switch that has lots rest, and how things stand.

use lots::answering::Decision;
use lots::desk::{Desk, Role};

use super::drafts::staffed_on_files;
use super::{place, signed_in};
use crate::stage::{CRISIS, KNOWN, Program, UNKNOWN, ask, sqlite};
use crate::web::browser::Browser;

const RESTS: &str = "Lots vilar just nu";

#[tokio::test]
async fn while_lots_rests_everyone_is_told_and_someone_in_need_is_helped() {
    let site = staffed_on_files().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    let mut rut = signed_in(&site, Role::Reader).await;
    rut.open("/en/console/settings")
        .await
        .says("Nobody has changed it");
    let path = "/en/console/settings/rest";
    let rest = [("to", "rest"), ("reason", "Vi provar")];
    assert_eq!(rut.submit(path, &rest).await.status, 403);
    assert!(!site.desk().is_resting());
    let done = ada.submit(path, &rest).await;
    assert_eq!(place(&done), "/en/console/settings?done=1");
    let page = rut.open("/en/console/settings").await;
    page.says("Lots rests");
    page.says("Changed by ada");
    page.does_not_say("name=\"reason\"");
    for section in ["queue", "changes", "account"] {
        let page = rut.open(&format!("/en/console/{section}")).await;
        page.says("Lots is resting. Residents get no answers");
    }
    let mut resident = Browser::new(&site);
    for path in ["/sv/", "/sv/las", "/sv/integritet"] {
        let page = resident.open(path).await;
        if page.status == 200 {
            page.says(RESTS);
        }
    }
    resident.open("/en/").await.says("Lots is resting");
    let page = resident.ask(KNOWN).await;
    page.says(RESTS);
    page.does_not_say("Lovpeng är pengar");
    let page = resident.ask(CRISIS).await;
    page.says("112");
    let client = reqwest::Client::new();
    let api = async |text: &str| {
        let body = serde_json::json!({ "text": text, "language": "sv" }).to_string();
        let request = client.post(site.url("/api/v1/ask")).body(body);
        let request = request.header("content-type", "application/json");
        request.send().await.unwrap().text().await.unwrap()
    };
    assert!(api(KNOWN).await.contains(RESTS));
    assert!(api(CRISIS).await.contains("112"));
    let program = Program::new();
    let mut ask_there = program.command(&["ask", KNOWN]);
    ask_there.env("LOTS_DATABASE_URL", sqlite(site.folder()));
    let said = String::from_utf8(ask_there.output().unwrap().stdout).unwrap();
    assert!(said.contains(RESTS), "{said}");
    let done = ada.submit(path, &[("to", "answer")]).await;
    assert_eq!(done.status, 303);
    Browser::new(&site).open("/sv/").await.does_not_say(RESTS);
    let reply = ask(site.desk(), &Desk::new_conversation(), KNOWN).await;
    assert_eq!(reply.answer.decision, Decision::Answer);
    ada.open("/en/console/audit").await.says("Vi provar");
    site.close().await;
}

#[tokio::test]
async fn the_figures_are_those_of_the_log() {
    let site = staffed_on_files().await;
    ask(site.desk(), &Desk::new_conversation(), UNKNOWN).await;
    let mut rut = signed_in(&site, Role::Reader).await;
    rut.open("/en/console/queue").await;
    let page = rut.open("/sv/konsol/settings").await;
    page.says("Ämnen: 1. Frågor: 1.");
    page.says("Ingen har bedömt någon fråga än");
    page.says("180 dagar");
    page.says("7 dagar");
    site.close().await;
}

#[tokio::test]
async fn an_admin_says_how_long_things_are_kept_and_residents_are_told() {
    let site = staffed_on_files().await;
    let mut ada = signed_in(&site, Role::Admin).await;
    let path = "/en/console/settings/retention";
    let typed = |new: &'static str| {
        let rest = [
            "assigned",
            "answered",
            "taught",
            "not_ours",
            "dismissed",
            "conversations",
        ];
        let rest = rest.into_iter().map(|field| (field, "30"));
        let all = [("new", new), ("call_backs", "20"), ("reason", "Beslut 7")];
        rest.chain(all).collect::<Vec<_>>()
    };
    for wrong in ["0", "9999", "en månad"] {
        let page = ada.submit(path, &typed(wrong)).await;
        assert_eq!(page.status, 422, "{wrong}");
        page.says("Give 1 to 3650 days");
        assert_eq!(site.desk().kept().new, 180);
    }
    let done = ada.submit(path, &typed("45")).await;
    let page = ada.open(place(&done)).await;
    page.says("name=\"new\" value=\"45\"");
    let kept = site.desk().kept();
    assert_eq!((kept.new, kept.answered, kept.call_backs), (45, 30, 20));
    let mut resident = Browser::new(&site);
    resident.open("/sv/om/integritet").await.says("45 dagar");
    ada.open("/en/console/audit")
        .await
        .says("Retention changed");
    let back = ada.submit(path, &[("as_started", "1")]).await;
    assert_eq!(place(&back), "/en/console/settings?done=1");
    assert_eq!(site.desk().kept().new, 180);
    site.close().await;
}
