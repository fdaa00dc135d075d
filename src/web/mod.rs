//! The web channel: the page where a resident talks to lots, a page for every entry, the panel for other sites, and the
//! API.
//!
//! Everything is drawn on the server and works without JavaScript. What a page needs, it has from here: no request to
//! anyone else, no cookie before the first message.

mod api;
mod assets;
mod browse;
mod drawings;
mod layout;
mod markdown;
mod page;
mod places;
mod server;
mod site;
mod widget;

use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::config::WebSettings;
use crate::desk::Desk;
use site::Site;

/// The name of the channel, for the log.
const CHANNEL: &str = "web";

/// Serves the page until `shutdown` ends, then finishes what is under way. Fails when the connections cannot be taken.
pub async fn run(
    desk: Arc<Desk>,
    settings: &WebSettings,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let site = Arc::new(Site::new(desk, settings.clone()));
    tokio::select! {
        served = server::serve(listener, router(Arc::clone(&site)), shutdown) => served,
        never = site.transcripts.tend() => match never {},
    }
}

/// Every address, and what is served there.
fn router(site: Arc<Site>) -> Router {
    Router::new()
        .merge(page::routes())
        .merge(browse::routes())
        .merge(widget::routes())
        .merge(api::routes())
        .merge(assets::routes())
        .fallback(page::missing)
        .method_not_allowed_fallback(page::wrong_method)
        .with_state(site)
}
