//! The sentences about what stands around every page of it.

use serde::Deserialize;

/// `[console.frame]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FramePhrases {
    /// The name of the console. `{municipality}`.
    pub title: String,
    /// For those who listen: what the sections are.
    pub nav: String,
    /// The section with the questions.
    pub queue: String,
    /// The section with those who want to be called.
    pub calls: String,
    /// The section with the ideas.
    pub ideas: String,
    /// The section of how much is asked.
    pub figures: String,
    /// The section with how far people come on the guided ways in.
    pub paths: String,
    /// The section with what is to be gone through.
    pub freshness: String,
    /// The section with what has been changed in what lots knows.
    pub changes: String,
    /// The section with the accounts.
    pub accounts: String,
    /// The section with the trail.
    pub audit: String,
    /// The section with what is held, erased and deleted.
    pub records: String,
    /// The section with what is switched for everyone.
    pub settings: String,
    /// For those who listen: what the name that follows leads to.
    pub account_label: String,
    /// The button that signs out.
    pub sign_out: String,
    /// The role that reads.
    pub reader: String,
    /// The role that answers and changes.
    pub editor: String,
    /// The role that sees to the accounts.
    pub admin: String,
    /// The heading when someone may not see a page.
    pub not_allowed: String,
    /// What to do then. `{role}`, `{own}`.
    pub not_allowed_text: String,
    /// The heading when a form is not taken.
    pub refused: String,
    /// The form belongs to another sign-in.
    pub refused_old: String,
    /// The database does not answer.
    pub away: String,
    /// The link back to where one was.
    pub back: String,
}

impl FramePhrases {
    /// What a role is called, by its code; one that is not known is shown as its code.
    pub fn role<'a>(&'a self, code: &'a str) -> &'a str {
        match code {
            "reader" => &self.reader,
            "editor" => &self.editor,
            "admin" => &self.admin,
            other => other,
        }
    }
}
