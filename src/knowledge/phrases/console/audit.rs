//! The sentences about the trail of what staff have done.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.audit]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AuditPhrases {
    /// The heading.
    pub heading: String,
    /// What it is.
    pub lead: String,
    /// For those who listen: what the form does.
    pub filter: String,
    /// Who acted.
    pub who: String,
    /// What it was done to.
    pub about: String,
    /// What that looks like.
    pub about_hint: String,
    /// The button that applies the choice.
    pub show: String,
    /// The link to everything.
    pub all: String,
    /// The number of a line.
    pub number: String,
    /// When it was.
    pub when: String,
    /// What was done.
    pub act: String,
    /// What it was before and is after.
    pub change: String,
    /// Why.
    pub reason: String,
    /// There is nothing.
    pub none: String,
    /// The link to what was before.
    pub older: String,
    /// The button that verifies it.
    pub verify: String,
    /// What that does.
    pub verify_hint: String,
    /// It is as it was written. `{lines}`, `{hash}`.
    pub whole: String,
    /// A line is not as it was. `{line}`.
    pub broken_changed: String,
    /// A line is not there. `{line}`.
    pub broken_missing: String,
    /// A line was put in. `{line}`.
    pub broken_added: String,
    /// What each act is called, by its code; one that is not here is shown as its code.
    pub acts: BTreeMap<String, String>,
}
