//! `lots demo`: a month of invented questions and someone of each role, to try the console with.

use std::fmt::Write as _;
use std::process::ExitCode;

use super::print;
use crate::app;
use crate::config::Settings;
use crate::desk::{Desk, Role};

/// The names of those who can sign in.
const STAFF: [(&str, Role); 3] = [
    ("lasare", Role::Reader),
    ("redaktor", Role::Editor),
    ("admin", Role::Admin),
];

/// Fills the database, and prints how to go on.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let outcome = fill(&desk).await;
    desk.close().await;
    print(&outcome?)?;
    Ok(ExitCode::SUCCESS)
}

async fn fill(desk: &Desk) -> anyhow::Result<String> {
    let by = Desk::command_line();
    let count = desk.invent_a_month(&by).await?;
    let mut out = format!("{count} invented questions of the last month are in the database\n\n");
    for (name, role) in STAFF {
        let password = Desk::new_conversation();
        desk.add_account(&by, name, role, None, &password).await?;
        let _ = writeln!(out, "{:<8} name {name:<9} password {password}", role.code());
    }
    out.push_str("\nstart `lots` and sign in at /sv/konsol or /en/console\n");
    Ok(out)
}
