//! `lots purge`, `lots erase`, `lots receipt --json`: what is deleted, and what is kept about one receipt.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Context;
use jiff::civil::Date;

use super::{minute, print};
use crate::app;
use crate::config::Settings;
use crate::desk::{Desk, Erased, Period, PurgeLine, Purged, ReviewError};
use crate::store::Receipt;

/// What `lots purge` is to do.
#[derive(Debug, clap::Args)]
pub(super) struct PurgeArgs {
    /// Only print the record of earlier deletions
    #[arg(long)]
    record: bool,
    /// The first day of the record; without it, the first of this month
    #[arg(long, value_name = "DAY", requires = "record")]
    from: Option<Date>,
    /// The last day of the record; without it, today
    #[arg(long, value_name = "DAY", requires = "record")]
    to: Option<Date>,
    /// The record as comma-separated values
    #[arg(long, requires = "record")]
    csv: bool,
}

/// What is to be erased.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false, id = "whose")]
pub(super) struct Whose {
    /// What has this receipt code
    #[arg(long, value_name = "CODE")]
    receipt: Option<String>,
    /// All that the one with this user id on Discord has left; the token of the bot must be set
    #[arg(long, value_name = "ID")]
    discord: Option<String>,
}

/// What `lots erase` is to do.
#[derive(Debug, clap::Args)]
pub(super) struct EraseArgs {
    #[command(flatten)]
    whose: Whose,
    /// With a receipt: also everything else that was left in the same conversation
    #[arg(long, conflicts_with = "discord")]
    all: bool,
    /// Why, for the trail; no names
    #[arg(long, default_value = "")]
    reason: String,
}

/// Deletes what is past its time, or prints the record of that.
pub(super) async fn purge(settings: &Settings, args: PurgeArgs) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let printed = if args.record {
        record(&desk, &args).await
    } else {
        desk.purge()
            .await
            .map_err(Into::into)
            .map(|lines| deleted(&lines))
    };
    desk.close().await;
    print(&printed?)?;
    Ok(ExitCode::SUCCESS)
}

/// Erases what someone has left, at their wish.
pub(super) async fn erase(settings: &Settings, args: EraseArgs) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let erased = erased(&desk, &args).await;
    desk.close().await;
    print(&said(&erased?))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints all that is kept about a receipt, as JSON.
pub(super) async fn dossier(settings: &Settings, code: &str) -> anyhow::Result<ExitCode> {
    let receipt = parse(code)?;
    let desk = app::desk(settings).await?;
    let dossier = desk.dossier(&receipt).await;
    desk.close().await;
    let dossier =
        dossier?.with_context(|| format!("nothing is kept with the receipt {receipt}"))?;
    print(&format!("{}\n", serde_json::to_string_pretty(&dossier)?))?;
    Ok(ExitCode::SUCCESS)
}

/// A receipt code as it was typed.
pub(super) fn parse(code: &str) -> anyhow::Result<Receipt> {
    Receipt::parse(code)
        .with_context(|| format!("{code:?} is not a receipt code; they look like 7F3K-2QX"))
}

async fn erased(desk: &Desk, args: &EraseArgs) -> anyhow::Result<Erased> {
    let by = Desk::command_line();
    let review = desk.review(&by);
    if let Some(id) = &args.whose.discord {
        return match review.erase_person(id, &args.reason).await {
            Err(ReviewError::Problems(problems)) => {
                let said = problems.iter().map(|p| format!("{}; {}", p.reason, p.mend));
                anyhow::bail!("{}", said.collect::<Vec<_>>().join(", "))
            }
            erased => Ok(erased?),
        };
    }
    let receipt = parse(args.whose.receipt.as_deref().unwrap_or_default())?;
    match review.erase_receipt(&receipt, args.all, &args.reason).await {
        Err(ReviewError::NotFound) => anyhow::bail!("nothing is kept with the receipt {receipt}"),
        erased => Ok(erased?),
    }
}

fn said(erased: &Erased) -> String {
    let mut out = format!(
        "erased: {} questions, {} ideas, {} call backs\n",
        erased.questions, erased.ideas, erased.call_backs
    );
    if erased.held > 0 {
        let _ = writeln!(
            out,
            "{} questions are held and stay; the console shows that they are wanted erased",
            erased.held
        );
    }
    out
}

/// The record of deletions in a period.
async fn record(desk: &Desk, args: &PurgeArgs) -> anyhow::Result<String> {
    let month = desk.this_month();
    let period = Period {
        from: args.from.unwrap_or(month.from),
        to: args.to.unwrap_or(month.to),
    };
    let purged = desk.purged(&Desk::command_line(), period).await?;
    if args.csv {
        return Ok(desk.purged_csv(&purged)?);
    }
    Ok(recorded(desk, period, &purged))
}

fn recorded(desk: &Desk, period: Period, purged: &Purged) -> String {
    let mut out = format!(
        "{} to {}: the rules were applied {} times\n",
        period.from, period.to, purged.runs
    );
    for row in &purged.rows {
        let limit = row
            .days
            .map_or("on request".to_owned(), |d| format!("after {d} days"));
        let decision = match row.decision.as_str() {
            "" => String::new(),
            decision => format!("  by {decision}"),
        };
        let _ = writeln!(
            out,
            "{}  {:<24} {:>7} deleted {limit}{decision}  run {}",
            desk.local_minute(row.at),
            row.rule,
            row.count,
            row.run
        );
    }
    for (rule, count) in &purged.totals {
        let _ = writeln!(out, "{rule:<42} {count:>7} in all");
    }
    out.replace(|c: char| c.is_control() && c != '\n', " ")
}

/// What was just deleted.
fn deleted(lines: &[PurgeLine]) -> String {
    let mut out = String::new();
    for line in lines {
        let rule = line.rule.as_deref().unwrap_or("all rules");
        let _ = writeln!(
            out,
            "{}  {rule:<24} {:>7} deleted, older than {}",
            minute(line.ran_at),
            line.count,
            minute(line.cutoff)
        );
    }
    out
}
