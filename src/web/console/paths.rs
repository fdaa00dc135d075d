//! How far people come on the guided ways in.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::refused::refused;
use super::section::{Section, home};
use super::signed_in::SignedIn;
use crate::desk::PathFigures;
use crate::knowledge::{Knowledge, PathName, PathText, PathsPhrases, fill};
use crate::paths::steps;
use crate::web::site::Site;

const PATH: &str = Section::Paths.path();
/// Over how many days it is counted, unless everything is asked for.
const DAYS: i64 = 30;
/// What asks for everything.
const ALL: &str = "all";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new().route(&format!("{home}/{PATH}"), get(show))
}

/// Over which time someone wants to see it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    over: String,
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let (today, _) = site.desk.local_time();
    let is_all = wanted.over == ALL;
    let from = if is_all {
        Date::MIN
    } else {
        today.saturating_sub((DAYS - 1).days())
    };
    let review = site.desk.review(&signed.staff);
    let figures = match review.path_figures(from, today).await {
        Ok(figures) => figures,
        Err(error) => return refused(&site, &signed, Section::Paths, &error),
    };
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(signed.language).console.paths;
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        (choose(&signed, is_all, phrases))
        @for name in PathName::ALL.iter().copied() { (table(&signed, knowledge, &figures, name)) }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Paths,
        path: PATH,
        main,
    };
    frame::draw(&site, &signed, &sheet).into_response()
}

/// Over which time it is counted, and the other.
fn choose(signed: &SignedIn, is_all: bool, phrases: &PathsPhrases) -> Markup {
    let path = format!("{}/{PATH}", home(signed.language));
    let days = fill(&phrases.days, &[("days", &DAYS.to_string())]);
    let times = [
        (path.clone(), &days, !is_all),
        (format!("{path}?over={ALL}"), &phrases.all, is_all),
    ];
    html! {
        nav .choose aria-label=(phrases.choose) {
            ul .plain {
                @for (address, name, is_chosen) in times {
                    li { a href=(address) aria-current=[is_chosen.then_some("true")] { (name) } }
                }
            }
        }
    }
}

fn table(
    signed: &SignedIn,
    knowledge: &Knowledge,
    figures: &PathFigures,
    name: PathName,
) -> Markup {
    let phrases = &knowledge.phrases(signed.language).console.paths;
    let text = knowledge.path_texts(signed.language).of(name);
    let keys: Vec<&str> = steps(name).iter().map(|step| step.key).collect();
    let asked: Vec<&str> = keys.iter().map(|key| asked(text, key, &keys)).collect();
    let counted = figures.of(name, &keys);
    let number = |label: &str, count: u64| html! { td data-label=(label) { (count) } };
    let heads = [
        &phrases.step,
        &phrases.reached,
        &phrases.went_on,
        &phrases.stopped,
        &phrases.left,
    ];
    html! {
        h2 { (text.name) }
        div .scroll.cards tabindex="0" role="region" aria-label=(text.name) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for (asked, counted) in asked.iter().zip(&counted.steps) {
                        tr {
                            th scope="row" { (asked) }
                            (number(&phrases.reached, counted.reached))
                            (number(&phrases.went_on, counted.went_on))
                            (number(&phrases.stopped, counted.stopped))
                            (number(&phrases.left, counted.left))
                        }
                    }
                    tr {
                        th scope="row" { (phrases.end) }
                        (number(&phrases.reached, counted.ended))
                        td {} td {} td {}
                    }
                }
            }
        }
    }
}

/// What is asked at a step. One that is asked in several ways has no text under its own name; then the first of those stands
/// for it.
fn asked<'a>(text: &'a PathText, key: &'a str, keys: &[&str]) -> &'a str {
    let own = text.step(key).ask.as_str();
    if !own.is_empty() {
        return own;
    }
    let mut others = text
        .step
        .iter()
        .filter(|(name, _)| !keys.contains(&name.as_str()));
    others.next().map_or(key, |(_, step)| step.ask.as_str())
}
