//! How much was asked in the last month, invented: more on weekdays than at weekends, and a little more every week.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{DAYS, DemoError};
use crate::desk::Desk;
use crate::knowledge::{EntryId, EntryKind, Knowledge};
use crate::language::hash;
use crate::store::{Occurrence, Store, Tallied};

/// The channels, each with how many of a hundred questions come by it.
const CHANNELS: [(&str, u64); 3] = [("web", 68), ("widget", 22), ("discord", 10)];
/// Of a hundred questions, so many are in English.
const ENGLISH: u64 = 12;
/// What becomes of a hundred questions.
const FATES: [(Tallied, u64); 4] = [
    (Tallied::Answered, 70),
    (Tallied::Offered, 9),
    (Tallied::Routed, 15),
    (Tallied::Unknown, 6),
];
/// Of a hundred answers, so many are judged, and of a hundred of those so many helped.
const JUDGED: u64 = 24;
const HELPED: u64 = 78;
/// Some entries are asked about much more than others.
const ENTRIES: u64 = 40;

impl Desk {
    /// Counts what was asked in the last month. Fails when the database is away.
    pub(super) async fn tally_invented(&self, store: &Store) -> Result<(), DemoError> {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let mut counts = BTreeMap::new();
        for ago in 0..i64::try_from(DAYS).unwrap_or_default() {
            let day = self.today().saturating_sub(ago.days());
            for number in 0..asked_on(day, ago) {
                for occurrence in question(knowledge, &format!("{day} {number}")) {
                    *counts.entry((day, occurrence)).or_default() += 1;
                }
            }
        }
        Ok(store.add_tallies(&counts).await?)
    }
}

/// How many questions came on a day.
fn asked_on(day: Date, ago: i64) -> u64 {
    let usual = match day.weekday() {
        Weekday::Saturday | Weekday::Sunday => 9,
        Weekday::Friday => 20,
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday => 27,
    };
    let later = DAYS.saturating_sub(u64::try_from(ago).unwrap_or_default()) / 5;
    usual + later + hash(&day.to_string()) % 7
}

/// What is counted of one question; it follows from a text.
fn question(knowledge: &Knowledge, text: &str) -> Vec<Occurrence> {
    let chance = |what: &str| hash(&format!("{what} {text}")) % 100;
    let channel = one_of(&CHANNELS, chance("channel"));
    let language = if chance("language") < ENGLISH {
        "en"
    } else {
        "sv"
    };
    let what = one_of(&FATES, chance("fate"));
    let entry = Some(what).filter(|what| *what == Tallied::Answered);
    let entry = entry.and_then(|_| entry_asked(knowledge, text));
    let office = if what == Tallied::Routed {
        office(knowledge, text)
    } else {
        entry.and_then(|id| knowledge.entry(id)?.office.clone())
    };
    let of = |what| Occurrence {
        what,
        language: language.to_owned(),
        channel: channel.to_owned(),
        office: office.clone(),
        entry: entry.cloned(),
    };
    let beside = |what| Occurrence {
        office: None,
        entry: None,
        ..of(what)
    };
    let mut all = vec![of(what)];
    if what == Tallied::Answered && chance("judged") < JUDGED {
        let helped = chance("helped") < HELPED;
        all.push(of(if helped {
            Tallied::Helpful
        } else {
            Tallied::Unhelpful
        }));
    }
    if chance("talk") < 12 {
        all.push(beside(Tallied::SmallTalk));
    }
    if chance("path") < 25 {
        all.push(beside(Tallied::OnPath));
    }
    all
}

/// Which of some things, each with its part of a hundred, a chance falls on.
fn one_of<T: Copy>(all: &[(T, u64)], chance: u64) -> T {
    let mut sum = 0;
    let reached = all.iter().find(|(_, part)| {
        sum += part;
        chance < sum
    });
    reached.unwrap_or(&all[0]).0
}

/// An entry that people ask about: some much more than others.
fn entry_asked<'a>(knowledge: &'a Knowledge, text: &str) -> Option<&'a EntryId> {
    let entries = knowledge.entries().iter();
    let asked = |kind| match kind {
        EntryKind::Offices | EntryKind::Contacts | EntryKind::Helplines => false,
        EntryKind::Grants
        | EntryKind::Awards
        | EntryKind::Councils
        | EntryKind::Activities
        | EntryKind::Networks
        | EntryKind::Associations
        | EntryKind::Guides => true,
    };
    let mut ids: Vec<&EntryId> = entries
        .map(|e| &e.id)
        .filter(|id| asked(id.kind()))
        .collect();
    ids.sort_by_key(|id| hash(id.as_str()));
    let most = u64::try_from(ids.len()).unwrap_or_default().min(ENTRIES);
    let spread = hash(&format!("entry {text}")) % (most * most).max(1);
    // The root of an even spread lies more often near the end.
    let place =
        most.saturating_sub(1) - ((spread as f64).sqrt() as u64).min(most.saturating_sub(1));
    ids.get(usize::try_from(place).ok()?).copied()
}

fn office(knowledge: &Knowledge, text: &str) -> Option<EntryId> {
    let entries = knowledge.entries().iter();
    let offices: Vec<&EntryId> = entries
        .map(|e| &e.id)
        .filter(|id| id.kind() == EntryKind::Offices)
        .collect();
    let place = hash(&format!("office {text}")) % (offices.len() as u64).max(1);
    offices
        .get(usize::try_from(place).ok()?)
        .map(|id| (*id).clone())
}
