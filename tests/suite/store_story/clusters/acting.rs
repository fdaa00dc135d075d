//! Staff settle, merge and split.

use lots::store::{Act, ClusterFilter, NewQuestion, Reason, Receipt, State, Store};

use super::{
    act, ask, clear, found, here, join, line, list, merge, one, settle, tidy, went, words,
};
use crate::store_story::{NOON, entry, question};

pub(in crate::store_story) async fn staff_act_on_clusters(store: &Store) {
    let bygg = entry("offices/bygg");
    let routed = NewQuestion {
        office: Some(entry("offices/park")),
        reason: Reason::Routed,
        ..question("act", NOON)
    };
    let right = NewQuestion {
        office: Some(bygg.clone()),
        reason: Reason::Routed,
        language: "en".to_owned(),
        ..question("act", NOON + 1)
    };
    for question in [&routed, &right] {
        store.record(question).await.unwrap();
    }
    let cluster = found(store, &routed.receipt, "act-1", &["w1"]).await;
    assert!(join(store, &right.receipt, &cluster).await);
    assert_eq!(
        one(store, &right.receipt).await.office,
        Some(bygg.clone()),
        "the office that was named"
    );
    assert_eq!(store.routing_accuracy().await.unwrap(), (0, 0));
    let seen = here(store, &cluster).await;
    let assign = Act {
        office: Some(bygg.clone()),
        judges_office: true,
        ..act(&seen, State::Assigned)
    };
    // Two who act at once: one of them is told that somebody has been faster.
    let audit = line("eva", &cluster);
    let (one_of, other) = tokio::join!(store.act(&assign, &audit), store.act(&assign, &audit));
    assert!(one_of.unwrap() != other.unwrap());
    assert_eq!(
        store.routing_accuracy().await.unwrap(),
        (2, 1),
        "one of two was named rightly"
    );
    let now = here(store, &cluster).await;
    assert_eq!(
        (now.state, now.office.as_ref(), now.version),
        (State::Assigned, Some(&bygg), 1)
    );
    assert_eq!(now.changed_by, "eva");
    // One that comes later has been judged by that.
    let later = NewQuestion {
        office: Some(entry("offices/skola")),
        reason: Reason::Routed,
        ..question("act", NOON + 2)
    };
    store.record(&later).await.unwrap();
    assert!(join(store, &later.receipt, &cluster).await);
    let later = one(store, &later.receipt).await;
    assert_eq!((later.state, later.office), (State::Assigned, Some(bygg)));
    assert_eq!(store.routing_accuracy().await.unwrap(), (3, 1));

    // One was answered by itself, and that stands.
    assert!(
        store
            .answer(&routed.receipt, "Ring parken.", "staff", NOON + 9)
            .await
            .unwrap()
    );
    tidy(store).await;
    let seen = here(store, &cluster).await;
    let not_ours = Act {
        told: Some("Det har regionen.".to_owned()),
        told_in_english: Some("The region has it.".to_owned()),
        ..act(&seen, State::NotOurs)
    };
    assert!(store.act(&not_ours, &line("eva", &cluster)).await.unwrap());
    let by_itself = one(store, &routed.receipt).await;
    assert_eq!(
        (by_itself.state, by_itself.answer.as_deref()),
        (State::Answered, Some("Ring parken."))
    );
    assert_eq!(
        one(store, &right.receipt).await.answer.as_deref(),
        Some("The region has it.")
    );
    let told = one(store, &later.receipt).await;
    assert_eq!(
        (told.state, told.answer.as_deref()),
        (State::NotOurs, Some("Det har regionen."))
    );
    assert!(
        !store.act(&not_ours, &line("eva", &cluster)).await.unwrap(),
        "seen before"
    );
    // What is opened again is opened with all.
    assert!(settle(store, &cluster, State::New, None).await);
    let open = one(store, &later.receipt).await;
    assert_eq!(
        (open.state, open.answer, open.answered_at),
        (State::New, None, None)
    );
    // When all have been dealt with one by one, the cluster has.
    for receipt in [&routed.receipt, &right.receipt, &later.receipt] {
        assert!(
            store
                .set_state(receipt, State::Dismissed, None, NOON + 20)
                .await
                .unwrap()
        );
    }
    tidy(store).await;
    assert_eq!(here(store, &cluster).await.state, State::Answered);
    clear(store, &["act"]).await;
}

pub(in crate::store_story) async fn clusters_are_merged_and_split(store: &Store) {
    let ids = ["m-a", "m-b", "m-c"];
    let mut receipts = Vec::new();
    for (i, id) in ids.into_iter().enumerate() {
        let at = NOON + i64::try_from(i).unwrap();
        let receipt = ask(store, "merge", &format!("Fråga {id}"), at).await;
        found(store, &receipt, id, &[id, "w-all"]).await;
        receipts.push(receipt);
    }
    assert!(merge(store, "m-a", "m-b").await);
    assert!(!merge(store, "m-a", "m-c").await, "it is merged already");
    assert_eq!(went(store, "m-a").await.as_deref(), Some("m-b"));
    assert!(merge(store, "m-b", "m-c").await);
    for id in ["m-a", "m-b"] {
        assert_eq!(
            went(store, id).await.as_deref(),
            Some("m-c"),
            "all lead to where it is"
        );
    }
    let alike = store.clusters_alike(&words(&["m-a"])).await.unwrap();
    assert_eq!(
        alike.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
        ["m-c"],
        "found by the words of all of them"
    );
    tidy(store).await;
    let whole = here(store, "m-c").await;
    assert_eq!(
        (whole.questions, whole.first_at, whole.last_at),
        (3, NOON, NOON + 2)
    );
    assert_eq!(
        list(store, &ClusterFilter::default()).await.len(),
        1,
        "those that are gone are not listed"
    );

    let nobodys = Receipt::new();
    let all = receipts.clone();
    for wrong in [vec![nobodys.clone()], all, Vec::new()] {
        let split = store
            .split_cluster(
                ("m-c", whole.version),
                &wrong,
                "m-none",
                &line("eva", "m-c"),
            )
            .await;
        assert!(!split.unwrap(), "{wrong:?}");
    }
    assert_eq!(store.cluster("m-none").await.unwrap(), None);
    let part = [receipts[0].clone(), nobodys];
    let audit = line("eva", "m-c");
    assert!(
        store
            .split_cluster(("m-c", whole.version), &part, "m-d", &audit)
            .await
            .unwrap()
    );
    assert!(
        !store
            .split_cluster(("m-c", whole.version), &part, "m-e", &audit)
            .await
            .unwrap(),
        "seen before"
    );
    tidy(store).await;
    let new = here(store, "m-d").await;
    assert_eq!((new.questions, new.wording.as_str()), (1, "Fråga m-a"));
    assert_eq!(here(store, "m-c").await.questions, 2);
    assert_eq!(
        went(store, "m-a").await.as_deref(),
        Some("m-c"),
        "an old name stays one"
    );

    // Into one that an entry answers: that answers what comes to it too.
    let seen = here(store, "m-d").await;
    let answered = Act {
        entry: Some(entry("guides/svar")),
        ..act(&seen, State::Answered)
    };
    assert!(store.act(&answered, &line("eva", "m-d")).await.unwrap());
    assert!(merge(store, "m-c", "m-d").await);
    let told = one(store, &receipts[2]).await;
    assert_eq!(
        (told.state, told.entry, told.answered_at.is_some()),
        (State::Answered, Some(entry("guides/svar")), true)
    );
    tidy(store).await;
    assert_eq!(here(store, "m-d").await.questions, 3);

    // Two that are merged into each other at once: one of them is, and nothing is lost.
    let mut left = Vec::new();
    for id in ["m-x", "m-y"] {
        let receipt = ask(store, "merge", id, NOON).await;
        found(store, &receipt, id, &[id]).await;
        left.push(receipt);
    }
    let (to, fro) = tokio::join!(merge(store, "m-x", "m-y"), merge(store, "m-y", "m-x"));
    assert!(to != fro, "{to} {fro}");
    tidy(store).await;
    let stays = if to { "m-y" } else { "m-x" };
    assert_eq!(here(store, stays).await.questions, 2);
    clear(store, &["merge"]).await;
    for id in ["m-a", "m-c", "m-d", "m-x", "m-y"] {
        assert_eq!(store.cluster(id).await.unwrap(), None, "{id}");
    }
}
