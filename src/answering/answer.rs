//! What the bot says: a decision, and blocks that any channel can draw.

use serde::Serialize;

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

/// A way to reach someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// Who it is.
    pub name: String,
    /// Telephone, mail and so on, each with its label.
    pub ways: Vec<Way>,
}

/// One way to reach someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// Telephone, mail, web, visit, post.
    pub label: String,
    /// The number, the address.
    pub value: String,
    /// A link for it (`tel:`, `mailto:`, `https:`), when there is one.
    pub link: Option<String>,
    /// When the information is old: a note that says from which year.
    pub note: Option<String>,
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
            Block::Contact { contact } => contact_text(contact),
            Block::Line { contact, text } => format!("{}\n{text}", contact_text(contact)),
            Block::Sources { sources, reviewed } => {
                let names = sources.iter().map(|s| match s.year {
                    Some(year) => format!("{} ({year})", s.name),
                    None => s.name.clone(),
                });
                lines(names.chain(reviewed.clone()))
            }
            Block::SeeAlso { choices } => lines(choices.iter().map(|c| format!("- {}", c.title))),
            Block::Choices { choices } => lines(
                choices
                    .iter()
                    .enumerate()
                    .map(|(i, c)| format!("{}. {}", i + 1, c.title)),
            ),
            Block::Facets { .. } => String::new(),
        }
    }
}

fn contact_text(contact: &Contact) -> String {
    lines(
        std::iter::once(contact.name.clone()).chain(contact.ways.iter().map(|w| match &w.note {
            Some(note) => format!("{}: {} ({note})", w.label, w.value),
            None => format!("{}: {}", w.label, w.value),
        })),
    )
}

fn lines(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join("\n")
}
