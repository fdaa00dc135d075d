//! The questions that wait: listed, chosen and searched, a page at a time.

use lots::desk::{Desk, Message, QueueFilter, Role, Verdict};
use lots::knowledge::{EntryId, Language};

use super::{PASSWORD, run, sign_in, signed_in, staffed};
use crate::stage::{KNOWN, ROUTED, UNKNOWN, ask};
use crate::web::browser::Browser;
use crate::web::site::Site;

/// A question that nobody in Provby knows, in words of its own.
const ELSEWHERE: &str = "Hur varmt är det på Jupiter?";

/// The name of the question that the desk has put this wording into.
pub(crate) async fn cluster(site: &Site, wording: &str) -> String {
    let staff = Desk::command_line();
    for done in [false, true] {
        let filter = QueueFilter {
            done,
            seek: wording.to_owned(),
            ..QueueFilter::default()
        };
        let queue = site.desk().review(&staff).queue(&filter).await.unwrap();
        if let Some(found) = queue.clusters.first() {
            return found.id.clone();
        }
    }
    panic!("{wording:?} is in no cluster");
}

/// Someone was answered, and it did not help.
pub(crate) async fn unhelpful(site: &Site) {
    ask(site.desk(), "unhappy", KNOWN).await;
    let entry = EntryId::parse("grants/lovpeng").unwrap();
    let verdict = Verdict::Unhelpful {
        complaint: lots::desk::Complaint::parse("incomplete"),
        remark: "jag hittar inte datumet",
    };
    site.desk()
        .feedback_on("unhappy", "web", &entry, Language::Swedish, verdict)
        .await;
}

#[tokio::test]
async fn what_waits_is_listed_with_how_often_it_was_asked() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    rut.open("/sv/konsol/queue")
        .await
        .says("Inget väntar. När lots inte");
    for conversation in ["a", "b"] {
        ask(site.desk(), conversation, UNKNOWN).await;
    }
    ask(site.desk(), "c", ROUTED).await;
    let page = rut.open("/sv/konsol/queue").await;
    page.says("2 frågor väntar på svar. Tillsammans har de ställts 3 gånger.");
    page.says(UNKNOWN);
    page.says(ROUTED);
    page.says("Byggkontoret");
    page.says("<span class=\"badge due\">Ny</span>");
    page.says("i dag</time>");
    assert!(
        page.text.find(UNKNOWN) < page.text.find(ROUTED),
        "the most asked first"
    );
    page.does_not_say("Du har valt:");
    let english = rut.open("/en/console/queue").await;
    english.says("2 questions wait for an answer.");
    site.close().await;
}

#[tokio::test]
async fn what_was_chosen_is_shown_and_said_in_words() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    ask(site.desk(), "a", UNKNOWN).await;
    ask(site.desk(), "b", ROUTED).await;
    let discord = Message {
        conversation: "c",
        channel: "discord",
        text: ELSEWHERE,
        language: None,
    };
    site.desk().ask(&discord).await;
    unhelpful(&site).await;
    for (query, shown, said) in [
        ("q=manen", UNKNOWN, "Sök bland frågorna: manen"),
        ("q=M%C3%85NEN", UNKNOWN, "Sök bland frågorna: MÅNEN"),
        (
            "office=offices/byggkontoret",
            ROUTED,
            "Förvaltning: Byggkontoret",
        ),
        ("channel=discord", ELSEWHERE, "Kanal: Discord"),
        ("unhelpful=true", KNOWN, "Bara där svaret inte hjälpte"),
    ] {
        let page = rut.open(&format!("/sv/konsol/queue?{query}")).await;
        page.says(said);
        page.says("Visa alla som väntar");
        for wording in [UNKNOWN, ROUTED, ELSEWHERE, KNOWN] {
            let is_listed = page.text.contains(&format!("class=\"two\">{wording}"));
            assert_eq!(is_listed, wording == shown, "{query}: {wording}");
        }
    }
    for query in ["state=done", "language=en", "state=assigned"] {
        let page = rut.open(&format!("/sv/konsol/queue?{query}")).await;
        page.does_not_say("class=\"two\"");
    }
    rut.open("/sv/konsol/queue?state=done")
        .await
        .says("Inga frågor är klara än.");
    rut.open("/sv/konsol/queue?q=giraff")
        .await
        .says("Ingen fråga passar det du har valt.");
    rut.open("/sv/konsol/queue?unhelpful=perhaps&order=x")
        .await
        .says(UNKNOWN);
    site.close().await;
}

#[tokio::test]
async fn whoever_works_for_an_office_comes_to_its_questions_at_once() {
    let site = staffed().await;
    let office = EntryId::parse("offices/byggkontoret").unwrap();
    let by = Desk::command_line();
    let added = site
        .desk()
        .add_account(&by, "bo", Role::Editor, Some(office), PASSWORD);
    added.await.unwrap();
    let mut bo = Browser::new(&site);
    sign_in(&mut bo, "bo", PASSWORD).await;
    let link = "href=\"/sv/konsol/queue?office=offices%2Fbyggkontoret\">Min förvaltning</a>";
    bo.open("/sv/konsol/queue").await.says(link);
    bo.open("/sv/konsol/queue?office=offices%2Fbyggkontoret")
        .await
        .does_not_say("Min förvaltning");
    signed_in(&site, Role::Editor)
        .await
        .open("/sv/konsol/queue")
        .await
        .does_not_say("Min förvaltning");
    site.close().await;
}

#[tokio::test]
async fn every_question_stands_on_one_page_and_no_more() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    for number in 0..53 {
        let statement = format!(
            "insert into cluster (id, wording, language, channels, state, is_open, questions, first_at, last_at) \
             values ('c{number:02}', 'fråga nummer {number:02}', 'sv', '|web|', 'new', 1, {}, {number}, {number})",
            number / 3 + 1
        );
        run(&site, &statement).await;
    }
    for order in ["most", "latest", "oldest"] {
        let mut seen = Vec::new();
        let mut next = format!("/sv/konsol/queue?channel=web&order={order}");
        let mut pages = 0;
        loop {
            let page = rut.open(&next).await;
            pages += 1;
            let rows = page.text.split("class=\"two\">fråga nummer ").skip(1);
            seen.extend(rows.map(|row| row[..2].to_owned()));
            let Some((_, rest)) = page.text.split_once("rel=\"next\" href=\"") else {
                page.says("Första sidan");
                break;
            };
            next = rest.split('"').next().unwrap().replace("&amp;", "&");
            assert!(next.contains("channel=web"), "the choice is kept: {next}");
        }
        assert_eq!((pages, seen.len()), (2, 53), "{order}");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 53, "{order}");
    }
    site.close().await;
}

#[tokio::test]
async fn a_database_that_is_away_is_told() {
    let site = staffed().await;
    let mut eva = signed_in(&site, Role::Editor).await;
    run(&site, "alter table cluster rename to gone").await;
    let page = eva.open("/en/console/queue").await;
    assert_eq!(page.status, 503);
    page.says("The database does not answer just now");
    site.close().await;
}
