//! Those who want to be called or written to: whom to call first, by when, and that someone has.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::parts::{alarm, note, token};
use super::refused::refused;
use super::section::{Section, home};
use super::sent::Sent;
use super::sign_in::Bare;
use super::signed_in::{Editor, SignedIn};
use crate::desk::{AddressKind, CallBack, CallBackCount, ReviewError};
use crate::knowledge::{BestTime, CallsPhrases, fill};
use crate::web::site::Site;

const PATH: &str = Section::Calls.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/{{id}}/take"), post(take))
        .route(&format!("{home}/{PATH}/{{id}}/handled"), post(handled))
}

/// What the list says of what was just done.
#[derive(Default, Deserialize)]
struct Shown {
    done: Option<String>,
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(shown): Asked<Shown>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.calls;
    let said = match shown.done.as_deref() {
        Some("taken") => Some(note(&phrases.taken)),
        Some("handled") => Some(note(&phrases.erased)),
        Some(_) | None => None,
    };
    page(&site, &signed, StatusCode::OK, said).await
}

async fn take(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let taken = site.desk.review(&signed.staff).take_call_back(&id).await;
    after(&site, &signed, "taken", taken).await
}

async fn handled(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let handled = site.desk.review(&signed.staff).call_back_handled(&id).await;
    after(&site, &signed, "handled", handled).await
}

/// Leads back to the list, or says there why something could not be done.
async fn after(
    site: &Site,
    signed: &SignedIn,
    what: &str,
    done: Result<(), ReviewError>,
) -> Response {
    let Err(error) = done else {
        let place = format!("{}/{PATH}?done={what}", home(signed.language));
        return Redirect::to(&place).into_response();
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.calls;
    let (status, why) = match error {
        ReviewError::Changed { by } => (
            StatusCode::CONFLICT,
            fill(&phrases.taken_by, &[("name", &by)]),
        ),
        ReviewError::NotFound => (StatusCode::NOT_FOUND, phrases.gone.clone()),
        error => return refused(site, signed, Section::Calls, &error),
    };
    page(site, signed, status, Some(alarm(&why))).await
}

async fn page(
    site: &Site,
    signed: &SignedIn,
    status: StatusCode,
    said: Option<Markup>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let count = match review.count_call_backs().await {
        Ok(count) => count,
        Err(error) => return refused(site, signed, Section::Calls, &error),
    };
    // Whoever may only read sees how many wait, and no address.
    let waiting = match review.call_backs().await {
        Ok(waiting) => Some(waiting),
        Err(ReviewError::NotAllowed(_)) => None,
        Err(error) => return refused(site, signed, Section::Calls, &error),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.calls;
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(said) = said { (said) }
        (counted(&count, phrases))
        @match waiting {
            None => p { (phrases.for_editors) },
            Some(waiting) if waiting.is_empty() => p { (phrases.none) },
            Some(waiting) => {
                ul .calls {
                    @for call_back in &waiting { (drawn(site, signed, call_back, phrases)) }
                }
            }
        }
    };
    (status, sheet(site, signed, main)).into_response()
}

fn counted(count: &CallBackCount, phrases: &CallsPhrases) -> Markup {
    html! {
        p {
            (fill(&phrases.waiting, &[("count", &count.waiting.to_string())]))
            @if count.overdue > 0 {
                " " span .badge.bad { (fill(&phrases.overdue, &[("count", &count.overdue.to_string())])) }
            }
        }
    }
}

/// One who waits.
fn drawn(site: &Site, signed: &SignedIn, call_back: &CallBack, phrases: &CallsPhrases) -> Markup {
    let base = site.base();
    let office = base.knowledge().title(&call_back.office, signed.language);
    let all = base.knowledge().phrases(signed.language);
    let (queue, times) = (&all.console.queue, &all.callback.times);
    let is_late = call_back.due_at < Timestamp::now().as_millisecond();
    let path = format!("{}/{PATH}/{}", home(signed.language), call_back.id);
    let (link, verb) = match call_back.kind {
        AddressKind::Phone => (dial(&call_back.address), &phrases.call),
        AddressKind::Email => (format!("mailto:{}", call_back.address), &phrases.mail),
    };
    let is_mine = call_back.claimed_by.as_deref() == Some(signed.staff.name());
    html! {
        li .card {
            p .subject { (call_back.subject) }
            p { (verb) " " a href=(link) { (call_back.address) } }
            p .small {
                (fill(&phrases.by, &[("time", &site.desk.local_minute(call_back.due_at))]))
                @if is_late { " " span .badge.bad { (phrases.late) } }
            }
            @if call_back.best_time != BestTime::Anytime {
                p .small { (fill(&phrases.best_time, &[("time", times.name(call_back.best_time))])) }
            }
            p .small {
                (office) " · " (queue.tongue(&call_back.language)) " · " (queue.channel(&call_back.channel)) " · "
                (fill(&phrases.asked, &[("time", &site.desk.local_minute(call_back.asked_at))]))
            }
            @if let Some(who) = &call_back.claimed_by {
                p { span .badge.due { (fill(&phrases.claimed, &[("name", who)])) } }
            }
            div .toolbar {
                @if call_back.claimed_by.is_none() {
                    form method="post" action={ (path) "/take" } {
                        (token(signed))
                        button { (phrases.take) }
                    }
                }
                @if is_mine || call_back.claimed_by.is_none() {
                    form method="post" action={ (path) "/handled" } {
                        (token(signed))
                        button .main { (phrases.handled) }
                    }
                }
            }
        }
    }
}

/// The link that dials a number as it was typed.
fn dial(number: &str) -> String {
    let plain: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{plain}")
}

fn sheet(site: &Site, signed: &SignedIn, main: Markup) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.calls;
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Calls,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet)
}
