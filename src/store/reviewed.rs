//! Entries that staff have gone through: what residents have complained of since, and that one was found to hold.

use super::audit::append;
use super::db::{on, plain};
use super::question::first_nearest;
use super::setting::SET;
use super::{Complaint, KeptChange, NewAudit, OVERLAY, Store, StoreError};
use crate::knowledge::EntryId;

/// An answer that did not help, which nobody has dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenComplaint {
    /// The entry that was answered with.
    pub entry: EntryId,
    /// Why it did not help, when that was said.
    pub complaint: Option<Complaint>,
    /// When that was, in milliseconds UTC.
    pub asked_at: i64,
    /// The cluster that it lies in; empty when it lies in none yet.
    pub cluster: String,
}

impl Store {
    /// The answers that did not help and that nobody has dealt with, the latest first. Fails when the database does not
    /// answer.
    pub async fn open_complaints(&self, limit: u32) -> Result<Vec<OpenComplaint>, StoreError> {
        const OPEN: &str = "select nearest, complaint, asked_at, cluster from question \
            where reason = 'unhelpful' and state in ('new', 'assigned') order by asked_at desc, receipt desc limit $1";
        let rows: Vec<(String, Option<String>, i64, String)> = on!(&self.db, pool => {
            sqlx::query_as(OPEN).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        // One about an entry that can no longer be named is about nothing that could be mended.
        let read =
            |(nearest, complaint, asked_at, cluster): (String, Option<String>, i64, String)| {
                Some(OpenComplaint {
                    entry: first_nearest(&nearest)?,
                    complaint: complaint.as_deref().and_then(Complaint::parse),
                    asked_at,
                    cluster,
                })
            };
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// When each entry was last mended or found to hold here, in milliseconds UTC. Fails when the database does not answer.
    pub async fn last_mended(&self) -> Result<Vec<(EntryId, i64)>, StoreError> {
        const LAST: &str = "select about, max(published_at) from change \
            where act = 'mend' and state in ('live', 'retired') group by about";
        let rows: Vec<(String, i64)> =
            on!(&self.db, pool => sqlx::query_as(LAST).fetch_all(pool).await)?;
        let read = |(about, at): (String, i64)| Some((EntryId::parse(&about).ok()?, at));
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Begins a change and publishes it at once, and the trail tells of it, all or none of this; `laid` is the version of the
    /// setting [`OVERLAY`] that says what it was made on. Whether it was done: not when other changes are live by now. Fails
    /// when the database does not answer.
    pub async fn publish_at_once(
        &self,
        change: &KeptChange,
        laid: i64,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const LAID: &str = "select version from setting where name = $1";
        const ADD: &str = "insert into change (id, act, about, title, body, form, state, version, made_by, made_at, \
            changed_by, changed_at, published_by, published_at, reason, before, place) \
            values ($1, $2, $3, $4, $5, $6, 'live', 1, $7, $8, $7, $8, $7, $8, $9, $10, \
            (select coalesce(max(other.place), 0) + 1 from change other))";
        let published = on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            // First, so that one at a time publishes or undoes.
            sqlx::query(SET).bind(OVERLAY).bind("").bind(&audit.who).bind(audit.at).execute(&mut *transaction).await?;
            let (now,): (i64,) = sqlx::query_as(LAID).bind(OVERLAY).fetch_one(&mut *transaction).await?;
            if now != laid + 1 {
                return Ok(false);
            }
            sqlx::query(ADD)
                .bind(&change.id)
                .bind(&change.act)
                .bind(&*plain(&change.about))
                .bind(&*plain(&change.title))
                .bind(&*plain(&change.body))
                .bind(&*plain(&change.form))
                .bind(&audit.who)
                .bind(audit.at)
                .bind(&*plain(&change.reason))
                .bind(&*plain(&change.before))
                .execute(&mut *transaction)
                .await?;
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok::<bool, StoreError>(true)
        })?;
        if published {
            self.announce(OVERLAY).await;
        }
        Ok(published)
    }
}
