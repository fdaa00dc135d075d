//! The switch that has lots rest: whoever writes is told how to reach people, in every channel. Only someone in need is
//! answered as ever.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use super::{Desk, Reply};
use crate::answering::{Answer, Block};
use crate::knowledge::{Language, fill};
use crate::store::StoreError;

/// The setting that says so.
pub(super) const RESTING: &str = "resting";
/// Its value while lots is resting.
pub(super) const ON: &str = "on";

/// Whether lots is resting, as this replica knows.
#[derive(Debug, Default)]
pub(super) struct Resting {
    is_on: AtomicBool,
    version: AtomicI64,
}

impl Resting {
    /// The version of the setting that this replica has seen.
    pub(super) fn version(&self) -> i64 {
        self.version.load(Ordering::Relaxed)
    }
}

impl Desk {
    /// Whether lots is resting: nothing but cries for help is answered.
    pub fn is_resting(&self) -> bool {
        self.resting.is_on.load(Ordering::Relaxed)
    }

    /// What is said while lots is resting, and where a person can be reached.
    pub fn resting_notice(&self, language: Language) -> String {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let way_in = knowledge.way_in(language);
        fill(&knowledge.phrases(language).resting, &[("way_in", &way_in)])
    }

    /// The answer to everything while lots is resting.
    pub(super) fn resting_reply(&self, language: Language) -> Reply {
        let mut reply = self.say(self.resting_notice(language), language);
        let ways = |block: &Block| matches!(block, Block::Contact { .. });
        let Answer { blocks, .. } = self.human(language).answer;
        reply.answer.blocks.extend(blocks.into_iter().filter(ways));
        reply
    }

    /// Reads the setting. Fails when the database is away.
    pub(super) async fn look_whether_resting(&self) -> Result<(), StoreError> {
        let setting = self.open_store()?.setting(RESTING).await?;
        self.resting
            .is_on
            .store(setting.value == ON, Ordering::Relaxed);
        self.resting
            .version
            .store(setting.version, Ordering::Relaxed);
        Ok(())
    }
}
