//! The part of the story about questions put together with those that ask the same, and what staff do with them.

pub(super) mod acting;
pub(super) mod listing;
pub(super) mod losing;
pub(super) mod sorting;

use lots::knowledge::EntryId;
use lots::store::{
    Act, Cluster, ClusterFilter, Found, NewAudit, NewCluster, NewQuestion, Question, Receipt,
    Retold, State, Store, Unsorted,
};

use super::{NOON, erase, question};

/// Logs a question; its receipt.
pub(super) async fn ask(store: &Store, conversation: &str, wording: &str, at: i64) -> Receipt {
    let asked = NewQuestion {
        wording: wording.to_owned(),
        grouping: format!("grouping {wording}"),
        ..question(conversation, at)
    };
    store.record(&asked).await.unwrap();
    asked.receipt
}

/// Makes a cluster of a question; its name.
pub(super) async fn found(store: &Store, receipt: &Receipt, id: &str, words: &[&str]) -> String {
    let question = unsorted_of(store, receipt).await;
    assert!(
        store
            .found_cluster(&question, &new(id, words, id))
            .await
            .unwrap()
    );
    id.to_owned()
}

pub(super) async fn here(store: &Store, id: &str) -> Cluster {
    match store.cluster(id).await.unwrap() {
        Some(Found::Here(cluster)) => *cluster,
        other => panic!("{id} is not here: {other:?}"),
    }
}

pub(super) async fn one(store: &Store, receipt: &Receipt) -> Question {
    store.question(receipt).await.unwrap().unwrap()
}

/// An act on a cluster as it was seen, that moves it to a state.
pub(super) fn act(seen: &Cluster, state: State) -> Act {
    Act {
        cluster: seen.id.clone(),
        version: seen.version,
        state,
        office: None,
        judges_office: false,
        entry: None,
        told: None,
        told_in_english: None,
        by: "eva".to_owned(),
        at: NOON + 30,
    }
}

pub(super) fn line(who: &str, about: &str) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "acted".to_owned(),
        about: format!("cluster/{about}"),
        at: NOON + 30,
        ..NewAudit::default()
    }
}

/// Counts and tells anew what has changed, as simply as can be.
pub(super) async fn tidy(store: &Store) {
    loop {
        let stale = store.stale_clusters().await.unwrap();
        if stale.is_empty() {
            return;
        }
        for stale in stale {
            let wording = stale.wordings.first().cloned().unwrap_or_default();
            let retold = Retold {
                words: words(&[&stale.id, "w2"]),
                id: stale.id,
                mark: stale.mark,
                seek: wording.to_lowercase(),
                wording,
                also: Vec::new(),
                channels: stale.channels,
            };
            store.retell_cluster(&retold).await.unwrap();
        }
    }
}

/// Erases conversations, and with them what stands of them in clusters.
pub(super) async fn clear(store: &Store, conversations: &[&str]) {
    for conversation in conversations {
        erase(store, conversation).await;
    }
    tidy(store).await;
}

/// Nothing that other parts of the story have logged is in the way.
async fn leave_none_unsorted(store: &Store) {
    for question in store.unsorted(10_000).await.unwrap() {
        store
            .set_state(&question.receipt, State::Dismissed, None, NOON)
            .await
            .unwrap();
    }
    assert_eq!(store.unsorted(1).await.unwrap(), []);
}

async fn unsorted_of(store: &Store, receipt: &Receipt) -> Unsorted {
    let all = store.unsorted(1_000).await.unwrap();
    all.into_iter().find(|u| u.receipt == *receipt).unwrap()
}

/// Puts a question into a cluster.
pub(super) async fn put(store: &Store, receipt: &Receipt, cluster: &str) {
    assert!(join(store, receipt, cluster).await);
}

async fn join(store: &Store, receipt: &Receipt, cluster: &str) -> bool {
    let question = unsorted_of(store, receipt).await;
    store
        .join_cluster(&question, cluster, None, &new("", &[], ""))
        .await
        .unwrap()
}

async fn settle(store: &Store, id: &str, state: State, office: Option<EntryId>) -> bool {
    let Some(Found::Here(seen)) = store.cluster(id).await.unwrap() else {
        return false;
    };
    let act = Act {
        office,
        ..act(&seen, state)
    };
    store.act(&act, &line("eva", id)).await.unwrap()
}

async fn merge(store: &Store, from: &str, into: &str) -> bool {
    let (Some(Found::Here(one)), Some(Found::Here(other))) = (
        store.cluster(from).await.unwrap(),
        store.cluster(into).await.unwrap(),
    ) else {
        return false;
    };
    store
        .merge_clusters(
            (from, one.version),
            (into, other.version),
            &line("eva", into),
        )
        .await
        .unwrap()
}

/// Where a cluster was merged into.
async fn went(store: &Store, id: &str) -> Option<String> {
    match store.cluster(id).await.unwrap() {
        Some(Found::MergedInto(other)) => Some(other),
        _ => None,
    }
}

async fn list(store: &Store, filter: &ClusterFilter) -> Vec<Cluster> {
    let filter = ClusterFilter {
        limit: 100,
        ..filter.clone()
    };
    store.clusters(&filter).await.unwrap()
}

/// Has the cluster of a question looked at anew, without changing anything.
async fn mark_by_acting(store: &Store, receipt: &Receipt) {
    let state = one(store, receipt).await.state;
    assert!(
        store
            .set_state(receipt, state, None, NOON + 1)
            .await
            .unwrap()
    );
}

fn new(id: &str, keys: &[&str], seek: &str) -> NewCluster {
    NewCluster {
        id: id.to_owned(),
        words: words(keys),
        seek: seek.to_owned(),
    }
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|w| (*w).to_owned()).collect()
}
