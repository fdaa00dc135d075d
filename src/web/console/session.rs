//! The session of someone who is signed in, as the browser holds it: a cookie that lives as long as the browser is open,
//! and goes with no request that another site begins.

use axum::http::{HeaderMap, HeaderValue};

use crate::web::proof::{cookies, is_same, set_cookie, token};

/// The name of the cookie over TLS, where browsers hold to what the prefix promises.
const SECURE_NAME: &str = "__Host-lots-staff";
/// Its name elsewhere.
const NAME: &str = "lots-staff";
/// What the token of a form is made for.
const PURPOSE: &str = "lots: the forms of the console";
/// How long a token of the desk is.
const LENGTH: usize = 64;

/// What shows who someone is. It is a secret between the browser and the server.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Session {
    token: String,
    is_secure: bool,
}

impl Session {
    /// The session with a token of the desk's. `is_secure` says whether staff reach the page over TLS.
    pub(super) fn new(token: String, is_secure: bool) -> Session {
        Session { token, is_secure }
    }

    /// The session that a browser says it has; `None` when it has none, or a cookie that was never ours.
    pub(super) fn of(headers: &HeaderMap, is_secure: bool) -> Option<Session> {
        let value = cookies(headers, name(is_secure)).find(|value| is_token(value))?;
        Some(Session::new(value.to_owned(), is_secure))
    }

    /// The token, for the desk.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// What `Set-Cookie` says to a browser that is to have it.
    pub(super) fn cookie(&self) -> Option<HeaderValue> {
        set_cookie(
            name(self.is_secure),
            &self.token,
            "Strict",
            self.is_secure,
            "",
        )
    }

    /// What `Set-Cookie` says to a browser that is to forget whatever session it has.
    pub(super) fn forgotten(is_secure: bool) -> Option<HeaderValue> {
        set_cookie(name(is_secure), "", "Strict", is_secure, "; Max-Age=0")
    }

    /// What a form of this session brings.
    pub(super) fn form_token(&self) -> String {
        token(PURPOSE, &self.token)
    }

    /// Whether a form has brought it. Takes as long whatever it brought.
    pub(super) fn is_form_token(&self, brought: &str) -> bool {
        is_same(&self.form_token(), brought)
    }
}

/// Whether a text can be a token of the desk.
pub(super) fn is_token(text: &str) -> bool {
    let is_sign = |b| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    text.len() == LENGTH && text.bytes().all(is_sign)
}

fn name(is_secure: bool) -> &'static str {
    if is_secure { SECURE_NAME } else { NAME }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;

    #[test]
    fn a_cookie_holds_what_it_should_and_no_other_is_taken() {
        let token = "0a".repeat(32);
        for (is_secure, expected) in [
            (
                true,
                format!("__Host-lots-staff={token}; Path=/; HttpOnly; SameSite=Strict; Secure"),
            ),
            (
                false,
                format!("lots-staff={token}; Path=/; HttpOnly; SameSite=Strict"),
            ),
        ] {
            let session = Session::new(token.clone(), is_secure);
            let cookie = session.cookie().unwrap();
            assert_eq!(cookie, expected);
            let pair = expected.split(';').next().unwrap();
            let of = |text: &str| {
                let mut headers = HeaderMap::new();
                headers.insert(COOKIE, HeaderValue::from_str(text).unwrap());
                Session::of(&headers, is_secure)
            };
            assert!(of(&format!("lots=x; {pair}")) == Some(session.clone()));
            assert!(of(&pair.to_uppercase()).is_none());
            assert!(of(&pair[..pair.len() - 1]).is_none());
            assert!(session.is_form_token(&session.form_token()));
            assert!(!session.is_form_token(&token) && !session.is_form_token(""));
        }
    }
}
