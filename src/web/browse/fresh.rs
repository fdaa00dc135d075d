//! Files that others fetch again and again: told apart by what is in them, so that what has not changed is not sent.

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use sha2::{Digest, Sha256};

/// A file, or only that it is the one that the other side has.
pub(super) fn file(
    request: &HeaderMap,
    media_type: &'static str,
    body: String,
    changed: Timestamp,
) -> Response {
    let tag = tag(&body);
    let changed_text = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&changed)
        .unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::ETAG, tag.clone()),
        (header::LAST_MODIFIED, changed_text),
        // Anyone may keep it, and must ask whether it still holds.
        (header::CACHE_CONTROL, "public, no-cache".to_owned()),
    ];
    if has_it(request, &tag, changed) {
        return (StatusCode::NOT_MODIFIED, headers, Body::empty()).into_response();
    }
    (headers, body).into_response()
}

/// A name for a text that no other text has.
fn tag(text: &str) -> String {
    let hash = Sha256::digest(text);
    let hex: String = hash[..16].iter().map(|b| format!("{b:02x}")).collect();
    format!("\"{hex}\"")
}

/// Whether the other side says that it has what would be sent; a tag says more than a time.
fn has_it(request: &HeaderMap, tag: &str, changed: Timestamp) -> bool {
    let text = |name| request.get(name).and_then(|v| v.to_str().ok());
    match text(header::IF_NONE_MATCH) {
        Some(tags) => tags
            .split(',')
            .map(|known| known.trim().trim_start_matches("W/"))
            .any(|known| known == tag || known == "*"),
        None => text(header::IF_MODIFIED_SINCE)
            .and_then(|since| DateTimeParser::new().parse_timestamp(since).ok())
            .is_some_and(|since| changed.as_second() <= since.as_second()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_other_side_has_is_not_sent_again() {
        let changed: Timestamp = "2026-11-23T00:00:00.5Z".parse().unwrap();
        let status = |headers: &[(header::HeaderName, &str)]| {
            let mut request = HeaderMap::new();
            for (name, value) in headers {
                request.insert(name, value.parse().unwrap());
            }
            file(&request, "text/plain", "hej".to_owned(), changed).status()
        };
        let same = tag("hej");
        let cases = [
            (header::IF_NONE_MATCH, same.as_str(), 304),
            (header::IF_NONE_MATCH, &format!("\"x\", W/{same}"), 304),
            (header::IF_NONE_MATCH, "*", 304),
            (header::IF_NONE_MATCH, "\"x\"", 200),
            (
                header::IF_MODIFIED_SINCE,
                "Mon, 23 Nov 2026 00:00:00 GMT",
                304,
            ),
            (
                header::IF_MODIFIED_SINCE,
                "Sun, 22 Nov 2026 00:00:00 GMT",
                200,
            ),
            (header::IF_MODIFIED_SINCE, "in ordinary time", 200),
        ];
        for (name, value, expected) in cases {
            assert_eq!(
                status(&[(name.clone(), value)]),
                expected,
                "{name}: {value}"
            );
        }
        assert_eq!(status(&[]), 200);
        let newer = [
            (header::IF_NONE_MATCH, "\"x\""),
            (header::IF_MODIFIED_SINCE, "Mon, 23 Nov 2026 00:00:00 GMT"),
        ];
        assert_eq!(status(&newer), 200);
    }
}
