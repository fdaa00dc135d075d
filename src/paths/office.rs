//! Which office is to call: the one that the routing proposes first, then the others, so that it can be changed.

use super::guide::Guide;
use crate::answering::{Conversation, Question};
use crate::knowledge::{EntryId, EntryKind, PathName, fill};

/// So many can be chosen among: what a channel can show at once, with the ways out.
const MOST: usize = 20;

impl Guide<'_> {
    /// The office that owns what someone writes about; `None` when none is found.
    pub(super) fn owner(&self, about: &str) -> Option<EntryId> {
        let question = Question {
            text: about,
            language: Some(self.language),
            today: self.today,
            top: 1,
            kept_days: 0,
        };
        let (answer, _) = self.answerer.answer(&question, &Conversation::default());
        let is_office =
            |id: &EntryId| id.kind() == EntryKind::Offices && self.knowledge().entry(id).is_some();
        answer.office.filter(is_office)
    }

    /// The offices that can call, the proposed one first: ids and names.
    pub(super) fn offices(&self, about: &str) -> Vec<(String, String)> {
        let text = self.texts().of(PathName::CallBack);
        let way_in = &self.knowledge().municipality().way_in;
        let proposed = self.owner(about).unwrap_or_else(|| way_in.clone());
        let first = fill(text.say("proposed"), &[("office", self.name_of(&proposed))]);
        let others = self
            .of_kind(EntryKind::Offices)
            .filter(|e| e.id != proposed)
            .map(|e| (e.id.to_string(), self.name_of(&e.id).to_owned()));
        [(proposed.to_string(), first)]
            .into_iter()
            .chain(others)
            .take(MOST)
            .collect()
    }
}
