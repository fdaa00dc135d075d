//! Text becomes folded words: lower case, without accents, so that `Förening`, `forening` and `FÖRENING` are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut.
const LONGEST_WORD: usize = 64;

/// A character in lower case without its accents; nothing for a combining mark.
///
/// å and ä become a, ö becomes o, as people write when they lack the keys.
pub fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'å' | 'ä' | 'Å' | 'Ä' | 'æ' | 'Æ' => out.push('a'),
        'ö' | 'Ö' | 'ø' | 'Ø' => out.push('o'),
        'é' | 'É' | 'è' | 'ë' => out.push('e'),
        _ => {
            for d in std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d)) {
                out.extend(d.to_lowercase().filter(|l| !is_combining_mark(*l)));
            }
        }
    }
}

/// A text in lower case without accents.
///
/// ```
/// assert_eq!(lots::language::fold("Föreningsbidrag À LA café"), "foreningsbidrag a la cafe");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut out);
    }
    out
}

/// The folded words of a text. Apostrophes inside a word are dropped (`don't` is `dont`), everything else that is
/// neither letter nor digit separates words.
///
/// ```
/// assert_eq!(lots::language::words("Hej! Vad är LOK-stöd?"), ["hej", "vad", "ar", "lok", "stod"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// The same without keeping them: calls `with` for one after another.
pub(crate) fn each_word(text: &str, mut with: impl FnMut(&str)) {
    let mut word = String::with_capacity(LONGEST_WORD);
    let mut folded = String::new();
    for c in text.chars() {
        folded.clear();
        match c {
            _ if c.is_ascii_alphanumeric() => {
                if word.len() < LONGEST_WORD {
                    word.push(c.to_ascii_lowercase());
                }
                continue;
            }
            '\'' | '’' | '\u{ad}' => continue,
            _ if c.is_ascii() => {}
            _ if is_combining_mark(c) => continue,
            _ => fold_char(c, &mut folded),
        }
        if !folded.is_empty() && folded.chars().all(char::is_alphanumeric) {
            // A word of a thousand letters is no word; cutting it keeps the work per word bounded.
            if word.len() < LONGEST_WORD {
                word.push_str(&folded);
            }
        } else if !word.is_empty() {
            with(&word);
            word.clear();
        }
    }
    if !word.is_empty() {
        with(&word);
    }
}

/// The sentences of a text, split at `.`, `!`, `?` and line ends that are followed by space or end.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = sentence_end(rest);
            let (sentence, after) = rest.split_at(end);
            rest = after;
            if !sentence.trim().is_empty() {
                return Some(sentence.trim());
            }
        }
        None
    })
}

fn sentence_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let ends = match c {
            '\n' => true,
            '!' | '?' | '…' | '。' | '؟' => true,
            '.' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if ends {
            return i + c.len_utf8();
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_letters_are_the_same() {
        assert_eq!(words("fo\u{308}rening"), ["forening"]);
    }

    #[test]
    fn sentences_keep_their_mark() {
        let all: Vec<_> = sentences("Vi är 12.5 st. Kan vi få stöd? Ja").collect();
        assert_eq!(all, ["Vi är 12.5 st.", "Kan vi få stöd?", "Ja"]);
    }
}
