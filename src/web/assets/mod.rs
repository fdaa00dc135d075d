//! What pages are made of beside their text: style, scripts and pictures, carried in the program.
//!
//! An address holds a part of the content's hash, so that a browser may keep the file for ever and still has the right
//! one after an update.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use super::site::Site;

/// How long a file is kept whose address holds the hash of what it is.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What is served under another hash, to a page that an older or newer program has drawn, is not kept.
const NOT_AT_ALL: &str = "no-cache";

/// A file that pages use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asset {
    /// How every page looks.
    Style,
    /// How the console looks, beside that.
    Console,
    /// What makes the conversation smoother.
    Script,
    /// What makes writing drafts smoother.
    Drafts,
    /// The keys of the console.
    Keys,
    /// The mark in the browser's tab.
    Icon,
}

impl Asset {
    const ALL: [Asset; 6] = [
        Asset::Style,
        Asset::Console,
        Asset::Script,
        Asset::Drafts,
        Asset::Keys,
        Asset::Icon,
    ];

    /// Its path, with a part of its hash.
    pub(super) fn address(self) -> &'static str {
        static ADDRESSES: LazyLock<[String; 6]> = LazyLock::new(|| Asset::ALL.map(addressed));
        &ADDRESSES[self as usize]
    }

    fn name(self) -> (&'static str, &'static str) {
        match self {
            Asset::Style => ("style", "css"),
            Asset::Console => ("console", "css"),
            Asset::Script => ("page", "js"),
            Asset::Drafts => ("drafts", "js"),
            Asset::Keys => ("console", "js"),
            Asset::Icon => ("icon", "svg"),
        }
    }

    fn content(self) -> &'static str {
        match self {
            Asset::Style => include_str!("style.css"),
            Asset::Console => include_str!("console.css"),
            Asset::Script => include_str!("page.js"),
            Asset::Drafts => include_str!("drafts.js"),
            Asset::Keys => include_str!("console.js"),
            Asset::Icon => include_str!("icon.svg"),
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Asset::Style | Asset::Console => "text/css; charset=utf-8",
            Asset::Script | Asset::Drafts | Asset::Keys => "text/javascript; charset=utf-8",
            Asset::Icon => "image/svg+xml",
        }
    }
}

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/assets/{file}", get(serve))
}

async fn serve(Path(file): Path<String>) -> Response {
    let mut parts = file.split('.');
    let named = (parts.next(), parts.next_back());
    let asset = Asset::ALL.into_iter().find(|asset| {
        let (stem, ending) = asset.name();
        named == (Some(stem), Some(ending))
    });
    let Some(asset) = asset else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let is_current = asset.address().ends_with(&file);
    let keeping = if is_current { FOR_EVER } else { NOT_AT_ALL };
    let headers = [
        (header::CONTENT_TYPE, asset.media_type()),
        (header::CACHE_CONTROL, keeping),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, asset.content()).into_response()
}

fn addressed(asset: Asset) -> String {
    let (stem, ending) = asset.name();
    let hash = Sha256::digest(asset.content());
    let mut part = String::with_capacity(16);
    for byte in &hash[..8] {
        let _ = write!(part, "{byte:02x}");
    }
    format!("/assets/{stem}.{part}.{ending}")
}
