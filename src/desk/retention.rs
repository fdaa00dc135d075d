//! How long things are kept, and the deletion of what is past its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use arc_swap::ArcSwap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::store::{IdeaState, PurgeLine, PurgeRule, Purgeable, State, StoreError};

/// The setting that says how long things are kept, when staff have said so; its value is [`KeptDays`] as JSON.
pub(super) const RETENTION: &str = "retention";

/// How many days it is kept how far people come on the guided ways in: numbers that lead to nobody.
pub const COUNTED_FOR: u32 = 365;

/// How many days it is kept how much is asked and how it goes, so that a year can be held against the one before it.
const TALLIED_FOR: u32 = 3 * 365;

/// How many days it is kept what staff have been told outside the console.
const DELIVERIES_FOR: u32 = 30;

/// How many days after a last day nobody is reminded of it any longer, in any part of the world.
const PASSED: u32 = 1;

/// How many days things are kept. Zero means that they go at the next run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Days a question is kept, by its state; and an idea, by the state of a question that stands as it does.
    pub questions: Vec<(State, u32)>,
    /// Days a conversation is kept after its last message.
    pub conversations: u32,
    /// Days the address of someone who wants to be called is kept, counted from when they asked.
    pub call_backs: u32,
}

/// How long things are kept now: as staff have set it, else as the settings of the program say.
#[derive(Debug)]
pub(super) struct Kept {
    by_settings: Keep,
    in_force: ArcSwap<Keep>,
    version: AtomicI64,
}

impl Kept {
    /// As the settings of the program say.
    pub(super) fn new(by_settings: Keep) -> Kept {
        Kept {
            in_force: ArcSwap::from_pointee(by_settings.clone()),
            by_settings,
            version: AtomicI64::new(0),
        }
    }

    /// How long things are kept now.
    pub(super) fn now(&self) -> Arc<Keep> {
        self.in_force.load_full()
    }

    /// The version of the setting that this replica has seen.
    pub(super) fn version(&self) -> i64 {
        self.version.load(Ordering::Relaxed)
    }
}

impl From<KeptDays> for Keep {
    fn from(days: KeptDays) -> Keep {
        let of = |state: State| match state {
            State::New => days.new,
            State::Assigned => days.assigned,
            State::Answered => days.answered,
            State::Taught => days.taught,
            State::NotOurs => days.not_ours,
            State::Dismissed => days.dismissed,
        };
        Keep {
            questions: State::ALL.map(|state| (state, of(state))).to_vec(),
            conversations: days.conversations,
            call_backs: days.call_backs,
        }
    }
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
        let call_backs = PurgeRule {
            name: "call-backs".to_owned(),
            what: Purgeable::CallBacks,
            older_than_days: self.call_backs,
        };
        let ideas = IdeaState::ALL.map(|state| PurgeRule {
            name: format!("ideas-{}", state.code()),
            what: Purgeable::Ideas(state),
            older_than_days: self.days_of(match state {
                IdeaState::New => State::New,
                IdeaState::Answered => State::Answered,
                IdeaState::Closed => State::Dismissed,
            }),
        });
        let drafts = PurgeRule {
            name: "drafts".to_owned(),
            what: Purgeable::Drafts,
            older_than_days: self.longest(),
        };
        let path_steps = PurgeRule {
            name: "path-steps".to_owned(),
            what: Purgeable::PathSteps,
            older_than_days: COUNTED_FOR,
        };
        let tallies = PurgeRule {
            name: "tallies".to_owned(),
            what: Purgeable::Tallies,
            older_than_days: TALLIED_FOR,
        };
        let deliveries = PurgeRule {
            name: "deliveries".to_owned(),
            what: Purgeable::Deliveries,
            older_than_days: DELIVERIES_FOR,
        };
        let reminders = PurgeRule {
            name: "reminders".to_owned(),
            what: Purgeable::Reminders,
            older_than_days: PASSED,
        };
        let others = [
            conversations,
            call_backs,
            drafts,
            path_steps,
            tallies,
            deliveries,
            reminders,
        ]
        .into_iter();
        let others = others.chain(ideas);
        questions.chain(others).collect()
    }

    /// How many days a question in a state is kept. What no rule names is kept as long as any question.
    pub(super) fn days_of(&self, state: State) -> u32 {
        let found = self.questions.iter().find(|(s, _)| *s == state);
        found.map_or_else(|| self.longest(), |(_, days)| *days)
    }
}

/// How many days things are kept, as residents are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The address of someone who wants to be called, counted from when they asked.
    pub call_backs: u32,
}

impl Desk {
    /// How many days things are kept, by what they are.
    pub fn kept(&self) -> KeptDays {
        let keep = self.keep.now();
        let of = |state: State| {
            let found = keep.questions.iter().find(|(s, _)| *s == state);
            found.map_or(0, |(_, days)| *days)
        };
        KeptDays {
            new: of(State::New),
            assigned: of(State::Assigned),
            answered: of(State::Answered),
            taught: of(State::Taught),
            not_ours: of(State::NotOurs),
            dismissed: of(State::Dismissed),
            conversations: keep.conversations,
            call_backs: keep.call_backs,
        }
    }

    /// How many days a question is kept, at most.
    pub fn kept_days(&self) -> u32 {
        self.keep.now().longest()
    }

    /// Reads how long things are to be kept. Fails when the database is away.
    pub(super) async fn look_how_long_kept(&self) -> Result<(), StoreError> {
        let setting = self.open_store()?.setting(RETENTION).await?;
        let keep = match serde_json::from_str::<KeptDays>(&setting.value) {
            Ok(days) => days.into(),
            // It was never set, or is not to be any longer.
            Err(_) => self.keep.by_settings.clone(),
        };
        self.keep.in_force.store(Arc::new(keep));
        self.keep.version.store(setting.version, Ordering::Relaxed);
        Ok(())
    }

    /// Deletes what is past its time, and what was to be erased once nobody holds it any longer, and gives the lines that
    /// were added to the purge record. Fails when the database is away.
    pub async fn purge(&self) -> Result<Vec<PurgeLine>, StoreError> {
        let store = self.open_store()?;
        let now = Timestamp::now().as_millisecond();
        let decision = self.practice.archive_decision.as_deref();
        let rules = self.keep.now().rules();
        let lines = store
            .purge(&rules, decision.unwrap_or_default(), now)
            .await?;
        self.purge_sign_ins(&store).await?;
        if let Err(error) = self.erase_released().await {
            tracing::warn!(%error, "what nobody holds any longer could not be erased; it is tried again");
        }
        // What was deleted is not gone on with from memory.
        self.recent.clear();
        Ok(lines)
    }
}
