//! Replicas that start at the same moment, on an empty database and on that of an earlier version, migrate it once.

use std::process::Child;

use super::earlier::{Plain, brought_to, made, migrations};
use crate::stage::{Program, on_postgres, sqlite};

/// How many programs start at once.
const REPLICAS: usize = 3;
/// The earlier version: the last before there were clusters.
const EARLIER: i64 = 10;

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_start_at_once_migrate_once_on_sqlite() {
    for version in [0, EARLIER] {
        let program = Program::new();
        start_at_once(&sqlite(program.folder()), version).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_start_at_once_migrate_once_on_postgresql() {
    for version in [0, EARLIER] {
        on_postgres(async |url| start_at_once(&url, version).await).await;
    }
}

async fn start_at_once(url: &str, version: i64) {
    let plain = Plain::open(url).await;
    brought_to(&plain, version, &made().await).await;
    let program = Program::new();
    let start = |_| -> Child {
        let mut command = program.command(&["purge", "--record"]);
        command.env("LOTS_DATABASE_URL", url).spawn().unwrap()
    };
    let started: Vec<Child> = (0..REPLICAS).map(start).collect();
    for child in started {
        let ended = tokio::task::spawn_blocking(|| child.wait_with_output());
        let ended = ended.await.unwrap().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "from {version}: {said}");
    }
    let run = plain
        .texts("select cast(version as text) from _sqlx_migrations")
        .await;
    let mut run: Vec<i64> = run.iter().map(|v| v.parse().unwrap()).collect();
    run.sort_unstable();
    let all: Vec<i64> = (1..=migrations().await).collect();
    assert_eq!(run, all, "from {version}");
    plain.close().await;
}
