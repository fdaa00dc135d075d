//! Questions that could not be written yet: kept in memory, bounded, and written when the database is back.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::figures;
use crate::store::{NewQuestion, Store};

/// So many questions are kept; the oldest are dropped first, and that is said.
const MOST: usize = 10_000;

/// The questions waiting to be written.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    waiting: Mutex<VecDeque<NewQuestion>>,
}

impl Backlog {
    /// Keeps a question until it can be written.
    pub(super) fn keep(&self, question: NewQuestion) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST {
            waiting.pop_front();
            tracing::error!(
                kept = MOST,
                "the database has been away so long that the oldest unwritten question was dropped"
            );
        }
        waiting.push_back(question);
        figures::waiting(waiting.len());
        tracing::warn!(
            waiting = waiting.len(),
            "a question could not be saved; it is kept in memory until the database is back"
        );
    }

    /// How many are waiting.
    pub(super) fn len(&self) -> usize {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    /// Forgets the waiting questions of a conversation; how many there were.
    pub(super) fn forget(&self, conversation: &str) -> u64 {
        self.forget_those(|of| of == conversation)
    }

    /// The same for every conversation whose id begins with something.
    pub(super) fn forget_all(&self, prefix: &str) -> u64 {
        self.forget_those(|of| of.starts_with(prefix))
    }

    fn forget_those(&self, is_meant: impl Fn(&str) -> bool) -> u64 {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let before = waiting.len();
        waiting.retain(|q| !is_meant(&q.conversation));
        figures::waiting(waiting.len());
        (before - waiting.len()) as u64
    }

    /// Writes what is waiting, oldest first, until it is empty or the database fails again; how many were written.
    pub(super) async fn write(&self, store: &Store) -> usize {
        let mut written = 0;
        loop {
            let next = self
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .front()
                .cloned();
            let Some(question) = next else { break };
            if store.record(&question).await.is_err() {
                break;
            }
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting
                .front()
                .is_some_and(|q| q.receipt == question.receipt)
            {
                waiting.pop_front();
            }
            figures::saved(question.reason);
            figures::waiting(waiting.len());
            written += 1;
        }
        if written > 0 {
            tracing::warn!(
                written,
                "the database is back; questions that waited were saved"
            );
        }
        written
    }
}
