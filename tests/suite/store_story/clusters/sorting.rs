//! Questions are put into clusters.

use lots::store::{Alike, ClusterFilter, Receipt, State, Store};

use super::{
    ask, clear, found, here, join, leave_none_unsorted, list, new, settle, unsorted_of, words,
};
use crate::store_story::NOON;

pub(in crate::store_story) async fn questions_are_put_with_others(store: &Store) {
    leave_none_unsorted(store).await;
    let first = ask(store, "sort-1", "Var får jag sälja sylt?", NOON).await;
    let again = ask(store, "sort-2", "var får jag sälja sylt", NOON + 1).await;
    let other = ask(store, "sort-3", "Får man stå på torget med saft?", NOON - 5).await;
    let unsorted = store.unsorted(10).await.unwrap();
    let order: Vec<&Receipt> = unsorted.iter().map(|u| &u.receipt).collect();
    assert_eq!(order, [&other, &first, &again], "the oldest first");
    assert_eq!(store.unsorted(1).await.unwrap().len(), 1);

    let cluster = found(store, &first, "sälja-sylt", &["w1", "w2"]).await;
    let question = unsorted_of(store, &again).await;
    assert_eq!(
        store.cluster_in_words(&question.grouping).await.unwrap(),
        None
    );
    assert_eq!(store.cluster_in_words("").await.unwrap(), None);
    assert!(join(store, &again, &cluster).await);
    let same = store.clusters_alike(&words(&["w2", "w9"])).await.unwrap();
    assert_eq!(
        same,
        [Alike {
            id: cluster.clone(),
            wordings: vec!["Var får jag sälja sylt?".to_owned()]
        }]
    );
    // In other words: from now on it is found by these as well.
    let saft = unsorted_of(store, &other).await;
    let more = Alike {
        id: cluster.clone(),
        wordings: vec![saft.wording.clone()],
    };
    let keys = new("", &["w9"], "får man stå på torget med saft");
    assert!(
        store
            .join_cluster(&saft, &cluster, Some(&more), &keys)
            .await
            .unwrap()
    );
    assert!(
        !store
            .join_cluster(&saft, &cluster, Some(&more), &keys)
            .await
            .unwrap(),
        "it is there already"
    );
    let alike = store.clusters_alike(&words(&["w9"])).await.unwrap();
    assert_eq!(
        alike[0].wordings,
        ["Var får jag sälja sylt?", "Får man stå på torget med saft?"]
    );
    assert_eq!(store.clusters_alike(&[]).await.unwrap(), []);
    let now = here(store, &cluster).await;
    assert_eq!(
        (now.questions, now.unhelpful, now.first_at, now.last_at),
        (3, 0, NOON - 5, NOON + 1)
    );
    assert_eq!(now.channels, ["web"]);
    assert_eq!(now.wording, "Var får jag sälja sylt?");
    let of: Vec<Receipt> = store
        .questions_of(&cluster, None, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|q| q.receipt)
        .collect();
    assert_eq!(
        of,
        [again.clone(), first.clone(), other.clone()],
        "the latest first"
    );
    let next = store
        .questions_of(&cluster, Some((NOON, first.to_string())), 10)
        .await
        .unwrap();
    assert_eq!(next.len(), 1);

    // Nothing comes to a cluster that is not there, or not open any longer.
    let late = ask(store, "sort-4", "Sylt?", NOON).await;
    assert!(!join(store, &late, "nowhere").await);
    assert!(settle(store, &cluster, State::Dismissed, None).await);
    assert!(!join(store, &late, &cluster).await);
    assert_eq!(store.unsorted(10).await.unwrap().len(), 1);
    assert_eq!(store.clusters_alike(&words(&["w9"])).await.unwrap(), []);
    clear(store, &["sort-1", "sort-2", "sort-3", "sort-4"]).await;
    assert_eq!(store.cluster(&cluster).await.unwrap(), None);
}

pub(in crate::store_story) async fn several_sort_at_once(store: &Store) {
    let mut receipts = Vec::new();
    for i in 0..8 {
        receipts.push(ask(store, "at-once", &format!("Samma fråga {i}"), NOON + i).await);
    }
    let cluster = found(store, &receipts[0], "samma fråga", &["w1"]).await;
    let unsorted = store.unsorted(20).await.unwrap();
    // Two replicas each, that both put every question somewhere: into the cluster, and into one of its own.
    let mut tasks = Vec::new();
    for replica in 0..4 {
        for question in unsorted.clone() {
            let (store, cluster) = (store.clone(), cluster.clone());
            tasks.push(tokio::spawn(async move {
                if replica % 2 == 0 {
                    let more = new("", &[], "");
                    store
                        .join_cluster(&question, &cluster, None, &more)
                        .await
                        .unwrap()
                } else {
                    let id = format!("{}-{replica}", question.receipt);
                    store
                        .found_cluster(&question, &new(&id, &["w1"], "samma"))
                        .await
                        .unwrap()
                }
            }));
        }
    }
    let mut placed = 0;
    for task in tasks {
        placed += u32::from(task.await.unwrap());
    }
    assert_eq!(placed, 7, "each question once");
    assert_eq!(store.unsorted(10).await.unwrap(), []);
    let all = list(store, &ClusterFilter::default()).await;
    assert_eq!(all.iter().map(|c| c.questions).sum::<u64>(), 8);
    for cluster in &all {
        let there = store.questions_of(&cluster.id, None, 20).await.unwrap();
        assert_eq!(
            u64::try_from(there.len()).unwrap(),
            cluster.questions,
            "{cluster:?}"
        );
    }
    clear(store, &["at-once"]).await;
    assert_eq!(list(store, &ClusterFilter::default()).await, []);
}
