//! A page for every entry, lists of them, and what search engines and calendars read.

mod address;

use std::sync::Arc;

use axum::Router;

use super::site::Site;

pub(super) use address::{address, list};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
}
