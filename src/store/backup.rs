//! A copy of the database while it is in use.

use std::path::Path;

use super::db::Db;
use super::{Store, StoreError};

/// Writes everything that is committed when it begins, and nothing of what was deleted.
const COPY: &str = "vacuum into $1";

impl Store {
    /// Copies the database into an empty file, while others read and write; `false`, with nothing done, for a database
    /// on a server, which has programs of its own for that.
    ///
    /// Fails when the file cannot be written to or is not empty, and when the database does not answer.
    pub async fn back_up(&self, file: &Path) -> Result<bool, StoreError> {
        let Db::Lite(pool) = &self.db else {
            return Ok(false);
        };
        let file = file.to_string_lossy().into_owned();
        sqlx::query(COPY).bind(file).execute(pool).await?;
        Ok(true)
    }
}
