//! `lots train`: learns the weights of the matching from the base, and prints them.

use std::path::PathBuf;
use std::process::ExitCode;

use super::evaluate::read_items;
use super::{print, say};
use crate::answering::{Labelled, train};
use crate::config::Settings;
use crate::desk::{find, open};

#[derive(Debug, clap::Args)]
pub(super) struct TrainArgs {
    /// Labelled conversations to learn follow-ups from: a set as `evaluate` reads it
    #[arg(long)]
    conversations: Option<PathBuf>,
}

pub(super) fn run(settings: &Settings, args: &TrainArgs) -> anyhow::Result<ExitCode> {
    let answerer = open(&find(settings.knowledge.as_deref()))?;
    let items = args.conversations.as_deref().map(read_items).transpose()?;
    let conversations: Vec<Labelled> = items
        .unwrap_or_default()
        .into_iter()
        .filter(|item| item.turns.len() > 1)
        .map(|item| Labelled {
            turns: item.turns,
            entries: item.entries,
        })
        .collect();
    let trained = train(answerer.knowledge(), &conversations);
    say(&format!(
        "{} wordings held out, {} found first what they stand for; {} conversations",
        trained.held_out, trained.found, trained.conversations
    ));
    print(&trained.weights)?;
    Ok(ExitCode::SUCCESS)
}
