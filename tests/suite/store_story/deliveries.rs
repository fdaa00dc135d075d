//! The part of the story about what staff are told outside the console.

use lots::knowledge::BestTime;
use lots::store::{
    AddressKind, CallBack, CallBackState, Courier, Delivery, DeliveryKind, DeliveryState,
    DueDigest, NewAudit, PurgeRule, Purgeable, Receipt, Rhythm, Store, Subscription, Tried,
};

use super::{DAY, NOON, entry, erase};

const NEVER: i64 = NOON + 30 * DAY;

pub(super) async fn a_subscription_is_kept_changed_and_removed(store: &Store) {
    let first = subscription("first");
    assert!(keep(store, &first).await);
    assert!(!keep(store, &first).await, "the name is taken");
    let kept = store.subscription("first").await.unwrap();
    assert_eq!(kept, Some(first.clone()));
    let changed = Subscription {
        courier: Courier::Json,
        address: "https://hook.example/\0".to_owned(),
        secret: "hemlig".to_owned(),
        rhythm: Rhythm::Weekly,
        hour: 23,
        office: None,
        language: "en".to_owned(),
        calls_since: 0,
        next_at: NOON + 2,
        told_until: NOON + 1,
        version: 2,
        ..first.clone()
    };
    assert!(keep(store, &changed).await);
    assert!(!keep(store, &changed).await, "it was changed meanwhile");
    let changed = Subscription {
        address: "https://hook.example/\u{fffd}".to_owned(),
        ..changed
    };
    let second = subscription("second");
    assert!(keep(store, &second).await);
    let all = store.subscriptions().await.unwrap();
    assert_eq!(all, [changed, second]);
    let remove = async |id| store.remove_subscription(id, &by("ada")).await.unwrap();
    assert!(remove("first").await && !remove("first").await && remove("second").await);
    assert_eq!(store.subscription("first").await.unwrap(), None);
    assert_eq!(store.subscriptions().await.unwrap(), []);
}

pub(super) async fn a_digest_is_planned_by_one_and_once_a_day(store: &Store) {
    let seen = subscription("daily");
    keep(store, &seen).await;
    let due = DueDigest {
        day: "2026-11-23",
        until: NOON,
    };
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (store, seen, due) = (store.clone(), seen.clone(), due.clone());
        tasks.push(tokio::spawn(async move {
            let planned = store.plan_digest(&seen, NOON + DAY, Some(&due));
            planned.await.unwrap()
        }));
    }
    let mut planners = 0;
    for task in tasks {
        planners += u32::from(task.await.unwrap());
    }
    assert_eq!(planners, 1);
    let now = store.subscription("daily").await.unwrap().unwrap();
    assert_eq!((now.next_at, now.told_until), (NOON + DAY, NOON));
    let sent = store.deliveries("daily", 10).await.unwrap();
    let expected = Delivery {
        about: "2026-11-23".to_owned(),
        told_from: seen.told_until,
        told_until: NOON,
        ..delivery("daily/digest/2026-11-23", "daily", DeliveryKind::Digest)
    };
    assert_eq!(sent, [expected]);
    // The clock went back, and the same day comes once more.
    let again = store.plan_digest(&now, NOON + DAY + 1, Some(&due));
    assert!(!again.await.unwrap());
    let anew = store.subscription("daily").await.unwrap().unwrap();
    assert_eq!((anew.next_at, anew.told_until), (NOON + DAY + 1, NOON));
    assert!(!store.plan_digest(&anew, NOON, None).await.unwrap());
    let anew = store.subscription("daily").await.unwrap().unwrap();
    assert_eq!(anew.next_at, NOON, "it was only planned for another time");
    assert_eq!(store.deliveries("daily", 10).await.unwrap().len(), 1);
    store
        .remove_subscription("daily", &by("ada"))
        .await
        .unwrap();
    assert_eq!(
        store.deliveries("", 10).await.unwrap(),
        [],
        "they go with it"
    );
}

pub(super) async fn a_delivery_is_tried_until_it_gets_there(store: &Store) {
    keep(store, &subscription("tried")).await;
    let test = async |to, id| store.send_test(to, id, &by("ada")).await.unwrap();
    assert!(test("tried", "t1").await && !test("tried", "t1").await && !test("nobody", "t2").await);
    let due = async |now, never| -> Vec<String> {
        let due = store.due_deliveries(now, never, 10).await.unwrap();
        due.into_iter().map(|delivery| delivery.id).collect()
    };
    assert_eq!(due(NOON - 1, NEVER).await, Vec::<String>::new());
    assert_eq!(due(NOON, NEVER).await, ["t1"]);
    let seen = store.delivery("t1").await.unwrap().unwrap();
    let of_test = Delivery {
        about: "t1".to_owned(),
        ..delivery("t1", "tried", DeliveryKind::Test)
    };
    assert_eq!(seen, of_test);
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (store, seen) = (store.clone(), seen.clone());
        tasks.push(tokio::spawn(async move {
            store.claim_delivery(&seen, NOON + 100).await.unwrap()
        }));
    }
    let mut claims = 0;
    for task in tasks {
        claims += u32::from(task.await.unwrap());
    }
    assert_eq!(claims, 1);
    assert_eq!(
        due(NOON + 99, NEVER).await,
        Vec::<String>::new(),
        "one is about to"
    );
    assert_eq!(
        due(NOON + 100, NEVER).await,
        ["t1"],
        "who had it has had its time"
    );
    assert_eq!(
        due(NOON, NOON + 99).await,
        ["t1"],
        "it was claimed by a clock that was ahead"
    );

    let again = async |id: &str, at| {
        let audit = NewAudit { at, ..by("ada") };
        store.send_again(id, &audit).await.unwrap()
    };
    assert!(!again("t1", NOON + 50).await, "nothing has gone wrong yet");
    let tried = |state, due_at, why: &str| Tried {
        state,
        due_at,
        why: why.to_owned(),
        detail: "4\u{0}51".to_owned(),
    };
    let busy = tried(DeliveryState::Waiting, NOON + 900, "busy");
    store.delivery_tried("t1", &busy, NOON + 60).await.unwrap();
    let now = store.delivery("t1").await.unwrap().unwrap();
    let expected = Delivery {
        attempts: 1,
        due_at: NOON + 900,
        changed_at: NOON + 60,
        why: "busy".to_owned(),
        detail: "4\u{fffd}51".to_owned(),
        ..of_test.clone()
    };
    assert_eq!(now, expected);
    assert_eq!(due(NOON + 899, NEVER).await, Vec::<String>::new());
    assert_eq!(due(NOON + 900, NEVER).await, ["t1"]);
    assert!(again("t1", NOON + 70).await && !again("nothing", NOON).await);
    let now = store.delivery("t1").await.unwrap().unwrap();
    assert_eq!(
        (now.attempts, now.due_at, now.began_at),
        (0, NOON + 70, NOON + 70)
    );
    let failed = tried(DeliveryState::Failed, NOON + 70, "refused");
    store
        .delivery_tried("t1", &failed, NOON + 80)
        .await
        .unwrap();
    assert_eq!(due(NOON + DAY, NEVER).await, Vec::<String>::new());
    assert!(again("t1", NOON + 90).await);
    let sent = tried(DeliveryState::Sent, NOON + 90, "");
    store.delivery_tried("t1", &sent, NOON + 95).await.unwrap();
    store
        .delivery_tried("t1", &failed, NOON + 99)
        .await
        .unwrap();
    let now = store.delivery("t1").await.unwrap().unwrap();
    assert_eq!(
        (now.state, now.why.as_str()),
        (DeliveryState::Sent, ""),
        "it is over"
    );
    assert!(!again("t1", NOON + 100).await);

    let rules = [PurgeRule {
        name: "utskick".to_owned(),
        what: Purgeable::Deliveries,
        older_than_days: 30,
    }];
    store.purge(&rules, "", NOON + 30 * DAY).await.unwrap();
    assert!(store.delivery("t1").await.unwrap().is_some());
    store.purge(&rules, "", NOON + 30 * DAY + 1).await.unwrap();
    assert_eq!(store.delivery("t1").await.unwrap(), None);
    store
        .remove_subscription("tried", &by("ada"))
        .await
        .unwrap();
}

pub(super) async fn of_those_who_want_to_be_called_it_is_told_once(store: &Store) {
    let all = Subscription {
        office: None,
        ..subscription("all")
    };
    let quiet = Subscription {
        calls_since: 0,
        ..subscription("quiet")
    };
    for of in [&all, &subscription("desk"), &quiet] {
        keep(store, of).await;
    }
    for (id, office, asked_at) in [
        ("c1", "offices/desk", NOON),
        ("c2", "offices/other", NOON),
        ("old", "offices/desk", NOON - DAY),
    ] {
        let new = CallBack {
            office: entry(office),
            ..call_back(id, asked_at)
        };
        assert!(store.add_call_back(&new, 9).await.unwrap());
    }
    let c1 = store.waiting_call_back("c1").await.unwrap();
    assert!(c1.is_some_and(|of| of.asked_at == NOON));
    assert_eq!(store.waiting_call_back("c9").await.unwrap(), None);
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            store.announce_calls(NOON - DAY, NOON + 5).await.unwrap()
        }));
    }
    let mut announced = 0;
    for task in tasks {
        announced += task.await.unwrap();
    }
    assert_eq!(announced, 3);
    let told = async |of: &str| -> Vec<String> {
        let told = store.deliveries(of, 10).await.unwrap();
        assert!(
            told.iter()
                .all(|delivery| delivery.kind == DeliveryKind::Call)
        );
        told.into_iter().map(|delivery| delivery.about).collect()
    };
    assert_eq!(
        told("all").await,
        ["c1", "c2"],
        "and not who asked before anyone was to be told"
    );
    assert_eq!(told("desk").await, ["c1"]);
    assert_eq!(told("quiet").await, Vec::<String>::new());
    assert_eq!(store.announce_calls(NOON - DAY, NOON + 6).await.unwrap(), 0);
    for conversation in ["c1", "c2", "old"] {
        erase(store, conversation).await;
    }
    for id in ["all", "desk", "quiet"] {
        store.remove_subscription(id, &by("ada")).await.unwrap();
    }
}

async fn keep(store: &Store, of: &Subscription) -> bool {
    store.keep_subscription(of, &by("ada")).await.unwrap()
}

fn subscription(id: &str) -> Subscription {
    Subscription {
        id: id.to_owned(),
        courier: Courier::Mail,
        address: "ada@provby.example".to_owned(),
        secret: String::new(),
        rhythm: Rhythm::Weekdays,
        hour: 8,
        office: Some(entry("offices/desk")),
        language: "sv".to_owned(),
        calls_since: NOON - 5,
        next_at: NOON,
        told_until: NOON - DAY,
        changed_at: NOON,
        changed_by: "ada".to_owned(),
        version: 1,
    }
}

/// One that is to be sent at noon.
fn delivery(id: &str, subscription: &str, kind: DeliveryKind) -> Delivery {
    Delivery {
        id: id.to_owned(),
        subscription: subscription.to_owned(),
        kind,
        about: String::new(),
        told_from: 0,
        told_until: 0,
        state: DeliveryState::Waiting,
        attempts: 0,
        created_at: NOON,
        began_at: NOON,
        due_at: NOON,
        changed_at: NOON,
        why: String::new(),
        detail: String::new(),
    }
}

/// Someone who waits, by a name that is the conversation's and the address as well.
fn call_back(id: &str, asked_at: i64) -> CallBack {
    CallBack {
        id: id.to_owned(),
        receipt: Some(Receipt::new()),
        office: entry("offices/desk"),
        address: format!("{id}@exempel.se"),
        kind: AddressKind::Email,
        subject: "Bygglov".to_owned(),
        best_time: BestTime::Anytime,
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        conversation: id.to_owned(),
        asked_at,
        due_at: NOON + DAY,
        claimed_by: None,
        state: CallBackState::Waiting,
    }
}

/// Someone of the staff who acts.
fn by(who: &str) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "subscription-added".to_owned(),
        at: NOON,
        ..NewAudit::default()
    }
}
