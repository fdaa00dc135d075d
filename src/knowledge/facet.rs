//! The parts of an entry that can be asked for, and the headings that stand for them.

use serde::{Deserialize, Serialize};

use super::language::Language;

/// A part of an answer that a follow-up can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Who it is for, who can apply.
    Who,
    /// How to do it.
    How,
    /// When: deadlines, opening hours, when it is decided.
    When,
    /// How much one gets or pays.
    Cost,
    /// Where it is.
    Where,
    /// What is required.
    Requirements,
    /// What happens afterwards.
    Afterwards,
    /// What it is not.
    Distinct,
    /// What no source confirms.
    Unverified,
}

/// The headings an entry may have, per language: the first of each facet is the one that buttons use.
const HEADINGS: [(Facet, Language, &str); 24] = [
    (Facet::Who, Language::Swedish, "Vem kan söka"),
    (Facet::Who, Language::Swedish, "För vem"),
    (Facet::How, Language::Swedish, "Så gör du"),
    (Facet::How, Language::Swedish, "Så gör ni"),
    (Facet::When, Language::Swedish, "När"),
    (Facet::Cost, Language::Swedish, "Belopp"),
    (Facet::Cost, Language::Swedish, "Kostnad"),
    (Facet::Where, Language::Swedish, "Var"),
    (Facet::Requirements, Language::Swedish, "Krav"),
    (Facet::Afterwards, Language::Swedish, "Efteråt"),
    (Facet::Distinct, Language::Swedish, "Inte att förväxla med"),
    (Facet::Unverified, Language::Swedish, "Det vi inte vet"),
    (Facet::Who, Language::English, "Who can apply"),
    (Facet::Who, Language::English, "Who it is for"),
    (Facet::How, Language::English, "How to do it"),
    (Facet::When, Language::English, "When"),
    (Facet::Cost, Language::English, "Amount"),
    (Facet::Cost, Language::English, "Cost"),
    (Facet::Where, Language::English, "Where"),
    (Facet::Requirements, Language::English, "Requirements"),
    (Facet::Afterwards, Language::English, "Afterwards"),
    (
        Facet::Distinct,
        Language::English,
        "Not to be confused with",
    ),
    (Facet::Unverified, Language::English, "What we do not know"),
    (Facet::How, Language::English, "What to do"),
];

impl Facet {
    /// Its name in forms, buttons and the API, as it is read and written by serde: `who`, `requirements`.
    pub fn code(self) -> &'static str {
        match self {
            Facet::Who => "who",
            Facet::How => "how",
            Facet::When => "when",
            Facet::Cost => "cost",
            Facet::Where => "where",
            Facet::Requirements => "requirements",
            Facet::Afterwards => "afterwards",
            Facet::Distinct => "distinct",
            Facet::Unverified => "unverified",
        }
    }

    /// The facet that a heading stands for; `None` when the heading is not in the list.
    pub fn from_heading(language: Language, heading: &str) -> Option<Facet> {
        HEADINGS
            .iter()
            .find(|(_, l, h)| *l == language && *h == heading)
            .map(|(f, _, _)| *f)
    }

    /// Whether the text says what the entry is; what it is *not*, or what is unknown, would mislead a search.
    pub fn describes(self) -> bool {
        match self {
            Facet::Distinct | Facet::Unverified => false,
            Facet::Who
            | Facet::How
            | Facet::When
            | Facet::Cost
            | Facet::Where
            | Facet::Requirements
            | Facet::Afterwards => true,
        }
    }

    /// The headings that may be used in a language, for messages.
    pub fn headings(language: Language) -> impl Iterator<Item = &'static str> {
        HEADINGS
            .iter()
            .filter(move |(_, l, _)| *l == language)
            .map(|(_, _, h)| *h)
    }
}
