//! Which of our languages a request would rather have.

use axum::http::{HeaderMap, header};

use crate::knowledge::Language;

/// The one of our languages that `Accept-Language` (RFC 9110) wants most; `None` when it wants none of them.
pub(super) fn by_header(headers: &HeaderMap) -> Option<Language> {
    let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Language)> = None;
    for range in wanted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let weight = parts
            .find_map(|p| p.strip_prefix("q="))
            .map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let primary = tag.split('-').next().unwrap_or_default();
        let Some(language) = Language::from_code(&primary.to_ascii_lowercase()) else {
            continue;
        };
        // Of those that are wanted alike, the first counts.
        if weight > best.map_or(0.0, |(weight, _)| weight) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_as_browsers_write_it() {
        let cases = [
            ("sv-SE,sv;q=0.9,en;q=0.8", Some(Language::Swedish)),
            ("en", Some(Language::English)),
            ("EN-gb", Some(Language::English)),
            ("de-DE, en;q=0.5, sv;q=0.6", Some(Language::Swedish)),
            ("sv;q=0, en;q=0.1", Some(Language::English)),
            ("sv;q=0", None),
            ("fi", None),
            ("*", None),
            ("", None),
            (";;q=,,sv;q=x", None),
        ];
        for (header, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, header.parse().unwrap());
            assert_eq!(by_header(&headers), expected, "{header}");
        }
        assert_eq!(by_header(&HeaderMap::new()), None);
    }
}
