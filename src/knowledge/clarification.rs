//! What is asked back when a message fits several entries alike: "vad gäller det som du vill ha pengar till?".

use serde::{Deserialize, Serialize};

use super::entry::EntryId;
use super::language::Language;
use super::municipality::either;

/// A question to ask back, the entries it leaves to choose among, and the messages that call for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clarification {
    /// The entries to choose among, the likeliest first.
    pub entries: Vec<EntryId>,
    /// The question, in Swedish.
    pub ask_sv: String,
    /// The question, in English.
    pub ask_en: String,
    /// Whole messages that leave open which of the entries is meant, in Swedish.
    pub examples_sv: Vec<String>,
    /// Whole messages that leave open which of the entries is meant, in English.
    pub examples_en: Vec<String>,
}

impl Clarification {
    /// The fewest and the most entries that a question can leave to choose among.
    pub const ENTRIES: std::ops::RangeInclusive<usize> = 2..=4;

    /// The question in a language; in the other one where it is not translated.
    pub fn ask(&self, language: Language) -> &str {
        either(language, &self.ask_sv, &self.ask_en)
    }

    /// The messages that call for it in a language.
    pub fn examples(&self, language: Language) -> &[String] {
        match language {
            Language::Swedish => &self.examples_sv,
            Language::English => &self.examples_en,
        }
    }

    pub(super) fn examples_mut(&mut self, language: Language) -> &mut Vec<String> {
        match language {
            Language::Swedish => &mut self.examples_sv,
            Language::English => &mut self.examples_en,
        }
    }
}
