//! Ideas that people have handed over, and what staff have answered.

use super::audit::change;
use super::db::{on, plain};
use super::{NewAudit, Receipt, Store, StoreError};
use crate::knowledge::{Audience, EntryId, Need};

/// How far staff have come with an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdeaState {
    /// Nobody has answered it.
    New,
    /// It has an answer.
    Answered,
    /// Nothing will come of it, and it says why.
    Closed,
}

impl IdeaState {
    /// Every state, in the order of the variants.
    pub const ALL: [IdeaState; 3] = [IdeaState::New, IdeaState::Answered, IdeaState::Closed];

    /// The state as it stands in the table: `new`, `answered` or `closed`.
    pub fn code(self) -> &'static str {
        match self {
            IdeaState::New => "new",
            IdeaState::Answered => "answered",
            IdeaState::Closed => "closed",
        }
    }

    /// The state with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<IdeaState> {
        IdeaState::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// An idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idea {
    /// What whoever has it can ask about it by.
    pub receipt: Receipt,
    /// The conversation it was handed over in.
    pub conversation: String,
    /// What it is, masked.
    pub words: String,
    /// Whom it is for.
    pub audiences: Vec<Audience>,
    /// What it needs.
    pub needs: Vec<Need>,
    /// The code of who is with whoever has it; empty when that was not said.
    pub company: String,
    /// The entry of who takes ideas.
    pub receiver: EntryId,
    /// The code of the language to answer in.
    pub language: String,
    /// The channel it came through.
    pub channel: String,
    /// When it was handed over, in milliseconds UTC.
    pub asked_at: i64,
    /// How far staff have come with it.
    pub state: IdeaState,
    /// What staff have answered, or why nothing will come of it.
    pub answer: Option<String>,
    /// When they did, in milliseconds UTC.
    pub answered_at: Option<i64>,
    /// The role that did; never a person.
    pub answered_by: Option<String>,
    /// When it was handed over or staff last changed it, whichever is later, in milliseconds UTC.
    pub changed_at: i64,
    /// Who of the staff acted last; empty when nobody has.
    pub changed_by: String,
    /// Grows with every act of staff.
    pub version: i64,
}

/// Where an idea stands in the list: those that are new come first, of each the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaPlace {
    /// Whether it waits.
    pub is_new: bool,
    /// When it was handed over, in milliseconds UTC.
    pub asked_at: i64,
    /// Its receipt.
    pub receipt: String,
}

impl Idea {
    /// Where it stands in the list.
    pub fn place(&self) -> IdeaPlace {
        IdeaPlace {
            is_new: self.state == IdeaState::New,
            asked_at: self.asked_at,
            receipt: self.receipt.to_string(),
        }
    }
}

/// What staff do with an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdeaAct<'a> {
    /// The idea.
    pub receipt: &'a Receipt,
    /// The version that was seen.
    pub version: i64,
    /// Where it stands from now on.
    pub state: IdeaState,
    /// What whoever has it is told.
    pub text: &'a str,
    /// The role of whoever acts.
    pub role: &'a str,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select receipt, conversation, words, audiences, needs, company, receiver, language, channel, asked_at, state, \
            answer, answered_at, answered_by, changed_at, changed_by, version from idea where ",
            $rest
        )
    };
}

impl Store {
    /// Keeps an idea that nobody has answered, unless so many are kept of its conversation already. Returns whether it was
    /// kept; it is on disk then, so that its receipt can be shown. Fails when the database does not answer.
    pub async fn add_idea(&self, new: &Idea, at_most: u32) -> Result<bool, StoreError> {
        const ADD: &str = "insert into idea \
            (receipt, conversation, words, audiences, needs, company, receiver, language, channel, asked_at, changed_at) \
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10 \
            where (select count(*) from idea where conversation = $2) < $11 on conflict do nothing";
        let audiences = joined(new.audiences.iter().map(|a| a.code()));
        let needs = joined(new.needs.iter().map(|n| n.code()));
        let added = on!(&self.db, pool => {
            sqlx::query(ADD)
                .bind(new.receipt.as_str())
                .bind(&*plain(&new.conversation))
                .bind(&*plain(&new.words))
                .bind(&audiences)
                .bind(&needs)
                .bind(&*plain(&new.company))
                .bind(new.receiver.as_str())
                .bind(&*plain(&new.language))
                .bind(&*plain(&new.channel))
                .bind(new.asked_at)
                .bind(i64::from(at_most))
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(added > 0)
    }

    /// The idea with this receipt; `None` when there is none. Fails when the database does not answer.
    pub async fn idea(&self, receipt: &Receipt) -> Result<Option<Idea>, StoreError> {
        const ONE: &str = select!("receipt = $1");
        let row: Option<Row> = on!(&self.db, pool => {
            sqlx::query_as(ONE).bind(receipt.as_str()).fetch_optional(pool).await
        })?;
        row.map(Idea::try_from).transpose()
    }

    /// The ideas of a conversation, the oldest first. Fails when the database does not answer.
    pub async fn ideas_of(&self, conversation: &str) -> Result<Vec<Idea>, StoreError> {
        const OF: &str = select!("conversation = $1 order by asked_at, receipt");
        let conversation = plain(conversation);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(OF).bind(&*conversation).fetch_all(pool).await
        })?;
        rows.into_iter().map(Idea::try_from).collect()
    }

    /// The ideas in a state, or all; those that are new first, of each the latest first; at most `limit`. `after` is the
    /// place of the last of the page before. Fails when the database does not answer.
    pub async fn ideas(
        &self,
        state: Option<IdeaState>,
        after: Option<&IdeaPlace>,
        limit: u32,
    ) -> Result<Vec<Idea>, StoreError> {
        const MANY: &str = select!(
            "($1 is null or state = $1) \
            and (case state when 'new' then 1 else 0 end, asked_at, receipt) < ($2, $3, $4) \
            order by case state when 'new' then 1 else 0 end desc, asked_at desc, receipt desc limit $5"
        );
        let (is_new, asked_at, receipt) = match after {
            Some(place) => (
                i64::from(place.is_new),
                place.asked_at,
                place.receipt.as_str(),
            ),
            None => (2, i64::MAX, ""),
        };
        let receipt = plain(receipt);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(MANY)
                .bind(state.map(IdeaState::code))
                .bind(is_new)
                .bind(asked_at)
                .bind(&*receipt)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(Idea::try_from).collect()
    }

    /// How many ideas wait for an answer. Fails when the database does not answer.
    pub async fn count_new_ideas(&self) -> Result<u64, StoreError> {
        const COUNT: &str = "select count(*) from idea where state = 'new'";
        let count: i64 = on!(&self.db, pool => sqlx::query_scalar(COUNT).fetch_one(pool).await)?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Answers or closes an idea, in place of an earlier answer; the trail tells of it. Returns false, and does nothing,
    /// when it is not there or is not as it was seen. Fails when the database does not answer.
    pub async fn act_on_idea(
        &self,
        act: &IdeaAct<'_>,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const ACT: &str = "update idea set state = $3, answer = $4, answered_by = $5, answered_at = $6, changed_at = $6, \
            changed_by = $7, version = version + 1 where receipt = $1 and version = $2";
        let (text, role, who) = (plain(act.text), plain(act.role), plain(&audit.who));
        change!(
            &self.db,
            sqlx::query(ACT)
                .bind(act.receipt.as_str())
                .bind(act.version)
                .bind(act.state.code())
                .bind(&*text)
                .bind(&*role)
                .bind(audit.at)
                .bind(&*who),
            audit
        )
    }
}

/// A row of the table, in the types that both databases have.
#[derive(sqlx::FromRow)]
struct Row {
    receipt: String,
    conversation: String,
    words: String,
    audiences: String,
    needs: String,
    company: String,
    receiver: String,
    language: String,
    channel: String,
    asked_at: i64,
    state: String,
    answer: Option<String>,
    answered_at: Option<i64>,
    answered_by: Option<String>,
    changed_at: i64,
    changed_by: String,
    version: i64,
}

impl TryFrom<Row> for Idea {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Idea, StoreError> {
        let corrupt = |what: &str, value: &str| {
            StoreError::Corrupt(format!("idea {} has `{value}` for {what}", row.receipt))
        };
        Ok(Idea {
            receipt: Receipt::parse(&row.receipt)
                .ok_or_else(|| corrupt("receipt", &row.receipt))?,
            receiver: EntryId::parse(&row.receiver).map_err(StoreError::Corrupt)?,
            state: IdeaState::from_code(&row.state).ok_or_else(|| corrupt("state", &row.state))?,
            // Codes that only a newer version knows are left out.
            audiences: parts(&row.audiences)
                .filter_map(Audience::from_code)
                .collect(),
            needs: parts(&row.needs).filter_map(Need::from_code).collect(),
            conversation: row.conversation,
            words: row.words,
            company: row.company,
            language: row.language,
            channel: row.channel,
            asked_at: row.asked_at,
            answer: row.answer,
            answered_at: row.answered_at,
            answered_by: row.answered_by,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
            version: row.version,
        })
    }
}

/// Codes with commas between them.
fn joined<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join(",")
}

fn parts(codes: &str) -> impl Iterator<Item = &str> {
    codes.split(',').filter(|code| !code.is_empty())
}
