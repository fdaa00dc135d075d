//! The panel that other sites show with one line, and the page that tells how.
//!
//! The script carries its phrases and its style, so that it needs nothing else before the first question, and so that a
//! resident gets a sentence and a link even where the site lets nothing more through.

mod example;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::site::Site;
use words::Words;

const SCRIPT: &str = include_str!("widget.js");
const STYLE: &str = include_str!("widget.css");
/// Without it, browsers keep the script from other sites.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// A base that was changed, or a new version, reaches every site within an hour.
const CACHING: &str = "public, max-age=3600";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/widget.js", get(script))
        .merge(example::routes())
}

/// The script, with what it says in the languages of the base.
async fn script(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let script = call(&site);
    let digest = Sha256::digest(&script);
    let mark: String = digest.iter().take(16).map(|b| format!("{b:02x}")).collect();
    // Weak, since what is sent may be compressed on the way.
    let mark = format!("W/\"{mark}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|known| known.split(',').any(|k| k.trim() == mark));
    let about = [
        (header::ETAG, mark.as_str()),
        (header::CACHE_CONTROL, CACHING),
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (RESOURCE_POLICY, "cross-origin"),
    ];
    if known {
        (StatusCode::NOT_MODIFIED, about).into_response()
    } else {
        (about, script).into_response()
    }
}

/// The source is a function; what is served calls it.
fn call(site: &Site) -> String {
    let base = site.base();
    let municipality = base.knowledge().municipality();
    let mut languages = municipality.languages.clone();
    // The first stands in for any that the base does not have.
    languages.sort_by_key(|language| *language != municipality.default_language);
    let words: Vec<Words<'_>> = languages
        .into_iter()
        .map(|language| Words::of(site, base.knowledge(), language))
        .collect();
    format!(
        "{}({}, {});\n",
        SCRIPT.trim_end(),
        json!(words),
        json!(STYLE)
    )
}
