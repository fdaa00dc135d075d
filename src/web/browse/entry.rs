//! The page of an entry: everything that is known of it, who to turn to, what it rests on, and what lies near.

use std::sync::Arc;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::address::{address, dates, list, reminder};
use super::head::{self, Head};
use super::indexes::Versions;
use super::plain::plain;
use super::{calendar, lists, missing, parts, structured};
use crate::answering::{Block, Contact};
use crate::knowledge::{Entry, EntryId, EntryKind, Knowledge, Language, fill};
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::page::blocks as drawn;
use crate::web::page::guided;
use crate::web::places::Place;
use crate::web::site::Site;

/// No more entries are shown that lie near.
const MOST_RELATED: usize = 8;

/// What a link to the last days of an entry can hold.
#[derive(Debug, Deserialize)]
pub(super) struct OneDay {
    /// The one that is meant.
    day: Option<Date>,
}

/// The page of the entry with this name, or with `.ics` after it the last days of the entry.
pub(super) async fn show(
    site: Arc<Site>,
    kind: EntryKind,
    language: Language,
    name: String,
    day: Result<Query<OneDay>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let base = site.base();
    let (slug, is_calendar) = match name.strip_suffix(".ics") {
        Some(slug) => (slug, true),
        None => (name.as_str(), false),
    };
    let id = EntryId::parse(&format!("{}/{slug}", kind.folder())).ok();
    let Some(entry) = id.and_then(|id| base.knowledge().entry(&id)) else {
        return (
            StatusCode::NOT_FOUND,
            missing::draw(&site, language, kind, slug),
        )
            .into_response();
    };
    if is_calendar {
        let day = day.ok().and_then(|Query(one)| one.day);
        return calendar::of_entry(&site, &headers, language, entry, day);
    }
    page(&site, entry, language).into_response()
}

/// Everything of an entry, in the language asked for or, where it is not written in that, in the one that it has.
fn page(site: &Site, entry: &Entry, asked: Language) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let language = entry
        .texts
        .best(asked)
        .map_or(asked, |(language, _)| language);
    let (today, _) = site.desk.local_time();
    let phrases = &knowledge.phrases(language).browse;
    let text = entry.text(language);
    let kind = entry.id.kind();
    let versions = Versions::of_entry(entry);
    let path = address(&entry.id, language);
    let has_dates = !calendar::days(entry, today).is_empty();
    let dates = dates(&entry.id, language);
    let about = plain(&text.summary);
    let head = head::draw(
        site,
        &Head {
            language,
            title: &text.title,
            about: &about,
            versions: &versions,
            dates: has_dates.then_some((dates.as_str(), text.title.as_str())),
            data: Some(structured::of_entry(site, entry, language)),
        },
    );
    let mut blocks = base.page(&entry.id, language, today).unwrap_or_default();
    site.desk.say_hours(&mut blocks, language);
    let reminded = blocks.iter().find_map(|block| match block {
        Block::Remind { entry, day } => Some(reminder(entry, language, *day)),
        _ => None,
    });
    let other = versions.paths().iter().find(|(l, _)| *l != language);
    let main = html! {
        div .narrow {
            (parts::crumbs(knowledge, language, &[(Place::Browse.path(language), &phrases.all), (&list(kind, language), phrases.kind(kind))], &text.title))
            @if language != asked {
                p .note lang=(asked.code()) { (knowledge.phrases(asked).browse.only_in_other) }
            }
            article {
                h1 { (text.title) }
                @if !text.also_called.is_empty() {
                    p .small { (fill(&phrases.also_called, &[("names", &text.also_called.join(", "))])) }
                }
                (opening(knowledge, language, entry, &blocks))
                ul .buttons.screen {
                    li {
                        a .button.main href={ (Place::Talk.path(language)) "?about=" (entry.id) } { (phrases.ask_about) }
                    }
                    @for way in site.desk.ways_in_with(&entry.id, language) {
                        li { a .button href=(guided::begun(&way.code, language)) { (way.label) } }
                    }
                    @if let Some(reminded) = &reminded {
                        li { a .button href=(reminded) { (knowledge.phrases(language).reminder.calendar) } }
                    }
                    @if has_dates {
                        li { a .button href=(dates) { (phrases.calendar_add) } }
                    }
                }
                (rest(knowledge, language, entry, &blocks))
            }
            (near(knowledge, language, entry, today, &blocks))
        }
    };
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(&text.title),
            path: &path,
            other: other.map(|(_, path)| path.as_str()),
            head,
            class: "entry",
            main,
        },
    )
}

/// An entry as it is read, without what stands around it on a page of its own.
pub(in crate::web) fn inside(
    knowledge: &Knowledge,
    language: Language,
    entry: &Entry,
    blocks: &[Block],
) -> Markup {
    html! {
        (opening(knowledge, language, entry, blocks))
        (rest(knowledge, language, entry, blocks))
    }
}

/// What to know first: what to be careful about, what it is, and the facts. Who is in need reads a number, not a text.
fn opening(knowledge: &Knowledge, language: Language, entry: &Entry, blocks: &[Block]) -> Markup {
    let phrases = knowledge.phrases(language);
    html! {
        @if let Some(contact) = help_line(entry, blocks) {
            div .crisis { (drawn::number(contact)) }
        }
        @for block in blocks {
            @match block {
                Block::Caution { text } => { div .note.caution { (markdown::draw(text)) } }
                Block::Text { text } => { div .prose { (markdown::draw(text)) } }
                Block::Facts { facts } => { (drawn::facts(facts, phrases)) }
                _ => {}
            }
        }
    }
}

/// The sections, who to turn to, and what it all rests on.
fn rest(knowledge: &Knowledge, language: Language, entry: &Entry, blocks: &[Block]) -> Markup {
    let phrases = knowledge.phrases(language);
    let first = help_line(entry, blocks);
    let contacts = blocks.iter().filter_map(|block| match block {
        Block::Contact { contact } if first != Some(contact) => Some(contact),
        _ => None,
    });
    let contacts: Vec<&Contact> = contacts.collect();
    html! {
        @for block in blocks {
            @if let Block::Section { heading, text, .. } = block {
                section { h2 { (heading) } div .prose { (markdown::draw(text)) } }
            }
        }
        @if !contacts.is_empty() {
            section {
                h2 { (phrases.label_contact) }
                @for contact in contacts { (parts::contact(language, contact, &entry.id)) }
            }
        }
        @for block in blocks {
            @if let Block::Sources { sources, reviewed } = block {
                (drawn::sources(sources, reviewed.as_deref(), phrases))
            }
        }
    }
}

/// How to reach a help line that has a page of its own.
fn help_line<'a>(entry: &Entry, blocks: &'a [Block]) -> Option<&'a Contact> {
    let is_one = entry.id.kind() == EntryKind::Helplines;
    let contacts = blocks.iter().filter_map(|block| match block {
        Block::Contact { contact } => Some(contact),
        _ => None,
    });
    let mut own = contacts.filter(|contact| contact.entry == entry.id);
    is_one.then(|| own.next()).flatten()
}

/// Where to read on.
fn near(
    knowledge: &Knowledge,
    language: Language,
    entry: &Entry,
    today: Date,
    blocks: &[Block],
) -> Markup {
    let phrases = knowledge.phrases(language);
    let see_also: Vec<&EntryId> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::SeeAlso { choices } => Some(choices.iter().map(|c| &c.entry)),
            _ => None,
        })
        .flatten()
        .collect();
    let related = related(knowledge, entry, &see_also);
    let name = knowledge.title(&entry.id, language);
    let short = name.split(':').next().unwrap_or(name).trim();
    let lists = [
        (phrases.label_see_also.clone(), see_also),
        (phrases.browse.related.clone(), related),
        (
            fill(&phrases.browse.answers_for, &[("title", short)]),
            answered_for(knowledge, entry),
        ),
    ];
    html! {
        @for (heading, ids) in lists {
            @if !ids.is_empty() {
                section .card {
                    h2 { (heading) }
                    (lists::entries(knowledge, language, today, ids.into_iter().filter_map(|id| knowledge.entry(id))))
                }
            }
        }
    }
}

/// The entries that are mixed up with this one, that help instead, and that name this one as helping further.
fn related<'a>(knowledge: &'a Knowledge, entry: &'a Entry, shown: &[&EntryId]) -> Vec<&'a EntryId> {
    let naming = knowledge.entries().iter().filter(|other| {
        other.see_also.contains(&entry.id) || other.replaced_by.as_ref() == Some(&entry.id)
    });
    let own = entry.not_to_confuse_with.iter().chain(&entry.instead);
    let mut related: Vec<&EntryId> = Vec::new();
    for id in own.chain(naming.map(|other| &other.id)) {
        let is_new = *id != entry.id && !shown.contains(&id) && !related.contains(&id);
        if is_new && knowledge.entry(id).is_some() {
            related.push(id);
        }
    }
    related.truncate(MOST_RELATED);
    related
}

/// What an office or a contact answers for.
fn answered_for<'a>(knowledge: &'a Knowledge, entry: &Entry) -> Vec<&'a EntryId> {
    let is_theirs = |other: &&Entry| {
        other.id != entry.id
            && match entry.id.kind() {
                EntryKind::Offices => other.office.as_ref() == Some(&entry.id),
                _ => other.contact.as_ref() == Some(&entry.id),
            }
    };
    let theirs = knowledge.entries().iter().filter(is_theirs);
    theirs.map(|other| &other.id).collect()
}
