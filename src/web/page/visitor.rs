//! Who asks, as far as it matters: in which language, in which conversation, and whether from a page of ours.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;

use super::refusal::Refusal;
use super::session::Session;
use crate::knowledge::Language;
use crate::web::places::language_of;
use crate::web::proof::is_own;
use crate::web::site::Site;

/// Set by our script on what it sends: it wants a piece of a page, not a whole one.
pub(super) const PIECE: HeaderName = HeaderName::from_static("lots-piece");

/// Who asks.
pub(super) struct Visitor {
    /// The language of the address.
    pub(super) language: Language,
    /// The conversation that the browser goes on with.
    pub(super) session: Option<Session>,
    /// Whether our script asks, which wants a piece of the page.
    pub(super) wants_piece: bool,
    is_own: bool,
}

impl FromRequestParts<Arc<Site>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let language = language_of(parts.uri.path());
        Ok(Visitor {
            language: language.unwrap_or_else(|| site.desk.default_language()),
            session: Session::of(&parts.headers, site.settings.is_secure()),
            wants_piece: parts.headers.contains_key(PIECE),
            is_own: is_own(&parts.headers, site.settings.address.as_deref()),
        })
    }
}

impl Visitor {
    /// Whether a form may be taken that brought this token. One of a conversation must bring the token of that
    /// conversation; before the first message there is none, and it is enough that no other site sent it.
    pub(super) fn may_send(&self, token: &str) -> Result<(), Refusal> {
        if !self.is_own {
            return Err(Refusal::Foreign);
        }
        match &self.session {
            Some(session) if !session.is_token(token) => Err(Refusal::Old),
            Some(_) | None => Ok(()),
        }
    }
}
