//! Those who want to be called or written to. Beside the wishes the only table with addresses of persons.

use super::audit::change;
use super::db::{on, plain};
use super::{NewAudit, Receipt, Store, StoreError};
use crate::knowledge::{BestTime, EntryId};

/// What kind of address someone has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// A telephone number.
    Phone,
    /// A mail address.
    Email,
}

impl AddressKind {
    /// Its name in the database and in the API.
    pub fn code(self) -> &'static str {
        match self {
            AddressKind::Phone => "phone",
            AddressKind::Email => "email",
        }
    }

    /// The kind with this name.
    pub fn parse(code: &str) -> Option<AddressKind> {
        [AddressKind::Phone, AddressKind::Email]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// How far it has come with someone who wanted to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallBackState {
    /// Nobody has called yet.
    Waiting,
    /// Someone has called or written.
    Handled {
        /// When, in milliseconds UTC.
        at: i64,
    },
    /// Whoever left it has taken it back.
    TakenBack {
        /// When, in milliseconds UTC.
        at: i64,
    },
}

/// Someone who waits for an office to call or write, or who has waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallBack {
    /// Its name, which nobody can guess.
    pub id: String,
    /// What whoever left it can ask about it by; `None` when it was left before there were receipts.
    pub receipt: Option<Receipt>,
    /// The office that is to call.
    pub office: EntryId,
    /// Where to call or write, as it was typed; empty when nobody waits any longer.
    pub address: String,
    /// Which of the two.
    pub kind: AddressKind,
    /// What it is about, masked; empty when nobody waits any longer.
    pub subject: String,
    /// When it suits best.
    pub best_time: BestTime,
    /// The code of the language to speak.
    pub language: String,
    /// The channel it was left in.
    pub channel: String,
    /// The conversation it was left in.
    pub conversation: String,
    /// When it was left, in milliseconds UTC.
    pub asked_at: i64,
    /// By when the office has been promised to call, in milliseconds UTC.
    pub due_at: i64,
    /// Who of the staff has taken it on; `None` when nobody has.
    pub claimed_by: Option<String>,
    /// How far it has come.
    pub state: CallBackState,
}

/// How many wait for an office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallBackCount {
    /// All who wait.
    pub waiting: u64,
    /// Those of them who have waited longer than they were promised.
    pub overdue: u64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, receipt, office, address, kind, subject, best_time, language, channel, conversation, asked_at, \
            due_at, claimed_by, claimed_at, state, withdrawn_at from callback where ",
            $rest
        )
    };
}

impl Store {
    /// Keeps that someone wants to be called, unless so many wait already in their conversation or at the same address, so
    /// that nobody has a stranger called over and over. Returns whether it was kept. Fails when the database does not answer.
    pub async fn add_call_back(&self, new: &CallBack, at_most: u32) -> Result<bool, StoreError> {
        const ADD: &str = "insert into callback \
            (id, office, address, kind, subject, language, channel, conversation, asked_at, due_at, receipt, best_time) \
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $12, $13 \
            where (select count(*) from callback where state = 'waiting' and (conversation = $8 or address = $3)) < $11 \
            on conflict do nothing";
        let added = on!(&self.db, pool => {
            sqlx::query(ADD)
                .bind(&*plain(&new.id))
                .bind(new.office.as_str())
                .bind(&*plain(&new.address))
                .bind(new.kind.code())
                .bind(&*plain(&new.subject))
                .bind(&*plain(&new.language))
                .bind(&*plain(&new.channel))
                .bind(&*plain(&new.conversation))
                .bind(new.asked_at)
                .bind(new.due_at)
                .bind(i64::from(at_most))
                .bind(new.receipt.as_ref().map_or("", Receipt::as_str))
                .bind(new.best_time.code())
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(added > 0)
    }

    /// Those who wait for an office, or for any, whom to call first first; at most `limit`. Fails when the database does not
    /// answer.
    pub async fn call_backs(
        &self,
        office: Option<&EntryId>,
        limit: u32,
    ) -> Result<Vec<CallBack>, StoreError> {
        const QUEUE: &str =
            select!("state = 'waiting' and ($1 = '' or office = $1) order by due_at, id limit $2");
        let office = office.map_or("", EntryId::as_str);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(QUEUE).bind(office).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        rows.into_iter().map(CallBack::try_from).collect()
    }

    /// What waits in a conversation, the oldest first. Fails when the database does not answer.
    pub async fn call_backs_of(&self, conversation: &str) -> Result<Vec<CallBack>, StoreError> {
        const OF: &str = select!("state = 'waiting' and conversation = $1 order by asked_at, id");
        let conversation = plain(conversation);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(OF).bind(&*conversation).fetch_all(pool).await
        })?;
        rows.into_iter().map(CallBack::try_from).collect()
    }

    /// What became of it for the one who has this receipt; `None` when there is none. Fails when the database does not
    /// answer.
    pub async fn call_back(&self, receipt: &Receipt) -> Result<Option<CallBack>, StoreError> {
        const ONE: &str = select!("receipt = $1");
        let row: Option<Row> = on!(&self.db, pool => {
            sqlx::query_as(ONE).bind(receipt.as_str()).fetch_optional(pool).await
        })?;
        row.map(CallBack::try_from).transpose()
    }

    /// The one with this name, when someone still waits. Fails when the database does not answer.
    pub async fn waiting_call_back(&self, id: &str) -> Result<Option<CallBack>, StoreError> {
        const WAITING: &str = select!("state = 'waiting' and id = $1");
        let id = plain(id);
        let row: Option<Row> = on!(&self.db, pool => {
            sqlx::query_as(WAITING).bind(&*id).fetch_optional(pool).await
        })?;
        row.map(CallBack::try_from).transpose()
    }

    /// How many wait for an office, or for any. `now` is in milliseconds, UTC. Fails when the database does not answer.
    pub async fn count_call_backs(
        &self,
        office: Option<&EntryId>,
        now: i64,
    ) -> Result<CallBackCount, StoreError> {
        const COUNT: &str = "select count(*), coalesce(sum(case when due_at < $2 then 1 else 0 end), 0) \
            from callback where state = 'waiting' and ($1 = '' or office = $1)";
        let office = office.map_or("", EntryId::as_str);
        let (waiting, overdue): (i64, i64) = on!(&self.db, pool => {
            sqlx::query_as(COUNT).bind(office).bind(now).fetch_one(pool).await
        })?;
        Ok(CallBackCount {
            waiting: u64::try_from(waiting).unwrap_or_default(),
            overdue: u64::try_from(overdue).unwrap_or_default(),
        })
    }

    /// Takes it upon the one who acts to call, so that two do not. Returns false when another has, or when nobody waits by
    /// that name. Fails when the database does not answer.
    pub async fn claim_call_back(&self, id: &str, audit: &NewAudit) -> Result<bool, StoreError> {
        const CLAIM: &str = "update callback set claimed_by = $2, claimed_at = $3 \
            where id = $1 and state = 'waiting' and claimed_by in ('', $2)";
        self.change_call_back(CLAIM, id, audit).await
    }

    /// The one who acts has called: the address and the subject are deleted, and that it was dealt with stays until its
    /// time is up. Returns false when nobody waits by that name. Fails when the database does not answer.
    pub async fn handle_call_back(&self, id: &str, audit: &NewAudit) -> Result<bool, StoreError> {
        const HANDLE: &str = "update callback \
            set state = 'handled', address = '', subject = '', claimed_by = $2, claimed_at = $3 \
            where id = $1 and state = 'waiting'";
        let handled = self.change_call_back(HANDLE, id, audit).await?;
        self.db.settle().await;
        Ok(handled)
    }

    /// Deletes the address and the subject that someone has left, when it was left in this conversation and nobody has
    /// called yet; that it was taken back stays until its time is up. Returns whether there was such a one. `now` is in
    /// milliseconds, UTC. Fails when the database does not answer.
    pub async fn withdraw_call_back(
        &self,
        id: &str,
        conversation: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        const WITHDRAW: &str = "update callback \
            set state = 'handled', address = '', subject = '', claimed_by = '', withdrawn_at = $3 \
            where id = $1 and conversation = $2 and state = 'waiting'";
        let (id, conversation) = (plain(id), plain(conversation));
        let withdrawn = on!(&self.db, pool => {
            sqlx::query(WITHDRAW)
                .bind(&*id)
                .bind(&*conversation)
                .bind(now)
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        self.db.settle().await;
        Ok(withdrawn > 0)
    }

    async fn change_call_back(
        &self,
        change: &'static str,
        id: &str,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        let (id, who) = (plain(id), plain(&audit.who));
        change!(
            &self.db,
            sqlx::query(change).bind(&*id).bind(&*who).bind(audit.at),
            audit
        )
    }
}

/// A row of the table, in the types that both databases have.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    receipt: String,
    office: String,
    address: String,
    kind: String,
    subject: String,
    best_time: String,
    language: String,
    channel: String,
    conversation: String,
    asked_at: i64,
    due_at: i64,
    claimed_by: String,
    claimed_at: i64,
    state: String,
    withdrawn_at: i64,
}

impl TryFrom<Row> for CallBack {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<CallBack, StoreError> {
        let state = match (row.state.as_str(), row.withdrawn_at) {
            ("waiting", _) => CallBackState::Waiting,
            (_, 0) => CallBackState::Handled { at: row.claimed_at },
            (_, at) => CallBackState::TakenBack { at },
        };
        Ok(CallBack {
            receipt: Receipt::parse(&row.receipt),
            office: EntryId::parse(&row.office).map_err(StoreError::Corrupt)?,
            kind: AddressKind::parse(&row.kind).ok_or_else(|| {
                StoreError::Corrupt(format!("{} is no kind of address", row.kind))
            })?,
            // One that only a newer version knows means any time.
            best_time: BestTime::from_code(&row.best_time).unwrap_or(BestTime::Anytime),
            id: row.id,
            address: row.address,
            subject: row.subject,
            language: row.language,
            channel: row.channel,
            conversation: row.conversation,
            asked_at: row.asked_at,
            due_at: row.due_at,
            claimed_by: Some(row.claimed_by).filter(|who| !who.is_empty()),
            state,
        })
    }
}
