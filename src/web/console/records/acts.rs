//! What is sent from the page of a record: to hold, to let go, to erase.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::one::again;
use super::{PATH, place};
use crate::desk::{HeldFor, Receipt, ReviewError};
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Admin, Editor, SignedIn};
use crate::web::site::Site;

/// Why something is to be held.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Holding {
    why: String,
    note: String,
}

/// Why it no longer is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Releasing {
    reason: String,
}

/// What is to be erased, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Erasing {
    all: bool,
    reason: String,
}

pub(super) async fn hold(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(code): Path<String>,
    Sent(sent): Sent<Holding>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let why = HeldFor::from_code(&sent.why);
    let Some((receipt, why)) = Receipt::parse(&code).zip(why) else {
        return refused(&site, &signed, Section::Records, &ReviewError::NotFound);
    };
    match review.hold(&receipt, why, &sent.note).await {
        Ok(()) => to_done(&signed, &receipt, "held"),
        Err(ReviewError::Problems(_)) => {
            let base = site.base();
            let phrases = &base.knowledge().phrases(signed.language).console.records;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            again(&site, &signed, &code, status, &phrases.no_note).await
        }
        Err(error) => refused(&site, &signed, Section::Records, &error),
    }
}

pub(super) async fn release(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(code): Path<String>,
    Sent(sent): Sent<Releasing>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let Some(receipt) = Receipt::parse(&code) else {
        return refused(&site, &signed, Section::Records, &ReviewError::NotFound);
    };
    match review.release(&receipt, &sent.reason).await {
        Ok(true) => to_all(&signed, "released-erased"),
        Ok(false) => to_done(&signed, &receipt, "released"),
        Err(error) => refused(&site, &signed, Section::Records, &error),
    }
}

pub(super) async fn erase(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(code): Path<String>,
    Sent(sent): Sent<Erasing>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let Some(receipt) = Receipt::parse(&code) else {
        return refused(&site, &signed, Section::Records, &ReviewError::NotFound);
    };
    match review.erase_receipt(&receipt, sent.all, &sent.reason).await {
        Ok(erased) if erased.held > 0 => to_all(&signed, "erased-held"),
        Ok(_) => to_all(&signed, "erased"),
        Err(error) => refused(&site, &signed, Section::Records, &error),
    }
}

/// Leads to the record that was acted on, as its receipt is written and not as it was typed.
fn to_done(signed: &SignedIn, receipt: &Receipt, done: &str) -> Response {
    let place = place(signed.language, receipt.as_str());
    Redirect::to(&format!("{place}?done={done}")).into_response()
}

/// Leads to all records: the one is gone.
fn to_all(signed: &SignedIn, done: &str) -> Response {
    Redirect::to(&format!("{}/{PATH}?done={done}", home(signed.language))).into_response()
}
