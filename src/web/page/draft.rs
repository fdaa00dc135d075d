//! What someone has written that was not taken: it stands in the form again.

use crate::desk::Complaint;
use crate::knowledge::{EntryId, PathName};

/// What someone has written that was not taken, or what a link has written for them.
#[derive(Clone, Default)]
pub(super) struct Draft {
    /// The question.
    pub(super) text: String,
    /// The entry it is about.
    pub(super) about: Option<EntryId>,
    /// The guided way in whose first step it answers.
    pub(super) way: Option<PathName>,
    /// Why an answer did not help: which, the reason that was chosen, and what was written beside it.
    pub(super) verdict: Option<(u32, Option<Complaint>, String)>,
}

impl Draft {
    /// The reason and the remark on one answer.
    pub(super) fn verdict_on(&self, turn: u32) -> Option<(Option<Complaint>, &str)> {
        let (number, complaint, remark) = self.verdict.as_ref()?;
        (*number == turn).then_some((*complaint, remark.as_str()))
    }
}
