//! What search engines read: which pages there are, in which languages, and since when they are as they are.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::address::{address, list};
use super::fresh;
use super::lists::kinds;
use crate::knowledge::{Entry, Knowledge, Language};
use crate::web::places::Place;
use crate::web::site::Site;

/// One page in the languages that it is written in.
#[derive(Debug)]
pub(super) struct Versions {
    paths: Vec<(Language, String)>,
    changed: Option<Date>,
}

impl Versions {
    /// The page of an entry, in the languages that its text is written in.
    pub(super) fn of_entry(entry: &Entry) -> Versions {
        let languages = entry.texts.iter().map(|(language, _)| language);
        Versions {
            paths: languages.map(|l| (l, address(&entry.id, l))).collect(),
            changed: entry.reviewed,
        }
    }

    /// A page that is there in every language of the base.
    pub(super) fn of_all(knowledge: &Knowledge, path: impl Fn(Language) -> String) -> Versions {
        let languages = &knowledge.municipality().languages;
        Versions {
            paths: languages.iter().map(|l| (*l, path(*l))).collect(),
            changed: None,
        }
    }

    /// The paths, each with its language.
    pub(super) fn paths(&self) -> &[(Language, String)] {
        &self.paths
    }

    /// The path for whoever speaks none of the languages.
    pub(super) fn default(&self, knowledge: &Knowledge) -> Option<&str> {
        let first = knowledge.municipality().default_language;
        let own = self.paths.iter().find(|(language, _)| *language == first);
        own.or(self.paths.first()).map(|(_, path)| path.as_str())
    }
}

pub(super) async fn robots(State(site): State<Arc<Site>>) -> impl IntoResponse {
    let sitemap = site.address("/sitemap.xml");
    (
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        // A search is of use to whoever makes it alone, and the API is for programs.
        format!("User-agent: *\nDisallow: /api/\nDisallow: /*?\n\nSitemap: {sitemap}\n"),
    )
}

pub(super) async fn sitemap(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let base = site.base();
    let knowledge = base.knowledge();
    let mut fixed = vec![
        Place::Talk,
        Place::Browse,
        Place::Human,
        Place::Privacy,
        Place::Accessibility,
    ];
    if site.settings.open_data {
        fixed.push(Place::OpenData);
    }
    let fixed = fixed.into_iter();
    let fixed = fixed.map(|place| Versions::of_all(knowledge, |l| place.path(l).to_owned()));
    let lists = kinds(knowledge).map(|kind| Versions::of_all(knowledge, |l| list(kind, l)));
    let entries = knowledge.entries().iter().map(Versions::of_entry);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in fixed.chain(lists).chain(entries) {
        write(&mut out, &site, knowledge, &page);
    }
    out.push_str("</urlset>\n");
    let since = site.desk.library().standing().since;
    fresh::file(&headers, "application/xml; charset=utf-8", out, since)
}

/// A page in each of its languages, each with all the others. No path holds what XML would have escaped.
fn write(out: &mut String, site: &Site, knowledge: &Knowledge, page: &Versions) {
    for (_, path) in page.paths() {
        let _ = writeln!(out, "<url><loc>{}</loc>", site.address(path));
        if let Some(day) = page.changed {
            let _ = writeln!(out, "<lastmod>{day}</lastmod>");
        }
        let mut others: Vec<(&str, &str)> = page
            .paths()
            .iter()
            .map(|(language, path)| (language.code(), path.as_str()))
            .collect();
        others.extend(page.default(knowledge).map(|path| ("x-default", path)));
        for (code, path) in others {
            let _ = writeln!(
                out,
                "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{}\"/>",
                site.address(path)
            );
        }
        out.push_str("</url>\n");
    }
}
