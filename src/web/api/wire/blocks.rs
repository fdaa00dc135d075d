//! The pieces of an answer, as they go over the wire.

use serde::Serialize;
use utoipa::ToSchema;

use super::Facet;
use super::guided::{Fit, Link, Match};
use crate::answering;
use crate::knowledge::EntryId;
use crate::web::api::pages::Pages;

/// A labelled fact.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Fact {
    /// What it is: the amount, the last day.
    label: String,
    /// Its value in words.
    value: String,
}

/// Someone to turn to.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Contact {
    /// The entry it belongs to.
    #[schema(example = "offices/kundcenter")]
    entry: String,
    /// The address of that entry's page.
    url: String,
    /// Who it is.
    name: String,
    /// Telephone, mail and so on, the best first.
    ways: Vec<Way>,
}

/// A way to reach someone.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Way {
    /// What it is: telephone, mail, hours.
    label: String,
    /// The number, the address, whether it is open now.
    value: String,
    /// A link for it: `tel:`, `mailto:` or `https:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    /// What to know of it: from which year it is when it is old; beside whether it is open now, the hours of a week.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// What an answer rests on.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Source {
    /// Who says so.
    name: String,
    /// Where to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// From which year.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i16>,
}

/// An entry by its title.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Choice {
    /// The entry, to ask for with `show`.
    #[schema(example = "grants/lovpeng")]
    entry: String,
    /// Its title.
    title: String,
    /// The address of its page.
    url: String,
}

/// A part of the entry that can be asked for next.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct NextFacet {
    /// Which part, to ask for with `show`.
    facet: Facet,
    /// What it is called.
    heading: String,
}

/// A piece of an answer, in the order to show them in. `block` says which; more may come, so leave out what you do not
/// know. Where a text is said to be Markdown, it has paragraphs, lists, and links to http, https, mailto and tel only.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "block", rename_all = "snake_case")]
pub(in crate::web::api) enum Block {
    /// First contact: what this is and what it stores.
    Notice {
        /// Plain text.
        text: String,
    },
    /// Something that changes how the answer is to be read: it is old, unverified, ended.
    Caution {
        /// Plain text.
        text: String,
    },
    /// The title of the entry that answers.
    Title {
        /// The entry.
        entry: String,
        /// The address of its page.
        url: String,
        /// Plain text.
        text: String,
    },
    /// Text that a person wrote.
    Text {
        /// Markdown.
        text: String,
    },
    /// A section of the entry.
    Section {
        /// What it answers.
        facet: Facet,
        /// Its heading.
        heading: String,
        /// Markdown.
        text: String,
    },
    /// Facts of the entry.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
    },
    /// A last day that one can be reminded of.
    Remind {
        /// The entry whose last day it is.
        entry: String,
        /// The day.
        #[schema(format = Date)]
        date: String,
        /// What leads to it for a calendar.
        label: String,
        /// Where that is: an iCalendar file with reminders.
        calendar_url: String,
    },
    /// Who to turn to.
    Contact {
        /// How.
        contact: Contact,
    },
    /// A help line: show its number first, and large.
    Line {
        /// How to reach it.
        contact: Contact,
        /// What it is and when it answers. Markdown.
        text: String,
    },
    /// What the answer rests on.
    Sources {
        /// The sources.
        sources: Vec<Source>,
        /// When the text was last gone through, in words.
        #[serde(skip_serializing_if = "Option::is_none")]
        reviewed: Option<String>,
    },
    /// Entries to choose among.
    Choices {
        /// The entries.
        choices: Vec<Choice>,
    },
    /// Entries that help further.
    SeeAlso {
        /// The entries.
        choices: Vec<Choice>,
    },
    /// Parts of the entry that can be asked for next.
    Facets {
        /// The entry they are parts of.
        #[serde(skip_serializing_if = "Option::is_none")]
        entry: Option<String>,
        /// The parts.
        facets: Vec<NextFacet>,
    },
    /// A step of a guided way in: what is asked, and what can be pressed.
    Step {
        /// Which step it is, in words.
        place: String,
        /// The question. Plain text.
        ask: String,
        /// What helps to answer it. Plain text.
        #[serde(skip_serializing_if = "Option::is_none")]
        hint: Option<String>,
        /// What can be pressed, the answers first.
        links: Vec<Link>,
        /// Whether it is answered in one's own words, with `ask`.
        writes: bool,
    },
    /// What a guided way in has led to.
    Matches {
        /// What these have in common.
        heading: String,
        /// How well they fit.
        fit: Fit,
        /// The entries, the best first.
        matches: Vec<Match>,
    },
    /// Ways in that can be begun, and ways on.
    Links {
        /// What can be pressed.
        links: Vec<Link>,
    },
    /// The result of a guided way in, to take along.
    Take {
        /// The code of where it was reached.
        code: String,
        /// What leads to it on paper.
        print: String,
        /// The page it is on, made for paper. There is none for what was written in someone's own words, which no address
        /// holds.
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// What leads to its last days for a calendar, when it has some.
        #[serde(skip_serializing_if = "Option::is_none")]
        calendar: Option<String>,
        /// Where those are.
        #[serde(skip_serializing_if = "Option::is_none")]
        calendar_url: Option<String>,
    },
    /// What became of the question: that it was saved, or that it could not be.
    Receipt {
        /// The code to look it up by, when it was saved.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// Plain text.
        text: String,
    },
}

/// The blocks of an answer, `shown` being its entry before any is named.
pub(in crate::web::api) fn blocks(
    all: &[answering::Block],
    shown: Option<&EntryId>,
    pages: &Pages<'_>,
) -> Vec<Block> {
    let mut topic = shown;
    let mut wired = Vec::with_capacity(all.len());
    for block in all {
        if let answering::Block::Title { entry, .. } = block {
            topic = Some(entry);
        }
        wired.push(one(block, topic, pages));
    }
    wired
}

fn one(block: &answering::Block, topic: Option<&EntryId>, pages: &Pages<'_>) -> Block {
    match block.clone() {
        answering::Block::Notice { text } => Block::Notice { text },
        answering::Block::Caution { text } => Block::Caution { text },
        answering::Block::Title { entry, text } => Block::Title {
            url: pages.entry(&entry),
            entry: entry.to_string(),
            text,
        },
        answering::Block::Text { text } => Block::Text { text },
        answering::Block::Section {
            facet,
            heading,
            text,
        } => Block::Section {
            facet: facet.into(),
            heading,
            text,
        },
        answering::Block::Facts { facts } => Block::Facts {
            facts: facts.into_iter().map(Fact::from).collect(),
        },
        answering::Block::Remind { entry, day } => {
            let (label, calendar_url) = pages.reminder(&entry, day);
            Block::Remind {
                entry: entry.to_string(),
                date: day.to_string(),
                label,
                calendar_url,
            }
        }
        answering::Block::Contact { contact: who } => Block::Contact {
            contact: contact(who, pages),
        },
        answering::Block::Line { contact: who, text } => Block::Line {
            contact: contact(who, pages),
            text,
        },
        answering::Block::Sources { sources, reviewed } => Block::Sources {
            sources: sources.into_iter().map(Source::from).collect(),
            reviewed,
        },
        answering::Block::Choices { choices } => Block::Choices {
            choices: choices.into_iter().map(|c| choice(c, pages)).collect(),
        },
        answering::Block::SeeAlso { choices } => Block::SeeAlso {
            choices: choices.into_iter().map(|c| choice(c, pages)).collect(),
        },
        answering::Block::Facets { facets } => Block::Facets {
            entry: topic.map(ToString::to_string),
            facets: facets
                .into_iter()
                .map(|(facet, heading)| NextFacet {
                    facet: facet.into(),
                    heading,
                })
                .collect(),
        },
        answering::Block::Step {
            place,
            ask,
            hint,
            links,
            writes,
            ..
        } => Block::Step {
            place,
            ask,
            hint,
            links: links.into_iter().map(Link::from).collect(),
            writes,
        },
        answering::Block::Matches {
            heading,
            fit,
            matches,
        } => Block::Matches {
            heading,
            fit: fit.into(),
            matches: matches.into_iter().map(|m| Match::of(m, pages)).collect(),
        },
        answering::Block::Links { links } => Block::Links {
            links: links.into_iter().map(Link::from).collect(),
        },
        answering::Block::Take {
            code,
            print,
            calendar,
        } => Block::Take {
            url: pages.result(&code),
            calendar_url: calendar.as_ref().map(|_| pages.result_dates(&code)),
            code,
            print,
            calendar,
        },
        answering::Block::Receipt { code, text } => Block::Receipt { code, text },
    }
}

impl From<answering::Fact> for Fact {
    fn from(fact: answering::Fact) -> Fact {
        Fact {
            label: fact.label,
            value: fact.value,
        }
    }
}

impl From<answering::SourceNote> for Source {
    fn from(source: answering::SourceNote) -> Source {
        Source {
            name: source.name,
            url: source.url,
            year: source.year,
        }
    }
}

fn contact(contact: answering::Contact, pages: &Pages<'_>) -> Contact {
    let way = |way: answering::Way| Way {
        label: way.label,
        value: way.value,
        link: way.link,
        note: way.note,
    };
    Contact {
        url: pages.entry(&contact.entry),
        entry: contact.entry.to_string(),
        name: contact.name,
        ways: contact.ways.into_iter().map(way).collect(),
    }
}

fn choice(choice: answering::Choice, pages: &Pages<'_>) -> Choice {
    Choice {
        url: pages.entry(&choice.entry),
        entry: choice.entry.to_string(),
        title: choice.title,
    }
}
