//! Questions as people type them and as nobody would, through the whole desk and out of every channel: nothing panics, all are
//! answered in time, and what is logged is masked.

use std::time::{Duration, Instant};

use lots::answering::{Block, Decision};
use lots::desk::Desk;
use lots::discord::{self, Place};
use lots::language::mask;
use lots::terminal;
use proptest::collection::vec;
use proptest::prelude::*;

use super::mutating::questions;
use super::volume::try_out;
use crate::discord::limits::fits;
use crate::stage::{ask, desk_of, provby};

const KEPT: &str = "tests/proptest-regressions/fuzz/asking.txt";
/// As long as a message takes at most, on a busy machine and in a debug build.
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn whatever_is_asked_is_answered_and_drawn() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let desk = runtime.block_on(desk_of(provby(), "sqlite::memory:"));
    try_out(KEPT, 32, &vec(questions(), 1..4), |turns| {
        let conversation = Desk::new_conversation();
        for text in &turns {
            let began = Instant::now();
            let reply = runtime.block_on(ask(&desk, &conversation, text));
            let took = began.elapsed();
            prop_assert!(took < PATIENCE, "{took:?}");
            let answer = &reply.answer;
            prop_assert!(!answer.blocks.is_empty());
            let answerer = desk.library().current();
            let phrases = answerer.knowledge().phrases(answer.language);
            prop_assert!(
                !terminal::render(&answer.blocks, phrases, 40)
                    .trim()
                    .is_empty()
            );
            for form in [false, true] {
                let removed_by = (!form).then(|| "0123456789abcdef".parse().unwrap());
                let place = Place {
                    removed_by,
                    form,
                    shared: form,
                };
                fits(&discord::render(answer, phrases, place));
            }
            let has_code = |b: &Block| matches!(b, Block::Receipt { code: Some(_), .. });
            if matches!(answer.decision, Decision::Unknown | Decision::Route) {
                prop_assert!(answer.blocks.iter().any(has_code));
                let Some(receipt) = &reply.receipt else {
                    return Err(TestCaseError::fail("no receipt is shown"));
                };
                let kept = runtime.block_on(desk.question(receipt)).unwrap();
                let wording = kept.expect("it is not in the log").wording;
                prop_assert_eq!(&mask(&wording).text, &wording, "it was not masked");
            }
        }
        prop_assert!(runtime.block_on(desk.forget(&conversation)).is_some());
        Ok(())
    });
}
