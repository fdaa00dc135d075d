//! The sentences of the open data.

use serde::Deserialize;

/// `[open_data]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OpenDataPhrases {
    /// What they are called.
    pub title: String,
    /// What they are. `{municipality}`, `{floor}`.
    pub lead: String,
    /// There are none here.
    pub off: String,
    /// Of what time. `{from}`, `{to}`.
    pub period: String,
    /// The heading of the files.
    pub files: String,
    /// The file for spreadsheets.
    pub csv: String,
    /// The file for programs.
    pub json: String,
    /// Before the name of the licence.
    pub licence: String,
    /// How much was asked.
    pub months: String,
    /// Too little was. `{floor}`.
    pub no_months: String,
    /// A month.
    pub month: String,
    /// How many questions.
    pub questions: String,
    /// How many were answered.
    pub answered: String,
    /// How many were taken to an office.
    pub routed: String,
    /// How many had neither.
    pub unknown: String,
    /// A number that is rounded down. `{count}`.
    pub at_least: String,
    /// A number that is not told. `{floor}`.
    pub fewer: String,
    /// What was asked about.
    pub topics: String,
    /// What that is. `{floor}`.
    pub topics_lead: String,
    /// Nothing was asked by enough. `{floor}`.
    pub no_topics: String,
    /// How many have asked. `{count}`.
    pub asked_by: String,
    /// Whose it is. `{office}`.
    pub owned_by: String,
    /// The heading of what is not told.
    pub others: String,
    /// Why it is not.
    pub others_lead: String,
    /// The column of whose it is.
    pub office: String,
    /// Nobody's yet.
    pub no_office: String,
    /// The column of how it stands.
    pub state: String,
    /// The column of how many have asked.
    pub askers: String,
    /// It waits for an answer.
    pub waits: String,
    /// It does not wait any longer.
    pub settled: String,
    /// In place of what was asked, while it waits.
    pub untold_open: String,
    /// In place of what was asked, when it does not wait any longer.
    pub untold: String,
    /// How the data are made.
    pub made: String,
    /// That, point by point. `{floor}`.
    pub made_so: Vec<String>,
}
