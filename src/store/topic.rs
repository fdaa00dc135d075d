//! What many have asked, so that it can be told to everyone: never fewer than so many, and never who.

use super::db::{on, plain};
use super::{Store, StoreError};
use crate::knowledge::EntryId;

/// Something that at least so many conversations have asked about: all that staff have answered with one entry, or else
/// one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name: that of the entry, or of the cluster.
    pub name: String,
    /// The entry that answers it.
    pub entry: Option<EntryId>,
    /// The office that has it.
    pub office: Option<EntryId>,
    /// Whether it waits for staff.
    pub is_open: bool,
    /// How many conversations have asked about it.
    pub askers: u64,
}

impl Store {
    /// What at least `floor` different conversations have asked about from one time on until before another, in
    /// milliseconds UTC, by name. What staff have dismissed is left out. Fails when the database does not answer.
    pub async fn topics(
        &self,
        from: i64,
        until: i64,
        floor: u32,
    ) -> Result<Vec<Topic>, StoreError> {
        const TOPICS: &str = "select coalesce(c.entry, c.id), max(c.entry), max(c.office), max(c.is_open), \
            count(distinct q.conversation) from question q join cluster c on c.id = q.cluster \
            where q.asked_at >= $1 and q.asked_at < $2 and q.conversation <> '' and c.state not in ('dismissed', 'merged') \
            group by coalesce(c.entry, c.id) having count(distinct q.conversation) >= $3 order by 1";
        type Row = (String, Option<String>, Option<String>, i64, i64);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(TOPICS).bind(from).bind(until).bind(i64::from(floor)).fetch_all(pool).await
        })?;
        let named = |id: Option<String>| id.and_then(|id| EntryId::parse(&id).ok());
        let read = |(name, entry, office, is_open, askers): Row| Topic {
            name,
            entry: named(entry),
            office: named(office),
            is_open: is_open != 0,
            askers: u64::try_from(askers).unwrap_or_default(),
        };
        Ok(rows.into_iter().map(read).collect())
    }

    /// The wording, and the code of its language, that most conversations have asked about a cluster in, when at least
    /// `floor` have used the very same words. Fails when the database does not answer.
    pub async fn common_wording(
        &self,
        cluster: &str,
        floor: u32,
    ) -> Result<Option<(String, String)>, StoreError> {
        const COMMON: &str = "select q.wording, max(q.language) from question q where q.cluster = $1 and q.conversation <> '' \
            group by q.wording having count(distinct q.conversation) >= $2 \
            order by count(distinct q.conversation) desc, q.wording limit 1";
        let cluster = plain(cluster);
        Ok(on!(&self.db, pool => {
            sqlx::query_as(COMMON).bind(&*cluster).bind(i64::from(floor)).fetch_optional(pool).await
        })?)
    }
}
