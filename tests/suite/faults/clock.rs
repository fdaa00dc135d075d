//! The clock of the machine jumps a year forward and back while the program is at work.
//!
//! The clock is moved under the program by libfaketime; what it measures times with goes on as it does on a machine.

use std::path::{Path, PathBuf};

use lots::desk::{AuditCheck, Desk, Role};

use crate::stage::{Program, UNKNOWN, desk_of, provby, sqlite};
use crate::web::browser::Browser;
use crate::web::console::{PASSWORD, place, sign_in};
use crate::web::operations::Serving;

const QUEUE: &str = "/en/console/queue";
/// How often someone may write a wrong password.
const TRIES: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_a_year_and_back_costs_nobody_anything() {
    let program = Program::new();
    let desk = desk_of(provby(), &sqlite(program.folder())).await;
    let by = Desk::command_line();
    for (name, role) in [("eva", Role::Editor), ("rut", Role::Reader)] {
        let added = desk.add_account(&by, name, role, None, PASSWORD);
        added.await.unwrap();
    }
    desk.close().await;
    let clock = program.folder().join("clock");
    set(&clock, "+0");
    let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
    command
        .env("LD_PRELOAD", library())
        .env("FAKETIME_TIMESTAMP_FILE", &clock)
        .env("FAKETIME_NO_CACHE", "1")
        .env("DONT_FAKE_MONOTONIC", "1");
    let serving = Serving::begin(command).await;
    let mut receipts = vec![asks(&serving).await];
    let mut eva = Browser::at(serving.url(""));
    assert_eq!(sign_in(&mut eva, "eva", PASSWORD).await.status, 303);
    is_in(&mut eva).await;

    set(&clock, "+365d");
    receipts.push(asks(&serving).await);
    is_out(&mut eva).await;
    assert_eq!(sign_in(&mut eva, "eva", PASSWORD).await.status, 303);
    is_in(&mut eva).await;
    let mut rut = Browser::at(serving.url(""));
    for _ in 0..TRIES {
        assert_eq!(
            sign_in(&mut rut, "rut", "fel ord, och många").await.status,
            422
        );
    }
    assert_eq!(sign_in(&mut rut, "rut", PASSWORD).await.status, 422, "held");
    all_are_there(&serving, &receipts).await;

    set(&clock, "+0");
    receipts.push(asks(&serving).await);
    // What was begun in a year that has not come yet is over, and what was counted then does not hold anyone.
    is_out(&mut eva).await;
    for (name, browser) in [("eva", &mut eva), ("rut", &mut rut)] {
        assert_eq!(sign_in(browser, name, PASSWORD).await.status, 303, "{name}");
        is_in(browser).await;
    }
    all_are_there(&serving, &receipts).await;
    // The queue is sorted by one replica at a time, which must not wait for a time that was promised in another year.
    let page = eva.open(QUEUE).await;
    page.says(UNKNOWN);

    set(&clock, "-365d");
    receipts.push(asks(&serving).await);
    all_are_there(&serving, &receipts).await;
    set(&clock, "+0");
    serving.tell_to_end();
    let (status, log) = serving.ended().await;
    assert_eq!(status, Some(0), "{log}");
    assert!(!log.contains("ERROR"), "{log}");

    let desk = desk_of(provby(), &sqlite(program.folder())).await;
    let trail = desk.verify_audit(&by).await.unwrap();
    assert!(matches!(trail, AuditCheck::Whole { .. }), "{trail:?}");
    desk.close().await;
}

/// Has someone ask what nobody knows; the receipt.
async fn asks(serving: &Serving) -> String {
    let answer = serving.ask(UNKNOWN).await;
    let receipt = answer["receipt"].as_str();
    receipt.expect("it is not saved").to_owned()
}

async fn all_are_there(serving: &Serving, receipts: &[String]) {
    for receipt in receipts {
        let found = serving.get(&format!("/api/v1/receipts/{receipt}")).await;
        assert_eq!(found.unwrap().0, 200, "{receipt}");
    }
}

async fn is_in(browser: &mut Browser) {
    assert_eq!(browser.open(QUEUE).await.status, 200);
}

async fn is_out(browser: &mut Browser) {
    let page = browser.open(QUEUE).await;
    assert!(place(&page).contains("/sign-in?"));
}

/// Sets the clock of the program by so much from that of the machine, in one step.
fn set(clock: &Path, by: &str) {
    let new = clock.with_extension("new");
    std::fs::write(&new, format!("{by}\n")).unwrap();
    std::fs::rename(new, clock).unwrap();
}

/// Where libfaketime is.
fn library() -> PathBuf {
    let machines = Path::new("/usr/lib").read_dir().unwrap();
    let mut libraries = machines.map(|m| m.unwrap().path().join("faketime/libfaketimeMT.so.1"));
    libraries
        .find(|library| library.exists())
        .expect("libfaketime is needed, from the package libfaketime")
}
