//! The making of an index: texts become terms, terms become weighted vectors and postings.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::index::{
    GROUPS, Index, LONG, Origin, PAIR, Target, Unit, UnitPosting, Wording, gram_hashes,
};
use super::learner::{Examples, Learner};
use super::meaning::Direction;
use super::postings::Postings;
use super::sources::{UnitSource, analyzer, sources};
use crate::knowledge::{Knowledge, Language};
use crate::language::{
    Analyzer, DIMENSIONS, Kind, Meaning, Speller, Term, Tongue, add_meaning, hash, hash_pair,
    normalised,
};

/// How much a term counts in the bag by where it stands.
const IN_TITLE: f32 = 2.0;
const IN_QUESTION: f32 = 1.0;
const IN_TEXT: f32 = 0.7;
/// How much a likeness with a sentence of running text counts.
const SENTENCE: f32 = 0.8;

impl Index {
    /// The index of a language over a base: the one from before, where it would be made of the same.
    pub(super) fn renewed(
        knowledge: &Knowledge,
        language: Language,
        before: Option<&Arc<Index>>,
    ) -> Arc<Index> {
        let sources = sources(knowledge, language);
        let mut hasher = DefaultHasher::new();
        (language, &sources, knowledge.words()).hash(&mut hasher);
        let made_of = hasher.finish();
        match before.filter(|b| b.made_of == made_of) {
            Some(before) => Arc::clone(before),
            None => Arc::new(Index::new(knowledge, language, &sources, made_of)),
        }
    }

    fn new(
        knowledge: &Knowledge,
        language: Language,
        sources: &[UnitSource<'_>],
        made_of: u64,
    ) -> Index {
        let analyzer = analyzer(knowledge, language, sources);
        let mut build = Build::for_letters(
            sources
                .iter()
                .flat_map(|s| &s.texts)
                .map(|(_, text)| text.len())
                .sum(),
        );
        for source in sources {
            build.unit(source, &analyzer);
        }
        let speller = Speller::new(build.counted());
        build.index(made_of, language, analyzer, speller)
    }
}

/// What is gathered of the texts before the weights are known. Terms and letter groups of all wordings stand one after
/// another, each wording's end beside them.
#[derive(Default)]
pub(super) struct Build {
    vocabulary: FxHashMap<u64, u32>,
    grams: FxHashMap<u32, u32>,
    /// Which of them the model looks at.
    long_grams: Vec<bool>,
    /// The words as they stand, each with its place in `met`.
    surfaces: FxHashMap<String, u32>,
    met: Vec<Met>,
    /// The words that carry meaning, of all wordings one after another, and each wording's end.
    words: Vec<u32>,
    word_ends: Vec<u32>,
    pub(super) units: Vec<Unit>,
    classes: FxHashMap<Target, u32>,
    pub(super) origins: Vec<Origin>,
    terms: Vec<RawTerm>,
    term_ends: Vec<u32>,
    gram_ids: Vec<u32>,
    gram_ends: Vec<u32>,
}

/// A word that was met: what is the same wherever it stands.
struct Met {
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
    fn is_stop(&self) -> bool {
        self.terms.iter().any(|t| t.kind == Kind::Stop)
    }

    /// The stem of the word itself.
    fn stem(&self) -> &str {
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
    fn for_letters(letters: usize) -> Build {
        Build {
            terms: Vec::with_capacity(letters / 2),
            gram_ids: Vec::with_capacity(letters * 2),
            words: Vec::with_capacity(letters / 2),
            ..Build::default()
        }
    }

    fn unit(&mut self, source: &UnitSource<'_>, analyzer: &Analyzer) {
        let first = self.origins.len() as u32;
        for &(origin, text) in &source.texts {
            let words: Vec<u32> = analyzer
                .plain_words(text)
                .into_iter()
                .map(|word| self.meet(word, analyzer))
                .collect();
            if !words.is_empty() {
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
    fn counted(&self) -> impl Iterator<Item = (String, u32)> + '_ {
        let words = self.surfaces.iter();
        let words = words.map(|(word, id)| (word, &self.met[*id as usize]));
        let telling = words.filter(|(_, met)| !met.is_stop());
        telling.map(|(word, met)| (word.clone(), met.count))
    }

    /// What each wording means: its words' meanings, each by how much the word tells.
    fn meanings(&self, tongue: Tongue, idf: &[f32]) -> Vec<Direction> {
        // A direction with its length: as numbers, the words of a base take tens of megabytes.
        let mut of_word = vec![(Direction::NONE, 0.0); self.met.len()];
        for (word, id) in &self.surfaces {
            let met = &self.met[*id as usize];
            if met.is_stop() {
                continue;
            }
            let term = self.vocabulary.get(&hash(met.stem()));
            let tells = term.map_or(0.0, |t| idf[*t as usize]);
            let mut sum: Meaning = [0.0; DIMENSIONS];
            add_meaning(tongue, word, tells, &mut sum);
            let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
            if let Some(meaning) = normalised(sum) {
                of_word[*id as usize] = (Direction::of(&meaning), length);
            }
        }
        let direction = |w: usize| {
            let mut sum: Meaning = [0.0; DIMENSIONS];
            for word in slice(&self.words, &self.word_ends, w) {
                let (direction, length) = &of_word[*word as usize];
                direction.add_to(*length, &mut sum);
            }
            normalised(sum).map_or(Direction::NONE, |m| Direction::of(&m))
        };
        (0..self.origins.len()).map(direction).collect()
    }

    fn index(
        self,
        made_of: u64,
        language: Language,
        analyzer: Analyzer,
        speller: Speller,
    ) -> Index {
        let (terms, grams) = (self.vocabulary.len(), self.grams.len());
        let count = |ids: &mut dyn Iterator<Item = u32>, keys: usize| {
            let mut counts = vec![0u32; keys];
            ids.for_each(|id| counts[id as usize] += 1);
            counts
        };
        let wordings = self.origins.len();
        let wording_idf = inverse(
            &count(&mut self.terms.iter().map(|t| t.term), terms),
            wordings,
        );
        let gram_idf = inverse(&count(&mut self.gram_ids.iter().copied(), grams), wordings);
        let norms: Vec<f32> = (0..wordings)
            .map(|w| {
                let of = |t: &RawTerm| (t.weight * wording_idf[t.term as usize]).powi(2);
                self.terms_of(w).iter().map(of).sum::<f32>().sqrt()
            })
            .collect();
        let bags = self.bags(&wording_idf, &norms);
        let by_unit = Postings::new(terms, || bags.iter().copied());
        let held = |what: fn(&UnitPosting) -> f32| {
            let holders = |t: u32| by_unit.of(t).iter().filter(|p| what(p) > 0.0).count() as u32;
            let counts: Vec<u32> = (0..terms as u32).map(holders).collect();
            inverse(&counts, self.units.len())
        };
        let (idf, asked_idf) = (held(|p| p.bag), held(|p| p.asked_as));
        drop(bags);
        let build = &self;
        let examples = self.examples(&wording_idf, &gram_idf);
        let by_wording = Postings::new(terms, || {
            let (idf, norms) = (&wording_idf, &norms);
            (0..wordings).flat_map(move |w| {
                let share = move |t: &RawTerm| t.weight * idf[t.term as usize] / norms[w];
                let terms = build.terms_of(w).iter();
                terms.map(move |t| (t.term, (w as u32, share(t))))
            })
        });
        let by_gram = Postings::new(grams, || {
            (0..wordings).flat_map(move |w| build.grams_of(w).iter().map(move |g| (*g, w as u32)))
        });
        let per_letters = |w: usize| {
            let grams = self.grams_of(w).iter();
            let square: f32 = grams.map(|g| gram_idf[*g as usize].powi(2)).sum();
            if square > 0.0 {
                1.0 / square.sqrt()
            } else {
                0.0
            }
        };
        let meanings = self.meanings(analyzer.tongue(), &wording_idf);
        let wordings: Vec<Wording> = self
            .origins
            .iter()
            .enumerate()
            .map(|(w, origin)| Wording {
                origin: *origin,
                counts: match origin {
                    Origin::Sentence(_) => SENTENCE,
                    _ => 1.0,
                },
                per_letters: per_letters(w),
            })
            .collect();
        // Learning takes much room, so what it does not need goes first.
        drop((self.terms, self.gram_ids, self.words));
        drop((self.surfaces, self.met, norms));
        let learner = Learner::learn(&examples, self.classes.len(), false);
        drop(examples);
        let mut units = self.units;
        for unit in &mut units {
            let own = unit.wordings.start as usize..unit.wordings.end as usize;
            unit.meaning = mean(&wordings[own.clone()], &meanings[own]);
        }
        Index {
            made_of,
            language,
            analyzer,
            speller,
            wordings,
            meanings,
            units,
            vocabulary: self.vocabulary,
            idf,
            asked_idf,
            wording_idf,
            by_unit,
            by_wording,
            grams: self.grams,
            long_grams: self.long_grams,
            gram_idf,
            by_gram,
            learner,
        }
    }

    /// The wordings but running text as examples to learn from: their terms and, numbered after those, letter groups.
    fn examples(&self, idf: &[f32], gram_idf: &[f32]) -> Examples {
        let terms = self.vocabulary.len() as u32;
        let mut examples = Examples::new([idf, gram_idf].concat());
        for unit in &self.units {
            for w in unit.wordings.start as usize..unit.wordings.end as usize {
                if !matches!(self.origins[w], Origin::Sentence(_)) {
                    let grams = self.grams_of(w).iter();
                    let long = grams.filter(|g| self.long_grams[**g as usize]);
                    let grams = long.map(|g| terms + g);
                    examples.add(
                        unit.class,
                        self.terms_of(w).iter().map(|t| t.term).chain(grams),
                    );
                }
            }
        }
        examples
    }

    /// How many terms all wordings have.
    pub(super) fn size(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn terms_of(&self, wording: usize) -> &[RawTerm] {
        slice(&self.terms, &self.term_ends, wording)
    }

    fn grams_of(&self, wording: usize) -> &[u32] {
        slice(&self.gram_ids, &self.gram_ends, wording)
    }
}

fn slice<'a, T>(all: &'a [T], ends: &[u32], at: usize) -> &'a [T] {
    let start = if at == 0 { 0 } else { ends[at - 1] };
    &all[start as usize..ends[at] as usize]
}

/// The mean direction of wordings that are not running text.
fn mean(wordings: &[Wording], meanings: &[Direction]) -> Direction {
    let mut sum: Meaning = [0.0; DIMENSIONS];
    wordings
        .iter()
        .zip(meanings)
        .filter(|(w, _)| !matches!(w.origin, Origin::Sentence(_)))
        .for_each(|(_, meaning)| meaning.add_to(1.0, &mut sum));
    normalised(sum).map_or(Direction::NONE, |m| Direction::of(&m))
}

fn intern(vocabulary: &mut FxHashMap<u64, u32>, hash: u64) -> u32 {
    let next = vocabulary.len() as u32;
    *vocabulary.entry(hash).or_insert(next)
}

/// Inverse document frequency as in BM25, ln(1 + (N − df + ½) / (df + ½)).
fn inverse(frequencies: &[u32], documents: usize) -> Vec<f32> {
    let all = documents as f32;
    frequencies
        .iter()
        .map(|n| (1.0 + (all - *n as f32 + 0.5).max(0.0) / (*n as f32 + 0.5)).ln())
        .collect()
}
