//! Files of the base, whole and meddled with: reading and checking them never ends in a panic, every problem is somewhere, and
//! a base that passes the check answers.

use std::sync::LazyLock;
use std::time::Instant;

use lots::answering::{Answerer, Conversation};
use lots::desk::{Origin, read};
use lots::knowledge::{Files, Knowledge, Severity, check};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::mutating::{Edit, edited, edits};
use super::volume::try_out;
use crate::stage::{KNOWN, TODAY, provby_folder, question, shipped_folder};

const KEPT: &str = "tests/proptest-regressions/fuzz/knowledge.txt";
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

static PLAIN: LazyLock<Files> = LazyLock::new(|| read(&Origin::Folder(provby_folder())).unwrap());

/// Lines of every file that is shipped: what a file of the base may hold, somewhere.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files = read(&Origin::Folder(shipped_folder())).unwrap();
    let lines = files
        .values()
        .flat_map(|text| text.lines().map(str::to_owned));
    lines.collect()
});

/// What is done to a file.
#[derive(Clone, Debug)]
enum Meddling {
    /// Its text is edited.
    Edit(Index, Vec<Edit>),
    /// A line of it becomes one of another file.
    Line(Index, Index, Index),
    /// A line of another file is put into it.
    More(Index, Index, Index),
    /// It goes.
    Remove(Index),
    /// Its lines end as on another system, or it begins with a mark of its encoding.
    Encode(Index, bool),
}

#[test]
fn whatever_stands_in_a_file_it_is_read_and_checked() {
    try_out(KEPT, 24, &vec(meddlings(), 1..4), |meddlings| {
        let mut files = PLAIN.clone();
        meddlings.iter().for_each(|m| meddle(&mut files, m));
        let began = Instant::now();
        let problems = check(&files, TODAY);
        let knowledge = Knowledge::load(&files).knowledge;
        for problem in &problems {
            let lines = files
                .get(&problem.path)
                .map_or(0, |text| text.lines().count());
            prop_assert!(problem.line <= lines + 1, "{problem:?} of {lines} lines");
            prop_assert!(!problem.reason.is_empty() && !problem.mend.is_empty());
        }
        if problems.iter().all(|p| p.severity != Severity::Error) {
            let Some(knowledge) = knowledge else {
                return Err(TestCaseError::fail("it passes, and is no base"));
            };
            let answerer = Answerer::new(knowledge);
            let (answer, _) = answerer.answer(&question(KNOWN), &Conversation::default());
            prop_assert!(!answer.blocks.is_empty());
        }
        prop_assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
        Ok(())
    });
}

fn meddlings() -> impl Strategy<Value = Meddling> {
    let at = any::<Index>;
    prop_oneof![
        5 => (at(), edits()).prop_map(|(file, edits)| Meddling::Edit(file, edits)),
        3 => (at(), at(), at()).prop_map(|(file, line, other)| Meddling::Line(file, line, other)),
        2 => (at(), at(), at()).prop_map(|(file, line, other)| Meddling::More(file, line, other)),
        1 => at().prop_map(Meddling::Remove),
        1 => (at(), any::<bool>()).prop_map(|(file, bom)| Meddling::Encode(file, bom)),
    ]
}

fn meddle(files: &mut Files, meddling: &Meddling) {
    let names: Vec<String> = files.keys().cloned().collect();
    if names.is_empty() {
        return;
    }
    let mut change = |file: &Index, change: &dyn Fn(&str) -> String| {
        let text = files.get_mut(file.get(&names)).unwrap();
        *text = change(text);
    };
    let with_line = |text: &str, at: &Index, other: &Index, instead: bool| {
        let mut lines: Vec<&str> = text.lines().collect();
        let at = at.index(lines.len() + 1);
        let end = (at + usize::from(instead)).min(lines.len());
        lines.splice(at..end, [other.get(&LINES).as_str()]);
        lines.join("\n")
    };
    match meddling {
        Meddling::Edit(file, edits) => change(file, &|text| edited(text, edits)),
        Meddling::Line(file, at, other) => change(file, &|t| with_line(t, at, other, true)),
        Meddling::More(file, at, other) => change(file, &|t| with_line(t, at, other, false)),
        Meddling::Encode(file, true) => change(file, &|text| format!("\u{feff}{text}")),
        Meddling::Encode(file, false) => change(file, &|text| text.replace('\n', "\r\n")),
        Meddling::Remove(file) => _ = files.remove(file.get(&names)),
    }
}
