//! Conversations, so that a follow-up is understood after a restart and by any replica.

use super::db::{on, plain};
use super::writing::Written;
use super::{Store, StoreError};

impl Store {
    /// Where the conversation stands, as the JSON that was saved; `None` when there is no such conversation. Fails when
    /// the database does not answer.
    pub async fn load_conversation(&self, id: &str) -> Result<Option<String>, StoreError> {
        const LOAD: &str = "select body from conversation where id = $1";
        let id = plain(id);
        Ok(
            on!(&self.db, pool => sqlx::query_scalar::<_, String>(LOAD).bind(&*id).fetch_optional(pool).await)?,
        )
    }

    /// Saves where the conversation stands, in place of what was saved before; `now` is in milliseconds, UTC. Fails when
    /// the database does not answer.
    pub async fn save_conversation(
        &self,
        id: &str,
        json: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let (id, json) = (id.to_owned(), json.to_owned());
        self.write(Written::Conversation { id, json, now }).await?;
        Ok(())
    }
}
