//! A question made ready for one index: what to look for, and how much each word counts.

use super::index::{Index, PAIR, pairs};
use super::slots::Slots;
use crate::language::{Kind, Token, sentences};

/// A question made ready for one index.
pub(crate) struct Query {
    /// What is looked for in bags.
    pub(crate) concepts: Vec<Concept>,
    /// Sum of the concepts' weights.
    pub(crate) mass: f32,
    /// The places of its terms in `vectors`.
    slots: Slots,
    /// The whole question, and each of its sentences when there are several.
    vectors: Vec<Vector>,
    /// The places of its letter groups in `gram_weights`.
    grams: Slots,
    gram_weights: Vec<f32>,
    gram_norm: f32,
    pub(crate) tokens: Vec<Token>,
}

pub(crate) struct Concept {
    /// Terms that stand for it, with how well, 0..1.
    pub(crate) terms: Vec<(u32, f32)>,
    /// Inverse document frequency times how much the word counts.
    pub(crate) weight: f32,
}

/// Weights of terms by their slot, and how much a likeness with this vector counts.
#[derive(Default)]
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

/// Story sentences count less than the one that asks.
const STORY: f32 = 0.55;
/// A likeness with one sentence of several counts less than with the whole.
const ONE_SENTENCE: f32 = 0.85;
/// At most so many sentences are looked at on their own, the last ones.
const MOST_SENTENCES: usize = 4;
/// What a word weighs that the base does not have, as a share of the rarest word's weight.
const UNKNOWN: f32 = 0.6;

impl Query {
    /// Makes a question ready. `context` is what was said before, with how much it counts; `mend` says whether misspelt
    /// words are to be mended.
    pub(crate) fn new(index: &Index, text: &str, context: &[(&str, f32)], mend: bool) -> Query {
        let speller = mend.then_some(&index.speller);
        let known = |stem: &str| index.term(stem).is_some();
        let mut tokens = index.analyzer.tokens(text, &known, speller);
        weigh_sentences(text, &mut tokens);
        let own = tokens.len();
        for (earlier, weight) in context {
            let mut before = index.analyzer.tokens(earlier, &known, speller);
            before.iter_mut().for_each(|t| t.weight *= weight);
            tokens.extend(before);
        }
        let concepts = concepts(index, &tokens);
        let mut slots = Slots::with_room(tokens.len() * 4);
        let all: Vec<&Token> = tokens.iter().collect();
        let mut vectors = vec![Vector::new(index, &all, 1.0, &mut slots)];
        let mut sentences: Vec<usize> = tokens[..own].iter().map(|t| t.sentence).collect();
        sentences.dedup();
        if sentences.len() > 1 {
            for sentence in sentences.into_iter().rev().take(MOST_SENTENCES) {
                let of_it: Vec<&Token> = tokens[..own]
                    .iter()
                    .filter(|t| t.sentence == sentence)
                    .collect();
                vectors.push(Vector::new(index, &of_it, ONE_SENTENCE, &mut slots));
            }
        }
        vectors
            .iter_mut()
            .for_each(|v| v.raise(slots.len(), 0.0, 0.0));
        let (grams, gram_weights, gram_norm) = letter_groups(index, text);
        Query {
            mass: concepts.iter().map(|c| c.weight).sum(),
            concepts,
            slots,
            vectors,
            grams,
            gram_weights,
            gram_norm,
            tokens,
        }
    }

    /// The best cosine of the question, or of one of its sentences, with a vector of terms.
    pub(crate) fn likeness(&self, terms: &[(u32, f32)], norm: f32) -> f32 {
        self.best(terms, |v| (&v.weights, v.norm * norm))
    }

    /// The largest share of the question, or of one of its sentences, that a bag speaks for.
    pub(crate) fn share(&self, bag: &[(u32, f32)]) -> f32 {
        self.best(bag, |v| (&v.asked, v.mass))
    }

    /// Cosine with a wording by letter groups.
    pub(crate) fn letters(&self, grams: &[u32], norm: f32) -> f32 {
        if norm <= 0.0 || self.gram_norm <= 0.0 {
            return 0.0;
        }
        let dot: f32 = grams
            .iter()
            .filter_map(|g| self.grams.get(*g))
            .map(|slot| self.gram_weights[slot])
            .sum();
        dot / (norm * self.gram_norm)
    }

    fn best<'a>(
        &'a self,
        terms: &[(u32, f32)],
        of: impl Fn(&'a Vector) -> (&'a Vec<f32>, f32),
    ) -> f32 {
        const MOST: usize = MOST_SENTENCES + 1;
        let mut dots = [0.0f32; MOST];
        for (term, weight) in terms {
            if let Some(slot) = self.slots.get(*term) {
                for (dot, vector) in dots.iter_mut().zip(&self.vectors) {
                    *dot += of(vector).0[slot] * weight;
                }
            }
        }
        let shares = dots.iter().zip(&self.vectors).map(|(dot, v)| {
            let reachable = of(v).1;
            if reachable > 0.0 {
                (dot / reachable).min(1.0) * v.counts
            } else {
                0.0
            }
        });
        shares.fold(0.0, f32::max)
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
    fn new(index: &Index, tokens: &[&Token], counts: f32, slots: &mut Slots) -> Vector {
        let mut vector = Vector {
            counts,
            ..Vector::default()
        };
        let rarest_asked = (1.0 + 2.0 * index.units.len() as f32).ln() * UNKNOWN;
        let rarest = (1.0 + index.wordings.len() as f32).ln() * UNKNOWN;
        let mut square = 0.0;
        for token in tokens {
            let known = token
                .alternatives
                .iter()
                .filter_map(|(stem, how_well)| index.term(stem).map(|t| (t, *how_well)));
            // The first that is known says how much the word tells.
            let mut tells: Option<(f32, f32)> = None;
            for (term, how_well) in known {
                let (idf, asked_idf) = *tells.get_or_insert((
                    index.wording_idf[term as usize],
                    index.asked_idf[term as usize],
                ));
                let weight = how_well * token.weight;
                vector.raise(slots.insert(term), idf * weight, asked_idf * weight);
            }
            let (idf, asked_idf) = tells.unwrap_or((rarest, rarest_asked));
            square += (idf * token.weight).powi(2);
            vector.mass += asked_idf * token.weight;
        }
        let words: Vec<&&Token> = tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Stop))
            .collect();
        for (pair, two) in pairs(words.iter().map(|t| likely_stem(index, t)))
            .iter()
            .zip(words.windows(2))
        {
            let weight = PAIR * two[0].weight.min(two[1].weight);
            let mut tells = rarest;
            if let Some(term) = index.term(pair) {
                tells = index.wording_idf[term as usize];
                let asked_idf = index.asked_idf[term as usize];
                vector.raise(slots.insert(term), tells * weight, asked_idf * weight);
                vector.mass += asked_idf * weight;
            }
            square += (tells * weight).powi(2);
        }
        vector.norm = square.sqrt();
        vector
    }

    fn raise(&mut self, slot: usize, weight: f32, asked: f32) {
        if slot >= self.weights.len() {
            self.weights.resize(slot + 1, 0.0);
            self.asked.resize(slot + 1, 0.0);
        }
        self.weights[slot] = self.weights[slot].max(weight);
        self.asked[slot] = self.asked[slot].max(asked);
    }
}

/// The stem that a word most likely stands for, to look for pairs.
fn likely_stem<'a>(index: &Index, token: &'a Token) -> &'a str {
    let known = token
        .alternatives
        .iter()
        .take(2)
        .find(|(s, w)| index.term(s).is_some() && *w > 0.6);
    known
        .or(token.alternatives.first())
        .map_or("", |(s, _)| s.as_str())
}

/// A question's letter groups, their weights, and the Euclidean length of those.
fn letter_groups(index: &Index, text: &str) -> (Slots, Vec<f32>, f32) {
    let words = index.analyzer.plain_words(text);
    let (ids, unknown) = index.gram_ids(
        words
            .iter()
            .map(String::as_str)
            .filter(|w| !index.analyzer.is_stop(w)),
    );
    let mut slots = Slots::with_room(ids.len());
    // What no wording has counts as a rare group.
    let mut square = unknown as f32 * 16.0;
    let mut weights = Vec::with_capacity(ids.len());
    for id in ids {
        slots.insert(id);
        let squared = index.gram_idf[id as usize].powi(2);
        weights.push(squared);
        square += squared;
    }
    (slots, weights, square.sqrt())
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
