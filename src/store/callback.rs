//! Those who want to be called or written to. Beside the wishes the only table with addresses of persons.

use super::audit::append;
use super::db::{on, plain};
use super::{NewAudit, Store, StoreError};
use crate::knowledge::EntryId;

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

/// Someone who waits for an office to call or write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallBack {
    /// Its name, which nobody can guess.
    pub id: String,
    /// The office that is to call.
    pub office: EntryId,
    /// Where to call or write, as it was typed.
    pub address: String,
    /// Which of the two.
    pub kind: AddressKind,
    /// What it is about, masked.
    pub subject: String,
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
}

/// How many wait for an office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallBackCount {
    /// All who wait.
    pub waiting: u64,
    /// Those of them who have waited longer than they were promised.
    pub overdue: u64,
}

type Row = (
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
    String,
);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, office, address, kind, subject, language, channel, conversation, asked_at, due_at, claimed_by \
            from callback where state = 'waiting' and ",
            $rest
        )
    };
}

impl Store {
    /// Keeps that someone wants to be called, unless so many wait already in their conversation or at the same address, so
    /// that nobody has a stranger called over and over. Returns whether it was kept. Fails when the database does not answer.
    pub async fn add_call_back(&self, new: &CallBack, at_most: u32) -> Result<bool, StoreError> {
        const ADD: &str = "insert into callback \
            (id, office, address, kind, subject, language, channel, conversation, asked_at, due_at) \
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 \
            where (select count(*) from callback where state = 'waiting' and (conversation = $8 or address = $3)) < $11 \
            on conflict (id) do nothing";
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
        const QUEUE: &str = select!("($1 = '' or office = $1) order by due_at, id limit $2");
        let office = office.map_or("", EntryId::as_str);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(QUEUE).bind(office).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        rows.into_iter().map(read).collect()
    }

    /// What waits in a conversation, the oldest first. Fails when the database does not answer.
    pub async fn call_backs_of(&self, conversation: &str) -> Result<Vec<CallBack>, StoreError> {
        const OF: &str = select!("conversation = $1 order by asked_at, id");
        let conversation = plain(conversation);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(OF).bind(&*conversation).fetch_all(pool).await
        })?;
        rows.into_iter().map(read).collect()
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

    /// The one who acts has called: the address is deleted, and that it was dealt with stays until its time is up. Returns
    /// false when nobody waits by that name. Fails when the database does not answer.
    pub async fn handle_call_back(&self, id: &str, audit: &NewAudit) -> Result<bool, StoreError> {
        const HANDLE: &str = "update callback \
            set state = 'handled', address = '', claimed_by = $2, claimed_at = $3 where id = $1 and state = 'waiting'";
        let handled = self.change_call_back(HANDLE, id, audit).await?;
        self.db.settle().await;
        Ok(handled)
    }

    /// Deletes what someone has left, when it was left in this conversation and nobody has called yet. Returns whether there
    /// was such a one. Fails when the database does not answer.
    pub async fn withdraw_call_back(
        &self,
        id: &str,
        conversation: &str,
    ) -> Result<bool, StoreError> {
        const WITHDRAW: &str =
            "delete from callback where id = $1 and conversation = $2 and state = 'waiting'";
        let (id, conversation) = (plain(id), plain(conversation));
        let withdrawn = on!(&self.db, pool => {
            sqlx::query(WITHDRAW)
                .bind(&*id)
                .bind(&*conversation)
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
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let changed = sqlx::query(change)
                .bind(&*id)
                .bind(&*who)
                .bind(audit.at)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if changed == 0 {
                return Ok(false);
            }
            append!(transaction, audit)?;
            transaction.commit().await?;
            Ok(true)
        })
    }
}

fn read(row: Row) -> Result<CallBack, StoreError> {
    let (
        id,
        office,
        address,
        kind,
        subject,
        language,
        channel,
        conversation,
        asked_at,
        due_at,
        claimed_by,
    ) = row;
    Ok(CallBack {
        office: EntryId::parse(&office).map_err(StoreError::Corrupt)?,
        kind: AddressKind::parse(&kind)
            .ok_or_else(|| StoreError::Corrupt(format!("{kind} is no kind of address")))?,
        id,
        address,
        subject,
        language,
        channel,
        conversation,
        asked_at,
        due_at,
        claimed_by: Some(claimed_by).filter(|who| !who.is_empty()),
    })
}
