//! The part of the story about what all replicas hold to, and what one of them does at a time.

use std::time::{Duration, Instant};

use lots::store::{NewAudit, Setting, Store};

use super::NOON;

const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn a_setting_is_set_for_all(store: &Store) {
    assert_eq!(
        store.setting("colour").await.unwrap(),
        Setting::default(),
        "it was never set"
    );
    store.set("colour", "blå", &by("ada", NOON)).await.unwrap();
    store
        .set("colour", "gul\0", &by("eva", NOON + 1))
        .await
        .unwrap();
    assert_eq!(
        store.setting("colour").await.unwrap(),
        Setting {
            value: "gul\u{fffd}".to_owned(),
            version: 2,
            changed_at: NOON + 1,
            changed_by: "eva".to_owned()
        }
    );
    let mut tasks = Vec::new();
    for i in 0..8 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            store
                .set("colour", "röd", &by("bo", NOON + i))
                .await
                .unwrap();
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let versions = store.setting_versions().await.unwrap();
    assert!(
        versions.contains(&("colour".to_owned(), 10)),
        "{versions:?}"
    );
}

pub(super) async fn one_at_a_time_holds_a_lease(store: &Store) {
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            store.claim_lease("work", NOON, NOON + 100).await.unwrap()
        }));
    }
    let mut holders = 0;
    for task in tasks {
        holders += u32::from(task.await.unwrap());
    }
    assert_eq!(holders, 1);
    assert!(store.claim_lease("other", NOON, NOON + 100).await.unwrap());
    let again = async |now| store.claim_lease("work", now, now + 100).await.unwrap();
    assert!(!again(NOON + 99).await);
    assert!(again(NOON + 100).await, "whoever had it has had its time");
    store.release_lease("work").await.unwrap();
    assert!(again(NOON).await);
}

/// Told by one store, heard by another.
pub(super) async fn replicas_hear_of_each_other(url: &str, store: &Store) {
    let other = Store::open(url).await.unwrap();
    let mut ear = None;
    let started = Instant::now();
    other.hear(&mut ear, Duration::from_millis(300)).await;
    assert!(
        started.elapsed() >= Duration::from_millis(300),
        "there was nothing to hear"
    );
    if store.is_shared() {
        let started = Instant::now();
        let heard = async {
            other.hear(&mut ear, PATIENCE).await;
            started.elapsed()
        };
        let tell = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            store.set("heard", "ja", &by("ada", NOON)).await.unwrap();
        };
        let (after, ()) = tokio::join!(heard, tell);
        assert!(after < PATIENCE / 2, "it was heard after {after:?}");
    }
    // Closing does not wait for what listens.
    tokio::time::timeout(PATIENCE, other.close()).await.unwrap();
    drop(ear);
}

fn by(who: &str, at: i64) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "set".to_owned(),
        about: "setting/colour".to_owned(),
        at,
        ..NewAudit::default()
    }
}
