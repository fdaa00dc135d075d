//! How often what happened, and what share that is.

use std::collections::BTreeMap;

use crate::store::Tallied;

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Questions that were answered with an entry.
    pub answered: u64,
    /// Questions about which it was asked back.
    pub offered: u64,
    /// Questions that were taken to an office.
    pub routed: u64,
    /// Questions without an answer and without an office.
    pub unknown: u64,
    /// Small talk.
    pub small_talk: u64,
    /// Steps of a guided way in that were shown.
    pub on_paths: u64,
    /// Entries that were chosen, or stood beside an answer.
    pub shown: u64,
    /// Answers that helped.
    pub helpful: u64,
    /// Answers that did not.
    pub unhelpful: u64,
}

/// How often what happened, of one office, language or the like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<K> {
    /// Which one.
    pub of: K,
    /// How often.
    pub count: Count,
}

impl Count {
    /// Adds how often something happened.
    pub(in crate::desk) fn add(&mut self, what: Tallied, times: u64) {
        let count = match what {
            Tallied::Answered => &mut self.answered,
            Tallied::Offered => &mut self.offered,
            Tallied::Routed => &mut self.routed,
            Tallied::Unknown => &mut self.unknown,
            Tallied::SmallTalk => &mut self.small_talk,
            Tallied::OnPath => &mut self.on_paths,
            Tallied::Shown => &mut self.shown,
            Tallied::Helpful => &mut self.helpful,
            Tallied::Unhelpful => &mut self.unhelpful,
        };
        *count += times;
    }

    /// How many questions there were: small talk and steps of a guided way in are none.
    pub fn questions(&self) -> u64 {
        self.answered + self.offered + self.routed + self.unknown
    }

    /// How often an entry was given.
    pub fn given(&self) -> u64 {
        self.answered + self.shown
    }

    /// How many said whether an answer helped.
    pub fn judged(&self) -> u64 {
        self.helpful + self.unhelpful
    }

    /// How many of the questions some are, in per cent; `None` when there were no questions.
    pub fn share(&self, some: u64) -> Option<u64> {
        percent(some, self.questions())
    }

    /// How many of the judged answers helped, in per cent; `None` when none was judged.
    pub fn helped(&self) -> Option<u64> {
        percent(self.helpful, self.judged())
    }
}

/// How many of all some are, to the nearest whole per cent; `None` of none.
pub(super) fn percent(some: u64, all: u64) -> Option<u64> {
    (some * 100 + all / 2).checked_div(all)
}

impl<K: Ord> Group<K> {
    /// Groups in the order of what they are weighed by, the largest first.
    pub(super) fn ranked<W: Ord>(
        groups: BTreeMap<K, Count>,
        weight: impl Fn(&Count) -> W,
    ) -> Vec<Group<K>> {
        let groups = groups.into_iter().map(|(of, count)| Group { of, count });
        let mut groups: Vec<Group<K>> = groups.collect();
        groups.sort_by_key(|group| std::cmp::Reverse(weight(&group.count)));
        groups
    }
}
