//! The sentences about what is switched for everyone, and about how things stand.

use serde::Deserialize;

/// `[console.settings]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SettingsPhrases {
    /// The heading.
    pub heading: String,
    /// The heading over the switch.
    pub switch: String,
    /// What it does.
    pub switch_hint: String,
    /// It is on.
    pub answers: String,
    /// It is off.
    pub rests: String,
    /// Who switched it last, and when. `{by}`, `{at}`.
    pub switched: String,
    /// Nobody ever has.
    pub never: String,
    /// The field for why.
    pub reason: String,
    /// The button that has it rest.
    pub rest: String,
    /// The button that has it go on.
    pub go_on: String,
    /// It was switched.
    pub done: String,
    /// What readers and editors are told.
    pub only_admins: String,
    /// What stands on every page of the console while it rests.
    pub banner: String,
    /// The heading over the figures.
    pub figures: String,
    /// What waits.
    pub waiting: String,
    /// How much that is. `{clusters}`, `{questions}`.
    pub waiting_count: String,
    /// How often the right office was named.
    pub routed: String,
    /// How often that is. `{percent}`, `{right}`, `{judged}`.
    pub routed_count: String,
    /// Nobody has judged any.
    pub routed_none: String,
    /// The heading over the days.
    pub kept: String,
    /// What they are, and where they are set.
    pub kept_hint: String,
    /// Days. `{days}`.
    pub days: String,
    /// Conversations.
    pub conversations: String,
    /// A state.
    pub state: String,
    /// How many questions are in it.
    pub count: String,
    /// How long they are kept.
    pub time: String,
    /// The addresses of those who want to be called.
    pub call_backs: String,
    /// The button that sets the days.
    pub keep: String,
    /// What that does at once.
    pub keep_hint: String,
    /// The button that goes back to what the program was started with.
    pub as_started: String,
    /// A number is too small or too great. `{least}`, `{most}`.
    pub wrong_days: String,
}
