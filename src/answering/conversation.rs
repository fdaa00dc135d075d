//! A conversation as a plain value: it goes into every answer and a new one comes out.

use serde::{Deserialize, Serialize};

use crate::knowledge::{EntryId, Language};

/// What of a conversation the next question may lean on. Holds only masked wordings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Conversation {
    /// The language it is held in.
    pub language: Option<Language>,
    /// The entry under discussion.
    pub topic: Option<EntryId>,
    /// The entry that was under discussion before it, to come back to.
    pub earlier_topic: Option<EntryId>,
    /// The last messages about a subject, masked, newest last; at most [`Conversation::REMEMBERED`].
    pub wordings: Vec<String>,
    /// What was offered to choose among, in the order shown.
    pub offered: Vec<EntryId>,
    /// Whether the first contact's notice has been given.
    pub greeted: bool,
}

impl Conversation {
    /// How many earlier messages are kept.
    pub const REMEMBERED: usize = 2;
    /// Longer messages are kept only by their beginning: enough to understand a follow-up.
    const LONGEST_WORDING: usize = 600;

    /// Remembers a masked message.
    pub(crate) fn remember(&mut self, masked: &str) {
        self.wordings
            .push(masked.chars().take(Self::LONGEST_WORDING).collect());
        let surplus = self.wordings.len().saturating_sub(Self::REMEMBERED);
        self.wordings.drain(..surplus);
    }

    /// Makes an entry the one under discussion.
    pub(crate) fn turn_to(&mut self, entry: &EntryId) {
        if self.topic.as_ref() != Some(entry) {
            self.earlier_topic = self.topic.replace(entry.clone());
        }
    }

    /// Forgets the subject, keeps the language and that it has begun.
    pub(crate) fn leave_topic(&mut self) {
        if let Some(topic) = self.topic.take() {
            self.earlier_topic = Some(topic);
        }
        self.offered.clear();
    }
}
