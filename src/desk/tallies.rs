//! How much is asked and how it goes: numbers of the day, by language, channel, office and entry, for staff to look at.
//!
//! Nothing of a crisis is counted here: where few ask, even a number of the day could tell of someone. What was asked of a
//! help line is counted as an answer and no more.

use super::counting::{Counted, Counts};
use super::{Desk, figures};
use crate::answering::{Answer, Decision};
use crate::knowledge::{EntryId, EntryKind, Language};
use crate::store::{Occurrence, Store, StoreError, Tallied};

impl Counted for Occurrence {
    const MOST: usize = 20_000;
    const NAME: &'static str = "how much is asked";

    async fn write(store: &Store, counts: &Counts<Occurrence>) -> Result<(), StoreError> {
        store.add_tallies(counts).await
    }
}

impl Desk {
    /// Counts an answer that was given.
    pub(super) fn count_answer(&self, answer: &Answer, channel: &str) {
        figures::answered(answer, channel);
        let what = match answer.decision {
            Decision::Answer => Tallied::Answered,
            Decision::Choice => Tallied::Offered,
            Decision::Route => Tallied::Routed,
            Decision::Unknown => Tallied::Unknown,
            Decision::SmallTalk => Tallied::SmallTalk,
            Decision::Path => Tallied::OnPath,
            Decision::Crisis => return,
        };
        let answers = what == Tallied::Answered;
        let shown: &[EntryId] = if answers { &answer.shown } else { &[] };
        let language = &answer.asked_in;
        // Of several that may be meant, none has been asked for yet.
        let is_meant = answers || what == Tallied::Routed;
        let office = answer.office.as_ref().filter(|_| is_meant);
        self.tally(what, language, channel, office, shown.first());
        for beside in shown.iter().skip(1) {
            self.tally(Tallied::Shown, language, channel, None, Some(beside));
        }
    }

    /// Counts that someone has chosen an entry and was shown it: a number of the day, without who.
    pub fn count_shown(&self, answer: &Answer, channel: &str) {
        if let (Decision::Answer, Some(entry)) = (answer.decision, answer.shown.first()) {
            let language = answer.language.code();
            self.tally(Tallied::Shown, language, channel, None, Some(entry));
        }
    }

    /// Counts whether an entry helped.
    pub(super) fn count_verdict(
        &self,
        is_helpful: bool,
        language: Language,
        channel: &str,
        entry: &EntryId,
    ) {
        figures::judged(is_helpful, channel);
        let what = if is_helpful {
            Tallied::Helpful
        } else {
            Tallied::Unhelpful
        };
        self.tally(what, language.code(), channel, None, Some(entry));
    }

    /// Counts something; without an office, that of the entry.
    fn tally(
        &self,
        what: Tallied,
        language: &str,
        channel: &str,
        office: Option<&EntryId>,
        entry: Option<&EntryId>,
    ) {
        let answerer = self.library.current();
        let owner = entry.and_then(|id| answerer.knowledge().entry(id)?.office.as_ref());
        let is_help_line = entry.is_some_and(|id| id.kind() == EntryKind::Helplines);
        let kept = |id: Option<&EntryId>| id.filter(|_| !is_help_line).cloned();
        let tally = Occurrence {
            what,
            language: language.to_owned(),
            channel: channel.to_owned(),
            office: kept(office.or(owner)),
            entry: kept(entry),
        };
        self.tallies.count(self.today(), tally);
    }
}
