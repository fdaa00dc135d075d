//! What shows that a form was sent from a page of ours, by whoever was given that page.

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest, Sha256};

/// Where a form was sent from, as browsers say themselves.
const FROM: HeaderName = HeaderName::from_static("sec-fetch-site");
/// How many bytes of the hash a token holds.
const TOKEN: usize = 16;

/// Whether a request came from a page of ours, or from something that is no browser and so can be no victim.
pub(super) fn is_own(headers: &HeaderMap, address: Option<&str>) -> bool {
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

/// The values of the cookies of a name that a browser sent.
pub(super) fn cookies<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(COOKIE).into_iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter_map(move |(n, value)| (n == name).then_some(value))
}

/// What `Set-Cookie` says of a cookie that only the server reads. `same_site` is `Lax` or `Strict`; `more` begins with a
/// semicolon, or is empty.
pub(super) fn set_cookie(
    name: &str,
    value: &str,
    same_site: &str,
    is_secure: bool,
    more: &str,
) -> Option<HeaderValue> {
    let secure = if is_secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{more}");
    HeaderValue::try_from(text).ok()
}

/// What a form brings of someone who holds a secret. It tells nothing of the secret, and made for one purpose it is none
/// for another.
pub(super) fn token(purpose: &str, secret: &str) -> String {
    let hash = Sha256::new()
        .chain_update(purpose)
        .chain_update("\n")
        .chain_update(secret)
        .finalize();
    hash[..TOKEN]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether two texts are the same. Takes as long wherever they differ.
pub(super) fn is_same(expected: &str, brought: &str) -> bool {
    let pairs = expected.bytes().zip(brought.bytes());
    let differing = pairs.fold(0, |differing, (a, b)| differing | (a ^ b));
    expected.len() == brought.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;

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
