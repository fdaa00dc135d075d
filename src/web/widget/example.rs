//! The page that shows the panel at work, and what another site needs to have it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use maud::{Markup, html};

use crate::knowledge::Language;
use crate::web::layout::{self, Sheet};
use crate::web::preferred;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    let page =
        |language| get(move |State(site): State<Arc<Site>>| async move { draw(&site, language) });
    let all = Language::ALL.into_iter();
    all.fold(
        Router::new().route("/widget", get(in_a_language)),
        |routes, language| routes.route(path(language), page(language)),
    )
}

fn path(language: Language) -> &'static str {
    match language {
        Language::Swedish => "/sv/panel",
        Language::English => "/en/panel",
    }
}

async fn in_a_language(State(site): State<Arc<Site>>, headers: HeaderMap) -> impl IntoResponse {
    let wanted = preferred::by_header(&headers);
    let language = wanted.unwrap_or_else(|| site.desk.default_language());
    let depends = [(header::VARY, "accept-language")];
    (depends, Redirect::to(path(language)))
}

fn draw(site: &Site, language: Language) -> Markup {
    let base = site.base();
    let phrases = base.knowledge().phrases(language);
    let (page, panel) = (&phrases.widget.page, &phrases.widget.panel);
    let address = site.address("");
    let lines = format!(
        "<script src=\"{address}/widget.js\" data-lang=\"{language}\" defer></script>\n\
         <noscript><a href=\"{address}/{language}/\">{}</a></noscript>",
        panel.open
    );
    let question = phrases.suggestions.first().map_or("", String::as_str);
    let options = [
        ("data-lang=\"sv\"".to_owned(), &page.lang),
        ("data-position=\"left\"".to_owned(), &page.position),
        ("data-colour=\"#0b5a62\"".to_owned(), &page.colour),
        (format!("data-title=\"{}\"", panel.open), &page.title),
        (
            format!("<a href=\"{address}/{language}/\" data-lots-open=\"{question}\">"),
            &page.link,
        ),
        (
            format!("document.querySelector(\"lots-panel\").open(\"{question}\")"),
            &page.call,
        ),
    ];
    let main = html! {
        h1 { (page.heading) }
        p .lead { (page.intro) }
        h2 { (page.paste) }
        p { (page.paste_text) }
        pre tabindex="0" { code { (lines) } }
        h2 { (page.needs) }
        p { (page.origins) }
        pre tabindex="0" { code { "[web]\norigins = [\"https://www.example.se\"]" } }
        p { (page.policy) }
        pre tabindex="0" { code { "script-src " (address) "; connect-src " (address) } }
        h2 { (page.options) }
        dl .options {
            @for (code, text) in &options {
                dt { code { (code) } }
                dd { (text) }
            }
        }
        h2 { (page.privacy) }
        p { (page.privacy_text) }
    };
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(&page.heading),
            path: path(language),
            other: Some(path(language.other())),
            head: html! { script src="/widget.js" data-lang=(language) defer {} },
            class: "",
            main: html! { div .narrow { (main) } },
        },
    )
}
