//! A misspelt word becomes the word of the base that it most likely is.
//!
//! Candidates come from an index of deletions (every word with one letter taken away), so that only words within
//! reach are measured: a word within two edits (a swap counts as one) of another shares a form with one letter less,
//! or begins or ends alike, which a second index over halves finds. The distance itself is `strsim`'s optimal string
//! alignment.

use std::collections::HashMap;

/// A vocabulary that finds the nearest word.
#[derive(Clone, Debug, Default)]
pub struct Speller {
    words: Vec<(Box<str>, u32)>,
    /// Which letters each word has, a bit each.
    letters: Vec<u32>,
    known: HashMap<Box<str>, u32>,
    deletions: HashMap<u64, Vec<u32>>,
    halves: HashMap<u64, Vec<u32>>,
}

/// Words shorter than this are not mended: too many others are one letter away.
const SHORTEST: usize = 4;
/// Words from this length may differ in two places.
const SHORTEST_FOR_TWO: usize = 8;
/// Words longer than this are not mended.
const LONGEST: usize = 40;
/// At most so many words are measured per index entry, the most frequent first: keeps the work bounded.
const MOST_MEASURED: usize = 64;

impl Speller {
    /// Builds the indexes over folded words and how often each occurs.
    pub fn new(vocabulary: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut words: Vec<(Box<str>, u32)> = vocabulary
            .into_iter()
            .filter(|(w, _)| mendable(w))
            .map(|(w, n)| (w.into_boxed_str(), n))
            .collect();
        // Frequent words first, so that they win ties; then by spelling, so that the result never depends on order.
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.dedup_by(|a, b| a.0 == b.0);
        let mut speller = Speller::default();
        for (i, (word, _)) in words.iter().enumerate() {
            let i = i as u32;
            speller.known.insert(word.clone(), i);
            for key in deletion_keys(word) {
                let bucket = speller.deletions.entry(key).or_default();
                if bucket.last() != Some(&i) {
                    bucket.push(i);
                }
            }
            if word.len() >= SHORTEST_FOR_TWO - 2 {
                for key in half_keys(word) {
                    speller.halves.entry(key).or_default().push(i);
                }
            }
        }
        speller.letters = words.iter().map(|(w, _)| letters(w)).collect();
        speller.words = words;
        speller
    }

    /// Whether the word stands in the vocabulary as it is.
    pub fn knows(&self, word: &str) -> bool {
        self.known.contains_key(word)
    }

    /// The words of the vocabulary.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(w, _)| &**w)
    }

    /// The nearest known word and how sure that is, 0..1; `None` when none is near enough.
    ///
    /// One edit is allowed from four letters on, two from eight.
    pub fn mend(&self, word: &str) -> Option<(&str, f32)> {
        if !mendable(word) {
            return None;
        }
        let allowed = if word.len() >= SHORTEST_FOR_TWO { 2 } else { 1 };
        let typed = letters(word);
        let mut best: Option<(usize, bool, u32)> = None;
        let mut consider = |bucket: Option<&Vec<u32>>| {
            for &i in bucket.into_iter().flatten().take(MOST_MEASURED) {
                let candidate = &*self.words[i as usize].0;
                // An edit changes at most two letters of the set, so most candidates need no measuring.
                let differ = (typed ^ self.letters[i as usize]).count_ones() as usize;
                if differ > 2 * allowed || candidate.len().abs_diff(word.len()) > allowed {
                    continue;
                }
                let distance = strsim::osa_distance(word, candidate);
                if distance > allowed || (distance == 2 && candidate.len() < SHORTEST_FOR_TWO - 1) {
                    continue;
                }
                // A wrong first letter is rare, so a candidate that shares it wins.
                let key = (
                    distance,
                    candidate.as_bytes().first() != word.as_bytes().first(),
                    i,
                );
                if best.is_none_or(|b| key < b) {
                    best = Some(key);
                }
            }
        };
        for key in deletion_keys(word) {
            consider(self.deletions.get(&key));
        }
        if allowed == 2 {
            for key in half_keys(word) {
                consider(self.halves.get(&key));
            }
        }
        let (distance, other_first, i) = best?;
        if other_first && word.len() < 6 {
            return None;
        }
        let sure =
            1.0 - 0.9 * distance as f32 / word.len() as f32 - if other_first { 0.1 } else { 0.0 };
        Some((&self.words[i as usize].0, sure))
    }
}

fn mendable(word: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

fn letters(word: &str) -> u32 {
    word.bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |set, b| set | 1 << (b - b'a'))
}

/// The word itself and every form with one letter less, as hashes.
fn deletion_keys(word: &str) -> impl Iterator<Item = u64> + '_ {
    let bytes = word.as_bytes();
    std::iter::once(hash(bytes.iter().copied(), 0)).chain(
        (0..bytes.len()).map(move |i| hash(bytes[..i].iter().chain(&bytes[i + 1..]).copied(), 0)),
    )
}

/// The first and the last half of a word, as hashes: two edits leave one of them whole, or nearly.
fn half_keys(word: &str) -> [u64; 2] {
    let bytes = word.as_bytes();
    [
        hash(bytes[..4].iter().copied(), 1),
        hash(bytes[bytes.len() - 4..].iter().copied(), 2),
    ]
}

/// FNV-1a, 64 bits.
fn hash(bytes: impl Iterator<Item = u8>, seed: u64) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325 ^ seed, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speller() -> Speller {
        let words = [
            "forening",
            "foreningen",
            "bidrag",
            "volontar",
            "aktivitetsstod",
            "kommun",
            "stod",
        ];
        Speller::new(words.iter().map(|w| ((*w).to_owned(), 1)))
    }

    #[test]
    fn the_nearest_word_is_found() {
        let s = speller();
        for (typed, meant) in [
            ("foening", "forening"),
            ("bidarg", "bidrag"),
            ("aktivitetstöd", ""),
            ("aktivitetstod", "aktivitetsstod"),
            ("komun", "kommun"),
            ("volntor", ""),
        ] {
            assert_eq!(s.mend(typed).map_or("", |m| m.0), meant, "{typed}");
        }
    }

    #[test]
    fn short_and_far_words_are_left_alone() {
        let s = speller();
        assert_eq!(s.mend("sto"), None);
        assert_eq!(s.mend("bibliotek"), None);
    }
}
