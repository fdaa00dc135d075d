//! What the API says, to a person, when it cannot do what it was asked.

use serde::{Deserialize, Serialize};

/// `[api]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiPhrases {
    /// Too many requests from one client. `{seconds}`.
    pub too_many: String,
}
