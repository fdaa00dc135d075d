//! Each time that someone is told outside the console: to be sent, sent, or given up.

use super::audit::change;
use super::db::{on, plain};
use super::{NewAudit, Store, StoreError};

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryKind {
    /// How things stand.
    Digest,
    /// That someone wants to be called.
    Call,
    /// Nothing: it is tried whether it gets there.
    Test,
}

impl DeliveryKind {
    /// Its name in the table: `digest`, `call` or `test`.
    pub fn code(self) -> &'static str {
        match self {
            DeliveryKind::Digest => "digest",
            DeliveryKind::Call => "call",
            DeliveryKind::Test => "test",
        }
    }

    fn from_code(code: &str) -> Option<DeliveryKind> {
        [DeliveryKind::Digest, DeliveryKind::Call, DeliveryKind::Test]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is to be sent.
    Waiting,
    /// The other side has taken it.
    Sent,
    /// There was nothing to tell.
    Quiet,
    /// It is not tried any more.
    Failed,
}

impl DeliveryState {
    /// Its name in the table: `waiting`, `sent`, `quiet` or `failed`.
    pub fn code(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Sent => "sent",
            DeliveryState::Quiet => "quiet",
            DeliveryState::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> Option<DeliveryState> {
        [
            DeliveryState::Waiting,
            DeliveryState::Sent,
            DeliveryState::Quiet,
            DeliveryState::Failed,
        ]
        .into_iter()
        .find(|state| state.code() == code)
    }
}

/// Something that is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its name, which stays the same however often it is tried.
    pub id: String,
    /// The subscription that it is for.
    pub subscription: String,
    /// What is told.
    pub kind: DeliveryKind,
    /// The day of a digest; the one who wants to be called.
    pub about: String,
    /// From when a digest tells, in milliseconds UTC.
    pub told_from: i64,
    /// Up to when.
    pub told_until: i64,
    /// How far it has come.
    pub state: DeliveryState,
    /// How often it has been tried.
    pub attempts: u32,
    /// When it was to be sent first, in milliseconds UTC.
    pub created_at: i64,
    /// Since when it is tried.
    pub began_at: i64,
    /// When it is tried next.
    pub due_at: i64,
    /// When something last became of it.
    pub changed_at: i64,
    /// The code of why it did not get there last; empty when nothing went wrong.
    pub why: String,
    /// What the other side answered with.
    pub detail: String,
}

/// What became of trying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// How far it has come.
    pub state: DeliveryState,
    /// When it is tried next, in milliseconds UTC, if it is.
    pub due_at: i64,
    /// The code of why it did not get there; empty when it did.
    pub why: String,
    /// What the other side answered with.
    pub detail: String,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, subscription, kind, about, told_from, told_until, state, attempts, created_at, began_at, due_at, \
            changed_at, why, detail from delivery ",
            $rest
        )
    };
}

impl Store {
    /// Has those told who are told at once of those who want to be called: of each who waits and has asked at `since` or
    /// later, once. How many deliveries that makes. Times are in milliseconds, UTC. Fails when the database does not answer.
    pub async fn announce_calls(&self, since: i64, now: i64) -> Result<u64, StoreError> {
        const ANNOUNCE: &str = "insert into delivery \
            (id, subscription, kind, about, created_at, began_at, due_at, changed_at) \
            select s.id || '/call/' || c.id, s.id, 'call', c.id, $2, $2, $2, $2 \
            from callback c join subscription s on s.office = '' or s.office = c.office \
            where c.state = 'waiting' and c.asked_at >= $1 and s.calls_since > 0 and c.asked_at >= s.calls_since \
            and not exists (select 1 from delivery d where d.subscription = s.id and d.kind = 'call' and d.about = c.id) \
            on conflict do nothing";
        let announced = on!(&self.db, pool => {
            sqlx::query(ANNOUNCE).bind(since).bind(now).execute(pool).await.map(|done| done.rows_affected())
        })?;
        Ok(announced)
    }

    /// What is to be sent and nobody is about to send, what is due longest first; at most `limit`. What is due later than
    /// `never` was put off by a clock that was wrong. Times are in milliseconds, UTC. Fails when the database does not answer.
    pub async fn due_deliveries(
        &self,
        now: i64,
        never: i64,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        const DUE: &str = select!(
            "where state = 'waiting' and (due_at <= $1 or due_at > $2) and (claimed_until <= $1 or claimed_until > $2) \
            order by due_at, id limit $3"
        );
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(DUE).bind(now).bind(never).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        rows.into_iter().map(Delivery::try_from).collect()
    }

    /// Takes it upon the caller to send something until a time, when it has been tried as often as was seen. Returns false
    /// when another has. Fails when the database does not answer.
    pub async fn claim_delivery(&self, seen: &Delivery, until: i64) -> Result<bool, StoreError> {
        const CLAIM: &str = "update delivery set claimed_until = $3, attempts = attempts + 1 \
            where id = $1 and state = 'waiting' and attempts = $2 and due_at = $4";
        let claimed = on!(&self.db, pool => {
            sqlx::query(CLAIM)
                .bind(&seen.id)
                .bind(i64::from(seen.attempts))
                .bind(until)
                .bind(seen.due_at)
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(claimed > 0)
    }

    /// Notes what became of something that the caller has tried to send. `now` is in milliseconds, UTC. Fails when the
    /// database does not answer.
    pub async fn delivery_tried(
        &self,
        id: &str,
        tried: &Tried,
        now: i64,
    ) -> Result<(), StoreError> {
        const TRIED: &str = "update delivery set state = $2, due_at = $3, why = $4, detail = $5, changed_at = $6, \
            claimed_until = 0 where id = $1 and state = 'waiting'";
        let (id, why, detail) = (plain(id), plain(&tried.why), plain(&tried.detail));
        on!(&self.db, pool => {
            sqlx::query(TRIED)
                .bind(&*id)
                .bind(tried.state.code())
                .bind(tried.due_at)
                .bind(&*why)
                .bind(&*detail)
                .bind(now)
                .execute(pool)
                .await
                .map(|_| ())
        })?;
        Ok(())
    }

    /// Has something tried again at once that was given up, or that waits for its next turn. Returns false when there is no
    /// such thing. Fails when the database does not answer.
    pub async fn send_again(&self, id: &str, audit: &NewAudit) -> Result<bool, StoreError> {
        const AGAIN: &str = "update delivery set state = 'waiting', attempts = 0, due_at = $2, began_at = $2, \
            changed_at = $2, claimed_until = 0 where id = $1 and (state = 'failed' or (state = 'waiting' and why <> '' \
            and claimed_until <= $2))";
        let id = plain(id);
        change!(
            &self.db,
            sqlx::query(AGAIN).bind(&*id).bind(audit.at),
            audit
        )
    }

    /// The one with this name; `None` when there is none. Fails when the database does not answer.
    pub async fn delivery(&self, id: &str) -> Result<Option<Delivery>, StoreError> {
        const ONE: &str = select!("where id = $1");
        let id = plain(id);
        let row: Option<Row> =
            on!(&self.db, pool => sqlx::query_as(ONE).bind(&*id).fetch_optional(pool).await)?;
        row.map(Delivery::try_from).transpose()
    }

    /// What one subscription has sent, or all have when it is empty, the latest first; at most `limit`. Fails when the
    /// database does not answer.
    pub async fn deliveries(
        &self,
        subscription: &str,
        limit: u32,
    ) -> Result<Vec<Delivery>, StoreError> {
        const ALL: &str =
            select!("where $1 = '' or subscription = $1 order by created_at desc, id limit $2");
        let subscription = plain(subscription);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(ALL).bind(&*subscription).bind(i64::from(limit)).fetch_all(pool).await
        })?;
        rows.into_iter().map(Delivery::try_from).collect()
    }
}

/// A row of the table.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    subscription: String,
    kind: String,
    about: String,
    told_from: i64,
    told_until: i64,
    state: String,
    attempts: i64,
    created_at: i64,
    began_at: i64,
    due_at: i64,
    changed_at: i64,
    why: String,
    detail: String,
}

impl TryFrom<Row> for Delivery {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Delivery, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("`{what}` of delivery {}", row.id));
        Ok(Delivery {
            kind: DeliveryKind::from_code(&row.kind).ok_or_else(|| corrupt(&row.kind))?,
            state: DeliveryState::from_code(&row.state).ok_or_else(|| corrupt(&row.state))?,
            attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
            id: row.id,
            subscription: row.subscription,
            about: row.about,
            told_from: row.told_from,
            told_until: row.told_until,
            created_at: row.created_at,
            began_at: row.began_at,
            due_at: row.due_at,
            changed_at: row.changed_at,
            why: row.why,
            detail: row.detail,
        })
    }
}
