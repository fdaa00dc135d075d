//! Whose conversation it is: a cookie that lives as long as the browser is open, set by the first message and by nothing
//! else. What a form must bring to be taken is derived from it, so that nothing has to be kept to check that.

use axum::http::{HeaderMap, HeaderValue};

use crate::desk::Desk;
use crate::web::proof::{cookies, is_same, set_cookie, token};

/// The name of the cookie over TLS, where browsers hold to what the prefix promises.
const SECURE_NAME: &str = "__Host-lots";
/// Its name elsewhere.
const NAME: &str = "lots";
/// What a token is the hash of, before the conversation: a hash made for anything else is none.
const PURPOSE: &str = "lots: the forms of one conversation";

/// A conversation, and the right to go on with it. Its name is a secret between the browser and the server.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Session {
    conversation: String,
    is_secure: bool,
}

impl Session {
    /// A new conversation. `is_secure` says whether residents reach the page over TLS.
    pub(super) fn new(is_secure: bool) -> Session {
        Session {
            conversation: Desk::new_conversation(),
            is_secure,
        }
    }

    /// The conversation that a browser goes on with; `None` when it has none, or a cookie that was never ours.
    pub(super) fn of(headers: &HeaderMap, is_secure: bool) -> Option<Session> {
        let value = cookies(headers, name(is_secure)).find(|value| Desk::is_conversation(value))?;
        Some(Session {
            conversation: value.to_owned(),
            is_secure,
        })
    }

    /// The name of the conversation, for the desk.
    pub(super) fn conversation(&self) -> &str {
        &self.conversation
    }

    /// What `Set-Cookie` says to a browser that is to go on with it.
    pub(super) fn cookie(&self) -> Option<HeaderValue> {
        self.set(&self.conversation, "")
    }

    /// What `Set-Cookie` says to a browser that is to forget it.
    pub(super) fn forgotten(&self) -> Option<HeaderValue> {
        self.set("", "; Max-Age=0")
    }

    fn set(&self, value: &str, more: &str) -> Option<HeaderValue> {
        set_cookie(name(self.is_secure), value, "Lax", self.is_secure, more)
    }

    /// What a form of this conversation brings. It tells nothing of the name.
    pub(super) fn token(&self) -> String {
        token(PURPOSE, &self.conversation)
    }

    /// Whether a form has brought it. Takes as long whatever it brought.
    pub(super) fn is_token(&self, brought: &str) -> bool {
        is_same(&self.token(), brought)
    }
}

fn name(is_secure: bool) -> &'static str {
    if is_secure { SECURE_NAME } else { NAME }
}

#[cfg(test)]
mod tests {
    use axum::http::header::COOKIE;

    use super::*;

    fn headers(cookies: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        headers
    }

    #[test]
    fn a_browser_goes_on_with_the_conversation_it_was_given() {
        for (is_secure, name, other) in [
            (true, "__Host-lots", "lots"),
            (false, "lots", "__Host-lots"),
        ] {
            let session = Session::new(is_secure);
            let cookie = session.cookie().unwrap();
            let cookie = cookie.to_str().unwrap();
            assert_eq!(cookie.contains("; Secure"), is_secure, "{cookie}");
            let pair = cookie.split(';').next().unwrap();
            let sent = headers(&["a=b; lots=x", &format!("c=d; {pair}")]);
            assert!(Session::of(&sent, is_secure) == Some(session), "{name}");
            let moved = pair.replacen(name, other, 1);
            assert!(Session::of(&headers(&[&moved]), is_secure).is_none());
        }
    }

    #[test]
    fn a_cookie_that_was_never_ours_is_none() {
        for value in [
            "",
            "lots",
            "lots=",
            "lots=abc",
            "lots=\"23456789ABCDEFGH23456789ABCD\"",
        ] {
            assert!(Session::of(&headers(&[value]), false).is_none(), "{value}");
        }
    }

    #[test]
    fn a_token_belongs_to_one_conversation() {
        let (session, other) = (Session::new(true), Session::new(true));
        assert!(session.is_token(&session.token()));
        for brought in [
            "",
            &other.token(),
            &session.token()[1..],
            session.conversation(),
        ] {
            assert!(!session.is_token(brought), "{brought}");
        }
        assert!(!session.token().contains(session.conversation()));
    }
}
