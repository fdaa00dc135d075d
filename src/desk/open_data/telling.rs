//! The open data in words, and as a file.

use jiff::civil::Date;
use serde::Serialize;

use super::{OpenData, OpenTopic, Subject};
use crate::desk::sheets::{self, Cell, Export};
use crate::knowledge::{EntryId, Knowledge, Language};

/// A number, by itself: of what time, and of what.
#[derive(Debug, Serialize)]
struct Line {
    from: Date,
    to: Date,
    figure: &'static str,
    topic: String,
    entry: String,
    office: String,
    waits: &'static str,
    at_least: u64,
}

const HEADS: [&str; 8] = [
    "from", "to", "figure", "topic", "entry", "office", "waits", "at_least",
];

impl OpenTopic {
    /// What it is, in words: the title of an entry, words that many have used, or that it is not told.
    pub fn name(&self, knowledge: &Knowledge, language: Language) -> String {
        let phrases = &knowledge.phrases(language).open_data;
        match &self.subject {
            Subject::Entry(id) => knowledge.title(id, language).to_owned(),
            Subject::Wording { text, .. } => text.clone(),
            Subject::Untold if self.is_open => phrases.untold_open.clone(),
            Subject::Untold => phrases.untold.clone(),
        }
    }
}

impl OpenData {
    /// The data as comma-separated values, a line for each number: how much was asked in a month, and how many have asked
    /// about something, in the whole time and in each month in which enough have.
    pub fn csv(&self, knowledge: &Knowledge, language: Language) -> String {
        let lines = self.lines(knowledge, language);
        sheets::text(Export::Csv, &HEADS, &lines, |line| {
            vec![
                line.from.to_string().as_str().into(),
                line.to.to_string().as_str().into(),
                line.figure.into(),
                line.topic.as_str().into(),
                line.entry.as_str().into(),
                line.office.as_str().into(),
                line.waits.into(),
                Cell::Number(line.at_least),
            ]
        })
    }

    fn lines(&self, knowledge: &Knowledge, language: Language) -> Vec<Line> {
        let mut lines = Vec::new();
        let until = |month: Date| month.last_of_month().min(self.to);
        for month in &self.months {
            let figures = [
                ("questions", month.questions),
                ("answered", month.answered),
                ("routed", month.routed),
                ("unknown", month.unknown),
            ];
            lines.extend(figures.into_iter().filter(|(_, count)| *count > 0).map(
                |(figure, at_least)| Line {
                    from: month.month,
                    to: until(month.month),
                    figure,
                    topic: String::new(),
                    entry: String::new(),
                    office: String::new(),
                    waits: "",
                    at_least,
                },
            ));
        }
        for topic in &self.topics {
            let whole = (self.from, self.to, topic.askers);
            let months = topic.months.iter();
            let months = months.map(|(month, askers)| (*month, until(*month), *askers));
            lines.extend(
                std::iter::once(whole)
                    .chain(months)
                    .map(|(from, to, at_least)| {
                        let entry = match &topic.subject {
                            Subject::Entry(id) => id.to_string(),
                            Subject::Wording { .. } | Subject::Untold => String::new(),
                        };
                        Line {
                            from,
                            to,
                            figure: "askers",
                            topic: topic.name(knowledge, language),
                            entry,
                            office: topic.office.as_ref().map_or("", EntryId::as_str).to_owned(),
                            waits: if topic.is_open { "yes" } else { "no" },
                            at_least,
                        }
                    }),
            );
        }
        lines
    }
}
