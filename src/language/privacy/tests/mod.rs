//! What is masked and what survives, in tables.

mod names;
mod noise;
mod numbers;
mod places;

use std::fmt::Write;

use super::{PersonalData, mask};

/// Every text becomes what stands beside it, and stays so.
fn check(table: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (text, expected) in table {
        let once = mask(text).text;
        let twice = mask(&once).text;
        if once != *expected || twice != once {
            let _ = write!(
                wrong,
                "\n{text:?}\n  is      {once:?}\n  not     {expected:?}\n  and then {twice:?}"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Every text is left as it is.
fn survives(texts: &[&str]) {
    let table: Vec<_> = texts.iter().map(|text| (*text, *text)).collect();
    check(&table);
}
