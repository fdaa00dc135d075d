//! The sentences to those who want to be reminded of a last day.

use serde::Deserialize;

/// `[reminder]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ReminderPhrases {
    /// The link that puts one last day into a calendar, with a reminder.
    pub calendar: String,
    /// The same in the terminal. `{address}`.
    pub terminal: String,
    /// The same where no address is known.
    pub terminal_page: String,
    /// The button of someone who wants to be reminded.
    pub button: String,
    /// The same where there is more than one in an answer. `{date}`.
    pub button_before: String,
    /// The button of someone who does not any longer.
    pub stop: String,
    /// The button that shows what one was reminded of.
    pub read: String,
    /// It is kept. `{title}`, `{date}`, `{when}`.
    pub kept: String,
    /// The last day is too near. `{title}`, `{date}`.
    pub too_late: String,
    /// There is no last day any longer.
    pub no_day: String,
    /// So many are kept already. `{count}`.
    pub too_many: String,
    /// It cannot be kept just now.
    pub unavailable: String,
    /// The reminder. `{title}`, `{date}`, `{days}`.
    pub due: String,
    /// The same on the day before. `{title}`, `{date}`.
    pub due_tomorrow: String,
    /// The same on the day itself. `{title}`, `{date}`.
    pub due_today: String,
    /// The last day is another by now. `{title}`, `{date}`.
    pub moved: String,
    /// There is no last day for it any longer. `{title}`.
    pub gone: String,
    /// Below a reminder after which there is no other.
    pub last: String,
    /// What one was reminded of is not kept any longer.
    pub stopped: String,
    /// Above what one is reminded of.
    pub list: String,
    /// One of those. `{title}`, `{date}`.
    pub item: String,
    /// In the menu of those, before something is chosen.
    pub pick: String,
    /// There is none.
    pub none: String,
    /// They cannot be read just now.
    pub list_unavailable: String,
    /// The command that shows them: its description.
    pub describe: String,
    /// What is kept for it.
    pub privacy_kept: String,
}
