//! Who is told outside the console how things stand, when, and where.

use super::audit::change;
use super::db::{on, plain};
use super::{NewAudit, Store, StoreError};
use crate::knowledge::EntryId;

/// How something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Courier {
    /// By mail.
    Mail,
    /// To a channel of Microsoft Teams.
    Teams,
    /// To a channel of Slack.
    Slack,
    /// To a channel of Discord.
    Discord,
    /// To a program, as JSON.
    Json,
}

impl Courier {
    /// Every way, in the order of the variants.
    pub const ALL: [Courier; 5] = [
        Courier::Mail,
        Courier::Teams,
        Courier::Slack,
        Courier::Discord,
        Courier::Json,
    ];

    /// Its name in the table: `mail`, `teams`, `slack`, `discord` or `json`.
    pub fn code(self) -> &'static str {
        match self {
            Courier::Mail => "mail",
            Courier::Teams => "teams",
            Courier::Slack => "slack",
            Courier::Discord => "discord",
            Courier::Json => "json",
        }
    }

    /// The one with this name; `None` for any other.
    pub fn from_code(code: &str) -> Option<Courier> {
        Courier::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// How often a digest is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// Never: only what is told at once.
    Never,
    /// On every day that offices are open.
    Weekdays,
    /// On Mondays.
    Weekly,
}

impl Rhythm {
    /// Every rhythm, in the order of the variants.
    pub const ALL: [Rhythm; 3] = [Rhythm::Never, Rhythm::Weekdays, Rhythm::Weekly];

    /// Its name in the table: `never`, `weekdays` or `weekly`.
    pub fn code(self) -> &'static str {
        match self {
            Rhythm::Never => "never",
            Rhythm::Weekdays => "weekdays",
            Rhythm::Weekly => "weekly",
        }
    }

    /// The one with this name; `None` for any other.
    pub fn from_code(code: &str) -> Option<Rhythm> {
        Rhythm::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// Someone who is told how things stand.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its name, which stays the same.
    pub id: String,
    /// How it is sent.
    pub courier: Courier,
    /// Where: a mail address, or the address of a webhook, which is a secret.
    pub address: String,
    /// What signs it; empty for no signature.
    pub secret: String,
    /// How often a digest is sent.
    pub rhythm: Rhythm,
    /// At which hour, 0 to 23 in the municipality's time zone.
    pub hour: u8,
    /// The office whose questions it is about; `None` for all.
    pub office: Option<EntryId>,
    /// The code of the language.
    pub language: String,
    /// Since when it is told at once of those who want to be called, in milliseconds UTC; 0 for not at all.
    pub calls_since: i64,
    /// When the next digest is due, in milliseconds UTC; 0 for never.
    pub next_at: i64,
    /// Up to when the digests have told, in milliseconds UTC.
    pub told_until: i64,
    /// When staff changed it last, in milliseconds UTC.
    pub changed_at: i64,
    /// Who did.
    pub changed_by: String,
    /// Grows with every act of staff.
    pub version: i64,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Subscription({}, {:?}, ***, {:?})",
            self.id, self.courier, self.rhythm
        )
    }
}

/// A digest that is to be sent once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDigest<'a> {
    /// The day it is the digest of.
    pub day: &'a str,
    /// Up to when it tells, in milliseconds UTC.
    pub until: i64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, courier, address, secret, rhythm, hour, office, language, calls_since, next_at, told_until, \
            changed_at, changed_by, version from subscription ",
            $rest
        )
    };
}

impl Store {
    /// All of them, the oldest name first. Fails when the database does not answer.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        const ALL: &str = select!("order by id");
        let rows: Vec<Row> = on!(&self.db, pool => sqlx::query_as(ALL).fetch_all(pool).await)?;
        rows.into_iter().map(Subscription::try_from).collect()
    }

    /// The one with this name; `None` when there is none. Fails when the database does not answer.
    pub async fn subscription(&self, id: &str) -> Result<Option<Subscription>, StoreError> {
        const ONE: &str = select!("where id = $1");
        let id = plain(id);
        let row: Option<Row> =
            on!(&self.db, pool => sqlx::query_as(ONE).bind(&*id).fetch_optional(pool).await)?;
        row.map(Subscription::try_from).transpose()
    }

    /// Keeps a new one, or changes one that is still as in the version before. Returns false when it is not, or when the name
    /// of a new one is taken. Fails when the database does not answer.
    pub async fn keep_subscription(
        &self,
        kept: &Subscription,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const ADD: &str = "insert into subscription (id, courier, address, secret, rhythm, hour, office, language, \
            calls_since, next_at, told_until, changed_at, changed_by, version) \
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing";
        const CHANGE: &str = "update subscription set courier = $2, address = $3, secret = $4, rhythm = $5, hour = $6, \
            office = $7, language = $8, calls_since = $9, next_at = $10, told_until = $11, changed_at = $12, \
            changed_by = $13, version = $14 where id = $1 and version = $14 - 1";
        let statement = if kept.version == 1 { ADD } else { CHANGE };
        let (id, who) = (plain(&kept.id), plain(&audit.who));
        let (address, secret) = (plain(&kept.address), plain(&kept.secret));
        let language = plain(&kept.language);
        change!(
            &self.db,
            sqlx::query(statement)
                .bind(&*id)
                .bind(kept.courier.code())
                .bind(&*address)
                .bind(&*secret)
                .bind(kept.rhythm.code())
                .bind(i64::from(kept.hour))
                .bind(kept.office.as_ref().map_or("", EntryId::as_str))
                .bind(&*language)
                .bind(kept.calls_since)
                .bind(kept.next_at)
                .bind(kept.told_until)
                .bind(audit.at)
                .bind(&*who)
                .bind(kept.version),
            audit
        )
    }

    /// Deletes one, with what it has sent. Returns whether there was such a one. Fails when the database does not answer.
    pub async fn remove_subscription(
        &self,
        id: &str,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const REMOVE: &str = "delete from subscription where id = $1";
        let id = plain(id);
        let removed = change!(&self.db, sqlx::query(REMOVE).bind(&*id), audit);
        self.db.settle().await;
        removed
    }

    /// Plans the next digest of one that is still planned as `seen`, and has the one that is due sent, unless that of its day
    /// has been before. Returns whether there is one to send: of several that see the same, only one is told so. Times are in
    /// milliseconds, UTC. Fails when the database does not answer.
    pub async fn plan_digest(
        &self,
        seen: &Subscription,
        next_at: i64,
        due: Option<&DueDigest<'_>>,
    ) -> Result<bool, StoreError> {
        const PLAN: &str =
            "update subscription set next_at = $2 where id = $1 and next_at = $3 and version = $4";
        const SEND: &str = "insert into delivery \
            (id, subscription, kind, about, told_from, told_until, created_at, began_at, due_at, changed_at) \
            values ($1, $2, 'digest', $3, $4, $5, $5, $5, $5, $5) on conflict do nothing";
        const TOLD: &str = "update subscription set told_until = $2 where id = $1";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let planned = sqlx::query(PLAN)
                .bind(&seen.id)
                .bind(next_at)
                .bind(seen.next_at)
                .bind(seen.version)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            let (1, Some(due)) = (planned, due) else {
                transaction.commit().await?;
                return Ok(false);
            };
            let is_new = sqlx::query(SEND)
                .bind(format!("{}/digest/{}", seen.id, due.day))
                .bind(&seen.id)
                .bind(due.day)
                .bind(seen.told_until.min(due.until))
                .bind(due.until)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if is_new > 0 {
                sqlx::query(TOLD).bind(&seen.id).bind(due.until).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(is_new > 0)
        })
    }

    /// Has something sent to one at once, to try whether it gets there. Returns false when there is no such one. Fails when
    /// the database does not answer.
    pub async fn send_test(
        &self,
        subscription: &str,
        delivery: &str,
        audit: &NewAudit,
    ) -> Result<bool, StoreError> {
        const TEST: &str = "insert into delivery \
            (id, subscription, kind, about, created_at, began_at, due_at, changed_at) \
            select $2, id, 'test', $2, $3, $3, $3, $3 from subscription where id = $1 on conflict do nothing";
        let (subscription, delivery) = (plain(subscription), plain(delivery));
        change!(
            &self.db,
            sqlx::query(TEST)
                .bind(&*subscription)
                .bind(&*delivery)
                .bind(audit.at),
            audit
        )
    }
}

/// A row of the table.
#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    courier: String,
    address: String,
    secret: String,
    rhythm: String,
    hour: i64,
    office: String,
    language: String,
    calls_since: i64,
    next_at: i64,
    told_until: i64,
    changed_at: i64,
    changed_by: String,
    version: i64,
}

impl TryFrom<Row> for Subscription {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Subscription, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("subscription {}: {what}", row.id));
        Ok(Subscription {
            courier: Courier::from_code(&row.courier)
                .ok_or_else(|| corrupt("it is not known how it is sent"))?,
            rhythm: Rhythm::from_code(&row.rhythm)
                .ok_or_else(|| corrupt("it is not known how often it is sent"))?,
            hour: u8::try_from(row.hour).map_err(|_| corrupt("its hour is none"))?,
            // An office that can no longer be read as a name must not let through what is others'.
            office: match row.office.as_str() {
                "" => None,
                office => Some(EntryId::parse(office).map_err(StoreError::Corrupt)?),
            },
            id: row.id,
            address: row.address,
            secret: row.secret,
            language: row.language,
            calls_since: row.calls_since,
            next_at: row.next_at,
            told_until: row.told_until,
            changed_at: row.changed_at,
            changed_by: row.changed_by,
            version: row.version,
        })
    }
}
