//! Records: held, let go, erased, registered; and what has been deleted.

use lots::desk::{Desk, Practice, Role};

use super::queue::cluster;
use super::{place, run, signed_in, staff, staffed};
use crate::stage::{ROUTED, UNKNOWN, ask};
use crate::web::site::Site;

#[tokio::test]
async fn a_question_is_held_and_erased_when_it_is_let_go() {
    let site = staffed().await;
    let conversation = Desk::new_conversation();
    let receipt = ask(site.desk(), &conversation, UNKNOWN)
        .await
        .receipt
        .unwrap();
    let mut eva = signed_in(&site, Role::Editor).await;
    let of = cluster(&site, UNKNOWN).await;
    let one = format!("/sv/konsol/records/of/{receipt}");
    eva.open(&format!("/sv/konsol/queue/{of}"))
        .await
        .says(&format!("href=\"{one}\""));
    let looked = eva
        .open(&format!(
            "/sv/konsol/records?code={}",
            receipt.as_str().to_lowercase()
        ))
        .await;
    assert_eq!(place(&looked), one);
    eva.open("/sv/konsol/records?code=hej")
        .await
        .says("Det finns inget sparat med koden hej");

    let page = eva.open(&one).await;
    page.says(UNKNOWN);
    page.says("Det är administratörer som raderar.");
    let nameless = eva
        .submit(&format!("{one}/hold"), &[("why", "other"), ("note", "")])
        .await;
    assert_eq!(nameless.status, 422);
    nameless.says("Skriv varför frågan måste sparas.");
    let held = eva
        .submit(
            &format!("{one}/hold"),
            &[("why", "request"), ("note", "dnr 2026/17")],
        )
        .await;
    let page = eva.open(place(&held)).await;
    page.says("Frågan sparas tills vidare.");
    page.says("dnr 2026/17");
    eva.open("/sv/konsol/queue").await.says("Sparas: 1");
    eva.open("/sv/konsol/records")
        .await
        .says("Någon har begärt att få se den. Sparas sedan");

    site.desk().forget(&conversation).await.unwrap();
    eva.open("/sv/konsol/queue").await.says("Begärd raderad: 1");
    let page = eva.open(&one).await;
    page.says("Pröva om den måste sparas.");
    page.says("Spara inte längre, och radera");
    let let_go = eva
        .submit(&format!("{one}/release"), &[("reason", "Utlämnad")])
        .await;
    let page = eva.open(place(&let_go)).await;
    page.says("Frågan är raderad, som den som frågade ville.");
    page.says("Ingen begäran väntar.");
    assert_eq!(eva.open(&one).await.status, 404);
    assert_eq!(eva.submit(&format!("{one}/release"), &[]).await.status, 404);
    let page = eva.open("/sv/konsol/audit").await;
    page.says("Fråga sparas tills vidare");
    page.says("Utlämnad");
    page.does_not_say(receipt.as_str());
    site.close().await;
}

#[tokio::test]
async fn all_questions_of_a_cluster_are_held_at_once() {
    let site = staffed().await;
    for conversation in ["a", "b"] {
        ask(site.desk(), conversation, UNKNOWN).await;
    }
    let mut eva = signed_in(&site, Role::Editor).await;
    let of = cluster(&site, UNKNOWN).await;
    let one = format!("/en/console/queue/{of}");
    let page = eva.open(&one).await;
    let version = page.between("name=\"version\" value=\"", "\"").to_owned();
    let fields = [
        ("version", version.as_str()),
        ("why", "other"),
        ("note", ""),
    ];
    let nameless = eva.submit(&format!("{one}/hold"), &fields).await;
    assert_eq!(nameless.status, 422);
    let fields = [
        ("version", version.as_str()),
        ("why", "complaint"),
        ("note", ""),
    ];
    let held = eva.submit(&format!("{one}/hold"), &fields).await;
    let page = eva.open(place(&held)).await;
    page.says("The questions are kept for now.");
    page.says("Kept: 2");
    page.says("Questions kept for now");
    let stale = [("version", "99"), ("why", "complaint")];
    assert_eq!(eva.submit(&format!("{one}/hold"), &stale).await.status, 409);
    site.close().await;
}

#[tokio::test]
async fn a_question_is_registered_as_a_file_and_as_a_page() {
    let site = staffed().await;
    let receipt = ask(site.desk(), "a", ROUTED).await.receipt.unwrap();
    let of = cluster(&site, ROUTED).await;
    site.desk()
        .answer_question(&receipt, "Sök på webben.")
        .await
        .unwrap();
    let mut eva = signed_in(&site, Role::Editor).await;
    let one = format!("/en/console/records/of/{receipt}");
    eva.open(&one).await.does_not_say("Registered 2");
    let file = eva.submit(&format!("{one}/diary"), &[("as", "xml")]).await;
    assert_eq!(
        file.headers["content-type"],
        "application/xml; charset=utf-8"
    );
    let named = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(named, format!("attachment; filename=\"{receipt}.xml\""));
    let checksum = file
        .between("<checksum algorithm=\"sha-256\">", "<")
        .to_owned();
    file.says("Sök på webben.");
    let page = eva.submit(&format!("{one}/diary"), &[("as", "page")]).await;
    for part in [ROUTED, "Sök på webben.", checksum.as_str(), "Provby"] {
        page.says(part);
    }
    let page = eva.open(&one).await;
    page.says("Registered 2");
    page.says("What is registered should most often be kept for now");
    page.says("<option value=\"diary\" selected>");
    eva.open(&format!("/en/console/queue/{of}"))
        .await
        .says("Registered: 1");
    eva.open("/en/console/audit").await.says(&checksum);
    let schema = eva.open("/en/console/records/diary.xsd").await;
    schema.says("urn:lots:diary:1");
    site.close().await;
}

#[tokio::test]
async fn an_admin_erases_on_request() {
    let site = staffed().await;
    let conversation = Desk::new_conversation();
    let first = ask(site.desk(), &conversation, UNKNOWN)
        .await
        .receipt
        .unwrap();
    let second = ask(site.desk(), &conversation, ROUTED)
        .await
        .receipt
        .unwrap();
    let mut ada = signed_in(&site, Role::Admin).await;
    let one = format!("/en/console/records/of/{first}");
    let file = ada.open(&format!("{one}/data.json")).await;
    let file: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(file["words"], UNKNOWN);
    let done = ada
        .submit(
            &format!("{one}/erase"),
            &[("all", "true"), ("reason", "Begäran")],
        )
        .await;
    ada.open(place(&done)).await.says("It is erased.");
    for receipt in [&first, &second] {
        assert!(site.desk().question(receipt).await.unwrap().is_none());
    }
    let page = ada.open("/en/console/audit").await;
    page.says("Erased on request");
    page.does_not_say(first.as_str());
    let unnamed = ada
        .submit("/en/console/records/person", &[("id", "7")])
        .await;
    assert_eq!(unnamed.status, 422);
    unnamed.says("no Discord token is set");
    site.close().await;
}

#[tokio::test]
async fn what_has_been_deleted_is_shown_by_period_and_for_a_spreadsheet() {
    let practice = Practice {
        archive_decision: Some("KS 2026/17".to_owned()),
        ..Practice::default()
    };
    let site = Site::practising(practice).await;
    staff(&site).await;
    ask(site.desk(), "a", UNKNOWN).await;
    ask(site.desk(), "b", ROUTED).await;
    run(
        &site,
        "update question set changed_at = 1000 where conversation = 'a'",
    )
    .await;
    site.desk().purge().await.unwrap();
    site.desk().forget("b").await.unwrap();
    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.open("/sv/konsol/records/purged").await;
    for part in [
        "Frågor: Ny",
        "180 dagar",
        "Frågor, på begäran",
        "På begäran",
        "Nu gällande beslut: KS 2026/17",
        "Antal körningar av reglerna: 1.",
    ] {
        page.says(part);
    }
    page.does_not_say(UNKNOWN);
    let csv = page
        .between("/records/purged.csv", "\"")
        .replace("&amp;", "&");
    let file = rut
        .open(&format!("/sv/konsol/records/purged.csv{csv}"))
        .await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    file.says("questions-new,1,180,KS 2026/17,");
    file.says("erased-questions,1,,,");
    let earlier = rut
        .open("/sv/konsol/records/purged?from=2020-01-31&to=2020-01-01")
        .await;
    earlier.says("2020-01-01 till 2020-01-31.");
    earlier.says("Inget har raderats under de här dagarna.");
    let odd = rut.open("/sv/konsol/records/purged?from=igår").await;
    odd.says("Frågor: Ny");
    site.close().await;
}
