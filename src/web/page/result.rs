//! What a guided way in has led to, to take along: on a page of its own that fits on paper, and its last days for a calendar.
//!
//! The address says what was answered, and nothing that was written in someone's own words: those are in the conversation
//! alone, for as long as that is remembered.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::blocks;
use super::guided::{self, Found};
use super::human;
use super::session::Session;
use super::visitor::Visitor;
use crate::answering::{Answer, Block, Fit, Link};
use crate::knowledge::{Entry, Language, Phrases, fill};
use crate::web::browse;
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::places::Place;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// A result is nothing for those who search.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// What a link to a result holds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reached {
    code: String,
}

/// Shows a result.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    reached: Result<Query<Reached>, QueryRejection>,
) -> Response {
    let code = reached.map(|Query(reached)| reached.code);
    let code = code.unwrap_or_default();
    let language = visitor.language;
    let page = match looked_at(&site, &visitor, &code) {
        Some(answer) => (StatusCode::OK, page(&site, &code, language, &answer)),
        None => match site.desk.way_in_of(&code, language) {
            Some(link) => (StatusCode::GONE, gone(&site, language, &link)),
            None => return Trouble::NoPage.told_in(Some(language)).into_response(),
        },
    };
    page.into_response()
}

/// The last days of what fits, or nearly does.
pub(super) async fn dates(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    headers: HeaderMap,
    reached: Result<Query<Reached>, QueryRejection>,
) -> Response {
    let code = reached.map(|Query(reached)| reached.code);
    let Some(answer) = looked_at(&site, &visitor, &code.unwrap_or_default()) else {
        return Trouble::NoPage
            .told_in(Some(visitor.language))
            .into_response();
    };
    let base = site.base();
    let mut entries: Vec<&Entry> = Vec::new();
    for block in &answer.blocks {
        if let Block::Matches { fit, matches, .. } = block
            && *fit != Fit::Not
        {
            let found = matches.iter().map(|found| &found.entry);
            entries.extend(found.filter_map(|id| base.knowledge().entry(id)));
        }
    }
    let mut response = browse::dates_of(&site, &headers, visitor.language, &entries);
    response
        .headers_mut()
        .insert(ROBOTS, HeaderValue::from_static("noindex"));
    response
}

fn looked_at(site: &Site, visitor: &Visitor, code: &str) -> Option<Answer> {
    let conversation = visitor.session.as_ref().map(Session::conversation);
    site.desk.look_at(conversation, code, visitor.language)
}

fn page(site: &Site, code: &str, language: Language, answer: &Answer) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let all = knowledge.phrases(language);
    let phrases = &all.page.guided;
    let title = site.desk.result_title(code, language).unwrap_or_default();
    let (today, _) = site.desk.local_time();
    let made = fill(
        &phrases.made,
        &[
            ("municipality", &knowledge.municipality().name),
            ("date", &all.date(today)),
        ],
    );
    let way_in = human::way_in(site, language);
    let contacts = way_in.iter().flat_map(|a| &a.blocks);
    // What can be pressed comes after what can be taken along.
    let is_taken = |block: &&Block| !matches!(block, Block::Take { .. });
    let calendar = answer.blocks.iter().find_map(|block| {
        let Block::Take { calendar, .. } = block else {
            return None;
        };
        calendar.as_deref()
    });
    let main = html! {
        div .narrow {
            h1 { (title) }
            p .lead { (made) }
            ul .buttons.screen {
                li { button .main type="button" data-print hidden { (phrases.print) } }
                @if let Some(calendar) = calendar {
                    li { a .button href=(guided::result_dates(code, language)) { (calendar) } }
                }
                li { a .button href=(Place::Talk.path(language)) { (all.page.go_back) } }
            }
            @for block in answer.blocks.iter().take_while(is_taken) { (drawn(block, language, all)) }
            section .turn-to {
                h2 { (phrases.contact) }
                @for block in contacts {
                    @if let Block::Contact { contact } = block {
                        p { a href=(browse::address(&contact.entry, language)) { (contact.name) } }
                        (blocks::ways(&contact.ways))
                    }
                }
            }
        }
    };
    sheet(site, language, code, &title, "result", main)
}

/// What of a result stands on the page; what does not fit is nothing to take along.
fn drawn(block: &Block, language: Language, phrases: &Phrases) -> Markup {
    html! {
        @if let Block::Text { text } = block {
            div .prose { (markdown::draw(text)) }
        } @else if let Block::Facts { facts } = block {
            (blocks::facts(facts, phrases))
        } @else if let Block::Matches { heading, fit, matches } = block {
            @if *fit != Fit::Not {
                (guided::matches(&Found { heading, fit: *fit, matches }, language, phrases))
            }
        }
    }
}

/// What was said is forgotten, or not all has been answered: leads to where it begins.
fn gone(site: &Site, language: Language, link: &Link) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).page.guided;
    let main = html! {
        div .narrow {
            h1 { (phrases.gone_heading) }
            p .lead { (phrases.gone) }
            p { a .button.main href=(guided::begun(&link.code, language)) { (link.label) } }
        }
    };
    sheet(site, language, &link.code, &phrases.gone_heading, "", main)
}

fn sheet(
    site: &Site,
    language: Language,
    code: &str,
    title: &str,
    class: &str,
    main: Markup,
) -> Markup {
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(title),
            path: Place::Result.path(language),
            other: Some(&guided::result(code, language.other())),
            head: html! { meta name="robots" content="noindex"; },
            class,
            main,
        },
    )
}
