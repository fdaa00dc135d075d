//! Codes that come from outside: of places on the guided ways in, of receipts, of what is pressed on Discord, of conversations.
//! Whatever is not one of ours is refused, and what is read is written the same again.

use std::sync::LazyLock;

use lots::desk::{Desk, Receipt};
use lots::discord::{Id, LONGEST_ID};
use lots::knowledge::{EntryId, Language, PathName};
use lots::paths::{Guide, Heard, Path};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::mutating::{edited, edits, questions, traps};
use super::volume::try_out;
use crate::stage::{PROVBY, TODAY};

const KEPT: &str = "tests/proptest-regressions/fuzz/codes.txt";
const WAYS: &str = "tests/proptest-regressions/fuzz/ways.txt";

/// Codes of ours.
static CODES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let ways = PathName::ALL.iter().map(|name| Path::begin(*name).code());
    let more = [
        "grants.association._._._._._",
        "people.adult._._._._._",
        "influence._._",
        "idea.*.young.money+premises+people+advice+permit+spread+decision.association",
        "call.*.offices/kundcenter.morning",
        "stop",
        "7F3K-2QX",
        "7f3k 2qx",
        "7F3K2QX8M4T9WA5C7R3N6PE2HV9B",
        "grants/lovpeng",
        "offices/byggkontoret",
        "lots1:sv:show:grants/lovpeng:when",
        "lots1:en:path:grants.association",
        "lots1:sv:tell:7F3K-2QX",
        "lots1:sv:remove:0123456789abcdef",
        "lots1:sv:lines:helplines/112:helplines/112",
        "lots1:sv:withdraw:7F3K2QX8M4T9WA5C7R3N6PE2HV9B",
        "lots1:en:pick:255",
    ];
    ways.chain(more.map(str::to_owned)).collect()
});

#[test]
fn what_is_no_code_is_refused_and_what_is_one_stays_the_same() {
    let code = || any::<Index>().prop_map(|at| at.get(&CODES).clone());
    let glued = (
        code(),
        select(vec![".", ":", "+", "/", "-", " ", ""]),
        code(),
    );
    let inputs = prop_oneof![
        1 => code(),
        6 => (code(), edits()).prop_map(|(code, edits)| edited(&code, &edits)),
        2 => glued.prop_map(|(one, mark, other)| format!("{one}{mark}{other}")),
        1 => traps(),
    ];
    try_out(KEPT, 512, &inputs, |text| {
        if let Some(path) = Path::parse(&text) {
            prop_assert_eq!(Path::parse(&path.code()), Some(path.clone()));
            for language in Language::ALL {
                let guide = Guide {
                    answerer: &PROVBY,
                    language,
                    today: TODAY,
                };
                let view = guide.look(&path);
                prop_assert!(
                    !view.blocks.is_empty() || view.act.is_some(),
                    "nothing is shown"
                );
            }
        }
        if let Some(id) = Id::parse(&text) {
            let printed = id.print();
            prop_assert!(printed.is_some() || text.chars().count() > LONGEST_ID);
            if let Some(printed) = printed {
                prop_assert!(printed.chars().count() <= LONGEST_ID);
                let again = Id::parse(&printed);
                let again = again.as_ref().and_then(Id::print);
                prop_assert_eq!(again, Some(printed));
            }
        }
        if let Some(receipt) = Receipt::parse(&text) {
            prop_assert_eq!(Receipt::parse(receipt.as_str()), Some(receipt));
        }
        if let Some(receipt) = Receipt::find_in(&text) {
            prop_assert_eq!(Receipt::find_in(receipt.as_str()), Some(receipt));
        }
        if let Ok(id) = EntryId::parse(&text) {
            prop_assert_eq!(id.as_str(), text.as_str());
        }
        if Desk::is_conversation(&text) {
            prop_assert!(text.len() == 28 && text.is_ascii());
        }
        Ok(())
    });
}

#[test]
fn whatever_is_said_on_a_way_in_leads_somewhere() {
    let said = proptest::collection::vec(questions(), 1..6);
    let inputs = (
        select(PathName::ALL.to_vec()),
        said,
        select(Language::ALL.to_vec()),
    );
    try_out(WAYS, 48, &inputs, |(name, said, language)| {
        let guide = Guide {
            answerer: &PROVBY,
            language,
            today: TODAY,
        };
        let mut path = Path::begin(name);
        for text in said {
            match guide.hear(Some(&path), &text) {
                Heard::To(next) | Heard::ToIn(next, _) => path = next,
                Heard::Stop | Heard::TooLong(_) | Heard::Aside { .. } | Heard::Nothing => {}
            }
            let view = guide.look(&path);
            prop_assert!(
                !view.blocks.is_empty() || view.act.is_some(),
                "nothing is shown"
            );
            prop_assert!(Path::parse(&path.code()).is_some(), "{}", path.code());
        }
        Ok(())
    });
}
