//! Which language is this? Made for messages of a few misspelt words, sometimes in two languages.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fold::words;
use super::function_words;
use super::stem::Tongue;

/// What language a message is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// One that lots answers in.
    Known(Tongue),
    /// Another one, with its BCP 47 code; `und` when it could be anything but ours.
    Other(&'static str),
    /// Nothing tells: numbers, names, signs.
    Unclear,
}

/// Guesses by function words, by the words of the base, and by letters.
#[derive(Clone, Debug)]
pub struct LanguageGuesser {
    /// Bit 0: Swedish function word, bit 1: English function word, bit 2: in a Swedish text, bit 3: in an English one.
    ours: FxHashMap<Box<str>, u8>,
    others: Vec<(&'static str, FxHashSet<&'static str>)>,
}

const SWEDISH_FUNCTION: u8 = 1;
const ENGLISH_FUNCTION: u8 = 2;
const SWEDISH_TEXT: u8 = 4;
const ENGLISH_TEXT: u8 = 8;

impl LanguageGuesser {
    /// Learns the folded words of the base's texts beside the function words it has.
    pub fn new<'a>(
        swedish: impl IntoIterator<Item = &'a str>,
        english: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut ours: FxHashMap<Box<str>, u8> = FxHashMap::default();
        let mut add = |word: &str, bit: u8| *ours.entry(word.into()).or_default() |= bit;
        function_words::SWEDISH
            .split_whitespace()
            .for_each(|w| add(w, SWEDISH_FUNCTION));
        function_words::ENGLISH
            .split_whitespace()
            .for_each(|w| add(w, ENGLISH_FUNCTION));
        swedish.into_iter().for_each(|w| add(w, SWEDISH_TEXT));
        english.into_iter().for_each(|w| add(w, ENGLISH_TEXT));
        let others = function_words::OTHERS
            .iter()
            .map(|(code, list)| (*code, list.split_whitespace().collect()))
            .collect();
        LanguageGuesser { ours, others }
    }

    /// The language of a message; between Swedish and English a tie goes to `conversation`.
    pub fn guess(&self, text: &str, conversation: Option<Tongue>) -> Guess {
        if let Some(guess) = by_script(text) {
            return guess;
        }
        let words = words(text);
        let (mut swedish, mut english) = (0.0f32, 0.0f32);
        let mut others = vec![0.0f32; self.others.len()];
        let mut letters = 0;
        for word in words
            .iter()
            .filter(|w| w.bytes().any(|b| b.is_ascii_alphabetic()))
        {
            letters += 1;
            let bits = self.ours.get(word.as_str()).copied().unwrap_or(0);
            let weight = |function: u8, text: u8| {
                if bits & function != 0 {
                    1.0
                } else if bits & text != 0 {
                    0.7
                } else {
                    0.0
                }
            };
            let (s, e) = (
                weight(SWEDISH_FUNCTION, SWEDISH_TEXT),
                weight(ENGLISH_FUNCTION, ENGLISH_TEXT),
            );
            // A word of both languages speaks for neither.
            swedish += if e > 0.0 { s * 0.3 } else { s };
            english += if s > 0.0 { e * 0.3 } else { e };
            for (score, (_, list)) in others.iter_mut().zip(&self.others) {
                if list.contains(word.as_str()) {
                    *score += if bits & (SWEDISH_FUNCTION | ENGLISH_FUNCTION) != 0 {
                        0.4
                    } else {
                        1.0
                    };
                }
            }
        }
        swedish += letter_evidence(text, &['å', 'Å'], 1.0)
            + letter_evidence(text, &['ä', 'ö', 'Ä', 'Ö'], 0.5)
            + swedish_endings(&words);
        for (score, (code, _)) in others.iter_mut().zip(&self.others) {
            *score += match *code {
                "pl" => letter_evidence(text, &['ł', 'ą', 'ę', 'ś', 'ż', 'ź', 'ć', 'ń'], 1.5),
                "de" => letter_evidence(text, &['ß', 'ü'], 1.2),
                "es" => letter_evidence(text, &['ñ', '¿', '¡'], 1.5),
                "fi" => {
                    words
                        .iter()
                        .filter(|w| {
                            w.contains("aa")
                                || w.contains("yy")
                                || w.contains("uu")
                                || w.contains("kk")
                        })
                        .count() as f32
                        * 0.5
                }
                _ => 0.0,
            };
        }
        let ours = swedish.max(english);
        let (other, code) = others
            .iter()
            .zip(&self.others)
            .map(|(s, (c, _))| (*s, *c))
            .fold((0.0, "und"), |a, b| if b.0 > a.0 { b } else { a });
        if other >= 1.5 && other > ours * 1.2 {
            return Guess::Other(code);
        }
        if let Some(code) = self.by_letters(text, letters, ours) {
            return Guess::Other(code);
        }
        if letters == 0 || ours == 0.0 {
            return conversation.map_or(Guess::Unclear, Guess::Known);
        }
        let tie = (swedish - english).abs() < 0.25 * ours;
        match conversation {
            Some(tongue) if tie => Guess::Known(tongue),
            _ if english > swedish => Guess::Known(Tongue::English),
            _ => Guess::Known(Tongue::Swedish),
        }
    }

    /// For a longer text of which we know hardly a word: the trigrams of whatlang, taken only when it is sure.
    fn by_letters(&self, text: &str, words: usize, ours: f32) -> Option<&'static str> {
        if words < 4 || ours > 0.34 * words as f32 {
            return None;
        }
        let info = whatlang::detect(text)?;
        if info.confidence() < 0.9 {
            return None;
        }
        match info.lang() {
            whatlang::Lang::Swe
            | whatlang::Lang::Eng
            | whatlang::Lang::Dan
            | whatlang::Lang::Nob => None,
            whatlang::Lang::Fin => Some("fi"),
            whatlang::Lang::Pol => Some("pl"),
            whatlang::Lang::Deu => Some("de"),
            whatlang::Lang::Spa => Some("es"),
            _ => Some("und"),
        }
    }
}

/// The language when most letters are not Latin.
fn by_script(text: &str) -> Option<Guess> {
    let (mut latin, mut arabic, mut cyrillic, mut other) = (0, 0, 0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' => latin += 1,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fefc}' => arabic += 1,
            '\u{400}'..='\u{52f}' => cyrillic += 1,
            _ => other += 1,
        }
    }
    if latin >= arabic.max(cyrillic).max(other) {
        return None;
    }
    if arabic >= cyrillic.max(other) {
        let persian = text
            .chars()
            .any(|c| matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی'));
        return Some(Guess::Other(if persian { "fa" } else { "ar" }));
    }
    if cyrillic >= other {
        let ukrainian = text
            .chars()
            .any(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ'));
        return Some(Guess::Other(if ukrainian { "uk" } else { "und" }));
    }
    Some(Guess::Other("und"))
}

fn letter_evidence(text: &str, letters: &[char], weight: f32) -> f32 {
    text.chars().filter(|c| letters.contains(c)).take(3).count() as f32 * weight
}

/// Unknown words still look Swedish by how they end.
fn swedish_endings(words: &[String]) -> f32 {
    let looks = |w: &&String| {
        w.len() > 6
            && [
                "ningen", "ningar", "heten", "arna", "erna", "stod", "bidrag", "skola", "ning",
            ]
            .iter()
            .any(|e| w.ends_with(e))
    };
    words.iter().filter(looks).count() as f32 * 0.4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(text: &str) -> Guess {
        LanguageGuesser::new(
            ["forening", "bidrag", "pengar", "lokal"],
            ["association", "grant", "money"],
        )
        .guess(text, None)
    }

    #[test]
    fn short_and_misspelt_messages() {
        for (text, expected) in [
            ("bidarg til forening", Guess::Known(Tongue::Swedish)),
            ("need to talk", Guess::Known(Tongue::English)),
            (
                "how do we get a förening approved?",
                Guess::Known(Tongue::English),
            ),
            ("ما هي أفضل وصفة", Guess::Other("ar")),
            ("چگونه می‌توانم کمک بگیرم؟", Guess::Other("fa")),
            ("Як мені отримати допомогу?", Guess::Other("uk")),
            (
                "Wann spielt Bayern München das nächste Mal?",
                Guess::Other("de"),
            ),
            ("Miten voin hakea apua kunnasta?", Guess::Other("fi")),
            ("Gdzie mogę znaleźć pomoc?", Guess::Other("pl")),
            ("¿Cómo puedo encontrar ayuda?", Guess::Other("es")),
            ("Sidee baan caawimaad ku helaa?", Guess::Other("so")),
            ("1234 !!", Guess::Unclear),
        ] {
            assert_eq!(guess(text), expected, "{text}");
        }
    }

    #[test]
    fn the_conversation_breaks_ties() {
        let guesser = LanguageGuesser::new([], []);
        assert_eq!(
            guesser.guess("LOK 2026?", Some(Tongue::English)),
            Guess::Known(Tongue::English)
        );
    }
}
