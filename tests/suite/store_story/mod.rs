//! One story that runs every statement of the store, told on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod forgetting;
mod groups;
mod log;
mod wishes;

use lots::knowledge::EntryId;
use lots::store::{Filter, NewQuestion, Reason, Receipt, Store, StoreError};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

/// 2026-11-23 12:00 UTC.
const NOON: i64 = 1_795_435_200_000;
const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    story(&format!(
        "sqlite://{}",
        folder.path().join("lots å.db").display()
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite_in_memory() {
    let store = Store::open("sqlite::memory:").await.unwrap();
    let tasks = (0..4).map(|_| tokio::spawn(record_some(store.clone(), 10, "memory", NOON)));
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(store.questions(&Filter::default()).await.unwrap().len(), 40);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql() {
    let Ok(url) = std::env::var("LOTS_TEST_POSTGRES") else {
        panic!(
            "LOTS_TEST_POSTGRES is not set: run the tests with tests/run, which starts a PostgreSQL for them"
        );
    };
    // A schema of its own for each run, so that runs neither see each other nor leave anything behind.
    let schema = format!(
        "lots_{}",
        Receipt::new().as_str().replace('-', "").to_lowercase()
    );
    let options: sqlx::postgres::PgConnectOptions =
        url.parse().expect("LOTS_TEST_POSTGRES is not an address");
    let mut plain = options
        .connect()
        .await
        .expect("the PostgreSQL of LOTS_TEST_POSTGRES does not answer");
    plain
        .execute(AssertSqlSafe(format!("create schema {schema}")))
        .await
        .unwrap();
    let separator = if url.contains('?') { '&' } else { '?' };
    story(&format!(
        "{url}{separator}options=-c%20search_path%3D{schema}"
    ))
    .await;
    plain
        .execute(AssertSqlSafe(format!("drop schema {schema} cascade")))
        .await
        .unwrap();
}

/// Told as a task of its own, so that the compiler holds every call to what a server with several threads needs.
async fn story(url: &str) {
    let url = url.to_owned();
    tokio::spawn(async move { tell(&url).await }).await.unwrap();
}

async fn tell(url: &str) {
    let store = open_by_several_at_once(url).await;
    assert!(store.is_up().await);
    log::a_question_is_recorded_and_read_back(&store).await;
    log::a_receipt_belongs_to_one_conversation(&store).await;
    log::staff_work_through_the_questions(&store).await;
    log::questions_are_filtered(&store).await;
    log::many_record_at_once_and_the_list_is_paged(&store).await;
    forgetting::a_conversation_is_saved_and_loaded(&store).await;
    forgetting::a_conversation_is_erased_with_its_questions(&store).await;
    forgetting::what_is_old_is_purged_and_the_record_says_so(&store).await;
    forgetting::two_replicas_purge_at_once(&store).await;
    wishes::a_wish_lives_as_long_as_it_is_needed(&store).await;
    wishes::a_wish_is_given_to_one_replica(&store).await;
    wishes::all_that_a_person_has_left_is_erased(&store).await;
    groups::questions_that_ask_the_same_are_one_group(&store).await;
    groups::a_group_is_shown_once_and_kept_up_to_date(&store).await;
    groups::a_day_is_told_once(&store).await;

    let counts = store.count_by_state().await.unwrap();
    store.close().await;
    assert!(!store.is_up().await);
    assert!(matches!(
        store.count_by_state().await,
        Err(StoreError::Unavailable(_))
    ));
    let reopened = Store::open(url).await.unwrap();
    assert_eq!(
        reopened.count_by_state().await.unwrap(),
        counts,
        "everything is there after a restart"
    );
    reopened.close().await;
}

async fn open_by_several_at_once(url: &str) -> Store {
    let openings: Vec<_> = (0..4)
        .map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move { Store::open(&url).await })
        })
        .collect();
    let mut stores = Vec::new();
    for opening in openings {
        stores.push(opening.await.unwrap().unwrap());
    }
    let last = stores.pop().unwrap();
    for store in stores {
        assert!(store.is_up().await);
        store.close().await;
    }
    last
}

/// Records some questions of one conversation, several in the same millisecond; returns their receipts.
async fn record_some(store: Store, count: i64, conversation: &str, from: i64) -> Vec<String> {
    let mut receipts = Vec::new();
    for i in 0..count {
        let asked = question(conversation, from + i / 3);
        store.record(&asked).await.unwrap();
        receipts.push(asked.receipt.to_string());
    }
    receipts
}

fn question(conversation: &str, asked_at: i64) -> NewQuestion {
    NewQuestion {
        receipt: Receipt::new(),
        conversation: conversation.to_owned(),
        wording: "Var kan vi låna en lokal?".to_owned(),
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        reason: Reason::Unknown,
        office: None,
        nearest: Vec::new(),
        asked_at,
        grouping: String::new(),
        complaint: None,
        remark: String::new(),
    }
}

fn entry(id: &str) -> EntryId {
    EntryId::parse(id).unwrap()
}
