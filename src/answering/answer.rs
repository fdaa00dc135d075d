//! What the bot says: a decision, and blocks that any channel can draw.

use jiff::civil::Date;
use serde::Serialize;

use super::contact::Contact;
use crate::knowledge::{EntryId, Facet, Language};

/// What the bot did with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It answered with the first entry shown.
    Answer,
    /// It asked which of two to four entries is meant.
    Choice,
    /// It has no answer, and names the office that owns the question.
    Route,
    /// It has no answer, and no office of the municipality owns the question.
    Unknown,
    /// Help lines first.
    Crisis,
    /// A greeting, thanks, a question about the bot itself.
    SmallTalk,
    /// It led on along a guided way in.
    Path,
}

/// An entry that may be meant, and how likely it is that it answers the question, 0..1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// The entry.
    pub entry: EntryId,
    /// How likely, 0..1.
    pub confidence: f32,
}

/// A labelled fact of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is: the amount, the last day.
    pub label: String,
    /// Its value in words.
    pub value: String,
}

/// A source that an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceNote {
    /// Who says so.
    pub name: String,
    /// Where to read it.
    pub url: Option<String>,
    /// From which year.
    pub year: Option<i16>,
}

/// Something to choose: an entry by its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The entry.
    pub entry: EntryId,
    /// Its title.
    pub title: String,
}

/// What something to press in a guided way in is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// One of the answers to the step.
    Option,
    /// Whoever is asked does not know.
    Unsure,
    /// Back to the step before.
    Back,
    /// Out of the way in.
    Stop,
    /// Into a way in.
    Begin,
    /// To do what cannot be undone by going back: something is handed to staff.
    Send,
}

/// Something to press in a guided way in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What stands on it.
    pub label: String,
    /// Where it leads: the code of a place on a way in. It holds nothing that was written in someone's own words.
    pub code: String,
    /// What it is for.
    pub kind: LinkKind,
}

/// How well something fits what someone has said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// It fits.
    Fits,
    /// It fits but for what can be mended, or is not known.
    Nearly,
    /// It does not.
    Not,
}

/// An entry that a guided way in has led to, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The entry.
    pub entry: EntryId,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Why it is shown, or why it does not fit.
    pub because: Vec<String>,
    /// What is missing first.
    pub missing: Vec<String>,
    /// What cannot be known here and is to be made sure of.
    pub check: Vec<String>,
    /// What must be ready.
    pub prepare: Vec<String>,
    /// Amount, last day and so on.
    pub facts: Vec<Fact>,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// First contact: what this is and what it stores.
    Notice {
        /// The text.
        text: String,
    },
    /// A caution that changes how the answer is to be read: old, unverified, ended, overdue.
    Caution {
        /// The text.
        text: String,
    },
    /// The title of the entry that answers.
    Title {
        /// The entry.
        entry: EntryId,
        /// The title.
        text: String,
    },
    /// Text of a person: paragraphs, lists and links in Markdown.
    Text {
        /// The text.
        text: String,
    },
    /// A section of the entry.
    Section {
        /// What it answers.
        facet: Facet,
        /// Its heading.
        heading: String,
        /// Its text, in Markdown.
        text: String,
    },
    /// Typed facts.
    Facts {
        /// The facts.
        facts: Vec<Fact>,
    },
    /// A last day ahead that one can be reminded of.
    Remind {
        /// The entry whose last day it is.
        entry: EntryId,
        /// The day.
        day: Date,
    },
    /// Who to turn to.
    Contact {
        /// How.
        contact: Contact,
    },
    /// A help line: its number stands first.
    Line {
        /// How to reach it.
        contact: Contact,
        /// What it is and when it answers.
        text: String,
    },
    /// What the answer rests on.
    Sources {
        /// The sources.
        sources: Vec<SourceNote>,
        /// When the text was last gone through.
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
    /// Questions that the entry can answer further.
    Facets {
        /// The facets, with their headings.
        facets: Vec<(Facet, String)>,
    },
    /// A step of a guided way in: what is asked, and what can be pressed.
    Step {
        /// The code of the place where it is asked.
        code: String,
        /// Which step it is, in words.
        place: String,
        /// The question.
        ask: String,
        /// What helps to answer it.
        hint: Option<String>,
        /// What can be pressed, the answers first.
        links: Vec<Link>,
        /// Whether it is answered in one's own words.
        writes: bool,
        /// Whether more than one of the answers may be given.
        several: bool,
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
    /// Ways in that can be begun, and ways on from where one is.
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
        /// What leads to its last days for a calendar, when it has some.
        calendar: Option<String>,
    },
    /// What became of the question: that it was saved, or that it could not be.
    Receipt {
        /// The code, when it was saved.
        code: Option<String>,
        /// What to say about it.
        text: String,
    },
}

/// A question of a message of several that nothing answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOpen {
    /// Its masked wording.
    pub wording: String,
    /// The office that owns it.
    pub office: Option<EntryId>,
}

/// What the bot answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What it did.
    pub decision: Decision,
    /// How likely it is that the entry which answers is the one that was meant, 0..1; `None` where none answers, and
    /// where it was chosen instead of asked for.
    pub confidence: Option<f32>,
    /// Entries that may be meant, best first.
    pub ranked: Vec<Candidate>,
    /// The entries that are shown, in their order.
    pub shown: Vec<EntryId>,
    /// The office that owns the answer or the question.
    pub office: Option<EntryId>,
    /// The language of the answer's text.
    pub language: Language,
    /// The BCP 47 code of the language the question was taken to be in; `und` when unclear.
    pub asked_in: String,
    /// The kind of small talk, when it is some.
    pub small_talk: Option<String>,
    /// A further question of the message, which was not answered: it is to be logged though the rest was.
    pub left_open: Option<LeftOpen>,
    /// What to say.
    pub blocks: Vec<Block>,
}

impl Answer {
    /// The answer as plain text: the blocks one after another.
    pub fn plain_text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            let text = block.plain_text();
            if !text.is_empty() {
                if !out.is_empty() {
                    out.push_str("\n\n");
                }
                out.push_str(&text);
            }
        }
        out
    }
}

impl Block {
    /// The block as plain text.
    pub fn plain_text(&self) -> String {
        match self {
            Block::Notice { text }
            | Block::Caution { text }
            | Block::Title { text, .. }
            | Block::Text { text }
            | Block::Receipt { text, .. } => text.clone(),
            Block::Section { heading, text, .. } => format!("{heading}\n{text}"),
            Block::Facts { facts } => {
                lines(facts.iter().map(|f| format!("{}: {}", f.label, f.value)))
            }
            Block::Contact { contact } => contact.plain_text(),
            Block::Line { contact, text } => format!("{}\n{text}", contact.plain_text()),
            Block::Sources { sources, reviewed } => {
                let names = sources.iter().map(|s| match s.year {
                    Some(year) => format!("{} ({year})", s.name),
                    None => s.name.clone(),
                });
                lines(names.chain(reviewed.clone()))
            }
            Block::SeeAlso { choices } => lines(choices.iter().map(|c| format!("- {}", c.title))),
            Block::Choices { choices } => lines(numbered(choices.iter().map(|c| &c.title))),
            Block::Step {
                place,
                ask,
                hint,
                links,
                ..
            } => lines(
                [place.clone(), ask.clone()]
                    .into_iter()
                    .chain(hint.clone())
                    .chain(numbered(links.iter().map(|l| &l.label))),
            ),
            Block::Links { links } => lines(links.iter().map(|l| format!("- {}", l.label))),
            Block::Matches {
                heading, matches, ..
            } => lines(std::iter::once(heading.clone()).chain(matches.iter().map(match_text))),
            Block::Facets { .. } | Block::Take { .. } | Block::Remind { .. } => String::new(),
        }
    }
}

fn match_text(found: &Match) -> String {
    let facts = found
        .facts
        .iter()
        .map(|f| format!("{}: {}", f.label, f.value));
    let said = [&found.because, &found.missing, &found.check, &found.prepare];
    let below = said.into_iter().flatten().cloned().chain(facts);
    lines(std::iter::once(format!("- {}", found.title)).chain(below.map(|l| format!("  {l}"))))
}

fn numbered<'a>(all: impl Iterator<Item = &'a String>) -> impl Iterator<Item = String> {
    all.enumerate()
        .map(|(i, text)| format!("{}. {text}", i + 1))
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join("\n")
}
