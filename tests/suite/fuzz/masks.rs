//! Personal numbers, telephone numbers and mail addresses, in every way of writing them, in the middle of questions: none of
//! them is left, and masking what is masked changes nothing.

use lots::language::mask;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::mutating::{QUESTIONS, questions};
use super::volume::try_out;

const KEPT: &str = "tests/proptest-regressions/fuzz/masks.txt";
const AGAIN: &str = "tests/proptest-regressions/fuzz/masks-again.txt";

/// Something personal as it is written, and what of it must not be left.
#[derive(Clone, Debug)]
struct Personal {
    written: String,
    /// Its digits, or a text.
    secret: String,
}

#[test]
fn nothing_personal_is_left() {
    let inputs = (any::<Index>(), any::<Index>(), personal());
    try_out(KEPT, 512, &inputs, |(question, at, personal)| {
        let question = question.get(&QUESTIONS);
        let words: Vec<&str> = question.split(' ').collect();
        let (before, after) = words.split_at(at.index(words.len() + 1));
        if speaks_of_a_public_number(before) || is_within_a_number(before, after) {
            return Ok(());
        }
        let text = [before, &[personal.written.as_str()], after]
            .concat()
            .join(" ");
        let masked = mask(&text).text;
        let is_number = personal.secret.bytes().all(|b| b.is_ascii_digit());
        let left = if is_number {
            masked.chars().filter(char::is_ascii_digit).collect()
        } else {
            masked.to_lowercase()
        };
        // What the question itself says may end with the same digits that the number begins with.
        prop_assert!(!left.contains(&personal.secret), "{masked:?} was {text:?}");
        Ok(())
    });
}

#[test]
fn masking_what_is_masked_changes_nothing() {
    let inputs = (questions(), personal(), any::<Index>());
    try_out(AGAIN, 512, &inputs, |(text, personal, at)| {
        let places: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let (before, after) = text.split_at(*at.get(&places));
        let once = mask(&format!("{before}{}{after}", personal.written)).text;
        prop_assert_eq!(&mask(&once).text, &once);
        Ok(())
    });
}

/// Whether a place is inside of a number that the question has itself: what belongs to which then, nobody can tell.
fn is_within_a_number(before: &[&str], after: &[&str]) -> bool {
    let has_digits =
        |word: Option<&&str>| word.is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()));
    has_digits(before.last()) && has_digits(after.first())
}

/// Whether what stands just before a number says that it is one of an association, a case or a sum, which is let through.
fn speaks_of_a_public_number(before: &[&str]) -> bool {
    let last = before.iter().rev().take(4);
    let mut last = last.map(|w| w.to_lowercase());
    last.any(|word| {
        [
            "org", "nummer", "diarie", "dnr", "nr", "ärende", "bankgiro", "plusgiro", "bg", "pg",
            "number", "case", "ref",
        ]
        .iter()
        .any(|cue| word.contains(cue))
    })
}

fn personal() -> impl Strategy<Value = Personal> {
    prop_oneof![personal_number(), phone(), mail()]
}

/// A personnummer whose last digit is right, as people write it.
fn personal_number() -> impl Strategy<Value = Personal> {
    let shapes = select(vec![
        "YYYYMMDD-NNNN",
        "YYYYMMDDNNNN",
        "YYYYMMDD NNNN",
        "YYMMDD-NNNN",
        "YYMMDD+NNNN",
        "YYMMDD NNNN",
        "YYYY-MM-DD-NNNN",
        "YY-MM-DD-NNNN",
        "YY MM DD NNNN",
    ]);
    let parts = (
        1911..2020_u32,
        1..13_u32,
        1..29_u32,
        0..1_000_u32,
        shapes,
        any::<bool>(),
    );
    parts.prop_map(|(year, month, day, number, shape, coordination)| {
        let day = if coordination { day + 60 } else { day };
        let short = format!("{:02}{month:02}{day:02}{number:03}", year % 100);
        let last = format!("{number:03}{}", check_digit(&short));
        let written = shape
            .replace("YYYY", &year.to_string())
            .replace("YY", &format!("{:02}", year % 100))
            .replace("MM", &format!("{month:02}"))
            .replace("DD", &format!("{day:02}"))
            .replace("NNNN", &last);
        let secret = format!("{month:02}{day:02}{last}");
        Personal { written, secret }
    })
}

fn check_digit(digits: &str) -> u32 {
    let doubled = digits.bytes().enumerate().map(|(at, digit)| {
        let value = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        value / 10 + value % 10
    });
    (10 - doubled.sum::<u32>() % 10) % 10
}

fn phone() -> impl Strategy<Value = Personal> {
    let shapes = select(vec![
        "07#-### ## ##",
        "07#-#######",
        "07########",
        "07# ### ## ##",
        "07## ## ## ##",
        "07#/### ## ##",
        "07#.###.##.##",
        "(07#) ### ## ##",
        "+46 7# ### ## ##",
        "+467########",
        "+46 (0)7# ### ## ##",
        "00467########",
        "0046 7# ### ## ##",
        "08-6## ### ##",
        "08-6#####",
        "0560-6## ##",
    ]);
    (shapes, "[2-9]{12}").prop_map(|(shape, digits)| {
        let mut digits = digits.chars();
        let mut mobile = String::new();
        let written: String = shape
            .chars()
            .map(|c| {
                if c == '#' {
                    digits.next().unwrap_or('2')
                } else {
                    c
                }
            })
            .inspect(|c| {
                if c.is_ascii_digit() {
                    mobile.push(*c)
                }
            })
            .collect();
        let secret = mobile[mobile.len() - 6..].to_owned();
        Personal { written, secret }
    })
}

fn mail() -> impl Strategy<Value = Personal> {
    let names = "[a-zåäö]{2,10}([._-][a-z0-9]{1,8}){0,2}([+][a-z]{1,5})?";
    (
        names,
        "[a-z]{2,12}",
        select(vec!["se", "com", "nu", "co.uk", "example"]),
    )
        .prop_map(|(name, host, top)| {
            let written = format!("{name}@{host}.{top}");
            Personal {
                secret: written.clone(),
                written,
            }
        })
}
