//! Wordings that must go on being answered as they are, and those that were asked of late, to try changes on.

use super::audit::change;
use super::db::on;
use super::{NewAudit, Store, StoreError};

/// A wording that must go on being answered as it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Regression {
    /// Its name.
    pub id: String,
    /// The wording, masked.
    pub wording: String,
    /// The code of its language.
    pub language: String,
    /// What answers it.
    pub expected: String,
    /// The change that it comes from.
    pub change: String,
    /// When it was made, in milliseconds UTC.
    pub made_at: i64,
}

impl Store {
    /// The wordings that must go on being answered as they are, the oldest first, at most `limit`. Fails when the
    /// database does not answer.
    pub async fn regressions(&self, limit: u32) -> Result<Vec<Regression>, StoreError> {
        const LIVE: &str = "select id, wording, language, expected, change, made_at from regression \
            where state = 'live' order by made_at, id limit $1";
        Ok(
            on!(&self.db, pool => sqlx::query_as(LIVE).bind(i64::from(limit)).fetch_all(pool).await)?,
        )
    }

    /// Gives up a regression question. Whether there was one. Fails when the database does not answer.
    pub async fn retire_regression(&self, id: &str, audit: &NewAudit) -> Result<bool, StoreError> {
        const RETIRE: &str = "update regression set state = 'retired', wording = '' where id = $1 and state = 'live'";
        change!(&self.db, sqlx::query(RETIRE).bind(id), audit)
    }

    /// The wordings asked since a time, in milliseconds UTC, each once with how often, the most frequent first. Fails when the database does not answer.
    pub async fn wordings_since(
        &self,
        since: i64,
        limit: u32,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        const SINCE: &str = "select wording, count(*) from question where asked_at >= $1 and state <> 'dismissed' \
            group by wording order by count(*) desc, max(asked_at) desc, wording limit $2";
        Ok(on!(&self.db, pool => {
            sqlx::query_as(SINCE).bind(since).bind(i64::from(limit)).fetch_all(pool).await
        })?)
    }
}
