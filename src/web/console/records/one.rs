//! One record: all that is kept about a receipt, and what can be done with it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, file as saved, hold_fields, place, why_of};
use crate::desk::{HeldFor, Marks, Receipt, ReviewError, Role};
use crate::knowledge::{RecordsPhrases, fill};
use crate::web::console::asked::Asked;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::parts::{Field, alarm, note, token};
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::dossier;
use crate::web::site::Site;

/// What the page says of what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Path(code): Path<String>,
    Asked(shown): Asked<Shown>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.records;
    let said = phrases.done.get(&shown.done).map(|text| note(text));
    page(&site, &signed, &code, said).await
}

/// All of it as JSON, to be handed to whoever has asked for it.
pub(super) async fn file(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Path(code): Path<String>,
) -> Response {
    let Some(receipt) = Receipt::parse(&code) else {
        return refused(&site, &signed, Section::Records, &ReviewError::NotFound);
    };
    // As whoever holds the receipt sees it: the reasons of staff may be about others.
    match site.desk.dossier(&receipt).await {
        Ok(Some(dossier)) => {
            let text = serde_json::to_string_pretty(&dossier).unwrap_or_default();
            saved("application/json", &format!("{receipt}.json"), text)
        }
        Ok(None) => refused(&site, &signed, Section::Records, &ReviewError::NotFound),
        Err(error) => refused(&site, &signed, Section::Records, &error.into()),
    }
}

/// The page as it is now, with why something could not be done.
pub(super) async fn again(
    site: &Site,
    signed: &SignedIn,
    code: &str,
    status: StatusCode,
    why: &str,
) -> Response {
    let mut response = page(site, signed, code, Some(alarm(why))).await;
    *response.status_mut() = status;
    response
}

async fn page(site: &Site, signed: &SignedIn, code: &str, said: Option<Markup>) -> Response {
    let review = site.desk.review(&signed.staff);
    let read = async {
        let receipt = Receipt::parse(code).ok_or(ReviewError::NotFound)?;
        Ok((
            review.dossier(&receipt).await?,
            review.marks(&receipt).await?,
        ))
    };
    let (dossier, marks) = match read.await {
        Ok(read) => read,
        Err(error) => return refused(site, signed, Section::Records, &error),
    };
    let base = site.base();
    let all = base.knowledge().phrases(signed.language);
    let phrases = &all.console.records;
    let title = fill(&phrases.title, &[("receipt", &dossier.receipt)]);
    let at = place(signed.language, &dossier.receipt);
    let role = signed.staff.role();
    let main = html! {
        nav .crumbs aria-label=(all.browse.trail) {
            ol { li { a href={ (home(signed.language)) "/" (PATH) } { (phrases.heading) } } }
        }
        h1 { (title) }
        @if let Some(said) = said { (said) }
        @if let Some(marks) = &marks { (standing(site, marks, phrases)) }
        div .sides {
            section .card {
                (dossier::draw(site, signed.language, &dossier))
                p { a href={ (at) "/data.json" } { (all.keeping.file) } }
            }
            div {
                @if let Some(marks) = marks.as_ref().filter(|_| role >= Role::Editor) {
                    section .card { (holding(signed, &at, marks, phrases)) }
                    section .card { (diary(site, signed, &at, marks, phrases)) }
                }
                section .card { (erasing(signed, &at, phrases)) }
            }
        }
    };
    let path = format!("{PATH}/of/{}", dossier.receipt);
    let sheet = Sheet {
        title: &title,
        section: Section::Records,
        path: &path,
        main,
    };
    frame::draw(site, signed, &sheet).into_response()
}

/// That it is held, and that whoever asked wants it erased.
fn standing(site: &Site, marks: &Marks, phrases: &RecordsPhrases) -> Markup {
    html! {
        @if let Some(at) = marks.erase_asked_at {
            p .note.alarm { (fill(&phrases.wants_erased, &[("date", &site.desk.local_minute(at))])) }
        }
        @if let Some(hold) = &marks.hold {
            @let when = site.desk.local_minute(hold.at);
            p .note {
                (fill(&phrases.is_held, &[("why", why_of(hold.why, phrases)), ("date", &when), ("by", &hold.by)]))
                @if !hold.note.is_empty() { " " q { (hold.note) } }
            }
        }
    }
}

fn holding(signed: &SignedIn, at: &str, marks: &Marks, phrases: &RecordsPhrases) -> Markup {
    let likely = match marks.registered_at {
        Some(_) => HeldFor::Diary,
        None => HeldFor::Request,
    };
    html! {
        h2 { (phrases.hold) }
        @if marks.hold.is_some() {
            form .slip method="post" action={ (at) "/release" } {
                (token(signed))
                (reason(phrases))
                @if marks.erase_asked_at.is_some() { button .warm { (phrases.release_and_erase) } }
                @else { button { (phrases.release) } }
            }
        } @else {
            p { (phrases.hold_hint) }
            form .slip method="post" action={ (at) "/hold" } {
                (token(signed))
                (hold_fields(likely, phrases))
                button .main { (phrases.hold_button) }
            }
        }
    }
}

fn diary(
    site: &Site,
    signed: &SignedIn,
    at: &str,
    marks: &Marks,
    phrases: &RecordsPhrases,
) -> Markup {
    html! {
        h2 { (phrases.diary) }
        p { (phrases.diary_hint) }
        @if let Some(at) = marks.registered_at {
            p {
                span .badge.good { (fill(&phrases.is_registered, &[("date", &site.desk.local_minute(at))])) }
                @if marks.hold.is_none() { " " (phrases.hold_suggested) }
            }
        }
        form method="post" action={ (at) "/diary" } {
            (token(signed))
            div .toolbar {
                button name="as" value="xml" { (phrases.diary_file) }
                button name="as" value="page" { (phrases.diary_page) }
            }
        }
        p .small { a href={ (home(signed.language)) "/" (PATH) "/diary.xsd" } { (phrases.schema) } }
    }
}

fn erasing(signed: &SignedIn, at: &str, phrases: &RecordsPhrases) -> Markup {
    html! {
        h2 { (phrases.erase) }
        @if signed.staff.role() < Role::Admin { p { (phrases.only_admins) } } @else {
            p { (phrases.erase_hint) }
            form .slip method="post" action={ (at) "/erase" } {
                (token(signed))
                label .option {
                    input type="checkbox" name="all" value="true";
                    (phrases.erase_all)
                }
                div .field {
                    label for="erase-reason" { (phrases.reason) }
                    input #erase-reason type="text" name="reason" autocomplete="off" maxlength="300";
                }
                button .warm { (phrases.erase_button) }
            }
        }
    }
}

fn reason(phrases: &RecordsPhrases) -> Markup {
    Field {
        name: "reason",
        label: &phrases.reason,
        hint: "",
        value: "",
        autocomplete: "off",
    }
    .text()
}
