//! The sentences of the pages about privacy and accessibility.

use serde::Deserialize;

/// `[page.privacy]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PrivacyPhrases {
    /// The title.
    pub title: String,
    /// What it comes to, in a few sentences.
    pub lead: String,
    /// The heading about what is kept.
    pub kept_heading: String,
    /// What is kept: one point each.
    pub kept: Vec<String>,
    /// What is kept of people on Discord, where lots answers there.
    pub kept_discord: String,
    /// That staff are told of questions there, where they are.
    pub kept_staff_discord: String,
    /// That staff are sent what was asked most, where they are.
    pub kept_sent: String,
    /// What is counted. `{days}`.
    pub kept_counts: String,
    /// That what staff do is written down.
    pub kept_acts: String,
    /// The heading about what is never kept.
    pub never_heading: String,
    /// What is never kept: one point each.
    pub never: Vec<String>,
    /// The heading about how long.
    pub time_heading: String,
    /// The sentence above the table.
    pub time_lead: String,
    /// The head of the first column.
    pub time_what: String,
    /// The head of the second column.
    pub time_long: String,
    /// Questions that nobody has answered.
    pub time_new: String,
    /// Questions that lie with an office.
    pub time_assigned: String,
    /// Questions that have been answered.
    pub time_answered: String,
    /// Questions whose answer has become part of the base.
    pub time_taught: String,
    /// Questions that are not the municipality's.
    pub time_not_ours: String,
    /// Questions that needed no answer.
    pub time_dismissed: String,
    /// What a conversation was about.
    pub time_conversation: String,
    /// The conversation as it is shown on the page. `{minutes}`.
    pub time_transcript: String,
    /// A number of days. `{days}`.
    pub days: String,
    /// One day.
    pub one_day: String,
    /// No day: it goes at the next run.
    pub no_day: String,
    /// The decision that the times rest on. `{reference}`.
    pub archive: String,
    /// No decision has been stated.
    pub archive_unstated: String,
    /// The heading about cookies.
    pub cookie_heading: String,
    /// The one cookie: what for, when it is set, when it ends.
    pub cookie: String,
    /// The heading about the law and who answers for it.
    pub law_heading: String,
    /// Who is the controller. `{controller}`.
    pub controller: String,
    /// The controller has not been stated.
    pub controller_unstated: String,
    /// The legal basis. `{basis}`.
    pub basis: String,
    /// The legal basis has not been stated.
    pub basis_unstated: String,
    /// The data protection officer. `{mail}`, as a link.
    pub officer: String,
    /// The data protection officer has not been stated.
    pub officer_unstated: String,
    /// The heading about rights.
    pub rights_heading: String,
    /// What one may ask for: one point each.
    pub rights: Vec<String>,
    /// Where to complain; Markdown.
    pub complain: String,
}

/// `[page.accessibility]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AccessibilityPhrases {
    /// The title.
    pub title: String,
    /// What the law asks, and what this page is.
    pub lead: String,
    /// The heading about how accessible it is.
    pub status_heading: String,
    /// It meets every requirement.
    pub full: String,
    /// It does not meet every requirement.
    pub partial: String,
    /// It does not meet the requirements.
    pub not: String,
    /// It has not been stated.
    pub unstated: String,
    /// The heading about what does not work yet.
    pub limits_heading: String,
    /// Nothing is known that does not work.
    pub no_limits: String,
    /// The heading about how to report.
    pub report_heading: String,
    /// Whom to tell of what does not work. `{contact}`, as a link.
    pub report: String,
    /// Whom to tell, when nobody has been named: the way in. `{way_in}`.
    pub report_unstated: String,
    /// The heading about who supervises.
    pub supervision_heading: String,
    /// Who supervises, and how to complain there; Markdown.
    pub supervision: String,
    /// The heading about how it was tested.
    pub test_heading: String,
    /// When it was last tested. `{date}`.
    pub tested: String,
    /// It has not been stated when it was tested.
    pub untested: String,
    /// How the pages are built to be usable: one point each.
    pub made_so: Vec<String>,
}
