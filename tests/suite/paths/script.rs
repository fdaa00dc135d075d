//! A script: a story of someone on a guided way in, as it stands in `tests/questions/paths/`. How it is written stands in
//! the README there.

use std::path::Path;

use lots::knowledge::{EntryId, Language};

/// A story.
#[derive(Debug)]
pub(super) struct Script {
    /// Where it stands.
    pub(super) file: String,
    pub(super) title: String,
    /// The language that the person has chosen.
    pub(super) language: Language,
    pub(super) turns: Vec<Turn>,
}

/// What the person does, and what is expected of it.
#[derive(Debug)]
pub(super) struct Turn {
    /// Its line in the file.
    pub(super) line: usize,
    pub(super) does: Does,
    pub(super) expects: Vec<Expects>,
}

#[derive(Debug)]
pub(super) enum Does {
    /// Types this.
    Writes(String),
    /// Presses what this stands on: what was shown last with it.
    Presses(String),
}

#[derive(Debug)]
pub(super) enum Expects {
    /// The step, by its name, is to be answered now: `grants.who`.
    Step(String),
    /// The way in, by its name, has led to something.
    Done(String),
    /// No way in is under way.
    Left,
    /// An entry answers.
    Answered(EntryId),
    /// A help line stands first.
    HelpLine(EntryId),
    /// It is small talk.
    SmallTalk,
    /// It is asked back which entry is meant.
    AskedBack,
    /// The question, idea or wish to be called is kept, and a receipt is given.
    Kept,
    /// Nothing is kept.
    NotKept,
    /// The reply is in this language.
    In(Language),
    /// This is shown first of all.
    First(EntryId),
    /// These are among what fits.
    Fits(Vec<EntryId>),
    /// These and no others fit.
    FitsOnly(Vec<EntryId>),
    /// These are among what nearly fits.
    Nearly(Vec<EntryId>),
    /// These are said not to fit.
    Not(Vec<EntryId>),
    /// These are among what is shown.
    Shows(Vec<EntryId>),
    /// These neither fit nor nearly do.
    Without(Vec<EntryId>),
    /// This is said somewhere.
    Says(String),
    /// This is said nowhere.
    SaysNot(String),
    /// This can be pressed.
    Offers(String),
}

/// Every script of a folder. Panics with file and line where one cannot be read.
pub(super) fn read_all(folder: &Path) -> Vec<Script> {
    let mut files: Vec<_> = folder
        .read_dir()
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .filter(|path| path.file_stem().is_some_and(|s| s != "README"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            read(&name, &std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn read(file: &str, text: &str) -> Vec<Script> {
    let mut scripts: Vec<Script> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let wrong = |why: &str| -> ! { panic!("{file}:{}: {why}: {line}", at + 1) };
        if let Some(heading) = line.strip_prefix("## ") {
            let (title, language) = match heading.strip_suffix(" (en)") {
                Some(title) => (title, Language::English),
                None => (heading, Language::Swedish),
            };
            scripts.push(Script {
                file: file.to_owned(),
                title: title.to_owned(),
                language,
                turns: Vec::new(),
            });
        } else if let Some(said) = line.strip_prefix("> ") {
            let Some(script) = scripts.last_mut() else {
                wrong("a turn before any heading")
            };
            let pressed = said.strip_prefix('[').and_then(|s| s.strip_suffix(']'));
            script.turns.push(Turn {
                line: at + 1,
                does: match pressed {
                    Some(label) => Does::Presses(label.to_owned()),
                    None => Does::Writes(said.to_owned()),
                },
                expects: Vec::new(),
            });
        } else if let Some(expected) = line.strip_prefix("- ") {
            let turn = scripts.last_mut().and_then(|s| s.turns.last_mut());
            let Some(turn) = turn else {
                wrong("an expectation before any turn")
            };
            match expects(expected) {
                Ok(expected) => turn.expects.push(expected),
                Err(why) => wrong(&why),
            }
        } else if !scripts.is_empty() && !line.is_empty() {
            wrong("neither a turn nor an expectation");
        }
    }
    for script in &scripts {
        let last = script.turns.last();
        let Some(last) = last else {
            panic!("{file}: nothing happens in «{}»", script.title)
        };
        assert!(
            !last.expects.is_empty(),
            "{file}:{}: «{}» ends without an expectation",
            last.line,
            script.title
        );
    }
    scripts
}

fn expects(text: &str) -> Result<Expects, String> {
    let (key, value) = match text.split_once(": ") {
        Some((key, value)) => (key, value.trim()),
        None => (text, ""),
    };
    let id = |id: &str| EntryId::parse(id.trim()).map_err(|_| format!("`{id}` is no entry"));
    let ids = || value.split(',').map(id).collect::<Result<Vec<_>, _>>();
    let language = || match value {
        "sv" => Ok(Language::Swedish),
        "en" => Ok(Language::English),
        _ => Err(format!("`{value}` is no language")),
    };
    Ok(match key {
        "step" => Expects::Step(value.to_owned()),
        "done" => Expects::Done(value.to_owned()),
        "left" => Expects::Left,
        "answered" => Expects::Answered(id(value)?),
        "help line" => Expects::HelpLine(id(value)?),
        "small talk" => Expects::SmallTalk,
        "asked back" => Expects::AskedBack,
        "kept" => Expects::Kept,
        "not kept" => Expects::NotKept,
        "in" => Expects::In(language()?),
        "first" => Expects::First(id(value)?),
        "fits" => Expects::Fits(ids()?),
        "fits only" => Expects::FitsOnly(ids()?),
        "nearly" => Expects::Nearly(ids()?),
        "not" => Expects::Not(ids()?),
        "shows" => Expects::Shows(ids()?),
        "without" => Expects::Without(ids()?),
        "says" => Expects::Says(value.to_owned()),
        "says not" => Expects::SaysNot(value.to_owned()),
        "offers" => Expects::Offers(value.to_owned()),
        _ => return Err(format!("`{key}` is nothing that can be expected")),
    })
}
