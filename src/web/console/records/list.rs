//! What waits to be decided on, what is held, and the ways to everything else.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, place, why_of};
use crate::desk::{Marks, Receipt, ReviewError, Role};
use crate::knowledge::{RecordsPhrases, fill};
use crate::web::console::asked::Asked;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::parts::{Field, alarm, note, token};
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Admin, SignedIn};
use crate::web::site::Site;

/// More than this of what is no code is not said again.
const LONGEST: usize = 40;

/// The receipt to look up, as it was typed, and what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    code: String,
    done: String,
}

/// Someone on Discord.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Person {
    id: String,
    reason: String,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.records;
    let code: String = wanted.code.trim().chars().take(LONGEST).collect();
    let unknown = |code: &str| alarm(&fill(&phrases.unknown, &[("text", code)]));
    match Receipt::parse(&code) {
        _ if code.is_empty() => {
            let said = phrases.done.get(&wanted.done).map(|text| note(text));
            page(&site, &signed, "", said).await
        }
        None => page(&site, &signed, &code, Some(unknown(&code))).await,
        Some(receipt) => {
            let review = site.desk.review(&signed.staff);
            match review.dossier(&receipt).await {
                Ok(_) => Redirect::to(&place(signed.language, receipt.as_str())).into_response(),
                Err(ReviewError::NotFound) => {
                    page(&site, &signed, &code, Some(unknown(receipt.as_str()))).await
                }
                Err(error) => refused(&site, &signed, Section::Records, &error),
            }
        }
    }
}

pub(super) async fn erase_person(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Sent(person): Sent<Person>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.records;
    let review = site.desk.review(&signed.staff);
    let (status, said) = match review.erase_person(&person.id, &person.reason).await {
        Ok(erased) => {
            let (questions, held) = (erased.questions.to_string(), erased.held.to_string());
            let values = [("questions", questions.as_str()), ("held", held.as_str())];
            let said = fill(&phrases.person_erased, &values);
            (StatusCode::OK, note(&said))
        }
        Err(ReviewError::Problems(_)) => {
            let why = match site.desk.practice().naming {
                Some(_) => &phrases.no_id,
                None => &phrases.no_token,
            };
            (StatusCode::UNPROCESSABLE_ENTITY, alarm(why))
        }
        Err(error) => return refused(&site, &signed, Section::Records, &error),
    };
    let mut response = page(&site, &signed, "", Some(said)).await;
    *response.status_mut() = status;
    response
}

async fn page(site: &Site, signed: &SignedIn, code: &str, said: Option<Markup>) -> Response {
    let records = match site.desk.review(&signed.staff).records().await {
        Ok(records) => records,
        Err(error) => return refused(site, signed, Section::Records, &error),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.records;
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(said) = said { (said) }
        section .card { (look_up(signed, code, phrases)) }
        section .card {
            h2 { (phrases.wanted) }
            @if records.wanted_erased.is_empty() { p { (phrases.wanted_none) } } @else {
                p { (phrases.wanted_hint) }
                (listed(site, signed, &records.wanted_erased, phrases))
            }
        }
        section .card {
            h2 { (phrases.held) }
            @if records.held.is_empty() { p { (phrases.held_none) } } @else {
                (listed(site, signed, &records.held, phrases))
            }
        }
        section .card {
            h2 { (phrases.purged) }
            p { (phrases.purged_lead) }
            p { a .button href={ (home(signed.language)) "/" (PATH) "/purged" } { (phrases.purged_link) } }
        }
        @if signed.staff.role() >= Role::Admin { section .card { (person(signed, phrases)) } }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Records,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet).into_response()
}

fn look_up(signed: &SignedIn, code: &str, phrases: &RecordsPhrases) -> Markup {
    let field = Field {
        name: "code",
        label: &phrases.code,
        hint: "",
        value: code,
        autocomplete: "off",
    };
    html! {
        h2 { (phrases.look) }
        p { (phrases.look_hint) }
        form .slip method="get" action={ (home(signed.language)) "/" (PATH) } role="search" aria-label=(phrases.look) {
            (field.text())
            button .main { (phrases.look_button) }
        }
    }
}

fn listed(site: &Site, signed: &SignedIn, all: &[Marks], phrases: &RecordsPhrases) -> Markup {
    let day = |at: i64| site.desk.local_minute(at);
    html! {
        ul .list {
            @for marks in all {
                li {
                    p {
                        a href=(place(signed.language, marks.receipt.as_str())) {
                            span .two { (marks.receipt) ": " (marks.wording) }
                        }
                    }
                    @if let Some(at) = marks.erase_asked_at {
                        p .small { span .badge.due { (fill(&phrases.asked, &[("date", &day(at))])) } }
                    }
                    @if let Some(hold) = &marks.hold {
                        p .small {
                            (fill(&phrases.held_since, &[("why", why_of(hold.why, phrases)), ("date", &day(hold.at)), ("by", &hold.by)]))
                            @if !hold.note.is_empty() { " " q { (hold.note) } }
                        }
                    }
                }
            }
        }
    }
}

fn person(signed: &SignedIn, phrases: &RecordsPhrases) -> Markup {
    let field = |name, label| Field {
        name,
        label,
        hint: "",
        value: "",
        autocomplete: "off",
    };
    html! {
        h2 { (phrases.person) }
        p { (phrases.person_hint) }
        form .slip method="post" action={ (home(signed.language)) "/" (PATH) "/person" } {
            (token(signed))
            (field("id", phrases.id.as_str()).text())
            (field("reason", phrases.reason.as_str()).text())
            button .warm { (phrases.erase_person) }
        }
    }
}
