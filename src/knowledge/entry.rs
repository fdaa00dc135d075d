//! An entry: one thing a resident can ask about, in every language it is written in.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::facet::Facet;
use super::fits::Fits;
use super::language::{Language, Localized};
use super::opening::Hours;
use super::terms::{Terms, is_old};

/// The kind of an entry, which is also the folder it lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    /// Money to apply for.
    Grants,
    /// Prizes and scholarships.
    Awards,
    /// Advisory councils and bodies for cooperation.
    Councils,
    /// Offices of the municipality; questions are routed to them.
    Offices,
    /// Functions to talk to.
    Contacts,
    /// Activities and meeting places.
    Activities,
    /// Networks and partnerships.
    Networks,
    /// Associations and other organisations.
    Associations,
    /// How to do something.
    Guides,
    /// Lines to call in need.
    Helplines,
}

impl EntryKind {
    /// Every kind, in the order of the variants.
    pub const ALL: [EntryKind; 10] = [
        EntryKind::Grants,
        EntryKind::Awards,
        EntryKind::Councils,
        EntryKind::Offices,
        EntryKind::Contacts,
        EntryKind::Activities,
        EntryKind::Networks,
        EntryKind::Associations,
        EntryKind::Guides,
        EntryKind::Helplines,
    ];

    /// The folder of this kind.
    pub fn folder(self) -> &'static str {
        match self {
            EntryKind::Grants => "grants",
            EntryKind::Awards => "awards",
            EntryKind::Councils => "councils",
            EntryKind::Offices => "offices",
            EntryKind::Contacts => "contacts",
            EntryKind::Activities => "activities",
            EntryKind::Networks => "networks",
            EntryKind::Associations => "associations",
            EntryKind::Guides => "guides",
            EntryKind::Helplines => "helplines",
        }
    }

    /// The kind that lies in this folder.
    pub fn from_folder(folder: &str) -> Option<EntryKind> {
        EntryKind::ALL.into_iter().find(|k| k.folder() == folder)
    }
}

/// The name of an entry: its path without ending, such as `grants/aktivitetsstod`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EntryId(Arc<str>);

impl EntryId {
    /// Reads an id. Fails with a sentence that says what is wrong when it is not `folder/name` with a known folder
    /// and a name of lower-case letters, digits and hyphens.
    pub fn parse(text: &str) -> Result<EntryId, String> {
        let (folder, slug) = text
            .split_once('/')
            .ok_or_else(|| format!("`{text}` is not of the form folder/name"))?;
        if EntryKind::from_folder(folder).is_none() {
            return Err(format!("`{folder}` is not a kind of entry"));
        }
        let allowed =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if slug.is_empty() || !slug.chars().all(allowed) {
            return Err(format!("`{slug}` may hold only a–z, 0–9, `-` and `_`"));
        }
        Ok(EntryId(text.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of the entry.
    pub fn kind(&self) -> EntryKind {
        let folder = self.0.split('/').next().unwrap_or_default();
        EntryKind::from_folder(folder).unwrap_or(EntryKind::Guides)
    }
}

impl TryFrom<String> for EntryId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        EntryId::parse(&text)
    }
}

impl From<EntryId> for String {
    fn from(id: EntryId) -> String {
        id.0.to_string()
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether what an entry says holds today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It holds, as far as the sources say.
    #[default]
    Current,
    /// It is old or unverified: the answer says so, with the year.
    Confirm,
    /// It has ended: the answer says so and what there is instead.
    Ended,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Who says so, and in what.
    pub name: String,
    /// Where to read it, when it is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The year it is from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// One section of an entry's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it answers.
    pub facet: Facet,
    /// Its heading as written.
    pub heading: String,
    /// Its text: paragraphs, lists and links in Markdown.
    pub body: String,
}

/// An entry in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The file it was read from, relative to the base.
    pub path: String,
    /// What the entry is called.
    pub title: String,
    /// Other names for it.
    pub also_called: Vec<String>,
    /// Questions that this entry answers, as people put them.
    pub questions: Vec<String>,
    /// What an office handles; empty for other kinds.
    pub responsible_for: Vec<String>,
    /// The sentences before the first heading, which answer on their own.
    pub summary: String,
    /// The sections, in the order of the file.
    pub sections: Vec<Section>,
}

impl Text {
    /// The section for a facet.
    pub fn section(&self, facet: Facet) -> Option<&Section> {
        self.sections.iter().find(|s| s.facet == facet)
    }
}

/// A telephone number that the public may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phone {
    /// The number as people write it.
    pub number: String,
    /// The year of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// A shared mailbox that the public may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Email {
    /// The address.
    pub address: String,
    /// The year of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// A place to visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// Street and number.
    pub street: String,
    /// Postal town or part of town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The year of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

/// How to reach the one an entry is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// Telephone numbers, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Phone>,
    /// Mailboxes, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<Email>,
    /// A web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Where to go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// Where to write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// When it is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opening: Vec<Hours>,
}

/// One thing a resident can ask about.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub id: EntryId,
    /// The office that owns the question; an office owns itself.
    pub office: Option<EntryId>,
    /// Who runs it, when that is not the municipality.
    pub organization: Option<String>,
    /// Who to talk to first.
    pub contact: Option<EntryId>,
    /// Whether it holds today.
    pub standing: Standing,
    /// What there is instead, when it has ended.
    pub replaced_by: Option<EntryId>,
    /// When the text was last gone through.
    pub reviewed: Option<Date>,
    /// The role that went through it.
    pub reviewed_by: Option<String>,
    /// When it must be gone through again.
    pub review_by: Option<Date>,
    /// Entries that help further.
    pub see_also: Vec<EntryId>,
    /// Entries that people mix up with this one.
    pub not_to_confuse_with: Vec<EntryId>,
    /// Where the facts come from.
    pub sources: Vec<Source>,
    /// The ages that it is for, both included, when it is for some only.
    pub ages: Option<[u8; 2]>,
    /// The entry that helps those whom this one is not for.
    pub instead: Option<EntryId>,
    /// Amount, deadlines and applicants, for grants and awards.
    pub terms: Option<Terms>,
    /// Whom and what it fits, for the guided ways in.
    pub fits: Option<Fits>,
    /// How to reach it.
    pub reach: Option<Reach>,
    /// The words, per language.
    pub texts: Localized<Text>,
}

impl Entry {
    /// The text in this language or, where it is missing, in the other.
    pub fn text(&self, language: Language) -> &Text {
        static NONE: std::sync::LazyLock<Text> = std::sync::LazyLock::new(Text::default);
        self.texts.best(language).map_or(&NONE, |(_, t)| t)
    }

    /// The terms, unless it has ended.
    pub fn terms_that_hold(&self) -> Option<&Terms> {
        let has_ended = self.standing == Standing::Ended;
        self.terms.as_ref().filter(|_| !has_ended)
    }

    /// The next last day to apply, today included; `None` when there is none any longer.
    pub fn next_deadline(&self, today: Date) -> Option<Date> {
        self.terms_that_hold()?.next_deadline(today)
    }

    /// When it can be reached, as far as that is known to hold on a day: not where it is to be confirmed, nor from an older
    /// source.
    pub fn hours_that_hold(&self, today: Date) -> impl Iterator<Item = &Hours> {
        let is_current = self.standing == Standing::Current;
        let stated = self.reach.iter().flat_map(|reach| &reach.opening);
        let is_recent = move |year: i16| !is_old(year, today);
        stated.filter(move |hours| {
            is_current && hours.make_sense() && hours.year.is_none_or(is_recent)
        })
    }

    /// The newest year that a source of this entry names.
    pub fn newest_source(&self) -> Option<i16> {
        self.sources.iter().filter_map(|s| s.year).max()
    }

    /// The years that the sources of this entry name: `2020`, or `2018–2020`.
    pub fn source_years(&self) -> Option<String> {
        let years = || self.sources.iter().filter_map(|s| s.year);
        let (first, last) = (years().min()?, years().max()?);
        Some(if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        })
    }
}
