//! Entries that take each other's questions: each of a base's example questions is asked of a base without it, and those
//! that another entry then answers show which two lie so close that residents get the wrong one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Answerer, Outcome};
use crate::knowledge::{EntryId, Knowledge, WordingOf};

/// The example questions are taken out in so many parts, as when the weights are learnt.
const PARTS: usize = 4;

/// Two entries that take each other's questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The two.
    pub entries: [EntryId; 2],
    /// The example questions of each that the other answers, when they are not examples of it.
    pub taken: [Vec<String>; 2],
}

/// The entries of a base that take each other's questions on a day, by name. Those that the base tells apart already,
/// by a question to ask back or as easily mixed up, are left out. It takes as long as indexing the base some times, and
/// asking every example question.
pub fn overlaps(knowledge: &Knowledge, today: Date) -> Vec<Overlap> {
    let mut taken: BTreeMap<(EntryId, EntryId), Vec<String>> = BTreeMap::new();
    for part in 0..PARTS {
        let (rest, held) = knowledge.hold_out(part, PARTS);
        let answerer = Answerer::new(rest);
        for wording in held {
            let WordingOf::Entry(place) = wording.of else {
                continue;
            };
            let own = &knowledge.entries()[place].id;
            if let Outcome::Entry(other) = answerer.outcome(&wording.text, today)
                && other != *own
            {
                taken
                    .entry((own.clone(), other))
                    .or_default()
                    .push(wording.text);
            }
        }
    }
    let pairs = taken.iter().filter(|((one, other), _)| one < other);
    let both = pairs.filter_map(|((one, other), of_one)| {
        let of_other = taken.get(&(other.clone(), one.clone()))?;
        (!are_told_apart(knowledge, one, other)).then(|| Overlap {
            entries: [one.clone(), other.clone()],
            taken: [of_one.clone(), of_other.clone()],
        })
    });
    both.collect()
}

/// Whether the base says of two entries that people mix them up, or asks back which of them is meant.
fn are_told_apart(knowledge: &Knowledge, one: &EntryId, other: &EntryId) -> bool {
    let mixed_up = |one: &EntryId, other: &EntryId| {
        let entry = knowledge.entry(one);
        entry.is_some_and(|e| e.not_to_confuse_with.contains(other))
    };
    let mut asked = knowledge.clarifications().iter();
    mixed_up(one, other)
        || mixed_up(other, one)
        || asked.any(|c| c.entries.contains(one) && c.entries.contains(other))
}
