//! The terminal channel: a conversation at the prompt.

mod drawing;

use std::fmt::Write as _;
use std::io::{BufRead, IsTerminal};

use anyhow::Context;
use jiff::civil::Date;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use crate::answering::{Block, Decision};
use crate::desk::{Desk, Message, Receipt};
use crate::knowledge::{EntryId, Language, Phrases, fill};
use drawing::{BOLD, DIM};

pub use drawing::render;

/// Lines longer than this are hard to read, whatever the window.
const WIDEST: usize = 84;

/// Where a last day can be had for a calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The address that residents reach the page at: scheme and host.
    pub address: String,
    /// The path of a last day there.
    pub path: fn(&EntryId, Language, Date) -> String,
}

/// What a line at the prompt means.
enum Line<'a> {
    Ask(&'a str),
    Helpful(bool),
    Forget,
    ForgetReceipt(&'a str),
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
            _ => Line::read_receipt(line).unwrap_or(Line::Ask(line.trim())),
        }
    }

    /// Erasing by a receipt: the command, and what stands after it.
    fn read_receipt(line: &'a str) -> Option<Line<'a>> {
        let (command, code) = line.trim().split_once(char::is_whitespace)?;
        match Line::read(command) {
            Line::Forget => Some(Line::ForgetReceipt(code.trim())),
            Line::Ask(_)
            | Line::Helpful(_)
            | Line::ForgetReceipt(_)
            | Line::Speak(_)
            | Line::New
            | Line::Help
            | Line::Quit => None,
        }
    }
}

/// Holds a conversation until the input ends. Reads from the terminal with line editing, else line by line, so that
/// it can stand in a pipe.
///
/// Nothing that is typed is kept in a history file. Fails when the terminal cannot be read.
pub async fn run(desk: &Desk, calendar: Option<&Calendar>) -> anyhow::Result<()> {
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
                match desk.whereabouts(&conversation, language) {
                    Some(blocks) => show(&render(&blocks, &phrases(desk, language), width())),
                    None => welcome(desk, language),
                }
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
            Line::ForgetReceipt(code) => {
                let text = forget_receipt(desk, code, language).await;
                show(&format!("{text}\n"));
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
                let mut reply = desk.ask(&message).await;
                language = reply.answer.language;
                desk.say_hours(&mut reply.answer.blocks, language);
                let phrases = phrases(desk, language);
                let mut out = render(&reply.answer.blocks, &phrases, width());
                // Below a step, it would be taken for the step's question.
                let on_step = matches!(reply.answer.blocks.last(), Some(Block::Step { .. }));
                if !on_step {
                    for text in reminding(&reply.answer.blocks, calendar, language, &phrases) {
                        let _ = writeln!(out, "{DIM}{text}{DIM:#}\n");
                    }
                }
                if reply.answer.decision == Decision::Answer && !on_step {
                    let _ = writeln!(out, "{DIM}{}{DIM:#}", phrases.helpful_question);
                }
                show(&out);
            }
        }
    }
    show(&format!("{}\n", phrases(desk, language).terminal_bye));
    Ok(())
}

/// Erases what has a receipt; what to say of it.
async fn forget_receipt(desk: &Desk, code: &str, language: Language) -> String {
    let phrases = phrases(desk, language);
    let Some(receipt) = Receipt::parse(code) else {
        return phrases.keeping.no_code.clone();
    };
    match desk.erase_receipt(&receipt, false).await {
        Ok((erased, _)) => desk.erased_receipt_text(&receipt, &erased, language),
        Err(_) => phrases.erase_unavailable,
    }
}

/// How to be reminded of the last days in an answer. An address stays whole, so that a click or a copy takes all of it.
fn reminding(
    blocks: &[Block],
    calendar: Option<&Calendar>,
    language: Language,
    phrases: &Phrases,
) -> Vec<String> {
    let days = blocks.iter().filter_map(|block| match block {
        Block::Remind { entry, day } => Some((entry, *day)),
        _ => None,
    });
    let said = days.map(|(entry, day)| match calendar {
        Some(Calendar { address, path }) => {
            let address = format!("{address}{}", path(entry, language, day));
            fill(&phrases.reminder.terminal, &[("address", &address)])
        }
        None => textwrap::fill(&phrases.reminder.terminal_page, width()),
    });
    let mut said: Vec<String> = said.collect();
    said.dedup();
    said
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

    /// The next line, which can be had again with the arrow keys; `None` at the end.
    fn read(&mut self) -> anyhow::Result<Option<String>> {
        match self {
            Input::Pipe(lines) => lines
                .next()
                .transpose()
                .context("the questions must be UTF-8 text"),
            Input::Terminal(editor) => match editor.readline("› ") {
                Ok(line) => {
                    // In memory only.
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
