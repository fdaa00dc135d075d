//! Conversations, so that a follow-up is understood after a restart and by any replica.

use super::cluster::{TURN, mark};
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

    /// Deletes the conversation, all its questions and ideas and where it asked to be called, or nothing of it. Returns how
    /// many questions there were; none is not a failure. Fails when the database does not answer.
    pub async fn erase(&self, conversation: &str) -> Result<u64, StoreError> {
        const MARK: &str = mark!("conversation = $1");
        const QUESTIONS: &str = "delete from question where conversation = $1";
        const CONVERSATION: &str = "delete from conversation where id = $1";
        const CALL_BACKS: &str = "delete from callback where conversation = $1";
        const IDEAS: &str = "delete from idea where conversation = $1";
        let id = plain(conversation);
        let questions = on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            sqlx::query(TURN).execute(&mut *transaction).await?;
            sqlx::query(MARK).bind(&*id).execute(&mut *transaction).await?;
            let questions = sqlx::query(QUESTIONS).bind(&*id).execute(&mut *transaction).await?.rows_affected();
            sqlx::query(CONVERSATION).bind(&*id).execute(&mut *transaction).await?;
            sqlx::query(CALL_BACKS).bind(&*id).execute(&mut *transaction).await?;
            sqlx::query(IDEAS).bind(&*id).execute(&mut *transaction).await?;
            transaction.commit().await?;
            Ok::<_, StoreError>(questions)
        })?;
        self.db.settle().await;
        Ok(questions)
    }
}
