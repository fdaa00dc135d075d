//! The languages an answer can be written in, and values that exist once per language.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that a knowledge base can be written in.
///
/// A new language is a variant here, a stemmer in `language`, a phrases file and translated entries.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum Language {
    /// Swedish, `sv`.
    #[serde(rename = "sv")]
    Swedish,
    /// English, `en`.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language, in the order of the variants.
    pub const ALL: [Language; 2] = [Language::Swedish, Language::English];

    /// The BCP 47 code: `sv` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::Swedish => "sv",
            Language::English => "en",
        }
    }

    /// The language with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|l| l.code() == code)
    }

    /// The other language of the pair, used when a text is missing in this one.
    pub fn other(self) -> Language {
        match self {
            Language::Swedish => Language::English,
            Language::English => Language::Swedish,
        }
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// One value per language, some of which may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized<T> {
    values: [Option<T>; 2],
}

impl<T> Default for Localized<T> {
    fn default() -> Self {
        Localized {
            values: [None, None],
        }
    }
}

impl<T> Localized<T> {
    /// Both values.
    pub fn both(swedish: T, english: T) -> Self {
        Localized {
            values: [Some(swedish), Some(english)],
        }
    }

    /// Sets the value of one language.
    pub fn set(&mut self, language: Language, value: T) {
        self.values[language as usize] = Some(value);
    }

    /// The value in exactly this language.
    pub fn get(&self, language: Language) -> Option<&T> {
        self.values[language as usize].as_ref()
    }

    /// The value in exactly this language, to change.
    pub fn get_mut(&mut self, language: Language) -> Option<&mut T> {
        self.values[language as usize].as_mut()
    }

    /// The value in this language or, where it is missing, in the other, with the language it is in.
    pub fn best(&self, language: Language) -> Option<(Language, &T)> {
        [language, language.other()]
            .into_iter()
            .find_map(|l| self.get(l).map(|v| (l, v)))
    }

    /// The values there are, with their languages.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &T)> {
        Language::ALL
            .into_iter()
            .filter_map(|l| self.get(l).map(|v| (l, v)))
    }
}
