//! What is remembered of a conversation: in the store, so that any replica can go on with it, and for a while in memory,
//! for when the database is away.

use std::sync::PoisonError;

use super::{Desk, PATIENCE, now};
use crate::answering::Conversation;

/// Conversations kept in memory.
const RECENT: usize = 1_000;

impl Desk {
    pub(super) async fn conversation(&self, id: &str) -> Conversation {
        if let Some(store) = self.store.load_full() {
            match tokio::time::timeout(PATIENCE, store.load_conversation(id)).await {
                Ok(Ok(Some(json))) => return serde_json::from_str(&json).unwrap_or_default(),
                Ok(Ok(None)) => {}
                Ok(Err(error)) => {
                    tracing::warn!(%error, "the conversation could not be read; memory is used")
                }
                Err(_) => {
                    tracing::warn!("the conversation could not be read in time; memory is used")
                }
            }
        }
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, c)| c.clone())
            .unwrap_or_default()
    }

    pub(super) async fn remember(&self, id: &str, conversation: Conversation) {
        let json = serde_json::to_string(&conversation).unwrap_or_default();
        {
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            recent.retain(|(known, _)| known != id);
            if recent.len() >= RECENT {
                recent.pop_front();
            }
            recent.push_back((id.to_owned(), conversation));
        }
        if let Some(store) = self.store.load_full() {
            match tokio::time::timeout(PATIENCE, store.save_conversation(id, &json, now())).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "the conversation could not be saved"),
                Err(_) => tracing::warn!("the conversation could not be saved in time"),
            }
        }
    }
}
