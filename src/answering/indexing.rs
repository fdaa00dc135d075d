//! The making of an index: texts become terms, terms become weighted vectors and postings.

use std::collections::HashMap;

use super::index::{Index, Origin, PAIR, Posting, Target, Unit, Wording, gram_hashes, pairs};
use crate::knowledge::{Knowledge, Language, Text};
use crate::language::{Analyzer, Kind, Lexicon, Speller, Term, Tongue, sentences, words};

/// BM25's saturation and length normalisation (Robertson & Zaragoza 2009, usual values lowered for short texts).
const K1: f32 = 1.2;
const B: f32 = 0.5;
/// How much a term counts in the bag by where it stands.
const IN_TITLE: f32 = 2.0;
const IN_QUESTION: f32 = 1.0;
const IN_TEXT: f32 = 0.7;

impl Index {
    /// Builds the index of a language over a base.
    pub(crate) fn new(knowledge: &Knowledge, language: Language) -> Index {
        let sources = sources(knowledge, language);
        let analyzer = analyzer(knowledge, language, &sources);
        let mut build = Build::default();
        let mut surfaces: HashMap<String, u32> = HashMap::new();
        for source in &sources {
            build.unit(source, &analyzer, &mut surfaces);
        }
        let idf = inverse(&build.document_frequency, build.units.len());
        let wording_idf = inverse(&build.wording_frequency, build.wordings.len());
        let gram_idf = inverse(&build.gram_frequency, build.wordings.len());
        let (postings, posting_ranges) = build.postings(idf.len());
        let asked_as = build.asked_as();
        let mut asked_frequency = vec![0; build.vocabulary.len()];
        asked_as
            .iter()
            .flatten()
            .for_each(|(t, _)| asked_frequency[*t as usize] += 1);
        let asked_idf = inverse(&asked_frequency, build.units.len());
        let wordings: Vec<Wording> = build
            .wordings
            .into_iter()
            .map(|w| w.weighted(&wording_idf, &gram_idf))
            .collect();
        let units = build
            .units
            .into_iter()
            .zip(asked_as)
            .map(|((target, range), asked_as)| Unit {
                centroid: centroid(&wordings[range.start as usize..range.end as usize]),
                target,
                wordings: range,
                asked_as,
            })
            .collect();
        surfaces.retain(|w, _| !analyzer.is_stop(w));
        Index {
            language,
            speller: Speller::new(surfaces),
            analyzer,
            units,
            wordings,
            vocabulary: build.vocabulary,
            idf,
            asked_idf,
            wording_idf,
            postings,
            posting_ranges,
            grams: build.grams,
            gram_idf,
        }
    }
}
/// The texts of one unit before they are indexed.
struct UnitSource<'a> {
    target: Target,
    texts: Vec<(Origin, &'a str)>,
}

fn sources(knowledge: &Knowledge, language: Language) -> Vec<UnitSource<'_>> {
    let mut out = Vec::new();
    for (i, entry) in knowledge.entries().iter().enumerate() {
        let Some(text) = entry.texts.get(language) else {
            continue;
        };
        out.push(UnitSource {
            target: Target::Entry(i),
            texts: texts_of(text),
        });
        for (n, concern) in text.responsible_for.iter().enumerate() {
            out.push(UnitSource {
                target: Target::Office(i),
                texts: vec![(Origin::Concern(n as u16), concern)],
            });
        }
    }
    for (i, body) in knowledge.elsewhere().iter().enumerate() {
        for (n, about) in body.about(language).iter().enumerate() {
            out.push(UnitSource {
                target: Target::Elsewhere(i),
                texts: vec![(Origin::Concern(n as u16), about)],
            });
        }
        out.push(UnitSource {
            target: Target::Elsewhere(i),
            texts: vec![(Origin::Title, body.name(language))],
        });
    }
    out
}

fn texts_of(text: &Text) -> Vec<(Origin, &str)> {
    let mut out = vec![(Origin::Title, text.title.as_str())];
    out.extend(
        text.also_called
            .iter()
            .enumerate()
            .map(|(i, n)| (Origin::Name(i as u16), n.as_str())),
    );
    out.extend(
        text.questions
            .iter()
            .enumerate()
            .map(|(i, q)| (Origin::Question(i as u16), q.as_str())),
    );
    let body = std::iter::once(text.summary.as_str()).chain(
        text.sections
            .iter()
            .filter(|s| s.facet.describes())
            .map(|s| s.body.as_str()),
    );
    out.extend(
        body.flat_map(sentences)
            .enumerate()
            .map(|(i, s)| (Origin::Sentence(i as u16), s)),
    );
    out
}

/// The analysis of a language, with the words of the base as parts of compounds.
fn analyzer(knowledge: &Knowledge, language: Language, sources: &[UnitSource<'_>]) -> Analyzer {
    let list = knowledge.words().of(language);
    let pairs = &knowledge.words().across.sv_en;
    let (tongue, across) = match language {
        Language::Swedish => (
            Tongue::Swedish,
            pairs.iter().map(|(s, e)| (e.clone(), s.clone())).collect(),
        ),
        Language::English => (
            Tongue::English,
            pairs.iter().map(|(s, e)| (s.clone(), e.clone())).collect(),
        ),
    };
    let lexicon = Lexicon {
        expand: list
            .expand
            .iter()
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect(),
        synonyms: list.synonyms.clone(),
        compound_parts: list.compound_parts.clone(),
        compound_heads: list.compound_heads.clone(),
        stop: list.stop.clone(),
        across,
    };
    let mut analyzer = Analyzer::new(tongue, &lexicon);
    if tongue == Tongue::Swedish {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in sources
            .iter()
            .flat_map(|s| &s.texts)
            .flat_map(|(_, t)| words(t))
        {
            *counts.entry(word).or_default() += 1;
        }
        // A word seen once may itself be a compound or a name; seen twice it is a word of the field.
        let learnt: Vec<&str> = counts
            .iter()
            .filter(|(w, n)| **n >= 2 && (4..=10).contains(&w.len()) && !analyzer.is_stop(w))
            .map(|(w, _)| w.as_str())
            .collect();
        analyzer.learn_parts(learnt);
    }
    analyzer
}

#[derive(Default)]
struct Build {
    vocabulary: HashMap<Box<str>, u32>,
    document_frequency: Vec<u32>,
    wording_frequency: Vec<u32>,
    grams: HashMap<u32, u32>,
    gram_frequency: Vec<u32>,
    units: Vec<(Target, std::ops::Range<u32>)>,
    /// Per unit: its terms with their frequency in the bag, and the bag's length.
    bags: Vec<(Vec<(u32, f32)>, f32)>,
    wordings: Vec<RawWording>,
}

struct RawWording {
    origin: Origin,
    terms: Vec<(u32, f32)>,
    grams: Vec<u32>,
}

impl Build {
    fn unit(
        &mut self,
        source: &UnitSource<'_>,
        analyzer: &Analyzer,
        surfaces: &mut HashMap<String, u32>,
    ) {
        let first = self.wordings.len() as u32;
        let mut bag: HashMap<u32, f32> = HashMap::new();
        for &(origin, text) in &source.texts {
            let plain = analyzer.plain_words(text);
            let terms = analyzer.terms(text);
            let field = match origin {
                Origin::Title | Origin::Name(_) => IN_TITLE,
                Origin::Question(_) | Origin::Concern(_) => IN_QUESTION,
                Origin::Sentence(_) => IN_TEXT,
            };
            let mut vector: Vec<(u32, f32)> = Vec::with_capacity(terms.len());
            for pair in pairs(
                terms
                    .iter()
                    .filter(|t| t.kind != Kind::Part)
                    .map(|t| t.stem.as_str()),
            ) {
                vector.push((intern(&mut self.vocabulary, pair), PAIR));
            }
            for Term { stem, weight, kind } in terms {
                let id = intern(&mut self.vocabulary, stem);
                if kind != Kind::Stop {
                    *bag.entry(id).or_default() += field * weight;
                }
                vector.push((id, weight));
            }
            let grams = match origin {
                Origin::Sentence(_) => Vec::new(),
                _ => self.gram_vector(
                    plain
                        .iter()
                        .filter(|w| !analyzer.is_stop(w))
                        .map(String::as_str),
                ),
            };
            if !vector.is_empty() {
                let terms = merged(vector);
                self.wording_frequency.resize(self.vocabulary.len(), 0);
                terms
                    .iter()
                    .for_each(|(t, _)| self.wording_frequency[*t as usize] += 1);
                self.wordings.push(RawWording {
                    origin,
                    terms,
                    grams,
                });
            }
            for word in plain {
                *surfaces.entry(word).or_default() += 1;
            }
        }
        self.document_frequency.resize(self.vocabulary.len(), 0);
        self.wording_frequency.resize(self.vocabulary.len(), 0);
        let mut bag: Vec<(u32, f32)> = bag.into_iter().collect();
        bag.sort_unstable_by_key(|(t, _)| *t);
        bag.iter()
            .for_each(|(t, _)| self.document_frequency[*t as usize] += 1);
        let length = bag.iter().map(|(_, n)| n).sum();
        self.bags.push((bag, length));
        self.units
            .push((source.target, first..self.wordings.len() as u32));
    }

    fn gram_vector<'a>(&mut self, words: impl Iterator<Item = &'a str>) -> Vec<u32> {
        let mut ids: Vec<u32> = gram_hashes(words)
            .into_iter()
            .map(|h| {
                let next = self.grams.len() as u32;
                *self.grams.entry(h).or_insert(next)
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        self.gram_frequency.resize(self.grams.len(), 0);
        ids.iter()
            .for_each(|g| self.gram_frequency[*g as usize] += 1);
        ids
    }

    /// Per unit, the saturated frequency of each term in its wordings that are not running text.
    fn asked_as(&self) -> Vec<Box<[(u32, f32)]>> {
        let bags: Vec<(Vec<(u32, f32)>, f32)> = self
            .units
            .iter()
            .map(|(_, range)| {
                let mut bag: HashMap<u32, f32> = HashMap::new();
                let wordings = &self.wordings[range.start as usize..range.end as usize];
                for (term, weight) in wordings
                    .iter()
                    .filter(|w| !matches!(w.origin, Origin::Sentence(_)))
                    .flat_map(|w| &w.terms)
                {
                    *bag.entry(*term).or_default() += weight;
                }
                let mut bag: Vec<(u32, f32)> = bag.into_iter().collect();
                bag.sort_unstable_by_key(|(t, _)| *t);
                let length = bag.iter().map(|(_, n)| n).sum();
                (bag, length)
            })
            .collect();
        let average = bags.iter().map(|(_, l)| l).sum::<f32>() / bags.len().max(1) as f32;
        bags.into_iter()
            .map(|(bag, length)| {
                bag.into_iter()
                    .map(|(t, n)| (t, n / (n + K1 * (1.0 - B + B * length / average))))
                    .collect()
            })
            .collect()
    }

    fn postings(&self, terms: usize) -> (Vec<Posting>, Vec<(u32, u32)>) {
        let average = self.bags.iter().map(|(_, l)| l).sum::<f32>() / self.bags.len().max(1) as f32;
        let mut lists: Vec<Vec<Posting>> = vec![Vec::new(); terms];
        for (unit, (bag, length)) in self.bags.iter().enumerate() {
            for &(term, frequency) in bag {
                let impact = frequency / (frequency + K1 * (1.0 - B + B * length / average));
                lists[term as usize].push((unit as u32, impact));
            }
        }
        let mut postings = Vec::with_capacity(lists.iter().map(Vec::len).sum());
        let mut ranges = Vec::with_capacity(terms);
        for list in lists {
            let start = postings.len() as u32;
            postings.extend(list);
            ranges.push((start, postings.len() as u32));
        }
        (postings, ranges)
    }
}

impl RawWording {
    fn weighted(self, idf: &[f32], gram_idf: &[f32]) -> Wording {
        let terms: Box<[(u32, f32)]> = self
            .terms
            .into_iter()
            .map(|(t, w)| (t, w * idf[t as usize]))
            .collect();
        let norm = terms.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
        let gram_norm = self
            .grams
            .iter()
            .map(|g| gram_idf[*g as usize].powi(2))
            .sum::<f32>()
            .sqrt();
        Wording {
            origin: self.origin,
            terms,
            norm,
            grams: self.grams.into(),
            gram_norm,
        }
    }
}

fn intern(vocabulary: &mut HashMap<Box<str>, u32>, stem: String) -> u32 {
    let next = vocabulary.len() as u32;
    *vocabulary.entry(stem.into_boxed_str()).or_insert(next)
}

/// One weight per term: the greatest.
fn merged(mut vector: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    vector.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    vector.dedup_by_key(|(t, _)| *t);
    vector
}

/// Inverse document frequency as in BM25, ln(1 + (N − df + ½) / (df + ½)).
fn inverse(frequencies: &[u32], documents: usize) -> Vec<f32> {
    let all = documents as f32;
    frequencies
        .iter()
        .map(|n| (1.0 + (all - *n as f32 + 0.5).max(0.0) / (*n as f32 + 0.5)).ln())
        .collect()
}

fn centroid(wordings: &[Wording]) -> Box<[(u32, f32)]> {
    let mut sum: HashMap<u32, f32> = HashMap::new();
    for wording in wordings
        .iter()
        .filter(|w| w.norm > 0.0 && !matches!(w.origin, Origin::Sentence(_)))
    {
        for (term, weight) in &wording.terms {
            *sum.entry(*term).or_default() += weight / wording.norm;
        }
    }
    let norm = sum.values().map(|w| w * w).sum::<f32>().sqrt();
    let mut out: Vec<(u32, f32)> = sum.into_iter().map(|(t, w)| (t, w / norm)).collect();
    out.sort_unstable_by_key(|(t, _)| *t);
    out.into()
}
