//! What a program, or a person whom no page can answer, is told when something cannot be done.

use serde::Deserialize;

/// `[api]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ApiPhrases {
    /// There is nothing at the address.
    pub no_page: ProblemWords,
    /// There is no such entry.
    pub no_entry: ProblemWords,
    /// There is no question with that receipt.
    pub no_receipt: ProblemWords,
    /// A code leads to no place on a guided way in.
    pub no_place: ProblemWords,
    /// The address is there, but not for what was to be done with it.
    pub wrong_method: ProblemWords,
    /// What was sent did not arrive in time.
    pub slow_body: ProblemWords,
    /// What was sent is too large. `{most}` kilobytes.
    pub too_large: ProblemWords,
    /// What was sent is not said to be JSON.
    pub not_json: ProblemWords,
    /// What was sent cannot be read as JSON. `{line}`, `{column}`.
    pub broken_json: ProblemWords,
    /// Fields or parameters are not what they should be; each is named beside this.
    pub wrong: ProblemWords,
    /// Too many questions from one client. `{seconds}`.
    pub too_many: ProblemWords,
    /// There is more to do than there is room for.
    pub busy: ProblemWords,
    /// The program is ending, and another takes over.
    pub ending: ProblemWords,
    /// What has been saved cannot be reached just now.
    pub log_away: ProblemWords,
    /// It took longer than anyone waits.
    pub took_too_long: ProblemWords,
    /// A mistake of the program.
    pub broken: ProblemWords,
    /// A field is missing.
    pub field_missing: String,
    /// There is no such field.
    pub field_unknown: String,
    /// A field is not an object.
    pub field_not_object: String,
    /// A field is not text.
    pub field_not_text: String,
    /// A field is neither true nor false.
    pub field_not_truth: String,
    /// A parameter is no number within bounds. `{least}`, `{most}`.
    pub field_not_number: String,
    /// A field is empty.
    pub field_empty: String,
    /// A field is too long. `{most}` characters.
    pub field_too_long: String,
    /// A field has a value of its own making. `{values}`.
    pub field_not_one_of: String,
    /// A field is not the name of a conversation.
    pub field_not_conversation: String,
    /// A field is not the name of an entry.
    pub field_not_entry: String,
    /// A field is not a receipt code.
    pub field_not_receipt: String,
    /// The heading of the page that explains the problems.
    pub problems: String,
    /// What that page is for.
    pub problems_about: String,
}

/// What is said of something that cannot be done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ProblemWords {
    /// What it is, the same each time.
    pub title: String,
    /// What to do about it.
    pub detail: String,
}
