//! The terminal channel: a conversation at the prompt, and how an answer looks there.

use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal};

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use crate::answering::{Block, Contact, Decision};
use crate::desk::{Desk, Message};
use crate::knowledge::{Language, Phrases, fill};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CAUTION: Style = AnsiColor::Yellow.on_default();
const ASK: Style = AnsiColor::Cyan.on_default().bold();

/// Lines longer than this are hard to read, whatever the window.
const WIDEST: usize = 84;

/// What a line at the prompt means.
enum Line<'a> {
    Ask(&'a str),
    Helpful(bool),
    Forget,
    Speak(Language),
    New,
    Help,
    Quit,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Line<'a> {
        match line.trim().to_lowercase().as_str() {
            "/ja" | "/yes" => Line::Helpful(true),
            "/nej" | "/no" => Line::Helpful(false),
            "/glöm" | "/glom" | "/forget" | "/glöm-mig" | "/forget-me" => Line::Forget,
            "/sv" => Line::Speak(Language::Swedish),
            "/en" => Line::Speak(Language::English),
            "/ny" | "/new" => Line::New,
            "/hjälp" | "/hjalp" | "/help" | "/?" => Line::Help,
            "/sluta" | "/quit" | "/exit" | "/q" => Line::Quit,
            _ => Line::Ask(line.trim()),
        }
    }
}

/// Holds a conversation until the input ends. Reads from the terminal with line editing, else line by line, so that
/// it can stand in a pipe.
///
/// Nothing that is typed is kept in a history file. Fails when the terminal cannot be read.
pub async fn run(desk: &Desk) -> anyhow::Result<()> {
    let mut language = language_of_environment(desk);
    let mut conversation = Desk::new_conversation();
    let mut input = Input::open()?;
    welcome(desk, language);
    while let Some(line) = input.read()? {
        match Line::read(&line) {
            Line::Quit => break,
            Line::Help => show(&format!(
                "{}\n",
                phrases(desk, language)
                    .terminal_help
                    .trim_start_matches('\n')
            )),
            Line::New => {
                conversation = Desk::new_conversation();
                welcome(desk, language);
            }
            Line::Speak(wanted) => {
                language = wanted;
                desk.speak(&conversation, language).await;
                welcome(desk, language);
            }
            Line::Forget => {
                let reply = desk.erase(&conversation).await;
                conversation = Desk::new_conversation();
                show(&render(
                    &reply.answer.blocks,
                    &phrases(desk, language),
                    width(),
                ));
            }
            Line::Helpful(helpful) => {
                let reply = desk.feedback(&conversation, "terminal", helpful).await;
                show(&render(
                    &reply.answer.blocks,
                    &phrases(desk, language),
                    width(),
                ));
            }
            Line::Ask("") => {}
            Line::Ask(text) => {
                let message = Message {
                    conversation: &conversation,
                    channel: "terminal",
                    text,
                    language: Some(language),
                };
                let reply = desk.ask(&message).await;
                language = reply.answer.language;
                let phrases = phrases(desk, language);
                let mut out = render(&reply.answer.blocks, &phrases, width());
                if reply.answer.decision == Decision::Answer {
                    let _ = writeln!(out, "{DIM}{}{DIM:#}", phrases.helpful_question);
                }
                show(&out);
            }
        }
    }
    show(&format!("{}\n", phrases(desk, language).terminal_bye));
    Ok(())
}

/// Lines from a person with line editing, or from a pipe without.
enum Input {
    Terminal(Box<DefaultEditor>),
    Pipe(std::io::Lines<std::io::StdinLock<'static>>),
}

impl Input {
    fn open() -> anyhow::Result<Input> {
        if std::io::stdin().is_terminal() {
            let editor = DefaultEditor::new()
                .context("the terminal cannot be used; pipe the questions in instead")?;
            Ok(Input::Terminal(Box::new(editor)))
        } else {
            Ok(Input::Pipe(std::io::stdin().lock().lines()))
        }
    }

    /// The next line; `None` at the end.
    fn read(&mut self) -> anyhow::Result<Option<String>> {
        match self {
            Input::Pipe(lines) => lines
                .next()
                .transpose()
                .context("the questions must be UTF-8 text"),
            Input::Terminal(editor) => match editor.readline("› ") {
                Ok(line) => {
                    // In memory only, for the arrow keys.
                    let _ = editor.add_history_entry(&line);
                    Ok(Some(line))
                }
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                Err(error) => Err(error).context("the terminal cannot be read"),
            },
        }
    }
}

fn phrases(desk: &Desk, language: Language) -> Phrases {
    desk.library()
        .current()
        .knowledge()
        .phrases(language)
        .clone()
}

/// English when the environment speaks neither Swedish nor nothing in particular.
fn language_of_environment(desk: &Desk) -> Language {
    let answerer = desk.library().current();
    let municipality = answerer.knowledge().municipality();
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|n| std::env::var(n).ok().filter(|v| !v.is_empty()))
        .unwrap_or_default();
    let wanted = Language::from_code(locale.split(['_', '.', '-']).next().unwrap_or_default());
    wanted
        .filter(|l| municipality.languages.contains(l) && locale.contains('_'))
        .unwrap_or(municipality.default_language)
}

fn welcome(desk: &Desk, language: Language) {
    let answerer = desk.library().current();
    let phrases = answerer.knowledge().phrases(language);
    let name = &answerer.knowledge().municipality().name;
    let mut out = format!(
        "\n{BOLD}{}{BOLD:#}\n\n",
        fill(&phrases.terminal_welcome, &[("municipality", name)])
    );
    for suggestion in &phrases.suggestions {
        let _ = writeln!(out, "  {DIM}{suggestion}{DIM:#}");
    }
    let _ = writeln!(out, "\n{DIM}/hjälp  /help{DIM:#}");
    show(&out);
}

fn show(text: &str) {
    use std::io::Write as _;
    let mut out = anstream::stdout().lock();
    // A reader that went away is no error of ours.
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

fn width() -> usize {
    textwrap::termwidth().saturating_sub(2).clamp(30, WIDEST)
}

/// The blocks of an answer as styled text, at most `width` columns wide.
pub fn render(blocks: &[Block], phrases: &Phrases, width: usize) -> String {
    let mut out = String::new();
    for block in blocks {
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
            Block::Facts { facts } => facts
                .iter()
                .for_each(|f| labelled(&mut out, &f.label, &f.value, width)),
            Block::Contact { contact } => {
                labelled(&mut out, &phrases.label_contact, &contact.name, width);
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
            Block::Receipt { text, .. } => paragraph(&mut out, text, Style::new(), "", width),
        }
    }
    out
}

fn ways(out: &mut String, contact: &Contact, width: usize) {
    for way in &contact.ways {
        let value = match &way.note {
            Some(note) => format!("{} ({note})", way.value),
            None => way.value.clone(),
        };
        labelled(out, &way.label, &value, width);
    }
}

fn labelled(out: &mut String, label: &str, value: &str, width: usize) {
    let head = format!("{label}:");
    let indent = " ".repeat(14);
    let options = textwrap::Options::new(width)
        .initial_indent("")
        .subsequent_indent(&indent);
    let padded = format!("{head:<13} {value}");
    let wrapped = textwrap::fill(&padded, options);
    let styled = wrapped.replacen(&head, &format!("{DIM}{head}{DIM:#}"), 1);
    let _ = writeln!(out, "{styled}");
}

fn paragraph(out: &mut String, text: &str, style: Style, margin: &str, width: usize) {
    let options = textwrap::Options::new(width)
        .initial_indent(margin)
        .subsequent_indent(margin)
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
