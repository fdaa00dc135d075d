//! What people have done on the guided ways in, invented: ideas that they have handed over, and how far they have come.

use std::collections::BTreeMap;

use jiff::ToSpan;
use serde::Deserialize;

use super::{DAYS, DemoError};
use crate::desk::staff::Staff;
use crate::desk::{Desk, HandedIdea, IdeaRefusal, PATH_END, ReviewError};
use crate::knowledge::{Audience, Need, PathName};
use crate::language::hash;
use crate::paths::steps;
use crate::store::{Happening, PathStep, Store};

/// Of so many who come to a step, one goes no further.
const GIVES_UP: u64 = 7;

/// An idea of nobody's.
#[derive(Deserialize)]
pub(super) struct Handed {
    words: String,
    audiences: Vec<Audience>,
    needs: Vec<Need>,
    company: String,
    /// What staff have answered.
    #[serde(default)]
    answer: String,
    /// Why staff have closed it.
    #[serde(default)]
    why_not: String,
}

impl Desk {
    /// Hands an idea over and has staff do with it what they have done. Where nobody takes ideas, there is none.
    pub(super) async fn hand_over_invented(
        &self,
        by: &Staff,
        handed: &Handed,
    ) -> Result<(), DemoError> {
        let idea = HandedIdea {
            words: &handed.words,
            audiences: &handed.audiences,
            needs: &handed.needs,
            company: &handed.company,
            language: self.default_language(),
        };
        let conversation = Desk::new_conversation();
        let receipt = match self.hand_over_idea(&conversation, "web", &idea).await {
            Ok(receipt) => receipt,
            Err(IdeaRefusal::NoReceiver) => return Ok(()),
            Err(refusal) => {
                let answerer = self.library.current();
                let why = refusal.text(answerer.knowledge(), self.default_language());
                return Err(DemoError::Broken(why));
            }
        };
        let review = self.review(by);
        let done = match (handed.answer.as_str(), handed.why_not.as_str()) {
            ("", "") => Ok(()),
            ("", why_not) => review.close_idea(&receipt, 0, why_not).await,
            (answer, _) => review.answer_idea(&receipt, 0, answer).await,
        };
        done.map_err(|error: ReviewError| DemoError::Broken(error.to_string()))
    }

    /// Counts how far people have come in the last month.
    pub(super) async fn count_invented(&self, store: &Store) -> Result<(), DemoError> {
        let mut counts = BTreeMap::new();
        for ago in 0..i64::try_from(DAYS).unwrap_or_default() {
            let day = self.today().saturating_sub(ago.days());
            for path in PathName::ALL.iter().copied() {
                let mut there = 1 + hash(&format!("{day} {}", path.code())) % 9;
                let keys = steps(path).iter().map(|step| step.key);
                for key in keys.chain([PATH_END]) {
                    let mut count = |happening: Happening, count: u64| {
                        let step = PathStep {
                            path,
                            step: key.to_owned(),
                            happening,
                        };
                        if count > 0 {
                            counts.insert((day, step), count);
                        }
                    };
                    count(Happening::Reached, there);
                    let chance = hash(&format!("{day} {} {key}", path.code()));
                    let gone = u64::from(chance % GIVES_UP < there / 2);
                    let stopped = if key == PATH_END {
                        0
                    } else {
                        gone * (chance >> 8) % 2
                    };
                    count(Happening::Stopped, stopped);
                    there -= gone;
                }
            }
        }
        Ok(store.add_path_steps(&counts).await?)
    }
}
