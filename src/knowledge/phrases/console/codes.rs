//! The sentences about codes that follow the password.

use serde::Deserialize;

/// `[console.codes]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CodesPhrases {
    /// The heading.
    pub heading: String,
    /// What they are.
    pub lead: String,
    /// The link to the page about one's own.
    pub see: String,
    /// That everyone needs them here. `{name}`.
    pub required: String,
    /// The first step: an app.
    pub step_app: String,
    /// The second: what it is to scan.
    pub step_scan: String,
    /// What that is, for those who do not see it.
    pub drawing: String,
    /// What to type instead. The secret follows.
    pub step_type: String,
    /// The third: the code that it shows.
    pub step_code: String,
    /// The field of the code.
    pub code: String,
    /// What a code is.
    pub code_hint: String,
    /// The same, where a recovery code will do.
    pub code_or_recovery: String,
    /// The button that turns them on.
    pub turn_on: String,
    /// They are on.
    pub turned_on: String,
    /// The heading above the recovery codes.
    pub recovery: String,
    /// What they are for.
    pub recovery_lead: String,
    /// That they are not shown again.
    pub recovery_keep: String,
    /// The link on, once they are written down.
    pub kept: String,
    /// The link to what was wanted at first.
    pub go_on: String,
    /// They are on, and so many recovery codes are left. `{left}`.
    pub is_on: String,
    /// The heading and the button that makes new recovery codes.
    pub renew: String,
    /// What that does.
    pub renew_hint: String,
    /// The heading and the button that turns them off.
    pub turn_off: String,
    /// What that takes.
    pub turn_off_hint: String,
    /// They are off.
    pub turned_off: String,
    /// They cannot be turned off here.
    pub cannot_turn_off: String,
    /// The heading where a code is asked for.
    pub ask: String,
    /// Where it is found.
    pub ask_lead: String,
    /// What to do without the telephone.
    pub lost: String,
    /// The link back to the password.
    pub begin_again: String,
    /// The code is wrong or has been used.
    pub wrong: String,
    /// It took too long.
    pub too_late: String,
}
