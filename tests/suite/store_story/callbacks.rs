//! The part of the story about those who want to be called.

use lots::knowledge::BestTime;
use lots::store::{
    AddressKind, CallBack, CallBackCount, CallBackState, NewAudit, PurgeRule, Purgeable, Receipt,
    Store,
};

use super::{DAY, NOON, entry, erase, erase_person};

const HOUR: i64 = 60 * 60 * 1000;

pub(super) async fn whom_to_call_first_comes_first(store: &Store) {
    let (late, soon, other) = (
        call_back("late", NOON + 2 * HOUR),
        call_back("soon", NOON + HOUR),
        CallBack {
            office: entry("offices/other"),
            address: "anna@exempel.se\0".to_owned(),
            kind: AddressKind::Email,
            ..call_back("other", NOON)
        },
    );
    for new in [&late, &soon, &other] {
        assert!(store.add_call_back(new, 3).await.unwrap());
        assert!(!store.add_call_back(new, 3).await.unwrap(), "it is there");
    }
    let other = CallBack {
        address: "anna@exempel.se\u{fffd}".to_owned(),
        ..other
    };
    let of = async |office: Option<&str>, limit| {
        let office = office.map(entry);
        store.call_backs(office.as_ref(), limit).await.unwrap()
    };
    let all = [other.clone(), soon.clone(), late.clone()];
    assert_eq!(of(None, 10).await, all);
    assert_eq!(of(None, 1).await, all[..1]);
    assert_eq!(of(Some("offices/desk"), 10).await, all[1..]);
    assert_eq!(of(Some("offices/none"), 10).await, []);
    assert_eq!(
        store.call_backs_of("soon").await.unwrap(),
        std::slice::from_ref(&soon)
    );
    let count = async |office: Option<&str>, now| {
        let office = office.map(entry);
        store.count_call_backs(office.as_ref(), now).await.unwrap()
    };
    let counted = |waiting, overdue| CallBackCount { waiting, overdue };
    assert_eq!(count(None, NOON).await, counted(3, 0));
    assert_eq!(count(None, NOON + HOUR + 1).await, counted(3, 2));
    assert_eq!(
        count(Some("offices/desk"), NOON + HOUR + 1).await,
        counted(2, 1)
    );
    assert_eq!(count(Some("offices/none"), NOON).await, counted(0, 0));

    let withdraw = async |id, conversation| {
        let withdrawn = store.withdraw_call_back(id, conversation, NOON + DAY).await;
        withdrawn.unwrap()
    };
    assert!(!withdraw("soon", "late").await);
    assert!(withdraw("soon", "soon").await);
    assert!(!withdraw("soon", "soon").await);
    for id in ["late", "other"] {
        assert!(withdraw(id, id).await);
    }
    assert_eq!(of(None, 10).await, []);
    let taken_back = CallBack {
        address: String::new(),
        subject: String::new(),
        state: CallBackState::TakenBack { at: NOON + DAY },
        ..soon.clone()
    };
    assert_eq!(found(store, &soon).await, Some(taken_back));
    for id in ["late", "soon", "other"] {
        erase(store, id).await;
    }
    assert_eq!(found(store, &soon).await, None);
}

pub(super) async fn two_of_the_staff_do_not_call_the_same(store: &Store) {
    let waiting = call_back("waits", NOON);
    store.add_call_back(&waiting, 3).await.unwrap();
    let claim = async |who| store.claim_call_back("waits", &by(who)).await.unwrap();
    assert!(claim("ada").await && claim("ada").await && !claim("bo").await);
    let queue = store.call_backs(None, 10).await.unwrap();
    assert_eq!(queue[0].claimed_by.as_deref(), Some("ada"));

    let handle = async |id| store.handle_call_back(id, &by("bo")).await.unwrap();
    assert!(!handle("nobody").await);
    assert!(handle("waits").await && !handle("waits").await);
    assert!(!claim("ada").await);
    assert_eq!(store.call_backs(None, 10).await.unwrap(), []);
    let handled = CallBack {
        address: String::new(),
        subject: String::new(),
        claimed_by: Some("bo".to_owned()),
        state: CallBackState::Handled { at: NOON },
        ..waiting.clone()
    };
    assert_eq!(found(store, &waiting).await, Some(handled));
    let withdrawn = store.withdraw_call_back("waits", "waits", NOON).await;
    assert!(!withdrawn.unwrap(), "nobody waits any longer");
    erase(store, "waits").await;
}

pub(super) async fn a_conversation_holds_only_so_many(store: &Store) {
    let of = |id: &str| CallBack {
        conversation: "talkative".to_owned(),
        ..call_back(id, NOON)
    };
    for id in ["first", "second"] {
        assert!(store.add_call_back(&of(id), 2).await.unwrap());
    }
    assert!(!store.add_call_back(&of("third"), 2).await.unwrap());
    store.handle_call_back("first", &by("bo")).await.unwrap();
    assert!(store.add_call_back(&of("third"), 2).await.unwrap());
    let nobody = Receipt::new();
    assert_eq!(store.call_back(&nobody).await.unwrap(), None);
    let stranger = CallBack {
        address: "070-174 06 99".to_owned(),
        ..call_back("stranger", NOON)
    };
    assert!(
        !store
            .add_call_back(&call_back("fourth", NOON), 2)
            .await
            .unwrap(),
        "nobody is called over and over, whoever asks for it"
    );
    assert!(store.add_call_back(&stranger, 2).await.unwrap());
    erase(store, "stranger").await;
    erase(store, "talkative").await;
    assert_eq!(store.call_backs(None, 10).await.unwrap(), []);
}

pub(super) async fn an_address_goes_with_its_conversation_its_person_and_its_time(store: &Store) {
    let ids = async || -> Vec<String> {
        let queue = store.call_backs(None, 10).await.unwrap();
        queue.into_iter().map(|waiting| waiting.id).collect()
    };
    for id in ["discord:ab:1", "discord:ab:2", "discord:ac:1", "gone"] {
        store.add_call_back(&call_back(id, NOON), 9).await.unwrap();
    }
    assert_eq!(erase(store, "gone").await, 0);
    erase_person(store, "discord:ab:", "discord", "1").await;
    erase_person(store, "", "discord", "1").await;
    assert_eq!(ids().await, ["discord:ac:1"]);

    let old = CallBack {
        asked_at: NOON - 15 * DAY,
        ..call_back("old", NOON)
    };
    let handled = CallBack {
        id: "handled".to_owned(),
        receipt: Some(Receipt::new()),
        ..old.clone()
    };
    for new in [&old, &handled] {
        store.add_call_back(new, 9).await.unwrap();
    }
    store.handle_call_back("handled", &by("bo")).await.unwrap();
    let rules = [PurgeRule {
        name: "att ringa upp".to_owned(),
        what: Purgeable::CallBacks,
        older_than_days: 14,
    }];
    let lines = store.purge(&rules, "", NOON + 3).await.unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.rule.as_deref(), l.count)).collect();
    assert_eq!(told, [(None, 2), (Some("att ringa upp"), 2)]);
    assert_eq!(ids().await, ["discord:ac:1"]);
    erase(store, "discord:ac:1").await;
}

/// What the receipt of one leads to.
async fn found(store: &Store, of: &CallBack) -> Option<CallBack> {
    let receipt = of.receipt.as_ref().unwrap();
    store.call_back(receipt).await.unwrap()
}

/// Someone who waits, by a name that is the conversation's as well.
fn call_back(id: &str, due_at: i64) -> CallBack {
    CallBack {
        id: id.to_owned(),
        receipt: Some(Receipt::new()),
        office: entry("offices/desk"),
        address: "070-174 06 05".to_owned(),
        kind: AddressKind::Phone,
        subject: "Bygglov".to_owned(),
        best_time: BestTime::Afternoon,
        language: "sv".to_owned(),
        channel: "web".to_owned(),
        conversation: id.to_owned(),
        asked_at: NOON,
        due_at,
        claimed_by: None,
        state: CallBackState::Waiting,
    }
}

/// Someone of the staff who calls.
fn by(who: &str) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "call-back".to_owned(),
        at: NOON,
        ..NewAudit::default()
    }
}
