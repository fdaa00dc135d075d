//! One of the questions that wait: what is known of it, and what staff do about it, alone and at the same time.

use lots::desk::{Desk, Role};

use super::queue::{cluster, unhelpful};
use super::{name, place, signed_in, staff, staffed};
use crate::stage::{KNOWN, UNKNOWN, ask};
use crate::web::browser::{Browser, Page};
use crate::web::site::Site;

/// Opens the page of a question, and gives the version that its forms bring.
async fn version(browser: &mut Browser, id: &str) -> String {
    let page = browser.open(&format!("/en/console/queue/{id}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.between("name=\"version\" value=\"", "\"").to_owned()
}

/// Sends a form of the page of a question.
async fn act(browser: &mut Browser, id: &str, act: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("/en/console/queue/{id}/{act}");
    browser.submit(&path, fields).await
}

#[tokio::test]
async fn what_residents_write_is_shown_as_text() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let wording = "Hur många <script>alert(1)</script> bor det på \"månen\"?";
    ask(site.desk(), "a", wording).await;
    let id = cluster(&site, "månen").await;
    for path in ["", "?q=<script>alert(1)</script>"] {
        let page = eva.open(&format!("/en/console/queue{path}")).await;
        page.does_not_say("<script>alert");
    }
    for path in ["", "/teach", "/pass-on"] {
        let page = eva.open(&format!("/en/console/queue/{id}{path}")).await;
        page.says("&lt;script&gt;alert(1)");
        page.does_not_say("<script>alert");
    }
    site.close().await;
}

#[tokio::test]
async fn a_question_is_shown_with_why_it_had_no_answer() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    ask(site.desk(), "a", UNKNOWN).await;
    let id = cluster(&site, UNKNOWN).await;
    let page = eva.open(&format!("/sv/konsol/queue/{id}")).await;
    page.says(UNKNOWN);
    page.says("Varför fick de inget svar?");
    page.says("procent");
    page.says("Ord som lots letade efter");
    page.says("Likhet i betydelse");
    page.says("Ingen har gjort något med frågan än.");
    for act in ["Svara", "Lär ut", "Skicka vidare", "Ja, avfärda frågan"] {
        page.says(act);
    }
    page.does_not_say("Flytta de valda");
    let unknown = eva.open("/sv/konsol/queue/nothing").await;
    assert_eq!(unknown.status, 404);
    site.close().await;
}

#[tokio::test]
async fn readers_see_everything_and_change_nothing() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    for conversation in ["a", "b"] {
        ask(site.desk(), conversation, UNKNOWN).await;
    }
    let id = cluster(&site, UNKNOWN).await;
    let page = rut.open(&format!("/en/console/queue/{id}")).await;
    page.says(UNKNOWN);
    page.does_not_say("name=\"version\"");
    page.does_not_say("type=\"checkbox\" name=\"receipt\"");
    for act in [
        "answer", "teach", "pass-on", "mend", "dismiss", "reopen", "merge", "split",
    ] {
        let page = self::act(&mut rut, &id, act, &[("version", "0")]).await;
        assert_eq!(page.status, 403, "{act}");
        page.says("This takes another role");
    }
    site.close().await;
}

#[tokio::test]
async fn each_of_the_three_acts_begins_a_draft() {
    let site = Site::on_files(&[]).await;
    staff(&site).await;
    let mut eva = signed_in(&site, Role::Editor).await;
    ask(site.desk(), "a", UNKNOWN).await;
    let id = cluster(&site, UNKNOWN).await;
    let version = version(&mut eva, &id).await;
    let version = ("version", version.as_str());
    let teach = eva.open(&format!("/en/console/queue/{id}/teach")).await;
    teach.says("value=\"guides/lana-lokal\"");
    teach.says("<optgroup label=");
    for (act, fields) in [
        ("answer", vec![version]),
        ("teach", vec![version, ("entry", "guides/lana-lokal")]),
        (
            "pass-on",
            vec![version, ("to", "offices/byggkontoret"), ("what", "teach")],
        ),
        ("mend", vec![version, ("entry", "grants/lovpeng")]),
    ] {
        let page = self::act(&mut eva, &id, act, &fields).await;
        let draft = place(&page).strip_prefix("/en/console/drafts/").unwrap();
        let staff = Desk::command_line();
        let draft = site.desk().review(&staff).draft(draft).await.unwrap();
        assert_eq!(draft.kept.act, act);
        assert_eq!(draft.kept.made_by, name(Role::Editor));
    }
    let page = eva.open(&format!("/en/console/queue/{id}")).await;
    page.says("<span class=\"badge\">Draft</span>");
    page.says("Passing on: ");
    for (act, fields, said) in [
        (
            "teach",
            vec![version, ("entry", "")],
            "Choose an answer from the list",
        ),
        (
            "teach",
            vec![version, ("entry", "guides/nothing")],
            "Choose an answer from the list",
        ),
        (
            "pass-on",
            vec![version, ("to", ""), ("reason", "kept")],
            "Choose an office or",
        ),
        (
            "pass-on",
            vec![version, ("to", "offices/none")],
            "Choose an office or",
        ),
        (
            "pass-on",
            vec![version, ("to", "⇢ Ingen")],
            "Choose an office or",
        ),
        (
            "mend",
            vec![version, ("entry", "guides/nothing")],
            "not there any longer",
        ),
    ] {
        let page = self::act(&mut eva, &id, act, &fields).await;
        assert_eq!(page.status, 422, "{act} {fields:?}");
        page.says(said);
        if fields.contains(&("reason", "kept")) {
            page.says("value=\"kept\"");
        }
    }
    site.close().await;
}

#[tokio::test]
async fn a_question_is_passed_on_dismissed_and_opened_again() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    ask(site.desk(), "a", UNKNOWN).await;
    let id = cluster(&site, UNKNOWN).await;
    for (act, fields, done, said, state) in [
        (
            "pass-on",
            vec![("to", "offices/byggkontoret"), ("reason", "de vet")],
            "assigned",
            "The question is with the office.",
            "With an office",
        ),
        (
            "dismiss",
            vec![("why", "spam"), ("reason", "samma avsändare")],
            "dismissed",
            "The question is dismissed.",
            "Dismissed",
        ),
        (
            "reopen",
            vec![],
            "reopened",
            "The question waits again.",
            "New",
        ),
    ] {
        let version = version(&mut eva, &id).await;
        let fields = [vec![("version", version.as_str())], fields].concat();
        let page = self::act(&mut eva, &id, act, &fields).await;
        assert_eq!(place(&page), format!("/en/console/queue/{id}?done={done}"));
        let page = eva
            .open(&format!("/en/console/queue/{id}?done={done}"))
            .await;
        page.says(said);
        page.says(&format!("\">{state}</span>"));
    }
    let page = eva.open(&format!("/en/console/queue/{id}")).await;
    page.says("<q>de vet</q>");
    page.says("<q>Spam: samma avsändare</q>");
    page.says("<ins>With an office Building office</ins>");
    site.close().await;
}

#[tokio::test]
async fn of_two_who_act_on_the_same_question_the_second_sees_what_the_first_did() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    let mut ada = signed_in(&site, Role::Admin).await;
    for conversation in ["a", "b"] {
        ask(site.desk(), conversation, UNKNOWN).await;
    }
    let id = cluster(&site, UNKNOWN).await;
    let seen = version(&mut eva, &id).await;
    let seen = ("version", seen.as_str());
    let to = ("to", "offices/byggkontoret");
    place(&act(&mut ada, &id, "pass-on", &[seen, to]).await);
    let page = act(
        &mut eva,
        &id,
        "dismiss",
        &[seen, ("why", "abuse"), ("reason", "otrevlig")],
    )
    .await;
    assert_eq!(page.status, 409);
    page.says("ada has changed the question since you opened the page");
    page.says("value=\"otrevlig\"");
    page.says("value=\"abuse\" checked");
    page.says("With an office");
    let receipt = page.between("name=\"receipt\" value=\"", "\"").to_owned();
    let page = act(&mut eva, &id, "split", &[seen, ("receipt", &receipt)]).await;
    assert_eq!(page.status, 409);
    page.says(&format!("value=\"{receipt}\" checked"));
    for (what, more) in [
        ("answer", vec![]),
        ("teach", vec![("entry", "guides/lana-lokal")]),
        ("pass-on", vec![to, ("what", "teach")]),
        ("pass-on", vec![to, ("reason", "mina ord")]),
        ("mend", vec![("entry", "grants/lovpeng")]),
        ("merge", vec![("from", "x")]),
        ("reopen", vec![]),
    ] {
        let page = act(&mut eva, &id, what, &[vec![seen], more.clone()].concat()).await;
        assert_eq!(page.status, 409, "{what} {more:?}");
        page.says("ada has changed the question");
        if more.contains(&("reason", "mina ord")) {
            page.says("value=\"mina ord\"");
        }
    }
    let now = version(&mut eva, &id).await;
    let page = act(
        &mut eva,
        &id,
        "dismiss",
        &[("version", &now), ("why", "abuse")],
    )
    .await;
    assert_eq!(
        place(&page),
        format!("/en/console/queue/{id}?done=dismissed")
    );
    site.close().await;
}

#[tokio::test]
async fn questions_are_split_and_merged_and_old_addresses_lead_on() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    for conversation in ["a", "b", "c"] {
        ask(site.desk(), conversation, UNKNOWN).await;
    }
    let id = cluster(&site, UNKNOWN).await;
    let before = version(&mut eva, &id).await;
    let before = ("version", before.as_str());
    let page = act(&mut eva, &id, "split", &[before]).await;
    assert_eq!(page.status, 422);
    page.says("Choose at least one time");
    let receipts: Vec<String> = page
        .text
        .split("name=\"receipt\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(receipts.len(), 3);
    let chosen = |count: usize| {
        let receipts = receipts.iter().take(count);
        let receipts = receipts.map(|receipt| ("receipt", receipt.as_str()));
        [before].into_iter().chain(receipts).collect::<Vec<_>>()
    };
    assert_eq!(act(&mut eva, &id, "split", &chosen(3)).await.status, 422);
    let page = act(&mut eva, &id, "split", &chosen(2)).await;
    let new = place(&page)
        .strip_prefix("/en/console/queue/")
        .and_then(|rest| rest.strip_suffix("?done=split"))
        .unwrap()
        .to_owned();
    assert_ne!(new, id);
    let page = eva
        .open(&format!("/en/console/queue/{new}?done=split"))
        .await;
    page.says("<dd>2</dd>");
    page.says(&format!("name=\"from\" value=\"{id}\""));
    let from_version = page
        .between("name=\"from_version\" value=\"", "\"")
        .to_owned();
    let version = version(&mut eva, &new).await;
    let fields = [
        ("version", version.as_str()),
        ("from", id.as_str()),
        ("from_version", from_version.as_str()),
    ];
    let page = act(&mut eva, &new, "merge", &fields).await;
    assert_eq!(place(&page), format!("/en/console/queue/{new}?done=merged"));
    eva.open(&format!("/en/console/queue/{new}?done=merged"))
        .await
        .says("<dd>3</dd>");
    let old = eva.open(&format!("/en/console/queue/{id}")).await;
    assert_eq!(place(&old), format!("/en/console/queue/{new}"));
    let late = act(&mut eva, &id, "answer", &[before]).await;
    assert_eq!(place(&late), format!("/en/console/queue/{new}?done=moved"));
    site.close().await;
}

#[tokio::test]
async fn an_answer_that_did_not_help_can_be_mended() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    unhelpful(&site).await;
    let id = cluster(&site, KNOWN).await;
    let page = eva.open(&format!("/sv/konsol/queue/{id}")).await;
    page.says("Varför hjälpte inte svaret?");
    page.says("Förbättra ”Lovpeng");
    page.says("name=\"entry\" value=\"grants/lovpeng\"");
    page.says("Det saknas något");
    page.says("<q>jag hittar inte datumet</q>");
    site.close().await;
}
