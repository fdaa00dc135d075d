//! `lots ask`: one question through the desk, a stream of questions through the pure rooms, or why an answer is given.

use std::fmt::Write as _;
use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::Context;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{later, print};
use crate::answering::{Answer, Answerer, Conversation, Decision, Question};
use crate::app;
use crate::config::Settings;
use crate::desk::{Desk, Message, find, open};
use crate::terminal;

/// How a question is asked on the command line.
#[derive(Debug, clap::Args)]
pub(super) struct AskArgs {
    /// The question
    #[arg(required_unless_present = "jsonl")]
    text: Vec<String>,
    /// Print the answer as JSON
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// Read {"id", "turns"} lines and write an answer a line; needs no database, logs nothing
    #[arg(long, conflicts_with = "text")]
    jsonl: bool,
    /// Show how the question is weighed instead of answering it; as JSON with --json, of many with --jsonl
    #[arg(long)]
    explain: bool,
    /// How many candidates are ranked
    #[arg(long, default_value_t = 10)]
    top: usize,
}

/// A conversation to answer: its last turn is judged.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    id: serde_json::Value,
    turns: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Answered<'a> {
    id: &'a serde_json::Value,
    decision: Decision,
    ranked: Vec<(&'a str, f32)>,
    shown: Vec<&'a str>,
    office: Option<&'a str>,
    lang: &'a str,
    text: String,
}

pub(super) fn run(settings: &Settings, args: AskArgs) -> anyhow::Result<ExitCode> {
    if args.jsonl {
        return stream(settings, &args);
    }
    let text = args.text.join(" ");
    if args.explain {
        return explain(settings, &text, &args);
    }
    later(async {
        let desk = app::desk(settings).await?;
        let conversation = Desk::new_conversation();
        let message = Message {
            conversation: &conversation,
            channel: "terminal",
            text: &text,
            language: None,
        };
        let mut reply = desk.ask(&message).await;
        desk.say_hours(&mut reply.answer.blocks, reply.answer.language);
        desk.close().await;
        if args.json {
            let mut value = serde_json::to_value(&reply.answer)?;
            value["receipt"] = serde_json::to_value(reply.receipt.map(|r| r.to_string()))?;
            value["text"] = reply.answer.plain_text().into();
            return print(&format!("{}\n", serde_json::to_string_pretty(&value)?));
        }
        let library = desk.library().current();
        let width = textwrap::termwidth().clamp(40, 84);
        let out = terminal::render(
            &reply.answer.blocks,
            library.knowledge().phrases(reply.answer.language),
            width,
        );
        print(&out)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers lines until the input ends. A line that cannot be read gets an error in its place, and the rest goes on.
fn stream(settings: &Settings, args: &AskArgs) -> anyhow::Result<ExitCode> {
    let answerer = open(&find(settings.knowledge.as_deref()))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = 0;
    for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("standard input cannot be read")?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let written = match serde_json::from_slice::<Asked>(&line) {
            Ok(asked) if args.explain => {
                let last = asked.turns.last().map_or("", String::as_str);
                serde_json::to_string(&answerer.explain(last, args.top))?
            }
            Ok(asked) => {
                let answer = converse(&answerer, &asked.turns, args.top);
                serde_json::to_string(&Answered::new(&asked.id, &answer))?
            }
            Err(error) => {
                failed += 1;
                let reason = format!(
                    "line {} is not {{\"id\": …, \"turns\": [\"…\"]}}: {error}",
                    number + 1
                );
                serde_json::to_string(&serde_json::json!({ "error": reason }))?
            }
        };
        match writeln!(out, "{written}") {
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => return Ok(ExitCode::SUCCESS),
            other => other?,
        }
    }
    out.flush()?;
    Ok(if failed > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The answer to the last turn of a conversation; to nothing, when there is no turn.
pub(super) fn converse(answerer: &Answerer, turns: &[String], top: usize) -> Answer {
    let today = answerer
        .knowledge()
        .municipality()
        .local(Timestamp::now())
        .date();
    let mut conversation = Conversation::default();
    let mut ask = |text: &str| {
        let question = Question {
            text,
            language: None,
            today,
            top,
            kept_days: 0,
        };
        let (answer, after) = answerer.answer(&question, &conversation);
        conversation = after;
        answer
    };
    let Some((last, earlier)) = turns.split_last() else {
        return ask("");
    };
    for turn in earlier {
        ask(turn);
    }
    ask(last)
}

impl<'a> Answered<'a> {
    fn new(id: &'a serde_json::Value, answer: &'a Answer) -> Self {
        Answered {
            id,
            decision: answer.decision,
            ranked: answer
                .ranked
                .iter()
                .map(|c| (c.entry.as_str(), c.confidence))
                .collect(),
            shown: answer.shown.iter().map(|e| e.as_str()).collect(),
            office: answer.office.as_ref().map(|o| o.as_str()),
            lang: &answer.asked_in,
            text: answer.plain_text(),
        }
    }
}

fn explain(settings: &Settings, text: &str, args: &AskArgs) -> anyhow::Result<ExitCode> {
    let answerer = open(&find(settings.knowledge.as_deref()))?;
    let explanation = answerer.explain(text, args.top);
    if args.json {
        print(&format!(
            "{}\n",
            serde_json::to_string_pretty(&explanation)?
        ))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = String::new();
    let _ = writeln!(
        out,
        "language {}, an entry is an answer from confidence {:.2}",
        explanation.language, explanation.accept
    );
    let pattern = if explanation.crisis_pattern {
        "a pattern says so"
    } else {
        "no pattern says so"
    };
    let _ = writeln!(
        out,
        "a cry for help: {:.2} by what was learnt, {pattern}; taken for one from {:.2}\n",
        explanation.crisis_likelihood, explanation.crisis_from
    );
    for word in &explanation.words {
        let _ = writeln!(out, "  {word}");
    }
    for weighed in &explanation.weighed {
        let _ = writeln!(
            out,
            "\n{:.3}  {}  (score {:.3})",
            weighed.confidence, weighed.target, weighed.score
        );
        let _ = writeln!(out, "       {}", weighed.wording);
        let features: Vec<String> = weighed
            .features
            .iter()
            .map(|(name, value, share)| format!("{name} {value:.2} → {share:.3}"))
            .collect();
        let _ = writeln!(out, "       {}", features.join("  "));
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}
