//! The questions that lots could not answer: those that wait, one of them with all who have asked it, and what staff do
//! about it.
//!
//! What was asked in the same sense is one question here, however it was worded. Whatever changes it brings the version
//! that was seen, so that two who work on the same question never undo each other's work unseen.

mod acts;
mod drawing;
mod list;
mod one;
mod pass_on;
mod shortcuts;
mod target;
mod teach;
mod times;
mod to_do;
mod wanted;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::refused::refused;
use super::section::{Section, home};
use super::signed_in::SignedIn;
use crate::desk::{ClusterView, ReviewError};
use crate::knowledge::fill;
use crate::web::site::Site;

const PATH: &str = Section::Queue.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let one = format!("{home}/{PATH}/{{id}}");
    Router::new()
        .route(&format!("{home}/{PATH}"), get(list::show))
        .route(&one, get(one::show))
        .route(&format!("{one}/answer"), post(acts::answer))
        .route(&format!("{one}/teach"), get(teach::show).post(teach::begin))
        .route(
            &format!("{one}/pass-on"),
            get(pass_on::show).post(pass_on::pass),
        )
        .route(&format!("{one}/mend"), post(acts::mend))
        .route(&format!("{one}/dismiss"), post(acts::dismiss))
        .route(&format!("{one}/reopen"), post(acts::reopen))
        .route(&format!("{one}/merge"), post(acts::merge))
        .route(&format!("{one}/split"), post(acts::split))
        .route(&format!("{one}/hold"), post(acts::hold))
}

/// The address of a question.
fn place(signed: &SignedIn, id: &str) -> String {
    format!("{}/{PATH}/{id}", home(signed.language))
}

/// Leads to a draft, where what was begun goes on.
fn to_draft(signed: &SignedIn, draft: &str) -> Response {
    Redirect::to(&format!("{}/drafts/{draft}", home(signed.language))).into_response()
}

/// A question as it is now. Fails with what to answer instead: where it went, or why it cannot be shown. Whoever wanted to
/// change it is told that nothing came of that.
async fn seen(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    wanted_change: bool,
) -> Result<ClusterView, Response> {
    match site.desk.review(&signed.staff).cluster(id).await {
        Ok(Ok(view)) => Ok(view),
        Ok(Err(other)) => {
            let told = if wanted_change { "?done=moved" } else { "" };
            let place = format!("{}{told}", place(signed, &other));
            Err(Redirect::to(&place).into_response())
        }
        Err(error) => Err(refused(site, signed, Section::Queue, &error)),
    }
}

/// How it is told that something was not done.
enum Told {
    /// On the page that it was sent from, as that is now: the status, and why.
    Here((StatusCode, String)),
    /// On a page of its own.
    Apart(Response),
}

/// How it is told that something was not done: that the question is no longer as it was seen, or that it cannot be shown.
fn told(site: &Site, signed: &SignedIn, error: ReviewError) -> Told {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.cluster;
    match error {
        ReviewError::Changed { by } => {
            let why = match by.as_str() {
                "" => phrases.faster_unknown.clone(),
                by => fill(&phrases.faster, &[("by", by)]),
            };
            Told::Here((StatusCode::CONFLICT, why))
        }
        ReviewError::NotFound => {
            Told::Here((StatusCode::UNPROCESSABLE_ENTITY, phrases.gone.clone()))
        }
        other @ (ReviewError::NotAllowed(_)
        | ReviewError::Problems(_)
        | ReviewError::NeedsReason(_)
        | ReviewError::Store(_)) => Told::Apart(refused(site, signed, Section::Queue, &other)),
    }
}
