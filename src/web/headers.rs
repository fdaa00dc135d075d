//! What every answer says to the browser besides itself: what the page may load and do, and who may keep it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Version};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use super::site::Site;

/// Nothing but what is from here, no script or style in the page itself, and no frame around it.
const CONTENT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// A page of ours needs none of these; it copies a receipt when someone presses for it.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
    magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), \
    usb=(), clipboard-write=(self)";
/// A year.
const TLS_ONLY: &str = "max-age=31536000";

/// What is smaller than this many bytes fits in a packet as it is.
const SMALLEST: u16 = 1_024;

/// What stands at the head of every answer that does not say otherwise itself.
const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Other sites are not told where a reader came from; our own forms need to know that they were sent from here.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("x-permitted-cross-domain-policies"),
        "none",
    ),
];

/// Adds what every answer is to say.
pub(super) async fn add(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_someones = !is_read || request.headers().contains_key(header::COOKIE);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if site.settings.is_secure() {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static(TLS_ONLY));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        // What belongs to one conversation is kept nowhere; the rest is asked for anew each time.
        let private = is_someones || headers.contains_key(header::SET_COOKIE);
        let value = if private { "no-store" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
        headers.append(header::VARY, HeaderValue::from_static("cookie"));
    }
    response
}

/// Compresses what is worth it and may be. What belongs to one conversation may not: beside something that an attacker
/// chose, its length would tell of what is secret in it.
pub(super) fn compression() -> CompressionLayer<impl Predicate> {
    let is_public = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        let kept = headers.get(header::CACHE_CONTROL);
        kept.is_some_and(|value| value != "no-store") && !headers.contains_key(header::SET_COOKIE)
    };
    CompressionLayer::new().compress_when(SizeAbove::new(SMALLEST).and(is_public))
}
