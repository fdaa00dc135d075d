//! What goes wrong on purpose: the next requests to a path are limited, broken, lost or slow.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::world::{Request, World};

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// 429 for this route, with a `retry-after` header.
    RouteLimit(Duration),
    /// 429 for everything, with a `retry-after` header.
    GlobalLimit(Duration),
    /// 429 without the header: when to come back stands only in the body.
    BareLimit(Duration),
    /// A status such as 500 or 502, with a page that is no JSON. Nothing was done.
    Broken(u16),
    /// The same, but what was asked for was done: only the answer was lost.
    Lost(u16),
    /// It takes this long to arrive.
    Slow(Duration),
}

/// A fault that waits for its requests.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    /// Such as `POST /channels/*/messages`.
    pattern: String,
    fault: Fault,
    left: usize,
}

impl Planned {
    pub(super) fn new(pattern: &str, times: usize, fault: Fault) -> Planned {
        Planned {
            pattern: pattern.to_owned(),
            fault,
            left: times,
        }
    }
}

impl World {
    /// The fault that a request meets, if one was planned; it is then used up once.
    pub(super) fn meet_fault(&mut self, request: &Request) -> Option<Fault> {
        let meets = |f: &&mut Planned| f.left > 0 && matches(&f.pattern, request);
        let planned = self.faults.iter_mut().find(meets)?;
        planned.left -= 1;
        Some(planned.fault)
    }
}

/// Whether a pattern fits a request: a method and a path, either of which may be `*`, as may any step of the path.
pub(super) fn matches(pattern: &str, request: &Request) -> bool {
    let Some((method, path)) = pattern.split_once(' ') else {
        panic!(
            "a pattern is a method and a path, such as \"POST /channels/*/messages\": {pattern:?}"
        );
    };
    let steps = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (wanted, steps) = (steps(path), steps(&request.path));
    let fits = |(wanted, step): (&String, &String)| wanted == "*" || wanted == step;
    (method == "*" || method == request.method)
        && (path == "*" || wanted.len() == steps.len() && wanted.iter().zip(&steps).all(fits))
}

/// The response to a request that was limited.
pub(super) fn limited(wait: Duration, global: bool, with_header: bool) -> Response {
    let seconds = wait.as_secs_f64();
    let body = json!({
        "message": "You are being rate limited.", "retry_after": seconds, "global": global,
    });
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    let headers = response.headers_mut();
    if with_header {
        headers.insert("retry-after", seconds.to_string().parse().unwrap());
        let scope = if global { "global" } else { "user" };
        headers.insert("x-ratelimit-scope", scope.parse().unwrap());
    }
    if global {
        headers.insert("x-ratelimit-global", "true".parse().unwrap());
    }
    response
}

/// The response of something before Discord that cannot reach it.
pub(super) fn broken(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (
        status,
        axum::response::Html("<html><h1>cloudflare</h1></html>"),
    )
        .into_response()
}
