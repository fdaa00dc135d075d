//! Which entries take each other's questions: worked out beside everything else, once for each base, since it takes as long
//! as reading the base some times.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::civil::Date;
use rustc_hash::FxHasher;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::answering::{Answerer, Overlap, overlaps};
use crate::knowledge::Knowledge;

/// Whoever looks waits so long for it; a large base takes longer, and is seen the next time.
const PATIENCE: Duration = Duration::from_secs(2);

type Worked = Arc<Vec<Overlap>>;

/// Which entries of the base in use take each other's questions, as far as it has been worked out.
#[derive(Debug, Default)]
pub(in crate::desk) struct Overlapping {
    of: Mutex<Option<(u64, watch::Receiver<Option<Worked>>)>>,
}

impl Overlapping {
    /// Those of a base; `None` while that is being worked out.
    pub(super) async fn of(&self, answerer: &Arc<Answerer>, today: Date) -> Option<Worked> {
        let mut worked = self.begun(answerer, today);
        let known = timeout(PATIENCE, worked.wait_for(Option::is_some)).await;
        known.ok()?.ok()?.clone()
    }

    /// Begins to work it out, unless that has been begun for the same words.
    fn begun(&self, answerer: &Arc<Answerer>, today: Date) -> watch::Receiver<Option<Worked>> {
        let words = words_of(answerer.knowledge());
        let mut held = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, worked)) = held.as_ref()
            && *of == words
        {
            return worked.clone();
        }
        let (tell, worked) = watch::channel(None);
        let answerer = Arc::clone(answerer);
        tokio::task::spawn_blocking(move || {
            let found = overlaps(answerer.knowledge(), today);
            // Nobody may be waiting for it any longer.
            _ = tell.send(Some(Arc::new(found)));
        });
        *held = Some((words, worked.clone()));
        worked
    }
}

/// The words that entries are found by, in a number: what they say of dates and sources changes nothing here.
fn words_of(knowledge: &Knowledge) -> u64 {
    let mut hasher = FxHasher::default();
    for entry in knowledge.entries() {
        entry.id.hash(&mut hasher);
        entry.not_to_confuse_with.hash(&mut hasher);
        for (language, text) in entry.texts.iter() {
            language.code().hash(&mut hasher);
            (&text.title, &text.also_called, &text.questions).hash(&mut hasher);
            (&text.responsible_for, &text.summary).hash(&mut hasher);
            for section in &text.sections {
                section.body.hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}
