//! The sentences around the guided ways in, on the page and in the panel. What is asked and answered on them stands in a
//! file of its own.

use serde::Deserialize;

/// `[page.guided]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct GuidedPhrases {
    /// Above the ways in that can be begun.
    pub offer: String,
    /// The label of the field where a step can be answered by pressing something.
    pub type_instead: String,
    /// The same where it is answered in one's own words.
    pub type_here: String,
    /// The button that sends the answer.
    pub send: String,
    /// Above what is missing, or is not as was wished.
    pub missing: String,
    /// Above what is to be made sure of.
    pub check: String,
    /// The result on a page of its own: whose it is, and from which day. `{municipality}`, `{date}`.
    pub made: String,
    /// The button that prints it.
    pub print: String,
    /// Above how to reach a person, on that page.
    pub contact: String,
    /// The heading when there is nothing to show any longer.
    pub gone_heading: String,
    /// Why, and what to do.
    pub gone: String,
}
