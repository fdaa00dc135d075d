//! The program is killed a hundred times while it answers many at once, and no receipt that it has shown is lost.
//!
//! Two programs share the database, so that one that is killed leaves another at work, or finds it so when it comes back.

use std::io::{BufRead, BufReader};
use std::process::ChildStderr;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::sync::mpsc::unbounded_channel;

use super::asking::{Told, ask_on, let_all_ask, wrong_with};
use crate::stage::{Program, on_postgres, sqlite};

/// How often each of the two programs is killed.
const KILLS: usize = 50;
/// How many ask at the same time.
const CLIENTS: usize = 4;
/// A program is killed somewhere in this time after its first answer, in milliseconds.
const LONGEST: u32 = 150;
/// The first answer waits for the base to be read, and for a database that was left in the middle of something.
const PATIENCE: Duration = Duration::from_secs(60);
const KEPT: &str = "select receipt, conversation from question";

#[tokio::test(flavor = "multi_thread")]
async fn no_receipt_is_lost_when_the_program_is_killed_on_sqlite() {
    let program = Program::new();
    let url = sqlite(program.folder());
    let told = killed_again_and_again(&program, &url).await;
    let options: SqliteConnectOptions = url.parse().unwrap();
    let mut database = options.connect().await.unwrap();
    let sound = sqlx::query_scalar("pragma integrity_check");
    let sound: Vec<String> = sound.fetch_all(&mut database).await.unwrap();
    assert_eq!(sound, ["ok"]);
    let strays = sqlx::query("pragma foreign_key_check").fetch_all(&mut database);
    assert!(strays.await.unwrap().is_empty());
    let kept = sqlx::query_as(KEPT).fetch_all(&mut database).await.unwrap();
    nothing_is_lost(&told, &kept);
    database.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn no_receipt_is_lost_when_the_program_is_killed_on_postgresql() {
    on_postgres(async |url| {
        let told = killed_again_and_again(&Program::new(), &url).await;
        let options: PgConnectOptions = url.parse().unwrap();
        let mut database = options.connect().await.unwrap();
        let kept = sqlx::query_as(KEPT).fetch_all(&mut database).await.unwrap();
        nothing_is_lost(&told, &kept);
        database.close().await.unwrap();
    })
    .await;
}

#[track_caller]
fn nothing_is_lost(told: &[Told], kept: &[(String, String)]) {
    let shown = told.iter().filter(|t| t.receipt.is_some()).count();
    assert!(shown >= KILLS, "only {shown} receipts were shown");
    let wrong = wrong_with(told, kept);
    assert!(
        wrong.is_empty(),
        "{} of {shown}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

async fn killed_again_and_again(program: &Program, url: &str) -> Vec<Told> {
    let_all_ask(program);
    let one = async {
        let mut told = Vec::new();
        for _ in 0..KILLS {
            told.extend(killed(program, url).await);
        }
        told
    };
    let other = async {
        let mut told = Vec::new();
        for _ in 0..KILLS {
            told.extend(killed(program, url).await);
        }
        told
    };
    let (one, other) = tokio::join!(one, other);
    [one, other].concat()
}

/// Starts the program, has many ask, and kills it; what it has told them.
async fn killed(program: &Program, url: &str) -> Vec<Told> {
    let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
    command
        .env("LOTS_DATABASE_URL", url)
        .env("LOTS_LOG", "error");
    let mut child = command.spawn().unwrap();
    let err = child.stderr.take().unwrap();
    // What it says is kept open: a program whose words nobody takes ends by itself.
    let (site, _err) = tokio::task::spawn_blocking(|| site_of(err)).await.unwrap();
    let (told, mut hear) = unbounded_channel();
    let clients =
        (0..CLIENTS).map(|_| tokio::spawn(ask_on(site.clone(), Duration::ZERO, told.clone())));
    let clients: Vec<_> = clients.collect();
    drop(told);
    let first = tokio::time::timeout(PATIENCE, hear.recv()).await;
    let mut all = vec![
        first
            .expect("nobody was answered")
            .expect("nobody asks any longer"),
    ];
    let longer = getrandom::u32().unwrap() % LONGEST;
    tokio::time::sleep(Duration::from_millis(longer.into())).await;
    let asking = clients.iter().filter(|c| !c.is_finished()).count();
    child.kill().unwrap();
    child.wait().unwrap();
    // What had been answered by then is heard; who asks gives up when nobody is there.
    while let Some(next) = hear.recv().await {
        all.push(next);
    }
    assert_eq!(asking, CLIENTS, "someone gave up before it was killed");
    all
}

/// Where the program says that its page is.
fn site_of(err: ChildStderr) -> (String, BufReader<ChildStderr>) {
    let mut err = BufReader::new(err);
    let mut line = String::new();
    loop {
        line.clear();
        assert!(err.read_line(&mut line).unwrap() > 0, "it ended");
        if let Some(site) = line.strip_prefix("lots: the page is at ") {
            return (site.trim_end().to_owned(), err);
        }
    }
}
