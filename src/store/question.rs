//! The log: every question that the knowledge base did not answer, and what staff have done about it.

use crate::knowledge::EntryId;

use super::cluster::{TURN, mark};
use super::db::{on, plain};
use super::writing::Written;
use super::{Complaint, Filter, Reason, Receipt, State, Store, StoreError};

/// A question to be logged. Its wording must have been masked.
#[derive(Clone, Debug, PartialEq)]
pub struct NewQuestion {
    /// What whoever asked can ask about it by.
    pub receipt: Receipt,
    /// The conversation it belongs to.
    pub conversation: String,
    /// What was asked, masked.
    pub wording: String,
    /// The code of the language it was asked in, which need not be one that answers are written in.
    pub language: String,
    /// The channel it came through.
    pub channel: String,
    /// Why it is logged.
    pub reason: Reason,
    /// The office that was named, if one was.
    pub office: Option<EntryId>,
    /// The entries that came closest and the confidence in each, the closest first.
    pub nearest: Vec<(EntryId, f32)>,
    /// When it was asked, in milliseconds UTC.
    pub asked_at: i64,
    /// What it has in common with questions that ask the same; empty when it stands for itself.
    pub grouping: String,
    /// Why the answer did not help, when that was said.
    pub complaint: Option<Complaint>,
    /// What was said beside that, masked; empty when nothing was.
    pub remark: String,
}

/// A question in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What whoever asked can ask about it by.
    pub receipt: Receipt,
    /// The conversation it belongs to.
    pub conversation: String,
    /// What was asked, masked.
    pub wording: String,
    /// The code of the language it was asked in.
    pub language: String,
    /// The channel it came through.
    pub channel: String,
    /// Why it was logged.
    pub reason: Reason,
    /// The office that has it, if one does.
    pub office: Option<EntryId>,
    /// The entries that came closest and the confidence in each, the closest first.
    pub nearest: Vec<(EntryId, f32)>,
    /// When it was asked, in milliseconds UTC.
    pub asked_at: i64,
    /// Why the answer did not help, when that was said.
    pub complaint: Option<Complaint>,
    /// What was said beside that, masked; empty when nothing was.
    pub remark: String,
    /// How far staff have come with it.
    pub state: State,
    /// What staff have answered.
    pub answer: Option<String>,
    /// When they did, in milliseconds UTC.
    pub answered_at: Option<i64>,
    /// The role that did; never a person.
    pub answered_by: Option<String>,
    /// When it was asked or staff last changed it, whichever is later, in milliseconds UTC.
    pub changed_at: i64,
    /// The cluster it was put into.
    pub cluster: Option<String>,
    /// The entry that answers it now.
    pub entry: Option<EntryId>,
}

impl Question {
    /// What to set [`Filter::before`](super::Filter::before) to for the questions that come after this one in the list.
    pub fn place(&self) -> (i64, String) {
        (self.asked_at, self.receipt.to_string())
    }
}

/// The text of a statement that reads whole questions.
macro_rules! select {
    ($which:literal) => {
        concat!(
            "select receipt, conversation, wording, language, channel, reason, office, nearest, asked_at, ",
            "state, answer, answered_at, answered_by, changed_at, complaint, remark, cluster, entry from question ",
            $which
        )
    };
}

impl Store {
    /// Logs a question. It is on disk when this returns, so that its receipt can be shown.
    ///
    /// Recording a receipt again for the same conversation changes nothing and succeeds: after a failure, the caller may
    /// try again without knowing whether the first attempt got through. Fails with [`StoreError::Duplicate`] when the
    /// receipt belongs to another conversation's question, and with [`StoreError::Unavailable`] when the database does
    /// not answer.
    pub async fn record(&self, question: &NewQuestion) -> Result<(), StoreError> {
        const WHOSE: &str = "select conversation from question where receipt = $1";
        let receipt = question.receipt.as_str();
        let conversation = plain(&question.conversation);
        let written = self.write(Written::Question(question.clone())).await?;
        if written == 1 {
            return Ok(());
        }
        let owner: Option<String> = on!(&self.db, pool => sqlx::query_scalar(WHOSE).bind(receipt).fetch_optional(pool).await)?;
        // Without an owner, the question that was in the way has been erased since; another receipt is as good.
        if owner.as_deref() == Some(&*conversation) {
            Ok(())
        } else {
            Err(StoreError::Duplicate)
        }
    }

    /// The question with this receipt; `None` when there is none. Fails when the database does not answer, and with
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub async fn question(&self, receipt: &Receipt) -> Result<Option<Question>, StoreError> {
        const ONE: &str = select!("where receipt = $1");
        let row: Option<Row> = on!(&self.db, pool => sqlx::query_as(ONE).bind(receipt.as_str()).fetch_optional(pool).await)?;
        row.map(Question::try_from).transpose()
    }

    /// The questions that the filter lets through, the latest asked first. Fails as [`Store::question`] does.
    pub async fn questions(&self, filter: &Filter) -> Result<Vec<Question>, StoreError> {
        const MANY: &str = select!(
            "where ($1 is null or state = $1) and ($2 is null or office = $2) and ($3 is null or language = $3) \
            and asked_at >= $4 and (asked_at, receipt) < ($5, $6) and asked_at < $8 and ($9 is null or channel = $9) \
            order by asked_at desc, receipt desc limit $7"
        );
        let language = filter.language.as_deref().map(plain);
        let channel = filter.channel.as_deref().map(plain);
        let (time, receipt) = filter
            .before
            .as_ref()
            .map_or((i64::MAX, ""), |(t, r)| (*t, r));
        let receipt = plain(receipt);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(MANY)
                .bind(filter.state.map(State::code))
                .bind(filter.office.as_ref().map(EntryId::as_str))
                .bind(language.as_deref())
                .bind(filter.since.unwrap_or(i64::MIN))
                .bind(time)
                .bind(&*receipt)
                .bind(i64::from(filter.limit))
                .bind(filter.until.unwrap_or(i64::MAX))
                .bind(channel.as_deref())
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(Question::try_from).collect()
    }

    /// The questions of a cluster, the latest asked first, at most `limit`; `after` is the place of the last of the page
    /// before. Fails as [`Store::question`] does.
    pub async fn questions_of(
        &self,
        cluster: &str,
        after: Option<(i64, String)>,
        limit: u32,
    ) -> Result<Vec<Question>, StoreError> {
        const OF: &str = select!(
            "where cluster = $1 and (asked_at, receipt) < ($2, $3) order by asked_at desc, receipt desc limit $4"
        );
        let (time, receipt) = after.unwrap_or((i64::MAX, String::new()));
        let (cluster, receipt) = (plain(cluster), plain(&receipt));
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(OF)
                .bind(&*cluster)
                .bind(time)
                .bind(&*receipt)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(Question::try_from).collect()
    }

    /// How many questions are in each state: every state, also those that none is in, in the order of [`State::ALL`].
    /// Fails when the database does not answer.
    pub async fn count_by_state(&self) -> Result<Vec<(State, i64)>, StoreError> {
        const COUNT: &str = "select state, count(*) from question group by state";
        let rows: Vec<(String, i64)> =
            on!(&self.db, pool => sqlx::query_as(COUNT).fetch_all(pool).await)?;
        let count = |state: State| {
            rows.iter()
                .find(|(code, _)| code == state.code())
                .map_or(0, |(_, n)| *n)
        };
        Ok(State::ALL
            .into_iter()
            .map(|state| (state, count(state)))
            .collect())
    }

    /// Answers a question, in place of an earlier answer, and makes it [`State::Answered`]; `by` is a role and `now` is
    /// in milliseconds, UTC. Returns false when there is no such question. Fails when the database does not answer.
    pub async fn answer(
        &self,
        receipt: &Receipt,
        text: &str,
        by: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        const ANSWER: &str = "update question set state = 'answered', answer = $2, answered_by = $3, answered_at = $4, \
            changed_at = $4, entry = null where receipt = $1";
        let (text, by) = (plain(text), plain(by));
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            sqlx::query(STALE).bind(receipt.as_str()).execute(&mut *transaction).await?;
            let changed = sqlx::query(ANSWER)
                .bind(receipt.as_str())
                .bind(&*text)
                .bind(&*by)
                .bind(now)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            transaction.commit().await?;
            Ok(changed > 0)
        })
    }

    /// Moves a question to a state and, when one is given, to an office; without one it stays where it is. `now` is in
    /// milliseconds, UTC. Returns false when there is no such question. Fails when the database does not answer.
    pub async fn set_state(
        &self,
        receipt: &Receipt,
        state: State,
        office: Option<&EntryId>,
        now: i64,
    ) -> Result<bool, StoreError> {
        const MOVE: &str = "update question set state = $2, office = coalesce($3, office), changed_at = $4 \
            where receipt = $1";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            sqlx::query(STALE).bind(receipt.as_str()).execute(&mut *transaction).await?;
            let changed = sqlx::query(MOVE)
                .bind(receipt.as_str())
                .bind(state.code())
                .bind(office.map(EntryId::as_str))
                .bind(now)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            transaction.commit().await?;
            Ok(changed > 0)
        })
    }
}

/// The cluster of a question that was dealt with by itself is looked at anew.
const STALE: &str = mark!("receipt = $1");

/// A row of the table, in the types that both databases have.
#[derive(sqlx::FromRow)]
struct Row {
    receipt: String,
    conversation: String,
    wording: String,
    language: String,
    channel: String,
    reason: String,
    office: Option<String>,
    nearest: String,
    asked_at: i64,
    state: String,
    answer: Option<String>,
    answered_at: Option<i64>,
    answered_by: Option<String>,
    changed_at: i64,
    complaint: Option<String>,
    remark: String,
    cluster: String,
    entry: Option<String>,
}

impl TryFrom<Row> for Question {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |what: &str, value: &str| {
            StoreError::Corrupt(format!("question {} has `{value}` for {what}", row.receipt))
        };
        Ok(Question {
            receipt: Receipt::parse(&row.receipt)
                .ok_or_else(|| corrupt("receipt", &row.receipt))?,
            reason: Reason::from_code(&row.reason).ok_or_else(|| corrupt("reason", &row.reason))?,
            state: State::from_code(&row.state).ok_or_else(|| corrupt("state", &row.state))?,
            nearest: nearest_from_json(&row.nearest)
                .ok_or_else(|| corrupt("nearest", &row.nearest))?,
            // An office whose id can no longer be read leaves the question without one, not the list unreadable.
            office: row.office.and_then(|office| EntryId::parse(&office).ok()),
            entry: row.entry.and_then(|entry| EntryId::parse(&entry).ok()),
            cluster: Some(row.cluster).filter(|c| !c.is_empty()),
            conversation: row.conversation,
            wording: row.wording,
            language: row.language,
            channel: row.channel,
            asked_at: row.asked_at,
            // One that only a newer version knows is left out.
            complaint: row.complaint.as_deref().and_then(Complaint::parse),
            remark: row.remark,
            answer: row.answer,
            answered_at: row.answered_at,
            answered_by: row.answered_by,
            changed_at: row.changed_at,
        })
    }
}

/// Entries and confidences as `[["grants/aktivitetsstod",0.41],…]`. A confidence that is no number counts as 0.
pub(super) fn nearest_json(nearest: &[(EntryId, f32)]) -> String {
    let pairs = nearest.iter().map(|(id, confidence)| {
        let confidence = if confidence.is_finite() {
            *confidence
        } else {
            0.0
        };
        serde_json::json!([id.as_str(), confidence])
    });
    serde_json::Value::Array(pairs.collect()).to_string()
}

/// What [`nearest_json`] wrote, without the entries whose ids can no longer be read; `None` when it is something else.
fn nearest_from_json(json: &str) -> Option<Vec<(EntryId, f32)>> {
    let pairs: Vec<(String, f32)> = serde_json::from_str(json).ok()?;
    Some(
        pairs
            .into_iter()
            .filter_map(|(id, confidence)| Some((EntryId::parse(&id).ok()?, confidence)))
            .collect(),
    )
}

/// The first entry of what [`nearest_json`] wrote; `None` when there is none that can be read.
pub(super) fn first_nearest(json: &str) -> Option<EntryId> {
    nearest_from_json(json)?
        .into_iter()
        .next()
        .map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_survives_odd_confidences_and_lost_entries() {
        let id = EntryId::parse("grants/aktivitetsstod").unwrap();
        let written = nearest_json(&[(id.clone(), 0.412_345_67), (id.clone(), f32::NAN)]);
        assert_eq!(
            nearest_from_json(&written),
            Some(vec![(id.clone(), 0.412_345_67), (id.clone(), 0.0)])
        );
        let lost = r#"[["castles/gone",0.9],["grants/aktivitetsstod",0.5]]"#;
        assert_eq!(nearest_from_json(lost), Some(vec![(id, 0.5)]));
        assert_eq!(nearest_from_json("{}"), None);
    }
}
