//! Those who work with the questions: their accounts, how they sign in, and the trail of it, through the library and
//! through the program.

mod accounts;
mod codes;
mod program;
mod sign_on;

use std::time::Duration;

use lots::desk::{AuditFilter, Desk, Role, SessionTimes, SignInError, Staff, StaffError};
use tempfile::TempDir;

use crate::stage::{bytes_of, desk_of, holds, provby, sqlite};

const PASSWORD: &str = "fyra ord som jag minns";
const OTHER: &str = "helt andra ord den här gången";
const HERE: &str = "192.0.2.7";

/// A desk with an account of each role.
async fn staffed() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    let by = Desk::command_line();
    for (name, role) in [
        ("rut", Role::Reader),
        ("eva", Role::Editor),
        ("ada", Role::Admin),
    ] {
        desk.add_account(&by, name, role, None, PASSWORD)
            .await
            .unwrap();
    }
    (desk, folder)
}

async fn sign_in(desk: &Desk, name: &str) -> (String, Staff) {
    let signed_in = desk.sign_in(name, PASSWORD, HERE).await.unwrap();
    (signed_in.token, signed_in.staff)
}

/// What the trail says was done, the latest last.
async fn acts(desk: &Desk) -> Vec<String> {
    let filter = AuditFilter {
        limit: 500,
        ..AuditFilter::default()
    };
    let lines = desk
        .audit_lines(&Desk::command_line(), &filter)
        .await
        .unwrap();
    let told = lines.iter().rev().map(|l| {
        format!(
            "{} {} {} {}>{}",
            l.who,
            l.act,
            l.about.trim_start_matches("account/"),
            l.before,
            l.after
        )
    });
    told.collect()
}

#[tokio::test]
async fn whoever_knows_the_password_is_signed_in_until_they_sign_out() {
    let (desk, folder) = staffed().await;
    let (token, staff) = sign_in(&desk, "eva").await;
    assert_eq!(
        (staff.name(), staff.role(), staff.office()),
        ("eva", Role::Editor, None)
    );
    assert_eq!(desk.staff_of(&token).await.unwrap(), Some(staff.clone()));
    let (second, _) = sign_in(&desk, " Eva ").await;
    assert_ne!(token, second, "a new token each time");
    let bytes = bytes_of(folder.path());
    for secret in [PASSWORD, &token, &second, HERE] {
        assert!(!holds(&bytes, secret), "the database holds {secret}");
    }
    desk.sign_out(&token).await.unwrap();
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);
    assert_eq!(desk.staff_of(&second).await.unwrap(), Some(staff.clone()));
    assert_eq!(desk.sign_out_everywhere(&staff).await.unwrap(), 1);
    assert_eq!(desk.staff_of(&second).await.unwrap(), None);
    for nobodys in ["", "x", &"0".repeat(64)] {
        assert_eq!(desk.staff_of(nobodys).await.unwrap(), None);
        desk.sign_out(nobodys).await.unwrap();
    }
    assert_eq!(
        acts(&desk).await[3..],
        [
            "eva signed-in eva >",
            "eva signed-in eva >",
            "eva signed-out eva >",
            "eva signed-out-everywhere eva >"
        ]
    );
}

#[tokio::test]
async fn whoever_is_refused_is_told_nothing_and_the_trail_names_only_who_there_is() {
    let (desk, _folder) = staffed().await;
    desk.close_account(&Desk::command_line(), "rut")
        .await
        .unwrap();
    for (name, password) in [
        ("eva", OTHER),
        ("nobody", PASSWORD),
        ("rut", PASSWORD),
        ("", ""),
        ("command line", PASSWORD),
        ("eva\0", PASSWORD),
    ] {
        let refused = desk.sign_in(name, password, HERE).await;
        assert_eq!(refused, Err(SignInError::Refused), "{name:?}");
    }
    let acts = acts(&desk).await;
    assert_eq!(
        acts[4..],
        ["not signed in sign-in-failed eva >"],
        "{acts:?}"
    );
}

#[tokio::test]
async fn whoever_guesses_has_to_wait_and_so_has_their_address() {
    let (desk, folder) = staffed().await;
    // Many at once are counted as well.
    let guesses = (0..8).map(|_| desk.sign_in("eva", OTHER, "192.0.2.1"));
    for guess in futures(guesses).await {
        assert_eq!(guess, Err(SignInError::Refused));
    }
    let held = desk.sign_in("eva", PASSWORD, "192.0.2.2").await;
    assert_eq!(
        held,
        Err(SignInError::Refused),
        "even with the right password"
    );
    sign_in(&desk, "ada").await;

    let many: Vec<String> = (0..20).map(|i| format!("nobody-{i}")).collect();
    let guesses = many
        .iter()
        .map(|name| desk.sign_in(name, OTHER, "192.0.2.3"));
    futures(guesses).await;
    let held = desk.sign_in("ada", PASSWORD, "192.0.2.3").await;
    assert_eq!(
        held,
        Err(SignInError::Refused),
        "the address has tried too often"
    );
    sign_in(&desk, "ada").await;

    let told = acts(&desk).await;
    let count = |act: &str| told.iter().filter(|a| a.contains(act)).count();
    assert_eq!(
        (count("sign-in-failed eva"), count("sign-in-held eva")),
        (5, 4),
        "{told:?}"
    );
    for (statement, name) in [
        (
            "update sign_in_attempt set since = since - 14 * 60000",
            None,
        ),
        (
            "update sign_in_attempt set since = since - 1 * 60000",
            Some("eva"),
        ),
    ] {
        run(folder.path(), statement).await;
        let got_in = desk.sign_in("eva", PASSWORD, HERE).await.ok();
        assert_eq!(got_in.map(|s| s.staff.name().to_owned()).as_deref(), name);
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_a_day_of_work() {
    let (desk, folder) = staffed().await;
    let back = async |column: &str, minutes: i64| {
        let statement = format!("update staff_session set {column} = {column} - {minutes} * 60000");
        run(folder.path(), &statement).await;
    };
    let (token, staff) = sign_in(&desk, "eva").await;
    back("seen_at", 29).await;
    assert_eq!(
        desk.staff_of(&token).await.unwrap(),
        Some(staff),
        "and is in use now"
    );
    back("seen_at", 29).await;
    assert!(desk.staff_of(&token).await.unwrap().is_some());
    back("seen_at", 30).await;
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);

    let (token, _) = sign_in(&desk, "eva").await;
    back("until", 12 * 60 - 1).await;
    assert!(desk.staff_of(&token).await.unwrap().is_some());
    back("until", 1).await;
    assert_eq!(
        desk.staff_of(&token).await.unwrap(),
        None,
        "however much it is used"
    );

    desk.purge().await.unwrap();
    let left = run(folder.path(), "delete from staff_session").await;
    assert_eq!(left, 0, "what has ended has been deleted");

    let desk = desk.with_session_times(SessionTimes {
        idle: Duration::ZERO,
        whole: Duration::from_secs(60),
    });
    let (token, _) = sign_in(&desk, "eva").await;
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);
}

#[tokio::test]
async fn what_changes_what_someone_may_do_signs_them_out() {
    let (desk, _folder) = staffed().await;
    let (_, ada) = sign_in(&desk, "ada").await;
    let (token, _) = sign_in(&desk, "eva").await;
    desk.set_role(&ada, "eva", Role::Editor).await.unwrap();
    assert!(
        desk.staff_of(&token).await.unwrap().is_some(),
        "nothing was changed"
    );

    desk.set_role(&ada, "eva", Role::Reader).await.unwrap();
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);
    let (token, eva) = sign_in(&desk, "eva").await;
    assert_eq!(eva.role(), Role::Reader);

    let wrong = desk
        .change_password(&eva, OTHER, "något helt nytt och långt")
        .await;
    assert!(matches!(wrong, Err(StaffError::WrongPassword)));
    assert!(desk.staff_of(&token).await.unwrap().is_some());
    let anew = desk.change_password(&eva, PASSWORD, OTHER).await.unwrap();
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);
    assert!(desk.staff_of(&anew.token).await.unwrap().is_some());

    desk.reset_password(&ada, "eva", PASSWORD).await.unwrap();
    assert_eq!(desk.staff_of(&anew.token).await.unwrap(), None);
    let (token, _) = sign_in(&desk, "eva").await;
    desk.close_account(&ada, "eva").await.unwrap();
    assert_eq!(desk.staff_of(&token).await.unwrap(), None);
    desk.reopen_account(&ada, "eva").await.unwrap();
    assert_eq!(
        desk.staff_of(&token).await.unwrap(),
        None,
        "it does not come back"
    );
    sign_in(&desk, "eva").await;

    let acts: Vec<_> = acts(&desk)
        .await
        .into_iter()
        .filter(|a| !a.contains("signed-in"))
        .collect();
    assert_eq!(
        acts[3..],
        [
            "ada role-changed eva editor>reader",
            "eva password-changed eva >",
            "ada password-changed eva >",
            "ada account-closed eva open>closed",
            "ada account-reopened eva closed>open",
        ]
    );
}

/// Runs a statement past the store; how many rows that changed.
async fn run(folder: &std::path::Path, statement: &str) -> u64 {
    use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
    let options: sqlx::sqlite::SqliteConnectOptions = sqlite(folder).parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    let done = connection
        .execute(AssertSqlSafe(statement.to_owned()))
        .await;
    done.unwrap().rows_affected()
}

/// What all of them come to, worked on at once.
async fn futures<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.map(|f| (Box::pin(f), None)).collect();
    std::future::poll_fn(|cx| {
        for (future, outcome) in &mut all {
            if outcome.is_none()
                && let std::task::Poll::Ready(done) = future.as_mut().poll(cx)
            {
                *outcome = Some(done);
            }
        }
        if all.iter().all(|(_, outcome)| outcome.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    all.into_iter().filter_map(|(_, outcome)| outcome).collect()
}
