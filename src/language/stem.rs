//! A folded word becomes its stem: Snowball, and the Swedish forms that Snowball leaves alone.

use frostem::{Algorithm, Stemmer};

/// Whose inflections to take off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Swedish.
    Swedish,
    /// English.
    English,
}

/// The stem of a folded word.
///
/// Snowball's Swedish list lacks the common definite endings `-n`, `-t` and `-et` (`fakturan`, `däcket`) and the
/// nouns in `-ning`; they are taken off first, and `-el`/`-l` are made one (`cykel`, `cyklar`).
///
/// ```
/// use lots::language::{Tongue, stem};
/// assert_eq!(stem(Tongue::Swedish, "fakturan"), stem(Tongue::Swedish, "fakturor"));
/// ```
pub fn stem(tongue: Tongue, word: &str) -> String {
    match tongue {
        Tongue::English => Stemmer::new(Algorithm::English).stem(word).into_owned(),
        Tongue::Swedish => swedish(word),
    }
}

fn swedish(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let bare = without_genitive(word);
    let bare = without_definite(bare);
    // `-ionär`: Snowball takes the folded `-ar` for a plural.
    if bare.ends_with("ionar") {
        return bare.to_owned();
    }
    let stemmed = Stemmer::new(Algorithm::Swedish).stem(bare).into_owned();
    let stemmed = without_noun_ending(&stemmed);
    match stemmed.strip_suffix("el") {
        Some(rest) if rest.len() >= 3 && !ends_in_vowel(rest) => format!("{rest}l"),
        _ => stemmed.to_owned(),
    }
}

/// Without a genitive `-s` after a definite ending: `föreningens`, `fakturans`.
fn without_genitive(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(rest) if rest.len() >= 5 && (rest.ends_with('n') || rest.ends_with('t')) => rest,
        _ => word,
    }
}

fn without_definite(word: &str) -> &str {
    if let Some(rest) = strip(word, &["arna", "erna", "orna"], 3) {
        return rest;
    }
    if let Some(rest) = strip(word, &["et", "en"], 4) {
        // `-ingen`, `-heten`, `-laget`: the word without ending is stemmed on.
        return rest;
    }
    match word.strip_suffix('n') {
        // `-an`, `-in`, `-on` and `-ln`, `-rn`: fakturan, garantin, cykeln, datorn.
        Some(rest)
            if rest.len() >= 4
                && (ends_in_vowel(rest) || rest.ends_with('l') || rest.ends_with('r')) =>
        {
            rest
        }
        _ => word,
    }
}

/// Without what makes a noun of a verb: `ansökning`, `träning`, `förening`.
fn without_noun_ending(word: &str) -> &str {
    let bare = strip(word, &["ning"], 4).filter(|rest| !ends_in_vowel(rest));
    bare.or_else(|| strip(word, &["ing", "ande", "else"], 4))
        .unwrap_or(word)
}

fn strip<'a>(word: &'a str, endings: &[&str], keep: usize) -> Option<&'a str> {
    endings
        .iter()
        .find_map(|e| word.strip_suffix(e).filter(|rest| rest.len() >= keep))
}

fn ends_in_vowel(word: &str) -> bool {
    word.ends_with(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(forms: &str) {
        let stems: Vec<_> = forms
            .split_whitespace()
            .map(|w| (w, stem(Tongue::Swedish, &crate::language::fold(w))))
            .collect();
        assert!(stems.windows(2).all(|p| p[0].1 == p[1].1), "{stems:?}");
    }

    #[test]
    fn swedish_forms_of_a_word_share_a_stem() {
        same("garanti garantin garantier");
        same("faktura fakturan fakturor fakturornas");
        same("däck däcket däcken");
        same("lösenord lösenordet lösenorden");
        same("cykel cykeln cyklar cyklarna");
        same("förening föreningen föreningar föreningens föreningarna");
        same("bidrag bidraget bidragen bidragets");
        same("ansöka ansöker ansökan");
        same("bibliotek biblioteket biblioteken");
        same("lokal lokalen lokaler");
        same("möbel möbler möblerna");
        same("pensionär pensionärer pensionären");
    }
}
