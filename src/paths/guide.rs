//! Leads along the ways in: what is shown at a place, and where a message leads from it.

use jiff::civil::Date;

use super::path::{Given, Path};
use super::step::{Set, Step, Takes};
use super::understanding::{Said, is_one_of, is_question, read, says_only};
use crate::answering::{Answerer, Block, Link, LinkKind};
use crate::knowledge::{
    Audience, BestTime, EntryId, EntryKind, Knowledge, Language, Need, PathName, PathText,
    PathTexts,
};
use crate::language::words;

/// The code of leaving a way in.
pub(super) const STOP: &str = "stop";

/// Leads along the ways in of a base, in a language, on a day.
#[derive(Clone, Copy, Debug)]
pub struct Guide<'a> {
    /// The base, and what finds entries in it.
    pub answerer: &'a Answerer,
    /// The language to speak.
    pub language: Language,
    /// The day, for deadlines and meetings.
    pub today: Date,
}

/// What is shown at a place.
#[derive(Clone, Debug)]
pub struct View {
    /// The place: the one that was asked for, with the steps passed over that could change nothing.
    pub path: Path,
    /// The step that is to be answered now, by its name; `None` where the way in has led to something.
    pub step: Option<&'static str>,
    /// What to show.
    pub blocks: Vec<Block>,
    /// What is to be done here, before anything is shown.
    pub act: Option<Act>,
}

/// What a way in leads to that is not only shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// An idea is handed to staff.
    HandOver {
        /// The idea in the person's own words.
        words: String,
        /// Whom it is for.
        audiences: Vec<Audience>,
        /// What it needs.
        needs: Vec<Need>,
        /// Who is with the person: the code of a [`super::With`], empty when that was not said.
        with: String,
    },
    /// Someone is to be called.
    CallBack {
        /// What about, in the person's own words.
        about: String,
        /// The office that is to call.
        office: Option<EntryId>,
        /// When it suits.
        time: BestTime,
        /// The number or the mail address, as it was typed.
        address: String,
    },
}

/// Where a message leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// To this place.
    To(Path),
    /// To this place, and it was said in this language.
    ToIn(Path, Language),
    /// Out of the way in.
    Stop,
    /// Nowhere: it has more characters than are taken.
    TooLong(usize),
    /// Nowhere: it does not answer the step. It may be a question.
    Aside {
        /// Whether it asks something.
        asks: bool,
    },
    /// It has nothing to do with a way in.
    Nothing,
}

impl<'a> Guide<'a> {
    /// Where a code leads; `None` when it is none. `before` is where the person was, for what they wrote in their own words.
    pub fn place(code: &str, before: Option<&Path>) -> Option<Heard> {
        if code == STOP {
            return Some(Heard::Stop);
        }
        let path = Path::parse(code)?;
        Some(Heard::To(match before {
            Some(before) => path.with_words_of(before),
            None => path,
        }))
    }

    /// Where a message leads from a place, or from outside of every way in.
    pub fn hear(&self, at: Option<&Path>, message: &str) -> Heard {
        if let Some((name, language)) = self.begins(message) {
            return self.to(Path::begin(name), language);
        }
        let Some(path) = at else {
            return Heard::Nothing;
        };
        let Some(step) = path.step() else {
            return self.after_the_end(path, message);
        };
        let named = self.named(path, step);
        let links = || self.links(path, step);
        if let Takes::One(_) | Takes::Many(_) = step.takes
            && let Some(link) = numbered(message, links)
        {
            return Guide::place(&link.code, Some(path)).unwrap_or(Heard::Stop);
        }
        match read(message, step.takes, &named, &self.both_texts()) {
            Said::Picks(picks, language) => self.to(path.and(Given::Picked(picks)), language),
            Said::Way(LinkKind::Unsure) if step.set().is_some_and(|s| s != Set::Send) => {
                Heard::To(path.and(Given::Unsure))
            }
            Said::Way(LinkKind::Back) => path.back().map_or(Heard::Stop, Heard::To),
            Said::Way(_) => Heard::Stop,
            Said::Else => match step.takes {
                Takes::Words { longest } => self.own_words(path, step, message, longest),
                Takes::One(_) | Takes::Many(_) => Heard::Aside {
                    asks: is_question(message, &words(message)),
                },
            },
        }
    }

    /// Whether a message is nothing but an answer to the step at a place, or one of the ways that every step has.
    pub fn is_only_answered(&self, at: &Path, message: &str) -> bool {
        let named = at.step().map(|step| self.named(at, step));
        named.is_some_and(|named| says_only(message, &named, &self.both_texts()))
    }

    pub(super) fn knowledge(&self) -> &'a Knowledge {
        self.answerer.knowledge()
    }

    pub(super) fn texts(&self) -> &'a PathTexts {
        self.knowledge().path_texts(self.language)
    }

    pub(super) fn text_of(&self, path: &Path) -> &'a PathText {
        self.texts().of(path.name())
    }

    /// The words for an answer inside a sentence.
    pub(super) fn within(&self, set: Set, code: &str) -> &'a str {
        let key = set.key().unwrap_or_default();
        &self.texts().option(key, code).within
    }

    /// What an entry is called inside a sentence: its title up to a colon or a parenthesis.
    pub(super) fn name_of<'b>(&'b self, id: &'b EntryId) -> &'b str {
        let title = self.knowledge().title(id, self.language);
        title.split([':', '(']).next().unwrap_or(title).trim()
    }

    /// Things in a row: `a, b och c`.
    pub(super) fn list<T: AsRef<str>>(&self, all: &[T]) -> String {
        let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
        match all.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} {} {last}", rest.join(", "), self.texts().say.and)
            }
            _ => all.concat(),
        }
    }

    /// To a place, and in which language that was said.
    fn to(&self, path: Path, language: Language) -> Heard {
        if language == self.language {
            Heard::To(path)
        } else {
            Heard::ToIn(path, language)
        }
    }

    /// The way in that a whole message begins, and the language it is said in. A command is of no language.
    fn begins(&self, message: &str) -> Option<(PathName, Language)> {
        let said = words(message);
        let command = message.trim().to_lowercase();
        let is_command = command.starts_with('/');
        let begun = |text: &PathText| {
            if is_command {
                return text.commands.contains(&command);
            }
            is_one_of(&said, text.begins.iter().chain([&text.name]))
        };
        for (language, texts) in self.both_texts() {
            let name = PathName::ALL.iter().find(|name| begun(texts.of(**name)));
            if let Some(name) = name {
                let said_in = if is_command { self.language } else { language };
                return Some((*name, said_in));
            }
        }
        None
    }

    /// A message where all has been answered: a way out, or something that has nothing to do with it.
    fn after_the_end(&self, path: &Path, message: &str) -> Heard {
        let links = || {
            let blocks = self.look(path).blocks.into_iter();
            let of = |block| match block {
                Block::Links { links } => links,
                _ => Vec::new(),
            };
            blocks.flat_map(of).collect()
        };
        if let Some(link) = numbered(message, links) {
            return Guide::place(&link.code, Some(path)).unwrap_or(Heard::Stop);
        }
        match read(
            message,
            Takes::Words { longest: 0 },
            &[],
            &self.both_texts(),
        ) {
            Said::Way(LinkKind::Back) => path.back().map_or(Heard::Stop, Heard::To),
            Said::Way(LinkKind::Stop) => Heard::Stop,
            Said::Way(_) | Said::Picks(..) | Said::Else => Heard::Nothing,
        }
    }

    /// What was written where one's own words are asked for.
    fn own_words(&self, path: &Path, step: &Step, message: &str, longest: usize) -> Heard {
        let message = message.trim();
        // What one wants to be called about may well be a question.
        if step.key != "about" && message.ends_with('?') {
            return Heard::Aside { asks: true };
        }
        if message.chars().count() > longest {
            return Heard::TooLong(longest);
        }
        Heard::To(path.and(Given::Words(message.to_owned())))
    }

    /// The entries of a kind.
    pub(super) fn of_kind(
        &self,
        kind: EntryKind,
    ) -> impl Iterator<Item = &'a crate::knowledge::Entry> {
        let entries = self.knowledge().entries().iter();
        entries.filter(move |entry| entry.id.kind() == kind)
    }
}

/// The types that some codes stand for.
pub(super) fn read_all<T>(codes: &[String], read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    codes.iter().filter_map(|code| read(code)).collect()
}

/// What a message names by its number.
fn numbered(message: &str, links: impl FnOnce() -> Vec<Link>) -> Option<Link> {
    let number = message.trim().trim_end_matches(['.', ')']);
    let at: usize = number.parse().ok().filter(|_| number.len() <= 2)?;
    links().into_iter().nth(at.checked_sub(1)?)
}
