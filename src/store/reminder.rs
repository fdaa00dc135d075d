//! Those who want to be reminded of a last day. Beside the wishes and the call backs the only table with addresses of persons.

use jiff::civil::Date;

use super::db::{on, plain};
use super::{Store, StoreError};
use crate::knowledge::EntryId;

/// What [`Reminder::told`] is before anyone has been reminded: more than any number of days.
pub const NOT_TOLD: u16 = 1_000;

/// Where someone wants to be reminded of the last day of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The channel to remind by.
    pub channel: String,
    /// Where, in that channel's own terms.
    pub address: String,
    /// The entry.
    pub entry: EntryId,
    /// Its last day, as it was known last.
    pub day: Date,
    /// The code of the language to remind in.
    pub language: String,
    /// How many days before the last day the last reminder was for; [`NOT_TOLD`] before there was one.
    pub told: u16,
}

type Row = (String, String, String, String, i64);

impl Store {
    /// Keeps a reminder, unless so many are kept at its address already. One of the same entry is replaced. `today` is the
    /// day from which it is looked at again the day after; `now` is in milliseconds, UTC. Returns whether it was kept. Fails
    /// when the database does not answer.
    pub async fn remind(
        &self,
        reminder: &Reminder,
        today: Date,
        at_most: u32,
        now: i64,
    ) -> Result<bool, StoreError> {
        const REMIND: &str = "insert into reminder (channel, address, entry, day, language, told, looked_on, asked_at) \
            select $1, $2, $3, $4, $5, $6, $7, $8 \
            where (select count(*) from reminder where channel = $1 and address = $2 and entry <> $3) < $9 \
            on conflict (channel, address, entry) do update \
            set day = excluded.day, language = excluded.language, told = excluded.told, looked_on = excluded.looked_on";
        let kept = on!(&self.db, pool => {
            sqlx::query(REMIND)
                .bind(&*plain(&reminder.channel))
                .bind(&*plain(&reminder.address))
                .bind(reminder.entry.as_str())
                .bind(reminder.day.to_string())
                .bind(&*plain(&reminder.language))
                .bind(i64::from(reminder.told))
                .bind(today.to_string())
                .bind(now)
                .bind(i64::from(at_most))
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(kept > 0)
    }

    /// What an address is reminded of, the nearest day first. Fails when the database does not answer.
    pub async fn reminders(
        &self,
        channel: &str,
        address: &str,
    ) -> Result<Vec<Reminder>, StoreError> {
        const OF: &str = "select address, entry, day, language, told from reminder \
            where channel = $1 and address = $2 order by day, entry";
        let (channel, address) = (plain(channel), plain(address));
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(OF).bind(&*channel).bind(&*address).fetch_all(pool).await
        })?;
        rows.into_iter().map(|row| read(&channel, row)).collect()
    }

    /// What of a channel has not been looked at on this day, the nearest last day first, except what someone is looking at;
    /// at most `limit`. `now` is in milliseconds, UTC. Fails when the database does not answer.
    pub async fn reminders_to_look_at(
        &self,
        channel: &str,
        today: Date,
        limit: u32,
        now: i64,
    ) -> Result<Vec<Reminder>, StoreError> {
        const TO_LOOK_AT: &str = "select address, entry, day, language, told from reminder \
            where channel = $1 and looked_on <> $2 and not claimed_until between $3 and $3 + 86400000 \
            order by day, address, entry limit $4";
        let channel = plain(channel);
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(TO_LOOK_AT)
                .bind(&*channel)
                .bind(today.to_string())
                .bind(now)
                .bind(i64::from(limit))
                .fetch_all(pool)
                .await
        })?;
        rows.into_iter().map(|row| read(&channel, row)).collect()
    }

    /// Takes it upon the caller to look at a reminder on a day, until a time in milliseconds UTC. Returns false when another
    /// has, or when it is gone. Fails when the database does not answer.
    pub async fn claim_reminder(
        &self,
        reminder: &Reminder,
        today: Date,
        now: i64,
        until: i64,
    ) -> Result<bool, StoreError> {
        const CLAIM: &str = "update reminder set claimed_until = $6 \
            where channel = $1 and address = $2 and entry = $3 and looked_on <> $4 \
            and not claimed_until between $5 and $5 + 86400000";
        let claimed = on!(&self.db, pool => {
            sqlx::query(CLAIM)
                .bind(&*plain(&reminder.channel))
                .bind(&*plain(&reminder.address))
                .bind(reminder.entry.as_str())
                .bind(today.to_string())
                .bind(now)
                .bind(until)
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(claimed > 0)
    }

    /// Keeps what a reminder has become on a day, on which it is not looked at again. One that is gone stays so. Fails when
    /// the database does not answer.
    pub async fn looked_at_reminder(
        &self,
        reminder: &Reminder,
        today: Date,
    ) -> Result<(), StoreError> {
        const LOOKED_AT: &str = "update reminder set day = $4, told = $5, looked_on = $6, claimed_until = 0 \
            where channel = $1 and address = $2 and entry = $3";
        Ok(on!(&self.db, pool => {
            sqlx::query(LOOKED_AT)
                .bind(&*plain(&reminder.channel))
                .bind(&*plain(&reminder.address))
                .bind(reminder.entry.as_str())
                .bind(reminder.day.to_string())
                .bind(i64::from(reminder.told))
                .bind(today.to_string())
                .execute(pool)
                .await
                .map(|_| ())
        })?)
    }

    /// Deletes what an address is reminded of an entry. Returns whether there was such a reminder. Fails when the database
    /// does not answer.
    pub async fn forget_reminder(
        &self,
        channel: &str,
        address: &str,
        entry: &EntryId,
    ) -> Result<bool, StoreError> {
        const FORGET: &str =
            "delete from reminder where channel = $1 and address = $2 and entry = $3";
        let (channel, address) = (plain(channel), plain(address));
        let gone = on!(&self.db, pool => {
            sqlx::query(FORGET)
                .bind(&*channel)
                .bind(&*address)
                .bind(entry.as_str())
                .execute(pool)
                .await
                .map(|done| done.rows_affected())
        })?;
        self.db.settle().await;
        Ok(gone > 0)
    }
}

fn read(channel: &str, (address, entry, day, language, told): Row) -> Result<Reminder, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("a reminder has {what}"));
    Ok(Reminder {
        channel: channel.to_owned(),
        address,
        entry: EntryId::parse(&entry).map_err(|_| corrupt("no entry"))?,
        day: day.parse().map_err(|_| corrupt("no day"))?,
        language,
        told: u16::try_from(told).unwrap_or(NOT_TOLD),
    })
}
