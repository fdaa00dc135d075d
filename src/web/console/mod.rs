//! The console, where staff work with what residents have asked. Only those who are signed in get anywhere, the pages of
//! the residents do not lead here, and no search engine is to list it.
//!
//! Every handler names who may come in by what it takes: [`SignedIn`] for everyone with an account, and
//! [`Editor`](signed_in::Editor) or [`Admin`](signed_in::Admin) for those who may do more. What changes something is a
//! form, taken as [`Sent`](sent::Sent), which holds it against the session that it was drawn for. The desk holds each act
//! against the role once more.
//!
//! A new section is a file with `routes`, a variant of [`Section`], and a table of phrases.

mod account;
mod accounts;
mod asked;
mod audit;
mod calls;
mod changes;
mod code_parts;
mod codes;
mod digests;
mod drafts;
mod figures;
mod frame;
mod freshness;
mod ideas;
mod outcome;
mod parts;
mod passing;
mod paths;
mod queue;
mod records;
mod refused;
mod regressions;
mod replay;
mod retention;
mod second_step;
mod section;
mod sent;
mod session;
mod settings;
mod sign_in;
mod sign_on;
mod signed_in;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Redirect, Response};
use axum::routing::get;

use super::site::Site;
use crate::knowledge::Language;
use section::Section;
pub use section::home;
use signed_in::SignedIn;

pub(super) use sign_on::{AFTER, BACK};

/// Where search engines are told the same as in the head of a page.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

pub(super) fn routes() -> Router<Arc<Site>> {
    let router = Language::ALL
        .into_iter()
        .fold(Router::new(), |router, language| {
            let home = home(language);
            let first = format!("{home}/{}", Section::Queue.path());
            let begin = move |_: SignedIn| async move { Redirect::to(&first) };
            router
                .route(home, get(begin))
                .merge(sign_in::routes(home))
                .merge(second_step::routes(home))
                .merge(sign_on::routes(home))
                .merge(queue::routes(home))
                .merge(calls::routes(home))
                .merge(ideas::routes(home))
                .merge(figures::routes(home))
                .merge(paths::routes(home))
                .merge(accounts::routes(home))
                .merge(account::routes(home))
                .merge(codes::routes(home))
                .merge(records::routes(home))
                .merge(audit::routes(home))
                .merge(freshness::routes(home))
                .merge(drafts::routes(home))
                .merge(replay::routes(home))
                .merge(changes::routes(home))
                .merge(regressions::routes(home))
                .merge(settings::routes(home))
                .merge(digests::routes(home))
        });
    let router = router.merge(sign_on::shared_routes());
    router.layer(from_fn(kept_nowhere))
}

/// What staff see is kept by no cache and in no search engine.
async fn kept_nowhere(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    response
}
