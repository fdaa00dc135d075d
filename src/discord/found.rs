//! What a guided way in has led to, as cards.

use super::card::{Card, Field};
use super::markdown::{from_base, literal};
use crate::answering::{Fact, Fit, Match};

/// Entries that have something in common: each in a field of its own with why it is shown, or in a line with why it does
/// not fit.
pub(super) fn found(heading: &str, fit: Fit, matches: &[Match]) -> Card {
    let title = literal(heading);
    match fit {
        Fit::Fits | Fit::Nearly => Card {
            title,
            fields: matches.iter().map(field).collect(),
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

fn field(found: &Match) -> Field {
    let about = Some(from_base(&found.about)).filter(|text| !text.is_empty());
    let because = found.because.iter().map(|text| item(&literal(text)));
    // What is to be done first is what must not be missed.
    let missing = found.missing.iter();
    let missing = missing.map(|text| item(&format!("**{}**", literal(text))));
    let others = found.check.iter().chain(&found.prepare);
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
