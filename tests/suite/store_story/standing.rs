//! The part of the story about how things stand, as staff are told.

use lots::store::{FreshCluster, Idea, IdeaState, QueueStanding, Receipt, Store};

use super::clusters::{ask, clear, found, put};
use super::{DAY, NOON, entry, erase};

pub(super) async fn what_waits_is_counted_for_each_office(store: &Store) {
    let none = store.queue_standing(None, NOON, NOON + DAY).await.unwrap();
    let mut receipts = Vec::new();
    // Three have asked the same, one of them twice; and one had asked it the day before.
    for (conversation, at) in [("q1", 0), ("q2", 1), ("q3", 2), ("q1", 3), ("q4", -DAY)] {
        receipts.push(ask(store, conversation, "Var finns pulkabacken?", NOON + at).await);
    }
    let other = ask(store, "q5", "Vem sandar gången?", NOON + 4).await;
    let cluster = found(store, &receipts[0], "pulkan", &["k1", "k2"]).await;
    for receipt in &receipts[1..] {
        put(store, receipt, &cluster).await;
    }
    found(store, &other, "sanden", &["k3", "k4"]).await;
    let now = store.queue_standing(None, NOON, NOON + DAY).await.unwrap();
    assert_eq!(
        (now.fresh - none.fresh, now.open - none.open),
        (5, 2),
        "{none:?} {now:?}"
    );
    assert!(now.oldest_at.is_some_and(|at| at <= NOON - DAY));
    let office = entry("offices/nobody");
    let nobodys = store
        .queue_standing(Some(&office), NOON, NOON + DAY)
        .await
        .unwrap();
    assert_eq!(nobodys, QueueStanding::default());
    let fresh = store
        .fresh_clusters(None, NOON, NOON + DAY, 50)
        .await
        .unwrap();
    let pulkan = FreshCluster {
        id: cluster,
        wording: "Var finns pulkabacken?".to_owned(),
        office: None,
        askers: 3,
    };
    assert!(fresh.contains(&pulkan), "{fresh:?}");
    assert!(
        fresh.is_sorted_by_key(|of| std::cmp::Reverse(of.askers)),
        "{fresh:?}"
    );
    let none = store
        .fresh_clusters(Some(&office), NOON, NOON + DAY, 5)
        .await
        .unwrap();
    assert_eq!(none, []);
    clear(store, &["q1", "q2", "q3", "q4", "q5"]).await;

    let idea = Idea {
        receipt: Receipt::new(),
        conversation: "q6".to_owned(),
        words: "En pulkabacke.".to_owned(),
        audiences: Vec::new(),
        needs: Vec::new(),
        company: String::new(),
        receiver: entry("contacts/backen"),
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        asked_at: NOON,
        state: IdeaState::New,
        answer: None,
        answered_at: None,
        answered_by: None,
        changed_at: NOON,
        changed_by: String::new(),
        version: 0,
    };
    store.add_idea(&idea, 3).await.unwrap();
    let waiting = store.waiting_ideas().await.unwrap();
    assert!(
        waiting.contains(&(entry("contacts/backen"), 1)),
        "{waiting:?}"
    );
    erase(store, "q6").await;
    let waiting = store.waiting_ideas().await.unwrap();
    assert!(
        waiting
            .iter()
            .all(|(receiver, _)| *receiver != entry("contacts/backen"))
    );
}
