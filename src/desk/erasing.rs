//! Erasing what was left in a conversation and, for channels that know who it is, all that one person has left.

use super::{Desk, ERASING, Reply};
use crate::knowledge::{Language, fill};

impl Desk {
    /// Deletes a conversation, its questions and its ideas, and says how many questions there were.
    pub async fn erase(&self, conversation: &str) -> Reply {
        let answerer = self.library.current();
        let before = self.conversation(conversation).await;
        let language = before
            .language
            .unwrap_or(answerer.knowledge().municipality().default_language);
        let phrases = answerer.knowledge().phrases(language);
        let text = match self.forget(conversation).await {
            Some(count) => fill(&phrases.erased, &[("count", &count.to_string())]),
            None => phrases.erase_unavailable.clone(),
        };
        self.say(text, language)
    }

    /// Deletes a conversation, its questions and its ideas; how many questions there were, and `None` when the database
    /// is away.
    pub async fn forget(&self, conversation: &str) -> Option<u64> {
        let waiting = self.backlog.forget(conversation);
        self.recent.remove(conversation);
        self.walks.remove(conversation);
        let store = self.store.load_full()?;
        let erasing = tokio::time::timeout(ERASING, store.erase(conversation)).await;
        let erased = erasing.ok().and_then(Result::ok)?;
        self.tidy_after_erasing().await;
        Some(erased + waiting)
    }

    /// Deletes the conversations whose ids begin with `prefix`, their questions and ideas, and the wishes with the
    /// person's address; says how many questions there were.
    pub async fn erase_person(
        &self,
        prefix: &str,
        channel: &str,
        address: &str,
        language: Language,
    ) -> Reply {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let waiting = self.backlog.forget_all(prefix);
        self.recent.retain(|id, _| !id.starts_with(prefix));
        self.walks.retain(|id| !id.starts_with(prefix));
        let deleted = match self.store.load_full() {
            Some(store) => {
                let erasing = store.erase_person(prefix, channel, address);
                tokio::time::timeout(ERASING, erasing)
                    .await
                    .ok()
                    .and_then(Result::ok)
            }
            None => None,
        };
        if deleted.is_some_and(|count| count > 0) {
            self.tidy_after_erasing().await;
        }
        let text = match deleted {
            Some(count) => fill(
                &phrases.erased_person,
                &[("count", &(count + waiting).to_string())],
            ),
            None => phrases.erase_unavailable.clone(),
        };
        self.say(text, language)
    }
}
