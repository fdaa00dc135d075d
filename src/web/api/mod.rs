//! The API: what a program can ask. Its documentation is made of the code, and is served beside it.

mod asking;
mod callbacks;
mod docs;
mod entries;
mod hsds;
mod open_data;
mod pages;
mod paths;
mod read;
mod receipts;
mod refusals;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::from_fn;
use serde::Serialize;
use tower_http::cors::CorsLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::page::kept_nowhere;
use super::site::Site;
use super::trouble::Problem;
use crate::answering::Answer;
use crate::config::WebSettings;
use pages::Pages;

/// How long a browser may remember what another site is allowed.
const REMEMBERED: Duration = Duration::from_secs(3_600);

/// The head of the documentation.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "lots",
        description = "The way in to a municipality, for programs: ask a question and be answered from a knowledge base \
            that people curate, look up what became of a question, and read the entries.\n\nAn answer holds blocks to \
            draw one after another, and the same as plain text. Errors are problems as RFC 9457 has them, in Swedish or \
            English. Nothing is stored of someone in need, and personal data are masked before anything is stored.",
    ),
    tags(
        (name = "conversation", description = "Ask, go on asking, go along a guided way in, say whether it helped, ask to be called, erase"),
        (name = "receipts", description = "What became of what someone has left, all that is kept about it, and having it erased"),
        (name = "entries", description = "What there is to read"),
        (name = "open data", description = "What residents ask, where the municipality gives it out"),
    ),
    components(schemas(Problem))
)]
struct Documentation;

pub(super) fn routes() -> Router<Arc<Site>> {
    let receipts = OpenApiRouter::new()
        .routes(routes!(receipts::receipt))
        .routes(routes!(receipts::data))
        .routes(routes!(receipts::erase))
        .layer(from_fn(kept_nowhere));
    let (router, document) = OpenApiRouter::with_openapi(Documentation::openapi())
        .routes(routes!(asking::ask))
        .routes(routes!(asking::show))
        .routes(routes!(paths::list))
        .routes(routes!(paths::follow))
        .routes(routes!(asking::feedback))
        .routes(routes!(asking::erase))
        .routes(routes!(callbacks::call_back))
        .routes(routes!(entries::list))
        .routes(routes!(entries::entry))
        .routes(routes!(hsds::export))
        .routes(routes!(open_data::read))
        .merge(receipts)
        .split_for_parts();
    router.merge(docs::routes(document))
}

/// Lets the configured sites use the API from a browser.
pub(super) fn cors(settings: &WebSettings) -> CorsLayer {
    let origins = settings.origins.iter();
    let origins: Vec<HeaderValue> = origins.filter_map(|o| o.parse().ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
        .expose_headers([header::RETRY_AFTER, header::CONTENT_LANGUAGE])
        .max_age(REMEMBERED)
}

/// The blocks of an answer as they go over the wire: for the panel, which draws what the API answers.
pub(super) fn blocks(site: &Site, answer: &Answer) -> impl Serialize {
    let pages = Pages::of(site, answer.language);
    wire::blocks(
        &pages.said_now(&answer.blocks),
        answer.shown.first(),
        &pages,
    )
}
