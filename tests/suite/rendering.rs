//! How answers look in the terminal: snapshots on Provby's base, without colours.

use anstream::adapter::strip_str;
use lots::answering::{Answer, Block, Conversation, Question};
use lots::knowledge::Language;
use lots::terminal::render;

use crate::stage::{CRISIS, KNOWN, PROVBY, ROUTED, TODAY};

/// The classic width of a terminal.
const WIDTH: usize = 80;

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
    let (code, link) = ("7F3K-2QX", "https://provby.example/uppleva-och-gora/boka");
    let prose = format!("Kvittot är {code}. Läs [på sidan]({link}) hur det går till.");
    let receipt = Block::Receipt { code: Some(code.to_owned()), text: prose.clone() };
    let answer = answer(KNOWN).blocks;
    let mut broken = Vec::new();
    for width in 30..=84 {
        let whole = [answer.clone(), vec![receipt.clone(), Block::Text { text: prose.clone() }]].concat();
        let drawn = in_window(&whole, Language::Swedish, width);
        // A word is whole when it stands between spaces; so does what is copied, but for a mark after it.
        let times = |copied: &str| drawn.split_whitespace().filter(|word| word.trim_matches(['(', ')', '.']) == copied).count();
        for (copied, expected) in [(code, 2), (link, 1), ("https://provby.example/lovpeng", 1), ("kundcenter@provby.example", 1)] {
            // Beside a label, fourteen columns are taken.
            if copied.len() + 16 <= width && times(copied) < expected {
                broken.push(format!("{copied} in a window of {width} columns"));
            }
        }
    }
    assert!(broken.is_empty(), "broken over lines:\n{}", broken.join("\n"));
}

/// The first answer to a question, as it stands in a window.
fn drawn(question: &str) -> String {
    let answer = answer(question);
    in_window(&answer.blocks, answer.language, WIDTH)
}

fn answer(text: &str) -> Answer {
    let question = Question { text, language: None, today: TODAY, top: 5, kept_days: 180 };
    // The greeting would stand above everything; it has been given.
    let before = Conversation { greeted: true, ..Conversation::default() };
    PROVBY.answer(&question, &before).0
}

fn in_window(blocks: &[Block], language: Language, width: usize) -> String {
    strip_str(&render(blocks, PROVBY.knowledge().phrases(language), width)).to_string()
}
