//! What pages are made of beside their text: style, scripts and pictures, carried in the program.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::routing::get;

use super::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route(
        "/assets/style.css",
        get(|| async {
            (
                [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
                include_str!("style.css"),
            )
        }),
    )
}
