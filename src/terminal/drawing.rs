//! How an answer looks in the terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::answering::{Block, Contact, Fit, Link, LinkKind, Match};
use crate::knowledge::{Phrases, fill};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
const CAUTION: Style = AnsiColor::Yellow.on_default();
/// Where values begin beside their labels, and where at most when a label is longer.
const COLUMN: usize = 14;
const WIDEST_COLUMN: usize = 26;
const ASK: Style = AnsiColor::Cyan.on_default().bold();

/// The blocks of an answer as styled text, at most `width` columns wide.
pub fn render(blocks: &[Block], phrases: &Phrases, width: usize) -> String {
    let mut out = String::new();
    // There is no paper here, and what stands on it stands above; how to be reminded is said below the answer.
    let is_drawn = |block: &&Block| !matches!(block, Block::Take { .. } | Block::Remind { .. });
    for block in blocks.iter().filter(is_drawn) {
        let _ = writeln!(out);
        match block {
            Block::Notice { text } => paragraph(&mut out, text, DIM, "", width),
            Block::Caution { text } => paragraph(&mut out, text, CAUTION, "│ ", width),
            Block::Title { text, .. } => paragraph(&mut out, text, BOLD, "", width),
            Block::Text { text } => markdown(&mut out, text, width),
            Block::Section { heading, text, .. } => {
                paragraph(&mut out, heading, BOLD, "", width);
                markdown(&mut out, text, width);
            }
            Block::Facts { facts } => {
                let longest = facts.iter().map(|f| f.label.chars().count()).max();
                let column = (longest.unwrap_or_default() + 2).clamp(COLUMN, WIDEST_COLUMN);
                for fact in facts {
                    labelled(&mut out, &fact.label, &fact.value, column, width);
                }
            }
            Block::Contact { contact } => {
                labelled(
                    &mut out,
                    &phrases.label_contact,
                    &contact.name,
                    COLUMN,
                    width,
                );
                ways(&mut out, contact, width);
            }
            Block::Line { contact, text } => {
                paragraph(&mut out, &contact.name, ASK, "", width);
                ways(&mut out, contact, width);
                markdown(&mut out, text, width);
            }
            Block::Sources { sources, reviewed } => {
                if !sources.is_empty() {
                    paragraph(&mut out, &phrases.label_sources, DIM, "", width);
                }
                for source in sources {
                    let name = match source.year {
                        Some(year) => format!("{} ({year})", source.name),
                        None => source.name.clone(),
                    };
                    paragraph(&mut out, &name, DIM, "  ", width);
                    // An address stays whole, so that a click or a copy takes all of it.
                    source.url.iter().for_each(|url| {
                        let _ = writeln!(out, "{DIM}  {url}{DIM:#}");
                    });
                }
                reviewed
                    .iter()
                    .for_each(|r| paragraph(&mut out, r, DIM, "", width));
            }
            Block::Choices { choices } => {
                for (i, choice) in choices.iter().enumerate() {
                    let _ = writeln!(out, "  {ASK}{}{ASK:#}  {}", i + 1, choice.title);
                }
            }
            Block::SeeAlso { choices } => {
                let titles: Vec<&str> = choices.iter().map(|c| c.title.as_str()).collect();
                paragraph(
                    &mut out,
                    &format!("{}: {}", phrases.label_see_also, titles.join(" · ")),
                    DIM,
                    "",
                    width,
                );
            }
            Block::Facets { facets } => {
                let asks: Vec<&str> = facets
                    .iter()
                    .filter(|(f, _)| f.describes())
                    .map(|(_, h)| h.as_str())
                    .collect();
                paragraph(
                    &mut out,
                    &format!("{}: {}", phrases.label_facets, asks.join(" · ")),
                    DIM,
                    "",
                    width,
                );
            }
            Block::Step {
                place,
                ask,
                hint,
                links,
                ..
            } => {
                paragraph(&mut out, place, DIM, "", width);
                paragraph(&mut out, ask, BOLD, "", width);
                hint.iter()
                    .for_each(|h| paragraph(&mut out, h, DIM, "", width));
                step_links(&mut out, links, width);
            }
            Block::Matches {
                heading,
                fit,
                matches,
            } => {
                paragraph(&mut out, heading, BOLD, "", width);
                matches.iter().for_each(|m| found(&mut out, m, *fit, width));
            }
            Block::Links { links } => on_links(&mut out, links, phrases, width),
            Block::Take { .. } | Block::Remind { .. } => {}
            Block::Receipt { text, .. } => paragraph(&mut out, text, Style::new(), "", width),
        }
    }
    out
}

/// The answers to a step under their numbers, and in one line below what can be typed instead.
fn step_links(out: &mut String, links: &[Link], width: usize) {
    let is_way_out = |link: &&Link| {
        matches!(
            link.kind,
            LinkKind::Unsure | LinkKind::Back | LinkKind::Stop
        )
    };
    for (i, link) in links.iter().enumerate().filter(|(_, l)| !is_way_out(l)) {
        let number = format!("  {ASK}{:<2}{ASK:#} ", i + 1);
        hanging(out, &link.label, Style::new(), &number, "     ", width);
    }
    let others: Vec<&str> = links
        .iter()
        .filter(is_way_out)
        .map(|l| l.label.as_str())
        .collect();
    if !others.is_empty() {
        paragraph(out, &others.join(" · "), DIM, "  ", width);
    }
}

/// What can be done where a guided way has led to something. What only leads into ways has no numbers, for a number there
/// means something else to whoever is not on one; its name can be typed.
fn on_links(out: &mut String, links: &[Link], phrases: &Phrases, width: usize) {
    if links.iter().any(|l| l.kind == LinkKind::Stop) {
        return step_links(out, links, width);
    }
    let names: Vec<&str> = links.iter().map(|l| l.label.as_str()).collect();
    let text = fill(&phrases.terminal_begin, &[("names", &names.join(" · "))]);
    paragraph(out, &text, DIM, "", width);
}

/// An entry that was led to, and why; of one that does not fit, only why not.
fn found(out: &mut String, found: &Match, fit: Fit, width: usize) {
    let _ = writeln!(out);
    paragraph(out, &found.title, ASK, "  ", width);
    if fit != Fit::Not {
        paragraph(out, &found.about, Style::new(), "  ", width);
    }
    let mut item = |text: &str, style| hanging(out, text, style, "  – ", "    ", width);
    found
        .because
        .iter()
        .for_each(|text| item(text, Style::new()));
    found.missing.iter().for_each(|text| item(text, CAUTION));
    let others = found.check.iter().chain(&found.prepare);
    others.for_each(|text| item(text, Style::new()));
    for fact in &found.facts {
        item(&format!("{}: {}", fact.label, fact.value), Style::new());
    }
}

fn ways(out: &mut String, contact: &Contact, width: usize) {
    for way in &contact.ways {
        let value = match &way.note {
            Some(note) => format!("{} ({note})", way.value),
            None => way.value.clone(),
        };
        labelled(out, &way.label, &value, COLUMN, width);
    }
}

/// A value behind its label, in a column of its own.
fn labelled(out: &mut String, label: &str, value: &str, column: usize, width: usize) {
    // What is a question has its mark already.
    let mark = if label.ends_with('?') { "" } else { ":" };
    let head = format!("{label}{mark}");
    let indent = " ".repeat(column);
    let options = textwrap::Options::new(width)
        .initial_indent("")
        .subsequent_indent(&indent);
    let filled = column - 1;
    let padded = format!("{head:<filled$} {value}");
    let wrapped = textwrap::fill(&padded, options);
    let styled = wrapped.replacen(&head, &format!("{DIM}{head}{DIM:#}"), 1);
    let _ = writeln!(out, "{styled}");
}

fn paragraph(out: &mut String, text: &str, style: Style, margin: &str, width: usize) {
    hanging(out, text, style, margin, margin, width);
}

/// A text whose first line begins otherwise than those that follow.
fn hanging(out: &mut String, text: &str, style: Style, first: &str, next: &str, width: usize) {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(next)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{style}{line}{style:#}");
    }
}

/// The little Markdown that entries have: paragraphs, lists, links.
fn markdown(out: &mut String, text: &str, width: usize) {
    for (i, block) in text.split("\n\n").enumerate() {
        if i > 0 {
            let _ = writeln!(out);
        }
        let mut item = String::new();
        for line in block.lines() {
            let starts_item = line.starts_with("- ")
                || line
                    .split_once(". ")
                    .is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
            if starts_item && !item.is_empty() {
                wrapped(out, &item, width);
                item.clear();
            }
            if !item.is_empty() {
                item.push(' ');
            }
            item.push_str(line.trim());
        }
        wrapped(out, &item, width);
    }
}

fn wrapped(out: &mut String, text: &str, width: usize) {
    let text = links(text);
    let hanging = if text.starts_with("- ") {
        "  "
    } else if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(". ") {
        "   "
    } else {
        ""
    };
    let options = textwrap::Options::new(width)
        .subsequent_indent(hanging)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    let _ = writeln!(out, "{}", textwrap::fill(&text, options));
}

/// `[text](address)` as `text (address)`; an address that is its own text stands once.
fn links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        let link = rest[start..].split_once("](").and_then(|(label, tail)| {
            tail.split_once(')')
                .map(|(address, after)| (&label[1..], address, after))
        });
        let Some((label, address, after)) = link.filter(|(label, ..)| !label.contains(['[', '\n']))
        else {
            out.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            continue;
        };
        out.push_str(&rest[..start]);
        let bare = address
            .trim_start_matches("https://")
            .trim_start_matches("www.")
            .trim_end_matches('/');
        if label.trim_start_matches("www.") == bare {
            out.push_str(label);
        } else {
            let _ = write!(out, "{label} ({address})");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_readable_without_a_mouse() {
        assert_eq!(
            links("se [bris.se](https://www.bris.se/) nu"),
            "se bris.se nu"
        );
        assert_eq!(
            links("läs [mer](https://a.se/b)."),
            "läs mer (https://a.se/b)."
        );
        assert_eq!(links("[inte en länk] (x)"), "[inte en länk] (x)");
    }

    #[test]
    fn lists_hang() {
        let mut out = String::new();
        markdown(
            &mut out,
            "1. ett två tre fyra fem sex sju åtta nio tio elva\n2. två",
            30,
        );
        assert_eq!(
            out,
            "1. ett två tre fyra fem sex\n   sju åtta nio tio elva\n2. två\n"
        );
    }
}
