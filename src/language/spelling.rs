//! A misspelt word becomes the word of the base that it most likely is.
//!
//! Candidates come from an index of deletions (every word with one letter taken away), so that only words within
//! reach are measured: a word within two edits (a swap counts as one) of another shares a form with one letter less,
//! or begins or ends alike, which a second index over halves finds. The distance itself is `strsim`'s optimal string
//! alignment.

use super::hashing::{hash, hash_bytes};

/// A vocabulary that finds the nearest word.
#[derive(Clone, Debug, Default)]
pub struct Speller {
    words: Vec<(Box<str>, u32)>,
    /// Which letters each word has, a bit each.
    letters: Vec<u32>,
    /// The hash of each word, in order.
    known: Vec<u64>,
    deletions: Buckets,
    halves: Buckets,
}

/// Words by a key, in order of the key and then of the words.
#[derive(Clone, Debug, Default)]
struct Buckets(Vec<(u64, u32)>);

impl Buckets {
    fn new(mut pairs: Vec<(u64, u32)>) -> Buckets {
        pairs.sort_unstable();
        pairs.dedup();
        pairs.shrink_to_fit();
        Buckets(pairs)
    }

    /// The words with a key, the most frequent first.
    fn of(&self, key: u64) -> impl Iterator<Item = u32> + '_ {
        let start = self.0.partition_point(|(k, _)| *k < key);
        let with_key = self.0[start..].iter().take_while(move |(k, _)| *k == key);
        with_key.map(|(_, word)| *word)
    }
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
        let numbered = || words.iter().zip(0u32..).map(|((word, _), i)| (&**word, i));
        let deletions = numbered().flat_map(|(word, i)| deletion_keys(word).map(move |k| (k, i)));
        let long = numbered().filter(|(word, _)| word.len() >= SHORTEST_FOR_TWO - 2);
        let halves = long.flat_map(|(word, i)| half_keys(word).map(|k| (k, i)));
        let mut known: Vec<u64> = words.iter().map(|(w, _)| hash(w)).collect();
        known.sort_unstable();
        Speller {
            letters: words.iter().map(|(w, _)| letters(w)).collect(),
            known,
            deletions: Buckets::new(deletions.collect()),
            halves: Buckets::new(halves.collect()),
            words,
        }
    }

    /// Whether the word stands in the vocabulary as it is.
    pub fn knows(&self, word: &str) -> bool {
        self.known.binary_search(&hash(word)).is_ok()
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
        let mut consider = |bucket: &Buckets, key: u64| {
            for i in bucket.of(key).take(MOST_MEASURED) {
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
            consider(&self.deletions, key);
        }
        if allowed == 2 {
            for key in half_keys(word) {
                consider(&self.halves, key);
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
    let without = move |i: usize| bytes[..i].iter().chain(&bytes[i + 1..]).copied();
    std::iter::once(hash(word)).chain((0..bytes.len()).map(move |i| hash_bytes(without(i))))
}

/// The first and the last half of a word, as hashes: two edits leave one of them whole, or nearly.
fn half_keys(word: &str) -> [u64; 2] {
    let bytes = word.as_bytes();
    let (first, last) = (&bytes[..4], &bytes[bytes.len() - 4..]);
    [
        hash_bytes(first.iter().copied().chain([b'-'])),
        hash_bytes(std::iter::once(b'-').chain(last.iter().copied())),
    ]
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
