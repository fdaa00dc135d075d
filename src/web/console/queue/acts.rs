//! What is sent from the page of a question.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::drawing::Drawing;
use super::one::{Typed, again};
use super::to_do::why_dismissed;
use super::{Told, place, to_draft, told};
use crate::desk::{HeldFor, Receipt, ReviewError, Settlement};
use crate::knowledge::EntryId;
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Editor, SignedIn};
use crate::web::site::Site;

/// The version of a question that was seen.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Seen {
    version: i64,
}

/// The entry to mend.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Mending {
    version: i64,
    entry: String,
}

/// Why a question needs no answer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Dismissal {
    version: i64,
    why: String,
    reason: String,
}

/// Why its questions are to be kept.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Holding {
    version: i64,
    why: String,
    note: String,
}

/// The other question, which is moved into this one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Merging {
    version: i64,
    from: String,
    from_version: i64,
}

pub(super) async fn answer(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(Seen { version }): Sent<Seen>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let begun = match review.hold_to(&id, version).await {
        Ok(()) => review.begin_answer(&id).await,
        Err(error) => Err(error),
    };
    begun_or_again(&site, &signed, &id, begun).await
}

pub(super) async fn mend(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(Mending { version, entry }): Sent<Mending>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let seen = review.hold_to(&id, version).await;
    let entry = EntryId::parse(&entry).map_err(|_| ReviewError::NotFound);
    let begun = match seen.and(entry) {
        Ok(entry) => review.begin_mend(Some(&id), &entry).await,
        Err(error) => Err(error),
    };
    begun_or_again(&site, &signed, &id, begun).await
}

pub(super) async fn dismiss(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Dismissal>,
) -> Response {
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let why = why_dismissed(&drawing, &sent.why);
    let reason = match sent.reason.trim() {
        "" => why.to_owned(),
        reason => format!("{why}: {reason}"),
    };
    let review = site.desk.review(&signed.staff);
    let done = review.settle(&id, sent.version, &Settlement::Dismiss, &reason);
    let done = done.await.map(|()| (id.clone(), "dismissed"));
    let typed = Typed {
        why: sent.why,
        reason: sent.reason,
        ..Typed::default()
    };
    done_or_again(&site, &signed, &id, done, &typed).await
}

pub(super) async fn reopen(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(Seen { version }): Sent<Seen>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let done = review.settle(&id, version, &Settlement::Reopen, "");
    let done = done.await.map(|()| (id.clone(), "reopened"));
    done_or_again(&site, &signed, &id, done, &Typed::default()).await
}

pub(super) async fn merge(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Merging>,
) -> Response {
    let from = (sent.from.as_str(), sent.from_version);
    let review = site.desk.review(&signed.staff);
    let done = match review.hold_to(&id, sent.version).await {
        Ok(()) => review.merge(from, &id).await,
        Err(error) => Err(error),
    };
    let done = done.map(|()| (id.clone(), "merged"));
    done_or_again(&site, &signed, &id, done, &Typed::default()).await
}

/// Takes the fields as they come: a receipt stands there once for each that was chosen.
pub(super) async fn split(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Response {
    let named = |name: &'static str| {
        let fields = fields.iter();
        fields.filter_map(move |(n, value)| (n == name).then_some(value.as_str()))
    };
    let version = named("version").find_map(|v| v.parse().ok());
    let typed = Typed {
        receipts: named("receipt").map(str::to_owned).collect(),
        ..Typed::default()
    };
    let receipts: Vec<Receipt> = named("receipt").filter_map(Receipt::parse).collect();
    let review = site.desk.review(&signed.staff);
    let seen = (id.as_str(), version.unwrap_or_default());
    match review.split(seen, &receipts).await {
        // None, or all of them, are no part to split off.
        Err(ReviewError::NotFound) => {
            let base = site.base();
            let phrases = &base.knowledge().phrases(signed.language).console.cluster;
            let why = (StatusCode::UNPROCESSABLE_ENTITY, phrases.split_some.clone());
            again(&site, &signed, &id, why, &typed).await
        }
        done => {
            let done = done.map(|new| (new, "split"));
            done_or_again(&site, &signed, &id, done, &typed).await
        }
    }
}

pub(super) async fn hold(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Holding>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let done = match HeldFor::from_code(&sent.why) {
        Some(why) => {
            let seen = (id.as_str(), sent.version);
            review.hold_cluster(seen, why, &sent.note).await
        }
        None => Err(ReviewError::NotFound),
    };
    match done {
        Err(ReviewError::Problems(_)) => {
            let base = site.base();
            let phrases = &base.knowledge().phrases(signed.language).console.records;
            let why = (StatusCode::UNPROCESSABLE_ENTITY, phrases.no_note.clone());
            again(&site, &signed, &id, why, &Typed::default()).await
        }
        done => {
            let done = done.map(|()| (id.clone(), "held"));
            done_or_again(&site, &signed, &id, done, &Typed::default()).await
        }
    }
}

/// Leads to the draft that was begun, or shows the question as it is now and says why there is none.
async fn begun_or_again(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    begun: Result<String, ReviewError>,
) -> Response {
    match begun {
        Ok(draft) => to_draft(signed, &draft),
        Err(error) => match told(site, signed, error) {
            Told::Here(why) => again(site, signed, id, why, &Typed::default()).await,
            Told::Apart(instead) => instead,
        },
    }
}

/// Leads to a question and says what was done, or shows this one as it is now and says why it was not.
async fn done_or_again(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    done: Result<(String, &'static str), ReviewError>,
    typed: &Typed,
) -> Response {
    match done {
        Ok((to, done)) => to_done(signed, &to, done),
        Err(error) => match told(site, signed, error) {
            Told::Here(why) => again(site, signed, id, why, typed).await,
            Told::Apart(instead) => instead,
        },
    }
}

/// Leads to a question and says what was done.
pub(super) fn to_done(signed: &SignedIn, id: &str, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", place(signed, id))).into_response()
}
