//! What is said to those who hand over an idea.

use serde::Deserialize;

/// `[idea]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct IdeaPhrases {
    /// It has been handed over. `{receiver}`, `{receipt}`, `{days}`.
    pub handed_over: String,
    /// Nobody takes ideas. `{way_in}`.
    pub no_receiver: String,
    /// It says nothing.
    pub empty: String,
    /// It says so in too many words. `{limit}` characters.
    pub too_long: String,
    /// So many have been handed over already. `{count}`.
    pub too_many: String,
    /// It cannot be saved just now. `{way_in}`.
    pub unavailable: String,
    /// The state of a receipt: nobody has answered yet. `{receipt}`, `{date}`, `{receiver}`.
    pub state_new: String,
    /// The state of a receipt: answered. Followed by the answer. `{receipt}`, `{date}`, `{receiver}`.
    pub state_answered: String,
    /// The state of a receipt: nothing will come of it. Followed by why. `{receipt}`, `{date}`, `{receiver}`.
    pub state_closed: String,
    /// What is kept, on the page about privacy.
    pub privacy_kept: String,
    /// How long, on the page about privacy.
    pub privacy_time: String,
}
