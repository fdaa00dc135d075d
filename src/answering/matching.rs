//! How well a question fits each target: candidates from the postings, then absolute features of each.
//!
//! Every feature lies between 0 and 1 and means the same for every question and base, so that a threshold does too:
//! nothing is scaled by the best or worst candidate of the day.

use std::collections::HashMap;

use crate::language::{Kind, Token, sentences};

use super::index::{Index, Origin, PAIR, Target, Unit, pairs};

/// What speaks for a target.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Features {
    /// BM25 over the target's whole text, divided by what the question could reach.
    pub(crate) bag: f32,
    /// Share of the question's weight that occurs in the target at all.
    pub(crate) coverage: f32,
    /// Cosine with the nearest wording, by words.
    pub(crate) nearest: f32,
    /// Mean of the three nearest wordings, by words.
    pub(crate) nearest_three: f32,
    /// Cosine with the nearest wording, by letter groups.
    pub(crate) letters: f32,
    /// Cosine with the mean of the wordings.
    pub(crate) centroid: f32,
    /// Cosine with the nearest title or other name.
    pub(crate) title: f32,
    /// BM25 over the target's wordings, with stop words and pairs of words.
    pub(crate) asked_as: f32,
}

impl Features {
    /// How many there are.
    pub(crate) const COUNT: usize = 8;
    /// Their names, for explanations.
    pub(crate) const NAMES: [&'static str; Features::COUNT] = [
        "bag",
        "coverage",
        "nearest",
        "nearest_three",
        "letters",
        "centroid",
        "title",
        "asked_as",
    ];

    /// The features in the order of their names.
    pub(crate) fn values(&self) -> [f32; Features::COUNT] {
        [
            self.bag,
            self.coverage,
            self.nearest,
            self.nearest_three,
            self.letters,
            self.centroid,
            self.title,
            self.asked_as,
        ]
    }
}

/// A target that a question may mean.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) target: Target,
    pub(crate) features: Features,
    pub(crate) score: f32,
    /// The wording that fits best.
    pub(crate) wording: Origin,
}

/// A question made ready for one index.
pub(crate) struct Query {
    /// What is looked for in bags.
    concepts: Vec<Concept>,
    /// Sum of the concepts' weights.
    mass: f32,
    /// The whole question, and each of its sentences when there are several.
    vectors: Vec<Vector>,
    /// Weight of each letter group, by its id.
    grams: Vec<f32>,
    gram_norm: f32,
    pub(crate) tokens: Vec<Token>,
}

struct Concept {
    /// Terms that stand for it, with how well, 0..1.
    terms: Vec<(u32, f32)>,
    /// Inverse document frequency times how much the word counts.
    weight: f32,
}

/// Weights of terms by their id, and how much a likeness with this vector counts.
struct Vector {
    weights: Vec<f32>,
    /// The same with the inverse document frequency over units.
    asked: Vec<f32>,
    /// Euclidean length of the question's weights, those that the base has no term for with them.
    norm: f32,
    /// Sum of what `asked` could reach.
    mass: f32,
    counts: f32,
}

/// How much each feature adds to the score; the weights sum to 1.
pub(crate) const WEIGHTS: [f32; Features::COUNT] = [0.08, 0.19, 0.05, 0.31, 0.09, 0.12, 0.06, 0.10];
/// Story sentences count less than the one that asks.
const STORY: f32 = 0.55;
/// A likeness with one sentence of several counts less than with the whole.
const ONE_SENTENCE: f32 = 0.85;
/// At most so many sentences are looked at on their own, the last ones.
const MOST_SENTENCES: usize = 4;
/// What a word weighs that the base does not have, as a share of the rarest word's weight.
const UNKNOWN: f32 = 0.6;
/// Cosines with a sentence of running text count less than with a wording of a person who asks.
const SENTENCE: f32 = 0.8;

impl Query {
    /// Makes a question ready. `context` is what was said before, with how much it counts.
    pub(crate) fn new(index: &Index, text: &str, context: &[(&str, f32)]) -> Query {
        let known = |stem: &str| index.term(stem).is_some();
        let mut tokens = index.analyzer.tokens(text, &known, &index.speller);
        weigh_sentences(text, &mut tokens);
        let own = tokens.len();
        for (earlier, weight) in context {
            let mut before = index.analyzer.tokens(earlier, &known, &index.speller);
            before.iter_mut().for_each(|t| t.weight *= weight);
            tokens.extend(before);
        }
        let concepts = concepts(index, &tokens);
        let mut vectors = vec![Vector::new(index, tokens.iter(), 1.0)];
        let sentences: Vec<usize> = {
            let mut all: Vec<usize> = tokens[..own].iter().map(|t| t.sentence).collect();
            all.dedup();
            all
        };
        if sentences.len() > 1 {
            for sentence in sentences.into_iter().rev().take(MOST_SENTENCES) {
                vectors.push(Vector::new(
                    index,
                    tokens[..own].iter().filter(|t| t.sentence == sentence),
                    ONE_SENTENCE,
                ));
            }
        }
        let (grams, gram_norm) = letter_groups(index, text);
        Query {
            mass: concepts.iter().map(|c| c.weight).sum(),
            concepts,
            vectors,
            grams,
            gram_norm,
            tokens,
        }
    }

    /// Whether there is anything to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.mass <= 0.0
    }

    /// The share of the question's weight that the base has words for.
    pub(crate) fn familiarity(&self) -> f32 {
        if self.mass <= 0.0 {
            return 0.0;
        }
        self.concepts
            .iter()
            .filter(|c| !c.terms.is_empty())
            .map(|c| c.weight)
            .sum::<f32>()
            / self.mass
    }
}

fn concepts(index: &Index, tokens: &[Token]) -> Vec<Concept> {
    let rarest = (1.0 + index.units.len() as f32).ln();
    let mut concepts: Vec<Concept> = Vec::new();
    for token in tokens.iter().filter(|t| t.kind != Kind::Stop) {
        let terms: Vec<(u32, f32)> = token
            .alternatives
            .iter()
            .filter_map(|(s, w)| index.term(s).map(|t| (t, *w)))
            .collect();
        // The best alternative says how much the word tells; one that is only a synonym tells less.
        let idf = terms.first().map_or(rarest * UNKNOWN, |(t, w)| {
            index.idf[*t as usize] * w.max(0.6)
        });
        let weight = idf * token.weight;
        let first = terms.first().map(|(t, _)| *t);
        // The same word again adds nothing new; it keeps the greater weight.
        match concepts
            .iter_mut()
            .find(|c| first.is_some() && c.terms.first().map(|(t, _)| *t) == first)
        {
            Some(same) => same.weight = same.weight.max(weight),
            None => concepts.push(Concept { terms, weight }),
        }
    }
    concepts
}

impl Vector {
    fn new<'a>(
        index: &Index,
        tokens: impl Iterator<Item = &'a Token> + Clone,
        counts: f32,
    ) -> Vector {
        let mut weights = vec![0.0f32; index.wording_idf.len()];
        let mut asked = weights.clone();
        let rarest_asked = (1.0 + 2.0 * index.units.len() as f32).ln();
        let rarest = (1.0 + index.wordings.len() as f32).ln();
        let (mut square, mut mass) = (0.0, 0.0);
        for token in tokens.clone() {
            let mut best = rarest * UNKNOWN;
            let mut best_asked = rarest_asked * UNKNOWN;
            for (n, (stem, how_well)) in token.alternatives.iter().enumerate() {
                let Some(term) = index.term(stem) else {
                    continue;
                };
                let idf = index.wording_idf[term as usize];
                if n == 0 || best == rarest * UNKNOWN {
                    best = idf;
                    best_asked = index.asked_idf[term as usize];
                }
                let slot = &mut weights[term as usize];
                *slot = slot.max(best * how_well * token.weight);
                let slot = &mut asked[term as usize];
                *slot = slot.max(best_asked * how_well * token.weight);
            }
            square += (best * token.weight).powi(2);
            mass += best_asked * token.weight;
        }
        let stems = |t: &&Token| matches!(t.kind, Kind::Word | Kind::Stop);
        let all: Vec<&Token> = tokens.filter(stems).collect();
        let names = all.iter().map(|t| {
            let known = t
                .alternatives
                .iter()
                .take(2)
                .find(|(s, w)| index.term(s).is_some() && *w > 0.6);
            known.map_or(t.alternatives[0].0.as_str(), |(s, _)| s.as_str())
        });
        for (pair, two) in pairs(names).iter().zip(all.windows(2)) {
            let weight = PAIR * two[0].weight.min(two[1].weight);
            let idf = index.term(pair).map_or(rarest * UNKNOWN, |term| {
                let idf = index.wording_idf[term as usize];
                weights[term as usize] = weights[term as usize].max(idf * weight);
                asked[term as usize] =
                    asked[term as usize].max(index.asked_idf[term as usize] * weight);
                mass += index.asked_idf[term as usize] * weight;
                idf
            });
            square += (idf * weight).powi(2);
        }
        Vector {
            weights,
            asked,
            norm: square.sqrt(),
            mass,
            counts,
        }
    }

    /// Cosine with a vector of terms.
    fn cosine(&self, terms: &[(u32, f32)], norm: f32) -> f32 {
        if norm <= 0.0 || self.norm <= 0.0 {
            return 0.0;
        }
        let dot: f32 = terms
            .iter()
            .map(|(term, weight)| self.weights[*term as usize] * weight)
            .sum();
        (dot / (norm * self.norm)).min(1.0) * self.counts
    }
}

impl Vector {
    /// The share of the question that a bag speaks for.
    fn share(&self, bag: &[(u32, f32)]) -> f32 {
        let sum: f32 = bag
            .iter()
            .map(|(term, impact)| self.asked[*term as usize] * impact)
            .sum();
        if self.mass > 0.0 {
            (sum / self.mass).min(1.0) * self.counts
        } else {
            0.0
        }
    }
}

/// The weights of a question's letter groups, and their Euclidean length.
fn letter_groups(index: &Index, text: &str) -> (Vec<f32>, f32) {
    let words = index.analyzer.plain_words(text);
    let (ids, unknown) = index.gram_ids(
        words
            .iter()
            .map(String::as_str)
            .filter(|w| !index.analyzer.is_stop(w)),
    );
    let mut grams = vec![0.0; index.gram_idf.len()];
    let mut square = unknown as f32 * 16.0;
    for id in ids {
        let idf = index.gram_idf[id as usize];
        grams[id as usize] = idf * idf;
        square += idf * idf;
    }
    (grams, square.sqrt())
}

/// Gives every sentence its weight: the one that asks counts fully, a story around it less.
fn weigh_sentences(text: &str, tokens: &mut [Token]) {
    let all: Vec<&str> = sentences(text).collect();
    if all.len() < 2 {
        return;
    }
    let asks = all.iter().any(|s| s.ends_with('?'));
    for token in tokens {
        let sentence = all.get(token.sentence).copied().unwrap_or_default();
        let full = if asks {
            sentence.ends_with('?')
        } else {
            token.sentence + 1 == all.len()
        };
        if !full {
            token.weight *= STORY;
        }
    }
}

/// The best targets for a question, best first; at most one match per target. `depth` is how many candidates of the
/// first stage are looked at closely.
pub(crate) fn matches(index: &Index, query: &Query, depth: usize) -> Vec<Match> {
    let mut best: HashMap<Target, Match> = HashMap::new();
    for (unit, bag, coverage) in candidates(index, query, depth) {
        let unit = &index.units[unit as usize];
        let found = look_closely(index, query, unit, bag, coverage);
        match best.get(&found.target) {
            Some(other) if other.score >= found.score => {}
            _ => {
                best.insert(found.target, found);
            }
        }
    }
    let mut out: Vec<Match> = best.into_values().collect();
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
    out
}

/// Units by BM25, with that and their coverage.
fn candidates(index: &Index, query: &Query, depth: usize) -> Vec<(u32, f32, f32)> {
    let mut states = vec![State::default(); index.units.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (number, concept) in query.concepts.iter().enumerate() {
        let stamp = number as u32 + 1;
        for (term, how_well) in &concept.terms {
            for &(unit, impact) in index.postings(*term) {
                let state = &mut states[unit as usize];
                let value = how_well * impact;
                if state.stamp == 0 {
                    touched.push(unit);
                }
                if state.stamp != stamp {
                    // A concept counts once per unit, by the best of its terms.
                    *state = State {
                        stamp,
                        current: value,
                        covered: *how_well,
                        bag: state.bag + value * concept.weight,
                        coverage: state.coverage + how_well * concept.weight,
                    };
                } else {
                    if value > state.current {
                        state.bag += (value - state.current) * concept.weight;
                        state.current = value;
                    }
                    if *how_well > state.covered {
                        state.coverage += (how_well - state.covered) * concept.weight;
                        state.covered = *how_well;
                    }
                }
            }
        }
    }
    let by_bag = |a: &u32, b: &u32| {
        states[*b as usize]
            .bag
            .total_cmp(&states[*a as usize].bag)
            .then(a.cmp(b))
    };
    if touched.len() > depth {
        touched.select_nth_unstable_by(depth, by_bag);
        touched.truncate(depth);
    }
    touched.sort_unstable_by(by_bag);
    let mass = query.mass.max(f32::MIN_POSITIVE);
    touched
        .into_iter()
        .map(|u| {
            (
                u,
                states[u as usize].bag / mass,
                states[u as usize].coverage / mass,
            )
        })
        .collect()
}

/// What the first stage knows of a unit.
#[derive(Clone, Copy, Default)]
struct State {
    /// The last concept seen, from 1; 0 for none.
    stamp: u32,
    current: f32,
    covered: f32,
    bag: f32,
    coverage: f32,
}

fn look_closely(index: &Index, query: &Query, unit: &Unit, bag: f32, coverage: f32) -> Match {
    let mut features = Features {
        bag,
        coverage,
        ..Features::default()
    };
    let mut wording = Origin::Title;
    let mut nearest = [0.0f32; 3];
    let mut best = 0.0;
    for w in &index.wordings[unit.wordings.start as usize..unit.wordings.end as usize] {
        let by_words = query
            .vectors
            .iter()
            .map(|v| v.cosine(&w.terms, w.norm))
            .fold(0.0, f32::max);
        let by_letters = if w.gram_norm > 0.0 && query.gram_norm > 0.0 {
            w.grams
                .iter()
                .map(|g| query.grams[*g as usize])
                .sum::<f32>()
                / (w.gram_norm * query.gram_norm)
        } else {
            0.0
        };
        let by_words = match w.origin {
            Origin::Sentence(_) => by_words * SENTENCE,
            Origin::Title | Origin::Name(_) => {
                features.title = features.title.max(by_words);
                by_words
            }
            Origin::Question(_) | Origin::Concern(_) => by_words,
        };
        if by_words > nearest[2] {
            nearest[2] = by_words;
            nearest.sort_unstable_by(|a, b| b.total_cmp(a));
        }
        features.letters = features.letters.max(by_letters);
        if by_words + by_letters > best {
            best = by_words + by_letters;
            wording = w.origin;
        }
    }
    features.nearest = nearest[0];
    features.nearest_three = nearest.iter().sum::<f32>() / 3.0;
    features.centroid = query
        .vectors
        .iter()
        .map(|v| v.cosine(&unit.centroid, 1.0))
        .fold(0.0, f32::max);
    features.asked_as = query
        .vectors
        .iter()
        .map(|v| v.share(&unit.asked_as))
        .fold(0.0, f32::max);
    let score = features
        .values()
        .iter()
        .zip(WEIGHTS)
        .map(|(f, w)| f * w)
        .sum();
    Match {
        target: unit.target,
        features,
        score,
        wording,
    }
}
