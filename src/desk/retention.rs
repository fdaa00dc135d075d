//! How long things are kept, and the deletion of what is past its time.

use jiff::Timestamp;

use super::Desk;
use crate::store::{PurgeLine, PurgeRule, Purgeable, State, StoreError};

/// How many days things are kept. Zero means that they go at the next run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Days a question is kept, by its state.
    pub questions: Vec<(State, u32)>,
    /// Days a conversation is kept after its last message.
    pub conversations: u32,
}

impl Keep {
    /// The longest that any question is kept, in days.
    pub fn longest(&self) -> u32 {
        self.questions
            .iter()
            .map(|(_, days)| *days)
            .max()
            .unwrap_or_default()
    }

    fn rules(&self) -> Vec<PurgeRule> {
        let questions = self.questions.iter().map(|(state, days)| PurgeRule {
            name: format!("questions-{}", state.code()),
            what: Purgeable::Questions(*state),
            older_than_days: *days,
        });
        let conversations = PurgeRule {
            name: "conversations".to_owned(),
            what: Purgeable::Conversations,
            older_than_days: self.conversations,
        };
        questions.chain([conversations]).collect()
    }
}

/// How many days things are kept, as residents are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptDays {
    /// Questions that nobody has looked at.
    pub new: u32,
    /// Questions that lie with an office.
    pub assigned: u32,
    /// Questions that were answered.
    pub answered: u32,
    /// Questions whose answer was taught.
    pub taught: u32,
    /// Questions that are not the municipality's.
    pub not_ours: u32,
    /// Questions that were dismissed.
    pub dismissed: u32,
    /// What is remembered of a conversation, counted from its last message.
    pub conversations: u32,
}

impl Desk {
    /// How many days things are kept, by what they are.
    pub fn kept(&self) -> KeptDays {
        let of = |state: State| {
            let found = self.keep.questions.iter().find(|(s, _)| *s == state);
            found.map_or(0, |(_, days)| *days)
        };
        KeptDays {
            new: of(State::New),
            assigned: of(State::Assigned),
            answered: of(State::Answered),
            taught: of(State::Taught),
            not_ours: of(State::NotOurs),
            dismissed: of(State::Dismissed),
            conversations: self.keep.conversations,
        }
    }

    /// How many days a question is kept, at most.
    pub fn kept_days(&self) -> u32 {
        self.keep.longest()
    }

    /// Deletes what is past its time and gives the lines that were added to the purge record. Fails when the database
    /// is away.
    pub async fn purge(&self) -> Result<Vec<PurgeLine>, StoreError> {
        let store = self.open_store()?;
        let now = Timestamp::now().as_millisecond();
        let lines = store.purge(&self.keep.rules(), now).await?;
        // What was deleted is not gone on with from memory.
        self.recent.clear();
        Ok(lines)
    }

    /// The newest lines of the purge record.
    pub async fn purge_record(&self, limit: u32) -> Result<Vec<PurgeLine>, StoreError> {
        self.open_store()?.purge_record(limit).await
    }
}
