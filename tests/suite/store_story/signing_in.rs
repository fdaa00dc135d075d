//! The part of the story about those who sign in at a provider, or in two steps.

use lots::store::{
    AccountChange, Changed, Identity, NewAccount, NewSession, NewSignOn, NewStep, Proof, Role,
    SignInStep, SignedOn, Store, Way,
};

use super::{NOON, entry};

const MINUTE: i64 = 60_000;

pub(super) async fn a_provider_says_who_someone_is(store: &Store) {
    let office = entry("offices/x");
    let sign_on = async |subject: &str, name: &str, token: &str, role, decides_office| {
        let new = NewSignOn {
            identity: Identity {
                issuer: "https://login.example",
                subject,
            },
            name,
            role,
            office: Some(&office),
            decides_office,
            token,
            id_token: "hint",
            now: NOON,
            until: NOON + 60 * MINUTE,
        };
        store.sign_on(&new).await.unwrap()
    };
    let named = |signed_on: SignedOn| match signed_on {
        SignedOn::In(account) => (account.name, account.role, account.way),
        SignedOn::Closed => panic!("closed"),
    };
    let lives = async |token: &str| {
        let session = store.session(token, NOON, NOON - MINUTE).await.unwrap();
        session.is_some()
    };
    let first = named(sign_on("1", "tove", "on1", Role::Editor, true).await);
    assert_eq!(first, ("tove".to_owned(), Role::Editor, Way::SignOn));
    let same = named(sign_on("1", "other", "on2", Role::Editor, false).await);
    assert_eq!(same, first);
    let other = named(sign_on("2", "tove", "on3", Role::Reader, false).await);
    assert_eq!(other, ("tove-2".to_owned(), Role::Reader, Way::SignOn));
    assert!(lives("on1").await && lives("on2").await && lives("on3").await);
    assert_eq!(
        store.end_session("on2", NOON).await.unwrap().as_deref(),
        Some("hint")
    );
    assert_eq!(store.password_of("tove").await.unwrap(), None);

    let more = named(sign_on("1", "tove", "on4", Role::Admin, false).await);
    assert_eq!(more.1, Role::Admin);
    assert!(
        !lives("on1").await && lives("on4").await,
        "what they were has ended"
    );
    let account = store.account("tove").await.unwrap().unwrap();
    assert_eq!(
        (account.office, account.has_codes),
        (Some(office.clone()), false)
    );
    let change = async |change: AccountChange| {
        store
            .change_account("tove", &change, "story", NOON)
            .await
            .unwrap()
    };
    assert_eq!(
        change(AccountChange::Role(Role::Reader)).await,
        Changed::Elsewhere
    );
    assert_eq!(
        change(AccountChange::Password("hash".to_owned())).await,
        Changed::Elsewhere
    );
    let who = Identity {
        issuer: "https://login.example",
        subject: "1",
    };
    store.refuse_sign_on(who, NOON).await.unwrap();
    assert!(!lives("on4").await);
    let nobody = Identity {
        issuer: "https://other.example",
        ..who
    };
    store.refuse_sign_on(nobody, NOON).await.unwrap();
    assert_eq!(change(AccountChange::Close).await, Changed::Done);
    assert_eq!(
        sign_on("1", "tove", "on5", Role::Admin, true).await,
        SignedOn::Closed
    );

    // Someone who comes for the first time in several windows at once has one account.
    let coming = (0..6).map(|i| {
        let store = store.clone();
        tokio::spawn(async move {
            let token = format!("many{i}");
            let new = NewSignOn {
                identity: Identity {
                    issuer: "https://login.example",
                    subject: "many",
                },
                name: "many",
                role: Role::Reader,
                office: None,
                decides_office: true,
                token: &token,
                id_token: "",
                now: NOON,
                until: NOON + MINUTE,
            };
            store.sign_on(&new).await.unwrap()
        })
    });
    for coming in coming.collect::<Vec<_>>() {
        assert_eq!(named(coming.await.unwrap()).0, "many");
    }
    let accounts = store.accounts().await.unwrap();
    let many = accounts.iter().filter(|a| a.name.starts_with("many"));
    assert_eq!(many.count(), 1);
}

pub(super) async fn a_step_is_taken_once(store: &Store) {
    let begin = async |token: &str, step, account: &str| {
        let new = NewStep {
            token,
            step,
            account,
            place: "/sv/konsol",
            until: NOON + MINUTE,
        };
        store.begin_step(&new).await.unwrap();
    };
    begin("at", SignInStep::SignOn, "").await;
    let found = Some((String::new(), "/sv/konsol".to_owned()));
    let at = async |step, now| store.step("at", step, now).await.unwrap();
    assert_eq!(at(SignInStep::SignOn, NOON).await, found);
    assert_eq!(at(SignInStep::Code, NOON).await, None, "another step");
    assert_eq!(
        at(SignInStep::SignOn, NOON + MINUTE).await,
        None,
        "too late"
    );
    let take = async || {
        store
            .take_step("at", SignInStep::SignOn, NOON)
            .await
            .unwrap()
    };
    assert_eq!(take().await, found);
    assert_eq!(take().await, None);
    begin("old", SignInStep::SignOn, "").await;
    store.purge_sessions(NOON + MINUTE, 0, 0).await.unwrap();
    assert_eq!(
        store.step("old", SignInStep::SignOn, NOON).await.unwrap(),
        None
    );
}

pub(super) async fn a_code_follows_the_password(store: &Store) {
    let new = NewAccount {
        name: "kaj".to_owned(),
        role: Role::Reader,
        office: None,
        password: "hash".to_owned(),
    };
    store.add_account(&new, "story", NOON).await.unwrap();
    assert_eq!(store.code_secret("kaj").await.unwrap(), None);
    let recovery = ["r1", "r2"].map(str::to_owned);
    let set = async |account: &str| {
        store
            .set_codes(account, "secret", 10, &recovery, NOON)
            .await
            .unwrap()
    };
    assert!(set("kaj").await);
    assert!(!set("kaj").await, "it was so already");
    assert!(
        !set("nobody").await && !set("many").await,
        "who has no password has no codes"
    );
    let kept = store.code_secret("kaj").await.unwrap().unwrap();
    assert_eq!((kept.secret.as_str(), kept.recovery_left), ("secret", 2));
    assert!(store.account("kaj").await.unwrap().unwrap().has_codes);

    let step = async |token: &str, step| {
        let new = NewStep {
            token,
            step,
            account: "kaj",
            place: "",
            until: NOON + MINUTE,
        };
        store.begin_step(&new).await.unwrap();
    };
    let end = async |half: &str, at, proof, token: &str, now| {
        let session = NewSession {
            token,
            account: "kaj",
            password: "",
            now,
            until: NOON + 60 * MINUTE,
        };
        let ended = store.end_step(&session, (half, at), proof).await.unwrap();
        ended.map(|account| account.name)
    };
    let code = SignInStep::Code;
    step("half", code).await;
    for (at, proof, now) in [
        (code, Proof::Step(10), NOON),
        (code, Proof::Recovery("r3"), NOON),
        (SignInStep::SetUp, Proof::Step(11), NOON),
        (code, Proof::Step(11), NOON + MINUTE),
    ] {
        assert_eq!(
            end("half", at, Some(proof), "k0", now).await,
            None,
            "{proof:?}"
        );
    }
    let kaj = Some("kaj".to_owned());
    assert_eq!(
        end("half", code, Some(Proof::Step(11)), "k1", NOON).await,
        kaj
    );
    assert_eq!(
        end("half", code, Some(Proof::Step(12)), "k2", NOON).await,
        None,
        "used up"
    );
    step("half2", code).await;
    assert_eq!(
        end("half2", code, Some(Proof::Step(11)), "k3", NOON).await,
        None,
        "used before"
    );
    assert_eq!(
        end("half2", code, Some(Proof::Recovery("r1")), "k3", NOON).await,
        kaj
    );
    step("half3", SignInStep::SetUp).await;
    assert_eq!(end("half3", SignInStep::SetUp, None, "k4", NOON).await, kaj);
    assert!(!store.prove("kaj", Proof::Recovery("r1")).await.unwrap());
    assert!(store.prove("kaj", Proof::Step(20)).await.unwrap());
    assert!(!store.prove("kaj", Proof::Step(19)).await.unwrap());
    let newer = ["r4".to_owned()];
    let renew = async |proof| {
        store
            .renew_recovery("kaj", proof, &newer, NOON)
            .await
            .unwrap()
    };
    assert!(!renew(Proof::Recovery("r1")).await);
    assert!(renew(Proof::Recovery("r2")).await);
    assert_eq!(
        store
            .code_secret("kaj")
            .await
            .unwrap()
            .unwrap()
            .recovery_left,
        1
    );
    // Several at once with the same code: one of them gets in.
    let proving = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.prove("kaj", Proof::Step(30)).await.unwrap() })
    });
    let mut held = 0;
    for proving in proving.collect::<Vec<_>>() {
        held += usize::from(proving.await.unwrap());
    }
    assert_eq!(held, 1);

    step("half4", code).await;
    let off = async || {
        store
            .change_account("kaj", &AccountChange::NoCodes, "story", NOON)
            .await
            .unwrap()
    };
    assert_eq!(off().await, Changed::Done);
    assert_eq!(off().await, Changed::Already);
    assert_eq!(store.code_secret("kaj").await.unwrap(), None);
    assert_eq!(store.step("half4", code, NOON).await.unwrap(), None);
    assert!(
        store
            .session("k3", NOON, NOON - MINUTE)
            .await
            .unwrap()
            .is_none()
    );
    assert!(set("kaj").await, "nothing of before is in the way");
}
