//! The disk is full: it costs the receipts and not the answers, it is said, and what was asked is written when there is room.
//!
//! That files cannot grow is what a process can be told without being root; to SQLite it is a write that fails.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::stage::{KNOWN, Program, UNKNOWN, becomes, sqlite};
use crate::web::operations::Serving;

/// More questions than fit into what the files have of room already.
const MOST: usize = 2_000;
/// How many are asked once it is full.
const UNSAVED: usize = 3;
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_costs_the_receipt_and_not_the_answer() {
    let program = Program::new();
    std::fs::write(program.folder().join("lots.toml"), "[web]\nrate = 6000\n").unwrap();
    let serving = Serving::begin(unharmed(&program)).await;
    let first = serving.ask(UNKNOWN).await;
    let mut shown = vec![receipt(&first).expect("there was room")];
    assert_eq!(serving.readiness().await["status"], "ready");

    may_grow_to(
        &serving,
        &format!("{}:unlimited", largest(program.folder())),
    );
    let mut unsaved = 0;
    while unsaved < UNSAVED && shown.len() < MOST {
        let answer = serving.ask(UNKNOWN).await;
        assert_eq!(answer["decision"], "unknown", "{answer}");
        match receipt(&answer) {
            Some(receipt) => shown.push(receipt),
            None => unsaved += 1,
        }
    }
    assert_eq!(unsaved, UNSAVED, "it never was full");
    assert_eq!(serving.ask(KNOWN).await["decision"], "answer");
    let readiness = serving.readiness().await;
    assert_eq!(readiness["status"], "degraded", "{readiness}");
    assert_eq!(readiness["waiting"], UNSAVED, "{readiness}");
    for receipt in &shown {
        let found = serving.get(&format!("/api/v1/receipts/{receipt}")).await;
        assert_eq!(found.unwrap().0, 200, "{receipt}");
    }

    may_grow_to(&serving, "unlimited");
    let written = becomes(PATIENCE, || async {
        serving.readiness().await["waiting"] == 0
    });
    assert!(written.await, "{}", serving.readiness().await);
    assert_eq!(serving.readiness().await["status"], "ready");
    let again = serving.ask(UNKNOWN).await;
    shown.push(receipt(&again).expect("there is room again"));
    serving.tell_to_end();
    let (status, log) = serving.ended().await;
    assert_eq!(status, Some(0), "{log}");
    for said in ["the question could not be saved", "the database is back"] {
        assert!(log.contains(said), "{said:?} is not said:\n{log}");
    }

    let options: SqliteConnectOptions = sqlite(program.folder()).parse().unwrap();
    let mut database = options.connect().await.unwrap();
    let sound = sqlx::query_scalar("pragma integrity_check");
    let sound: Vec<String> = sound.fetch_all(&mut database).await.unwrap();
    assert_eq!(sound, ["ok"]);
    let kept = sqlx::query_scalar("select receipt from question");
    let kept: Vec<String> = kept.fetch_all(&mut database).await.unwrap();
    database.close().await.unwrap();
    assert_eq!(kept.len(), shown.len() + UNSAVED);
    assert!(shown.iter().all(|receipt| kept.contains(receipt)));
}

fn receipt(answer: &serde_json::Value) -> Option<String> {
    answer["receipt"].as_str().map(str::to_owned)
}

/// The program, which goes on when a file cannot grow: it would be ended by a signal otherwise.
fn unharmed(program: &Program) -> Command {
    let plain = program.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
    command.arg(plain.get_program()).args(plain.get_args());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
        .current_dir(program.folder())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Says how large a file of the program may become, in bytes.
fn may_grow_to(serving: &Serving, limit: &str) {
    let mut prlimit = Command::new("prlimit");
    let prlimit = prlimit.args(["--pid", &serving.id().to_string()]);
    let said = prlimit.arg(format!("--fsize={limit}")).status();
    assert!(said.unwrap().success(), "{limit}");
}

/// How large the largest file of the database is, in bytes.
fn largest(folder: &Path) -> u64 {
    let files = folder.read_dir().unwrap().map(Result::unwrap);
    let files = files.filter(|f| f.file_name().to_string_lossy().starts_with("lots.db"));
    files.map(|f| f.metadata().unwrap().len()).max().unwrap()
}
