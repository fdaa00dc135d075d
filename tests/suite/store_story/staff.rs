//! The part of the story about the accounts of staff, and who is signed in.

use lots::store::{AccountChange, Changed, NewAccount, NewSession, Role, Store};

use super::{NOON, entry};

const MINUTE: i64 = 60_000;

pub(super) async fn accounts_are_made_and_changed(store: &Store) {
    for (name, role) in [("ada", Role::Admin), ("eva", Role::Editor)] {
        assert!(
            store
                .add_account(&account(name, role), "story", NOON)
                .await
                .unwrap()
        );
    }
    assert!(
        !store
            .add_account(&account("eva", Role::Admin), "story", NOON)
            .await
            .unwrap()
    );
    let eva = store.account("eva").await.unwrap().unwrap();
    assert_eq!(
        (eva.role, eva.is_open, eva.made_at),
        (Role::Editor, true, NOON)
    );
    assert_eq!(eva.office, Some(entry("offices/x")));
    assert_eq!(store.account("e\0va").await.unwrap(), None);

    let change = async |name: &str, change: AccountChange| {
        store
            .change_account(name, &change, "story", NOON + 1)
            .await
            .unwrap()
    };
    assert_eq!(
        change("nobody", AccountChange::Close).await,
        Changed::Unknown
    );
    assert_eq!(
        change("ada", AccountChange::Close).await,
        Changed::LastAdmin
    );
    assert_eq!(
        change("ada", AccountChange::Role(Role::Reader)).await,
        Changed::LastAdmin
    );
    assert_eq!(
        change("ada", AccountChange::Role(Role::Admin)).await,
        Changed::Already
    );
    assert_eq!(
        change("eva", AccountChange::Role(Role::Reader)).await,
        Changed::Done
    );
    assert_eq!(change("eva", AccountChange::Close).await, Changed::Done);
    assert_eq!(store.password_of("eva").await.unwrap(), None, "closed");
    assert_eq!(change("eva", AccountChange::Reopen).await, Changed::Done);
    assert_eq!(
        change("eva", AccountChange::Password("other".to_owned())).await,
        Changed::Done
    );
    assert_eq!(
        store.password_of("eva").await.unwrap().as_deref(),
        Some("other")
    );
    let all = store.accounts().await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|a| (a.name.as_str(), a.role, a.changed_at))
        .collect();
    assert_eq!(
        told,
        [("ada", Role::Admin, NOON), ("eva", Role::Reader, NOON + 1)]
    );
}

pub(super) async fn one_admin_is_always_left(store: &Store) {
    for round in 0..10 {
        let names = [format!("one-{round}"), format!("other-{round}")];
        for name in &names {
            store
                .add_account(&account(name, Role::Admin), "story", NOON)
                .await
                .unwrap();
        }
        // Of all but these two, nobody is admin any longer.
        for account in store.accounts().await.unwrap() {
            if !names.contains(&account.name) {
                let less = AccountChange::Role(Role::Reader);
                store
                    .change_account(&account.name, &less, "story", NOON)
                    .await
                    .unwrap();
            }
        }
        let closing = names.map(|name| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .change_account(&name, &AccountChange::Close, "story", NOON)
                    .await
                    .unwrap()
            })
        });
        let mut outcomes = Vec::new();
        for closing in closing {
            outcomes.push(closing.await.unwrap());
        }
        outcomes.sort_by_key(|outcome| *outcome != Changed::Done);
        assert_eq!(outcomes, [Changed::Done, Changed::LastAdmin]);
    }
}

pub(super) async fn a_session_lives_as_long_as_it_may(store: &Store) {
    store
        .add_account(&account("siv", Role::Reader), "story", NOON)
        .await
        .unwrap();
    let begin = async |token: &str, password: &str| {
        let session = NewSession {
            token,
            account: "siv",
            password,
            now: NOON,
            until: NOON + 60 * MINUTE,
        };
        store.begin_session(&session).await.unwrap()
    };
    assert!(!begin("t0", "wrong").await);
    for token in ["t1", "t2", "t3", "t4"] {
        assert!(begin(token, "hash").await);
    }
    let lives = async |token: &str, now: i64| {
        let session = store.session(token, now, now - 30 * MINUTE).await.unwrap();
        session.map(|s| (s.account.name, s.seen_at))
    };
    assert_eq!(lives("t0", NOON).await, None);
    assert_eq!(
        lives("t1", NOON + 29 * MINUTE).await,
        Some(("siv".to_owned(), NOON))
    );
    assert_eq!(lives("t1", NOON + 30 * MINUTE).await, None);
    store.session_seen("t1", NOON + 59 * MINUTE).await.unwrap();
    assert!(lives("t1", NOON + 59 * MINUTE).await.is_some());
    assert_eq!(lives("t1", NOON + 60 * MINUTE).await, None);

    store.end_session("t2", NOON).await.unwrap();
    store.end_session("t2", NOON).await.unwrap();
    assert_eq!(lives("t2", NOON).await, None);
    store
        .purge_sessions(NOON + MINUTE, NOON, NOON)
        .await
        .unwrap();
    assert_eq!(lives("t3", NOON).await, None, "not used since");
    assert!(lives("t1", NOON + 59 * MINUTE).await.is_some());
    assert!(begin("t5", "hash").await);
    assert_eq!(store.end_sessions("siv", "siv", NOON).await.unwrap(), 2);
    assert!(begin("t6", "hash").await);
    store
        .change_account("siv", &AccountChange::Close, "story", NOON)
        .await
        .unwrap();
    assert_eq!(lives("t6", NOON).await, None);
    assert!(!begin("t7", "hash").await);
}

pub(super) async fn attempts_are_counted(store: &Store) {
    let attempt = async |subject: &str, now: i64| {
        store
            .attempt(subject, now, now - 15 * MINUTE)
            .await
            .unwrap()
    };
    for expected in 1..=3 {
        assert_eq!(attempt("name", NOON).await, expected);
        assert_eq!(attempt("client", NOON).await, expected);
    }
    store.forgive("name", "client").await.unwrap();
    assert_eq!(attempt("name", NOON + 1).await, 1);
    assert_eq!(attempt("client", NOON + 1).await, 3);
    assert_eq!(
        attempt("client", NOON + 15 * MINUTE).await,
        1,
        "counted anew"
    );
    store.purge_sessions(NOON, NOON, NOON).await.unwrap();
    assert_eq!(attempt("name", NOON).await, 1, "forgotten");
    let guesses = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.attempt("many", NOON, 0).await.unwrap() })
    });
    let mut counts = Vec::new();
    for guess in guesses.collect::<Vec<_>>() {
        counts.push(guess.await.unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<_>>());
}

fn account(name: &str, role: Role) -> NewAccount {
    NewAccount {
        name: name.to_owned(),
        role,
        office: Some(entry("offices/x")),
        password: "hash".to_owned(),
    }
}
