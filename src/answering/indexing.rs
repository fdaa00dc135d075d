//! The making of an index: what was gathered of the texts becomes weighted vectors and postings.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::examples::Examples;
use super::gathering::{Build, RawTerm, slice};
use super::index::{Index, Origin, UnitPosting, Wording};
use super::learner::Learner;
use super::meaning::Direction;
use super::postings::Postings;
use super::sources::{UnitSource, analyzer, sources};
use super::texts::Texts;
use crate::knowledge::{Knowledge, Language};
use crate::language::{Analyzer, DIMENSIONS, Meaning, Speller, Tongue, add_meaning, normalised};

/// What more than this share of the wordings have, and not few, tells nothing of one of them, and would take most of the
/// time: such words and letter groups are left out where wordings are compared one by one.
const COMMON_WORD: f32 = 0.1;
const COMMON_GROUP: f32 = 0.05;
const FEW: u32 = 500;
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
        let bare = sources.iter().zip(0..).filter(|(s, _)| s.is_bare());
        let texts = bare.filter_map(|(source, unit)| {
            let words = source.words(&analyzer);
            (!words.is_empty()).then_some((unit, words))
        });
        let texts = Texts::new(&texts.collect::<Vec<_>>());
        build.index(made_of, language, analyzer, speller, texts)
    }
}

impl Build {
    /// What each wording means: its words' meanings, each by how much the word tells.
    fn meanings(&self, tongue: Tongue, idf: &[f32]) -> Vec<Direction> {
        // A direction with its length: as numbers, the words of a base take tens of megabytes.
        let mut of_word = vec![(Direction::NONE, 0.0); self.met.len()];
        for (word, id) in &self.surfaces {
            let met = &self.met[*id as usize];
            let tells = met.term().map_or(0.0, |t| idf[t as usize]);
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
        texts: Texts,
    ) -> Index {
        let (terms, grams) = (self.vocabulary.len(), self.grams.long.len());
        let count = |ids: &mut dyn Iterator<Item = u32>, keys: usize| {
            let mut counts = vec![0u32; keys];
            ids.for_each(|id| counts[id as usize] += 1);
            counts
        };
        let wordings = self.origins.len();
        let term_counts = count(&mut self.terms.iter().map(|t| t.term), terms);
        let wording_idf = inverse(&term_counts, wordings);
        let is_common = |count: u32, share: f32| count > FEW.max((share * wordings as f32) as u32);
        let gram_counts = count(&mut self.gram_ids.iter().copied(), grams);
        let mut gram_idf = inverse(&gram_counts, wordings);
        for (idf, count) in gram_idf.iter_mut().zip(&gram_counts) {
            if is_common(*count, COMMON_GROUP) {
                *idf = 0.0;
            }
        }
        let gram_idf = gram_idf;
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
        let (tongue, classes) = (analyzer.tongue(), self.classes.len());
        let asked = self.origins.iter().filter(|origin| !origin.is_text());
        let meant = Learner::asks_for_meanings(asked.count(), classes)
            .then(|| self.meanings(tongue, &wording_idf));
        let examples = self.examples(&wording_idf, &gram_idf, meant.as_deref());
        let learn = || Learner::learn(&examples, classes, false);
        let (learner, by_wording, by_gram, wordings, per_letters, meanings) =
            std::thread::scope(|threads| {
                let learner = threads.spawn(learn);
                let by_wording = Postings::new(terms, || {
                    let (idf, norms, counts) = (&wording_idf, &norms, &term_counts);
                    (0..wordings).flat_map(move |w| {
                        let share = move |t: &RawTerm| t.weight * idf[t.term as usize] / norms[w];
                        let tells =
                            move |t: &&RawTerm| !is_common(counts[t.term as usize], COMMON_WORD);
                        let terms = build.terms_of(w).iter().filter(tells);
                        terms.map(move |t| (t.term, (w as u32, share(t))))
                    })
                });
                let by_gram = Postings::new(grams, || {
                    let idf = &gram_idf;
                    (0..wordings).flat_map(move |w| {
                        let tell = build.grams_of(w).iter().filter(|g| idf[**g as usize] > 0.0);
                        tell.map(move |g| (*g, w as u32))
                    })
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
                let wordings: Vec<Wording> = self
                    .origins
                    .iter()
                    .map(|origin| Wording {
                        origin: *origin,
                        counts: match origin {
                            Origin::Sentence | Origin::Passage => SENTENCE,
                            _ => 1.0,
                        },
                    })
                    .collect();
                let per_letters: Vec<f32> = (0..wordings.len()).map(per_letters).collect();
                let meanings = meant.unwrap_or_else(|| self.meanings(tongue, &wording_idf));
                // A thread that could not finish is tried once more here, where a fault is reported as usual.
                let learner = learner.join().unwrap_or_else(|_| learn());
                (
                    learner,
                    by_wording,
                    by_gram,
                    wordings,
                    per_letters,
                    meanings,
                )
            });
        drop((self.terms, self.gram_ids, self.words, examples, norms));
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
            per_letters,
            meanings,
            units,
            vocabulary: self.vocabulary,
            idf,
            asked_idf,
            wording_idf,
            by_unit,
            by_wording,
            grams: self.grams.numbers,
            long_grams: self.grams.long,
            gram_idf,
            by_gram,
            texts,
            learner,
        }
    }

    /// The wordings but running text as examples to learn from: their terms, numbered after those letter groups, and what
    /// they mean where that is looked at.
    fn examples(&self, idf: &[f32], gram_idf: &[f32], meanings: Option<&[Direction]>) -> Examples {
        let terms = self.vocabulary.len() as u32;
        let mut examples = Examples::new([idf, gram_idf].concat());
        let mut meant = Vec::new();
        for unit in &self.units {
            for w in unit.wordings.start as usize..unit.wordings.end as usize {
                if !self.origins[w].is_text() {
                    let grams = self.grams_of(w).iter();
                    let tells = |g: &&u32| gram_idf[**g as usize] > 0.0;
                    let long = grams
                        .filter(|g| self.grams.long[**g as usize])
                        .filter(tells);
                    let grams = long.map(|g| terms + g);
                    meant.extend(meanings.map(|m| m[w]));
                    examples.add(
                        self.keys[w],
                        unit.class,
                        self.terms_of(w).iter().map(|t| t.term).chain(grams),
                    );
                }
            }
        }
        examples.meaning(meant)
    }
}

/// The mean direction of wordings that are not running text.
fn mean(wordings: &[Wording], meanings: &[Direction]) -> Direction {
    let mut sum: Meaning = [0.0; DIMENSIONS];
    wordings
        .iter()
        .zip(meanings)
        .filter(|(w, _)| !w.origin.is_text())
        .for_each(|(_, meaning)| meaning.add_to(1.0, &mut sum));
    normalised(sum).map_or(Direction::NONE, |m| Direction::of(&m))
}

/// Inverse document frequency as in BM25, ln(1 + (N − df + ½) / (df + ½)).
fn inverse(frequencies: &[u32], documents: usize) -> Vec<f32> {
    let all = documents as f32;
    frequencies
        .iter()
        .map(|n| (1.0 + (all - *n as f32 + 0.5).max(0.0) / (*n as f32 + 0.5)).ln())
        .collect()
}
