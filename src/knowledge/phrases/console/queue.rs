//! The sentences about the questions that wait.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.queue]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct QueuePhrases {
    /// The heading.
    pub heading: String,
    /// Nothing waits.
    pub waiting_none: String,
    /// One waits. `{asked}`.
    pub waiting_one: String,
    /// Several wait. `{count}`, `{asked}`.
    pub waiting: String,
    /// It was asked once.
    pub once: String,
    /// How often it was asked. `{count}`.
    pub times: String,
    /// For those who listen: what the form does.
    pub filter: String,
    /// The field to search.
    pub seek: String,
    /// How far staff have come.
    pub state: String,
    /// All that wait.
    pub waits: String,
    /// All that staff are done with.
    pub done: String,
    /// The office.
    pub office: String,
    /// The language.
    pub language: String,
    /// The channel.
    pub channel: String,
    /// Any of the choices.
    pub any: String,
    /// Only those with an answer that did not help.
    pub unhelpful: String,
    /// The order.
    pub order: String,
    /// The most asked first.
    pub most: String,
    /// The latest asked first.
    pub latest: String,
    /// The longest waiting first.
    pub oldest: String,
    /// The button that applies the choice.
    pub show: String,
    /// The link to what waits for one's own office.
    pub own: String,
    /// Before the choices in words.
    pub chosen: String,
    /// A choice in words. `{name}`, `{value}`.
    pub choice: String,
    /// The link that takes the choices away.
    pub clear: String,
    /// The column of the wordings.
    pub wording: String,
    /// The column of how often.
    pub count: String,
    /// The column of how often an answer did not help.
    pub unhelpful_count: String,
    /// How many of them had an answer that did not help. `{count}`.
    pub unhelpful_badge: String,
    /// When it was first asked.
    pub first: String,
    /// When it was last asked.
    pub last: String,
    /// Nothing waits, and what that means.
    pub empty: String,
    /// Nothing is done.
    pub empty_done: String,
    /// Nothing fits what was chosen.
    pub empty_chosen: String,
    /// The link to the next page.
    pub next: String,
    /// The link to the first page.
    pub first_page: String,
    /// Today.
    pub today: String,
    /// Yesterday.
    pub yesterday: String,
    /// Longer ago. `{days}`.
    pub days_ago: String,
    /// What the languages are called, by their codes.
    pub languages: BTreeMap<String, String>,
    /// What the channels are called, by their names.
    pub channels: BTreeMap<String, String>,
}

/// `[console.states]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct StatesPhrases {
    /// Nobody has looked at it.
    pub new: String,
    /// An office has it.
    pub assigned: String,
    /// It has an answer.
    pub answered: String,
    /// Its answer is taught.
    pub taught: String,
    /// It is for another body.
    pub not_ours: String,
    /// It needs no answer.
    pub dismissed: String,
}

impl StatesPhrases {
    /// What a state is called, by its code; one that is not known is shown as its code.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        match code {
            "new" => &self.new,
            "assigned" => &self.assigned,
            "answered" => &self.answered,
            "taught" => &self.taught,
            "not-ours" => &self.not_ours,
            "dismissed" => &self.dismissed,
            other => other,
        }
    }
}

impl QueuePhrases {
    /// What a language is called, by its code; its code when it has no name here.
    pub fn tongue<'a>(&'a self, code: &'a str) -> &'a str {
        self.languages.get(code).map_or(code, String::as_str)
    }

    /// What a channel is called; its own name when it has none here.
    pub fn channel<'a>(&'a self, name: &'a str) -> &'a str {
        self.channels.get(name).map_or(name, String::as_str)
    }
}
