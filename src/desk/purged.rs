//! The record of what has been deleted, for a period: by which rule, how much, by what time limit and decision, when and
//! in which run. Never what it said.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::Desk;
use super::staff::{Staff, StaffError};
use crate::store::{PurgeLine, Role, StoreError};

/// More lines than this are not read at once: some ten years of them.
const MOST: u32 = 200_000;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// What the rules begin with that stand for what people have had erased.
const ERASED: &str = "erased-";

/// A time from one day to another, both with, where the municipality is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What has been deleted in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Each deletion, the latest first.
    pub rows: Vec<PurgedRow>,
    /// How much each rule has deleted, by the name of the rule.
    pub totals: Vec<(String, u64)>,
    /// How often the rules were applied, whether that deleted anything or not.
    pub runs: u64,
}

/// What one run has deleted by one rule, or what someone has had erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurgedRow {
    /// The name of the rule, such as `questions-new`; `erased-…` for what someone has had erased.
    pub rule: String,
    /// How much.
    pub count: u64,
    /// How many days had passed since it last changed, at least; `None` for what someone has had erased.
    pub days: Option<i64>,
    /// When, in milliseconds UTC.
    pub at: i64,
    /// The run.
    pub run: String,
    /// The decision that it rests on, as it was stated then; empty when none was.
    pub decision: String,
}

impl Period {
    /// The month that a day is in, until that day.
    pub fn month_until(day: Date) -> Period {
        Period {
            from: day.first_of_month(),
            to: day,
        }
    }
}

impl Desk {
    /// What has been deleted in a period. Fails when the database is away.
    pub async fn purged(&self, by: &Staff, period: Period) -> Result<Purged, StaffError> {
        by.require(Role::Reader)?;
        let after = period.to.tomorrow().unwrap_or(Date::MAX);
        let between = (self.begin_of(period.from), self.begin_of(after));
        let lines = self.open_store()?.purge_record(between, MOST).await?;
        Ok(Purged::of(lines))
    }

    /// What has been deleted, as comma-separated values that a spreadsheet takes: times where the municipality is.
    pub fn purged_csv(&self, purged: &Purged) -> Result<String, StoreError> {
        let mut out = csv::Writer::from_writer(Vec::new());
        let written = (|| {
            out.write_record(["time", "rule", "deleted", "days", "decision", "run"])?;
            for row in &purged.rows {
                let days = row.days.map_or(String::new(), |days| days.to_string());
                out.write_record([
                    &self.local_minute(row.at),
                    &row.rule,
                    &row.count.to_string(),
                    &days,
                    &super::sheets::no_formula(&row.decision),
                    &row.run,
                ])?;
            }
            Ok::<(), csv::Error>(())
        })();
        let corrupt = |error: String| StoreError::Corrupt(error);
        written.map_err(|error| corrupt(error.to_string()))?;
        let bytes = out.into_inner().map_err(|e| corrupt(e.to_string()))?;
        String::from_utf8(bytes).map_err(|e| corrupt(e.to_string()))
    }

    /// The month until today, where the municipality is.
    pub fn this_month(&self) -> Period {
        Period::month_until(self.today())
    }

    /// When a day begins, in milliseconds UTC.
    fn begin_of(&self, day: Date) -> i64 {
        let begins = DateTime::from(day).to_zoned_datetime(self.library.zone());
        begins.map_or_else(
            |_| Timestamp::MAX.as_millisecond(),
            |time| time.timestamp().as_millisecond(),
        )
    }
}

impl Purged {
    fn of(lines: Vec<PurgeLine>) -> Purged {
        let mut purged = Purged::default();
        for line in lines {
            match line.rule {
                None => purged.runs += 1,
                Some(rule) => purged.add(PurgedRow {
                    days: (!rule.starts_with(ERASED)).then(|| (line.ran_at - line.cutoff) / DAY),
                    rule,
                    count: line.count,
                    at: line.ran_at,
                    run: line.run,
                    decision: line.decision,
                }),
            }
        }
        purged.totals.sort();
        purged
    }

    fn add(&mut self, row: PurgedRow) {
        match self.totals.iter_mut().find(|(rule, _)| *rule == row.rule) {
            Some((_, total)) => *total += row.count,
            None => self.totals.push((row.rule.clone(), row.count)),
        }
        self.rows.push(row);
    }
}
