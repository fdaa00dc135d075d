//! The sentences of the pages of the entries.

use serde::Deserialize;

use crate::knowledge::EntryKind;

/// `[browse]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BrowsePhrases {
    /// The heading above everything there is to read.
    pub all: String,
    /// Under that heading.
    pub all_lead: String,
    /// The way back to the conversation, first where it says where one is.
    pub start: String,
    /// What the row that says where one is is called, for those who listen.
    pub trail: String,
    /// The heading of a kind: money to apply for.
    pub grants: String,
    /// Prizes and scholarships.
    pub awards: String,
    /// Advisory councils.
    pub councils: String,
    /// Offices of the municipality.
    pub offices: String,
    /// Functions to talk to.
    pub contacts: String,
    /// Activities and meeting places.
    pub activities: String,
    /// Networks and partnerships.
    pub networks: String,
    /// Associations.
    pub associations: String,
    /// How to do something.
    pub guides: String,
    /// Lines to call in need.
    pub helplines: String,
    /// The label of the search field.
    pub search_label: String,
    /// The button of the search field.
    pub search_button: String,
    /// Above what was found. `{query}`.
    pub found: String,
    /// Nothing was found. `{query}`.
    pub found_nothing: String,
    /// What one can do instead, or as well.
    pub ask_instead: String,
    /// The link to the conversation, with what was sought as the question.
    pub ask_button: String,
    /// The way back from what was found to everything.
    pub show_all: String,
    /// In a list, before what an entry that is no longer there was.
    pub ended: String,
    /// In a list, a last day that is near. `{date}`.
    pub deadline_soon: String,
    /// The same, from an older source. `{date}`, `{year}`.
    pub deadline_soon_old: String,
    /// What else an entry is called. `{names}`.
    pub also_called: String,
    /// The link to the conversation about an entry.
    pub ask_about: String,
    /// Above entries that lie near.
    pub related: String,
    /// Above the entries that an office or a contact answers for. `{title}`.
    pub answers_for: String,
    /// The link that puts all last days of an entry into a calendar.
    pub calendar_add: String,
    /// The link to all last days, for a calendar.
    pub calendar_all: String,
    /// What to do with that link.
    pub calendar_how: String,
    /// What the calendar is called. `{municipality}`.
    pub calendar_name: String,
    /// What the calendar is. `{municipality}`.
    pub calendar_about: String,
    /// In a calendar, a last day. `{title}`.
    pub event: String,
    /// In a calendar, a last day that may not be the day any longer. `{title}`.
    pub event_unsure: String,
    /// In a calendar, why it may not. `{year}`.
    pub event_old: String,
    /// In a calendar, some days before a last day. `{title}`, `{days}`.
    pub event_reminder: String,
    /// A page is only written in the other language.
    pub only_in_other: String,
    /// The title of the page of what is not there.
    pub missing: String,
    /// What to do when something is not there.
    pub missing_lead: String,
    /// Above what may have been meant.
    pub missing_near: String,
}

impl BrowsePhrases {
    /// The heading of a kind.
    pub fn kind(&self, kind: EntryKind) -> &str {
        match kind {
            EntryKind::Grants => &self.grants,
            EntryKind::Awards => &self.awards,
            EntryKind::Councils => &self.councils,
            EntryKind::Offices => &self.offices,
            EntryKind::Contacts => &self.contacts,
            EntryKind::Activities => &self.activities,
            EntryKind::Networks => &self.networks,
            EntryKind::Associations => &self.associations,
            EntryKind::Guides => &self.guides,
            EntryKind::Helplines => &self.helplines,
        }
    }
}
