//! The blocks of an answer as HTML.

use maud::{Markup, html};

use super::callback;
use super::forms::Forms;
use super::guided::{self, Asked, Found};
use crate::answering::{Answer, Block, Contact, Decision, Fact, SourceNote, Way};
use crate::knowledge::{EntryId, Phrases};
use crate::web::browse;
use crate::web::markdown;
use crate::web::places::Place;

/// An answer, or help lines.
pub(super) fn answer(answer: &Answer, phrases: &Phrases, forms: &Forms<'_>) -> Markup {
    if answer.decision == Decision::Crisis {
        return crisis(&answer.blocks, phrases);
    }
    pieces(&answer.blocks, phrases, forms)
}

/// Blocks one after another, with a card for each title.
pub(super) fn pieces(blocks: &[Block], phrases: &Phrases, forms: &Forms<'_>) -> Markup {
    let mut cards: Vec<(Option<&EntryId>, Vec<&Block>)> = vec![(None, Vec::new())];
    for block in blocks {
        if let Block::Title { entry, .. } = block {
            cards.push((Some(entry), Vec::new()));
        }
        if let Some((_, card)) = cards.last_mut() {
            card.push(block);
        }
    }
    html! {
        @for (about, card) in cards.iter().filter(|(_, card)| !card.is_empty()) {
            section .card {
                @for block in card { (draw(block, *about, phrases, forms)) }
            }
        }
    }
}

fn draw(block: &Block, about: Option<&EntryId>, phrases: &Phrases, forms: &Forms<'_>) -> Markup {
    let language = forms.answered_in;
    match block {
        Block::Notice { text } => html! { div .note.first { (markdown::draw(text)) } },
        Block::Caution { text } => html! { div .note.caution { (markdown::draw(text)) } },
        Block::Title { entry, text } => html! {
            h2 { a href=(browse::address(entry, language)) { (text) } }
        },
        Block::Text { text } => html! { div .prose { (markdown::draw(text)) } },
        Block::Section { heading, text, .. } => html! {
            h3 { (heading) }
            div .prose { (markdown::draw(text)) }
        },
        Block::Facts { facts } => self::facts(facts, phrases),
        Block::Remind { entry, day } => html! {
            ul .buttons.screen {
                li {
                    a .button href=(browse::reminder(entry, language, *day)) { (phrases.reminder.calendar) }
                }
            }
        },
        Block::Contact { contact } => html! {
            div .contact {
                p { a href=(browse::address(&contact.entry, language)) { (contact.name) } }
                (ways(&contact.ways))
            }
        },
        Block::Line { contact, text } => line(contact, text),
        Block::Sources { sources, reviewed } => {
            self::sources(sources, reviewed.as_deref(), phrases)
        }
        Block::Choices { choices } => forms.choices(choices),
        Block::SeeAlso { choices } => html! {
            div .further.screen {
                p .label { (phrases.label_see_also) }
                ul .plain {
                    @for choice in choices {
                        li { a href=(browse::address(&choice.entry, language)) { (choice.title) } }
                    }
                }
            }
        },
        Block::Facets { facets } => match about {
            Some(entry) => forms.facets(entry, facets, &phrases.label_facets),
            None => html! {},
        },
        Block::Receipt { code, text } => receipt(code.as_deref(), text, phrases, forms),
        Block::Step {
            place,
            ask,
            hint,
            links,
            writes,
            ..
        } => guided::step(
            &Asked {
                place,
                ask,
                hint: hint.as_deref(),
                links,
                writes: *writes,
            },
            forms,
        ),
        Block::Matches {
            heading,
            fit,
            matches,
        } => guided::matches(
            &Found {
                heading,
                fit: *fit,
                matches,
            },
            language,
            phrases,
        ),
        Block::Links { links } => guided::links(links, forms),
        Block::Take {
            code,
            print,
            calendar,
        } => guided::take(code, print, calendar.as_deref(), language),
    }
}

/// Facts as a list; the last day stands out.
pub(in crate::web) fn facts(facts: &[Fact], phrases: &Phrases) -> Markup {
    html! {
        dl .facts {
            @for fact in facts {
                div class=[(fact.label == phrases.label_deadline).then_some("due")] {
                    dt { (fact.label) }
                    dd {
                        @if markdown::is_followed(&fact.value) {
                            a href=(fact.value) { (fact.value) }
                        } @else {
                            (fact.value)
                        }
                    }
                }
            }
        }
    }
}

/// How to reach someone: what can be called or written to is a link.
pub(in crate::web) fn ways(ways: &[Way]) -> Markup {
    html! {
        @if !ways.is_empty() {
            dl .ways {
                @for way in ways {
                    div {
                        dt { (way.label) }
                        dd {
                            @match way.link.as_deref().filter(|link| markdown::is_followed(link)) {
                                Some(link) => a href=(link) { (way.value) },
                                None => (way.value),
                            }
                            @if let Some(note) = &way.note { " " span .small { "(" (note) ")" } }
                        }
                    }
                }
            }
        }
    }
}

/// What an answer rests on, and when it was last gone through.
pub(in crate::web) fn sources(
    sources: &[SourceNote],
    reviewed: Option<&str>,
    phrases: &Phrases,
) -> Markup {
    html! {
        div .sources {
            @if !sources.is_empty() {
                p {
                    (phrases.label_sources) ": "
                    @for (i, source) in sources.iter().enumerate() {
                        @if i > 0 { " · " }
                        @match source.url.as_deref().filter(|url| markdown::is_followed(url)) {
                            Some(url) => a href=(url) { (source.name) },
                            None => (source.name),
                        }
                        @if let Some(year) = source.year { " (" (year) ")" }
                    }
                }
            }
            @if let Some(reviewed) = reviewed { p { (reviewed) } }
        }
    }
}

fn receipt(code: Option<&str>, text: &str, phrases: &Phrases, forms: &Forms<'_>) -> Markup {
    html! {
        div .note {
            (markdown::draw(text))
            @if let Some(code) = code {
                p {
                    span .spoken { (phrases.page.receipt_code) " " }
                    strong .code { (code) } " "
                    button .quiet.screen type="button" data-copy=(code) data-copied=(phrases.page.receipt_copied) hidden {
                        (phrases.page.receipt_copy)
                    }
                }
                p .screen {
                    a href={ (Place::Receipt.path(forms.answered_in)) "?code=" (code) } { (phrases.page.receipt_follow) }
                }
            }
            p .screen {
                a href={ (Place::Human.path(forms.answered_in)) "#" (callback::PLACE) } { (phrases.callback.heading) }
            }
        }
    }
}

/// Help lines, with nothing beside them: the number of the first is the first thing there is.
pub(in crate::web) fn crisis(blocks: &[Block], phrases: &Phrases) -> Markup {
    let is_line = |block: &&&Block| matches!(block, Block::Line { .. });
    let all: Vec<&Block> = blocks.iter().collect();
    let first = all.iter().position(|b| is_line(&b));
    let (head, tail) = all.split_at(first.unwrap_or(0));
    let plain = |block: &Block| match block {
        Block::Line { contact, text } => line(contact, text),
        Block::Text { text } if *text == phrases.crisis_private => {
            html! { div .private { (markdown::draw(text)) } }
        }
        other => html! { div .prose { (markdown::draw(&other.plain_text())) } },
    };
    html! {
        section .crisis {
            @if let Some(Block::Line { contact, text }) = tail.first().copied() {
                (number(contact))
                @for block in head { (plain(block)) }
                div .prose { (markdown::draw(text)) }
                (ways(contact.ways.get(1..).unwrap_or_default()))
                @for block in &tail[1..] { (plain(block)) }
            } @else {
                @for block in &all { (plain(block)) }
            }
        }
    }
}

fn line(contact: &Contact, text: &str) -> Markup {
    html! {
        div .line {
            (number(contact))
            div .prose { (markdown::draw(text)) }
            (ways(contact.ways.get(1..).unwrap_or_default()))
        }
    }
}

/// The first way to reach a help line, large, and whose it is.
pub(in crate::web) fn number(contact: &Contact) -> Markup {
    html! {
        @if let Some(way) = contact.ways.first() {
            @match way.link.as_deref().filter(|link| markdown::is_followed(link)) {
                Some(link) => a .number href=(link) { (way.value) },
                None => span .number { (way.value) },
            }
        }
        h2 .who { (contact.name) }
    }
}
