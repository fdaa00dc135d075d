//! The sentences about how far people come on the guided ways in.

use serde::Deserialize;

/// `[console.paths]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PathsPhrases {
    /// The heading.
    pub heading: String,
    /// What is counted, and what is not.
    pub lead: String,
    /// For those who listen: what the links choose.
    pub choose: String,
    /// Over so many days. `{days}`.
    pub days: String,
    /// Over all that is counted.
    pub all: String,
    /// The row of those who came to the end.
    pub end: String,
    /// The question that is asked.
    pub step: String,
    /// How many came to it.
    pub reached: String,
    /// How many went on from there.
    pub went_on: String,
    /// How many said that it was enough.
    pub stopped: String,
    /// How many were not heard of again.
    pub left: String,
}
