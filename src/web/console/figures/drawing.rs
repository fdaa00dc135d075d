//! What the page of the figures is drawn with.

use maud::Markup;

use super::PATH;
use crate::desk::Span;
use crate::knowledge::{ConsolePhrases, EntryId, FiguresPhrases, Knowledge, Language, fill};
use crate::web::console::frame::{self, Sheet};
use crate::web::console::section::Section;
use crate::web::console::signed_in::SignedIn;
use crate::web::site::Site;

/// Letters of a month's name that stand in a drawing.
const SHORT: usize = 3;

/// What the page is drawn with: for whom, from what base, in which words.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) site: &'a Site,
    pub(super) signed: &'a SignedIn,
    pub(super) knowledge: &'a Knowledge,
    pub(super) console: &'a ConsolePhrases,
    pub(super) phrases: &'a FiguresPhrases,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(
        site: &'a Site,
        signed: &'a SignedIn,
        knowledge: &'a Knowledge,
    ) -> Drawing<'a> {
        let console = &knowledge.phrases(signed.language).console;
        Drawing {
            site,
            signed,
            knowledge,
            console,
            phrases: &console.figures,
        }
    }

    pub(super) fn language(&self) -> Language {
        self.signed.language
    }

    pub(super) fn page(&self, main: Markup) -> Markup {
        let sheet = Sheet {
            title: &self.phrases.heading,
            section: Section::Figures,
            path: PATH,
            main,
        };
        frame::draw(self.site, self.signed, &sheet)
    }

    /// What an entry is called.
    pub(super) fn title(&self, id: &'a EntryId) -> &'a str {
        self.knowledge.title(id, self.language())
    }

    /// What a language is called.
    pub(super) fn tongue(&self, code: &'a str) -> &'a str {
        match code {
            "und" => &self.phrases.unclear,
            code => self.console.queue.tongue(code),
        }
    }

    /// A share in words; a dash when it is of nothing.
    pub(super) fn share(&self, percent: Option<u64>) -> String {
        match percent {
            Some(percent) => fill(&self.phrases.percent, &[("percent", &percent.to_string())]),
            None => "–".to_owned(),
        }
    }

    /// How long something took, in the largest unit that there is two of.
    pub(super) fn minutes(&self, minutes: Option<u64>) -> String {
        let Some(minutes) = minutes else {
            return "–".to_owned();
        };
        let (phrase, count) = match minutes {
            ..120 => (&self.phrases.minutes, minutes),
            120..2_880 => (&self.phrases.hours, minutes / 60),
            _ => (&self.phrases.whole_days, minutes / 1_440),
        };
        fill(phrase, &[("count", &count.to_string())])
    }

    /// What stands below some days in a drawing.
    pub(super) fn short(&self, span: &Span, is_month: bool) -> String {
        let months = &self.knowledge.phrases(self.language()).months;
        let month = months.get(span.from.month() as usize - 1);
        let month: String = month
            .map_or("", String::as_str)
            .chars()
            .take(SHORT)
            .collect();
        if is_month {
            month
        } else {
            format!("{} {month}", span.from.day())
        }
    }

    /// Some days in a table.
    pub(super) fn days(&self, span: &Span) -> String {
        if span.from == span.to {
            span.from.to_string()
        } else {
            format!("{} – {}", span.from, span.to)
        }
    }
}
