//! The sentences that staff are told outside the console.

use serde::Deserialize;

/// `[digest]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DigestPhrases {
    /// The subject of a digest of a day. `{municipality}`.
    pub day: String,
    /// The subject of a digest of a week. `{municipality}`.
    pub week: String,
    /// The time that it tells of. `{from}`, `{to}`.
    pub period: String,
    /// The office that it is about. `{office}`.
    pub office: String,
    /// How many questions came. `{count}`.
    pub fresh: String,
    /// How many wait. `{count}`.
    pub open: String,
    /// For how many days the oldest has waited. `{count}`.
    pub oldest: String,
    /// How many ideas wait. `{count}`.
    pub ideas: String,
    /// How many wait to be called. `{count}`.
    pub calls: String,
    /// How many of them longer than they were promised. `{count}`.
    pub overdue: String,
    /// How many entries should have been gone through. `{count}`.
    pub reviews: String,
    /// How many links lead nowhere. `{count}`.
    pub links: String,
    /// Nothing waits.
    pub quiet: String,
    /// Above what was asked most.
    pub top: String,
    /// It was asked in one conversation.
    pub once: String,
    /// It was asked in several. `{count}`.
    pub askers: String,
    /// The subject when someone wants to be called. `{office}`, `{municipality}`.
    pub call: String,
    /// Who is to call. `{office}`.
    pub call_office: String,
    /// By when. `{time}`.
    pub call_due: String,
    /// Where the rest stands.
    pub call_where: String,
    /// The subject of a test. `{municipality}`.
    pub test: String,
    /// What a test says.
    pub test_text: String,
    /// The link to the console.
    pub link: String,
    /// Why whoever reads it gets it.
    pub footer: String,
}
