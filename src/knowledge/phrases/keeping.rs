//! The sentences about what is kept of one receipt: seeing it, erasing it, and what stays.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[keeping]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct KeepingPhrases {
    /// What has a receipt was erased. `{receipt}`.
    pub erased: String,
    /// Questions stay because staff must keep them. `{count}`.
    pub held: String,
    /// A question stays which its holder wants erased. `{receipt}`, `{date}`, `{why}`.
    pub wanted_erased: String,
    /// Why a question is kept, by code, as it stands in `wanted_erased`.
    pub why: BTreeMap<String, String>,
    /// Whom to turn to. `{mail}`.
    pub officer: String,
    /// The same, when no data protection officer is stated. `{way_in}`.
    pub no_officer: String,
    /// What one can type in the terminal to erase by a receipt has no receipt in it.
    pub no_code: String,
    /// The link to all that is kept.
    pub link: String,
    /// The heading of that page. `{receipt}`.
    pub heading: String,
    /// What it is.
    pub lead: String,
    /// The link to the same as a file.
    pub file: String,
    /// What opens the form that erases it.
    pub erase: String,
    /// What that does.
    pub erase_hint: String,
    /// The choice to have all of the conversation erased.
    pub erase_all: String,
    /// The button that erases it.
    pub erase_button: String,
    /// The way back to the receipt.
    pub back: String,
    /// What was left.
    pub kind: String,
    /// A question, an idea or a wish to be called, by code.
    pub kinds: BTreeMap<String, String>,
    /// When it was left.
    pub left: String,
    /// The channel.
    pub channel: String,
    /// The language.
    pub language: String,
    /// What was written.
    pub words: String,
    /// Nothing of that is kept any longer.
    pub no_words: String,
    /// Why a question was saved.
    pub reason: String,
    /// Those reasons, by code.
    pub reasons: BTreeMap<String, String>,
    /// Why an answer did not help.
    pub complaint: String,
    /// Which texts came closest.
    pub nearest: String,
    /// What was chosen on the way.
    pub chosen: String,
    /// Who has it.
    pub office: String,
    /// How far it has come.
    pub state: String,
    /// How far ideas and wishes to be called have come, by code.
    pub states: BTreeMap<String, String>,
    /// The answer.
    pub answer: String,
    /// When it was given, and by which role. `{date}`, `{role}`.
    pub answered: String,
    /// An address to call or write to.
    pub address: String,
    /// That it is kept whole, and shown so. `{end}`.
    pub address_kept: String,
    /// Where someone is told of the answer.
    pub told: String,
    /// That an address is kept there. `{channel}`.
    pub told_by: String,
    /// How long it is kept.
    pub kept: String,
    /// Until when. `{date}`, `{days}`.
    pub kept_until: String,
    /// It is held. `{why}`, `{date}`.
    pub kept_held: String,
    /// When it was wanted erased.
    pub asked: String,
    /// When it was exported to the diary.
    pub registered: String,
    /// What has been done.
    pub acts: String,
    /// Nothing has.
    pub acts_none: String,
    /// Roles, by code.
    pub roles: BTreeMap<String, String>,
}

impl KeepingPhrases {
    /// Why a question is kept, by a code; the code itself when there is no phrase for it.
    pub fn why<'a>(&'a self, code: &'a str) -> &'a str {
        self.why.get(code).map_or(code, String::as_str)
    }
}
