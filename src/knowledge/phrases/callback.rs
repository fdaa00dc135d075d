//! What is said to those who want to be called or written to by a person.

use serde::Deserialize;

use crate::knowledge::BestTime;

/// `[callback]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CallBackPhrases {
    /// The heading of the form, and what leads to it.
    pub heading: String,
    /// What it is for.
    pub lead: String,
    /// The label of what it is about.
    pub subject: String,
    /// What to write there. `{limit}` characters.
    pub subject_hint: String,
    /// The label of the office.
    pub office: String,
    /// The choice of whoever does not know which office.
    pub office_unknown: String,
    /// The label of the telephone number or mail address.
    pub address: String,
    /// How to write it.
    pub address_hint: String,
    /// The label of when it suits best.
    pub best_time: String,
    /// The times to choose from.
    pub times: BestTimeNames,
    /// The button that sends the form.
    pub send: String,
    /// Above a form that something must be mended in.
    pub mend: String,
    /// It does not say what it is about.
    pub no_subject: String,
    /// It says so in too many words. `{limit}` characters.
    pub long_subject: String,
    /// There is no address.
    pub no_address: String,
    /// What was written is neither a telephone number nor a mail address.
    pub wrong_address: String,
    /// The office is not there any longer.
    pub no_office: String,
    /// So many wait already. `{count}`.
    pub too_many: String,
    /// It cannot be saved just now. `{way_in}`.
    pub unavailable: String,
    /// The heading once it has been saved.
    pub done: String,
    /// Who calls, and by when. `{office}`, `{date}`, `{time}`.
    pub calls_by_hour: String,
    /// The same, when the office has not said when it is open. `{office}`, `{date}`.
    pub calls_by_day: String,
    /// Who writes, and by when. `{office}`, `{date}`, `{time}`.
    pub writes_by_hour: String,
    /// The same, when the office has not said when it is open. `{office}`, `{date}`.
    pub writes_by_day: String,
    /// The code by which it is followed. `{receipt}`.
    pub receipt: String,
    /// The state of a receipt: nobody has called yet. Followed by who calls, and by when. `{receipt}`, `{date}`.
    pub state_waiting: String,
    /// The state of a receipt: someone has taken it on. Followed by who calls, and by when. `{receipt}`, `{date}`.
    pub state_taken: String,
    /// The state of a receipt: someone has called. `{receipt}`, `{date}`.
    pub state_handled: String,
    /// The state of a receipt: it was taken back. `{receipt}`, `{date}`.
    pub state_taken_back: String,
    /// What is kept, and for how long. `{days}`.
    pub kept: String,
    /// Above the button that takes it back.
    pub withdraw_lead: String,
    /// The button that takes it back.
    pub withdraw: String,
    /// The heading once it has been taken back.
    pub withdrawn: String,
    /// It has been taken back, and the address is deleted.
    pub withdrawn_text: String,
    /// There is nothing to take back.
    pub withdrawn_nothing: String,
    /// What is kept, on the page about privacy.
    pub privacy_kept: String,
    /// What is kept for how long, on the page about privacy.
    pub privacy_time: String,
    /// The names of the days of the week, from Monday.
    pub weekdays: Vec<String>,
}

/// The names of the times that suit best, as choices.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BestTimeNames {
    /// In the morning.
    pub morning: String,
    /// In the middle of the day.
    pub midday: String,
    /// In the afternoon.
    pub afternoon: String,
    /// Whenever.
    pub anytime: String,
}

impl BestTimeNames {
    /// The name of a time.
    pub fn name(&self, time: BestTime) -> &str {
        match time {
            BestTime::Morning => &self.morning,
            BestTime::Midday => &self.midday,
            BestTime::Afternoon => &self.afternoon,
            BestTime::Anytime => &self.anytime,
        }
    }
}
