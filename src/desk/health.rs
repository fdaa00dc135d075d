//! How the desk itself is doing, for whoever runs it.

use super::Desk;

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
}
