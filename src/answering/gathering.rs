//! The first step of making an index: texts are read, and what they are made of is counted and numbered.

use rustc_hash::FxHashMap;

use super::index::{GROUPS, LONG, Origin, PAIR, Target, Unit, gram_hashes};
use super::meaning::Direction;
use super::sources::UnitSource;
use crate::language::{Analyzer, Kind, Term, hash, hash_pair};

/// How much a term counts in the bag by where it stands.
const IN_TITLE: f32 = 2.0;
const IN_QUESTION: f32 = 1.0;
const IN_TEXT: f32 = 0.7;

/// What is gathered of the texts before the weights are known. Terms and letter groups of all wordings stand one after
/// another, each wording's end beside them.
#[derive(Default)]
pub(super) struct Build {
    pub(super) vocabulary: FxHashMap<u64, u32>,
    pub(super) grams: Grams,
    /// The words as they stand, each with its place in `met`.
    pub(super) surfaces: FxHashMap<String, u32>,
    pub(super) met: Vec<Met>,
    /// The words of all wordings one after another, and each wording's end.
    pub(super) words: Vec<u32>,
    pub(super) word_ends: Vec<u32>,
    pub(super) units: Vec<Unit>,
    pub(super) classes: FxHashMap<Target, u32>,
    pub(super) origins: Vec<Origin>,
    /// A hash of each wording's text.
    pub(super) keys: Vec<u64>,
    pub(super) terms: Vec<RawTerm>,
    pub(super) term_ends: Vec<u32>,
    pub(super) gram_ids: Vec<u32>,
    pub(super) gram_ends: Vec<u32>,
}

/// A word that was met: what is the same wherever it stands.
pub(super) struct Met {
    /// Its own term, then those of its parts, each with how much it counts.
    terms: Vec<(u32, f32)>,
    /// The stem of the word itself.
    stem: String,
    /// Whether it says nothing about the subject.
    pub(super) is_stop: bool,
    /// Its letter groups, once they were asked for.
    grams: Option<Vec<u32>>,
    /// How often it was met.
    count: u32,
}

impl Met {
    fn new(word: &str, analyzer: &Analyzer, vocabulary: &mut FxHashMap<u64, u32>) -> Met {
        let mut all = analyzer.terms_of_word(word);
        let mut term = |t: &Term| (intern(vocabulary, hash(&t.stem)), t.weight);
        Met {
            terms: all.iter().map(&mut term).collect(),
            is_stop: all.iter().any(|t| t.kind == Kind::Stop),
            stem: all
                .first_mut()
                .map(|t| std::mem::take(&mut t.stem))
                .unwrap_or_default(),
            grams: None,
            count: 0,
        }
    }

    /// The term of the word itself.
    pub(super) fn term(&self) -> Option<u32> {
        self.terms.first().map(|(term, _)| *term)
    }
}

/// Letter groups, numbered as they are met.
#[derive(Default)]
pub(super) struct Grams {
    pub(super) numbers: FxHashMap<u32, u32>,
    /// Which of them the model looks at.
    pub(super) long: Vec<bool>,
    /// The last wording that had each, from 1.
    last: Vec<u32>,
}

impl Grams {
    /// The letter groups of a word.
    fn of(&mut self, word: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        for length in GROUPS {
            for hash in gram_hashes(std::iter::once(word), &[length]) {
                let next = self.numbers.len() as u32;
                let id = *self.numbers.entry(hash).or_insert(next);
                if id == next {
                    self.long.push(length == LONG);
                    self.last.push(0);
                }
                ids.push(id);
            }
        }
        ids
    }
}

/// A term of a wording, once per wording.
#[derive(Clone, Copy)]
pub(super) struct RawTerm {
    pub(super) term: u32,
    /// 1 for a word, less for a part of one or a pair.
    pub(super) weight: f32,
    /// What it counts in the bag of its unit.
    pub(super) in_bag: f32,
}

impl Build {
    /// Room for texts of so many letters, so that nothing has to move as it grows; what is not used is never touched.
    pub(super) fn for_letters(letters: usize) -> Build {
        Build {
            terms: Vec::with_capacity(letters / 2),
            gram_ids: Vec::with_capacity(letters * 2),
            words: Vec::with_capacity(letters / 2),
            ..Build::default()
        }
    }

    pub(super) fn unit(&mut self, source: &UnitSource<'_>, analyzer: &Analyzer) {
        let first = self.origins.len() as u32;
        for &(origin, text) in &source.texts {
            let words: Vec<u32> = analyzer
                .plain_words(text)
                .iter()
                .map(|word| self.meet(word, analyzer, !origin.is_text()))
                .collect();
            if !words.is_empty() {
                self.keys.push(hash(text));
                self.wording(origin, &words);
            }
        }
        let next = self.classes.len() as u32;
        let class = *self.classes.entry(source.target).or_insert(next);
        self.units.push(Unit {
            target: source.target,
            class,
            wordings: first..self.origins.len() as u32,
            meaning: Direction::NONE,
        });
    }

    /// The place of a word in `met`, by its letters too where `spelt`.
    fn meet(&mut self, word: &str, analyzer: &Analyzer, spelt: bool) -> u32 {
        let id = match self.surfaces.get(word) {
            Some(id) => *id,
            None => {
                let next = self.met.len() as u32;
                self.met
                    .push(Met::new(word, analyzer, &mut self.vocabulary));
                self.surfaces.insert(word.to_owned(), next);
                next
            }
        };
        let met = &mut self.met[id as usize];
        met.count += 1;
        if spelt && !met.is_stop && met.grams.is_none() {
            met.grams = Some(self.grams.of(word));
        }
        id
    }

    fn wording(&mut self, origin: Origin, words: &[u32]) {
        let field = match origin {
            Origin::Title | Origin::Name(_) => IN_TITLE,
            Origin::Question(_) | Origin::Concern(_) => IN_QUESTION,
            Origin::Sentence => IN_TEXT,
            // Its sentences are in the bag.
            Origin::Passage => 0.0,
        };
        let met = |id: &u32| &self.met[*id as usize];
        let mut raw: Vec<RawTerm> = Vec::with_capacity(words.len() * 3);
        for two in words.windows(2) {
            let pair = hash_pair(&met(&two[0]).stem, &met(&two[1]).stem);
            raw.push(RawTerm {
                term: intern(&mut self.vocabulary, pair),
                weight: PAIR,
                in_bag: 0.0,
            });
        }
        for word in words.iter().map(met) {
            let field = if word.is_stop { 0.0 } else { field };
            raw.extend(word.terms.iter().map(|&(term, weight)| RawTerm {
                term,
                weight,
                in_bag: field * weight,
            }));
        }
        // A term counts once per wording, as the greatest of what it is there.
        raw.sort_unstable_by(|a, b| a.term.cmp(&b.term).then(b.weight.total_cmp(&a.weight)));
        raw.dedup_by_key(|t| t.term);
        self.terms.extend(raw);
        self.term_ends.push(self.terms.len() as u32);
        let telling = || words.iter().filter(|w| !met(w).is_stop);
        if !origin.is_text() {
            let nth = self.origins.len() as u32 + 1;
            for id in telling().flat_map(|w| &met(w).grams).flatten() {
                // Each once, in its order: sorting would take longer.
                if std::mem::replace(&mut self.grams.last[*id as usize], nth) != nth {
                    self.gram_ids.push(*id);
                }
            }
        }
        self.gram_ends.push(self.gram_ids.len() as u32);
        self.words.extend(words);
        self.word_ends.push(self.words.len() as u32);
        self.origins.push(origin);
    }

    /// The words, each with how often it was met.
    pub(super) fn counted(&self) -> impl Iterator<Item = (String, u32)> + '_ {
        let words = self.surfaces.iter();
        words.map(|(word, id)| (word.clone(), self.met[*id as usize].count))
    }

    /// How many terms all wordings have.
    pub(super) fn size(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn terms_of(&self, wording: usize) -> &[RawTerm] {
        slice(&self.terms, &self.term_ends, wording)
    }

    pub(super) fn grams_of(&self, wording: usize) -> &[u32] {
        slice(&self.gram_ids, &self.gram_ends, wording)
    }
}

pub(super) fn slice<'a, T>(all: &'a [T], ends: &[u32], at: usize) -> &'a [T] {
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &all[start as usize..ends[at] as usize]
}

fn intern(vocabulary: &mut FxHashMap<u64, u32>, hash: u64) -> u32 {
    let next = vocabulary.len() as u32;
    *vocabulary.entry(hash).or_insert(next)
}
