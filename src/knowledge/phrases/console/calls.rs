//! The sentences about those who want to be called.

use serde::Deserialize;

/// `[console.calls]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CallsPhrases {
    /// The heading.
    pub heading: String,
    /// What it is, and what becomes of an address.
    pub lead: String,
    /// How many wait. `{count}`.
    pub waiting: String,
    /// How many have waited too long. `{count}`.
    pub overdue: String,
    /// Nobody waits.
    pub none: String,
    /// Whoever only reads sees no addresses.
    pub for_editors: String,
    /// Before a telephone number.
    pub call: String,
    /// Before a mail address.
    pub mail: String,
    /// By when. `{time}`.
    pub by: String,
    /// That it is later than that.
    pub late: String,
    /// When it suits best. `{time}`.
    pub best_time: String,
    /// When it was asked for. `{time}`.
    pub asked: String,
    /// Who is about to call. `{name}`.
    pub claimed: String,
    /// The button of someone who is about to call.
    pub take: String,
    /// The button of someone who has called.
    pub handled: String,
    /// It is noted who calls.
    pub taken: String,
    /// Someone has called, and the address is deleted.
    pub erased: String,
    /// Another has taken it. `{name}`.
    pub taken_by: String,
    /// Nobody waits by that name any longer.
    pub gone: String,
}
