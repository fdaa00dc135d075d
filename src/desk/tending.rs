//! What the desk does beside the questions: it opens the database when that was away, writes what waited and
//! what was counted, deletes what is past its time, and puts new questions with those that ask the same.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::clock::Clock;
use super::{Desk, ERASING, now};
use crate::store::{Store, StoreError};

/// How often the database is tried again while it is away.
const RETRY: Duration = Duration::from_secs(5);
/// How often old questions are deleted by a running program.
const PURGE_EVERY: Duration = Duration::from_secs(3_600);

impl Desk {
    /// Works beside the questions until it is cancelled: opens the database when it was away, writes what waited, and
    /// deletes what is past its time.
    pub async fn tend(&self) {
        // However much there is to be put in order, what waits is written.
        tokio::join!(self.write_what_waits(), self.delete_and_put_in_order());
    }

    async fn write_what_waits(&self) {
        loop {
            self.reconnect().await;
            if let Some(store) = self.store.load_full() {
                if self.backlog.len() > 0 {
                    self.backlog.write(&store).await;
                }
                self.steps.write(&store).await;
                self.tallies.write(&store).await;
            }
            sleep(RETRY).await;
        }
    }

    async fn delete_and_put_in_order(&self) {
        let mut purged: Option<Instant> = None;
        let mut clock = Clock::new(now(), Instant::now());
        loop {
            let is_trusted = clock.is_trusted(now(), Instant::now());
            if self.store.load().is_some() {
                if is_trusted && purged.is_none_or(|at| at.elapsed() >= PURGE_EVERY) {
                    if let Err(error) = self.purge().await {
                        tracing::warn!(%error, "old questions could not be deleted; it is tried again in an hour");
                    }
                    purged = Some(Instant::now());
                }
                if let Err(error) = self.put_in_order().await {
                    tracing::warn!(%error, "new questions could not be put with others; it is tried again");
                }
            }
            sleep(RETRY).await;
        }
    }

    /// Writes what is still waiting, once, and closes the database.
    pub async fn close(&self) {
        self.reconnect().await;
        if let Some(store) = self.store.load_full() {
            self.backlog.write(&store).await;
            self.steps.write(&store).await;
            self.tallies.write(&store).await;
            store.close().await;
        }
        if self.backlog.len() > 0 {
            tracing::error!(
                lost = self.backlog.len(),
                "the database did not come back; these questions could not be saved"
            );
        }
    }

    /// Puts new questions with those that ask the same.
    async fn put_in_order(&self) -> Result<(), StoreError> {
        self.tidy_clusters().await?;
        self.sort_questions().await?;
        Ok(())
    }

    /// The database, for work that makes no sense without it.
    pub(super) fn open_store(&self) -> Result<Arc<Store>, StoreError> {
        self.store.load_full().ok_or_else(|| {
            StoreError::Unavailable("it could not be opened when the program started".to_owned())
        })
    }

    async fn reconnect(&self) {
        if self.store.load().is_some() {
            return;
        }
        if let Ok(store) = Store::open(&self.database_url.load()).await {
            self.store.store(Some(Arc::new(store)));
        }
    }

    /// Has no wording outlive the questions that were erased. What cannot be counted out now is tried again by
    /// [`Desk::tend`]; a draft that cannot be reached now is emptied when its time is up.
    pub(super) async fn tidy_after_erasing(&self, gone: &[String]) {
        let forgetting = timeout(ERASING, self.forget_wordings(gone));
        let tidying = timeout(ERASING, self.tidy_clusters());
        let (forgotten, tidied) = tokio::join!(forgetting, tidying);
        if !matches!(forgotten, Ok(Ok(()))) {
            tracing::warn!("what was erased may stand in a draft until its time is up");
        }
        if !matches!(tidied, Ok(Ok(()))) {
            tracing::warn!("what was erased could not be counted out yet; it is tried again");
        }
    }
}
