//! Codes that follow the password, and what is taken instead of one.

use lots::desk::{
    CodeRules, CodeSetUp, Desk, Half, HalfStep, RECOVERY_CODES, Role, SealingKey, SignInError,
    Staff, StaffError,
};
use totp_rs::{Builder, Secret};

use super::{HERE, OTHER, PASSWORD, acts, run, sign_in, staffed};
use crate::stage::{bytes_of, desk_of, holds, provby, sqlite};

/// The code that an app shows for a secret, so many half minutes from now.
fn code(secret: &str, later: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    let seconds = jiff::Timestamp::now().as_second() + 30 * later;
    totp.generate(u64::try_from(seconds).unwrap()).to_string()
}

/// Turns on codes; what they are made from, and the recovery codes.
async fn turn_on(desk: &Desk, staff: &Staff) -> (CodeSetUp, Vec<String>) {
    let set_up = desk.set_up_codes(staff).unwrap();
    // An earlier code, so that those of now are left to be used; it may grow too old in between.
    let mut codes = Err(StaffError::WrongCode);
    for _ in 0..2 {
        if codes.is_err() {
            let first = code(&set_up.secret, -1);
            codes = desk.turn_on_codes(staff, &set_up.secret, &first).await;
        }
    }
    (set_up, codes.unwrap())
}

/// Brings the right password.
async fn halfway(desk: &Desk, name: &str) -> Half {
    match desk.sign_in(name, PASSWORD, HERE).await {
        Err(SignInError::Halfway(half)) => half,
        other => panic!("{other:?}"),
    }
}

/// Has the attempts of everyone be forgotten, as after a quarter of an hour.
async fn wait(folder: &std::path::Path) {
    run(
        folder,
        "update sign_in_attempt set since = since - 15 * 60000",
    )
    .await;
}

#[tokio::test]
async fn after_the_password_a_code_lets_in_and_each_does_so_once() {
    let (desk, folder) = staffed().await;
    let (token, eva) = sign_in(&desk, "eva").await;
    assert_eq!(desk.codes(&eva).await.unwrap().recovery_left, None);
    let set_up = desk.set_up_codes(&eva).unwrap();
    assert!(
        set_up.address.starts_with("otpauth://totp/Lots%20"),
        "{}",
        set_up.address
    );
    for wrong in ["000000", "", "12345", "åäö123"] {
        let refused = desk.turn_on_codes(&eva, &set_up.secret, wrong).await;
        assert!(matches!(refused, Err(StaffError::WrongCode)), "{wrong}");
    }
    let short = desk
        .turn_on_codes(
            &eva,
            "GEZDGNBV",
            &code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 0),
        )
        .await;
    assert!(matches!(short, Err(StaffError::WrongCode)), "{short:?}");
    let (set_up, codes) = turn_on(&desk, &eva).await;
    assert_eq!(codes.len(), RECOVERY_CODES);
    let twice = desk
        .turn_on_codes(&eva, &set_up.secret, &code(&set_up.secret, 0))
        .await;
    assert!(matches!(twice, Err(StaffError::Unknown)), "{twice:?}");
    assert!(desk.staff_of(&token).await.unwrap().is_some());

    let half = halfway(&desk, "eva").await;
    assert_eq!(half.step, HalfStep::Code);
    assert_eq!(
        desk.staff_of(&half.token).await.unwrap(),
        None,
        "half is not in"
    );
    let now = code(&set_up.secret, 0);
    let typed = format!(" {} {}", &now[..3], &now[3..]);
    let signed_in = desk
        .sign_in_by_code(&half.token, &typed, HERE)
        .await
        .unwrap();
    assert_eq!(signed_in.staff, eva);
    assert!(desk.staff_of(&signed_in.token).await.unwrap().is_some());
    let again = desk
        .sign_in_by_code(&half.token, &code(&set_up.secret, 1), HERE)
        .await;
    assert_eq!(again, Err(SignInError::TooLate), "the half is used up");
    let half = halfway(&desk, "eva").await;
    for used in [
        now.as_str(),
        &code(&set_up.secret, -1),
        "000000",
        "not a code",
    ] {
        let refused = desk.sign_in_by_code(&half.token, used, HERE).await;
        assert_eq!(refused, Err(SignInError::Refused), "{used}");
    }
    wait(folder.path()).await;
    let next = code(&set_up.secret, 1);
    desk.sign_in_by_code(&half.token, &next, HERE)
        .await
        .unwrap();

    let half = halfway(&desk, "eva").await;
    run(
        folder.path(),
        "update sign_in_step set until = until - 5 * 60000",
    )
    .await;
    let late = desk.sign_in_by_code(&half.token, &codes[0], HERE).await;
    assert_eq!(late, Err(SignInError::TooLate));

    let bytes = bytes_of(folder.path());
    let kept = codes
        .iter()
        .flat_map(|code| [code.clone(), code.replace('-', "")]);
    for secret in kept.chain([half.token.clone(), signed_in.token]) {
        assert!(!holds(&bytes, &secret), "the database holds {secret}");
    }
    assert!(
        holds(&bytes, &set_up.secret),
        "there is no key to encrypt it with"
    );
    let told = acts(&desk).await;
    let count = |act: &str| told.iter().filter(|a| a.contains(act)).count();
    assert_eq!(
        (count("eva codes-on eva off>on"), count("code-wrong eva")),
        (1, 4),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_recovery_code_takes_the_place_of_one_once() {
    let (desk, folder) = staffed().await;
    let (_, eva) = sign_in(&desk, "eva").await;
    let (_, codes) = turn_on(&desk, &eva).await;
    let half = halfway(&desk, "eva").await;
    let written = codes[0].to_uppercase().replace('-', " ");
    desk.sign_in_by_code(&half.token, &written, HERE)
        .await
        .unwrap();
    assert_eq!(desk.codes(&eva).await.unwrap().recovery_left, Some(7));
    let half = halfway(&desk, "eva").await;
    let used = desk.sign_in_by_code(&half.token, &codes[0], HERE).await;
    assert_eq!(used, Err(SignInError::Refused));
    // Two at once with the same one: one of them gets in.
    let (one, other) = (halfway(&desk, "eva").await, halfway(&desk, "eva").await);
    wait(folder.path()).await;
    let (one, other) = tokio::join!(
        desk.sign_in_by_code(&one.token, &codes[1], HERE),
        desk.sign_in_by_code(&other.token, &codes[1], HERE)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?}, {other:?}");

    let wrong = desk.renew_recovery_codes(&eva, &codes[0]).await;
    assert!(matches!(wrong, Err(StaffError::WrongCode)));
    let newer = desk.renew_recovery_codes(&eva, &codes[2]).await.unwrap();
    assert_eq!(desk.codes(&eva).await.unwrap().recovery_left, Some(8));
    wait(folder.path()).await;
    let half = halfway(&desk, "eva").await;
    for (code, is_in) in [(&codes[3], false), (&newer[0], true)] {
        let signed_in = desk.sign_in_by_code(&half.token, code, HERE).await;
        assert_eq!(signed_in.is_ok(), is_in, "{code}");
    }
    let told = acts(&desk).await;
    for act in [
        "recovery-codes-renewed eva",
        "signed-in-by-recovery-code eva",
    ] {
        assert!(
            told.iter().any(|told| told.contains(act)),
            "{act}: {told:?}"
        );
    }
}

#[tokio::test]
async fn whoever_guesses_codes_has_to_wait_as_with_passwords() {
    let (desk, folder) = staffed().await;
    let (_, eva) = sign_in(&desk, "eva").await;
    let (set_up, codes) = turn_on(&desk, &eva).await;
    let half = halfway(&desk, "eva").await;
    // The password was the first of five.
    for _ in 0..4 {
        let guessed = desk.sign_in_by_code(&half.token, "000000", HERE).await;
        assert_eq!(guessed, Err(SignInError::Refused));
    }
    for right in [code(&set_up.secret, 0), codes[0].clone()] {
        let held = desk.sign_in_by_code(&half.token, &right, HERE).await;
        assert_eq!(held, Err(SignInError::Refused), "even with the right code");
    }
    let held = desk.sign_in("eva", PASSWORD, HERE).await;
    assert_eq!(held, Err(SignInError::Refused), "and the right password");
    assert!(
        acts(&desk)
            .await
            .iter()
            .any(|act| act.contains("sign-in-held eva"))
    );
    wait(folder.path()).await;
    desk.sign_in_by_code(&half.token, &code(&set_up.secret, 0), HERE)
        .await
        .unwrap();
    assert_eq!(
        desk.codes(&eva).await.unwrap().recovery_left,
        Some(8),
        "none was used up"
    );
}

#[tokio::test]
async fn codes_are_turned_off_by_their_owner_or_by_an_admin() {
    let (desk, folder) = staffed().await;
    let (token, eva) = sign_in(&desk, "eva").await;
    let (set_up, codes) = turn_on(&desk, &eva).await;
    let now = code(&set_up.secret, 0);
    let wrong = desk.turn_off_codes(&eva, OTHER, &now).await;
    assert!(matches!(wrong, Err(StaffError::WrongPassword)), "{wrong:?}");
    let wrong = desk.turn_off_codes(&eva, PASSWORD, "000000").await;
    assert!(matches!(wrong, Err(StaffError::WrongCode)), "{wrong:?}");
    let anew = desk.turn_off_codes(&eva, PASSWORD, &now).await.unwrap();
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);
    assert_eq!(desk.staff_of(&anew.token).await.unwrap(), Some(eva.clone()));
    wait(folder.path()).await;
    sign_in(&desk, "eva").await;

    turn_on(&desk, &eva).await;
    let half = halfway(&desk, "eva").await;
    let by = Desk::command_line();
    let refused = desk.reset_codes(&eva, "eva").await;
    assert!(matches!(refused, Err(StaffError::NotAllowed(Role::Admin))));
    let account = desk.account(&by, "eva").await.unwrap();
    assert!(account.has_codes);
    desk.reset_codes(&by, "eva").await.unwrap();
    let late = desk.sign_in_by_code(&half.token, &codes[1], HERE).await;
    assert_eq!(late, Err(SignInError::TooLate), "what was begun has ended");
    sign_in(&desk, "eva").await;
    // Another password ends what was begun with the old one.
    turn_on(&desk, &eva).await;
    let half = halfway(&desk, "eva").await;
    desk.reset_password(&by, "eva", OTHER).await.unwrap();
    let late = desk.sign_in_by_code(&half.token, &codes[1], HERE).await;
    assert_eq!(late, Err(SignInError::TooLate));
    let told = acts(&desk).await;
    for act in [
        "eva codes-off eva on>off",
        "command line codes-off eva on>off",
    ] {
        assert!(told.iter().any(|told| told == act), "{act}: {told:?}");
    }
}

#[tokio::test]
async fn where_everyone_needs_codes_nobody_is_in_before_they_have_some() {
    let (desk, folder) = staffed().await;
    let key = Some(SealingKey::new("en lång nyckel som ingen annan har"));
    let rules = |is_required| CodeRules {
        is_required,
        key: key.clone(),
    };
    let desk = desk.with_codes(rules(true));
    let half = halfway(&desk, "eva").await;
    assert_eq!(half.step, HalfStep::SetUp);
    let refused = desk.sign_in_by_code(&half.token, "000000", HERE).await;
    assert_eq!(
        refused,
        Err(SignInError::TooLate),
        "there is no code to bring"
    );
    let set_up = desk
        .set_up_halfway(&half.token, None)
        .await
        .unwrap()
        .unwrap();
    let same = desk
        .set_up_halfway(&half.token, Some(&set_up.secret))
        .await
        .unwrap();
    assert_eq!(same.as_ref(), Some(&set_up));
    let wrong = desk
        .sign_in_by_set_up(&half.token, &set_up.secret, "000000")
        .await;
    assert!(matches!(wrong, Err(StaffError::WrongCode)), "{wrong:?}");
    let nobody = desk
        .sign_in_by_set_up("x", &set_up.secret, &code(&set_up.secret, 0))
        .await;
    assert_eq!(nobody.unwrap(), None);
    let right = code(&set_up.secret, 0);
    let done = desk
        .sign_in_by_set_up(&half.token, &set_up.secret, &right)
        .await;
    let (eva, codes) = done.unwrap().unwrap();
    assert_eq!((eva.staff.name(), codes.len()), ("eva", RECOVERY_CODES));
    assert_eq!(desk.set_up_halfway(&half.token, None).await.unwrap(), None);
    let off = desk.turn_off_codes(&eva.staff, PASSWORD, &codes[0]).await;
    assert!(matches!(off, Err(StaffError::CodesRequired)), "{off:?}");
    let half = halfway(&desk, "eva").await;
    let used = desk.sign_in_by_code(&half.token, &right, HERE).await;
    assert_eq!(
        used,
        Err(SignInError::Refused),
        "the code that turned them on is used"
    );
    desk.sign_in_by_code(&half.token, &code(&set_up.secret, 1), HERE)
        .await
        .unwrap();
    assert!(
        !holds(&bytes_of(folder.path()), &set_up.secret),
        "it is encrypted"
    );

    // Without the key nobody can be told from another, and that is said to whoever runs it.
    let without = desk_of(provby(), &sqlite(folder.path())).await;
    let half = halfway(&without, "eva").await;
    let away = without.sign_in_by_code(&half.token, "123456", HERE).await;
    assert_eq!(away, Err(SignInError::Away));
    without
        .sign_in_by_code(&half.token, &codes[0], HERE)
        .await
        .unwrap();
}
