//! What residents ask, as open data: of whom nothing can be told.
//!
//! - Only what at least [`OPEN_DATA_FLOOR`] conversations have asked about is in it, and every number is rounded down to a
//!   multiple of that: neither by taking numbers from each other nor by looking again tomorrow is anyone singled out.
//! - It goes up to yesterday, and is worked out at most once an hour.
//! - A subject is named by the entry that staff have answered it with. Words that residents wrote are in it only when staff
//!   have settled what was asked, and at least so many have used those very words; otherwise the office alone is named.
//! - Nothing of a crisis is in the log, and what is taken for a cry for help now is left out as well.

mod telling;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tokio::sync::Mutex;

use super::Desk;
use super::review::Count;
use crate::answering::Answerer;
use crate::knowledge::EntryId;
use crate::language::mask;
use crate::store::{Store, StoreError, Topic};

/// What fewer have asked about is not in the open data, and its numbers are multiples of this.
pub const OPEN_DATA_FLOOR: u32 = 5;
/// How many months back it goes, beside the one that is not over.
const MONTHS: i32 = 12;
/// How long it is told as it was worked out.
const HOLDS: Duration = Duration::from_secs(60 * 60);

/// What residents have asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenData {
    /// The first day.
    pub from: Date,
    /// The last day, which is included.
    pub to: Date,
    /// When it was worked out.
    pub made_at: Timestamp,
    /// How many questions there were in each month that there were some in, the oldest first.
    pub months: Vec<OpenMonth>,
    /// What many have asked about that lots could not answer, or that its answer did not help with; most askers first.
    pub topics: Vec<OpenTopic>,
}

/// How much was asked in a month. Every number is rounded down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenMonth {
    /// Its first day.
    pub month: Date,
    /// How many questions there were at least.
    pub questions: u64,
    /// How many of them were answered at least.
    pub answered: u64,
    /// How many were taken to an office at least.
    pub routed: u64,
    /// How many had neither at least.
    pub unknown: u64,
}

/// What many have asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTopic {
    /// What it is.
    pub subject: Subject,
    /// The office that has it.
    pub office: Option<EntryId>,
    /// Whether it waits for staff.
    pub is_open: bool,
    /// How many have asked about it at least.
    pub askers: u64,
    /// The months in which enough have, by their first days, and how many that were at least.
    pub months: BTreeMap<Date, u64>,
}

/// What something is that many have asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// What this entry answers.
    Entry(EntryId),
    /// What many have asked in these words.
    Wording {
        /// The words, masked.
        text: String,
        /// The code of their language.
        language: String,
    },
    /// It is not told.
    Untold,
}

/// The open data as it was worked out last.
#[derive(Debug, Default)]
pub(super) struct Made(Mutex<Option<(Instant, Arc<OpenData>)>>);

impl Desk {
    /// What residents have asked up to yesterday. It is as it was at most an hour ago. Fails when the database is away.
    pub async fn open_data(&self) -> Result<Arc<OpenData>, StoreError> {
        // Whoever asks meanwhile waits for the same.
        let mut made = self.open_data.0.lock().await;
        if let Some((at, data)) = &*made
            && at.elapsed() < HOLDS
            && data.to == self.yesterday()
        {
            return Ok(Arc::clone(data));
        }
        let data = Arc::new(self.make_open_data().await?);
        *made = Some((Instant::now(), Arc::clone(&data)));
        Ok(data)
    }

    fn yesterday(&self) -> Date {
        self.today().yesterday().unwrap_or(Date::MIN)
    }

    async fn make_open_data(&self) -> Result<OpenData, StoreError> {
        self.tidy_clusters().await?;
        self.sort_questions().await?;
        let store = self.open_store()?;
        let to = self.yesterday();
        let from = to.first_of_month().saturating_sub(MONTHS.months());
        let (begin, until) = self.moments(from, to);
        let mut topics = Vec::new();
        let answerer = self.library.current();
        let mut names = Vec::new();
        for topic in store.topics(begin, until, OPEN_DATA_FLOOR).await? {
            let Some(subject) = subject(&answerer, &store, &topic).await? else {
                continue;
            };
            names.push(topic.name);
            topics.push(OpenTopic {
                subject,
                office: topic.office,
                is_open: topic.is_open,
                askers: rounded_down(topic.askers),
                months: BTreeMap::new(),
            });
        }
        let mut month = from;
        while month <= to {
            let (begin, until) = self.moments(month, month.last_of_month().min(to));
            for topic in store.topics(begin, until, OPEN_DATA_FLOOR).await? {
                if let Some(place) = names.iter().position(|name| *name == topic.name) {
                    let askers = rounded_down(topic.askers);
                    topics[place].months.insert(month, askers);
                }
            }
            month = month.saturating_add(1.month());
        }
        topics.sort_by_key(|topic| std::cmp::Reverse(topic.askers));
        Ok(OpenData {
            from,
            to,
            made_at: Timestamp::now(),
            months: self.open_months(from, to).await?,
            topics,
        })
    }

    /// How much was asked in each month.
    async fn open_months(&self, from: Date, to: Date) -> Result<Vec<OpenMonth>, StoreError> {
        let mut months: BTreeMap<Date, Count> = BTreeMap::new();
        for ((day, tally), count) in self.tallied(from, to).await? {
            let month = months.entry(day.first_of_month()).or_default();
            month.add(tally.what, count);
        }
        let open = |(month, count): (Date, Count)| OpenMonth {
            month,
            questions: rounded_down(count.questions()),
            answered: rounded_down(count.answered),
            routed: rounded_down(count.routed),
            unknown: rounded_down(count.unknown),
        };
        let months = months.into_iter().map(open);
        Ok(months.filter(|month| month.questions > 0).collect())
    }
}

/// How something is told that many have asked about; `None` when nothing of it is to be told.
async fn subject(
    answerer: &Answerer,
    store: &Store,
    topic: &Topic,
) -> Result<Option<Subject>, StoreError> {
    if let Some(entry) = &topic.entry {
        let is_there = answerer.knowledge().entry(entry).is_some();
        let entry = Subject::Entry(entry.clone());
        return Ok(Some(if is_there { entry } else { Subject::Untold }));
    }
    let common = store.common_wording(&topic.name, OPEN_DATA_FLOOR).await?;
    let Some((text, language)) = common else {
        return Ok(Some(Subject::Untold));
    };
    if answerer.is_cry_for_help(&text) {
        return Ok(None);
    }
    // What would be masked today was not when it was asked.
    let is_masked = mask(&text).text == text;
    Ok(Some(if topic.is_open || !is_masked {
        Subject::Untold
    } else {
        Subject::Wording { text, language }
    }))
}

/// The next multiple of the floor that is no larger.
fn rounded_down(count: u64) -> u64 {
    count - count % u64::from(OPEN_DATA_FLOOR)
}

#[cfg(test)]
mod tests {
    use super::rounded_down;

    #[test]
    fn numbers_tell_of_no_single_one() {
        let cases = [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)];
        assert!(
            cases
                .into_iter()
                .all(|(count, told)| rounded_down(count) == told)
        );
    }
}
