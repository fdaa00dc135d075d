//! A page for every entry, lists of them, and what search engines and calendars read.
//!
//! Nothing here remembers anyone: what a page shows follows from its address and the base in use.

mod address;
mod calendar;
mod entry;
mod fresh;
mod head;
mod indexes;
mod lists;
mod missing;
mod open_data;
mod parts;
mod plain;
mod structured;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Redirect;
use axum::routing::get;

use super::client::Client;
use super::places::Place;
use super::site::Site;
use crate::knowledge::{EntryKind, Language};

pub use address::reminder;
pub(super) use address::{address, list};
pub(super) use calendar::of as dates_of;
pub(super) use entry::inside;
pub(super) use open_data::LICENCE;

/// Every address has its own place in the router: what is sought under another is not ours.
pub(super) fn routes() -> Router<Arc<Site>> {
    let fixed = Router::new()
        .route("/sitemap.xml", get(indexes::sitemap))
        .route("/robots.txt", get(indexes::robots));
    let everywhere = |kind| Language::ALL.map(|language| (kind, language));
    let lists = EntryKind::ALL.into_iter().flat_map(everywhere);
    let router = Language::ALL.into_iter().fold(fixed, in_language);
    lists.fold(router, |router, (kind, language)| {
        of_kind(router, kind, language)
    })
}

fn in_language(router: Router<Arc<Site>>, language: Language) -> Router<Arc<Site>> {
    router
        .route(
            Place::Browse.path(language),
            get(async move |State(site), client: Client, sought| {
                lists::all(site, language, client, sought).await
            }),
        )
        .route(
            calendar::feed(language),
            get(async move |State(site), headers: HeaderMap| {
                calendar::all(site, language, headers).await
            }),
        )
        .route(
            Place::OpenData.path(language),
            get(async move |State(site)| open_data::page(site, language).await),
        )
        .route(
            &open_data::csv_path(language),
            get(async move |State(site), headers: HeaderMap| {
                open_data::csv(site, language, headers).await
            }),
        )
}

fn of_kind(router: Router<Arc<Site>>, kind: EntryKind, language: Language) -> Router<Arc<Site>> {
    let path = list(kind, language);
    let without_slash = path.trim_end_matches('/').to_owned();
    let router = router
        .route(&without_slash, get(moved_to(path.clone())))
        .route(
            &path,
            get(async move |State(site): State<Arc<Site>>| {
                lists::of_one_kind(&site, language, kind)
            }),
        )
        .route(
            &format!("{path}{{name}}"),
            get(
                async move |State(site), Path(name), day, headers: HeaderMap| {
                    entry::show(site, kind, language, name, day, headers).await
                },
            ),
        );
    // Whoever changes the language by hand finds the kind under its name in that language.
    let abroad = address::segment(kind, language.other());
    if abroad == address::segment(kind, language) {
        return router;
    }
    let own = path.clone();
    router
        .route(&format!("/{language}/{abroad}/"), get(moved_to(path)))
        .route(
            &format!("/{language}/{abroad}/{{name}}"),
            get(async move |Path(name): Path<String>| {
                // A name that could not be one leads to the list.
                let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                let name = if name.chars().all(is_name) {
                    name
                } else {
                    String::new()
                };
                Redirect::permanent(&format!("{own}{name}"))
            }),
        )
}

fn moved_to(path: String) -> impl Fn() -> std::future::Ready<Redirect> + Clone + Send + 'static {
    move || std::future::ready(Redirect::permanent(&path))
}
