//! The sentences about what has been changed in what lots knows, and about what must stay as it is.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.changes]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ChangesPhrases {
    /// The heading.
    pub heading: String,
    /// What it is.
    pub lead: String,
    /// For those who listen: what the links choose.
    pub filter: String,
    /// All of them.
    pub all: String,
    /// What each stage is called, by its code.
    pub stages: BTreeMap<String, String>,
    /// What each act is called, by its code.
    pub acts: BTreeMap<String, String>,
    /// What has no title.
    pub untitled: String,
    /// Who began it, and when. `{by}`, `{at}`.
    pub made: String,
    /// Who saved it last, and when. `{by}`, `{at}`.
    pub changed: String,
    /// Who published it, and when. `{by}`, `{at}`.
    pub published: String,
    /// Why. `{reason}`.
    pub reason: String,
    /// The files say it by now.
    pub merged: String,
    /// The file has changed. `{path}`.
    pub conflict: String,
    /// What it is about is gone.
    pub lost: String,
    /// The link to a draft.
    pub open: String,
    /// The link to the questions that it answers.
    pub cluster: String,
    /// The field for why it is taken back.
    pub undo_reason: String,
    /// The button that takes it back. `{title}` is heard with it.
    pub undo: String,
    /// It was taken back.
    pub undone: String,
    /// It cannot be, for another builds on it.
    pub built_on: String,
    /// It was published.
    pub done: String,
    /// How many questions must be answered so from now on. `{count}`.
    pub kept: String,
    /// How many are answered otherwise. `{count}`.
    pub left: String,
    /// There are none.
    pub none: String,
    /// The link to those before.
    pub older: String,
    /// The heading over how they come into the files.
    pub git: String,
    /// How. `{command}` is shown below it.
    pub git_text: String,
    /// The link to what must stay as it is.
    pub regressions: String,
}

/// `[console.regressions]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RegressionsPhrases {
    /// The heading.
    pub heading: String,
    /// What they are.
    pub lead: String,
    /// How many there are, and how many fail. `{count}`, `{failing}`.
    pub summary: String,
    /// The question.
    pub wording: String,
    /// What it must come to.
    pub must: String,
    /// What it comes to.
    pub now: String,
    /// When it was made.
    pub made: String,
    /// It comes to what it must.
    pub holds: String,
    /// It does not.
    pub fails: String,
    /// The field for why it is given up.
    pub reason: String,
    /// The button that gives it up.
    pub retire: String,
    /// It was given up.
    pub retired: String,
    /// There are none.
    pub none: String,
}
