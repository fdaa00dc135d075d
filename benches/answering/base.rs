//! The two bases, written out so that every system reads the same: a folder for lots, the texts in it for the others,
//! and the questions.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use serde::{Deserialize, Serialize};

use lots::desk::{Origin, read};
use lots::knowledge::{Files, Knowledge, Language, Text};

use super::generator::{ENTRIES, Generator};

/// The folder of the base, and the files beside it.
pub(crate) const BASE: &str = "base";
pub(crate) const DOCUMENTS: &str = "documents.jsonl";
pub(crate) const QUESTIONS: &str = "questions.jsonl";

/// How many questions a generated base is asked.
const GENERATED_QUESTIONS: usize = 1_000;

/// One text to find.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Document {
    pub(crate) id: String,
    pub(crate) text: String,
}

/// A question and the entries of which one should be found; none when the base has no answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub(crate) text: String,
    pub(crate) entries: Vec<String>,
}

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Base {
    /// The base of the repository, with the last turns of its development questions.
    Shipped,
    /// A large base of made-up entries, with its example questions put badly.
    Generated,
}

#[derive(Deserialize)]
struct Case {
    turns: Vec<String>,
    #[serde(default)]
    entries: Vec<String>,
}

impl Base {
    /// How many questions are measured at least.
    pub(crate) fn at_least(self) -> usize {
        match self {
            Base::Shipped => 5_000,
            Base::Generated => GENERATED_QUESTIONS,
        }
    }

    /// Writes the base, its texts and its questions into a folder; says in a line what they are.
    pub(crate) fn prepare(self, at: &Path) -> anyhow::Result<String> {
        let shipped = read(&Origin::Folder("knowledge".into()))?;
        let (files, questions) = match self {
            Base::Shipped => (shipped, development_questions()?),
            Base::Generated => {
                let generator = Generator::new(&texts(&shipped)?);
                let questions = (0..GENERATED_QUESTIONS)
                    .map(|n| generator.question(n))
                    .collect();
                (generator.files(&shipped), questions)
            }
        };
        write_folder(&files, &at.join(BASE))?;
        let documents = texts(&files)?;
        write_lines(&at.join(DOCUMENTS), &documents)?;
        write_lines(&at.join(QUESTIONS), &questions)?;
        let words: usize = documents
            .iter()
            .map(|d| d.text.split_whitespace().count())
            .sum();
        let name = match self {
            Base::Shipped => "the shipped base".to_owned(),
            Base::Generated => format!("a generated base of {} entries", separated(ENTRIES)),
        };
        let counts = (
            separated(documents.len()),
            separated(words),
            separated(questions.len()),
        );
        Ok(format!(
            "{name}: {} texts of together {} words, {} questions",
            counts.0, counts.1, counts.2
        ))
    }
}

fn development_questions() -> anyhow::Result<Vec<Wanted>> {
    let path = "tests/questions/dev.jsonl";
    let text = std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))?;
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|line| {
            let case: Case =
                serde_json::from_str(line).with_context(|| format!("{path}: {line}"))?;
            Ok(Wanted {
                text: case.turns.last().cloned().unwrap_or_default(),
                entries: case.entries,
            })
        })
        .collect()
}

/// Everything in a base that a question is matched against, a text per entry or body and language.
fn texts(files: &Files) -> anyhow::Result<Vec<Document>> {
    let knowledge = Knowledge::load(files)
        .knowledge
        .context("the base cannot be used; run `lots check`")?;
    let languages = &knowledge.municipality().languages;
    let mut out = Vec::new();
    for entry in knowledge.entries() {
        let own = entry.texts.iter().filter(|(l, _)| languages.contains(l));
        out.extend(own.map(|(_, text)| Document {
            id: entry.id.as_str().to_owned(),
            text: whole(text),
        }));
    }
    for (number, body) in knowledge.elsewhere().iter().enumerate() {
        for language in Language::ALL.into_iter().filter(|l| languages.contains(l)) {
            let text = std::iter::once(body.name(language))
                .chain(body.about(language).iter().map(String::as_str));
            out.push(Document {
                id: format!("elsewhere/{number}"),
                text: text.collect::<Vec<_>>().join("\n"),
            });
        }
    }
    Ok(out)
}

fn whole(text: &Text) -> String {
    let lists = [&text.also_called, &text.questions, &text.responsible_for];
    let mut parts: Vec<&str> = vec![&text.title];
    parts.extend(lists.into_iter().flatten().map(String::as_str));
    parts.push(&text.summary);
    parts.extend(text.sections.iter().map(|s| s.body.as_str()));
    parts.join("\n")
}

fn write_folder(files: &Files, folder: &Path) -> anyhow::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

fn write_lines<T: Serialize>(path: &Path, values: &[T]) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for value in values {
        serde_json::to_writer(&mut out, value)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// A number with its thousands apart.
fn separated(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|g| std::str::from_utf8(g).unwrap_or_default())
        .collect();
    groups.join(",")
}
