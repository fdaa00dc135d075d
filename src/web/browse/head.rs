//! What the head of a page says of it to search engines, to other sites that link to it, and to calendars.

use maud::{Markup, html};
use serde_json::Value;

use super::indexes::Versions;
use super::structured;
use crate::knowledge::Language;
use crate::web::site::Site;

/// What is said of a page.
#[derive(Debug)]
pub(super) struct Head<'a> {
    /// The language it is written in.
    pub(super) language: Language,
    /// Its title.
    pub(super) title: &'a str,
    /// What it is about, in a sentence or two of plain text.
    pub(super) about: &'a str,
    /// The page in every language it is written in.
    pub(super) versions: &'a Versions,
    /// Where its dates are, when it has any.
    pub(super) dates: Option<(&'a str, &'a str)>,
    /// Its data for programs.
    pub(super) data: Option<Value>,
}

/// The head of a page that can be found by searching the web.
pub(super) fn draw(site: &Site, head: &Head<'_>) -> Markup {
    let base = site.base();
    let own = head
        .versions
        .paths()
        .iter()
        .find(|(l, _)| *l == head.language);
    let default = head.versions.default(base.knowledge());
    html! {
        meta name="description" content=(head.about);
        @if let Some((_, path)) = own {
            link rel="canonical" href=(site.address(path));
            meta property="og:url" content=(site.address(path));
        }
        @for (language, path) in head.versions.paths() {
            link rel="alternate" hreflang=(language.code()) href=(site.address(path));
        }
        @if let Some(path) = default {
            link rel="alternate" hreflang="x-default" href=(site.address(path));
        }
        @if let Some((path, title)) = head.dates {
            link rel="alternate" type="text/calendar" title=(title) href=(path);
        }
        meta property="og:type" content="article";
        meta property="og:title" content=(head.title);
        meta property="og:description" content=(head.about);
        meta property="og:locale" content=(locale(head.language));
        @if let Some(data) = &head.data { (structured::element(data)) }
    }
}

/// The head of a page that is of use only to whoever asked for it.
pub(super) fn unlisted() -> Markup {
    html! { meta name="robots" content="noindex"; }
}

fn locale(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv_SE",
        Language::English => "en_GB",
    }
}
