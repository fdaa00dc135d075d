//! The pages for what cannot be shown: each says what to do, in the language of its address, and leads on.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::knowledge::Language;
use crate::web::layout::{self, Sheet};
use crate::web::places::{Place, language_of};
use crate::web::site::Site;

/// There is no such page.
pub(in crate::web) async fn missing(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    page(&site, spoken(&site, &uri), StatusCode::NOT_FOUND)
}

/// There is, but it cannot be asked for like that.
pub(in crate::web) async fn wrong_method(State(site): State<Arc<Site>>, uri: Uri) -> Response {
    page(&site, spoken(&site, &uri), StatusCode::METHOD_NOT_ALLOWED)
}

/// The language of an address, or that of the municipality where it has none.
fn spoken(site: &Site, uri: &Uri) -> Language {
    language_of(uri.path()).unwrap_or_else(|| site.desk.default_language())
}

/// The page for a status: not found, method not allowed, and anything else as a fault of ours.
pub(in crate::web) fn page(site: &Site, language: Language, status: StatusCode) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).page;
    let (heading, text) = match status {
        StatusCode::NOT_FOUND => (&phrases.missing_heading, &phrases.missing_text),
        StatusCode::METHOD_NOT_ALLOWED => (&phrases.method_heading, &phrases.method_text),
        _ => (&phrases.failed_heading, &phrases.failed_text),
    };
    let onward = [
        (Place::Talk, &phrases.ask_label),
        (Place::Browse, &phrases.browse_link),
        (Place::Human, &phrases.human_link),
    ];
    let main = html! {
        div .narrow {
            h1 { (heading) }
            p .lead { (text) }
            h2 { (phrases.onward) }
            ul .choices {
                @for (place, text) in onward {
                    li { a .button href=(place.path(language)) { (text) } }
                }
            }
        }
    };
    let sheet = Sheet {
        language,
        title: Some(heading),
        path: "",
        other: None,
        head: html! { meta name="robots" content="noindex"; },
        class: "",
        main,
    };
    (status, layout::draw(site, &sheet)).into_response()
}
