//! The one door: the first greeting, receipts, feedback, languages, and a database that is away or held by another.

use std::time::{Duration, Instant};

use lots::answering::{Block, Decision};
use lots::desk::{Desk, LONGEST_MESSAGE, OpenQuestion, Reply};
use lots::knowledge::Language;
use lots::store::Receipt;
use sqlx::{ConnectOptions, Executor};
use tempfile::TempDir;

use crate::stage::{CRISIS, KNOWN, ROUTED, UNKNOWN, ask, becomes, desk_of, provby, sqlite};

/// A resident waits at most this long, whatever the database does.
const PATIENCE: Duration = Duration::from_secs(3);
/// The database is tried again within this.
const RETRIED: Duration = Duration::from_secs(30);

#[tokio::test]
async fn the_first_answer_of_a_conversation_says_what_this_is() {
    let (desk, _folder) = desk().await;
    for first in [KNOWN, ROUTED, UNKNOWN, "hej", "bidrag"] {
        let conversation = Desk::new_conversation();
        assert!(notices(&ask(&desk, &conversation, first).await), "{first}");
        for next in [KNOWN, ROUTED, "hej", first] {
            assert!(
                !notices(&ask(&desk, &conversation, next).await),
                "{first}, then {next}"
            );
        }
    }
    let conversation = Desk::new_conversation();
    assert!(
        !notices(&ask(&desk, &conversation, CRISIS).await),
        "someone in need gets the help lines and nothing before them"
    );
    assert!(notices(&ask(&desk, &conversation, KNOWN).await));
}

#[tokio::test]
async fn of_several_questions_the_one_that_nothing_answers_is_saved() {
    let (desk, _folder) = desk().await;
    let both = format!("{KNOWN} {ROUTED}");
    let reply = ask(&desk, &Desk::new_conversation(), &both).await;
    assert_eq!(reply.answer.decision, Decision::Answer);
    assert_eq!(reply.answer.shown[0].as_str(), "grants/lovpeng");
    let receipt = reply.receipt.clone().unwrap();
    assert_eq!(receipt_block(&reply), Some(Some(receipt.to_string())));
    let question = desk.question(&receipt).await.unwrap().unwrap();
    assert_eq!(
        (
            question.wording.as_str(),
            question.reason.as_str(),
            question.office.as_deref()
        ),
        (ROUTED, "routed", Some("offices/byggkontoret"))
    );
}

#[tokio::test]
async fn what_could_not_be_answered_gets_a_receipt() {
    let (desk, _folder) = desk().await;
    let cases = [
        (
            ROUTED,
            Decision::Route,
            Some(("routed", Some("offices/byggkontoret"))),
        ),
        (UNKNOWN, Decision::Unknown, Some(("unknown", None))),
        (KNOWN, Decision::Answer, None),
        ("bidrag", Decision::Choice, None),
        (CRISIS, Decision::Crisis, None),
        ("hej", Decision::SmallTalk, None),
    ];
    for (text, decision, logged) in cases {
        let reply = ask(&desk, &Desk::new_conversation(), text).await;
        assert_eq!(reply.answer.decision, decision, "{text}");
        assert_eq!(reply.receipt.is_some(), logged.is_some(), "{text}");
        let (Some(receipt), Some((reason, office))) = (&reply.receipt, logged) else {
            continue;
        };
        assert_eq!(
            receipt_block(&reply),
            Some(Some(receipt.to_string())),
            "{text}"
        );
        let question = desk.question(receipt).await.unwrap().unwrap();
        assert_eq!(
            (
                question.wording.as_str(),
                question.reason.as_str(),
                question.state.as_str()
            ),
            (text, reason, "new")
        );
        assert_eq!(
            (
                question.office.as_deref(),
                question.channel.as_str(),
                question.language.as_str()
            ),
            (office, "web", "sv")
        );
    }
    assert_eq!(desk.questions(None, 50).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_receipt_tells_what_became_of_the_question() {
    let (desk, _folder) = desk().await;
    let receipt = ask(&desk, &Desk::new_conversation(), UNKNOWN)
        .await
        .receipt
        .unwrap();
    let typed = [
        receipt.to_string(),
        receipt.as_str().to_lowercase(),
        format!("Har ni svar på {receipt}?"),
    ];
    let library = desk.library().current();
    let open = library
        .knowledge()
        .phrases(Language::Swedish)
        .receipt_open
        .clone();
    let open = open.split('{').next().unwrap();
    for text in &typed {
        let reply = ask(&desk, &Desk::new_conversation(), text).await;
        assert!(
            reply.answer.plain_text().starts_with(open),
            "{text}: {}",
            reply.answer.plain_text()
        );
        assert!(reply.answer.plain_text().contains(receipt.as_str()));
    }

    assert!(
        desk.answer_question(&receipt, "  Inga alls, tyvärr.\n")
            .await
            .unwrap()
    );
    for text in &typed {
        let reply = ask(&desk, &Desk::new_conversation(), text).await;
        assert!(
            reply
                .answer
                .plain_text()
                .ends_with("\n\nInga alls, tyvärr."),
            "{}",
            reply.answer.plain_text()
        );
    }
    let english = desk.receipt_state(&receipt, Language::English).await;
    assert!(
        english.answer.plain_text().starts_with("Question"),
        "{}",
        english.answer.plain_text()
    );
    assert_eq!(
        desk.question(&receipt).await.unwrap().unwrap().state,
        "answered"
    );

    let nobody = Receipt::new();
    let unknown = desk
        .receipt_state(&nobody, Language::Swedish)
        .await
        .answer
        .plain_text();
    assert!(
        unknown.contains(nobody.as_str()) && !unknown.contains("katter"),
        "{unknown}"
    );
    assert!(!desk.answer_question(&nobody, "Ja.").await.unwrap());
    assert_eq!(
        desk.questions(None, 50).await.unwrap().len(),
        1,
        "looking up is not asking"
    );
}

#[tokio::test]
async fn a_conversation_keeps_its_language() {
    let (desk, _folder) = desk().await;
    let spoken =
        async |conversation: &str, text: &str| ask(&desk, conversation, text).await.answer.language;
    let english = Desk::new_conversation();
    assert_eq!(
        spoken(&english, "What is the holiday grant?").await,
        Language::English
    );
    assert_eq!(
        spoken(&english, "lovpeng").await,
        Language::English,
        "a word that both languages know changes nothing"
    );
    assert_eq!(
        spoken(&english, "Vad är lovpeng och hur söker vi det?").await,
        Language::Swedish
    );

    let chosen = Desk::new_conversation();
    assert_eq!(
        spoken(&chosen, "lovpeng").await,
        Language::Swedish,
        "the municipality's own language"
    );
    desk.speak(&chosen, Language::English).await;
    assert_eq!(spoken(&chosen, "lovpeng").await, Language::English);
    assert!(
        ask(&desk, &chosen, "lovpeng")
            .await
            .answer
            .plain_text()
            .contains("Holiday grant")
    );
}

#[tokio::test]
async fn a_message_of_nothing_or_too_much_is_sent_back() {
    let (desk, _folder) = desk().await;
    let long = "Hur många katter? ".repeat(LONGEST_MESSAGE / 10);
    for text in ["", "  \n\t", long.as_str()] {
        let reply = ask(&desk, &Desk::new_conversation(), text).await;
        assert_eq!(
            (reply.answer.decision, reply.answer.blocks.len()),
            (Decision::SmallTalk, 1)
        );
        assert_eq!(reply.receipt, None);
    }
    assert_eq!(desk.questions(None, 50).await.unwrap().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_absent_database_costs_only_the_receipt() {
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("later");
    let desk = desk_of(provby(), &sqlite(&later)).await;
    let tending = async {
        let conversation = Desk::new_conversation();
        unsaved(&desk, &ask(&desk, &conversation, UNKNOWN).await);
        assert_eq!(
            ask(&desk, &conversation, KNOWN).await.answer.decision,
            Decision::Answer
        );
        let part = ask(&desk, &conversation, "när är sista dag?").await;
        assert!(
            part.answer.plain_text().contains("Om Lovpeng"),
            "the conversation is remembered: {}",
            part.answer.plain_text()
        );
        let erased = desk
            .erase(&Desk::new_conversation())
            .await
            .answer
            .plain_text();
        assert_eq!(
            erased,
            desk.library()
                .current()
                .knowledge()
                .phrases(Language::Swedish)
                .erase_unavailable
        );

        std::fs::create_dir(&later).unwrap();
        assert!(
            becomes(RETRIED, async || !wordings(&desk).await.is_empty()).await,
            "what waited was never written"
        );
        assert_eq!(wordings(&desk).await, [UNKNOWN]);
        assert!(
            ask(&desk, &Desk::new_conversation(), UNKNOWN)
                .await
                .receipt
                .is_some()
        );
    };
    tokio::select! {
        () = desk.tend() => {}
        () = tending => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_costs_only_the_receipt() {
    let (desk, folder) = desk().await;
    let conversation = Desk::new_conversation();
    let tending = async {
        let options: sqlx::sqlite::SqliteConnectOptions = sqlite(folder.path()).parse().unwrap();
        let mut other = options.connect().await.unwrap();
        other.execute("begin exclusive").await.unwrap();

        let started = Instant::now();
        let reply = ask(&desk, &conversation, UNKNOWN).await;
        let waited = started.elapsed();
        unsaved(&desk, &reply);
        other.execute("rollback").await.unwrap();
        assert!(
            becomes(RETRIED, async || !wordings(&desk).await.is_empty()).await,
            "what waited was never written"
        );
        assert_eq!(wordings(&desk).await, [UNKNOWN]);
        assert!(ask(&desk, &conversation, ROUTED).await.receipt.is_some());
        assert!(waited < PATIENCE, "the answer took {waited:?}");
    };
    tokio::select! {
        () = desk.tend() => {}
        () = tending => {}
    }
}

/// A desk on Provby's base and a database of its own, which lives as long as the folder.
async fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (desk_of(provby(), &sqlite(folder.path())).await, folder)
}

fn notices(reply: &Reply) -> bool {
    reply
        .answer
        .blocks
        .iter()
        .any(|b| matches!(b, Block::Notice { .. }))
}

/// The code of the receipt that a reply shows, when it says at all what became of the question.
fn receipt_block(reply: &Reply) -> Option<Option<String>> {
    reply.answer.blocks.iter().find_map(|b| match b {
        Block::Receipt { code, .. } => Some(code.clone()),
        _ => None,
    })
}

/// Holds a reply to having been given without a receipt, and to saying so.
#[track_caller]
fn unsaved(desk: &Desk, reply: &Reply) {
    assert_eq!(
        (reply.receipt.as_ref(), receipt_block(reply)),
        (None, Some(None))
    );
    let text = &desk
        .library()
        .current()
        .knowledge()
        .phrases(reply.answer.language)
        .not_logged
        .clone();
    assert!(
        reply.answer.plain_text().ends_with(text),
        "{}",
        reply.answer.plain_text()
    );
}

/// What the log holds; nothing while it cannot be read.
async fn wordings(desk: &Desk) -> Vec<String> {
    let questions: Vec<OpenQuestion> = desk.questions(None, 50).await.unwrap_or_default();
    questions.into_iter().map(|q| q.wording).collect()
}

#[test]
fn a_conversation_is_told_from_what_is_none() {
    let name = Desk::new_conversation();
    assert!(Desk::is_conversation(&name));
    for other in [
        "",
        &name[1..],
        &format!("{name}0"),
        &name.to_lowercase(),
        &"I".repeat(28),
        &"å".repeat(14),
        "discord:1:2345678901234567890",
    ] {
        assert!(!Desk::is_conversation(other), "{other}");
    }
}
