//! Days, weeks and months; how long something took; and what waits to be written or stands in the database of a time.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::desk::Desk;
use crate::store::{Occurrence, StoreError};

/// Up to so many days are shown each by itself.
const BY_DAY: i32 = 45;
/// Up to so many are shown by week.
const BY_WEEK: i32 = 200;
const MINUTE: i64 = 60_000;

/// What stands together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// A week, from Monday on.
    Week,
    /// A month.
    Month,
}

/// Some days that stand together, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// How long something took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many there are.
    pub count: u64,
    /// Half of them took no longer, in minutes.
    pub median: Option<u64>,
    /// Nine of ten took no longer, in minutes.
    pub ninetieth: Option<u64>,
    /// None took longer, in minutes.
    pub longest: Option<u64>,
}

impl Step {
    /// What is fit for a time from one day to another.
    pub(super) fn over(from: Date, to: Date) -> Step {
        let days = from.until(to).map_or(i32::MAX, |span| span.get_days() + 1);
        if days <= BY_DAY {
            Step::Day
        } else if days <= BY_WEEK {
            Step::Week
        } else {
            Step::Month
        }
    }

    /// All of them from one day to another; the first and the last may be cut.
    pub(super) fn spans(self, from: Date, to: Date) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut begin = from;
        while begin <= to {
            let end = match self {
                Step::Day => begin,
                Step::Week => begin
                    .saturating_add((7 - i32::from(begin.weekday().to_monday_one_offset())).days()),
                Step::Month => begin.last_of_month(),
            };
            spans.push(Span {
                from: begin,
                to: end.min(to),
            });
            let Ok(next) = end.tomorrow() else { break };
            begin = next;
        }
        spans
    }
}

impl Waits {
    /// Of some times in milliseconds, the shortest first.
    pub(super) fn of(times: &[i64]) -> Waits {
        // The smallest that so many per cent are no longer than.
        let at = |percent: usize| {
            let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
            let time = times.get(place)?;
            u64::try_from(time / MINUTE).ok()
        };
        Waits {
            count: times.len() as u64,
            median: at(50),
            ninetieth: at(90),
            longest: at(100),
        }
    }
}

impl Desk {
    /// What was counted from one day to another, by all replicas as far as they have written it and by this one. Fails
    /// when the database is away.
    pub(in crate::desk) async fn tallied(
        &self,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<(Date, Occurrence), u64>, StoreError> {
        let mut counts = self.open_store()?.tallies(from, to).await?;
        for (at, count) in self.tallies.waiting(from, to) {
            *counts.entry(at).or_default() += count;
        }
        Ok(counts)
    }

    /// When a day begins and when another ends, where the municipality is, in milliseconds UTC.
    pub(in crate::desk) fn moments(&self, from: Date, to: Date) -> (i64, i64) {
        let begins = |day: Date| {
            let midnight = day.to_zoned_datetime(self.library.zone());
            midnight.map(|m| m.timestamp().as_millisecond()).ok()
        };
        let until = to.tomorrow().ok().and_then(begins);
        (begins(from).unwrap_or(i64::MIN), until.unwrap_or(i64::MAX))
    }
}
