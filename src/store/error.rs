//! How the database can fail, told apart by what the caller can do about it.

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;

/// Why the database did not do what was asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database cannot be used. Trying again does not help.
    #[error(
        "the database address {address} cannot be used: {reason}; set it to sqlite://lots.db or \
         postgres://user:password@host/database"
    )]
    Url {
        /// The address, without its password.
        address: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database is locked, full, out of reach or closed. Nothing is known to have been written, and the caller may
    /// try again.
    #[error(
        "the database does not answer: {0}; see that it runs, can be reached and has room on its disk, and try again"
    )]
    Unavailable(String),
    /// Another conversation's question already has this receipt. Draw a new receipt and record again.
    #[error(
        "the receipt belongs to another question; draw a new receipt and record the question again"
    )]
    Duplicate,
    /// The database does not hold what this version of lots has put there. Trying again does not help.
    #[error(
        "the database does not hold what it should: {0}; see that the address is that of lots' own database and that \
         no older version has changed it, or restore a backup"
    )]
    Corrupt(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(error) if is_passing(error.as_ref()) => {
                StoreError::Unavailable(error.message().to_owned())
            }
            sqlx::Error::Database(error) => StoreError::Corrupt(error.message().to_owned()),
            sqlx::Error::Migrate(error) => (*error).into(),
            sqlx::Error::PoolTimedOut => {
                StoreError::Unavailable("no connection could be had in time".to_owned())
            }
            sqlx::Error::PoolClosed => StoreError::Unavailable("it has been closed".to_owned()),
            sqlx::Error::Io(error) => StoreError::Unavailable(error.to_string()),
            error @ (sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed) => StoreError::Unavailable(error.to_string()),
            // Decoding, missing columns and the like: the table is not the one that the statement was written for.
            error => StoreError::Corrupt(error.to_string()),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) => error.into(),
            MigrateError::ExecuteMigration(error, version) => match StoreError::from(error) {
                StoreError::Corrupt(reason) => {
                    StoreError::Corrupt(format!("migration {version} cannot be run, {reason}"))
                }
                other => other,
            },
            MigrateError::VersionMismatch(version) => StoreError::Corrupt(format!(
                "migration {version} was run with another text than it has now"
            )),
            error => StoreError::Corrupt(error.to_string()),
        }
    }
}

/// Whether SQLite said that someone else has the file just now.
pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlite_code) == Some(5)
}

/// Whether the failure lies in the state that the server or the file is in just now, and not in what it holds.
fn is_passing(error: &dyn DatabaseError) -> bool {
    if let Some(code) = sqlite_code(error) {
        // Busy, locked, out of memory, read-only, interrupted, input or output failed, full, cannot open, protocol (a
        // lock was not given).
        return matches!(code, 5 | 6 | 7 | 8 | 9 | 10 | 13 | 14 | 15);
    }
    // Connection, authorisation, no such database, a server that only reads, rolled back, out of resources, in use,
    // stopped by an operator, failure of the system.
    let code = error.code().unwrap_or_default();
    ["08", "28", "3D", "25", "40", "53", "55", "57", "58"]
        .iter()
        .any(|class| code.starts_with(class))
}

/// SQLite's plain result code, which extended codes keep in their lowest byte; `None` for PostgreSQL.
fn sqlite_code(error: &dyn DatabaseError) -> Option<i64> {
    error.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    error.code()?.parse::<i64>().ok().map(|code| code & 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_can_pass_from_what_cannot() {
        let gone = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        assert!(matches!(
            sqlx::Error::Io(gone).into(),
            StoreError::Unavailable(_)
        ));
        assert!(matches!(
            sqlx::Error::PoolTimedOut.into(),
            StoreError::Unavailable(_)
        ));
        assert!(matches!(
            sqlx::Error::RowNotFound.into(),
            StoreError::Corrupt(_)
        ));
        assert!(matches!(
            MigrateError::VersionMismatch(1).into(),
            StoreError::Corrupt(_)
        ));
    }
}
