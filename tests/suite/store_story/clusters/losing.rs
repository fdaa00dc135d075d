//! What is erased leaves nothing in a cluster, and nothing is lost when many are at it.

use std::collections::HashMap;

use lots::store::{Alike, ClusterFilter, PurgeRule, Purgeable, Retold, State, Store};

use crate::store_story::{erase, erase_person};

use super::{
    ask, clear, found, here, list, mark_by_acting, merge, new, settle, tidy, unsorted_of, words,
};
use crate::store_story::{DAY, NOON, entry};

pub(in crate::store_story) async fn no_wording_outlives_its_question(store: &Store) {
    let secret = ask(store, "gone", "Min hemliga fråga", NOON).await;
    let other = ask(store, "stays", "En annan fråga", NOON + 1).await;
    found(store, &secret, "lose-1", &["w1"]).await;
    let second = unsorted_of(store, &other).await;
    let more = Alike {
        id: "lose-1".to_owned(),
        wordings: vec![second.wording.clone()],
    };
    assert!(
        store
            .join_cluster(
                &second,
                "lose-1",
                Some(&more),
                &new("", &["w2"], "en annan fråga")
            )
            .await
            .unwrap()
    );
    // It is told anew from what is left; what was read before the erasing is no longer said.
    assert_eq!(erase(store, "nobody").await, 0);
    mark_by_acting(store, &other).await;
    let before = store.stale_clusters().await.unwrap();
    assert_eq!(before[0].wordings.len(), 2);
    assert_eq!(erase(store, "gone").await, 1);
    let stale = Retold {
        id: "lose-1".to_owned(),
        mark: before[0].mark,
        wording: "Min hemliga fråga".to_owned(),
        also: Vec::new(),
        seek: "hemliga".to_owned(),
        channels: Vec::new(),
        words: vec!["w1".to_owned()],
    };
    store.retell_cluster(&stale).await.unwrap();
    tidy(store).await;
    let left = here(store, "lose-1").await;
    assert_eq!(
        (left.wording.as_str(), left.questions),
        ("En annan fråga", 1)
    );
    let alike = store.clusters_alike(&words(&["w1", "w2"])).await.unwrap();
    assert!(alike.iter().all(|a| a.wordings == ["En annan fråga"]));
    let seek = ClusterFilter {
        seek: "hemliga".to_owned(),
        ..ClusterFilter::default()
    };
    assert_eq!(list(store, &seek).await, []);

    // So it is when questions are past their time.
    let rule = PurgeRule {
        name: "all".to_owned(),
        what: Purgeable::Questions(State::New),
        older_than_days: 1,
    };
    store.purge(&[rule], "", NOON + 40 * DAY).await.unwrap();
    tidy(store).await;
    assert_eq!(store.cluster("lose-1").await.unwrap(), None);

    // And when a person has everything erased while it is put somewhere.
    for round in 0..10 {
        let receipt = ask(store, "web:race", "Ett hemligt ärende", NOON + round).await;
        let question = unsorted_of(store, &receipt).await;
        let id = format!("race-{round}");
        let new = new(&id, &["w1"], "ett hemligt ärende");
        let (founded, erased) = tokio::join!(
            store.found_cluster(&question, &new),
            erase_person(store, "web:race", "web", "nobody")
        );
        founded.unwrap();
        assert_eq!(erased, 1);
        tidy(store).await;
        assert_eq!(store.cluster(&id).await.unwrap(), None, "round {round}");
    }
    clear(store, &["stays"]).await;
}

pub(in crate::store_story) async fn many_work_on_the_queue_at_once(store: &Store) {
    let mut receipts = Vec::new();
    for i in 0..12 {
        let receipt = ask(
            store,
            &format!("busy-{}", i % 3),
            &format!("Ärende {i}"),
            NOON + i,
        )
        .await;
        if i < 6 {
            found(store, &receipt, &format!("busy-{i}"), &["w1"]).await;
        }
        receipts.push(receipt);
    }
    let unsorted = store.unsorted(20).await.unwrap();
    let mut tasks = Vec::new();
    for (i, question) in unsorted.into_iter().enumerate() {
        let (from, into) = (format!("busy-{}", i % 6), format!("busy-{}", (i + 3) % 6));
        let new = new("", &[], "");
        let each = store.clone();
        let target = from.clone();
        tasks.push(tokio::spawn(async move {
            _ = each
                .join_cluster(&question, &target, None, &new)
                .await
                .unwrap();
        }));
        let each = store.clone();
        tasks.push(tokio::spawn(
            async move { _ = merge(&each, &from, &into).await },
        ));
        let each = store.clone();
        tasks.push(tokio::spawn(async move {
            _ = settle(
                &each,
                &format!("busy-{i}"),
                State::Assigned,
                Some(entry("offices/x")),
            )
            .await;
        }));
        let each = store.clone();
        tasks.push(tokio::spawn(async move { tidy(&each).await }));
        let each = store.clone();
        tasks.push(tokio::spawn(async move {
            if i == 2 {
                erase(&each, "busy-1").await;
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    tidy(store).await;
    let mut counted: HashMap<String, u64> = HashMap::new();
    for receipt in &receipts {
        if let Some(question) = store.question(receipt).await.unwrap()
            && let Some(cluster) = question.cluster
        {
            *counted.entry(cluster).or_default() += 1;
        }
    }
    let listed = list(store, &ClusterFilter::default()).await;
    let listed: HashMap<String, u64> = listed.into_iter().map(|c| (c.id, c.questions)).collect();
    assert_eq!(
        listed, counted,
        "every question is in a cluster that is there"
    );
    clear(store, &["busy-0", "busy-1", "busy-2"]).await;
}
