//! The sentences about trying a draft out, and about what a question comes to.

use serde::Deserialize;

/// `[console.replay]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReplayPhrases {
    /// The heading.
    pub heading: String,
    /// The link back to the draft.
    pub back: String,
    /// What was tried. `{tried}`, `{changed}`.
    pub summary: String,
    /// How many must stay as they are. `{count}`.
    pub regressions: String,
    /// The heading over the questions of the cluster.
    pub own: String,
    /// It comes to what is meant.
    pub as_meant: String,
    /// It does not.
    pub otherwise: String,
    /// What to do about that.
    pub otherwise_hint: String,
    /// The heading over what would break.
    pub broken: String,
    /// What that means.
    pub broken_hint: String,
    /// The heading over the other changes.
    pub others: String,
    /// There are none.
    pub no_others: String,
    /// The question.
    pub wording: String,
    /// What it comes to now.
    pub before: String,
    /// What it would come to.
    pub after: String,
    /// What it must come to.
    pub must: String,
    /// How often it was asked.
    pub asked: String,
    /// The heading over the form.
    pub publish_heading: String,
    /// What publishing does.
    pub publish_hint: String,
    /// Why it is published.
    pub reason: String,
    /// When a reason is needed and when not.
    pub reason_hint: String,
    /// A reason is needed.
    pub reason_needed: String,
    /// The button.
    pub publish: String,
    /// What was written cannot be used yet.
    pub problems: String,
    /// It asks back. `{titles}`.
    pub choice: String,
    /// Between the titles.
    pub or: String,
    /// An office is named. `{name}`.
    pub office: String,
    /// Another body is named. `{name}`.
    pub elsewhere: String,
    /// Nobody is found.
    pub unknown: String,
    /// It is small talk.
    pub small_talk: String,
    /// It is a cry for help.
    pub crisis: String,
}
