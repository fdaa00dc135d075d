//! How much is asked and how it goes, for staff: over a time, of an office, a language, a channel or a kind of entry.
//!
//! What is asked is counted by day and kept for years; how long staff take is read from the log, which knows of no more than
//! is kept.

mod counts;
mod taking_out;
mod time;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Review, ReviewError};
use crate::desk::now;
use crate::knowledge::{EntryId, EntryKind};
use crate::store::{AskedMost, Measured, Occurrence, Role, RoutedTo, Tallied};

pub use counts::{Count, Group};
pub use time::{Span, Step, Waits};

/// How many clusters are named.
const CLUSTERS: u32 = 10;
/// How many entries are named.
const ENTRIES: usize = 20;

/// Which figures to show. Each part that is `None` lets everything through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresWanted {
    /// The first day.
    pub from: Date,
    /// The last day, which is included.
    pub to: Date,
    /// The office that owns what was answered, or that was named.
    pub office: Option<EntryId>,
    /// The code of the language that was asked in.
    pub language: Option<String>,
    /// The channel.
    pub channel: Option<String>,
    /// The kind of the entry that answered.
    pub kind: Option<EntryKind>,
}

/// The figures of some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The whole time.
    pub total: Count,
    /// By day, week or month: without a gap, the oldest first.
    pub spans: Vec<(Span, Count)>,
    /// Which of these it is.
    pub step: Step,
    /// By office, the one that is asked most first.
    pub offices: Vec<Group<Option<EntryId>>>,
    /// By the code of the language.
    pub languages: Vec<Group<String>>,
    /// By channel.
    pub channels: Vec<Group<String>>,
    /// By kind of the entry.
    pub kinds: Vec<Group<EntryKind>>,
    /// The entries that are given most.
    pub entries: Vec<Group<EntryId>>,
    /// The clusters that most questions without an answer are in.
    pub clusters: Vec<AskedMost>,
    /// How long staff take to answer.
    pub answered: Waits,
    /// How long those have waited that still do.
    pub waiting: Waits,
    /// How often which office was named, and rightly.
    pub routed: Vec<RoutedTo>,
}

impl FiguresWanted {
    /// All figures from one day to another.
    pub fn all(from: Date, to: Date) -> FiguresWanted {
        FiguresWanted {
            from,
            to,
            office: None,
            language: None,
            channel: None,
            kind: None,
        }
    }

    /// Whether something counted belongs to what is wanted.
    fn lets_through(&self, tally: &Occurrence) -> bool {
        let office = self.office.as_ref();
        let kind = tally.entry.as_ref().map(EntryId::kind);
        office.is_none_or(|office| tally.office.as_ref() == Some(office))
            && self.language.as_ref().is_none_or(|l| *l == tally.language)
            && self.channel.as_ref().is_none_or(|c| *c == tally.channel)
            && self.kind.is_none_or(|wanted| kind == Some(wanted))
    }
}

impl Figures {
    /// Of the questions whose office staff have judged: how many there are, and for how many the right one was named.
    pub fn judged(&self) -> (u64, u64) {
        let sum = |of: fn(&RoutedTo) -> u64| self.routed.iter().map(of).sum();
        (sum(|to| to.judged), sum(|to| to.right))
    }

    /// Whether there is nothing at all to show.
    pub fn is_empty(&self) -> bool {
        self.total == Count::default()
            && self.clusters.is_empty()
            && self.answered.count == 0
            && self.waiting.count == 0
    }
}

impl Review<'_> {
    /// The figures of some time. Fails when the database is away.
    pub async fn figures_of(&self, wanted: &FiguresWanted) -> Result<Figures, ReviewError> {
        self.require(Role::Reader)?;
        self.desk.sort_questions().await?;
        let store = self.desk.open_store()?;
        let counts = self.desk.tallied(wanted.from, wanted.to).await?;
        let (from, until) = self.desk.moments(wanted.from, wanted.to);
        let of = |from, until| Measured {
            from,
            until,
            office: wanted.office.clone(),
            language: wanted.language.clone(),
            channel: wanted.channel.clone(),
            kind: wanted.kind,
        };
        let asked = of(from, until);
        let now = now();
        // What waits does so whenever it was asked.
        let since = store.waiting_since(&of(i64::MIN, i64::MAX)).await?;
        let waiting: Vec<i64> = since.iter().rev().map(|at| (now - at).max(0)).collect();
        let mut figures = added_up(wanted, &counts);
        figures.clusters = store.asked_most(&asked, CLUSTERS).await?;
        figures.answered = Waits::of(&store.waits(&asked).await?);
        figures.waiting = Waits::of(&waiting);
        figures.routed = store.routed_to(&asked).await?;
        Ok(figures)
    }
}

/// What is counted by day, added up in every way; without what the log says.
fn added_up(wanted: &FiguresWanted, counts: &BTreeMap<(Date, Occurrence), u64>) -> Figures {
    let step = Step::over(wanted.from, wanted.to);
    let mut total = Count::default();
    let mut spans: Vec<(Span, Count)> = step
        .spans(wanted.from, wanted.to)
        .into_iter()
        .map(|span| (span, Count::default()))
        .collect();
    let mut offices = BTreeMap::new();
    let mut languages = BTreeMap::new();
    let mut channels = BTreeMap::new();
    let mut kinds = BTreeMap::new();
    let mut entries = BTreeMap::new();
    let through = counts
        .iter()
        .filter(|((_, tally), _)| wanted.lets_through(tally));
    for ((day, tally), count) in through {
        let (what, count) = (tally.what, *count);
        total.add(what, count);
        let at = spans.partition_point(|(span, _)| span.to < *day);
        if let Some((_, of_span)) = spans.get_mut(at) {
            of_span.add(what, count);
        }
        put(&mut languages, tally.language.clone(), what, count);
        put(&mut channels, tally.channel.clone(), what, count);
        put(&mut offices, tally.office.clone(), what, count);
        if let Some(entry) = &tally.entry {
            put(&mut kinds, entry.kind(), what, count);
            put(&mut entries, entry.clone(), what, count);
        }
    }
    let asked = |group: &Count| (group.questions(), group.small_talk + group.on_paths);
    let given = |group: &Count| (group.given(), group.helpful + group.unhelpful);
    let mut entries = Group::ranked(entries, given);
    entries.truncate(ENTRIES);
    let mut offices = Group::ranked(offices, asked);
    offices.retain(|office| office.count.questions() + office.count.judged() > 0);
    Figures {
        total,
        spans,
        step,
        offices,
        languages: Group::ranked(languages, asked),
        channels: Group::ranked(channels, asked),
        kinds: Group::ranked(kinds, given),
        entries,
        clusters: Vec::new(),
        answered: Waits::default(),
        waiting: Waits::default(),
        routed: Vec::new(),
    }
}

fn put<K: Ord>(groups: &mut BTreeMap<K, Count>, key: K, what: Tallied, count: u64) {
    groups.entry(key).or_default().add(what, count);
}

#[cfg(test)]
mod tests;
