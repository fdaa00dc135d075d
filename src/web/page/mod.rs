//! The page where a resident talks to lots.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};

use super::layout::{self, Sheet};
use super::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/", get(talk))
}

async fn talk(State(site): State<Arc<Site>>) -> Markup {
    let language = site.desk.default_language();
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).page;
    layout::draw(
        &site,
        &Sheet {
            language,
            title: None,
            main: html! { h1 { (phrases.ask_label) } },
        },
    )
}
