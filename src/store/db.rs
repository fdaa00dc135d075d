//! The two databases behind one name, and the macro that runs one statement on either.

use std::borrow::Cow;
use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::address::redact;
use super::error::{StoreError, is_busy};

/// A pool of connections to one of the two databases.
#[derive(Clone)]
pub(super) enum Db {
    Lite(SqlitePool),
    Pg(PgPool),
}

/// Evaluates one expression with the pool of whichever database it is, so that each statement is written once.
macro_rules! on {
    ($db:expr, $pool:ident => $run:expr) => {
        match $db {
            $crate::store::db::Db::Lite($pool) => $run,
            $crate::store::db::Db::Pg($pool) => $run,
        }
    };
}
pub(super) use on;

/// How long a writer waits for another to finish with the SQLite file.
const BUSY: Duration = Duration::from_secs(5);

/// How long to wait before opening a busy SQLite file again.
const PAUSE: Duration = Duration::from_millis(20);

/// How long a caller waits for a connection to PostgreSQL.
const ACQUIRE: Duration = Duration::from_secs(3);

impl Db {
    /// Connects and migrates; see [`super::Store::open`].
    pub(super) async fn open(url: &str) -> Result<Db, StoreError> {
        let refuse = |reason: String| StoreError::Url {
            address: redact(url),
            reason,
        };
        let opened = match url.split_once(':') {
            Some(("sqlite", rest)) => {
                let file = rest
                    .trim_start_matches('/')
                    .split('?')
                    .next()
                    .unwrap_or_default();
                if file.is_empty() {
                    return Err(refuse("it names no file".to_owned()));
                }
                let options =
                    SqliteConnectOptions::from_str(url).map_err(|e| refuse(reason(&e)))?;
                open_lite(options, file == ":memory:" || rest.contains("mode=memory")).await
            }
            Some(("postgres" | "postgresql", _)) => {
                let options = PgConnectOptions::from_str(url).map_err(|e| refuse(reason(&e)))?;
                open_pg(options).await
            }
            _ => {
                return Err(refuse(
                    "it begins with neither sqlite: nor postgres:".to_owned(),
                ));
            }
        };
        opened.map_err(|error| match error {
            // The message of the database seldom says which file or server it is about.
            StoreError::Unavailable(reason) => {
                StoreError::Unavailable(format!("{} ({reason})", redact(url)))
            }
            StoreError::Corrupt(reason) => {
                StoreError::Corrupt(format!("{} ({reason})", redact(url)))
            }
            other @ (StoreError::Url { .. } | StoreError::Duplicate) => other,
        })
    }

    /// Writes SQLite's log into the file and empties it, so that what was deleted stands in neither. A reader in the way
    /// only puts it off to the next time.
    pub(super) async fn settle(&self) {
        if let Db::Lite(pool) = self {
            let settled = sqlx::query("pragma wal_checkpoint(truncate)")
                .fetch_all(pool)
                .await;
            if let Err(error) = settled {
                tracing::warn!(%error, "the log of the database could not be emptied");
            }
        }
    }

    /// The statement that begins a transaction. On SQLite it takes the right to write at once: one that reads first and
    /// writes later would fail, without waiting, whenever another has written in between.
    pub(super) fn begin(&self) -> &'static str {
        match self {
            Db::Lite(_) => "begin immediate",
            Db::Pg(_) => "begin",
        }
    }
}

/// The text as both databases can hold it: PostgreSQL refuses U+0000, which a message can contain.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The migrations, compiled in. Those that a newer version has run are let be, so that a deployment can be rolled back.
fn migrator() -> Migrator {
    let mut migrator = sqlx::migrate!("src/store/migrations");
    migrator.set_ignore_missing(true);
    migrator
}

async fn open_lite(options: SqliteConnectOptions, in_memory: bool) -> Result<Db, StoreError> {
    let options = options
        .create_if_missing(true)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .journal_mode(SqliteJournalMode::Wal)
        // A receipt that has been shown stands for a question on disk, even if the power goes.
        .synchronous(SqliteSynchronous::Full)
        // What is erased is overwritten, not only unlinked.
        .pragma("secure_delete", "on");
    // Nothing stands between the program and its file that could have cut a connection.
    let pool = SqlitePoolOptions::new()
        .acquire_timeout(BUSY * 2)
        .test_before_acquire(false)
        // One whose transaction could neither be written nor undone, as on a full disk, is of no more use.
        .before_acquire(|connection, _| {
            let is_of_use = !connection.is_in_transaction();
            Box::pin(std::future::ready(Ok(is_of_use)))
        });
    let pool = if in_memory {
        // The database lives as long as its one connection.
        pool.max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
    } else {
        pool.max_connections(4)
    };
    let started = Instant::now();
    let pool = loop {
        match pool.clone().connect_with(options.clone()).await {
            // Two that open a new file at once both turn it to WAL, and SQLite refuses one of them without waiting.
            Err(error) if is_busy(&error) && started.elapsed() < BUSY => {
                tokio::time::sleep(PAUSE).await
            }
            connected => break connected?,
        }
    };
    let migrated = async {
        // sqlx takes no lock of its own on SQLite, so two processes would both run the first migration.
        let mut transaction = pool.begin_with("begin immediate").await?;
        migrator()
            .run_direct(None, &mut *transaction, false)
            .await?;
        transaction.commit().await?;
        Ok(())
    };
    match migrated.await {
        Ok(()) => Ok(Db::Lite(pool)),
        Err(error) => {
            pool.close().await;
            Err(error)
        }
    }
}

async fn open_pg(options: PgConnectOptions) -> Result<Db, StoreError> {
    let pool = PgPoolOptions::new()
        .acquire_timeout(ACQUIRE)
        .connect_with(options)
        .await?;
    let mut connection = pool.acquire().await?;
    // Not `run(&pool)`: its future cannot be proved to be sendable between threads.
    let migrated = migrator().run_direct(None, &mut *connection, false).await;
    drop(connection);
    match migrated {
        Ok(()) => Ok(Db::Pg(pool)),
        Err(error) => {
            // The lock that keeps replicas from migrating at once goes with the connection.
            pool.close().await;
            Err(error.into())
        }
    }
}

/// What is wrong with an address, without sqlx's preamble.
fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Configuration(inner) => inner.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_connection_to_sqlite_keeps_what_it_acknowledges() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!(
            "sqlite://{}",
            folder.path().join("lots.db").display()
        ))
        .await
        .unwrap();
        let Db::Lite(pool) = &db else {
            panic!("not SQLite")
        };
        let mut held = Vec::new();
        for _ in 0..2 {
            let mut connection = pool.acquire().await.unwrap();
            for (pragma, expected) in [
                ("pragma journal_mode", "wal"),
                ("pragma synchronous", "2"),
                ("pragma foreign_keys", "1"),
                ("pragma busy_timeout", "5000"),
                ("pragma secure_delete", "1"),
            ] {
                let row = sqlx::query(pragma)
                    .fetch_one(&mut *connection)
                    .await
                    .unwrap();
                let value = sqlx::Row::try_get_unchecked::<String, _>(&row, 0).unwrap();
                assert_eq!(value, expected, "{pragma}");
            }
            held.push(connection);
        }
    }

    #[tokio::test]
    async fn a_database_of_a_newer_version_still_opens() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("lots.db").display());
        let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
            values (9999, 'of tomorrow', 1, x'00', 0)";
        let db = Db::open(&url).await.unwrap();
        on!(&db, pool => sqlx::query(newer).execute(pool).await.map(|_| ())).unwrap();
        on!(&db, pool => pool.close().await);
        Db::open(&url).await.unwrap();
    }

    #[tokio::test]
    async fn a_migration_that_was_changed_after_it_ran_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("lots.db").display());
        let db = Db::open(&url).await.unwrap();
        let change = "update _sqlx_migrations set checksum = x'00' where version = 1";
        on!(&db, pool => sqlx::query(change).execute(pool).await.map(|_| ())).unwrap();
        let error = Db::open(&url).await.err().unwrap();
        assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
    }

    #[tokio::test]
    async fn an_address_that_cannot_be_used_is_refused_without_its_password() {
        for url in [
            "lots.db",
            "sqlite://",
            "sqlite:///?mode=rwc",
            "mysql://lots:hemligt@db/lots",
            "postgres://lots:hemligt",
        ] {
            let error = Db::open(url).await.err().unwrap();
            assert!(matches!(error, StoreError::Url { .. }), "{url}: {error:?}");
            assert!(!format!("{error} {error:?}").contains("hemligt"), "{error}");
        }
        for url in [
            "sqlite:///nowhere/at/all/lots.db",
            "postgres://lots:hemligt@127.0.0.1:9/lots",
        ] {
            let error = Db::open(url).await.err().unwrap();
            assert!(
                matches!(error, StoreError::Unavailable(_)),
                "{url}: {error:?}"
            );
            assert!(!format!("{error} {error:?}").contains("hemligt"), "{error}");
        }
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_corrupt() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "Hej! ".repeat(1000)).unwrap();
        let error = Db::open(&format!("sqlite://{}", file.path().display()))
            .await
            .err()
            .unwrap();
        assert!(matches!(error, StoreError::Corrupt(_)), "{error:?}");
    }
}
