//! What is said on a way in is written nowhere, unless it is handed over, and then without who said it.

use std::path::Path;

use lots::desk::{Desk, Message};
use lots::knowledge::Language;
use tempfile::TempDir;

use crate::stage::{ask, bytes_of, desk_of, holds, provby, sqlite};

/// Stands nowhere else.
const MARK: &str = "kvarnhjulsblomma";
const NAME: &str = "Kerstin Berg";
const NUMBER: &str = "070-174 06 05";

async fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    (desk, folder)
}

/// Says one thing after another in a conversation of its own; what was replied last.
async fn say(desk: &Desk, conversation: &str, all: &[&str]) -> String {
    let mut last = String::new();
    for text in all {
        last = ask(desk, conversation, text).await.answer.plain_text();
    }
    last
}

fn kept(folder: &Path) -> Vec<&'static str> {
    let bytes = bytes_of(folder);
    let all = [MARK, NAME, "Kerstin", NUMBER, "0701740605"];
    all.into_iter().filter(|text| holds(&bytes, text)).collect()
}

#[tokio::test]
async fn nothing_that_is_said_on_the_way_is_kept() {
    let (desk, folder) = desk().await;
    let idea = format!("En {MARK} på torget, säger {NAME}, {NUMBER}.");
    for way in [
        // To the plan and back, and away.
        vec![
            "jag har en idé",
            &idea,
            "alla",
            "pengar",
            "bara jag",
            "tillbaka",
            "avsluta",
        ],
        // Half way, and never heard of again.
        vec!["jag har en idé", &idea, "barn och unga"],
        // What answers no step.
        vec!["hitta bidrag", MARK, &idea, "jag själv", &idea],
        vec!["jag vill engagera mig", "under 25", NUMBER, NAME],
        vec!["hur påverkar jag", &idea],
        // Up to the number, but not beyond.
        vec!["ring mig", &idea, "vet inte", "på förmiddagen", "avsluta"],
        vec![
            "ring mig",
            &idea,
            "vet inte",
            "på förmiddagen",
            "070-1",
            "tillbaka",
        ],
        // In need.
        vec!["jag har en idé", &idea, "jag vill inte leva längre"],
    ] {
        say(&desk, &Desk::new_conversation(), &way).await;
        assert_eq!(kept(folder.path()), Vec::<&str>::new(), "{way:?}");
    }
}

#[tokio::test]
async fn an_idea_that_is_handed_over_is_kept_without_who_had_it() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let idea = format!("En {MARK} på torget, säger {NAME}, {NUMBER}.");
    let way = ["jag har en idé", &idea, "alla", "pengar", "bara jag"];
    say(&desk, &conversation, &way).await;
    let lead = desk.lead(
        &conversation,
        "web",
        "idea.*.everyone.money.alone.yes",
        Language::Swedish,
    );
    let sent = lead.await.unwrap();
    assert!(sent.receipt.is_some(), "{}", sent.answer.plain_text());
    assert_eq!(kept(folder.path()), [MARK]);
}

#[tokio::test]
async fn a_plan_is_there_for_as_long_as_the_conversation_and_for_nobody_else() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    let idea = format!("En {MARK} på torget");
    let way = ["jag har en idé", &idea, "alla", "pengar", "bara jag"];
    say(&desk, &conversation, &way).await;
    let code = "idea.*.everyone.money.alone";
    let plan = |of: Option<&str>| desk.look_at(of, code, Language::Swedish);
    let text = plan(Some(&conversation)).map(|a| a.plain_text());
    assert!(text.is_some_and(|t| t.contains(MARK)));
    let other = Desk::new_conversation();
    assert!(plan(Some(&other)).is_none() && plan(None).is_none());
    desk.erase(&conversation).await;
    assert!(plan(Some(&conversation)).is_none());
}

#[tokio::test]
async fn an_answer_to_a_step_is_no_cry_for_help_and_a_cry_for_help_no_answer() {
    let (desk, _folder) = desk().await;
    let conversation = Desk::new_conversation();
    let asks = |text: &'static str| Message {
        conversation: &conversation,
        channel: "web",
        text,
        language: None,
    };
    for text in ["hitta bidrag", "bara jag", "barn"] {
        desk.ask(&asks(text)).await;
    }
    assert!(desk.whereabouts(&conversation, Language::Swedish).is_some());
    desk.ask(&asks("jag vill inte leva längre, bara jag är kvar"))
        .await;
    assert!(desk.whereabouts(&conversation, Language::Swedish).is_none());
}
