//! What an operator sees of requests: a line each, and figures. Where something was asked stands there as the route, such
//! as `/{lang}/ask`, and never as it was written; who asked, and what, nowhere.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

/// Notes a request and how it went.
pub(super) async fn note(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let status = response.status();
    let took = began.elapsed();
    tracing::info!(
        method,
        route,
        status = status.as_u16(),
        milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        "request"
    );
    metrics::counter!(
        "lots_http_requests_total",
        "method" => method,
        "route" => route.to_owned(),
        "status" => status.as_str().to_owned(),
    )
    .increment(1);
    metrics::histogram!(
        "lots_http_request_duration_seconds",
        "method" => method,
        "route" => route.to_owned(),
    )
    .record(took.as_secs_f64());
    response
}

/// The method, when it is one that exists: anyone can make up others.
fn method(method: &Method) -> &'static str {
    const KNOWN: [Method; 9] = [
        Method::GET,
        Method::POST,
        Method::HEAD,
        Method::DELETE,
        Method::OPTIONS,
        Method::PUT,
        Method::PATCH,
        Method::CONNECT,
        Method::TRACE,
    ];
    const NAMES: [&str; 9] = [
        "GET", "POST", "HEAD", "DELETE", "OPTIONS", "PUT", "PATCH", "CONNECT", "TRACE",
    ];
    let place = KNOWN.iter().position(|known| known == method);
    place.map_or("other", |place| NAMES[place])
}
