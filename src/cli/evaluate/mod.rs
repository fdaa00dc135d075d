//! `lots evaluate`: a set of questions with what a careful human guide would do, and how often lots does it.

mod damage;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::ask::converse;
use super::print;
use crate::answering::{Answer, Answerer, Decision};
use crate::config::Settings;
use crate::desk::{find, open};

use damage::Damage;

#[derive(Debug, clap::Args)]
pub(super) struct EvaluateArgs {
    /// The set: one JSON object a line. Several with --markdown
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    /// Print every miss
    #[arg(long)]
    misses: bool,
    /// Print the figures as a Markdown table; several sets side by side
    #[arg(long)]
    markdown: bool,
    /// Damage every message first, as people in a hurry or without Swedish keys do
    #[arg(long)]
    damage: Option<Damage>,
}

/// One question of a set and what is expected.
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// Its name.
    pub id: String,
    /// The messages of the conversation; the last one is judged.
    pub turns: Vec<String>,
    /// `answer`, `choice`, `route`, `unknown`, `crisis`, `smalltalk`.
    pub expect: String,
    /// Acceptable entries.
    #[serde(default)]
    pub entries: Vec<String>,
    /// The right office.
    #[serde(default)]
    pub office: Option<String>,
    /// Other offices that are accepted.
    #[serde(default)]
    pub also: Vec<String>,
    /// Other decisions that are accepted.
    #[serde(default)]
    pub also_expect: Also,
    /// The entries that go with them.
    #[serde(default)]
    pub also_entries: Vec<String>,
    /// What must never reach the log.
    #[serde(default)]
    pub mask: Vec<String>,
    /// What makes it hard.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// One decision or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Also {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Default for Also {
    fn default() -> Self {
        Also::Many(Vec::new())
    }
}

impl Also {
    fn all(&self) -> &[String] {
        match self {
            Also::One(one) => std::slice::from_ref(one),
            Also::Many(many) => many,
        }
    }
}

/// How well a set is answered: shares from 0 to 1, and counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Of the questions that an entry answers: answered with an acceptable one.
    pub in_scope_right: f64,
    /// The same, or an acceptable one was offered to choose.
    pub in_scope_right_or_offered: f64,
    /// Answered with another entry.
    pub in_scope_wrong: f64,
    /// Of the questions that belong to an office: sent there.
    pub route_right: f64,
    /// Of the questions that nobody here owns: not answered.
    pub unknown_right: f64,
    /// Of the cries for help: met with the right line first.
    pub crisis_right: f64,
    /// Cries for help that were not heard.
    pub crisis_missed: usize,
    /// Taken for a cry for help without being one.
    pub false_alarms: usize,
    /// Of the small talk: taken as such.
    pub smalltalk_right: f64,
    /// Of all.
    pub all_right: f64,
    /// How many there are.
    pub items: usize,
}

/// How each question of a set came out, with the figures.
#[derive(Debug)]
pub struct Evaluation {
    /// The figures.
    pub figures: Figures,
    /// Per question: its item, what was answered, and a word for how that is.
    pub outcomes: Vec<(Item, Answer, &'static str)>,
}

/// Asks every question of a set and judges the answers, by the rules of the set's makers.
pub fn evaluate(answerer: &Answerer, items: Vec<Item>) -> Evaluation {
    let outcomes: Vec<(Item, Answer, &'static str)> = items
        .into_iter()
        .map(|item| {
            let answer = converse(answerer, &item.turns, 10);
            let verdict = verdict(&item, &answer);
            (item, answer, verdict)
        })
        .collect();
    let count = |expect: &[&str], verdict: &str| {
        outcomes
            .iter()
            .filter(|(i, _, v)| expect.contains(&i.expect.as_str()) && *v == verdict)
            .count()
    };
    let total = |expect: &[&str]| {
        outcomes
            .iter()
            .filter(|(i, ..)| expect.contains(&i.expect.as_str()))
            .count()
    };
    let share = |expect: &[&str], verdict: &str| {
        count(expect, verdict) as f64 / total(expect).max(1) as f64
    };
    let scope = ["answer", "choice"];
    let right = outcomes.iter().filter(|(.., v)| *v == "right").count();
    let figures = Figures {
        in_scope_right: share(&scope, "right"),
        in_scope_right_or_offered: (count(&scope, "right") + count(&scope, "offered")) as f64
            / total(&scope).max(1) as f64,
        in_scope_wrong: share(&scope, "wrong"),
        route_right: share(&["route"], "right"),
        unknown_right: share(&["unknown"], "right"),
        crisis_right: share(&["crisis"], "right"),
        crisis_missed: count(&["crisis"], "missed"),
        false_alarms: outcomes
            .iter()
            .filter(|(.., v)| *v == "false alarm")
            .count(),
        smalltalk_right: share(&["smalltalk"], "right"),
        all_right: right as f64 / outcomes.len().max(1) as f64,
        items: outcomes.len(),
    };
    Evaluation { figures, outcomes }
}

/// A word for how an answer is; `right` is the only success.
fn verdict(item: &Item, answer: &Answer) -> &'static str {
    let first = judge(item, answer, &item.expect, &item.entries);
    if first == "right" {
        return first;
    }
    let others = if item.also_entries.is_empty() {
        &item.entries
    } else {
        &item.also_entries
    };
    if item
        .also_expect
        .all()
        .iter()
        .any(|e| judge(item, answer, e, others) == "right")
    {
        return "right";
    }
    if item.expect != "crisis" && answer.decision == Decision::Crisis {
        return "false alarm";
    }
    first
}

fn judge(item: &Item, answer: &Answer, expect: &str, entries: &[String]) -> &'static str {
    let decision = answer.decision;
    let accepted = |id: &crate::knowledge::EntryId| entries.iter().any(|e| e == id.as_str());
    let first_accepted = answer.shown.first().is_some_and(accepted);
    let any_accepted = answer.shown.iter().any(accepted);
    match expect {
        "answer" => match decision {
            Decision::Answer if first_accepted => "right",
            Decision::Answer => "wrong",
            Decision::Choice if any_accepted => "offered",
            Decision::Choice
            | Decision::Route
            | Decision::Unknown
            | Decision::Crisis
            | Decision::SmallTalk
            | Decision::Path => "missed",
        },
        "choice" => match decision {
            Decision::Choice if any_accepted => "right",
            Decision::Answer if first_accepted => "right",
            Decision::Answer => "wrong",
            Decision::Choice
            | Decision::Route
            | Decision::Unknown
            | Decision::Crisis
            | Decision::SmallTalk
            | Decision::Path => "missed",
        },
        "route" => {
            let offices: Vec<&String> = item.office.iter().chain(&item.also).collect();
            let office = |id: &crate::knowledge::EntryId| offices.iter().any(|o| *o == id.as_str());
            match decision {
                Decision::Route if answer.office.as_ref().is_some_and(office) => "right",
                Decision::Answer
                    if answer
                        .shown
                        .first()
                        .is_some_and(|id| office(id) || accepted(id)) =>
                {
                    "right"
                }
                Decision::Answer | Decision::Choice | Decision::Crisis => "answered",
                Decision::Route | Decision::Unknown | Decision::SmallTalk | Decision::Path => {
                    "wrong office"
                }
            }
        }
        "unknown" => match decision {
            Decision::Unknown | Decision::Route => "right",
            Decision::Answer
            | Decision::Choice
            | Decision::Crisis
            | Decision::SmallTalk
            | Decision::Path => "answered",
        },
        "crisis" => match decision {
            Decision::Crisis if first_accepted => "right",
            Decision::Crisis => "wrong line first",
            Decision::Answer
            | Decision::Choice
            | Decision::Route
            | Decision::Unknown
            | Decision::SmallTalk
            | Decision::Path => "missed",
        },
        _ if decision == Decision::SmallTalk => "right",
        _ => "missed",
    }
}

/// The questions of a set. Fails with the line that cannot be read.
pub(super) fn read_items(path: &Path) -> anyhow::Result<Vec<Item>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(n, l)| {
            serde_json::from_str(l)
                .with_context(|| format!("{}:{}: not a question of a set", path.display(), n + 1))
        })
        .collect()
}

pub(super) fn run(settings: &Settings, args: &EvaluateArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        args.markdown || args.files.len() == 1,
        "one set at a time, or several with --markdown"
    );
    let answerer = open(&find(settings.knowledge.as_deref()))?;
    let mut evaluations = Vec::new();
    for file in &args.files {
        let mut items = read_items(file)?;
        if let Some(damage) = args.damage {
            items = damage.of_all(&items);
        }
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        evaluations.push((name.into_owned(), evaluate(&answerer, items)));
    }
    if args.markdown {
        print(&report::markdown(&evaluations))?;
    }
    for (_, evaluation) in evaluations.iter().filter(|_| !args.markdown) {
        if args.json {
            print(&format!(
                "{}\n",
                serde_json::to_string(&evaluation.figures)?
            ))?;
        } else {
            print(&report::text(evaluation, args.misses))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
