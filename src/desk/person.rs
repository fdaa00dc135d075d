//! Erasing all that one person has left, over every conversation, for channels that know who it is.

use super::{Desk, ERASING, Reply};
use crate::knowledge::{Language, fill};

impl Desk {
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
