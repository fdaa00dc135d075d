//! Ideas that have been handed over: all of them, and one with what can be answered.

mod list;
mod one;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use maud::{Markup, html};

use super::section::Section;
use crate::desk::IdeaState;
use crate::knowledge::IdeasPhrases;
use crate::web::site::Site;

const PATH: &str = Section::Ideas.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let one = format!("{home}/{PATH}/{{receipt}}");
    Router::new()
        .route(&format!("{home}/{PATH}"), get(list::show))
        .route(&one, get(one::show))
        .route(&format!("{one}/answer"), post(one::answer))
        .route(&format!("{one}/close"), post(one::close))
}

/// How far staff have come, in a word.
fn badge(state: IdeaState, phrases: &IdeasPhrases) -> Markup {
    let (class, name) = match state {
        IdeaState::New => ("badge due", &phrases.new),
        IdeaState::Answered => ("badge good", &phrases.answered),
        IdeaState::Closed => ("badge", &phrases.closed),
    };
    html! { span class=(class) { (name) } }
}
