//! `crisis.toml`: how someone in need is recognised, and which help lines come first.
//!
//! A pattern is a row of folded words: `a|b` either, `word*` a beginning, `_` any word, `...` up to four words,
//! `word?` may be missing, `#0-17` a number in the range, `@name` any word of a set. A pattern never reaches over the
//! end of a sentence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entry::EntryId;
use super::language::Language;

/// Phrases that share a meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Patterns {
    /// The patterns, in the notation of this file.
    pub patterns: Vec<String>,
}

/// Other lines for a marked message.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Instead {
    /// The marker that calls for them.
    pub marker: String,
    /// The lines, in the order shown.
    pub lines: Vec<EntryId>,
}

/// A kind of crisis.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Situation {
    /// Its name.
    pub name: String,
    /// How it is recognised.
    pub patterns: Vec<String>,
    /// The help lines, in the order shown.
    pub lines: Vec<EntryId>,
    /// Other lines when the message carries a marker: the first that fits is used.
    #[serde(default)]
    pub instead: Vec<Instead>,
    /// What is said above the lines, in Swedish.
    pub text_sv: String,
    /// What is said above the lines, in English.
    #[serde(default)]
    pub text_en: String,
}

impl Situation {
    /// What is said above the lines, in a language.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::English if !self.text_en.is_empty() => &self.text_en,
            Language::English | Language::Swedish => &self.text_sv,
        }
    }
}

/// The whole of `crisis_examples.toml`: what the recogniser learns from. Invented, never a resident's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CrisisExamples {
    /// Wordings that sound like a crisis and are none.
    pub harmless: Vec<String>,
    /// Wordings of people in need.
    pub told: Vec<Told>,
}

/// Wordings of people in need who are in the same situation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Told {
    /// The name of the situation in `crisis.toml`.
    pub situation: String,
    /// A marker of `crisis.toml` that these wordings carry, such as that a child speaks.
    #[serde(default)]
    pub marker: Option<String>,
    /// As people write, in any language of the base.
    pub wordings: Vec<String>,
}

/// The whole of `crisis.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct CrisisRules {
    /// Named sets of words.
    pub sets: BTreeMap<String, Vec<String>>,
    /// Phrases that are cut out before looking: idioms, topics, games.
    pub harmless: Patterns,
    /// What else the message says: that a child speaks, that it happens now.
    pub markers: BTreeMap<String, Patterns>,
    /// The kinds of crisis; the first that is recognised is used.
    pub situation: Vec<Situation>,
}
