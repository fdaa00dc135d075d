//! The sentences about ideas that have been handed over.

use serde::Deserialize;

/// `[console.ideas]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IdeasPhrases {
    /// The heading.
    pub heading: String,
    /// What they are.
    pub lead: String,
    /// None waits.
    pub waiting_none: String,
    /// One waits.
    pub waiting_one: String,
    /// So many wait. `{count}`.
    pub waiting: String,
    /// For those who listen: what the links choose.
    pub choose: String,
    /// All of them.
    pub all: String,
    /// Those that nobody has answered.
    pub only_new: String,
    /// Those that have an answer.
    pub only_answered: String,
    /// Those that nothing will come of.
    pub only_closed: String,
    /// Nobody has answered it.
    pub new: String,
    /// It has an answer.
    pub answered: String,
    /// Nothing will come of it.
    pub closed: String,
    /// There are none.
    pub empty: String,
    /// There are none in the state that was chosen.
    pub empty_chosen: String,
    /// What it is.
    pub idea: String,
    /// How far staff have come.
    pub state: String,
    /// When it was handed over.
    pub handed: String,
    /// Who has it.
    pub receiver: String,
    /// The heading of one. `{receipt}`.
    pub title: String,
    /// Whom it is for.
    pub audiences: String,
    /// What it needs.
    pub needs: String,
    /// Who is with whoever has it.
    pub company: String,
    /// Above the answer.
    pub answer: String,
    /// Above why nothing will come of it.
    pub why_closed: String,
    /// The label of an answer.
    pub write_answer: String,
    /// How to write to whoever has the idea. `{limit}` characters.
    pub hint: String,
    /// The button that answers.
    pub send_answer: String,
    /// What leads to closing it.
    pub close: String,
    /// The label of why nothing will come of it.
    pub write_why: String,
    /// The button that closes it.
    pub send_why: String,
    /// It has been answered.
    pub done_answered: String,
    /// It has been closed.
    pub done_closed: String,
    /// Another has been faster. `{name}`.
    pub overtaken: String,
}
