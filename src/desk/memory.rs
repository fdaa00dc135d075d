//! What is remembered of a conversation: in the store, so that any replica can go on with it, and for a while in memory,
//! for when the database is away, and to save the way to it where this program alone writes to it.

use quick_cache::sync::Cache;

use super::waiting::patiently;
use super::{Desk, now};
use crate::answering::Conversation;
use crate::store::Receipt;

/// Conversations kept in memory.
const RECENT: usize = 1_000;

/// No conversations yet.
pub(super) fn recent() -> Cache<String, Conversation> {
    Cache::new(RECENT)
}

impl Desk {
    /// A name for a new conversation: 140 random bits, so that nobody can guess another's.
    pub fn new_conversation() -> String {
        (0..4)
            .map(|_| Receipt::new().as_str().replace('-', ""))
            .collect()
    }

    /// Whether a name could be one that [`Desk::new_conversation`] gave.
    pub fn is_conversation(name: &str) -> bool {
        let part = |bytes: &[u8]| {
            let symbols = std::str::from_utf8(bytes).unwrap_or_default();
            Receipt::parse(symbols).is_some_and(|r| r.as_str().replace('-', "") == symbols)
        };
        name.len() == 28 && name.as_bytes().chunks(7).all(part)
    }

    /// A conversation that begins now, by a new name.
    pub fn begin_conversation(&self) -> String {
        let name = Desk::new_conversation();
        self.recent.insert(name.clone(), Conversation::default());
        name
    }

    pub(super) async fn conversation(&self, id: &str) -> Conversation {
        let recent = self.recent.get(id);
        if let Some(store) = self.store.load_full() {
            if let Some(recent) = &recent
                && !store.is_shared()
            {
                return recent.clone();
            }
            let loaded = patiently(store.load_conversation(id));
            match loaded.await {
                Some(Ok(Some(json))) => return serde_json::from_str(&json).unwrap_or_default(),
                Some(Ok(None)) => {}
                Some(Err(error)) => {
                    tracing::warn!(%error, "the conversation could not be read; memory is used")
                }
                None => {
                    tracing::warn!("the conversation could not be read in time; memory is used")
                }
            }
        }
        recent.unwrap_or_default()
    }

    pub(super) async fn remember(&self, id: &str, conversation: Conversation) {
        let json = serde_json::to_string(&conversation).unwrap_or_default();
        self.recent.insert(id.to_owned(), conversation);
        if let Some(store) = self.store.load_full() {
            let saved = patiently(store.save_conversation(id, &json, now()));
            match saved.await {
                Some(Ok(())) => {}
                Some(Err(error)) => tracing::warn!(%error, "the conversation could not be saved"),
                None => tracing::warn!("the conversation could not be saved in time"),
            }
        }
    }
}
