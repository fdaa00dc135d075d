//! The sentences about keys that do what a button does.

use serde::Deserialize;

/// `[console.shortcuts]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ShortcutsPhrases {
    /// The heading, and the button that shows them.
    pub heading: String,
    /// When they work.
    pub lead: String,
    /// To the next in the list.
    pub next: String,
    /// To the one before.
    pub previous: String,
    /// Opens it.
    pub open: String,
    /// To the field to search.
    pub seek: String,
    /// Begins an answer.
    pub answer: String,
    /// Teaches.
    pub teach: String,
    /// Passes on.
    pub pass_on: String,
    /// Shows this.
    pub help: String,
    /// The switch that turns them on and off.
    pub on: String,
    /// The button that closes it.
    pub close: String,
}
