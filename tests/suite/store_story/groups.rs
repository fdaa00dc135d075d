//! The part of the story about questions that ask the same, and what staff have been told of them.

use lots::store::{Group, NewQuestion, Shown, StaffPost, State, Store, Tally, UnshownGroup};

use super::{DAY, NOON, entry, erase, question};

const LEASE: i64 = 60_000;

pub(super) async fn questions_that_ask_the_same_are_one_group(store: &Store) {
    let alone = question("groups", NOON + 9);
    let twice = [asked("sv-1", NOON), asked("sv-1", NOON + 1)];
    let once = NewQuestion {
        office: Some(entry("offices/idrott")),
        language: "en".to_owned(),
        ..asked("en-2", NOON + 2)
    };
    for question in twice.iter().chain([&alone, &once]) {
        store.record(question).await.unwrap();
    }
    let largest = async |limit| store.largest_groups(limit).await.unwrap();
    let groups: Vec<(String, u64, i64)> = largest(10)
        .await
        .into_iter()
        .map(|g| (g.grouping, g.count, g.latest))
        .collect();
    let expected = [
        ("sv-1".to_owned(), 2, NOON + 1),
        (alone.receipt.to_string(), 1, NOON + 9),
        ("en-2".to_owned(), 1, NOON + 2),
    ];
    assert_eq!(groups, expected, "the largest first, then the latest");
    assert_eq!(largest(1).await.len(), 1);
    assert_eq!(
        largest(10).await[2],
        Group {
            grouping: "en-2".to_owned(),
            count: 1,
            latest: NOON + 2,
            receipt: once.receipt.clone(),
            wording: once.wording.clone(),
            language: "en".to_owned(),
            office: once.office.clone(),
        }
    );
    store
        .set_state(&once.receipt, State::Assigned, None, NOON)
        .await
        .unwrap();
    assert_eq!(largest(10).await.len(), 3, "with an office, not answered");
    for question in twice.iter().chain([&alone, &once]) {
        store
            .set_state(&question.receipt, State::Dismissed, None, NOON)
            .await
            .unwrap();
    }
    assert_eq!(largest(10).await, []);
    assert_eq!(erase(store, "groups").await, 4);
}

pub(super) async fn a_group_is_shown_once_and_kept_up_to_date(store: &Store) {
    let first = asked("sv-7", NOON);
    store.record(&first).await.unwrap();
    store.record(&question("groups", NOON)).await.unwrap();
    let unshown = async |now| {
        let all = store
            .unshown_groups("1", NOON - DAY, now, 10)
            .await
            .unwrap();
        all.into_iter().map(summary).collect::<Vec<_>>()
    };
    assert_eq!(
        unshown(NOON).await,
        [("sv-7".to_owned(), 1, None, false)],
        "what stands for itself is old, and no news"
    );
    assert_eq!(
        store.unshown_groups("1", NOON + 1, NOON, 10).await.unwrap(),
        [],
        "nor is what was asked before"
    );

    let claims = (0..6).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            store
                .claim_group("1", "sv-7", None, NOON, NOON + LEASE)
                .await
        })
    });
    let mut won = 0;
    for claim in claims.collect::<Vec<_>>() {
        won += i32::from(claim.await.unwrap().unwrap());
    }
    assert_eq!(won, 1, "one replica shows it");
    assert_eq!(unshown(NOON + 1).await, []);
    assert_eq!(unshown(NOON + LEASE + 1).await.len(), 1, "it has gone");
    store
        .group_shown("1", "sv-7", "900", Some(1))
        .await
        .unwrap();
    assert_eq!(unshown(NOON + 1).await, []);
    assert_eq!(
        store
            .unshown_groups("2", NOON, NOON, 10)
            .await
            .unwrap()
            .len(),
        1,
        "another channel does not show it"
    );

    // Another replica that looked before it was shown would show it once more.
    let at = NOON + LEASE + 1;
    let claim =
        async |seen: Option<&Shown>| store.claim_group("1", "sv-7", seen, at, at).await.unwrap();
    let unwritten = shown(None, 0);
    let written = shown(Some("900"), 1);
    assert!(!claim(None).await && !claim(Some(&unwritten)).await);
    assert!(claim(Some(&written)).await);
    store
        .group_shown("1", "sv-7", "900", Some(1))
        .await
        .unwrap();

    let again = asked("sv-7", NOON + 5);
    store.record(&again).await.unwrap();
    let shown_as = |count, closed| ("sv-7".to_owned(), count, Some("900".to_owned()), closed);
    assert_eq!(unshown(NOON + 5).await, [shown_as(2, false)]);
    store
        .group_shown("1", "sv-7", "900", Some(2))
        .await
        .unwrap();
    assert_eq!(store.settled_posts(NOON, 10).await.unwrap(), []);

    for question in [&first, &again] {
        store
            .answer(&question.receipt, "Ja.", "redaktör", NOON + 6)
            .await
            .unwrap();
    }
    let left = first.receipt.clone().min(again.receipt.clone());
    let post = |left| StaffPost {
        channel: "1".to_owned(),
        grouping: "sv-7".to_owned(),
        shown: shown(Some("900"), 2),
        left,
    };
    let settled = async || store.settled_posts(NOON + LEASE + 9, 10).await.unwrap();
    assert_eq!(settled().await, [post(Some(left))]);
    store.group_shown("1", "sv-7", "900", None).await.unwrap();
    assert_eq!(settled().await, []);

    let third = asked("sv-7", NOON + 7);
    store.record(&third).await.unwrap();
    assert_eq!(
        unshown(NOON + 7).await,
        [shown_as(1, true)],
        "asked again after it was answered"
    );
    assert_eq!(erase(store, "groups").await, 4);
    let closed = StaffPost {
        shown: Shown {
            closed: true,
            ..shown(Some("900"), 0)
        },
        ..post(None)
    };
    assert_eq!(settled().await, [closed], "nothing is left to show");
    store.forget_post("1", "sv-7").await.unwrap();
    assert_eq!(settled().await, []);
}

pub(super) async fn a_day_is_told_once(store: &Store) {
    let (old, new) = (asked("sv-8", NOON - DAY - 1), asked("sv-9", NOON));
    for question in [&old, &new] {
        store.record(question).await.unwrap();
    }
    let tally = async || store.tally(NOON - DAY).await.unwrap();
    let expected = |answered, open| Tally {
        asked: 1,
        answered,
        open,
    };
    assert_eq!(tally().await, expected(0, 2));
    store
        .answer(&old.receipt, "Ja.", "redaktör", NOON)
        .await
        .unwrap();
    assert_eq!(tally().await, expected(1, 1));

    let claim = async |channel, day| store.claim_digest(channel, day, NOON).await.unwrap();
    let (one, other) = tokio::join!(claim("1", "2026-11-23"), claim("1", "2026-11-23"));
    assert!(one != other, "one of two replicas writes it");
    assert!(claim("1", "2026-11-24").await);
    assert!(claim("2", "2026-11-23").await);
    store.release_digest("1", "2026-11-23").await.unwrap();
    assert!(claim("1", "2026-11-23").await, "the first could not");
    assert_eq!(erase(store, "groups").await, 2);
}

fn asked(grouping: &str, at: i64) -> NewQuestion {
    NewQuestion {
        grouping: grouping.to_owned(),
        ..question("groups", at)
    }
}

fn summary(unshown: UnshownGroup) -> (String, u64, Option<String>, bool) {
    let (group, shown) = (unshown.group, unshown.shown);
    let closed = shown.as_ref().is_some_and(|s| s.closed);
    let message = shown.and_then(|s| s.message);
    (group.grouping, group.count, message, closed)
}

fn shown(message: Option<&str>, count: u64) -> Shown {
    Shown {
        message: message.map(str::to_owned),
        count,
        closed: false,
    }
}
