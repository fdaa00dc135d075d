//! What a question is matched against: every entry, every concern of an office, everything that others own, each as a
//! bag of terms and as the single wordings it is made of. One index per language.

use std::f32::consts::FRAC_1_SQRT_2;

use rustc_hash::FxHashMap;

use super::learner::Learner;
use super::meaning::Direction;
use super::postings::Postings;
use super::query::Query;
use super::texts::Texts;
use crate::knowledge::Language;
use crate::language::{Analyzer, Speller, hash, hash_pair};

/// What a unit of the index stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Target {
    /// The entry at this place in the base.
    Entry(usize),
    /// A concern that the office at this place in the base handles.
    Office(usize),
    /// A concern that this body, by its place in `elsewhere`, handles.
    Elsewhere(usize),
    /// The kind of small talk at this place in the base.
    SmallTalk(usize),
    /// The question to ask back at this place in the base.
    Clarification(usize),
}

/// Which part of an entry a wording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// The title, without what stands in brackets or after a colon, or whole.
    Title,
    /// Another name.
    Name(u16),
    /// An example question.
    Question(u16),
    /// A sentence of the text.
    Sentence,
    /// A part of the text as a whole, where nobody's wording is known.
    Passage,
    /// A concern of an office or of another body.
    Concern(u16),
}

impl Origin {
    /// Whether it is running text, not the wording of a person who asks.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Origin::Sentence | Origin::Passage)
    }
}

/// One wording: a sentence-sized text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wording {
    pub(crate) origin: Origin,
    /// How much a likeness with it counts: less for a sentence of running text than for the wording of a person who asks.
    pub(crate) counts: f32,
}

/// One thing to match against.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) target: Target,
    /// The number of its target among all targets of the index.
    pub(crate) class: u32,
    /// Its wordings, as a range of `Index::wordings`.
    pub(crate) wordings: std::ops::Range<u32>,
    /// The mean direction of what its wordings but running text mean.
    pub(crate) meaning: Direction,
}

/// How strongly a term speaks for a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct UnitPosting {
    pub(crate) unit: u32,
    /// Within its whole text, 0..1: the saturated term frequency of BM25. 0 for stop words and pairs of words.
    pub(crate) bag: f32,
    /// The same within its wordings but running text, stop words and pairs of words too.
    pub(crate) asked_as: f32,
    /// Its share of the mean direction of those wordings, which has length 1.
    pub(crate) centroid: f32,
}

/// How strongly a term speaks for a wording: its share of the wording's direction, which has length 1.
pub(crate) type WordingPosting = (u32, f32);

/// Everything in one language.
#[derive(Debug)]
pub(crate) struct Index {
    /// A hash of all that it was made of.
    pub(super) made_of: u64,
    pub(crate) language: Language,
    pub(crate) analyzer: Analyzer,
    pub(crate) speller: Speller,
    pub(crate) units: Vec<Unit>,
    pub(crate) wordings: Vec<Wording>,
    /// One divided by the Euclidean length of the weights of each wording's letter groups; 0 without any.
    pub(crate) per_letters: Vec<f32>,
    /// What each wording means: apart from the wordings, for every question looks at all of those and at few of these.
    pub(crate) meanings: Vec<Direction>,
    /// The terms by the hash of their stem, or of their two stems.
    pub(super) vocabulary: FxHashMap<u64, u32>,
    /// Inverse document frequency of each term over units, for bags.
    pub(crate) idf: Vec<f32>,
    /// The same over units, stop words and pairs of words too, for `asked_as`.
    pub(crate) asked_idf: Vec<f32>,
    /// The same over wordings, for vectors.
    pub(crate) wording_idf: Vec<f32>,
    pub(crate) by_unit: Postings<UnitPosting>,
    /// The wordings that have a term; none where very many have it.
    pub(crate) by_wording: Postings<WordingPosting>,
    pub(super) grams: FxHashMap<u32, u32>,
    /// Inverse document frequency of each letter group over wordings; 0 for one that very many have.
    pub(crate) gram_idf: Vec<f32>,
    /// Which letter groups the model looks at.
    pub(super) long_grams: Vec<bool>,
    /// The wordings that have a letter group; none where very many have it.
    pub(crate) by_gram: Postings<u32>,
    /// The running text of units that nobody's wording is known of.
    pub(super) texts: Texts,
    /// Tells the targets apart by terms and letter groups, these after those.
    pub(super) learner: Option<Learner>,
}

/// The negative logarithm of a chance that counts as none: of few examples less is learnt, and chances lie closer.
const LEAST_LIKELY: f32 = 10.0;
const LEAST_LIKELY_OF_FEW: f32 = 5.0;
/// What a pair of neighbouring words counts in a vector.
pub(crate) const PAIR: f32 = 0.6;

impl Index {
    /// The id of a stem.
    pub(crate) fn term(&self, stem: &str) -> Option<u32> {
        self.vocabulary.get(&hash(stem)).copied()
    }

    /// The id of a pair of neighbouring stems.
    pub(crate) fn pair(&self, first: &str, second: &str) -> Option<u32> {
        self.vocabulary.get(&hash_pair(first, second)).copied()
    }

    /// The ids of the letter groups of some words; groups that no wording has are counted, not named.
    pub(crate) fn gram_ids<'a>(&self, words: impl Iterator<Item = &'a str>) -> (Vec<u32>, usize) {
        let mut hashes = gram_hashes(words, &GROUPS);
        hashes.sort_unstable();
        hashes.dedup();
        let known: Vec<u32> = hashes
            .iter()
            .filter_map(|h| self.grams.get(h).copied())
            .collect();
        let unknown = hashes.len() - known.len();
        (known, unknown)
    }

    /// The groups of letters of some words by their hash, each with how much it tells: most, when no wording has it.
    pub(super) fn telling_groups<'a>(
        &self,
        words: impl Iterator<Item = &'a str>,
    ) -> FxHashMap<u32, f32> {
        let rarest = (1.0 + self.wordings.len() as f32).ln();
        let tells = |hash: u32| match self.grams.get(&hash) {
            Some(id) => self.gram_idf[*id as usize],
            None => rarest,
        };
        let hashes = gram_hashes(words, &GROUPS);
        hashes.into_iter().map(|hash| (hash, tells(hash))).collect()
    }

    /// How likely each class of targets is by what tells the targets apart: 1 for certain, 0 from a chance of 1 to
    /// 22,000, or 1 to 150 where examples are few. `None` without a model.
    pub(crate) fn learnt(&self, query: &Query) -> Option<Vec<f32>> {
        let (learner, whole) = (self.learner.as_ref()?, query.vectors.first()?);
        let terms = self.vocabulary.len() as u32;
        let per_term = FRAC_1_SQRT_2 / whole.norm.max(f32::MIN_POSITIVE);
        let per_gram = FRAC_1_SQRT_2 / query.gram_norm.max(f32::MIN_POSITIVE);
        let by_terms = whole.terms.iter().map(|t| (t.term, t.weight * per_term));
        let by_grams = query.grams.iter();
        let by_grams = by_grams.filter(|(g, _)| self.long_grams[*g as usize]);
        let by_grams = by_grams.map(|(g, squared)| (terms + g, squared.sqrt() * per_gram));
        let meaning = query.meant.first().map_or(Direction::NONE, |m| m.direction);
        let mut likely = learner.log_probabilities(by_terms.chain(by_grams), &meaning);
        let least = if learner.knows_meanings() {
            LEAST_LIKELY_OF_FEW
        } else {
            LEAST_LIKELY
        };
        let share = |log: &f32| (1.0 + log / least).max(0.0);
        likely.iter_mut().for_each(|log| *log = share(log));
        Some(likely)
    }

    /// The folded words of every text, for guessing languages.
    pub(crate) fn surfaces(&self) -> impl Iterator<Item = &str> {
        self.speller.words()
    }
}

/// The lengths of letter groups.
pub(crate) const GROUPS: [usize; 2] = [3, LONG];
/// The length of those that the model looks at; the shorter ones would double its size and tell it little more.
pub(crate) const LONG: usize = 4;

/// Hashes of the groups of letters of these lengths of each word, with its edges.
pub(crate) fn gram_hashes<'a>(words: impl Iterator<Item = &'a str>, lengths: &[usize]) -> Vec<u32> {
    let mut out = Vec::new();
    let mut padded: Vec<char> = Vec::new();
    for word in words {
        padded.clear();
        padded.push(' ');
        padded.extend(word.chars());
        padded.push(' ');
        for length in lengths {
            out.extend(padded.windows(*length).map(|w| {
                w.iter().fold(0x811c_9dc5u32, |h, c| {
                    (h ^ *c as u32).wrapping_mul(0x0100_0193)
                })
            }));
        }
    }
    out
}
