//! Signing in at an identity provider: who gets in, as whom, and who does not.

use lots::desk::{
    Answered, AuditCheck, Desk, Role, SignInError, SignOnBegun, SignOnFinished, SignOnRefusal,
    SignedIn, StaffError, Way,
};
use lots::knowledge::{EntryId, Language};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{HERE, OTHER, PASSWORD, acts, run, sign_in};
use crate::provider::{Provider, query};
use crate::stage::{bytes_of, desk_of, holds, provby, sqlite};

/// A desk with a provider, and an admin with a password.
async fn signing_on() -> (Desk, Provider, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let provider = Provider::open().await;
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let desk = desk.with_sign_on(provider.rules());
    let by = Desk::command_line();
    desk.add_account(&by, "ada", Role::Admin, None, PASSWORD)
        .await
        .unwrap();
    (desk, provider, folder)
}

async fn begin(desk: &Desk) -> SignOnBegun {
    let begun = desk.begin_sign_on("/sv/konsol/queue", Language::Swedish, HERE);
    begun.await.unwrap()
}

/// Ends a sign-on with what a browser has brought back.
async fn finish(desk: &Desk, secret: &str, brought: &[(String, String)]) -> SignOnFinished {
    let value = |name: &str| {
        let found = brought.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    };
    let answered = Answered {
        code: value("code"),
        issuer: value("iss"),
        error: value("error"),
    };
    let state = value("state").unwrap_or_default();
    desk.finish_sign_on(Some(secret), state, &answered).await
}

/// Signs on whoever the provider speaks of.
async fn sign_on(desk: &Desk, provider: &Provider) -> Result<SignedIn, SignOnRefusal> {
    let begun = begin(desk).await;
    let brought = provider.lets_in(&begun.address);
    finish(desk, &begun.secret, &brought).await.outcome
}

#[tokio::test]
async fn the_provider_says_who_someone_is_and_what_they_may_do() {
    let (desk, provider, folder) = signing_on().await;
    assert_eq!(desk.sign_on(), Some(("Provby-id", "Provbys kundtjänst")));
    assert_eq!(provider.discoveries(), 0, "it is asked when it is needed");
    let begun = begin(&desk).await;
    assert_eq!(query(&begun.address)["ui_locales"], "sv");
    let finished = finish(&desk, &begun.secret, &provider.lets_in(&begun.address)).await;
    assert_eq!(finished.place, "/sv/konsol/queue");
    let kim = finished.outcome.unwrap();
    assert_eq!((kim.staff.name(), kim.staff.role()), ("kim", Role::Editor));
    assert_eq!(
        (kim.staff.office(), kim.staff.has_password()),
        (None, false)
    );
    assert_eq!(
        desk.staff_of(&kim.token).await.unwrap().as_ref(),
        Some(&kim.staff)
    );

    // Another name, another role: the same account.
    provider.says(|says| {
        says.claims = json!({
            "sub": "4711", "preferred_username": "kim.ek", "roles": ["Readers", "Admins", "Others"], "department": "Bygg",
        });
    });
    let anew = sign_on(&desk, &provider).await.unwrap();
    assert_eq!((anew.staff.name(), anew.staff.role()), ("kim", Role::Admin));
    let office = EntryId::parse("offices/byggkontoret").unwrap();
    assert_eq!(anew.staff.office(), Some(&office));
    assert_eq!(
        desk.staff_of(&kim.token).await.unwrap(),
        None,
        "what they were has ended"
    );
    assert_eq!(provider.discoveries(), 1);

    // Someone else of the same name, and one who is called as an account with a password.
    for (subject, name, expected) in [
        ("4712", "KIM@provby.example", "kim-2"),
        ("4713", "ada", "ada-2"),
    ] {
        provider.says(|says| {
            says.claims = json!({ "sub": subject, "preferred_username": name, "roles": "Readers" });
        });
        let other = sign_on(&desk, &provider).await.unwrap();
        assert_eq!(
            (other.staff.name(), other.staff.role()),
            (expected, Role::Reader)
        );
    }
    assert_eq!(
        acts(&desk).await[1..],
        [
            "sign on account-added kim >editor",
            "kim signed-in kim >",
            "sign on role-changed kim editor>admin, offices/byggkontoret",
            "kim signed-in kim >",
            "sign on account-added kim-2 >reader",
            "kim-2 signed-in kim-2 >",
            "sign on account-added ada-2 >reader",
            "ada-2 signed-in ada-2 >",
        ]
    );
    let bytes = bytes_of(folder.path());
    for secret in [&begun.secret, &kim.token, &anew.token] {
        assert!(!holds(&bytes, secret), "the database holds {secret}");
    }
}

#[tokio::test]
async fn what_the_id_token_does_not_say_is_asked_for() {
    let (desk, provider, _folder) = signing_on().await;
    provider.says(|says| {
        says.claims = json!({ "sub": "4711" });
        says.userinfo = json!({ "email": "Åsa.Ek@provby.example", "roles": ["Editors"] });
    });
    let signed_in = sign_on(&desk, &provider).await.unwrap();
    assert_eq!(
        (signed_in.staff.name(), signed_in.staff.role()),
        ("asa.ek", Role::Editor)
    );
    // Of someone else it says nothing of this one.
    provider.says(|says| says.userinfo = json!({ "sub": "1", "roles": ["Admins"] }));
    let refused = sign_on(&desk, &provider).await;
    assert_eq!(refused, Err(SignOnRefusal::ProviderAway));
    // What is signed counts.
    provider.says(|says| {
        says.claims = json!({ "sub": "4711", "roles": ["Readers"] });
        says.userinfo = json!({ "roles": ["Admins"] });
    });
    assert_eq!(
        sign_on(&desk, &provider).await.unwrap().staff.role(),
        Role::Reader
    );
}

#[tokio::test]
async fn what_does_not_hold_lets_nobody_in() {
    let (desk, provider, _folder) = signing_on().await;
    let now = jiff::Timestamp::now().as_second();
    let cases: [(Value, SignOnRefusal); 8] = [
        (
            json!({ "iss": "https://evil.example" }),
            SignOnRefusal::Unproven,
        ),
        (json!({ "aud": "another" }), SignOnRefusal::Unproven),
        (
            json!({ "aud": ["lots", "another"] }),
            SignOnRefusal::Unproven,
        ),
        (json!({ "nonce": "another" }), SignOnRefusal::Unproven),
        (json!({ "nonce": null }), SignOnRefusal::Unproven),
        (json!({ "exp": now - 1 }), SignOnRefusal::Unproven),
        (
            json!({ "roles": ["Others", "admin"] }),
            SignOnRefusal::NoRole,
        ),
        (json!({ "roles": null }), SignOnRefusal::NoRole),
    ];
    for (change, expected) in cases {
        provider.says(|says| {
            says.claims =
                json!({ "sub": "4711", "preferred_username": "kim", "roles": ["Admins"] });
            for (name, value) in change.as_object().unwrap() {
                says.claims[name] = value.clone();
            }
        });
        assert_eq!(sign_on(&desk, &provider).await, Err(expected), "{change}");
    }
    provider.says(|says| {
        says.claims = json!({ "sub": "4711", "preferred_username": "kim", "roles": ["Admins"] });
        says.seeds = (2, 1);
    });
    let forged = sign_on(&desk, &provider).await;
    assert_eq!(
        forged,
        Err(SignOnRefusal::Unproven),
        "signed with a key that is not its own"
    );
    // It may have a new key, which it says when it is asked anew.
    provider.says(|says| says.seeds = (3, 3));
    assert_eq!(
        sign_on(&desk, &provider).await.unwrap().staff.role(),
        Role::Admin
    );
    let accounts = desk.accounts(&Desk::command_line()).await.unwrap();
    assert_eq!(accounts.len(), 2, "nobody else has an account");
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_that_began() {
    let (desk, provider, folder) = signing_on().await;
    let (one, other) = (begin(&desk).await, begin(&desk).await);
    let brought = provider.lets_in(&one.address);
    let without = |name: &str| -> Vec<(String, String)> {
        brought.iter().filter(|(n, _)| n != name).cloned().collect()
    };
    let with = |name: &str, value: &str| {
        let mut all = without(name);
        all.push((name.to_owned(), value.to_owned()));
        all
    };
    let refused = async |secret: &str, brought: &[(String, String)]| {
        finish(&desk, secret, brought).await.outcome.unwrap_err()
    };
    // What is not this browser's own uses up nothing.
    for (secret, brought) in [
        (&other.secret, &brought),
        (&"0".repeat(64), &brought),
        (&one.secret, &without("state")),
        (&one.secret, &with("state", "another")),
    ] {
        assert_eq!(refused(secret, brought).await, SignOnRefusal::Unknown);
    }
    let cookieless = desk
        .finish_sign_on(None, &brought[0].1, &Answered::default())
        .await;
    assert_eq!(cookieless.outcome, Err(SignOnRefusal::Unknown));
    assert!(finish(&desk, &one.secret, &brought).await.outcome.is_ok());
    assert_eq!(
        refused(&one.secret, &brought).await,
        SignOnRefusal::Unknown,
        "a second time"
    );

    // The code of one, in the browser of another.
    let state = &query(&other.address)["state"];
    let stolen = provider.lets_in(&begin(&desk).await.address);
    let mixed = [
        ("state".to_owned(), state.clone()),
        stolen[1].clone(),
        stolen[2].clone(),
    ];
    assert_eq!(
        refused(&other.secret, &mixed).await,
        SignOnRefusal::Unproven
    );

    for (name, value, expected) in [
        ("iss", "https://evil.example", SignOnRefusal::OtherProvider),
        ("iss", "", SignOnRefusal::OtherProvider),
        ("error", "access_denied", SignOnRefusal::Declined),
        ("code", "another", SignOnRefusal::Unproven),
    ] {
        let begun = begin(&desk).await;
        let mut brought = provider.lets_in(&begun.address);
        brought.retain(|(n, _)| n != name);
        brought.push((name.to_owned(), value.to_owned()));
        assert_eq!(
            refused(&begun.secret, &brought).await,
            expected,
            "{name}={value}"
        );
    }
    let begun = begin(&desk).await;
    let mut nameless = provider.lets_in(&begun.address);
    nameless.pop();
    assert_eq!(
        refused(&begun.secret, &nameless).await,
        SignOnRefusal::OtherProvider
    );

    let late = begin(&desk).await;
    let brought = provider.lets_in(&late.address);
    run(
        folder.path(),
        "update sign_in_step set until = until - 10 * 60000",
    )
    .await;
    assert_eq!(
        refused(&late.secret, &brought).await,
        SignOnRefusal::Unknown
    );
    desk.purge().await.unwrap();
    assert_eq!(
        run(folder.path(), "delete from sign_in_step").await,
        0,
        "nothing is left of it"
    );
}

#[tokio::test]
async fn a_provider_that_is_away_keeps_nobody_with_a_password_out() {
    let (desk, provider, _folder) = signing_on().await;
    provider.says(|says| says.is_away = true);
    let begun = desk.begin_sign_on("", Language::English, HERE).await;
    assert!(matches!(begun, Err(SignOnRefusal::ProviderAway)));
    assert_eq!(provider.discoveries(), 2, "it was given a second chance");
    sign_in(&desk, "ada").await;
    provider.says(|says| says.is_away = false);
    sign_on(&desk, &provider).await.unwrap();
    // One that says it is another is none.
    let (desk, provider, _folder) = signing_on().await;
    provider.says(|says| says.metadata = json!({ "issuer": "https://evil.example" }));
    let begun = desk.begin_sign_on("", Language::English, HERE).await;
    assert!(matches!(begun, Err(SignOnRefusal::ProviderAway)));
}

#[tokio::test]
async fn an_account_of_the_provider_can_be_closed_and_nothing_else() {
    let (desk, provider, _folder) = signing_on().await;
    let kim = sign_on(&desk, &provider).await.unwrap();
    let by = Desk::command_line();
    assert_eq!(desk.account(&by, "kim").await.unwrap().way, Way::SignOn);
    let refused = [
        desk.set_role(&by, "kim", Role::Admin).await,
        desk.reset_password(&by, "kim", PASSWORD).await,
        desk.set_up_codes(&kim.staff).map(|_| ()),
        desk.turn_on_codes(&kim.staff, "", "").await.map(|_| ()),
    ];
    for refused in refused {
        assert!(matches!(refused, Err(StaffError::Elsewhere)), "{refused:?}");
    }
    let changed = desk.change_password(&kim.staff, "", OTHER).await;
    assert!(
        matches!(changed, Err(StaffError::WrongPassword)),
        "{changed:?}"
    );
    for password in ["", PASSWORD] {
        let signed_in = desk.sign_in("kim", password, HERE).await;
        assert_eq!(signed_in, Err(SignInError::Refused));
    }
    desk.close_account(&by, "kim").await.unwrap();
    assert_eq!(desk.staff_of(&kim.token).await.unwrap(), None);
    assert_eq!(sign_on(&desk, &provider).await, Err(SignOnRefusal::Closed));
    desk.reopen_account(&by, "kim").await.unwrap();
    let kim = sign_on(&desk, &provider).await.unwrap();

    // Whoever has lost their role is out at once.
    provider.says(|says| says.claims["roles"] = json!([]));
    assert_eq!(sign_on(&desk, &provider).await, Err(SignOnRefusal::NoRole));
    assert_eq!(desk.staff_of(&kim.token).await.unwrap(), None);
    let told = acts(&desk).await;
    let refused = told
        .iter()
        .filter(|act| act.contains("sign-on-refused kim"))
        .count();
    assert_eq!(refused, 2, "{told:?}");
    let whole = desk.verify_audit(&by).await.unwrap();
    assert!(matches!(whole, AuditCheck::Whole { .. }), "{whole:?}");
}

#[tokio::test]
async fn whoever_signs_out_here_is_led_to_sign_out_there() {
    let (desk, provider, _folder) = signing_on().await;
    let kim = sign_on(&desk, &provider).await.unwrap();
    let id_token = desk.sign_out(&kim.token).await.unwrap().unwrap();
    let address = desk.way_out(&id_token, Language::English).await.unwrap();
    assert!(
        address.starts_with(&format!("{}/sign-out?", provider.issuer())),
        "{address}"
    );
    let asked = query(&address);
    assert_eq!(asked["id_token_hint"], id_token);
    assert_eq!(
        asked["post_logout_redirect_uri"],
        "http://127.0.0.1:8080/sign-on/out"
    );
    assert_eq!((&*asked["client_id"], &*asked["state"]), ("lots", "en"));
    assert_eq!(desk.staff_of(&kim.token).await.unwrap(), None);
    let (token, _) = sign_in(&desk, "ada").await;
    assert_eq!(
        desk.sign_out(&token).await.unwrap(),
        None,
        "who has a password is out"
    );

    let (desk, provider, _folder) = signing_on().await;
    provider.says(|says| says.metadata = json!({ "end_session_endpoint": null }));
    let kim = sign_on(&desk, &provider).await.unwrap();
    let id_token = desk.sign_out(&kim.token).await.unwrap().unwrap();
    assert_eq!(desk.way_out(&id_token, Language::English).await, None);
}
