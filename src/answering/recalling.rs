//! Answers that were given before: most people press the same buttons and ask the same first questions, and the same
//! message at the same point of a conversation has the same answer.
//!
//! Kept in memory alone, for as long as the base is in use, under a keyed hash of the message, and only from the second
//! time on: what one person wrote once is not kept. What is private is not kept at all: a cry for help, and a message that
//! holds personal data.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use quick_cache::sync::Cache;

use super::{Answer, Answerer, Conversation, Decision, Question};

/// So many answers are kept; of those that are asked for seldom, the oldest go first.
const MOST: usize = 2_000;
/// A longer message is hardly ever written twice, in bytes.
const LONGEST: usize = 200;

/// Answers by the hash of all that they follow from.
pub(super) struct Recalled {
    keys: [RandomState; 2],
    /// `None` for what was asked once.
    answers: Cache<[u64; 2], Option<Arc<(Answer, Conversation)>>>,
}

impl Default for Recalled {
    fn default() -> Self {
        Recalled {
            keys: Default::default(),
            answers: Cache::new(MOST),
        }
    }
}

impl std::fmt::Debug for Recalled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = self.answers.len();
        f.debug_struct("Recalled").field("answers", &count).finish()
    }
}

impl Recalled {
    /// What an answer follows from, beside the base. Two hashes of 64 bits, with keys of this process alone.
    fn key(&self, question: &Question<'_>, before: &Conversation) -> [u64; 2] {
        let Question {
            text,
            language,
            today,
            top,
            kept_days,
        } = question;
        let all = (text, language, today, top, kept_days, before);
        self.keys.each_ref().map(|key| key.hash_one(all))
    }

    /// Keeps an answer, unless something private was written. `masked` is what was written without personal data.
    pub(super) fn keep(
        &self,
        question: &Question<'_>,
        masked: &str,
        before: &Conversation,
        given: (&Answer, &Conversation),
    ) {
        let (answer, after) = given;
        let private = answer.decision == Decision::Crisis || masked != question.text;
        if !private && question.text.len() <= LONGEST {
            let key = self.key(question, before);
            let again = self.answers.get(&key).is_some();
            let kept = again.then(|| Arc::new((answer.clone(), after.clone())));
            self.answers.insert(key, kept);
        }
    }
}

impl Answerer {
    /// What [`Answerer::answer`] gave at least twice for the same question in the same conversation, if that is still known.
    pub fn recall(
        &self,
        question: &Question<'_>,
        before: &Conversation,
    ) -> Option<(Answer, Conversation)> {
        if question.text.len() > LONGEST {
            return None;
        }
        let key = self.recalled.key(question, before);
        let kept = self.recalled.answers.get(&key).flatten();
        kept.map(|kept| kept.as_ref().clone())
    }
}
