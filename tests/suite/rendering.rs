//! How answers look in the terminal: snapshots on Provby's base, without colours.

use anstream::adapter::strip_str;
use lots::answering::{Answer, Block, Conversation, Question};
use lots::terminal::render;

use crate::stage::{CRISIS, KNOWN, PROVBY, ROUTED, TODAY};

/// A window that is neither narrow nor wide.
const WIDTH: usize = 72;

#[test]
fn an_answer_has_its_caution_its_facts_its_contact_and_its_source() {
    insta::assert_snapshot!(drawn("Vad är lovpeng?"), @"");
}

#[test]
fn a_question_about_one_part_is_answered_with_that_part() {
    insta::assert_snapshot!(drawn("When do we apply for the holiday grant?"), @"");
}

#[test]
fn a_question_for_an_office_names_it() {
    insta::assert_snapshot!(drawn(ROUTED), @"");
}

#[test]
fn help_lines_stand_first() {
    insta::assert_snapshot!(drawn(CRISIS), @"");
}

#[test]
fn choices_are_numbered() {
    insta::assert_snapshot!(drawn("bidrag"), @"");
}

#[test]
fn what_is_copied_stands_on_one_line() {
    let answer = answer(KNOWN);
    let code = "7F3K-2QX";
    let receipt = |filler: usize| Block::Receipt {
        code: Some(code.to_owned()),
        text: format!("{} {code} är koden.", "o".repeat(filler)),
    };
    let mut broken = Vec::new();
    for width in 30..=84 {
        let narrow = text(&[receipt(width - code.len() + 2)], width);
        if !narrow.contains(code) {
            broken.push(format!("width {width}: the receipt in\n{narrow}"));
        }
        let whole = text(&answer.blocks, width);
        for copied in [
            "https://provby.example/lovpeng",
            "08-465 004 00",
            "kundcenter@provby.example",
        ] {
            // A value stands beside its label, which takes fourteen columns.
            if copied.len() + 14 <= width && !whole.contains(copied) {
                broken.push(format!("width {width}: {copied}"));
            }
        }
    }
    let link = "https://provby.example/uppleva-och-gora/boka-lokal";
    let prose = Block::Text {
        text: format!("Gå till [kommunens sida om lokaler]({link}) och boka."),
    };
    let wide = text(&[prose], WIDTH);
    if !wide.contains(link) {
        broken.push(format!("width {WIDTH}: the link in\n{wide}"));
    }
    assert!(
        broken.is_empty(),
        "broken over lines:\n{}",
        broken.join("\n")
    );
}

/// The first answer to a question, as it stands in a window.
fn drawn(question: &str) -> String {
    text(&answer(question).blocks, WIDTH)
}

fn answer(question: &str) -> Answer {
    let question = Question {
        text: question,
        language: None,
        today: TODAY,
        top: 5,
        kept_days: 180,
    };
    // The greeting is the desk's concern; here it would stand above everything.
    PROVBY
        .answer(
            &question,
            &Conversation {
                greeted: true,
                ..Conversation::default()
            },
        )
        .0
}

fn text(blocks: &[Block], width: usize) -> String {
    let phrases = PROVBY
        .knowledge()
        .phrases(lots::knowledge::Language::Swedish);
    strip_str(&render(blocks, phrases, width)).to_string()
}
