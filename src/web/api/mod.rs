//! The API: what a program can ask.

use std::sync::Arc;

use axum::Router;

use super::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
}
