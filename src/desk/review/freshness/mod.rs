//! How fresh the base is: which entries are to be gone through, why, and what hurts most first.

mod doubt;
mod going_through;
mod overlapping;

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Review, ReviewError};
use crate::answering::Overlap;
use crate::desk::Desk;
use crate::desk::links::LinkStanding;
use crate::knowledge::{Contradiction, Deadline, Entry, EntryId, EntryKind, Standing};
use crate::store::{Complaint, OpenComplaint, Role, StoreError};

pub use doubt::{Doubt, DoubtKind};
pub use going_through::{GoneThrough, ReviewBounds};
pub(in crate::desk) use overlapping::Overlapping;

/// How many entries stand on a page.
const PAGE: usize = 50;
/// An entry is to be gone through soon so many days before it must be.
const SOON: i32 = 30;
/// How many complaints are looked at.
const MOST_COMPLAINTS: u32 = 5_000;

/// Which entries to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FreshnessFilter {
    /// The office that they are an office's of; empty for all.
    pub office: String,
    /// The code of the [`DoubtKind`]; empty for all.
    pub doubt: String,
    /// The page, from 0.
    pub page: usize,
}

/// The entries that are to be gone through.
#[derive(Clone, Debug)]
pub struct Freshness {
    /// Those of the page, what hurts most first.
    pub entries: Vec<Doubted>,
    /// How many there are in all of the office, whatever the doubt.
    pub total: usize,
    /// How many that the filter lets through.
    pub chosen: usize,
    /// How many of the office there are for each doubt, in the order of [`DoubtKind::ALL`].
    pub counts: Vec<(DoubtKind, usize)>,
    /// The page after this one.
    pub next: Option<usize>,
    /// Dead links that stand beside the entries.
    pub beside: Vec<LinkStanding>,
    /// Whether it is known which entries overlap; it takes a while to work out after the base has changed.
    pub overlaps_are_known: bool,
}

/// An entry, and why it is to be gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubted {
    /// The entry.
    pub entry: EntryId,
    /// The office that owns it.
    pub office: Option<EntryId>,
    /// Why, what hurts most first.
    pub doubts: Vec<Doubt>,
    /// When it was last gone through.
    pub reviewed: Option<Date>,
    /// When it must be gone through again.
    pub review_by: Option<Date>,
}

/// How many entries and links need someone, for a summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FreshnessCount {
    /// Entries that should have been gone through by now.
    pub overdue: usize,
    /// Links that lead nowhere.
    pub dead_links: usize,
}

impl Review<'_> {
    /// The entries that are to be gone through, a page of them. Fails when the database is away.
    pub async fn freshness(&self, filter: &FreshnessFilter) -> Result<Freshness, ReviewError> {
        self.require(Role::Reader)?;
        let mut grounds = self.desk.grounds().await?;
        let answerer = self.desk.library.current();
        let overlaps = self.desk.overlapping.of(&answerer, self.desk.today()).await;
        let overlaps_are_known = overlaps.is_some();
        if let Some(overlaps) = overlaps {
            grounds.overlaps = by_entry(overlaps.iter(), |o| &o.entries);
        }
        let knowledge = answerer.knowledge();
        let mut all: Vec<(u64, Doubted)> = Vec::new();
        for entry in knowledge.entries() {
            let (weight, doubted) = grounds.doubted(entry);
            let is_of = |office: &EntryId| office.as_str() == filter.office;
            let is_chosen = filter.office.is_empty() || doubted.office.as_ref().is_some_and(is_of);
            if is_chosen && !doubted.doubts.is_empty() {
                all.push((weight, doubted));
            }
        }
        all.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.entry.cmp(&y.entry)));
        let is_in = |doubted: &Doubted, kind| doubted.doubts.iter().any(|d| d.kind() == kind);
        let counts = DoubtKind::ALL.map(|kind| {
            let count = all
                .iter()
                .filter(|(_, doubted)| is_in(doubted, kind))
                .count();
            (kind, count)
        });
        let total = all.len();
        if let Some(kind) = DoubtKind::from_code(&filter.doubt) {
            all.retain(|(_, doubted)| is_in(doubted, kind));
        }
        let chosen = all.len();
        let from = filter.page.saturating_mul(PAGE);
        let entries = all.into_iter().map(|(_, doubted)| doubted);
        Ok(Freshness {
            entries: entries.skip(from).take(PAGE).collect(),
            total,
            chosen,
            counts: counts.to_vec(),
            next: (from.saturating_add(PAGE) < chosen).then(|| filter.page + 1),
            beside: grounds.beside,
            overlaps_are_known,
        })
    }

    /// Why one entry is to be gone through; without doubts when it need not be. Fails with [`ReviewError::NotFound`], and
    /// when the database is away.
    pub async fn doubts_of(&self, entry: &EntryId) -> Result<Doubted, ReviewError> {
        self.require(Role::Reader)?;
        let mut grounds = self.desk.grounds().await?;
        let answerer = self.desk.library.current();
        if let Some(overlaps) = self.desk.overlapping.of(&answerer, self.desk.today()).await {
            grounds.overlaps = by_entry(overlaps.iter(), |o| &o.entries);
        }
        let entry = answerer
            .knowledge()
            .entry(entry)
            .ok_or(ReviewError::NotFound)?;
        Ok(grounds.doubted(entry).1)
    }
}

impl Desk {
    /// How many entries of an office, or of all, are overdue, and how many of their links are dead. Fails when the database
    /// is away.
    pub async fn freshness_count(
        &self,
        office: Option<&EntryId>,
    ) -> Result<FreshnessCount, StoreError> {
        let answerer = self.library.current();
        let (knowledge, today) = (answerer.knowledge(), self.today());
        let is_of = |entry: &Entry| office.is_none_or(|office| owner(entry) == Some(office));
        let entries = knowledge.entries().iter().filter(|e| is_of(e));
        let overdue = entries.filter(|e| e.review_by.is_some_and(|by| by < today));
        let is_theirs = |link: &LinkStanding| {
            let mut of = link.entries.iter().filter_map(|id| knowledge.entry(id));
            office.is_none() || of.any(is_of)
        };
        let links = self.link_standings().await?;
        Ok(FreshnessCount {
            overdue: overdue.count(),
            dead_links: links.iter().filter(|l| l.is_dead() && is_theirs(l)).count(),
        })
    }

    /// What there is to doubt entries by.
    async fn grounds(&self) -> Result<Grounds, StoreError> {
        let store = self.open_store()?;
        let answerer = self.library.current();
        let mended: HashMap<EntryId, i64> = store.last_mended().await?.into_iter().collect();
        let mut complaints: HashMap<EntryId, Vec<OpenComplaint>> = HashMap::new();
        let zone = self.library.zone();
        for complaint in store.open_complaints(MOST_COMPLAINTS).await? {
            let entry = answerer.knowledge().entry(&complaint.entry);
            let said_on = Timestamp::from_millisecond(complaint.asked_at)
                .map(|at| at.to_zoned_datetime(zone.clone()).date())
                .ok();
            let is_before = mended
                .get(&complaint.entry)
                .is_some_and(|at| complaint.asked_at < *at)
                || entry.and_then(|e| e.reviewed) > said_on;
            if !is_before {
                complaints
                    .entry(complaint.entry.clone())
                    .or_default()
                    .push(complaint);
            }
        }
        let links = self.link_standings().await?;
        let (beside, links): (Vec<_>, Vec<_>) =
            links.into_iter().partition(|l| l.entries.is_empty());
        let mut of_entries: HashMap<EntryId, Vec<LinkStanding>> = HashMap::new();
        for link in links
            .into_iter()
            .filter(|l| l.is_dead() || l.moved.is_some())
        {
            for entry in &link.entries {
                of_entries
                    .entry(entry.clone())
                    .or_default()
                    .push(link.clone());
            }
        }
        Ok(Grounds {
            today: self.today(),
            contradictions: by_entry(answerer.knowledge().contradictions().iter(), |c| &c.entries),
            overlaps: HashMap::new(),
            complaints,
            links: of_entries,
            beside: beside.into_iter().filter(LinkStanding::is_dead).collect(),
        })
    }
}

/// What there is to doubt entries by, by entry.
struct Grounds {
    today: Date,
    contradictions: HashMap<EntryId, Vec<Contradiction>>,
    overlaps: HashMap<EntryId, Vec<Overlap>>,
    complaints: HashMap<EntryId, Vec<OpenComplaint>>,
    links: HashMap<EntryId, Vec<LinkStanding>>,
    beside: Vec<LinkStanding>,
}

impl Grounds {
    /// Why an entry is to be gone through, and how much that weighs.
    fn doubted(&self, entry: &Entry) -> (u64, Doubted) {
        let mut doubts: Vec<Doubt> = Vec::new();
        doubts.extend(of(&self.contradictions, &entry.id).map(|c| contradicted(c, &entry.id)));
        if let Some(complaints) = self.complaints.get(&entry.id) {
            doubts.push(complained_of(complaints));
        }
        doubts.extend(of(&self.links, &entry.id).filter_map(doubted_link));
        doubts.extend(self.passed(entry));
        doubts.extend(self.aged(entry));
        doubts.extend(of(&self.overlaps, &entry.id).map(|o| overlapped(o, &entry.id)));
        if entry.standing == Standing::Confirm {
            doubts.push(Doubt::Unconfirmed);
        }
        doubts.sort_by_key(|d| std::cmp::Reverse(d.weight(self.today)));
        let weight = doubts.iter().map(|d| d.weight(self.today)).sum();
        let doubted = Doubted {
            entry: entry.id.clone(),
            office: owner(entry).cloned(),
            doubts,
            reviewed: entry.reviewed,
            review_by: entry.review_by,
        };
        (weight, doubted)
    }

    /// That nobody can apply any longer, though nothing says that it has ended.
    fn passed(&self, entry: &Entry) -> Option<Doubt> {
        let terms = entry.terms.as_ref().filter(|t| !t.open_all_year)?;
        let is_over = terms.deadlines.iter().all(|d| d.next(self.today).is_none());
        if entry.standing == Standing::Ended || !is_over {
            return None;
        }
        let days = terms.deadlines.iter().filter_map(|d| match d {
            Deadline::Once(day) => Some(*day),
            Deadline::Yearly { .. } => None,
        });
        days.max().map(|last| Doubt::Passed { last })
    }

    /// That it is long since it was gone through.
    fn aged(&self, entry: &Entry) -> Option<Doubt> {
        let by = entry.review_by?;
        let days = (by - self.today).get_days();
        match days {
            ..0 => Some(Doubt::Overdue { by }),
            0..=SOON => Some(Doubt::DueSoon { by }),
            _ => None,
        }
    }
}

/// The office that owns an entry; an office owns itself.
fn owner(entry: &Entry) -> Option<&EntryId> {
    match entry.id.kind() {
        EntryKind::Offices => Some(&entry.id),
        EntryKind::Grants
        | EntryKind::Awards
        | EntryKind::Councils
        | EntryKind::Contacts
        | EntryKind::Activities
        | EntryKind::Networks
        | EntryKind::Associations
        | EntryKind::Guides
        | EntryKind::Helplines => entry.office.as_ref(),
    }
}

fn of<'a, T>(all: &'a HashMap<EntryId, Vec<T>>, entry: &EntryId) -> impl Iterator<Item = &'a T> {
    all.get(entry).into_iter().flatten()
}

/// What is about two entries, under each of them.
fn by_entry<'a, T: Clone + 'a>(
    all: impl Iterator<Item = &'a T>,
    entries: impl Fn(&T) -> &[EntryId; 2],
) -> HashMap<EntryId, Vec<T>> {
    let mut by_entry: HashMap<EntryId, Vec<T>> = HashMap::new();
    for one in all {
        for entry in entries(one) {
            by_entry.entry(entry.clone()).or_default().push(one.clone());
        }
    }
    by_entry
}

fn contradicted(contradiction: &Contradiction, entry: &EntryId) -> Doubt {
    let own = usize::from(contradiction.entries[1] == *entry);
    Doubt::Contradicted {
        other: contradiction.entries[1 - own].clone(),
        fact: contradiction.fact,
        own: contradiction.said[own].clone(),
        others: contradiction.said[1 - own].clone(),
    }
}

fn overlapped(overlap: &Overlap, entry: &EntryId) -> Doubt {
    let own = usize::from(overlap.entries[1] == *entry);
    Doubt::Overlaps {
        other: overlap.entries[1 - own].clone(),
        taken: overlap.taken[own].clone(),
    }
}

fn complained_of(complaints: &[OpenComplaint]) -> Doubt {
    let mut why: BTreeMap<&str, (Complaint, u64)> = BTreeMap::new();
    for complaint in complaints.iter().filter_map(|c| c.complaint) {
        why.entry(complaint.code()).or_insert((complaint, 0)).1 += 1;
    }
    let mut why: Vec<(Complaint, u64)> = why.into_values().collect();
    why.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut clusters = complaints.iter().map(|c| &c.cluster);
    Doubt::Complaints {
        count: u64::try_from(complaints.len()).unwrap_or(u64::MAX),
        why,
        cluster: clusters.find(|c| !c.is_empty()).cloned(),
    }
}

fn doubted_link(link: &LinkStanding) -> Option<Doubt> {
    let address = link.address.clone();
    match (link.is_dead(), link.finding, link.failed_at, &link.moved) {
        (true, Some(finding), Some(since), _) => Some(Doubt::DeadLink {
            address,
            finding,
            status: link.status,
            since,
        }),
        (_, _, _, Some(to)) => Some(Doubt::Moved {
            address,
            to: to.clone(),
        }),
        (_, _, _, None) => None,
    }
}
