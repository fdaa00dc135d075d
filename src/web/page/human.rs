//! How to reach a person.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::blocks;
use super::callback::{self, Filled, Mend};
use super::visitor::Visitor;
use crate::answering::{Answer, Block, Conversation, Showing};
use crate::knowledge::{EntryKind, Facet, Language};
use crate::web::browse;
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::places::Place;
use crate::web::site::Site;

/// Shows the way in, when it answers, how to be called, and who can help with a subject.
pub(super) async fn show(State(site): State<Arc<Site>>, visitor: Visitor) -> Markup {
    page(&site, &visitor, &Filled::default(), None)
}

/// The page, with what has been filled in and what is to be mended.
pub(super) fn page(site: &Site, visitor: &Visitor, filled: &Filled, mend: Option<&Mend>) -> Markup {
    let language = visitor.language;
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).page;
    let contacts: Vec<_> = knowledge
        .entries()
        .iter()
        .filter(|entry| entry.id.kind() == EntryKind::Contacts)
        .collect();
    let answer = way_in(site, language);
    let call_back = callback::form(knowledge, visitor, filled, mend);
    let main = html! {
        div .narrow {
            h1 { (phrases.human_heading) }
            p .lead { (phrases.human_lead) }
            // What is to be mended is the first thing there is.
            @if mend.is_some() { (call_back) }
            @for block in in_order(answer.as_ref()) { (drawn(block, language)) }
            @if mend.is_none() { (call_back) }
            @if !contacts.is_empty() {
                section .card {
                    h2 { (phrases.human_contacts) }
                    ul .list {
                        @for entry in &contacts {
                            @let text = entry.text(language);
                            li {
                                a href=(browse::address(&entry.id, language)) { (text.title) }
                                div .small { (markdown::draw(first_sentence(&text.summary))) }
                            }
                        }
                    }
                }
            }
            p { a href=(browse::list(EntryKind::Offices, language)) { (phrases.human_offices) } }
        }
    };
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(&phrases.human_heading),
            path: Place::Human.path(language),
            other: Some(Place::Human.path(language.other())),
            head: html! {},
            class: "",
            main,
        },
    )
}

/// The way in, and when it answers.
pub(super) fn way_in(site: &Site, language: Language) -> Option<Answer> {
    let base = site.base();
    let (today, _) = site.desk.local_time();
    let showing = Showing {
        language,
        today,
        kept_days: site.desk.kept_days(),
    };
    let greeted = Conversation {
        greeted: true,
        ..Conversation::default()
    };
    let id = &base.knowledge().municipality().way_in;
    let (mut answer, _) = base.show(id, Some(Facet::When), showing, &greeted)?;
    site.desk.say_hours(&mut answer.blocks, language);
    Some(answer)
}

/// The blocks of an answer, how to reach someone before when.
fn in_order(answer: Option<&Answer>) -> Vec<&Block> {
    let mut blocks: Vec<&Block> = answer.into_iter().flat_map(|a| &a.blocks).collect();
    blocks.sort_by_key(|block| matches!(block, Block::Section { .. }));
    blocks
}

/// What of an answer belongs on the page: how to reach them, and when.
fn drawn(block: &Block, language: Language) -> Markup {
    match block {
        Block::Contact { contact } => html! {
            section .card {
                h2 { a href=(browse::address(&contact.entry, language)) { (contact.name) } }
                (blocks::ways(&contact.ways))
            }
        },
        Block::Section { heading, text, .. } => html! {
            section .card {
                h2 { (heading) }
                div .prose { (markdown::draw(text)) }
            }
        },
        Block::Notice { .. }
        | Block::Caution { .. }
        | Block::Title { .. }
        | Block::Text { .. }
        | Block::Facts { .. }
        | Block::Remind { .. }
        | Block::Line { .. }
        | Block::Sources { .. }
        | Block::Choices { .. }
        | Block::SeeAlso { .. }
        | Block::Facets { .. }
        | Block::Step { .. }
        | Block::Matches { .. }
        | Block::Links { .. }
        | Block::Take { .. }
        | Block::Receipt { .. } => html! {},
    }
}

/// A text up to the end of its first sentence.
fn first_sentence(text: &str) -> &str {
    match text.find(". ") {
        Some(end) => &text[..=end],
        None => text,
    }
}
