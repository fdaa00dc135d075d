//! The page where a resident talks to lots, and those about lots itself.
//!
//! Everything works without JavaScript: a form is sent, and the browser is led back to the page. Our script sends the
//! same forms and gets the piece of the page that is new.

mod about;
mod acts;
pub(super) mod blocks;
mod callback;
mod draft;
mod following;
mod forms;
pub(super) mod guided;
mod human;
mod keeping;
mod outcome;
mod receipt;
mod refusal;
mod result;
mod session;
mod talk;
mod transcript;
mod trouble;
mod visitor;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};

use super::places::Place;
use super::site::Site;
use crate::knowledge::Language;
use forms::Act;

pub(super) use forms::reason;
pub(super) use transcript::Transcripts;
pub(super) use trouble::page as trouble;

pub(super) fn routes() -> Router<Arc<Site>> {
    let mut router = Router::new().route("/", get(talk::choose_language));
    for language in Language::ALL {
        let home = Place::Talk.path(language);
        router = router
            .route(home, get(talk::show))
            .route(
                home.trim_end_matches('/'),
                get(move || async move { Redirect::permanent(home) }),
            )
            .route(&Act::Ask.path(language), post(acts::ask))
            .route(&Act::Show.path(language), post(acts::show))
            .route(&Act::Follow.path(language), post(following::follow))
            .route(&Act::Judge.path(language), post(acts::judge))
            .route(&Act::Forget.path(language), post(acts::forget))
            .route(&Act::CallBack.path(language), post(callback::ask))
            .route(&Act::Withdraw.path(language), post(callback::withdraw))
            .route(Place::Receipt.path(language), get(receipt::show))
            .route(&keeping::Act::Look.path(language), get(keeping::show))
            .route(&keeping::Act::File.path(language), get(keeping::file))
            .route(&keeping::Act::Erase.path(language), post(keeping::erase))
            .route(Place::Result.path(language), get(result::show))
            .route(
                &format!("{}.ics", Place::Result.path(language)),
                get(result::dates),
            )
            .route(Place::Human.path(language), get(human::show))
            .route(Place::Privacy.path(language), get(about::privacy))
            .route(
                Place::Accessibility.path(language),
                get(about::accessibility),
            );
    }
    router.layer(from_fn(kept_nowhere))
}

/// What someone has asked is kept by no cache, neither the browser's nor one on the way.
pub(super) async fn kept_nowhere(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
