//! What a question comes to, in words that staff read.

use maud::{Markup, html};

use crate::answering::Outcome;
use crate::knowledge::{EntryId, Knowledge, Language, ReplayPhrases, fill};
use crate::web::browse;

/// Says what questions come to.
#[derive(Clone, Copy)]
pub(super) struct InWords<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) language: Language,
    pub(super) phrases: &'a ReplayPhrases,
    /// An entry that is being written, and its title.
    pub(super) written: Option<(&'a str, &'a str)>,
}

impl InWords<'_> {
    /// What a question comes to, with links to the entries that there are.
    pub(super) fn say(self, outcome: &Outcome) -> Markup {
        let phrases = self.phrases;
        match outcome {
            Outcome::Entry(entry) => html! {
                @if self.knowledge.entry(entry).is_some() {
                    a href=(browse::address(entry, self.language)) { (self.title(entry)) }
                } @else { (self.title(entry)) }
            },
            Outcome::Choice(entries) => {
                let titles: Vec<&str> = entries.iter().map(|entry| self.title(entry)).collect();
                let between = format!(" {} ", phrases.or);
                html! { (fill(&phrases.choice, &[("titles", &titles.join(&between))])) }
            }
            Outcome::Office(office) => {
                html! { (fill(&phrases.office, &[("name", self.title(office))])) }
            }
            Outcome::Elsewhere(body) => {
                html! { (fill(&phrases.elsewhere, &[("name", self.body(body))])) }
            }
            Outcome::Unknown => html! { (phrases.unknown) },
            Outcome::SmallTalk => html! { (phrases.small_talk) },
            Outcome::Crisis => html! { (phrases.crisis) },
        }
    }

    fn title<'b>(&'b self, entry: &'b EntryId) -> &'b str {
        match self.written {
            Some((id, title)) if id == entry.as_str() && !title.is_empty() => title,
            Some(_) | None => self.knowledge.title(entry, self.language),
        }
    }

    /// The name of a body outside the municipality in the language of the console.
    fn body<'b>(&'b self, name: &'b str) -> &'b str {
        let mut bodies = self.knowledge.elsewhere().iter();
        let english = bodies
            .find(|body| body.name_sv == name)
            .map(|body| body.name_en.as_str())
            .filter(|name| self.language == Language::English && !name.is_empty());
        english.unwrap_or(name)
    }
}
