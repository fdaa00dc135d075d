//! A database that an earlier version has written goes on: nothing is lost, and what is new can be used.

use std::borrow::Cow;
use std::path::Path;

use lots::knowledge::BestTime;
use lots::store::{CallBackState, Receipt, Store};
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqlitePool;

/// The last migration before call backs had receipts.
const BEFORE: i64 = 13;

#[tokio::test]
async fn those_who_waited_before_there_were_receipts_wait_on() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("lots.db").display()
    );
    let pool = SqlitePool::connect(&url).await.unwrap();
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let mut migrator = Migrator::new(all).await.unwrap();
    let earlier = migrator.iter().filter(|m| m.version <= BEFORE).cloned();
    migrator.migrations = Cow::Owned(earlier.collect());
    migrator.run(&pool).await.unwrap();
    for (id, state) in [
        ("waits", "waiting"),
        ("called", "handled"),
        ("also", "handled"),
    ] {
        const ADD: &str = "insert into callback (id, office, address, subject, conversation, state) \
            values ($1, 'offices/desk', '070-174 06 05', 'Bygglov', $1, $2)";
        let added = sqlx::query(ADD).bind(id).bind(state).execute(&pool);
        added.await.unwrap();
    }
    pool.close().await;

    let store = Store::open(&url).await.unwrap();
    let waiting = store.call_backs(None, 10).await.unwrap();
    let [waits] = waiting.as_slice() else {
        panic!("{waiting:?}")
    };
    assert_eq!(
        (waits.id.as_str(), waits.subject.as_str()),
        ("waits", "Bygglov")
    );
    assert_eq!(
        (&waits.receipt, waits.best_time),
        (&None, BestTime::Anytime)
    );
    assert_eq!(waits.state, CallBackState::Waiting);
    assert_eq!(store.call_back(&Receipt::new()).await.unwrap(), None);
    store.close().await;

    let pool = SqlitePool::connect(&url).await.unwrap();
    let kept = sqlx::query_scalar("select subject from callback where state = 'handled'");
    let kept: Vec<String> = kept.fetch_all(&pool).await.unwrap();
    assert_eq!(
        kept,
        ["", ""],
        "of those who were called nothing is left to read"
    );
    pool.close().await;
}
