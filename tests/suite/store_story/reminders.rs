//! The part of the story about those who want to be reminded of a last day.

use std::slice;

use jiff::civil::{Date, date};
use lots::store::{NOT_TOLD, PurgeRule, Purgeable, Reminder, Store};

use super::{DAY, NOON, entry, erase_person};

const MINUTE: i64 = 60_000;
const TODAY: Date = date(2026, 11, 23);
const TOMORROW: Date = date(2026, 11, 24);

pub(super) async fn a_reminder_lives_as_long_as_it_is_needed(store: &Store) {
    let first = reminder("4711", "grants/a", date(2027, 2, 25));
    let second = reminder("4711", "grants/b", date(2026, 12, 7));
    for one in [&first, &second] {
        assert!(store.remind(one, TODAY, 2, NOON).await.unwrap());
    }
    let third = reminder("4711", "grants/c", date(2027, 1, 1));
    assert!(
        !store.remind(&third, TODAY, 2, NOON).await.unwrap(),
        "two are enough"
    );
    let other = reminder("4712", "grants/a", date(2027, 2, 25));
    assert!(store.remind(&other, TODAY, 2, NOON).await.unwrap());
    let in_english = Reminder {
        language: "en".to_owned(),
        ..first.clone()
    };
    assert!(
        store.remind(&in_english, TODAY, 2, NOON).await.unwrap(),
        "the same once more is the same"
    );
    let of = async |address: &str| store.reminders("discord", address).await.unwrap();
    assert_eq!(of("4711").await, [second.clone(), in_english.clone()]);
    assert_eq!(store.reminders("web", "4711").await.unwrap(), []);

    let due = async |today| {
        let due = store.reminders_to_look_at("discord", today, 10, NOON);
        due.await.unwrap()
    };
    assert_eq!(
        due(TODAY).await,
        [],
        "they were looked at when they were kept"
    );
    assert_eq!(
        due(TOMORROW).await,
        [second.clone(), in_english.clone(), other.clone()]
    );
    let moved = Reminder {
        day: date(2026, 12, 9),
        told: 14,
        ..second.clone()
    };
    store.looked_at_reminder(&moved, TOMORROW).await.unwrap();
    assert_eq!(due(TOMORROW).await, [in_english.clone(), other.clone()]);
    assert_eq!(of("4711").await, [moved.clone(), in_english.clone()]);

    assert!(
        store
            .forget_reminder("discord", "4711", &moved.entry)
            .await
            .unwrap()
    );
    assert!(
        !store
            .forget_reminder("discord", "4711", &moved.entry)
            .await
            .unwrap()
    );
    store.looked_at_reminder(&moved, TOMORROW).await.unwrap();
    assert_eq!(
        of("4711").await,
        slice::from_ref(&in_english),
        "what is gone stays so"
    );
    assert_eq!(erase_person(store, "", "discord", "4711").await, 0);
    assert_eq!(of("4711").await, []);
    assert_eq!(of("4712").await, slice::from_ref(&other));

    // It goes once its day has passed, whatever becomes of the channel.
    let rules = |days| {
        [PurgeRule {
            name: "påminnelser".to_owned(),
            what: Purgeable::Reminders,
            older_than_days: days,
        }]
    };
    let passed = NOON + 96 * DAY;
    assert_eq!(
        store.purge(&rules(2), "", passed).await.unwrap()[0].count,
        0
    );
    assert_eq!(
        store.purge(&rules(1), "", passed).await.unwrap()[0].count,
        1
    );
    assert_eq!(of("4712").await, []);
}

pub(super) async fn a_reminder_is_given_to_one_replica(store: &Store) {
    let kept = reminder("4711", "grants/a", date(2027, 2, 25));
    store.remind(&kept, TODAY, 20, NOON).await.unwrap();
    let claims = (0..6).map(|_| {
        let (store, kept) = (store.clone(), kept.clone());
        tokio::spawn(async move {
            store
                .claim_reminder(&kept, TOMORROW, NOON, NOON + MINUTE)
                .await
        })
    });
    let mut won = 0;
    for claim in claims.collect::<Vec<_>>() {
        won += i32::from(claim.await.unwrap().unwrap());
    }
    assert_eq!(won, 1);
    let due = async |now| {
        let due = store.reminders_to_look_at("discord", TOMORROW, 10, now);
        due.await.unwrap()
    };
    assert_eq!(due(NOON + 1).await, [], "someone is about to remind them");
    assert_eq!(
        due(NOON + MINUTE + 1).await,
        slice::from_ref(&kept),
        "whoever was about to has gone"
    );
    store.looked_at_reminder(&kept, TOMORROW).await.unwrap();
    let late = store.claim_reminder(&kept, TOMORROW, NOON + 9 * MINUTE, NOON + 10 * MINUTE);
    assert!(!late.await.unwrap(), "once a day is enough");
    assert!(
        store
            .forget_reminder("discord", "4711", &kept.entry)
            .await
            .unwrap()
    );
}

fn reminder(address: &str, id: &str, day: Date) -> Reminder {
    Reminder {
        channel: "discord".to_owned(),
        address: address.to_owned(),
        entry: entry(id),
        day,
        language: "sv".to_owned(),
        told: NOT_TOLD,
    }
}
