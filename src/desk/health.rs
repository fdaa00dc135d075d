//! How the desk itself is doing, and a copy of what it keeps, for whoever runs it.

use std::path::Path;

use super::Desk;
use crate::store::StoreError;

/// How the desk is doing. It answers whatever this says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether the database answers.
    pub database: bool,
    /// How many questions wait to be saved.
    pub waiting: usize,
}

impl Desk {
    /// How the desk is doing now; takes at most two seconds to find out.
    pub async fn health(&self) -> Health {
        let database = match self.store.load_full() {
            Some(store) => store.is_up().await,
            None => false,
        };
        Health {
            database,
            waiting: self.backlog.len(),
        }
    }

    /// Copies the database into an empty file while it is in use; `false`, with nothing done, when it is on a server.
    /// Fails when the file cannot be written to, and when the database does not answer.
    pub async fn back_up(&self, file: &Path) -> Result<bool, StoreError> {
        self.open_store()?.back_up(file).await
    }
}
