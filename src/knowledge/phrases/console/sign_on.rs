//! The sentences about signing in at the identity provider.

use serde::Deserialize;

/// `[console.sign_on]` of a phrases file. `{provider}` is what staff call it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SignOnPhrases {
    /// The link to the provider. `{provider}`.
    pub button: String,
    /// Above the form with a name and a password.
    pub or_password: String,
    /// Someone is signed in, and led on.
    pub signed_in: String,
    /// Someone is signed out here, and led to the provider. `{provider}`.
    pub signing_out: String,
    /// Someone is signed out here, and perhaps not at the provider. `{provider}`.
    pub signed_out_here: String,
    /// The link that leads on, where that does not happen by itself.
    pub go_on: String,
    /// Where an account signs in, and what is decided there. `{provider}`.
    pub signs_in: String,
    /// The heading when someone is not signed in.
    pub refused: String,
    /// The link to where one signs in.
    pub again: String,
    /// The provider does not answer. `{provider}`.
    pub provider_away: String,
    /// The database does not answer.
    pub away: String,
    /// It was begun too often.
    pub too_many: String,
    /// What was begun is not known any longer.
    pub unknown: String,
    /// The answer is that of another provider. `{provider}`.
    pub other_provider: String,
    /// The provider let nobody in. `{provider}`.
    pub declined: String,
    /// What the provider has sent does not hold. `{provider}`.
    pub unproven: String,
    /// The provider gives no role. `{provider}`.
    pub no_role: String,
    /// Whom to ask for one.
    pub ask: String,
    /// The same, when the operator has said whom. `{help}`.
    pub ask_help: String,
    /// The account is closed.
    pub closed: String,
}
