//! What a guided way in has led to, as cards: in full where there is room for all of it, else with less about each, for
//! everything can be read by itself.

use super::card::{Card, Field};
use super::markdown::{from_base, literal};
use crate::answering::{Fact, Fit, Match};

/// How much is said of each entry. Its title, what is missing first, and its dates and sums always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// No more.
    Dates,
    /// What it is.
    About,
    /// Why it is shown.
    Reasons,
    /// What is to be made sure of.
    Checks,
    /// Everything.
    Whole,
}

impl Detail {
    /// Less than everything, the most first.
    pub(super) const LESS: [Detail; 4] = [
        Detail::Checks,
        Detail::Reasons,
        Detail::About,
        Detail::Dates,
    ];
}

/// Entries that have something in common: each in a field of its own with why it is shown, or in a line with why it does
/// not fit.
pub(super) fn found(heading: &str, fit: Fit, matches: &[Match], detail: Detail) -> Card {
    let title = literal(heading);
    match fit {
        Fit::Fits | Fit::Nearly => Card {
            title,
            fields: matches.iter().map(|m| field(m, detail)).collect(),
            ..Card::default()
        },
        Fit::Not => Card {
            title,
            text: matches.iter().map(line).collect::<Vec<_>>().join("\n"),
            quiet: true,
            ..Card::default()
        },
    }
}

fn field(found: &Match, detail: Detail) -> Field {
    let about = Some(from_base(&found.about)).filter(|text| !text.is_empty());
    let about = about.filter(|_| detail >= Detail::About);
    let because = said_from(Detail::Reasons, detail, &found.because);
    let because = because.map(|text| item(&literal(text)));
    // What is to be done first is what must not be missed.
    let missing = found.missing.iter();
    let missing = missing.map(|text| item(&format!("**{}**", literal(text))));
    let check = said_from(Detail::Checks, detail, &found.check);
    let others = check.chain(said_from(Detail::Whole, detail, &found.prepare));
    let others = others.map(|text| item(&from_base(text)));
    let facts = found.facts.iter().map(fact);
    let lines = about.into_iter().chain(because).chain(missing);
    Field {
        name: literal(&found.title),
        value: lines
            .chain(others)
            .chain(facts)
            .collect::<Vec<_>>()
            .join("\n"),
        short: false,
    }
}

/// What is said from a detail on.
fn said_from(least: Detail, detail: Detail, texts: &[String]) -> impl Iterator<Item = &String> {
    let said = if detail >= least { texts } else { &[] };
    said.iter()
}

fn line(found: &Match) -> String {
    let because: Vec<String> = found.because.iter().map(|text| literal(text)).collect();
    item(&format!(
        "**{}**: {}",
        literal(&found.title),
        because.join(" ")
    ))
}

fn item(text: &str) -> String {
    format!("- {text}")
}

fn fact(fact: &Fact) -> String {
    // An address stays as it is, for Discord to link.
    let value = if fact.value.starts_with("https://") {
        fact.value.clone()
    } else {
        literal(&fact.value)
    };
    format!("- {}: {value}", literal(&fact.label))
}
