//! The record of what has been deleted, by period: to read, to print, and for a spreadsheet.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, file};
use crate::desk::{Period, Purged, PurgedRow};
use crate::knowledge::{ConsolePhrases, fill};
use crate::web::console::asked::Asked;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::site::Site;

/// The days that someone wants to see, as they were typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    from: String,
    to: String,
}

impl Wanted {
    /// The days; this month where something else than a day was typed.
    fn period(&self, site: &Site) -> Period {
        let month = site.desk.this_month();
        let day = |typed: &str, otherwise: Date| typed.trim().parse().unwrap_or(otherwise);
        let (from, to) = (day(&self.from, month.from), day(&self.to, month.to));
        Period {
            from: from.min(to),
            to: from.max(to),
        }
    }
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let period = wanted.period(&site);
    match site.desk.review(&signed.staff).purged(period).await {
        Ok(purged) => page(&site, &signed, period, &purged).into_response(),
        Err(error) => refused(&site, &signed, Section::Records, &error),
    }
}

pub(super) async fn csv(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let period = wanted.period(&site);
    let purged = site.desk.review(&signed.staff).purged(period).await;
    let text = purged.and_then(|purged| Ok(site.desk.purged_csv(&purged)?));
    match text {
        Ok(text) => {
            let name = format!("lots-{}-{}.csv", period.from, period.to);
            file("text/csv; charset=utf-8", &name, text)
        }
        Err(error) => refused(&site, &signed, Section::Records, &error),
    }
}

fn page(site: &Site, signed: &SignedIn, period: Period, purged: &Purged) -> Markup {
    let base = site.base();
    let all = base.knowledge().phrases(signed.language);
    let phrases = &all.console.records;
    let (from, to) = (period.from.to_string(), period.to.to_string());
    let runs = purged.runs.to_string();
    let days = [("from", from.as_str()), ("to", &to), ("runs", &runs)];
    let at = format!("{}/{PATH}", home(signed.language));
    let decision = match &site.desk.practice().archive_decision {
        Some(reference) => fill(&phrases.decision_now, &[("reference", reference)]),
        None => phrases.decision_unstated.clone(),
    };
    let main = html! {
        nav .crumbs aria-label=(all.browse.trail) { ol { li { a href=(at) { (phrases.heading) } } } }
        h1 { (phrases.purged) }
        p .lead { (base.knowledge().municipality().name) ". " (fill(&phrases.period, &days)) }
        p { (phrases.purged_lead) }
        p { (decision) }
        form .filter.unprinted method="get" action={ (at) "/purged" } role="search" aria-label=(phrases.purged) {
            @for (name, label, day) in [("from", &phrases.from, &from), ("to", &phrases.to, &to)] {
                div .field {
                    label for=(name) { (label) }
                    input id=(name) type="date" name=(name) value=(day) required;
                }
            }
            button { (phrases.show) }
            a .button.quiet href={ (at) "/purged.csv?from=" (from) "&to=" (to) } { (phrases.csv) }
        }
        p .small.unprinted { (phrases.print_hint) }
        @if purged.rows.is_empty() { p .note { (phrases.none) } } @else {
            h2 { (phrases.totals) }
            (totals(purged, &all.console))
            h2 { (phrases.each) }
            (each(site, purged, &all.console))
        }
    };
    let sheet = Sheet {
        title: &phrases.purged,
        section: Section::Records,
        path: &format!("{PATH}/purged?from={from}&to={to}"),
        main,
    };
    frame::draw(site, signed, &sheet)
}

fn totals(purged: &Purged, console: &ConsolePhrases) -> Markup {
    let phrases = &console.records;
    html! {
        div .scroll tabindex="0" role="region" aria-label=(phrases.totals) {
            table {
                thead { tr { th scope="col" { (phrases.what) } th scope="col" { (phrases.count) } } }
                tbody {
                    @for (rule, count) in &purged.totals {
                        tr { th scope="row" { (what(rule, console)) } td { (count) } }
                    }
                }
            }
        }
    }
}

fn each(site: &Site, purged: &Purged, console: &ConsolePhrases) -> Markup {
    let phrases = &console.records;
    let heads = [
        &phrases.when,
        &phrases.what,
        &phrases.count,
        &phrases.limit,
        &phrases.decision,
        &phrases.run,
    ];
    let row = |row: &PurgedRow| {
        html! {
            tr {
                td { (site.desk.local_minute(row.at)) }
                th scope="row" .free { (what(&row.rule, console)) }
                td { (row.count) }
                td { (limit(row.days, console)) }
                td .free { @if row.decision.is_empty() { @if row.days.is_some() { (phrases.no_decision) } } @else { (row.decision) } }
                td { code { (row.run) } }
            }
        }
    };
    html! {
        div .scroll tabindex="0" role="region" aria-label=(phrases.each) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for line in &purged.rows { (row(line)) } }
            }
        }
    }
}

/// The time limit, or that it went at someone's wish.
fn limit(days: Option<i64>, console: &ConsolePhrases) -> String {
    let phrases = &console.records;
    match days {
        Some(days) => fill(&phrases.days, &[("days", &days.to_string())]),
        None => phrases.at_wish.clone(),
    }
}

/// What a rule deletes, in words.
fn what(rule: &str, console: &ConsolePhrases) -> String {
    let phrases = &console.records;
    if let Some(name) = phrases.rules.get(rule) {
        return name.clone();
    }
    let Some((about, state)) = rule.split_once('-') else {
        return rule.to_owned();
    };
    let what = phrases.rules.get(about).map_or(about, String::as_str);
    let state = match (about, state) {
        ("ideas", "new") => &console.ideas.new,
        ("ideas", "answered") => &console.ideas.answered,
        ("ideas", "closed") => &console.ideas.closed,
        _ => console.states.name(state),
    };
    fill(&phrases.rule_of_state, &[("what", what), ("state", state)])
}
