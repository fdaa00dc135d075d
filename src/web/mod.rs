//! The web channel: the page where a resident talks to lots, a page for every entry, the panel for other sites, the API,
//! and the console where staff work with what was asked.
//!
//! Everything is drawn on the server and works without JavaScript. What a page needs, it has from here: no request to
//! anyone else, no cookie before the first message.

mod api;
mod assets;
mod browse;
mod client;
mod console;
mod dossier;
mod drawings;
mod figures;
mod headers;
mod health;
mod layout;
mod limits;
mod markdown;
mod observe;
mod pace;
mod page;
mod places;
mod preferred;
mod proof;
mod server;
mod site;
mod stream;
mod trouble;
mod widget;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::net::TcpListener;
use tower::ServiceBuilder;

use crate::config::WebSettings;
use crate::desk::Desk;
use site::Site;
use trouble::Trouble;

pub use browse::reminder;
pub use console::home as console;
pub use figures::Figures;
pub use markdown::draw as draw_markdown;
pub use page::guided::{result, result_dates};

/// The path that an identity provider leads back to after someone has signed in.
pub const SIGN_ON: &str = console::BACK;
/// The path that it leads back to after someone has signed out.
pub const SIGNED_OFF: &str = console::AFTER;

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
    let app = router(&site);
    tokio::select! {
        served = server::serve(listener, app, &site, shutdown) => served,
        never = site.transcripts.tend(site.desk.erasures()) => match never {},
    }
}

/// Every address, and what is served there.
fn router(site: &Arc<Site>) -> Router {
    let pages = Router::new()
        .merge(page::routes())
        .merge(browse::routes())
        .merge(widget::routes())
        .merge(console::routes())
        .merge(assets::routes())
        .fallback(async || Trouble::NoPage)
        .method_not_allowed_fallback(async || Trouble::WrongMethod);
    let api = api::routes().method_not_allowed_fallback(async || Trouble::WrongMethod);
    let api = limits::guarded(api, site).layer(api::cors(&site.settings));
    limits::guarded(pages, site)
        .merge(api)
        .merge(health::routes())
        .layer(
            ServiceBuilder::new()
                .layer(from_fn(observe::note))
                .layer(headers::compression())
                .layer(from_fn_with_state(Arc::clone(site), headers::add)),
        )
        .with_state(Arc::clone(site))
}
