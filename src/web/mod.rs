//! The web channel: the page where a resident talks to lots, a page for every entry, the panel for other sites, and the
//! API.
//!
//! Everything is drawn on the server and works without JavaScript. What a page needs, it has from here: no request to
//! anyone else, no cookie before the first message.

mod api;
mod assets;
mod browse;
mod layout;
mod page;
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
    server::serve(listener, router(site), shutdown).await
}

/// Every address, and what is served there.
fn router(site: Arc<Site>) -> Router {
    Router::new()
        .merge(page::routes())
        .merge(browse::routes())
        .merge(widget::routes())
        .merge(api::routes())
        .merge(assets::routes())
        .with_state(site)
}
