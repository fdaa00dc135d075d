//! What waits, and what is new, as a digest tells it: for one office or for all.

use super::db::on;
use super::{Store, StoreError};
use crate::knowledge::EntryId;

/// What waits in the queue, and what came to it in a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueStanding {
    /// How many questions came in that time, and still wait.
    pub fresh: u64,
    /// How many clusters wait, whenever they came.
    pub open: u64,
    /// When the first of the questions that wait was asked, in milliseconds UTC; `None` when none does.
    pub oldest_at: Option<i64>,
}

/// Questions of that time that ask the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreshCluster {
    /// The name of their cluster.
    pub id: String,
    /// One of their wordings, masked.
    pub wording: String,
    /// The office that has it, or that was named when it was asked.
    pub office: Option<EntryId>,
    /// In how many conversations it was asked in that time.
    pub askers: u64,
}

impl Store {
    /// What waits for an office, or for any, and how much of it was asked at `since` or later and before `until`, in
    /// milliseconds UTC. Fails when the database does not answer.
    pub async fn queue_standing(
        &self,
        office: Option<&EntryId>,
        since: i64,
        until: i64,
    ) -> Result<QueueStanding, StoreError> {
        const OPEN: &str = "select count(*), min(first_at) from cluster \
            where is_open = 1 and state <> 'merged' and ($1 = '' or office = $1)";
        const FRESH: &str = "select count(*) from question q join cluster c on c.id = q.cluster \
            where c.is_open = 1 and q.state in ('new', 'assigned') and q.asked_at >= $2 and q.asked_at < $3 \
            and ($1 = '' or c.office = $1)";
        let office = office.map_or("", EntryId::as_str);
        let (open, oldest_at): (i64, Option<i64>) =
            on!(&self.db, pool => sqlx::query_as(OPEN).bind(office).fetch_one(pool).await)?;
        let (fresh,): (i64,) = on!(&self.db, pool => {
            sqlx::query_as(FRESH).bind(office).bind(since).bind(until).fetch_one(pool).await
        })?;
        Ok(QueueStanding {
            fresh: count(fresh),
            open: count(open),
            oldest_at,
        })
    }

    /// What was asked most in a time and still waits, for an office or for any; at most `limit`. Times are in milliseconds,
    /// UTC. Fails when the database does not answer.
    pub async fn fresh_clusters(
        &self,
        office: Option<&EntryId>,
        since: i64,
        until: i64,
        limit: u32,
    ) -> Result<Vec<FreshCluster>, StoreError> {
        const FRESH: &str = "select c.id, c.wording, c.office, count(distinct q.conversation) as askers \
            from question q join cluster c on c.id = q.cluster \
            where c.is_open = 1 and q.state in ('new', 'assigned') and q.asked_at >= $2 and q.asked_at < $3 \
            and ($1 = '' or c.office = $1) \
            group by c.id, c.wording, c.office order by askers desc, c.id limit $4";
        let office = office.map_or("", EntryId::as_str);
        let rows: Vec<(String, String, Option<String>, i64)> = on!(&self.db, pool => {
            sqlx::query_as(FRESH)
                .bind(office)
                .bind(since)
                .bind(until)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        let fresh = rows
            .into_iter()
            .map(|(id, wording, office, askers)| FreshCluster {
                id,
                wording,
                office: office.and_then(|office| EntryId::parse(&office).ok()),
                askers: count(askers),
            });
        Ok(fresh.collect())
    }

    /// How many ideas wait for an answer, by who takes them. Fails when the database does not answer.
    pub async fn waiting_ideas(&self) -> Result<Vec<(EntryId, u64)>, StoreError> {
        const WAITING: &str = "select receiver, count(*) from idea where state = 'new' group by receiver order by receiver";
        let rows: Vec<(String, i64)> =
            on!(&self.db, pool => sqlx::query_as(WAITING).fetch_all(pool).await)?;
        rows.into_iter()
            .map(|(receiver, ideas)| {
                let receiver = EntryId::parse(&receiver).map_err(StoreError::Corrupt)?;
                Ok((receiver, count(ideas)))
            })
            .collect()
    }
}

fn count(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or_default()
}
