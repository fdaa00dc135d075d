//! The sentences about signing in.

use serde::Deserialize;

/// `[console.sign_in]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SignInPhrases {
    /// The heading.
    pub heading: String,
    /// Whom it is for.
    pub lead: String,
    /// The field of the name.
    pub name: String,
    /// The field of the password.
    pub password: String,
    /// The button.
    pub button: String,
    /// The name, the password or how often it was tried is wrong.
    pub refused: String,
    /// The database does not answer.
    pub away: String,
    /// Who can help.
    pub help: String,
    /// Someone has signed out.
    pub signed_out: String,
    /// The time is out.
    pub ended: String,
}
