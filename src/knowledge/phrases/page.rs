//! The sentences of the page: the conversation, and what stands around every page.

use serde::{Deserialize, Serialize};

/// `[page]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagePhrases {
    /// The name of the page. `{municipality}`.
    pub title: String,
    /// The link past the head, for those who go by keyboard.
    pub skip: String,
    /// The label of the field for a question.
    pub ask_label: String,
    /// The button that sends a question.
    pub ask_button: String,
}
