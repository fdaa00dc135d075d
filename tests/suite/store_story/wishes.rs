//! The part of the story about those who want to be told, and about erasing all that one person has left.

use std::slice;

use lots::store::{NewQuestion, Receipt, State, Store, Wish};

use super::{NOON, erase, erase_person, question};

const MINUTE: i64 = 60_000;

pub(super) async fn a_wish_lives_as_long_as_it_is_needed(store: &Store) {
    let asked = question("wisher", NOON);
    store.record(&asked).await.unwrap();
    let wish = wish(&asked, "4711");
    assert!(store.wish(&wish, NOON).await.unwrap());
    let in_english = Wish {
        language: "en".to_owned(),
        ..wish.clone()
    };
    assert!(
        store.wish(&in_english, NOON + 1).await.unwrap(),
        "wishing twice is wishing once"
    );
    let of_nothing = Wish {
        receipt: Receipt::new(),
        ..wish.clone()
    };
    assert!(!store.wish(&of_nothing, NOON).await.unwrap());

    let due = async |channel: &str| {
        store
            .wishes_to_fulfil(channel, 10, NOON + MINUTE)
            .await
            .unwrap()
    };
    assert_eq!(due("discord").await, [], "nobody has answered yet");
    for state in [State::Assigned, State::New] {
        store
            .set_state(&asked.receipt, state, None, NOON)
            .await
            .unwrap();
        assert_eq!(due("discord").await, []);
    }
    store
        .answer(&asked.receipt, "Ja.", "redaktör", NOON)
        .await
        .unwrap();
    assert_eq!(due("discord").await, slice::from_ref(&in_english));
    assert_eq!(due("web").await, []);
    store.forget_wish(&in_english).await.unwrap();
    assert_eq!(due("discord").await, []);

    // A wish goes with its question, whichever way that goes.
    assert!(store.wish(&wish, NOON).await.unwrap());
    assert_eq!(erase(store, "wisher").await, 1);
    assert_eq!(due("discord").await, []);
}

pub(super) async fn a_wish_is_given_to_one_replica(store: &Store) {
    let asked = question("claimed", NOON);
    store.record(&asked).await.unwrap();
    let wish = wish(&asked, "4711");
    store.wish(&wish, NOON).await.unwrap();
    store
        .answer(&asked.receipt, "Ja.", "redaktör", NOON)
        .await
        .unwrap();
    let claims = (0..6).map(|_| {
        let (store, wish) = (store.clone(), wish.clone());
        tokio::spawn(async move { store.claim_wish(&wish, NOON, NOON + MINUTE).await })
    });
    let mut won = 0;
    for claim in claims.collect::<Vec<_>>() {
        won += i32::from(claim.await.unwrap().unwrap());
    }
    assert_eq!(won, 1);
    let due = async |now| store.wishes_to_fulfil("discord", 10, now).await.unwrap();
    assert_eq!(due(NOON + 1).await, [], "someone is about to tell them");
    assert_eq!(
        due(NOON + MINUTE + 1).await,
        slice::from_ref(&wish),
        "whoever was about to has gone"
    );
    assert!(
        store
            .claim_wish(&wish, NOON + MINUTE + 1, NOON + 2 * MINUTE)
            .await
            .unwrap()
    );
    assert_eq!(erase(store, "claimed").await, 1);
    assert!(!store.claim_wish(&wish, NOON, NOON).await.unwrap());
}

pub(super) async fn all_that_a_person_has_left_is_erased(store: &Store) {
    let of = |conversation: &str| question(conversation, NOON);
    let (here, there) = (of("discord:ab:1"), of("discord:ab:2"));
    let (other, like) = (of("discord:ac:1"), of("x discord:ab:1"));
    for asked in [&here, &there, &other, &like] {
        store.record(asked).await.unwrap();
        store
            .save_conversation(&asked.conversation, "{}", NOON)
            .await
            .unwrap();
    }
    // The person wants to be told of their own question and of another's; another of the person's.
    for (asked, address) in [(&here, "1"), (&other, "1"), (&here, "2"), (&other, "2")] {
        assert!(store.wish(&wish(asked, address), NOON).await.unwrap());
    }
    assert_eq!(erase_person(store, "", "discord", "").await, 0);
    assert_eq!(erase_person(store, "discord:ab:", "discord", "1").await, 2);
    for gone in ["discord:ab:1", "discord:ab:2"] {
        assert_eq!(store.load_conversation(gone).await.unwrap(), None);
    }
    for stays in ["discord:ac:1", "x discord:ab:1"] {
        assert!(store.load_conversation(stays).await.unwrap().is_some());
    }
    store
        .answer(&other.receipt, "Ja.", "redaktör", NOON)
        .await
        .unwrap();
    assert_eq!(
        store.wishes_to_fulfil("discord", 10, NOON).await.unwrap(),
        [wish(&other, "2")]
    );
    for conversation in ["discord:ac:1", "x discord:ab:1"] {
        assert_eq!(erase(store, conversation).await, 1);
    }
}

fn wish(asked: &NewQuestion, address: &str) -> Wish {
    Wish {
        receipt: asked.receipt.clone(),
        channel: "discord".to_owned(),
        address: address.to_owned(),
        language: "sv".to_owned(),
    }
}
