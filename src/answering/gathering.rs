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
    pub(super) grams: FxHashMap<u32, u32>,
    /// Which of them the model looks at.
    pub(super) long_grams: Vec<bool>,
    /// The words as they stand, each with its place in `met`.
    pub(super) surfaces: FxHashMap<String, u32>,
    pub(super) met: Vec<Met>,
    /// The words that carry meaning, of all wordings one after another, and each wording's end.
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
    /// Its own term, then those of its parts.
    terms: Vec<Term>,
    /// The hashes of its letter groups, by their length.
    groups: [Vec<u32>; GROUPS.len()],
    /// How often it was met.
    count: u32,
}

impl Met {
    fn new(word: &str, analyzer: &Analyzer) -> Met {
        Met {
            terms: analyzer.terms_of_word(word),
            groups: GROUPS.map(|length| gram_hashes(std::iter::once(word), &[length])),
            count: 0,
        }
    }

    /// Whether it says nothing about the subject.
    pub(super) fn is_stop(&self) -> bool {
        self.terms.iter().any(|t| t.kind == Kind::Stop)
    }

    /// The stem of the word itself.
    pub(super) fn stem(&self) -> &str {
        self.terms.first().map_or("", |t| t.stem.as_str())
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
                .into_iter()
                .map(|word| self.meet(word, analyzer))
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

    /// The place of a word in `met`.
    fn meet(&mut self, word: String, analyzer: &Analyzer) -> u32 {
        let next = self.met.len() as u32;
        let met = &mut self.met;
        let id = *self.surfaces.entry(word).or_insert_with_key(|word| {
            met.push(Met::new(word, analyzer));
            next
        });
        self.met[id as usize].count += 1;
        id
    }

    fn wording(&mut self, origin: Origin, words: &[u32]) {
        let field = match origin {
            Origin::Title | Origin::Name(_) => IN_TITLE,
            Origin::Question(_) | Origin::Concern(_) => IN_QUESTION,
            Origin::Sentence(_) => IN_TEXT,
        };
        let met = |id: &u32| &self.met[*id as usize];
        let mut raw: Vec<RawTerm> = Vec::with_capacity(words.len() * 3);
        for two in words.windows(2) {
            let pair = hash_pair(met(&two[0]).stem(), met(&two[1]).stem());
            raw.push(RawTerm {
                term: intern(&mut self.vocabulary, pair),
                weight: PAIR,
                in_bag: 0.0,
            });
        }
        for Term { stem, weight, kind } in words.iter().flat_map(|w| &met(w).terms) {
            raw.push(RawTerm {
                term: intern(&mut self.vocabulary, hash(stem)),
                weight: *weight,
                in_bag: if *kind == Kind::Stop {
                    0.0
                } else {
                    field * weight
                },
            });
        }
        // A term counts once per wording, as the greatest of what it is there.
        raw.sort_unstable_by(|a, b| a.term.cmp(&b.term).then(b.weight.total_cmp(&a.weight)));
        raw.dedup_by_key(|t| t.term);
        self.terms.extend(raw);
        self.term_ends.push(self.terms.len() as u32);
        let telling = || words.iter().filter(|w| !met(w).is_stop());
        if !matches!(origin, Origin::Sentence(_)) {
            let mut ids: Vec<u32> = Vec::new();
            for (nth, length) in GROUPS.into_iter().enumerate() {
                for hash in telling().flat_map(|w| &met(w).groups[nth]) {
                    let next = self.grams.len() as u32;
                    let id = *self.grams.entry(*hash).or_insert(next);
                    if id == next {
                        self.long_grams.push(length == LONG);
                    }
                    ids.push(id);
                }
            }
            ids.sort_unstable();
            ids.dedup();
            self.gram_ids.extend(ids);
        }
        self.gram_ends.push(self.gram_ids.len() as u32);
        self.words.extend(telling());
        self.word_ends.push(self.words.len() as u32);
        self.origins.push(origin);
    }

    /// The words that carry meaning, each with how often it was met.
    pub(super) fn counted(&self) -> impl Iterator<Item = (String, u32)> + '_ {
        let words = self.surfaces.iter();
        let words = words.map(|(word, id)| (word, &self.met[*id as usize]));
        let telling = words.filter(|(_, met)| !met.is_stop());
        telling.map(|(word, met)| (word.clone(), met.count))
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
