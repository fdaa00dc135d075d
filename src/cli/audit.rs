//! `lots audit`: the trail of what staff have done.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Subcommand;

use super::{minute, print, say};
use crate::app;
use crate::config::Settings;
use crate::desk::{AuditCheck, AuditFilter, AuditLine, Desk, Flaw};

/// What can be done with the trail.
#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// See that no line has been changed, taken away or put in; the status is 1 when one has
    Verify,
    /// Print the newest lines
    List {
        /// How many
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Only what this one has done
        #[arg(long, value_name = "NAME")]
        who: Option<String>,
        /// Only what has been done to this, such as account/anna
        #[arg(long, value_name = "WHAT")]
        about: Option<String>,
    },
}

pub(super) async fn run(settings: &Settings, command: AuditCommand) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let outcome = act(&desk, command).await;
    desk.close().await;
    outcome
}

async fn act(desk: &Desk, command: AuditCommand) -> anyhow::Result<ExitCode> {
    let by = Desk::command_line();
    match command {
        AuditCommand::Verify => match desk.verify_audit(&by).await? {
            AuditCheck::Whole { lines, last } => {
                print(&format!("all {lines} lines are as they were written\n"))?;
                if lines > 0 {
                    print(&format!("the last has the hash {last}\n"))?;
                }
                Ok(ExitCode::SUCCESS)
            }
            AuditCheck::Broken { seq, why } => {
                say(&format!("lots: line {seq} of the trail {}", flaw(why)));
                Ok(ExitCode::FAILURE)
            }
        },
        AuditCommand::List { limit, who, about } => {
            let filter = AuditFilter {
                who,
                about,
                limit,
                before: None,
            };
            let lines = desk.audit_lines(&by, &filter).await?;
            print(&lines.iter().map(listed).collect::<String>())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn flaw(why: Flaw) -> &'static str {
    match why {
        Flaw::Changed => "is not as it was written, or does not follow on the line before it",
        Flaw::Missing => "is not there",
        Flaw::Added => "was put in after the end",
    }
}

/// A line as it is printed. What stands in it may come from anyone, so that no character of it may steer the terminal.
fn listed(line: &AuditLine) -> String {
    let mut out = String::new();
    let _ = write!(
        out,
        "{:>6}  {}  {:<16}  {:<22}  {}",
        line.seq,
        minute(line.at),
        line.who,
        line.act,
        line.about
    );
    if !line.before.is_empty() || !line.after.is_empty() {
        let _ = write!(out, "  {} -> {}", line.before, line.after);
    }
    if !line.reason.is_empty() {
        let _ = write!(out, "  ({})", line.reason);
    }
    out.replace(char::is_control, " ") + "\n"
}
