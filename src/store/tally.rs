//! How much is asked and how it goes, in numbers alone.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::db::{on, plain};
use super::{Store, StoreError};
use crate::knowledge::EntryId;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tallied {
    /// A question was answered with an entry.
    Answered,
    /// It was asked back which of some entries is meant.
    Offered,
    /// A question was taken to an office.
    Routed,
    /// A question had no answer, and no office.
    Unknown,
    /// Small talk was answered.
    SmallTalk,
    /// A step of a guided way in was shown.
    OnPath,
    /// An entry was shown that was chosen, or that stood beside an answer.
    Shown,
    /// Someone said that an entry helped.
    Helpful,
    /// Someone said that it did not.
    Unhelpful,
}

impl Tallied {
    /// All that is counted, in the order of the variants.
    pub const ALL: [Tallied; 9] = [
        Tallied::Answered,
        Tallied::Offered,
        Tallied::Routed,
        Tallied::Unknown,
        Tallied::SmallTalk,
        Tallied::OnPath,
        Tallied::Shown,
        Tallied::Helpful,
        Tallied::Unhelpful,
    ];

    /// Its name in the table.
    pub fn code(self) -> &'static str {
        match self {
            Tallied::Answered => "answered",
            Tallied::Offered => "offered",
            Tallied::Routed => "routed",
            Tallied::Unknown => "unknown",
            Tallied::SmallTalk => "small-talk",
            Tallied::OnPath => "on-path",
            Tallied::Shown => "shown",
            Tallied::Helpful => "helpful",
            Tallied::Unhelpful => "unhelpful",
        }
    }

    /// What has this name; `None` for any other.
    pub fn from_code(code: &str) -> Option<Tallied> {
        Tallied::ALL.into_iter().find(|what| what.code() == code)
    }
}

/// Something that is counted, with all that is known of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// What happened.
    pub what: Tallied,
    /// The code of the language that was asked in.
    pub language: String,
    /// The channel that it came by.
    pub channel: String,
    /// The office that owns what answered, or that was named.
    pub office: Option<EntryId>,
    /// The entry that answered, was shown or was judged.
    pub entry: Option<EntryId>,
}

impl Store {
    /// Adds to the counts of a day, all of them or none. Fails when the database does not answer.
    pub async fn add_tallies(
        &self,
        counts: &BTreeMap<(Date, Occurrence), u64>,
    ) -> Result<(), StoreError> {
        const ADD: &str = "insert into tally (day, happening, language, channel, office, entry, count) \
            values ($1, $2, $3, $4, $5, $6, $7) on conflict (day, happening, language, channel, office, entry) \
            do update set count = tally.count + excluded.count";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            // Two replicas that add the same rows do so in the same order, and so never wait for each other.
            for ((day, tally), count) in counts {
                sqlx::query(ADD)
                    .bind(day.to_string())
                    .bind(tally.what.code())
                    .bind(&*plain(&tally.language))
                    .bind(&*plain(&tally.channel))
                    .bind(tally.office.as_ref().map_or("", EntryId::as_str))
                    .bind(tally.entry.as_ref().map_or("", EntryId::as_str))
                    .bind(i64::try_from(*count).unwrap_or(i64::MAX))
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            Ok(())
        })
    }

    /// What happened from one day to another, both included. Fails when the database does not answer.
    pub async fn tallies(
        &self,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<(Date, Occurrence), u64>, StoreError> {
        const READ: &str = "select day, happening, language, channel, office, entry, count from tally \
            where day >= $1 and day <= $2";
        let (from, to) = (from.to_string(), to.to_string());
        let rows: Vec<Row> = on!(&self.db, pool => {
            sqlx::query_as(READ).bind(&from).bind(&to).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

type Row = (String, String, String, String, String, String, i64);

/// A row of the table; what only a newer version counts is left out.
fn read(
    (day, what, language, channel, office, entry, count): Row,
) -> Option<((Date, Occurrence), u64)> {
    let tally = Occurrence {
        what: Tallied::from_code(&what)?,
        language,
        channel,
        office: EntryId::parse(&office).ok(),
        entry: EntryId::parse(&entry).ok(),
    };
    Some((
        (day.parse().ok()?, tally),
        u64::try_from(count).unwrap_or_default(),
    ))
}

#[cfg(test)]
mod tests {
    use super::Tallied;

    #[test]
    fn codes_are_read_back() {
        let all = Tallied::ALL.into_iter();
        assert!(
            all.clone()
                .all(|what| Tallied::from_code(what.code()) == Some(what))
        );
        assert_eq!(Tallied::from_code("crisis"), None);
    }
}
