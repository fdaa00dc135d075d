//! What a browser holds while someone is signing in: a cookie for a few minutes, good for nothing else.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};

use super::session::is_token;
use crate::web::proof::{cookies, set_cookie};

/// Where someone is who is signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passing {
    /// Between the password and the code.
    Half,
    /// At the identity provider.
    SignOn,
}

impl Passing {
    /// What the browser says it holds; `None` when it holds nothing, or a cookie that was never ours.
    pub(super) fn of(self, headers: &HeaderMap, is_secure: bool) -> Option<&str> {
        cookies(headers, self.name(is_secure)).find(|value| is_token(value))
    }

    /// What `Set-Cookie` says to a browser that is to hold it.
    pub(super) fn cookie(
        self,
        token: &str,
        lasts: Duration,
        is_secure: bool,
    ) -> Option<HeaderValue> {
        let age = format!("; Max-Age={}", lasts.as_secs());
        self.set(token, &age, is_secure)
    }

    /// What `Set-Cookie` says to a browser that is to forget it.
    pub(super) fn forgotten(self, is_secure: bool) -> Option<HeaderValue> {
        self.set("", "; Max-Age=0", is_secure)
    }

    fn set(self, value: &str, more: &str, is_secure: bool) -> Option<HeaderValue> {
        let same_site = match self {
            Passing::Half => "Strict",
            // Whoever comes back from the provider comes from another site.
            Passing::SignOn => "Lax",
        };
        set_cookie(self.name(is_secure), value, same_site, is_secure, more)
    }

    /// Over TLS browsers hold to what the prefix promises.
    fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Passing::Half, true) => "__Host-lots-half",
            (Passing::Half, false) => "lots-half",
            (Passing::SignOn, true) => "__Host-lots-sign-on",
            (Passing::SignOn, false) => "lots-sign-on",
        }
    }
}
