//! How fresh the base is: the entries that are to be gone through, and one of them with what can be done about it.

mod list;
mod one;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::section::{Section, home};
use crate::knowledge::{EntryId, Language};
use crate::web::site::Site;

const PATH: &str = Section::Freshness.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let one = format!("{home}/{PATH}/{{kind}}/{{name}}");
    Router::new()
        .route(&format!("{home}/{PATH}"), get(list::show))
        .route(&one, get(one::show))
        .route(&format!("{one}/holds"), post(one::holds))
        .route(&format!("{one}/mend"), post(one::mend))
}

/// Where an entry is gone through.
fn place(language: Language, entry: &EntryId) -> String {
    format!("{}/{PATH}/{entry}", home(language))
}
