//! How far people come on the guided ways in: counted in memory, and written beside the answers, so that counting neither
//! delays nor fails one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use super::Desk;
use crate::knowledge::PathName;
use crate::store::{Happening, PathStep, Store};

/// The name under which it is counted that someone came to what a way in leads to.
pub const PATH_END: &str = "end";
/// So many counts are kept until they can be written: those of some days without a database. Others are dropped.
const MOST: usize = 1_000;

type Counts = BTreeMap<(Date, PathStep), u64>;

/// What has been counted and not yet written.
#[derive(Debug, Default)]
pub(super) struct Steps {
    counted: Mutex<Counts>,
    /// Whether it has been said that they cannot be written.
    is_told: AtomicBool,
}

impl Steps {
    fn add(&self, counts: Counts) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, count) in counts {
            if counted.len() < MOST || counted.contains_key(&at) {
                *counted.entry(at).or_default() += count;
            }
        }
    }

    /// What is not written yet of some days, by step.
    pub(super) fn waiting(&self, from: Date, to: Date) -> Vec<(PathStep, u64)> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let within = counted
            .iter()
            .filter(|((day, _), _)| (from..=to).contains(day));
        within
            .map(|((_, step), count)| (step.clone(), *count))
            .collect()
    }

    fn take(&self) -> Counts {
        std::mem::take(&mut *self.counted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes what has been counted. What cannot be written is kept, and said once until it can be again.
    pub(super) async fn write(&self, store: &Store) {
        let counts = self.take();
        if counts.is_empty() {
            return;
        }
        match store.add_path_steps(&counts).await {
            Ok(()) => self.is_told.store(false, Ordering::Relaxed),
            Err(error) => {
                self.add(counts);
                if !self.is_told.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "how far people come on the guided ways in could not be saved; it is tried again");
                }
            }
        }
    }
}

impl Desk {
    /// Counts what happened at a step of a guided way in, or with [`PATH_END`] that someone came to its end: a number of the
    /// day, without who, where or what was said. It waits for nothing and cannot fail.
    pub fn count_step(&self, path: PathName, step: &str, happening: Happening) {
        let step = PathStep {
            path,
            step: step.to_owned(),
            happening,
        };
        self.steps.add(Counts::from([((self.today(), step), 1)]));
    }
}
