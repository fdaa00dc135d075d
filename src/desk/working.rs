//! Working out an answer, which is nothing but work: on threads of its own, as many at a time as there are cores, so that
//! however much is asked at once, whatever waits for a database or a channel is not kept waiting for it.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;

use super::{Desk, Message, NEAREST};
use crate::answering::{Answer, Answerer, Conversation, Question};
use crate::knowledge::{EntryId, Language};

/// A turn for each core.
pub(super) fn turns() -> Semaphore {
    Semaphore::new(available_parallelism().map_or(1, usize::from))
}

impl Desk {
    /// The answer to a message, and the conversation as it is afterwards.
    pub(super) async fn work_out(
        &self,
        answerer: &Arc<Answerer>,
        message: &Message<'_>,
        before: Conversation,
    ) -> (Answer, Conversation) {
        let asked = Question {
            text: message.text,
            language: message.language,
            today: self.today(),
            top: NEAREST,
            kept_days: self.keep.now().longest(),
        };
        // What was worked out before is no work.
        if let Some(given) = answerer.recall(&asked, &before) {
            return given;
        }
        // The turns are never closed, so that there is one in the end.
        let _turn = self.turns.acquire().await;
        let (answerer, text) = (Arc::clone(answerer), message.text.to_owned());
        let (language, today, kept_days) = (asked.language, asked.today, asked.kept_days);
        blocking(move || {
            let question = Question {
                text: &text,
                language,
                today,
                top: NEAREST,
                kept_days,
            };
            answerer.answer(&question, &before)
        })
        .await
    }

    /// The entries that something sought may mean, best first, and no more than `top`; none when nothing fits.
    pub async fn search(&self, text: &str, language: Language, top: usize) -> Vec<EntryId> {
        let _turn = self.turns.acquire().await;
        let (answerer, text) = (self.library.current(), text.to_owned());
        blocking(move || answerer.search(&text, language, top)).await
    }
}

/// What some work comes to that would hold up everything else on a thread for waiting.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(worked_out) => worked_out,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The program is ending, and nobody waits for this.
            Err(_) => std::future::pending().await,
        },
    }
}
