//! The panel that other sites show with one line.

use std::sync::Arc;

use axum::Router;

use super::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
}
