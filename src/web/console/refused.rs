//! What is said when something that staff want to do is not done.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::frame::{self, Sheet};
use super::parts::{alarm, away};
use super::section::Section;
use super::signed_in::{SignedIn, not_allowed};
use crate::desk::ReviewError;
use crate::knowledge::fill;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// The page that says why, when there is nothing else to show.
pub(super) fn refused(
    site: &Site,
    signed: &SignedIn,
    section: Section,
    error: &ReviewError,
) -> Response {
    match error {
        ReviewError::NotAllowed(role) => not_allowed(site, signed, *role),
        ReviewError::NotFound => Trouble::NoPage.into_response(),
        ReviewError::Changed { .. }
        | ReviewError::Problems(_)
        | ReviewError::NeedsReason(_)
        | ReviewError::Store(_) => {
            let (status, why) = told(site, signed, error);
            let base = site.base();
            let frame = &base.knowledge().phrases(signed.language).console.frame;
            let heading = section.name(frame);
            let sheet = Sheet {
                title: heading,
                section,
                path: section.path(),
                main: html! { h1 { (heading) } (alarm(&why)) },
            };
            (status, frame::draw(site, signed, &sheet)).into_response()
        }
    }
}

/// Why something was not done, and the status that goes with it.
pub(super) fn told(site: &Site, signed: &SignedIn, error: &ReviewError) -> (StatusCode, String) {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    match error {
        ReviewError::NotAllowed(_) => (StatusCode::FORBIDDEN, console.frame.not_allowed.clone()),
        ReviewError::NotFound => (StatusCode::NOT_FOUND, console.drafts.settled.clone()),
        ReviewError::Changed { by } => {
            let by = if by.is_empty() { "?" } else { by };
            let why = fill(&console.drafts.overtaken, &[("by", by)]);
            (StatusCode::CONFLICT, why)
        }
        ReviewError::Problems(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            console.replay.problems.clone(),
        ),
        ReviewError::NeedsReason(_) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            console.replay.reason_needed.clone(),
        ),
        ReviewError::Store(error) => (StatusCode::SERVICE_UNAVAILABLE, away(error, &console.frame)),
    }
}
