//! The only wiring: settings become a desk, and the desk is given to the channels.

use std::sync::Arc;

use anyhow::Context;

use crate::config::Settings;
use crate::desk::{Desk, Keep, Library, State, find, open};
use crate::terminal;

/// Opens the desk as the settings say. Fails when there is no base to answer from or the database's address makes no
/// sense; a database that is away is only warned of.
pub async fn desk(settings: &Settings) -> anyhow::Result<Desk> {
    let origin = find(settings.knowledge.as_deref());
    tracing::info!(%origin, "reading the knowledge base");
    let answerer = open(&origin)?;
    Desk::open(
        Library::new(answerer),
        &settings.database_url,
        keep(settings),
    )
    .await
    .context("LOTS_DATABASE_URL cannot be used")
}

/// Holds a conversation in the terminal until it ends.
pub async fn chat(settings: &Settings) -> anyhow::Result<()> {
    let desk = Arc::new(desk(settings).await?);
    // In a task of its own: waiting for someone to type must hold up nothing.
    let tending = tokio::spawn({
        let desk = Arc::clone(&desk);
        async move { desk.tend().await }
    });
    let outcome = terminal::run(&desk).await;
    tending.abort();
    desk.close().await;
    outcome
}

fn keep(settings: &Settings) -> Keep {
    let r = &settings.retention;
    Keep {
        questions: vec![
            (State::New, r.new),
            (State::Assigned, r.assigned),
            (State::Answered, r.answered),
            (State::Taught, r.taught),
            (State::NotOurs, r.not_ours),
            (State::Dismissed, r.dismissed),
        ],
        conversations: r.conversations,
    }
}
