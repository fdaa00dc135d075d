//! The sentences about one's own account.

use serde::Deserialize;

/// `[console.account]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AccountPhrases {
    /// The heading.
    pub heading: String,
    /// The heading and the button about the password.
    pub change: String,
    /// What it does.
    pub change_hint: String,
    /// The password that is now.
    pub old: String,
    /// The new one.
    pub new: String,
    /// The new one again.
    pub again: String,
    /// The old one is wrong.
    pub wrong: String,
    /// The two new ones differ.
    pub differ: String,
    /// It was changed.
    pub changed: String,
    /// The heading and the button that signs out everywhere.
    pub everywhere: String,
    /// What it does.
    pub everywhere_hint: String,
}
