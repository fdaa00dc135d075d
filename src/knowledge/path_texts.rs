//! The sentences of the guided ways in: `paths.sv.toml`, one file per language.
//!
//! What is asked and what can be answered is the program's; how it is said is the base's. A base that says nothing of its
//! own has the built-in sentences, which speak of no municipality.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::fits::PathName;

/// `paths.sv.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PathTexts {
    /// What is said in every way in.
    pub say: PathSayings,
    /// The words for answers, set by set.
    pub options: BTreeMap<String, BTreeMap<String, OptionText>>,
    /// Each way in.
    pub path: BTreeMap<PathName, PathText>,
}

/// What is said in every way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PathSayings {
    /// Which step it is. `{path}`, `{number}`.
    pub place: String,
    /// That one does not know.
    pub unsure: String,
    /// What else people type for it.
    pub unsure_words: Vec<String>,
    /// Back to the step before.
    pub back: String,
    /// What else people type for it.
    pub back_words: Vec<String>,
    /// Out of the way in.
    pub stop: String,
    /// What else people type for it.
    pub stop_words: Vec<String>,
    /// From the beginning.
    pub again: String,
    /// It has been left.
    pub stopped: String,
    /// What was typed is none of the answers, and no question that can be answered.
    pub not_understood: String,
    /// After a question in between, where an answer in one's own words is awaited: it may have been that.
    pub not_your_words: String,
    /// After a question in between has been answered.
    pub back_on_path: String,
    /// That nothing of it is kept, when a way in begins.
    pub private: String,
    /// What was said in one's own words is not known any longer.
    pub forgotten: String,
    /// Too many words. `{limit}`.
    pub too_long: String,
    /// Between the last two of what is listed.
    pub and: String,
    /// That what is said of something is old. `{years}`.
    pub old: String,
    /// What leads to the result on paper.
    pub print: String,
    /// What leads to the last days for a calendar.
    pub calendar: String,
}

/// The words for an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct OptionText {
    /// What stands on the button.
    pub label: String,
    /// What else people type for it.
    #[serde(default)]
    pub words: Vec<String>,
    /// The same inside a sentence.
    #[serde(default)]
    pub within: String,
}

/// A way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PathText {
    /// What it is called, and what leads into it.
    pub name: String,
    /// The commands that begin it, with their stroke.
    pub commands: Vec<String>,
    /// Whole messages that begin it.
    pub begins: Vec<String>,
    /// What it is, before the first step.
    pub lead: String,
    /// The steps by their names.
    pub step: BTreeMap<String, StepText>,
    /// What else is said on it.
    #[serde(default)]
    pub say: BTreeMap<String, String>,
}

/// A step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct StepText {
    /// The question.
    pub ask: String,
    /// What helps to answer it.
    #[serde(default)]
    pub hint: Option<String>,
}

impl PathTexts {
    /// The words for an answer; empty ones when there are none, which the built-in files never lack.
    pub fn option(&self, set: &str, code: &str) -> &OptionText {
        static NONE: OptionText = OptionText {
            label: String::new(),
            words: Vec::new(),
            within: String::new(),
        };
        self.options
            .get(set)
            .and_then(|o| o.get(code))
            .unwrap_or(&NONE)
    }

    /// A way in.
    pub fn of(&self, name: PathName) -> &PathText {
        static NONE: std::sync::LazyLock<PathText> = std::sync::LazyLock::new(PathText::default);
        self.path.get(&name).unwrap_or(&NONE)
    }
}

impl PathText {
    /// A step by its name; an empty one when there is none, which the built-in files never lack.
    pub fn step(&self, key: &str) -> &StepText {
        static NONE: StepText = StepText {
            ask: String::new(),
            hint: None,
        };
        self.step.get(key).unwrap_or(&NONE)
    }

    /// A sentence by its name; empty when there is none, which the built-in files never lack.
    pub fn say(&self, key: &str) -> &str {
        self.say.get(key).map_or("", String::as_str)
    }
}
