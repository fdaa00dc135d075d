//! `lots backup`: a copy of the database while lots runs.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::print;
use crate::app;
use crate::config::Settings;
use crate::desk::Desk;

/// What is to be backed up.
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The file to write: one that does not exist yet
    file: PathBuf,
}

pub(super) async fn run(settings: &Settings, args: BackupArgs) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let outcome = copy(&desk, &args.file).await;
    desk.close().await;
    outcome
}

async fn copy(desk: &Desk, file: &Path) -> anyhow::Result<ExitCode> {
    let made = create(file).with_context(|| {
        format!(
            "{} cannot be made; name a file that does not exist yet, in a folder that can be written to",
            file.display()
        )
    })?;
    drop(made);
    let copied = desk.back_up(file).await;
    if !matches!(copied, Ok(true)) {
        // Half a copy would be taken for a whole one.
        _ = std::fs::remove_file(file);
    }
    anyhow::ensure!(
        copied?,
        "a database on a server is backed up by the server's own program; use pg_dump"
    );
    print(&format!(
        "{} holds a copy of the database\n",
        file.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Makes the file, empty, for nobody but the one who runs this.
fn create(file: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}
