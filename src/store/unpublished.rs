//! What staff have written and nobody can read but they: drafts, and changes that were taken back.

use super::db::{on, plain};
use super::{Store, StoreError};

/// A draft, or a change that was taken back, in which something is still written.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unpublished {
    /// Its name.
    pub id: String,
    /// What it is about: an entry, an office, another body.
    pub about: String,
    /// What was typed, as JSON.
    pub form: String,
    /// Grows whenever it is saved.
    pub version: i64,
}

impl Store {
    /// All of them. Fails when the database does not answer.
    pub async fn unpublished(&self) -> Result<Vec<Unpublished>, StoreError> {
        const ALL: &str = "select id, about, form, version from change \
            where state in ('draft', 'undone') and form <> '{}' order by id";
        Ok(on!(&self.db, pool => sqlx::query_as(ALL).fetch_all(pool).await)?)
    }

    /// Puts other words into one, if it is as it was read: its title, what would be laid, and what was typed. Whoever wrote
    /// it stays named. Whether it was done. Fails when the database does not answer.
    pub async fn reword(
        &self,
        read: &Unpublished,
        (title, body, form): (&str, &str, &str),
    ) -> Result<bool, StoreError> {
        const REWORD: &str = "update change set title = $3, body = $4, form = $5, version = version + 1 \
            where id = $1 and version = $2 and state in ('draft', 'undone')";
        let reworded = on!(&self.db, pool => {
            sqlx::query(REWORD)
                .bind(&read.id)
                .bind(read.version)
                .bind(&*plain(title))
                .bind(&*plain(body))
                .bind(&*plain(form))
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        self.db.settle().await;
        Ok(reworded > 0)
    }
}
