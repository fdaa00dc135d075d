//! What keeps one request from costing the others: how much it may send and how slowly, how many are worked on at once,
//! how long one may take, and that a mistake of ours ends no more than the request it was made in.

use std::any::Any;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;

use super::site::Site;
use super::trouble::{Trouble, tell};

/// How much a request may send, in bytes.
pub(super) const LARGEST_BODY: usize = 64 * 1024;
/// How much of what is too large is still read, so that a client that is busy sending hears that it is.
const READ_ON: usize = 1024 * 1024;
/// How long a request may take to send what belongs to it.
const BODY: Duration = Duration::from_secs(10);
/// How long a request waits for its turn before it hears that there is too much to do.
const QUEUE: Duration = Duration::from_secs(2);
/// How long work on a request may take.
const WORK: Duration = Duration::from_secs(20);

/// The routes behind their guards.
pub(super) fn guarded(routes: Router<Arc<Site>>, site: &Arc<Site>) -> Router<Arc<Site>> {
    let with = || Arc::clone(site);
    routes.layer(
        ServiceBuilder::new()
            .layer(from_fn_with_state(with(), tell))
            .layer(CatchPanicLayer::custom(mistake))
            .layer(from_fn_with_state(with(), take_in))
            .layer(from_fn_with_state(with(), take_turn)),
    )
}

/// Takes in the whole of a request, before it takes a place from anyone.
async fn take_in(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    if site.is_ending() {
        return Trouble::Ending.into_response();
    }
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let announced = parts.headers.get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|l| l.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > READ_ON) {
        return Trouble::TooLarge.into_response();
    }
    match tokio::time::timeout(BODY, read(body)).await {
        Ok(Ok(bytes)) => {
            let request = Request::from_parts(parts, Body::from(bytes));
            next.run(request).await
        }
        Ok(Err(trouble)) => trouble.into_response(),
        Err(_) => Trouble::SlowBody.into_response(),
    }
}

/// All of a body. Fails when it is too large, and when it ends too early.
async fn read(mut body: Body) -> Result<Bytes, Trouble> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|cx| Pin::new(&mut body).poll_frame(cx)).await {
        let Ok(data) = frame.map_err(|_| Trouble::SlowBody)?.into_data() else {
            continue;
        };
        length += data.len();
        if length > READ_ON {
            return Err(Trouble::TooLarge);
        }
        if length <= LARGEST_BODY {
            bytes.extend_from_slice(&data);
        }
    }
    if length > LARGEST_BODY {
        return Err(Trouble::TooLarge);
    }
    Ok(bytes.into())
}

/// Works on a request when its turn has come, for as long as anyone waits.
async fn take_turn(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let Ok(_place) = tokio::time::timeout(QUEUE, site.places.acquire()).await else {
        return Trouble::Busy.into_response();
    };
    match tokio::time::timeout(WORK, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!("a request took longer than anyone waits");
            Trouble::TookTooLong.into_response()
        }
    }
}

/// What a panic becomes. Its message is not looked at: it can hold what a resident wrote.
fn mistake(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request ended in a panic; the others go on");
    Trouble::Broken.into_response()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use axum::http::StatusCode;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::config::WebSettings;
    use crate::desk::{Desk, Keep, Library, Origin, State as Stage, open};

    /// A site where one request is worked on at a time.
    async fn site() -> Arc<Site> {
        let provby = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/provby");
        let base = Library::new(open(&Origin::Folder(provby)).unwrap());
        let keep = Keep {
            questions: Stage::ALL.map(|state| (state, 1)).to_vec(),
            conversations: 1,
            call_backs: 14,
        };
        let desk = Desk::open(base, "sqlite::memory:", keep).await.unwrap();
        let settings = WebSettings {
            concurrent: 1,
            ..WebSettings::default()
        };
        Arc::new(Site::new(Arc::new(desk), settings))
    }

    async fn told(app: &Router, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header("accept-language", "en");
        let request = request.body(Body::empty()).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, LARGEST_BODY).await.unwrap();
        (head.status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_mistake_of_ours_ends_one_request_and_tells_nothing_of_it() {
        let site = site().await;
        let broken = || async { panic!("hemligheten") as StatusCode };
        let routes = Router::new()
            .route("/api/v1/broken", get(broken))
            .route("/broken", get(broken))
            .route("/whole", get(|| async { "whole" }));
        let app = guarded(routes, &site).with_state(Arc::clone(&site));
        for (path, said) in [
            ("/api/v1/broken", "The mistake is ours"),
            ("/broken", "It is not your fault"),
        ] {
            let (status, text) = told(&app, path).await;
            assert_eq!(status, 500);
            assert!(text.contains(said), "{text}");
            assert!(!text.contains("hemligheten"), "{text}");
        }
        // Its place was given back.
        assert_eq!(told(&app, "/whole").await.1, "whole");
    }

    #[tokio::test]
    async fn whoever_has_waited_for_a_place_too_long_hears_that_there_is_none() {
        let site = site().await;
        let routes = Router::new()
            .route("/api/v1/long", get(std::future::pending::<StatusCode>))
            .route("/api/v1/short", get(|| async { "short" }));
        let app = guarded(routes, &site).with_state(Arc::clone(&site));
        let long = tokio::spawn({
            let app = app.clone();
            async move { told(&app, "/api/v1/long").await }
        });
        while site.places.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let (status, text) = told(&app, "/api/v1/short").await;
        assert_eq!(status, 503);
        assert!(text.contains("/api/problems#busy"), "{text}");
        // Who goes away leaves the place to the next.
        long.abort();
        _ = long.await;
        assert_eq!(told(&app, "/api/v1/short").await.1, "short");
    }
}
