//! Why something that was sent is not taken, in words that say what to do.

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};

use crate::desk::LONGEST_MESSAGE;
use crate::knowledge::{Phrases, fill};

/// Why something that was sent is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Another site sent it.
    Foreign,
    /// It does not belong to the conversation that the browser is in now.
    Old,
    /// It cannot be read.
    Broken,
    /// What it asks for is not there any longer.
    Gone,
    /// Nothing was written.
    Empty,
    /// Too much was written.
    TooLong,
    /// Too much was sent in a short time.
    TooOften {
        /// After how many seconds it may be sent again.
        seconds: u64,
    },
}

impl Refusal {
    /// What a program is told.
    pub(super) fn status(self) -> StatusCode {
        match self {
            Refusal::Foreign | Refusal::Old => StatusCode::FORBIDDEN,
            Refusal::Broken => StatusCode::BAD_REQUEST,
            Refusal::Gone => StatusCode::NOT_FOUND,
            Refusal::Empty => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// When a program may try again.
    pub(super) fn headers(self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Refusal::TooOften { seconds } = self {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        headers
    }

    /// What a person is told.
    pub(super) fn text(self, phrases: &Phrases) -> String {
        match self {
            Refusal::Foreign => phrases.page.refused_foreign.clone(),
            Refusal::Old => phrases.page.refused_old.clone(),
            Refusal::Broken => phrases.page.refused_form.clone(),
            Refusal::Gone => phrases.page.refused_gone.clone(),
            Refusal::Empty => phrases.empty.clone(),
            Refusal::TooLong => {
                let limit = LONGEST_MESSAGE.to_string();
                fill(&phrases.too_long, &[("limit", &limit)])
            }
            Refusal::TooOften { seconds } => {
                let seconds = seconds.to_string();
                fill(&phrases.api.too_many.detail, &[("seconds", &seconds)])
            }
        }
    }
}
