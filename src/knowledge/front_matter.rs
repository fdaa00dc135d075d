//! The front matter of an entry's file: the typed facts above its text.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::entry::{EntryId, Reach, Source, Standing};
use super::fits::Fits;
use super::terms::Terms;

/// Everything a file may say above its text.
///
/// A translation holds only `title`, `also_called`, `questions` and `responsible_for`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct FrontMatter {
    /// What the entry is called.
    pub(crate) title: String,
    /// Other names: old names, abbreviations, what people say.
    pub(crate) also_called: Vec<String>,
    /// The office that owns the question, such as `offices/desk`.
    #[schemars(with = "Option<String>")]
    pub(crate) office: Option<EntryId>,
    /// Who runs it, when that is not the municipality.
    pub(crate) organization: Option<String>,
    /// The entry to turn to first.
    #[schemars(with = "Option<String>")]
    pub(crate) contact: Option<EntryId>,
    /// `current`, `confirm` (old or unverified) or `ended`.
    pub(crate) standing: Standing,
    /// What there is instead, when it has ended.
    #[schemars(with = "Option<String>")]
    pub(crate) replaced_by: Option<EntryId>,
    /// The day the text was last gone through.
    #[serde(deserialize_with = "day")]
    #[schemars(with = "Option<String>")]
    pub(crate) reviewed: Option<Date>,
    /// The role that went through it.
    pub(crate) reviewed_by: Option<String>,
    /// The day by which it must be gone through again.
    #[serde(deserialize_with = "day")]
    #[schemars(with = "Option<String>")]
    pub(crate) review_by: Option<Date>,
    /// Entries that help further.
    #[schemars(with = "Vec<String>")]
    pub(crate) see_also: Vec<EntryId>,
    /// Entries that people mix up with this one.
    #[schemars(with = "Vec<String>")]
    pub(crate) not_to_confuse_with: Vec<EntryId>,
    /// Where the facts come from.
    pub(crate) sources: Vec<Source>,
    /// Questions that this entry answers, as people put them.
    pub(crate) questions: Vec<String>,
    /// What an office handles.
    pub(crate) responsible_for: Vec<String>,
    /// The terms of a grant.
    pub(crate) grant: Option<Terms>,
    /// The terms of an award.
    pub(crate) award: Option<Terms>,
    /// The ages that the entry is for, both included, when it is for some only.
    pub(crate) ages: Option<[u8; 2]>,
    /// The entry that helps those whom this one is not for.
    #[schemars(with = "Option<String>")]
    pub(crate) instead: Option<EntryId>,
    /// Whom and what the entry fits, for the guided ways in.
    pub(crate) fits: Option<Fits>,
    /// How to reach the one the entry is about.
    pub(crate) reach: Option<Reach>,
}

/// A TOML day, or the same as text.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Day {
        Toml(toml::value::Datetime),
        Text(String),
    }
    let text = match Day::deserialize(deserializer)? {
        Day::Toml(day) => day.to_string(),
        Day::Text(text) => text,
    };
    text.parse()
        .map(Some)
        .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a day: write YYYY-MM-DD")))
}
