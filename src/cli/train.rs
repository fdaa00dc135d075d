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
    /// Labelled questions to learn from whether the base answers at all: sets as `evaluate` reads them
    #[arg(long, num_args = 1..)]
    questions: Vec<PathBuf>,
    /// Labelled conversations to learn follow-ups from: sets as `evaluate` reads them
    #[arg(long, num_args = 1..)]
    conversations: Vec<PathBuf>,
}

pub(super) fn run(settings: &Settings, args: &TrainArgs) -> anyhow::Result<ExitCode> {
    let answerer = open(&find(settings.knowledge.as_deref()))?;
    let questions = labelled(&args.questions, |turns| turns == 1)?;
    let conversations = labelled(&args.conversations, |turns| turns > 1)?;
    let trained = train(answerer.knowledge(), &questions, &conversations);
    say(&format!(
        "{} wordings held out, {} found first what they stand for; {} questions, {} conversations",
        trained.held_out, trained.found, trained.questions, trained.conversations
    ));
    print(&trained.weights)?;
    Ok(ExitCode::SUCCESS)
}

/// The items of some sets that have the wanted number of turns.
fn labelled(sets: &[PathBuf], wanted: impl Fn(usize) -> bool) -> anyhow::Result<Vec<Labelled>> {
    let mut all = Vec::new();
    for set in sets {
        let items = read_items(set)?.into_iter();
        all.extend(items.filter(|item| wanted(item.turns.len())).map(|item| {
            // Of a question that no entry answers, the entries say who owns it.
            let answered = matches!(item.expect.as_str(), "answer" | "choice");
            Labelled {
                turns: item.turns,
                entries: if answered { item.entries } else { Vec::new() },
            }
        }));
    }
    Ok(all)
}
