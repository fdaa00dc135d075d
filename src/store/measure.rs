//! What the log says of how staff fare: how long they take, what is asked most, and whether the right office was named.
//! It knows of no more than is kept: questions that have been deleted are not in it.

use super::db::{on, plain};
use super::{State, Store, StoreError};
use crate::knowledge::{EntryId, EntryKind};

/// Which questions of the log to look at. Each part that is `None` lets every question through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Those asked at this time or later, in milliseconds UTC.
    pub from: i64,
    /// Those asked before this time.
    pub until: i64,
    /// Those that this office has.
    pub office: Option<EntryId>,
    /// Those in the language with this code.
    pub language: Option<String>,
    /// Those that came by this channel.
    pub channel: Option<String>,
    /// Those that an entry of this kind answers now.
    pub kind: Option<EntryKind>,
}

/// A cluster, and how many of the questions that are looked at are in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedMost {
    /// The name of the cluster.
    pub cluster: String,
    /// The wording that stands for it, masked.
    pub wording: String,
    /// The code of the language of the wording.
    pub language: String,
    /// How far staff have come with it.
    pub state: State,
    /// The office that has it.
    pub office: Option<EntryId>,
    /// The entry that answers it now.
    pub entry: Option<EntryId>,
    /// How many questions.
    pub questions: u64,
}

/// How often an office was named, of the questions whose office staff have judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoutedTo {
    /// The office that was named.
    pub office: EntryId,
    /// How often.
    pub judged: u64,
    /// How often it was the right one.
    pub right: u64,
}

/// A statement about the questions that are looked at; `q` is a question, and the office is looked for in a column.
macro_rules! measured {
    ($before:expr, $office:literal, $after:expr) => {
        concat!(
            $before,
            " q.asked_at >= $1 and q.asked_at < $2 and ($3 is null or q.",
            $office,
            " = $3) and ($4 is null or q.language = $4) and ($5 is null or q.channel = $5) \
             and ($6 is null or q.entry like $6 || '/%') ",
            $after
        )
    };
}

/// Gives a statement of [`measured`] its values.
macro_rules! ask {
    ($statement:expr, $which:expr) => {
        sqlx::query_as($statement)
            .bind($which.from)
            .bind($which.until)
            .bind($which.office.as_ref().map(EntryId::as_str))
            .bind($which.language.as_deref().map(plain).as_deref())
            .bind($which.channel.as_deref().map(plain).as_deref())
            .bind($which.kind.map(EntryKind::folder))
    };
}

impl Store {
    /// How long each question that staff have answered waited, in milliseconds, the shortest first. One that was dismissed
    /// was not answered. Fails when the database does not answer.
    pub async fn waits(&self, which: &Measured) -> Result<Vec<i64>, StoreError> {
        const WAITS: &str = measured!(
            "select q.answered_at - q.asked_at from question q where q.answered_at is not null \
             and q.state in ('answered', 'taught', 'not-ours') and",
            "office",
            "order by 1"
        );
        let rows: Vec<(i64,)> = on!(&self.db, pool => ask!(WAITS, which).fetch_all(pool).await)?;
        // The clocks of two programs may differ a little.
        Ok(rows.into_iter().map(|(wait,)| wait.max(0)).collect())
    }

    /// When each question was asked that still waits, in milliseconds UTC, the oldest first. Fails when the database does
    /// not answer.
    pub async fn waiting_since(&self, which: &Measured) -> Result<Vec<i64>, StoreError> {
        const SINCE: &str = measured!(
            "select q.asked_at from question q where q.state in ('new', 'assigned') and",
            "office",
            "order by 1"
        );
        let rows: Vec<(i64,)> = on!(&self.db, pool => ask!(SINCE, which).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|(at,)| at).collect())
    }

    /// The clusters that most of the questions are in, at most `limit`. Fails when the database does not answer.
    pub async fn asked_most(
        &self,
        which: &Measured,
        limit: u32,
    ) -> Result<Vec<AskedMost>, StoreError> {
        const MOST: &str = measured!(
            "select c.id, c.wording, c.language, c.state, c.office, c.entry, count(*) \
             from question q join cluster c on c.id = q.cluster where",
            "office",
            "group by c.id, c.wording, c.language, c.state, c.office, c.entry order by count(*) desc, c.id limit $7"
        );
        type Row = (
            String,
            String,
            String,
            String,
            Option<String>,
            Option<String>,
            i64,
        );
        let rows: Vec<Row> =
            on!(&self.db, pool => ask!(MOST, which).bind(i64::from(limit)).fetch_all(pool).await)?;
        let named = |id: Option<String>| id.and_then(|id| EntryId::parse(&id).ok());
        let read = |(cluster, wording, language, state, office, entry, questions): Row| {
            let state = State::from_code(&state).ok_or_else(|| {
                StoreError::Corrupt(format!("cluster {cluster} has `{state}` for state"))
            })?;
            Ok(AskedMost {
                cluster,
                wording,
                language,
                state,
                office: named(office),
                entry: named(entry),
                questions: u64::try_from(questions).unwrap_or_default(),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Of the questions whose office staff have judged, which was named how often, and how often rightly. Fails when the
    /// database does not answer.
    pub async fn routed_to(&self, which: &Measured) -> Result<Vec<RoutedTo>, StoreError> {
        const ROUTED: &str = measured!(
            "select q.routed, count(*), cast(sum(case when q.routed = q.office then 1 else 0 end) as bigint) \
             from question q where q.routed is not null and q.routed <> '' and",
            "routed",
            "group by q.routed order by q.routed"
        );
        let rows: Vec<(String, i64, i64)> =
            on!(&self.db, pool => ask!(ROUTED, which).fetch_all(pool).await)?;
        let read = |(office, judged, right): (String, i64, i64)| {
            Some(RoutedTo {
                office: EntryId::parse(&office).ok()?,
                judged: u64::try_from(judged).unwrap_or_default(),
                right: u64::try_from(right).unwrap_or_default(),
            })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}
