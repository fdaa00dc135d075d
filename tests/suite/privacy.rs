//! What is personal never reaches the database: the whole way through the desk, and then every byte is looked at.

use lots::answering::{Conversation, Decision};
use lots::desk::{Desk, Export, Origin, Wanted, open};
use lots::knowledge::{BestTime, Language};

use crate::stage::{
    CRISIS, KNOWN, UNKNOWN, ask, bytes_of, desk_of, dev_questions, holds, provby, question,
    shipped_folder, sqlite,
};

#[test]
fn an_answer_is_kept_for_the_next_who_asks_the_same_but_nothing_private() {
    let answerer = provby();
    let fresh = Conversation::default();
    let (_, held) = answerer.answer(&question(KNOWN), &fresh);
    assert_eq!(
        answerer.recall(&question(KNOWN), &fresh),
        None,
        "asked once"
    );
    let given = answerer.answer(&question(KNOWN), &fresh);
    assert_eq!(answerer.recall(&question(KNOWN), &fresh), Some(given));
    assert_eq!(answerer.recall(&question(KNOWN), &held), None, "later on");
    let private = [
        CRISIS.to_owned(),
        format!("{KNOWN} Jag nås på 070-123 45 67."),
        format!("{KNOWN} {}", "Vi simmar. ".repeat(30)),
    ];
    for text in private {
        for _ in 0..3 {
            answerer.answer(&question(&text), &fresh);
        }
        assert_eq!(answerer.recall(&question(&text), &fresh), None, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_personal_is_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(
        open(&Origin::Folder(shipped_folder())).unwrap(),
        &sqlite(folder.path()),
    )
    .await;
    let items: Vec<_> = dev_questions()
        .into_iter()
        .filter(|item| !item.mask.is_empty())
        .collect();
    for item in &items {
        let conversation = Desk::new_conversation();
        for turn in &item.turns {
            ask(&desk, &conversation, turn).await;
            // Said of every answer, so that those that answered are in the log as well.
            desk.feedback(&conversation, "web", false).await;
        }
        // And once where nothing can be answered, so that the wording is logged whatever the base knows.
        let last = item.turns.last().unwrap();
        ask(
            &desk,
            &Desk::new_conversation(),
            &format!("{last} {UNKNOWN}"),
        )
        .await;
    }
    assert!(
        !desk.questions(None, 10).await.unwrap().is_empty(),
        "nothing was logged, so nothing was tested"
    );
    let export =
        desk.export(Export::Json).await.unwrap() + &desk.export(Export::Csv).await.unwrap();
    let (while_open, after) = {
        let while_open = bytes_of(folder.path());
        desk.close().await;
        (while_open, bytes_of(folder.path()))
    };
    let mut kept = Vec::new();
    for (item, personal) in items
        .iter()
        .flat_map(|item| item.mask.iter().map(move |personal| (item, personal)))
    {
        for (place, bytes) in [
            ("the database", &while_open),
            ("the closed database", &after),
            ("the export", &export.clone().into_bytes()),
        ] {
            if holds(bytes, personal) {
                kept.push(format!("{}: {personal:?} is in {place}", item.id));
            }
        }
    }
    assert!(kept.is_empty(), "{}", kept.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cry_for_help_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let conversation = Desk::new_conversation();
    ask(&desk, &conversation, KNOWN).await;
    let reply = ask(&desk, &conversation, CRISIS).await;
    assert_eq!(
        (reply.answer.decision, reply.receipt),
        (Decision::Crisis, None)
    );
    desk.feedback(&conversation, "web", false).await;
    no_trace(folder.path(), CRISIS);
    desk.close().await;
    no_trace(folder.path(), CRISIS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_cries_for_help_of_the_development_set_leave_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(
        open(&Origin::Folder(shipped_folder())).unwrap(),
        &sqlite(folder.path()),
    )
    .await;
    let mut heard = Vec::new();
    for item in dev_questions()
        .into_iter()
        .filter(|item| item.expect == "crisis")
    {
        let conversation = Desk::new_conversation();
        let mut last = None;
        for turn in &item.turns {
            last = Some((
                turn.clone(),
                ask(&desk, &conversation, turn).await.answer.decision,
            ));
        }
        heard.extend(
            last.filter(|(_, decision)| *decision == Decision::Crisis)
                .map(|(turn, _)| turn),
        );
    }
    assert!(
        !heard.is_empty(),
        "the shipped base hears no cry for help, so nothing was tested"
    );
    heard.iter().for_each(|cry| no_trace(folder.path(), cry));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_to_be_forgotten_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let (leaves, stays) = (Desk::new_conversation(), Desk::new_conversation());
    let told = "Hur många katter bor i Kvarnbacken?";
    let mut receipts = vec![ask(&desk, &leaves, told).await.receipt.unwrap()];
    ask(&desk, &leaves, KNOWN).await;
    receipts.push(desk.feedback(&leaves, "web", false).await.receipt.unwrap());
    let other = ask(&desk, &stays, UNKNOWN).await.receipt.unwrap();

    let reply = desk.erase(&leaves).await;
    assert!(
        reply.answer.plain_text().contains('2'),
        "{}",
        reply.answer.plain_text()
    );
    for receipt in &receipts {
        assert!(
            desk.question(receipt).await.unwrap().is_none(),
            "{receipt} can still be read"
        );
    }
    assert!(
        desk.question(&other).await.unwrap().is_some(),
        "another conversation was erased"
    );
    let again = ask(&desk, &leaves, KNOWN).await;
    let notice = |text: &str| text.contains("Jag är lots");
    assert!(
        notice(&again.answer.plain_text()),
        "a conversation that was forgotten begins anew"
    );
    desk.erase(&leaves).await;

    desk.close().await;
    let bytes = bytes_of(folder.path());
    for gone in [
        told,
        "Kvarnbacken",
        KNOWN,
        leaves.as_str(),
        receipts[0].as_str(),
        receipts[1].as_str(),
    ] {
        assert!(!holds(&bytes, gone), "{gone:?} is still in the file");
    }
    assert!(
        holds(&bytes, other.as_str()),
        "the file was looked at in the wrong way"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_to_be_forgotten_need_not_wait_until_the_program_ends() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let leaves = Desk::new_conversation();
    let receipt = ask(&desk, &leaves, UNKNOWN).await.receipt.unwrap();
    assert!(
        holds(&bytes_of(folder.path()), UNKNOWN),
        "the files were looked at in the wrong way"
    );
    desk.erase(&leaves).await;
    let bytes = bytes_of(folder.path());
    for gone in [UNKNOWN, receipt.as_str(), leaves.as_str()] {
        assert!(
            !holds(&bytes, gone),
            "{gone:?} is still in the file or in its log (-wal)"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_number_of_someone_who_wants_to_be_called_stands_in_one_place() {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(folder.path());
    let desk = desk_of(provby(), &url).await;
    let conversation = Desk::new_conversation();
    let number = "070-174 06 05";
    let subject = format!("Bygglov till en altan, jag nås på {number} efter fem.");
    let wanted = Wanted {
        office: None,
        address: number,
        subject: &subject,
        best_time: BestTime::Anytime,
        language: Language::Swedish,
    };
    ask(&desk, &conversation, UNKNOWN).await;
    desk.ask_call_back(&conversation, "web", &wanted)
        .await
        .unwrap();
    ask(&desk, &conversation, "Och när?").await;
    desk.feedback(&conversation, "web", false).await;
    desk.close().await;

    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut places = Vec::new();
    for (table, column) in columns {
        let count = format!("select count(*) from \"{table}\" where instr(\"{column}\", $1) > 0");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
            .bind(number)
            .fetch_one(&pool)
            .await
            .unwrap();
        places.extend((count > 0).then(|| format!("{table}.{column} {count}")));
    }
    pool.close().await;
    assert_eq!(places, ["callback.address 1"]);
}

/// No three words of a message in a row stand in the database.
#[track_caller]
fn no_trace(folder: &std::path::Path, message: &str) {
    let bytes = bytes_of(folder);
    let words: Vec<&str> = message.split_whitespace().collect();
    for words in words.windows(words.len().clamp(1, 3)) {
        let words = words.join(" ");
        assert!(
            !holds(&bytes, &words),
            "{words:?} of {message:?} is in the database"
        );
    }
}
