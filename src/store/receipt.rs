//! The receipt that a resident gets for a question, short enough to be read aloud and typed.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};

use serde::{Deserialize, Serialize};

/// The receipt of a question, such as `7F3K-2QX`.
///
/// Seven symbols of Crockford's base 32, in which no two look alike. A receipt that has been drawn has a letter and one
/// of the digits 2 to 9 in both halves, so that it is never a word, a year or a telephone number, not even when someone
/// types O for 0 and I for 1.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Receipt(String);

impl Receipt {
    /// Draws a receipt from the randomness of the operating system: one of some thirteen thousand million, so that it is
    /// neither guessed nor, in practice, drawn twice.
    #[expect(
        clippy::new_without_default,
        reason = "a receipt is drawn and has no default"
    )]
    pub fn new() -> Receipt {
        loop {
            let symbols = random_bytes().map(|byte| char::from(SYMBOLS[usize::from(byte % 32)]));
            if is_drawn(&symbols) {
                return Receipt::from_symbols(&symbols);
            }
        }
    }

    /// Reads a receipt that someone has typed: in lower case, without the hyphen or with a space or a dash in its place,
    /// with O for 0 and with I or L for 1. `None` when the text is anything else, or more.
    pub fn parse(text: &str) -> Option<Receipt> {
        let characters: Vec<char> = text.trim().chars().collect();
        let found = read(&characters)?;
        (found.length == characters.len()).then(|| Receipt::from_symbols(&found.symbols))
    }

    /// The first receipt that stands as words of their own in a message, such as `fråga 7f3k-2qx`; `None` when there is
    /// none. Ordinary words, years and telephone numbers are never taken for a receipt: either both halves hold a letter
    /// and a digit from 2 to 9, or the receipt is written exactly as it is shown and its first half is not a number.
    pub fn find_in(text: &str) -> Option<Receipt> {
        let characters: Vec<char> = text.chars().collect();
        let starts_word = |i: usize| i == 0 || !characters[i - 1].is_alphanumeric();
        (0..characters.len())
            .filter(|&i| starts_word(i))
            .find_map(|start| {
                let found = read(&characters[start..])?;
                let end = start + found.length;
                if characters.get(end).is_some_and(|c| c.is_alphanumeric()) {
                    return None;
                }
                let receipt = Receipt::from_symbols(&found.symbols);
                let exact = characters[start..end].iter().copied().eq(receipt.0.chars())
                    && found.symbols[..HALF].iter().any(char::is_ascii_alphabetic);
                (exact || is_drawn(&found.symbols)).then_some(receipt)
            })
    }

    /// The receipt as it is shown: upper case, with a hyphen after the fourth symbol.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_symbols(symbols: &[char; LENGTH]) -> Receipt {
        let (first, second) = symbols.split_at(HALF);
        Receipt(first.iter().chain(&['-']).chain(second).collect())
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Receipt {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Receipt::parse(&text)
            .ok_or_else(|| format!("`{text}` is not a receipt; one looks like 7F3K-2QX"))
    }
}

impl From<Receipt> for String {
    fn from(receipt: Receipt) -> String {
        receipt.0
    }
}

/// Digits and letters without I, L, O and U.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const LENGTH: usize = 7;

/// How many symbols stand before the hyphen.
const HALF: usize = 4;

/// The most characters that may stand in the place of the hyphen, as in `7F3K - 2QX`.
const LONGEST_GAP: usize = 3;

/// What was read at the start of a text.
struct Found {
    symbols: [char; LENGTH],
    /// How many characters it took.
    length: usize,
}

/// Reads four symbols, perhaps a gap, and three symbols.
fn read(characters: &[char]) -> Option<Found> {
    let mut symbols = ['0'; LENGTH];
    let mut at = 0;
    for (i, slot) in symbols.iter_mut().enumerate() {
        if i == HALF {
            at += characters[at..]
                .iter()
                .take_while(|c| is_gap(**c))
                .count()
                .min(LONGEST_GAP);
        }
        *slot = symbol(*characters.get(at)?)?;
        at += 1;
    }
    Some(Found {
        symbols,
        length: at,
    })
}

/// The symbol that a character stands for.
fn symbol(c: char) -> Option<char> {
    match c.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        c if c.is_ascii() && SYMBOLS.contains(&(c as u8)) => Some(c),
        _ => None,
    }
}

/// A hyphen, a dash that a telephone has put in its place, or a space on the same line.
fn is_gap(c: char) -> bool {
    matches!(
        c,
        '-' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    )
}

/// Whether the symbols could have been drawn.
fn is_drawn(symbols: &[char; LENGTH]) -> bool {
    let (first, second) = symbols.split_at(HALF);
    [first, second].iter().all(|half| {
        half.iter().any(char::is_ascii_alphabetic) && half.iter().any(|c| matches!(c, '2'..='9'))
    })
}

fn random_bytes() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    if getrandom::fill(&mut bytes).is_err() {
        // No system that lots runs on refuses. The keys of std's hasher come from the same source, by another way.
        let random = RandomState::new().build_hasher().finish().to_le_bytes();
        bytes.copy_from_slice(&random[..LENGTH]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn parsed(text: &str) -> Option<String> {
        Receipt::parse(text).map(String::from)
    }

    fn found(text: &str) -> Option<String> {
        Receipt::find_in(text).map(String::from)
    }

    #[test]
    fn drawn_receipts_differ_and_are_found_however_they_are_typed() {
        let drawn: HashSet<Receipt> = (0..2000).map(|_| Receipt::new()).collect();
        assert_eq!(drawn.len(), 2000);
        let used: HashSet<char> = drawn.iter().flat_map(|r| r.as_str().chars()).collect();
        assert_eq!(used.len(), 33, "every symbol and the hyphen");
        for receipt in drawn {
            let shown = receipt.to_string();
            assert_eq!(shown.chars().position(|c| c == '-'), Some(HALF));
            for typed in [
                shown.clone(),
                shown.to_lowercase(),
                shown.replace('-', ""),
                shown.to_lowercase().replace('-', " "),
                shown.replace('-', " – "),
                shown.replace('0', "o").replace('1', "l"),
                shown.replace('0', "O").replace('1', "I").replace('-', ""),
            ] {
                assert_eq!(Receipt::parse(&typed).as_ref(), Some(&receipt), "{typed}");
                let message = format!("Hej! Har ni svar på fråga {typed}? Mvh 08-560 391 00");
                assert_eq!(
                    Receipt::find_in(&message).as_ref(),
                    Some(&receipt),
                    "{message}"
                );
            }
        }
    }

    #[test]
    fn parse_is_lenient_and_takes_nothing_else() {
        for text in [
            "7F3K-2QX",
            " 7f3k-2qx\n",
            "7f3k2qx",
            "7F3K 2QX",
            "7F3K\u{2011}2QX",
            "7f3k - 2qx",
        ] {
            assert_eq!(parsed(text).as_deref(), Some("7F3K-2QX"), "{text}");
        }
        assert_eq!(parsed("oilo-lio").as_deref(), Some("0110-110"));
        for text in [
            "",
            "7F3K",
            "7F3K-2Q",
            "7F3K-2QXA",
            "U F3K-2QX",
            "7F3K-2QU",
            "7F3-K2QX",
            "7F3K-2QÅ",
            "7F3K----2QX",
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }

    #[test]
    fn find_in_sees_receipts_among_words() {
        for text in [
            "fråga 7f3k-2qx",
            "7F3K-2QX",
            "(7F3K-2QX)",
            "**7F3K-2QX**, _7F3K-2QX_",
            "https://example.org/q/7F3K-2QX?lang=sv",
            "min kod är 7f3k2qx!",
            "kvitto:7f3k 2qx.",
            "åäö🙂7F3K-2QX",
            "2026-11 7F3K-2QX",
        ] {
            assert_eq!(found(text).as_deref(), Some("7F3K-2QX"), "{text}");
        }
        assert_eq!(found("ABCD-EFG").as_deref(), Some("ABCD-EFG"));
    }

    #[test]
    fn find_in_leaves_ordinary_words_alone() {
        for text in [
            "",
            "Hur söker vi aktivitetsstöd för 2026 och framåt?",
            "bidrag 2026 för barn, senast 2026-11-23 eller 2026-MAJ",
            "ring 0708-123 456 eller 08-560 391 00, org.nr 802412-1234, 178 23 Ekerö",
            "lag2015 och covid19 och sommar2 och klass4b, kl 1830 sal 101",
            "park-lek på skol-bad, barn-och, A7F3K-2QX, 7F3K-2QXY, 7F3K-2QXå",
            "0708123 1234567 1234-567",
            "7F3K\n2QX",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_without_digits_are_never_receipts(text in "[a-zåäö ,.!?-]{0,60}") {
            prop_assert_eq!(found(&text), None);
        }

        #[test]
        fn any_text_can_be_searched(text in any::<String>()) {
            if let Some(receipt) = Receipt::find_in(&text) {
                prop_assert_eq!(Receipt::parse(receipt.as_str()), Some(receipt));
            }
        }
    }
}
