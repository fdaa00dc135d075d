//! The sentences about records: what is held, what is erased, what was deleted, and the diary.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.records]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RecordsPhrases {
    /// The heading.
    pub heading: String,
    /// What it is.
    pub lead: String,
    /// The heading over the field for a receipt.
    pub look: String,
    /// What that shows.
    pub look_hint: String,
    /// The field.
    pub code: String,
    /// The button.
    pub look_button: String,
    /// There is nothing with that receipt. `{text}`.
    pub unknown: String,
    /// The heading over what someone wants erased.
    pub wanted: String,
    /// What is to be done about it.
    pub wanted_hint: String,
    /// There is none.
    pub wanted_none: String,
    /// The heading over what is held.
    pub held: String,
    /// There is none.
    pub held_none: String,
    /// Why, since when and by whom. `{why}`, `{date}`, `{by}`.
    pub held_since: String,
    /// When it was wanted erased. `{date}`.
    pub asked: String,
    /// The heading over the record of deletions.
    pub purged: String,
    /// What that is.
    pub purged_lead: String,
    /// The link to it.
    pub purged_link: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The button.
    pub show: String,
    /// The link to the same for a spreadsheet.
    pub csv: String,
    /// How to have it on paper.
    pub print_hint: String,
    /// The days that are shown, and how often the rules were applied. `{from}`, `{to}`, `{runs}`.
    pub period: String,
    /// The decision that holds now. `{reference}`.
    pub decision_now: String,
    /// No decision is stated.
    pub decision_unstated: String,
    /// The heading over the sums.
    pub totals: String,
    /// The heading over each deletion.
    pub each: String,
    /// When.
    pub when: String,
    /// What.
    pub what: String,
    /// How much.
    pub count: String,
    /// The time limit.
    pub limit: String,
    /// A number of days. `{days}`.
    pub days: String,
    /// It went at someone's wish.
    pub at_wish: String,
    /// The decision.
    pub decision: String,
    /// None was stated.
    pub no_decision: String,
    /// The run.
    pub run: String,
    /// Nothing was deleted.
    pub none: String,
    /// What the rules delete, by the name of the rule; those about questions and ideas in a state begin with
    /// `questions` and `ideas`.
    pub rules: BTreeMap<String, String>,
    /// A rule about a state. `{what}`, `{state}`.
    pub rule_of_state: String,
    /// The heading over the form for someone on Discord.
    pub person: String,
    /// What that does.
    pub person_hint: String,
    /// The field for an id.
    pub id: String,
    /// Why, if one likes to say.
    pub reason: String,
    /// The button.
    pub erase_person: String,
    /// It is done. `{questions}`, `{held}`.
    pub person_erased: String,
    /// It is no id.
    pub no_id: String,
    /// No token is set.
    pub no_token: String,
    /// The title of one. `{receipt}`.
    pub title: String,
    /// The heading over holding.
    pub hold: String,
    /// What that does.
    pub hold_hint: String,
    /// The field for why.
    pub why: String,
    /// The reasons, by code.
    pub whys: BTreeMap<String, String>,
    /// The field for more about it.
    pub note: String,
    /// What may stand there.
    pub note_hint: String,
    /// The button that holds.
    pub hold_button: String,
    /// The same for all questions of a cluster.
    pub hold_all: String,
    /// Another reason needs a note.
    pub no_note: String,
    /// It is held. `{why}`, `{date}`, `{by}`.
    pub is_held: String,
    /// Whoever asked wants it erased. `{date}`.
    pub wants_erased: String,
    /// The button that holds no longer.
    pub release: String,
    /// The same for one that is erased then.
    pub release_and_erase: String,
    /// The heading over the diary.
    pub diary: String,
    /// What that is.
    pub diary_hint: String,
    /// The button for the file.
    pub diary_file: String,
    /// The button for the page.
    pub diary_page: String,
    /// It stands in the diary. `{date}`.
    pub is_registered: String,
    /// That it should be held then.
    pub hold_suggested: String,
    /// The heading of the page on paper.
    pub diary_heading: String,
    /// When it was made. `{date}`.
    pub made: String,
    /// The checksum. `{hash}`.
    pub checksum: String,
    /// The link to the schema.
    pub schema: String,
    /// The heading over erasing.
    pub erase: String,
    /// What that does.
    pub erase_hint: String,
    /// The choice to have all of the conversation erased.
    pub erase_all: String,
    /// The button.
    pub erase_button: String,
    /// For those who may not.
    pub only_admins: String,
    /// What was done, by code.
    pub done: BTreeMap<String, String>,
    /// The way from a question to its record. `{receipt}`.
    pub open: String,
    /// A badge: so many are held. `{count}`.
    pub held_badge: String,
    /// A badge: so many are wanted erased. `{count}`.
    pub asked_badge: String,
    /// A badge: so many stand in the diary. `{count}`.
    pub registered_badge: String,
}
