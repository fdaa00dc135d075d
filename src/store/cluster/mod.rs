//! Clusters: questions that ask the same, in whatever words. What staff see of the log, a page at a time.

mod acting;
mod losing;
mod sorting;

use serde::{Deserialize, Serialize};

use super::db::{on, plain};
use super::{State, Store, StoreError};
use crate::knowledge::EntryId;

pub use acting::{Act, Left};
pub(super) use acting::{MOVE, MOVE_QUESTIONS, Settled, settle};
pub(super) use losing::mark;
pub use losing::{Retold, Stale};
pub use sorting::{Alike, NewCluster, Unsorted};

/// Questions that ask the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name, which stays the same.
    pub id: String,
    /// One of their wordings, which stands for all of them.
    pub wording: String,
    /// The code of the language it is in.
    pub language: String,
    /// The channels they came by.
    pub channels: Vec<String>,
    /// How far staff have come with it.
    pub state: State,
    /// The office that has it, or that was named when it was asked.
    pub office: Option<EntryId>,
    /// The entry that answers it now.
    pub entry: Option<EntryId>,
    /// How many they are.
    pub questions: u64,
    /// How many of them had an answer that did not help.
    pub unhelpful: u64,
    /// When the first was asked, in milliseconds UTC.
    pub first_at: i64,
    /// When the latest was asked.
    pub last_at: i64,
    /// Grows with every act of staff.
    pub version: i64,
    /// Who acted last; empty when nobody has.
    pub changed_by: String,
    /// When that was, in milliseconds UTC.
    pub changed_at: i64,
}

/// What a name of a cluster leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The cluster.
    Here(Box<Cluster>),
    /// It was merged into another.
    MergedInto(String),
}

/// In which order clusters are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Those with the most questions first.
    #[default]
    Most,
    /// The latest asked first.
    Latest,
    /// Those that have waited longest first.
    Oldest,
}

/// Which clusters to list. Each part that is `None` or empty lets every cluster through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterFilter {
    /// Those that staff are done with, and not those that wait.
    pub is_done: bool,
    /// Only those in this state.
    pub state: Option<State>,
    /// Only those of this office.
    pub office: Option<EntryId>,
    /// Only those in the language with this code.
    pub language: Option<String>,
    /// Only those that a question came to by this channel.
    pub channel: Option<String>,
    /// Only those with an answer that did not help.
    pub only_unhelpful: bool,
    /// Only those with these letters, folded, in one of their wordings.
    pub seek: String,
    /// In which order.
    pub order: Order,
    /// Only those that come after this place: [`Cluster::place`] of the last of the page before.
    pub after: Option<(i64, String)>,
    /// How many, at most.
    pub limit: u32,
}

impl Cluster {
    /// Where it stands in a list.
    pub fn place(&self, order: Order) -> (i64, String) {
        let key = match order {
            Order::Most => i64::try_from(self.questions).unwrap_or(i64::MAX),
            Order::Latest => self.last_at,
            Order::Oldest => self.first_at,
        };
        (key, self.id.clone())
    }
}

/// Takes the turn to move questions between clusters, or to delete questions, until the transaction ends. To be called
/// first in the transaction.
pub(super) const TURN: &str = "update cluster_turn set taken = taken + 1 where id = 'turn'";

/// A cluster is read with these columns.
macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "select id, wording, language, channels, state, office, entry, questions, unhelpful, first_at, last_at, \
             version, changed_by, changed_at, merged_into from cluster ",
            $($rest),+
        )
    };
}

/// Clusters are listed with these conditions.
macro_rules! list {
    ($place:literal) => {
        select!(
            "where is_open = $1 and state <> 'merged' and ($2 is null or state = $2) and ($3 is null or office = $3) \
             and ($4 is null or language = $4) and ($5 is null or channels like '%|' || $5 || '|%') \
             and (unhelpful >= $6) and ($7 = '' or seek like '%' || $7 || '%' escape '!') and ",
            $place,
            " limit $10"
        )
    };
}

impl Store {
    /// The clusters that the filter lets through, in its order. Fails when the database does not answer.
    pub async fn clusters(&self, filter: &ClusterFilter) -> Result<Vec<Cluster>, StoreError> {
        let (sql, first) = match filter.order {
            Order::Most => (
                list!("(questions, id) < ($8, $9) order by questions desc, id desc"),
                i64::MAX,
            ),
            Order::Latest => (
                list!("(last_at, id) < ($8, $9) order by last_at desc, id desc"),
                i64::MAX,
            ),
            Order::Oldest => (
                list!("(first_at, id) > ($8, $9) order by first_at, id"),
                i64::MIN,
            ),
        };
        let (at, id) = match &filter.after {
            Some((at, id)) => (*at, id.as_str()),
            None => (first, ""),
        };
        let language = filter.language.as_deref().map(plain);
        let channel = filter.channel.as_deref().map(plain);
        let (seek, id) = (literal(&filter.seek), plain(id));
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(sql)
                .bind(i64::from(!filter.is_done))
                .bind(filter.state.map(State::code))
                .bind(filter.office.as_ref().map(EntryId::as_str))
                .bind(language.as_deref())
                .bind(channel.as_deref())
                .bind(i64::from(filter.only_unhelpful))
                .bind(&*seek)
                .bind(at)
                .bind(&*id)
                .bind(i64::from(filter.limit))
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(Cluster::try_from).collect()
    }

    /// The cluster with this name, or where it went. Fails when the database does not answer.
    pub async fn cluster(&self, id: &str) -> Result<Option<Found>, StoreError> {
        const ONE: &str = select!("where id = $1");
        let id = plain(id);
        let row: Option<Row> =
            on!(&self.db, pool => sqlx::query_as(ONE).bind(&*id).fetch_optional(pool).await)?;
        let Some(row) = row else { return Ok(None) };
        if let Some(other) = row.merged_into {
            return Ok(Some(Found::MergedInto(other)));
        }
        Cluster::try_from(row).map(|cluster| Some(Found::Here(Box::new(cluster))))
    }

    /// How many clusters wait, and how many questions are in them. Fails when the database does not answer.
    pub async fn waiting(&self) -> Result<(u64, u64), StoreError> {
        const WAITING: &str = "select count(*), cast(coalesce(sum(questions), 0) as bigint) from cluster where is_open = 1";
        let (clusters, questions): (i64, i64) =
            on!(&self.db, pool => sqlx::query_as(WAITING).fetch_one(pool).await)?;
        Ok((count(clusters), count(questions)))
    }
}

/// A row of the table.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    wording: String,
    language: String,
    channels: String,
    state: String,
    office: Option<String>,
    entry: Option<String>,
    questions: i64,
    unhelpful: i64,
    first_at: i64,
    last_at: i64,
    version: i64,
    changed_by: String,
    changed_at: i64,
    merged_into: Option<String>,
}

impl TryFrom<Row> for Cluster {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = State::from_code(&row.state).ok_or_else(|| {
            StoreError::Corrupt(format!("cluster {} has `{}` for state", row.id, row.state))
        })?;
        // What can no longer be read as a name leaves the cluster without it, not the list unreadable.
        let named = |id: Option<String>| id.and_then(|id| EntryId::parse(&id).ok());
        let channels = row.channels.split('|').filter(|c| !c.is_empty());
        Ok(Cluster {
            state,
            channels: channels.map(str::to_owned).collect(),
            office: named(row.office),
            entry: named(row.entry),
            questions: count(row.questions),
            unhelpful: count(row.unhelpful),
            id: row.id,
            wording: row.wording,
            language: row.language,
            first_at: row.first_at,
            last_at: row.last_at,
            version: row.version,
            changed_by: row.changed_by,
            changed_at: row.changed_at,
        })
    }
}

fn count(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or_default()
}

/// Letters to look for with `like … escape '!'`, as themselves.
fn literal(letters: &str) -> String {
    let plain = plain(letters);
    let mut out = String::with_capacity(plain.len());
    for letter in plain.chars() {
        if matches!(letter, '!' | '%' | '_') {
            out.push('!');
        }
        out.push(letter);
    }
    out
}
