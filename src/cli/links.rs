//! `lots links`: looks at every link of the base now.

use std::process::ExitCode;
use std::sync::Arc;

use super::{print, say};
use crate::app;
use crate::config::Settings;
use crate::desk::{Desk, LinkStanding};
use crate::outside::LinkChecker;

/// Looks, and prints what is found of each link; the status is 1 when one is dead.
pub(super) async fn run(settings: &Settings) -> anyhow::Result<ExitCode> {
    let checker = Arc::new(app::link_checker(settings)?);
    let desk = app::desk(settings).await?;
    let outcome = look(&desk, &checker).await;
    desk.close().await;
    outcome
}

async fn look(desk: &Desk, checker: &Arc<LinkChecker>) -> anyhow::Result<ExitCode> {
    let (mut all, mut failing, mut dead) = (0, 0, 0);
    let mut printed = Ok(());
    desk.look_at_all_links(checker, |link| {
        all += 1;
        failing += usize::from(link.failed_at.is_some());
        dead += usize::from(link.is_dead());
        if printed.is_ok() {
            printed = print(&listed(link));
        }
    })
    .await?;
    printed?;
    say(&format!(
        "lots: {all} links, {failing} of them lead nowhere now, {dead} have for more than a day"
    ));
    Ok(match dead {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// A link as it is printed. What a site says stands in it, so that no character of it may steer the terminal.
fn listed(link: &LinkStanding) -> String {
    let found = link.finding.map_or("", |f| f.code());
    let status = link.status.map_or(String::new(), |s| s.to_string());
    let entries: Vec<&str> = link.entries.iter().map(|e| e.as_str()).collect();
    let moved = link.moved.as_ref();
    let moved = moved.map_or(String::new(), |to| format!(" -> {to}"));
    let mark = if link.is_dead() { "dead" } else { "" };
    let line = format!(
        "{mark:<4}  {found:<11}  {status:<3}  {}{moved}  {}",
        link.address,
        entries.join(" ")
    );
    line.trim_end().replace(char::is_control, " ") + "\n"
}
