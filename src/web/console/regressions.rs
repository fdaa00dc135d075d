//! The questions that must go on being answered as they are.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::outcome::InWords;
use super::parts::{note, token};
use super::refused::refused;
use super::section::{Section, home};
use super::sent::Sent;
use super::signed_in::{Editor, SignedIn};
use crate::answering::Outcome;
use crate::desk::{Regression, Role};
use crate::knowledge::{RegressionsPhrases, fill};
use crate::web::site::Site;

/// Where they are, after the console's own path.
pub(super) const PATH: &str = "regressions";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/{{id}}/retire"), post(retire))
}

#[derive(Default, Deserialize)]
struct Shown {
    retired: Option<String>,
}

#[derive(Default, Deserialize)]
struct Retiring {
    #[serde(default)]
    reason: String,
}

/// A regression question, and what it must and does come to.
struct Line {
    kept: Regression,
    /// `None` when what is kept cannot be read.
    must: Option<Outcome>,
    now: Outcome,
}

impl Line {
    fn holds(&self) -> bool {
        self.must.as_ref() == Some(&self.now)
    }
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(shown): Asked<Shown>,
) -> Response {
    let all = match site.desk.review(&signed.staff).regressions().await {
        Ok(all) => all,
        Err(error) => return refused(&site, &signed, Section::Changes, &error),
    };
    let line = |(kept, now): (Regression, Outcome)| Line {
        must: Outcome::parse(&kept.expected),
        kept,
        now,
    };
    let mut lines: Vec<Line> = all.into_iter().map(line).collect();
    lines.sort_by_key(Line::holds);
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.regressions;
    let failing = lines.iter().filter(|line| !line.holds()).count();
    let values = [
        ("count", lines.len().to_string()),
        ("failing", failing.to_string()),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let main = html! {
        p .crumbs { a href={ (home(signed.language)) "/" (Section::Changes.path()) } { (console.changes.heading) } }
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if shown.retired.is_some() { (note(&phrases.retired)) }
        @if lines.is_empty() { p { (phrases.none) } } @else {
            p { (fill(&phrases.summary, &values)) }
            (table(&site, &signed, &lines))
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Changes,
        path: PATH,
        main,
    };
    frame::draw(&site, &signed, &sheet).into_response()
}

fn table(site: &Site, signed: &SignedIn, lines: &[Line]) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let console = &knowledge.phrases(signed.language).console;
    let phrases = &console.regressions;
    let words = InWords {
        knowledge,
        language: signed.language,
        phrases: &console.replay,
        written: None,
    };
    let may_retire = signed.staff.role() >= Role::Editor;
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(phrases.heading) {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.wording) }
                        th scope="col" { (phrases.must) }
                        th scope="col" { (phrases.now) }
                        th scope="col" { (phrases.made) }
                        @if may_retire { th scope="col" { (phrases.retire) } }
                    }
                }
                tbody {
                    @for line in lines {
                        tr {
                            th .free scope="row" lang=(line.kept.language) { (line.kept.wording) }
                            td .free data-label=(phrases.must) {
                                @match &line.must {
                                    Some(must) => (words.say(must)),
                                    None => (line.kept.expected),
                                }
                            }
                            td .free data-label=(phrases.now) {
                                @if line.holds() { span .badge.good { (phrases.holds) } }
                                @else { span .badge.bad { (phrases.fails) } " " (words.say(&line.now)) }
                            }
                            td data-label=(phrases.made) { (site.desk.local_minute(line.kept.made_at)) }
                            @if may_retire { td { (retiring(signed, &line.kept, phrases)) } }
                        }
                    }
                }
            }
        }
    }
}

fn retiring(signed: &SignedIn, kept: &Regression, phrases: &RegressionsPhrases) -> Markup {
    let home = home(signed.language);
    let about = format!("{}: {}", phrases.retire, kept.wording);
    html! {
        form .inline method="post" action={ (home) "/" (PATH) "/" (kept.id) "/retire" } {
            (token(signed))
            input type="text" name="reason" autocomplete="off" placeholder=(phrases.reason)
                aria-label={ (phrases.reason) ": " (kept.wording) };
            button .quiet aria-label=(about) { (phrases.retire) }
        }
    }
}

async fn retire(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Retiring>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    match review.retire_regression(&id, &sent.reason).await {
        Ok(()) => {
            let place = format!("{}/{PATH}?retired=1", home(signed.language));
            Redirect::to(&place).into_response()
        }
        Err(error) => refused(&site, &signed, Section::Changes, &error),
    }
}
