//! Whether the program is alive, and whether it should be sent requests: for what starts it and stands before it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use super::site::Site;

/// Whether requests should be sent here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ready,
    /// Questions are answered, but not everything is as it should be.
    Degraded,
    Ending,
}

/// What is told of it.
#[derive(Debug, Serialize)]
struct Readiness {
    status: Status,
    /// What is not as it should be.
    reasons: Vec<String>,
    /// How many questions wait to be saved.
    waiting: usize,
    version: &'static str,
}

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route(
            "/healthz",
            get(|| async { Json(serde_json::json!({ "status": "alive" })) }),
        )
        .route("/readyz", get(ready))
}

async fn ready(State(site): State<Arc<Site>>) -> (StatusCode, Json<Readiness>) {
    let health = site.desk.health().await;
    let mut reasons = Vec::new();
    if !health.database {
        reasons.push(
            "the database does not answer; questions are answered without the log".to_owned(),
        );
    } else if health.waiting > 0 {
        reasons.push(
            "questions wait in memory until they can be saved; see that the database can be written to and that its disk \
             has room"
                .to_owned(),
        );
    }
    if let Some(refused) = &site.desk.library().standing().refused {
        reasons.push(format!(
            "the knowledge base on disk has had {} problems since {:.0}; the one before it is in use; `lots check` shows \
             every problem",
            refused.problems, refused.since
        ));
    }
    let status = if site.is_ending() {
        Status::Ending
    } else if reasons.is_empty() {
        Status::Ready
    } else {
        Status::Degraded
    };
    let code = match status {
        Status::Ready | Status::Degraded => StatusCode::OK,
        Status::Ending => StatusCode::SERVICE_UNAVAILABLE,
    };
    let readiness = Readiness {
        status,
        reasons,
        waiting: health.waiting,
        version: env!("CARGO_PKG_VERSION"),
    };
    (code, Json(readiness))
}
