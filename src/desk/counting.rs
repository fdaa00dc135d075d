//! What is counted by day: in memory first, and written beside the answers, so that counting neither delays nor fails one.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use crate::store::{Store, StoreError};

/// How often what has happened, by day.
pub(super) type Counts<T> = BTreeMap<(Date, T), u64>;

/// Something that is counted by day.
pub(super) trait Counted: Clone + Ord {
    /// So many counts are kept until they can be written: those of some days without a database. Others are dropped.
    const MOST: usize;
    /// What it is, in the log.
    const NAME: &'static str;

    /// Adds counts to those of the database.
    fn write(
        store: &Store,
        counts: &Counts<Self>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;
}

/// What has been counted and not yet written.
#[derive(Debug)]
pub(super) struct Counting<T> {
    counted: Mutex<Counts<T>>,
    /// Whether it has been said that they cannot be written.
    is_told: AtomicBool,
}

impl<T> Default for Counting<T> {
    fn default() -> Self {
        Counting {
            counted: Mutex::default(),
            is_told: AtomicBool::default(),
        }
    }
}

impl<T: Counted> Counting<T> {
    /// Counts something on a day. It waits for nothing and cannot fail.
    pub(super) fn count(&self, day: Date, what: T) {
        self.add(Counts::from([((day, what), 1)]));
    }

    fn add(&self, counts: Counts<T>) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for (at, count) in counts {
            if counted.len() < T::MOST || counted.contains_key(&at) {
                *counted.entry(at).or_default() += count;
            }
        }
    }

    /// What is not written yet of some days.
    pub(super) fn waiting(&self, from: Date, to: Date) -> Counts<T> {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let within = counted
            .iter()
            .filter(|((day, _), _)| (from..=to).contains(day));
        within.map(|(at, count)| (at.clone(), *count)).collect()
    }

    fn take(&self) -> Counts<T> {
        std::mem::take(&mut *self.counted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes what has been counted. What cannot be written is kept, and said once until it can be again.
    pub(super) async fn write(&self, store: &Store) {
        let counts = self.take();
        if counts.is_empty() {
            return;
        }
        match T::write(store, &counts).await {
            Ok(()) => self.is_told.store(false, Ordering::Relaxed),
            Err(error) => {
                self.add(counts);
                if !self.is_told.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "{} could not be saved; it is tried again", T::NAME);
                }
            }
        }
    }
}
