//! Who asks, as far as it matters: in which language, in which conversation, and whether from a page of ours.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use super::refusal::Refusal;
use super::session::Session;
use crate::knowledge::Language;
use crate::web::places::language_of;
use crate::web::site::Site;

/// Set by our script on what it sends: it wants a piece of a page, not a whole one.
pub(super) const PIECE: HeaderName = HeaderName::from_static("lots-piece");
/// Where a form was sent from, as browsers say themselves.
const FROM: HeaderName = HeaderName::from_static("sec-fetch-site");

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

/// Whether a request came from a page of ours, or from something that is no browser and so can be no victim.
fn is_own(headers: &HeaderMap, address: Option<&str>) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    if let Some(from) = text(&FROM) {
        return matches!(from, "same-origin" | "none");
    }
    let Some(origin) = text(&ORIGIN) else {
        return true;
    };
    let host = origin.split_once("://").map(|(_, host)| host);
    Some(origin) == address || (host.is_some() && host == text(&HOST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_form_of_another_site_is_told_from_ours() {
        let address = Some("https://lots.example.se");
        let cases: [(&[(HeaderName, &str)], bool); 12] = [
            (&[], true),
            (&[(FROM, "same-origin")], true),
            (&[(FROM, "none")], true),
            (&[(FROM, "cross-site")], false),
            (&[(FROM, "same-site")], false),
            (
                &[(FROM, "cross-site"), (ORIGIN, "https://lots.example.se")],
                false,
            ),
            (&[(ORIGIN, "https://lots.example.se")], true),
            (
                &[(ORIGIN, "http://127.0.0.1:8080"), (HOST, "127.0.0.1:8080")],
                true,
            ),
            (
                &[(ORIGIN, "https://evil.example"), (HOST, "127.0.0.1:8080")],
                false,
            ),
            (&[(ORIGIN, "null"), (HOST, "127.0.0.1:8080")], false),
            (&[(ORIGIN, "https://lots.example.se.evil.example")], false),
            (&[(ORIGIN, "https://evil.example"), (HOST, "")], false),
        ];
        for (sent, own) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.insert(name, HeaderValue::from_str(value).unwrap());
            }
            assert_eq!(is_own(&headers, address), own, "{sent:?}");
        }
    }
}
