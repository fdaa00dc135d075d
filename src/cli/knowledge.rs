//! `lots knowledge`: what staff have changed in the knowledge base, to be gone through in git.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Subcommand;

use super::{minute, print};
use crate::app;
use crate::config::Settings;
use crate::desk::{ChangeLine, Desk};
use crate::knowledge::Laying;

/// What can be done with what staff have changed.
#[derive(Debug, Subcommand)]
pub(super) enum KnowledgeCommand {
    /// Write the files of the base that are other ones with what is published, as they are then
    Export {
        /// The folder to write into, such as the one with the base
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
    },
    /// Print the drafts and the published changes, the latest first
    Changes,
}

pub(super) async fn run(
    settings: &Settings,
    command: KnowledgeCommand,
) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let outcome = act(&desk, command).await;
    desk.close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn act(desk: &Desk, command: KnowledgeCommand) -> anyhow::Result<()> {
    // Without what is published there would be nothing to write, and nobody would know why.
    desk.catch_up().await?;
    match command {
        KnowledgeCommand::Export { to } => export(desk, &to),
        KnowledgeCommand::Changes => {
            let by = Desk::command_line();
            let mut after = None;
            loop {
                let lines = desk.review(&by).changes(None, after.take()).await?;
                let Some(last) = lines.last() else {
                    return Ok(());
                };
                after = Some((last.kept.changed_at, last.kept.id.clone()));
                print(&lines.iter().map(listed).collect::<String>())?;
            }
        }
    }
}

fn export(desk: &Desk, folder: &Path) -> anyhow::Result<()> {
    let shown = folder.display();
    ensure!(
        !folder.exists() || folder.is_dir(),
        "{shown} is a file; name a folder, such as the one with the base"
    );
    let files = desk.published_files()?;
    let mut out = String::new();
    for (path, text) in &files {
        let place = folder.join(path);
        let written = match place.parent() {
            Some(parent) => std::fs::create_dir_all(parent),
            None => Ok(()),
        };
        written
            .and_then(|()| std::fs::write(&place, text))
            .with_context(|| format!("{} cannot be written", place.display()))?;
        let _ = writeln!(out, "{}", place.display());
    }
    let _ = match files.len() {
        0 => writeln!(
            out,
            "the files say all that staff have published, so there is nothing to write"
        ),
        count => writeln!(
            out,
            "{count} files written; look through the difference, check it with lots check, and save it in git"
        ),
    };
    print(&out)
}

/// A change as it is printed. No character of what staff have written may steer the terminal.
fn listed(line: &ChangeLine) -> String {
    let kept = &line.kept;
    let mut out = format!(
        "{}  {}  {:<9}  {:<7}  {:<16}  {}: {}",
        kept.id,
        minute(kept.changed_at),
        kept.stage.code(),
        kept.act,
        kept.changed_by,
        kept.about,
        kept.title,
    );
    match &line.laying {
        None | Some(Laying::Laid) => {}
        Some(Laying::Merged) => out.push_str("  (the files say it)"),
        Some(Laying::Conflict { path }) => {
            let _ = write!(out, "  (not in use: {path} has changed since)");
        }
        Some(Laying::Lost) => out.push_str("  (not in use: what it is about is not there)"),
    }
    out.replace(char::is_control, " ") + "\n"
}
