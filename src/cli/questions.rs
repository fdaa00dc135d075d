//! `lots questions`, `lots receipt`: the saved questions, before there is a console.

use std::fmt::Write as _;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};
use clap::Subcommand;

use super::keeping::parse;
use super::print;
use crate::app;
use crate::config::Settings;
use crate::desk::{Desk, Export, OpenQuestion, State};

/// What can be done with the saved questions.
#[derive(Debug, Subcommand)]
pub(super) enum QuestionsCommand {
    /// List the newest
    List {
        /// Only those in this state: new, assigned, answered, taught, not-ours, dismissed
        #[arg(long)]
        state: Option<String>,
        /// How many
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Show one in full
    Show {
        /// Its receipt code
        code: String,
    },
    /// Answer one: its receipt shows the text from then on
    Answer {
        /// Its receipt code
        code: String,
        /// The text in a file, `-` for standard input; without it, your editor ($VISUAL, $EDITOR) opens
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Write all of them to standard output
    Export {
        /// As comma-separated values
        #[arg(long, conflicts_with = "json", required_unless_present = "json")]
        csv: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(
    settings: &Settings,
    command: QuestionsCommand,
) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let outcome = act(&desk, command).await;
    desk.close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

async fn act(desk: &Desk, command: QuestionsCommand) -> anyhow::Result<()> {
    match command {
        QuestionsCommand::List { state, limit } => {
            let state = state.map(|s| State::from_code(&s).with_context(|| format!("{s:?} is not a state; use new, assigned, answered, taught, not-ours or dismissed"))).transpose()?;
            let questions = desk.questions(state, limit).await?;
            let mut out = String::new();
            for q in &questions {
                let office = q
                    .office
                    .as_deref()
                    .map_or("-", |o| o.trim_start_matches("offices/"));
                let _ = writeln!(
                    out,
                    "{}  {}  {:<9} {:<9} {:<2}  {office:<28} {}",
                    q.receipt,
                    &q.asked_at[..16.min(q.asked_at.len())],
                    q.state,
                    q.reason,
                    q.language,
                    one_line(&q.wording)
                );
            }
            for (state, count) in desk.counts().await? {
                let _ = write!(out, "{} {count}  ", state.code());
            }
            print(&format!("{}\n", out.trim_end()))
        }
        QuestionsCommand::Show { code } => {
            let receipt = parse(&code)?;
            let question = desk
                .question(&receipt)
                .await?
                .with_context(|| format!("there is no question {receipt}"))?;
            print(&shown(&question))
        }
        QuestionsCommand::Answer { code, file } => {
            let receipt = parse(&code)?;
            let question = desk
                .question(&receipt)
                .await?
                .with_context(|| format!("there is no question {receipt}"))?;
            let text = match file {
                Some(path) => read_answer(&path)?,
                None => edit_answer(&question)?,
            };
            if text.trim().is_empty() {
                bail!("the answer is empty, so nothing was changed");
            }
            desk.answer_question(&receipt, &text).await?;
            print(&format!(
                "question {receipt} is answered; its receipt shows the text now\n"
            ))
        }
        QuestionsCommand::Export { csv, .. } => {
            let form = if csv { Export::Csv } else { Export::Json };
            print(&format!("{}\n", desk.export(form).await?.trim_end()))
        }
    }
}

/// Prints what the holder of a receipt is told.
pub(super) async fn receipt(settings: &Settings, code: &str) -> anyhow::Result<ExitCode> {
    let receipt = parse(code)?;
    let desk = app::desk(settings).await?;
    let language = desk
        .library()
        .current()
        .knowledge()
        .municipality()
        .default_language;
    let reply = desk.receipt_state(&receipt, language).await;
    desk.close().await;
    print(&format!("{}\n", reply.answer.plain_text()))?;
    Ok(ExitCode::SUCCESS)
}

fn read_answer(path: &PathBuf) -> anyhow::Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input is not text")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Opens the editor on a file that holds the question as comments; they are taken out again.
fn edit_answer(question: &OpenQuestion) -> anyhow::Result<String> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|n| std::env::var(n).ok().filter(|v| !v.is_empty()))
        .unwrap_or_else(|| "vi".to_owned());
    let file = tempfile::Builder::new()
        .prefix("lots-")
        .suffix(".md")
        .tempfile()?;
    let question_lines: String = shown(question)
        .lines()
        .map(|l| format!("# {l}\n"))
        .collect();
    std::fs::write(
        file.path(),
        format!(
            "\n{question_lines}# Write the answer above. Lines that begin with # are left out; an empty answer changes nothing.\n"
        ),
    )?;
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program)
        .args(words)
        .arg(file.path())
        .status()
        .with_context(|| {
            format!("the editor {editor:?} cannot be started; set EDITOR, or use --file")
        })?;
    anyhow::ensure!(
        status.success(),
        "the editor {editor:?} ended with an error, so nothing was changed"
    );
    let text = std::fs::read_to_string(file.path())?;
    Ok(text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .collect::<Vec<_>>()
        .join("\n"))
}

fn shown(q: &OpenQuestion) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}  {}  {} ({})",
        q.receipt, q.asked_at, q.state, q.reason
    );
    let _ = writeln!(
        out,
        "language {}, channel {}, office {}",
        q.language,
        q.channel,
        q.office.as_deref().unwrap_or("-")
    );
    let _ = writeln!(out, "\n{}\n", q.wording);
    if let Some(complaint) = &q.complaint {
        let _ = writeln!(out, "did not help: {complaint}");
    }
    if let Some(remark) = &q.remark {
        let _ = writeln!(out, "remark: {remark}");
    }
    for (entry, confidence) in &q.nearest {
        let _ = writeln!(out, "nearest {confidence:.2}  {entry}");
    }
    if let Some(answer) = &q.answer {
        let _ = writeln!(
            out,
            "\nanswered {}:\n{answer}",
            q.answered_at.as_deref().unwrap_or_default()
        );
    }
    out
}

fn one_line(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 70 {
        format!("{}…", line.chars().take(69).collect::<String>())
    } else {
        line
    }
}
