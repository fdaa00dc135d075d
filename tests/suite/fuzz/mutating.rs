//! Texts made out of others: cut, doubled, put into each other, and strewn with what programs stumble over.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::stage::question_file;

/// What programs stumble over.
const TRAPS: [&str; 58] = [
    "\0",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "\u{2066}",
    "\u{301}",
    "\u{308}",
    "\u{20dd}",
    "👩🏽‍🦽",
    "𝓱𝓮𝓳",
    "ß",
    "ﬁ",
    "İ",
    "ǅ",
    "ﷺ",
    "\u{10ffff}",
    "\u{fffd}",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{85}",
    "\t",
    "+++",
    "+++\n",
    "\n+++\n",
    "---",
    "```",
    "## ",
    "# När\n",
    "[",
    "]",
    "](",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,y)",
    "<https://a.b>",
    "<script>alert(7)</script>",
    "<img src=x onerror=alert(7)>",
    "\"><svg onload=alert(7)>",
    "&lt;",
    "&#x3c;script&#x3e;",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "{{",
    "}}",
    "{days}",
    "%s",
    "' or 1=1 --",
    "$1",
    "../../",
    "99999999999999999999",
    "-1",
    "1e999",
    "2026-02-30",
    "7F3K-2QX",
    "[telefon]",
];

/// A change of a text.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Insert(Index, String),
    Delete(Index, Index),
    Double(Index, Index),
    Move(Index, Index, Index),
    Cut(Index),
    Repeat(Index, u16),
    Loud,
}

/// Something that is put in.
pub(super) fn traps() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(TRAPS.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{0,12}",
        1 => (select(TRAPS.to_vec()), 1..200_usize).prop_map(|(trap, times)| trap.repeat(times)),
    ]
}

pub(super) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let at = any::<Index>;
    let edit = prop_oneof![
        5 => (at(), traps()).prop_map(|(at, text)| Edit::Insert(at, text)),
        2 => (at(), at()).prop_map(|(from, to)| Edit::Delete(from, to)),
        1 => (at(), at()).prop_map(|(from, to)| Edit::Double(from, to)),
        1 => (at(), at(), at()).prop_map(|(from, to, at)| Edit::Move(from, to, at)),
        1 => at().prop_map(Edit::Cut),
        1 => (at(), 1..400_u16).prop_map(|(at, times)| Edit::Repeat(at, times)),
        1 => Just(Edit::Loud),
    ];
    vec(edit, 0..6)
}

/// The text with the changes made, one after the other.
pub(super) fn edited(text: &str, edits: &[Edit]) -> String {
    let mut all: Vec<char> = text.chars().collect();
    for edit in edits {
        let place = |at: &Index| at.index(all.len() + 1);
        let span = |from: &Index, to: &Index| {
            let (from, to) = (place(from), place(to));
            // What is cut out or doubled is a part, more often than most of it.
            from.min(to)..from.max(to).min(from.min(to) + 40)
        };
        match edit {
            Edit::Insert(at, text) => {
                let at = place(at);
                all.splice(at..at, text.chars());
            }
            Edit::Delete(from, to) => {
                all.drain(span(from, to));
            }
            Edit::Double(from, to) => {
                let span = span(from, to);
                let part = all[span.clone()].to_vec();
                all.splice(span.end..span.end, part);
            }
            Edit::Move(from, to, at) => {
                let span = span(from, to);
                let part: Vec<char> = all.drain(span).collect();
                let at = at.index(all.len() + 1);
                all.splice(at..at, part);
            }
            Edit::Cut(at) => all.truncate(place(at)),
            Edit::Repeat(at, times) => {
                let at = place(at);
                if let Some(one) = all.get(at).copied() {
                    all.splice(at..at, std::iter::repeat_n(one, usize::from(*times)));
                }
            }
            Edit::Loud => all = all.into_iter().flat_map(char::to_uppercase).collect(),
        }
    }
    all.into_iter().collect()
}

/// Every question of the sets, as people type them.
pub(super) static QUESTIONS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files = [
        "dev",
        "crisis",
        "offices",
        "traps",
        "vague",
        "conversations",
        "stories",
    ];
    let texts = files.map(|name| question_file(&format!("{name}.jsonl")));
    let lines = texts.iter().flat_map(|text| text.lines());
    let turns = lines.filter_map(|line| {
        let item: serde_json::Value = serde_json::from_str(line).ok()?;
        let turns = item["turns"].as_array()?.clone();
        Some(
            turns
                .into_iter()
                .filter_map(|t| Some(t.as_str()?.to_owned())),
        )
    });
    let all: Vec<String> = turns.flatten().collect();
    assert!(all.len() > 1_000, "only {} questions", all.len());
    all
});

/// A question as it was typed, or one that was meddled with.
pub(super) fn questions() -> impl Strategy<Value = String> {
    let one = || any::<Index>().prop_map(|at| at.get(&QUESTIONS).clone());
    prop_oneof![
        2 => one(),
        6 => (one(), edits()).prop_map(|(text, edits)| edited(&text, &edits)),
        1 => (one(), one()).prop_map(|(one, other)| format!("{one} {other}")),
        1 => any::<String>(),
        1 => traps(),
    ]
}
