//! The program is put in the place of every earlier version: all that was there is there, and goes on.

use std::collections::BTreeMap;

use lots::desk::{AuditCheck, Desk, Outcome, QueueFilter, Receipt, Settlement};
use lots::knowledge::Language;
use lots::store::Store;

use super::earlier::{Made, PASSWORD, Plain, Tables, brought_to, made, migrations};
use crate::stage::{UNKNOWN, ask, desk_of, on_postgres, provby, sqlite};

/// The first question of all, which stood for itself until there were clusters.
const FIRST: &str = "7F3K-2QX";
/// The migration that brought accounts.
const ACCOUNTS: i64 = 8;
/// The migration that empties what those were called about who have been called.
const CALLED: i64 = 14;

#[tokio::test(flavor = "multi_thread")]
async fn every_earlier_version_is_followed_on_sqlite() {
    let made = made().await;
    for version in 1..=migrations().await {
        let folder = tempfile::tempdir().unwrap();
        follow(&sqlite(folder.path()), version, &made).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_earlier_version_is_followed_on_postgresql() {
    let made = made().await;
    for version in 1..=migrations().await {
        on_postgres(async |url| follow(&url, version, &made).await).await;
    }
}

async fn follow(url: &str, version: i64, made: &Made) {
    let plain = Plain::open(url).await;
    let tables = brought_to(&plain, version, made).await;
    let before = rows(&plain, &tables, version).await;
    let empty: Vec<&String> = before
        .iter()
        .filter(|(_, rows)| rows.is_empty())
        .map(|(t, _)| t)
        .collect();
    assert!(empty.is_empty(), "{version}: nothing stood in {empty:?}");

    // Two replicas are put in its place at the same time.
    let (one, other) = tokio::join!(Store::open(url), Store::open(url));
    let (one, other) = (one.unwrap(), other.unwrap());
    one.close().await;
    other.close().await;
    let after = rows(&plain, &tables, version).await;
    assert_eq!(before, after, "from {version}");

    go_on(url, version).await;
    plain.close().await;
}

/// The rows of the columns that there were.
async fn rows(plain: &Plain, tables: &Tables, version: i64) -> BTreeMap<String, Vec<String>> {
    let mut tables = tables.clone();
    if let Some(columns) = tables.get_mut("callback").filter(|_| version < CALLED) {
        columns.retain(|column| column.name != "subject");
    }
    plain.rows(&tables).await
}

/// Asks, answers and looks through what there is.
async fn go_on(url: &str, version: i64) {
    let desk = desk_of(provby(), url).await;
    let reply = ask(&desk, &Desk::new_conversation(), UNKNOWN).await;
    let new = reply
        .receipt
        .unwrap_or_else(|| panic!("{version}: it is not logged"));
    let first = Receipt::parse(FIRST).unwrap();
    let (outcome, _) = desk.outcome(&first, Language::Swedish).await;
    assert_eq!(outcome, Outcome::Open, "{version}");

    let by = Desk::command_line();
    let review = desk.review(&by);
    let queue = review.queue(&QueueFilter::default()).await.unwrap();
    let cats = queue.clusters.iter().filter(|c| c.wording == UNKNOWN);
    let asked: u64 = cats.clone().map(|c| c.questions).sum();
    assert_eq!(asked, 2, "{version}: {:?}", queue.clusters);
    for cluster in cats {
        let settled = review.settle(&cluster.id, cluster.version, &Settlement::Dismiss, "");
        settled.await.unwrap();
    }
    for receipt in [&first, &new] {
        let (outcome, _) = desk.outcome(receipt, Language::Swedish).await;
        assert_eq!(outcome, Outcome::Closed, "{version}");
    }
    if version >= ACCOUNTS {
        let signed_in = desk.sign_in("eva", PASSWORD, "192.0.2.7").await;
        assert_eq!(signed_in.unwrap().staff.name(), "eva", "{version}");
    }
    let trail = desk.verify_audit(&by).await.unwrap();
    assert!(
        matches!(trail, AuditCheck::Whole { .. }),
        "{version}: {trail:?}"
    );
    desk.close().await;
}
