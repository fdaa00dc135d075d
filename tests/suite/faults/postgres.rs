//! PostgreSQL comes late, is cut off, freezes and comes back while many ask: all are answered, receipts are only shown for
//! what is there, and all that was asked is written in the end, once.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::sync::mpsc::unbounded_channel;

use super::asking::{Told, ask_on, let_all_ask, wrong_with};
use super::cluster::Cluster;
use crate::stage::{Program, becomes};
use crate::web::operations::Serving;

/// How many ask at the same time.
const CLIENTS: usize = 4;
/// What waits is written one by one, so that not too much of it comes together.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a state of the database lasts.
const A_WHILE: Duration = Duration::from_secs(5);
/// Nobody waits longer for an answer, on a busy machine: the program itself waits for the database several times, and not
/// for a second each.
const LONGEST: Duration = Duration::from_secs(8);
/// The program looks for its database every five seconds.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn answers_go_on_while_postgresql_comes_and_goes() {
    let cluster = Cluster::new();
    let program = Program::new();
    let_all_ask(&program);
    let mut serving = Serving::begin({
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.env("LOTS_DATABASE_URL", cluster.url());
        command
    })
    .await;
    let (told, mut hear) = unbounded_channel();
    let clients = (0..CLIENTS).map(|_| tokio::spawn(ask_on(serving.url(""), PAUSE, told.clone())));
    let clients: Vec<_> = clients.collect();
    drop(told);

    let away = for_a_while().await;
    cluster.start();
    serving = all_is_written(serving).await;
    for_a_while().await;
    cluster.stop("immediate");
    let cut_off = for_a_while().await;
    cluster.start();
    serving = all_is_written(serving).await;
    cluster.freeze();
    let frozen = for_a_while().await;
    cluster.thaw();
    serving = all_is_written(serving).await;
    cluster.stop("fast");
    let stopped = for_a_while().await;
    cluster.start();
    serving = all_is_written(serving).await;

    hear.close();
    let mut all: Vec<Told> = Vec::new();
    while let Some(next) = hear.recv().await {
        all.push(next);
    }
    for client in clients {
        client.await.unwrap().unwrap();
    }
    serving = all_is_written(serving).await;
    serving.tell_to_end();
    let (status, log) = serving.ended().await;
    assert_eq!(status, Some(0), "{log}");
    for said in ["could not be saved", "the database is back"] {
        assert!(log.contains(said), "{said:?} is not said:\n{log}");
    }

    let options: PgConnectOptions = cluster.url().parse().unwrap();
    let mut database = options.connect().await.unwrap();
    let kept = sqlx::query_as("select receipt, conversation from question");
    let kept: Vec<(String, String)> = kept.fetch_all(&mut database).await.unwrap();
    database.close().await.unwrap();
    assert_eq!(wrong_with(&all, &kept), Vec::<String>::new());
    let asked: BTreeSet<&str> = all.iter().map(|t| t.conversation.as_str()).collect();
    let written: BTreeSet<&str> = kept.iter().map(|(_, c)| c.as_str()).collect();
    assert_eq!(written.len(), kept.len(), "something was written twice");
    assert!(asked.is_subset(&written), "something was not written");

    for (state, (from, to)) in [
        ("away", away),
        ("cut off", cut_off),
        ("frozen", frozen),
        ("stopped", stopped),
    ] {
        let of_then = all
            .iter()
            .filter(|t| t.asked >= from && t.asked + t.took <= to);
        let saved = of_then.clone().filter(|t| t.receipt.is_some()).count();
        let answered = of_then.count();
        assert!(answered > 0, "nobody was answered while it was {state}");
        assert_eq!(saved, 0, "of {answered} while it was {state}");
    }
    let saved = all.iter().filter(|t| t.receipt.is_some()).count();
    assert!(saved > 0, "of {} none was given a receipt", all.len());
    let longest = all.iter().map(|t| t.took).max().unwrap();
    assert!(longest < LONGEST, "someone waited {longest:?}");
}

/// Lets a state of the database last; from when to when.
async fn for_a_while() -> (Instant, Instant) {
    let from = Instant::now();
    tokio::time::sleep(A_WHILE).await;
    (from, Instant::now())
}

/// Waits until nothing waits to be written. A program that does not come to that says what it has to say, at its end.
async fn all_is_written(serving: Serving) -> Serving {
    let written = becomes(PATIENCE, || async {
        let readiness = serving.readiness().await;
        readiness["status"] == "ready" && readiness["waiting"] == 0
    });
    if !written.await {
        let readiness = serving.readiness().await;
        serving.tell_to_end();
        let (_, log) = serving.ended().await;
        panic!("{readiness}\n{log}");
    }
    serving
}
