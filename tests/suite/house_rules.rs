//! The house rules of the source: who may use whom, what stays in its room, and how long a file may be.
//!
//! The source is read as text. That is crude, and enough: what it cannot see, no reader would easily see either.

use std::path::{Path, PathBuf};

use lots::desk::{Origin, read};
use lots::knowledge::{Severity, check};

use crate::stage::TODAY;

/// Which rooms each room may use: all of a room, or one of its items (`store::Receipt`). A room to a line.
#[rustfmt::skip]
const MAY_USE: [(&str, &[&str]); 14] = [
    ("knowledge", &[]),
    ("language", &[]),
    ("answering", &["knowledge", "language"]),
    ("paths", &["knowledge", "language", "answering"]),
    ("store", &["knowledge"]),
    ("outside", &[]),
    (
        "desk",
        &[
            "knowledge",
            "language",
            "answering",
            "paths",
            "store",
            "outside",
        ],
    ),
    (
        "discord",
        &["desk", "config", "knowledge", "answering", "paths"],
    ),
    (
        "terminal",
        &["desk", "config", "knowledge", "answering", "paths"],
    ),
    (
        "web",
        &[
            "desk",
            "config",
            "knowledge",
            "answering",
            "paths",
            "outside",
        ],
    ),
    ("config", &[]),
    ("app", &[
        "knowledge", "language", "answering", "paths", "store", "outside", "desk", "discord", "terminal", "web", "config",
    ]),
    // `check`, `ask --jsonl` and `evaluate` use the pure rooms; `questions` and `receipt` go through the desk; `ask`
    // draws its answer as the terminal does.
    ("cli", &[
        "app", "config", "knowledge", "language", "answering", "paths", "desk", "outside", "terminal", "store::Receipt",
    ]),
    ("main", &["cli"]),
];

/// What only one room, or a few, may say.
const STAYS_IN: [(&str, &[&str]); 11] = [
    ("plotters", &["web"]),
    ("sqlx", &["store"]),
    ("axum", &["web"]),
    ("tower_http", &["web"]),
    ("hyper", &["web"]),
    ("maud", &["web"]),
    ("serenity", &["discord"]),
    ("poise", &["discord"]),
    ("reqwest", &["discord", "outside"]),
    ("lettre", &["outside"]),
    ("openidconnect", &["outside"]),
];

/// A file of at most this many lines can be read in one sitting.
const LONGEST_FILE: usize = 400;

#[test]
fn rooms_use_only_those_they_may_use() {
    let mut wrong = Vec::new();
    for file in rust_files("src").iter().filter(|f| f.name != "src/lib.rs") {
        let Some((_, may_use)) = MAY_USE.iter().find(|(room, _)| *room == file.room()) else {
            wrong.push(format!(
                "{}: the room {} is not in the table",
                file.name,
                file.room()
            ));
            continue;
        };
        for (line, used) in file.arrows() {
            let own = used.split("::").next() == Some(file.room());
            let allowed = |may: &&str| {
                used.strip_prefix(*may)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
            };
            if !own && !may_use.iter().any(allowed) {
                wrong.push(format!(
                    "{}:{line}: {} may not use {used}",
                    file.name,
                    file.room()
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_arrows_are_read_however_they_are_written() {
    let file = File {
        name: "src/desk/mod.rs".to_owned(),
        text: "use crate::{answering::{Answer, Block}, store};\npub use crate::language::mask;\n// use crate::web;\n\
               fn f(a: &crate::knowledge::EntryId) {}\nuse crate::{\n    app::chat as talk,\n    config,\n};\n"
            .to_owned(),
    };
    let arrows: Vec<String> = file
        .arrows()
        .into_iter()
        .map(|(line, used)| format!("{line} {used}"))
        .collect();
    let expected = [
        "1 answering::Answer",
        "1 answering::Block",
        "1 store",
        "2 language::mask",
        "4 knowledge::EntryId",
        "5 app::chat",
        "5 config",
    ];
    assert_eq!(arrows, expected);
}

#[test]
fn a_library_for_one_thing_stays_in_its_room() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        for (name, rooms) in STAYS_IN
            .iter()
            .filter(|(_, rooms)| !rooms.contains(&file.room()))
        {
            for (line, _) in file.code().filter(|(_, code)| says(code, name)) {
                wrong.push(format!(
                    "{}:{line}: {name} may only be said in {rooms:?}",
                    file.name
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_file_says_first_what_it_is() {
    let files = ["src", "tests", "benches"].into_iter().flat_map(rust_files);
    let wrong: Vec<String> = files
        .filter(|f| !f.text.starts_with("//! "))
        .map(|f| f.name)
        .collect();
    none(&wrong);
}

#[test]
fn every_file_can_be_read_in_one_sitting() {
    let files = ["src", "tests", "benches"].into_iter().flat_map(rust_files);
    // What stands in `src` counts up to its tests.
    let lines = |file: &File| {
        file.text
            .lines()
            .take_while(|l| *l != "#[cfg(test)]")
            .count()
    };
    let long = files.filter(|f| lines(f) > LONGEST_FILE);
    none(
        &long
            .map(|f| format!("{}: {} lines", f.name, lines(&f)))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn nobody_climbs_two_floors_or_silences_a_lint_without_a_reason() {
    let forbidden = [
        concat!("super::", "super"),
        concat!("#[", "allow("),
        concat!("#![", "allow("),
    ];
    let mut wrong = Vec::new();
    for file in ["src", "tests", "benches"].into_iter().flat_map(rust_files) {
        for (line, code) in file.code() {
            let found = forbidden.iter().filter(|f| code.contains(**f));
            wrong.extend(found.map(|f| format!("{}:{line}: {f}", file.name)));
        }
    }
    none(&wrong);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let before_tests = file.code().take_while(|(_, code)| *code != "#[cfg(test)]");
        let unwrapped = before_tests.filter(|(_, code)| code.contains(".unwrap()"));
        wrong
            .extend(unwrapped.map(|(line, code)| format!("{}:{line}: {}", file.name, code.trim())));
    }
    none(&wrong);
}

#[test]
fn the_source_knows_nothing_of_the_municipality() {
    let mut wrong = Vec::new();
    for path in files_under(&root().join("src")) {
        let is_table = path.extension().is_some_and(|e| e == "vec");
        let is_test = path
            .parent()
            .is_some_and(|folder| folder.ends_with("tests"));
        if is_test || is_table {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
        // Tests may use real addresses to show that they are told apart.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.contains("include_"))
        {
            if line.contains("ekerö") || line.contains("ekero") {
                wrong.push(format!(
                    "{}:{}: {}",
                    relative(&path),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_base_that_is_compiled_in_passes_check() {
    let problems = check(&read(&Origin::Bundled).unwrap(), TODAY);
    let errors = problems.iter().filter(|p| p.severity == Severity::Error);
    none(
        &errors
            .map(|p| {
                format!(
                    "{}:{}: {} ({}) {}",
                    p.path, p.line, p.reason, p.rule, p.mend
                )
            })
            .collect::<Vec<_>>(),
    );
}

/// A source file.
struct File {
    /// Its path from the root of the project.
    name: String,
    text: String,
}

impl File {
    /// The room it stands in: the first folder below `src`, or the file itself.
    fn room(&self) -> &str {
        let below = self.name.trim_start_matches("src/");
        below
            .split('/')
            .next()
            .unwrap_or(below)
            .trim_end_matches(".rs")
    }

    /// Its lines, from 1, without those that are only a comment.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(i, line)| (i + 1, line));
        lines.filter(|(_, line)| !is_comment(line))
    }

    /// Every path into this crate, with the line it begins on and without `crate::`.
    fn arrows(&self) -> Vec<(usize, String)> {
        let code = |line| if is_comment(line) { "" } else { line };
        let code: String = self
            .text
            .lines()
            .flat_map(|line| [code(line), "\n"])
            .collect();
        let start = if self.room() == "main" {
            "lots::"
        } else {
            "crate::"
        };
        let mut arrows = Vec::new();
        for (at, _) in code.match_indices(start) {
            let line = code[..at].matches('\n').count() + 1;
            let mut paths = Vec::new();
            use_tree(&code[at + start.len()..], "", &mut paths);
            arrows.extend(paths.into_iter().map(|path| (line, path)));
        }
        arrows
    }
}

/// The paths of a use tree, such as `a::{b, c::d}`, each behind `before`; what is left of the text after it.
fn use_tree<'a>(text: &'a str, before: &str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        while !rest.trim_start().starts_with('}') && !rest.is_empty() {
            rest = use_tree(rest, before, paths);
            // What is left of this branch is at most ` as name`.
            rest = rest
                .trim_start_matches(|c| !matches!(c, ',' | '}'))
                .trim_start_matches(',');
        }
        return rest.trim_start().strip_prefix('}').unwrap_or(rest);
    }
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = format!("{before}{name}");
    match rest.strip_prefix("::") {
        Some(below) if below.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '{') => {
            use_tree(below, &format!("{path}::"), paths)
        }
        _ => {
            paths.push(path);
            rest
        }
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Whether code names a library, and not only a word that it is part of.
fn says(code: &str, name: &str) -> bool {
    let whole = |at: usize| {
        !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"' || c == '/')
    };
    code.match_indices(&format!("{name}::"))
        .any(|(at, _)| whole(at))
        || code.contains(&format!("use {name};"))
}

fn rust_files(folder: &str) -> Vec<File> {
    let paths = files_under(&root().join(folder))
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "rs"));
    paths
        .map(|p| File {
            name: relative(&p),
            text: std::fs::read_to_string(&p).unwrap(),
        })
        .collect()
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for item in folder.read_dir().unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path))
        } else {
            files.push(path)
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap()
        .to_string_lossy()
        .into_owned()
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "{} against the house rules:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
