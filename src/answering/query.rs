//! A question made ready for one index: what to look for, and how much each word counts.

use super::index::{Index, PAIR};
use super::meaning::Direction;
use crate::language::{DIMENSIONS, Kind, Meaning, Token, add_meaning, normalised, sentences};

/// A question made ready for one index.
pub(crate) struct Query {
    /// What is looked for in bags.
    pub(crate) concepts: Vec<Concept>,
    /// Sum of the concepts' weights.
    pub(crate) mass: f32,
    /// The whole question, and each of its sentences when there are several.
    pub(crate) vectors: Vec<Vector>,
    /// What the question means, and each of its sentences when there are several.
    pub(crate) meant: Vec<Meant>,
    /// Its letter groups that some wording has, with their squared weights.
    pub(crate) grams: Vec<(u32, f32)>,
    /// Euclidean length of all its letter groups' weights.
    pub(crate) gram_norm: f32,
    /// Its letter groups that running texts have.
    pub(crate) in_texts: Vec<(u32, f32)>,
    pub(crate) tokens: Vec<Token>,
}

pub(crate) struct Concept {
    /// Terms that stand for it, with how well, 0..1.
    pub(crate) terms: Vec<(u32, f32)>,
    /// Inverse document frequency times how much the word counts.
    pub(crate) weight: f32,
}

/// A question, or one sentence of it, as weighted terms.
pub(crate) struct Vector {
    /// Each term once, in order.
    pub(crate) terms: Vec<VectorTerm>,
    /// Euclidean length of the question's weights, those that the base has no term for with them.
    pub(crate) norm: f32,
    /// Sum of what `asked_as` could reach.
    pub(crate) mass: f32,
    /// How much a likeness with this vector counts, 0..1.
    pub(crate) counts: f32,
}

/// What a question, or one sentence of it, means, and how much a likeness with it counts, 0..1.
#[derive(Clone, Copy)]
pub(crate) struct Meant {
    pub(crate) direction: Direction,
    pub(crate) counts: f32,
}

/// A term of a question.
#[derive(Clone, Copy)]
pub(crate) struct VectorTerm {
    pub(crate) term: u32,
    /// With the inverse document frequency over wordings.
    pub(crate) weight: f32,
    /// With the one over units.
    pub(crate) asked_as: f32,
}

/// Story sentences count less than the one that asks.
const STORY: f32 = 0.55;
/// A likeness with one sentence of several counts less than with the whole.
const ONE_SENTENCE: f32 = 0.85;
/// At most so many sentences are looked at on their own, the last ones.
const MOST_SENTENCES: usize = 4;
/// The meaning of at most so many sentences is looked at, of those that ask.
const MOST_MEANT: usize = 2;
/// What a word weighs that the base does not have, as a share of the rarest word's weight.
const UNKNOWN: f32 = 0.6;
/// The squared weight of a letter group that no wording has.
const RARE_GROUP: f32 = 16.0;

impl Query {
    /// Makes a question ready. `context` is what was said before, with how much it counts.
    pub(crate) fn new(index: &Index, text: &str, context: &[(&str, f32)]) -> Query {
        let speller = Some(&index.speller);
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
        let all: Vec<&Token> = tokens.iter().collect();
        let mut vectors = vec![Vector::new(index, &all, 1.0)];
        let mut meant = vec![Meant::new(index, &all, 1.0)];
        let mut sentences: Vec<usize> = tokens[..own].iter().map(|t| t.sentence).collect();
        sentences.dedup();
        if sentences.len() > 1 {
            for sentence in sentences.into_iter().rev().take(MOST_SENTENCES) {
                let of_it: Vec<&Token> = tokens[..own]
                    .iter()
                    .filter(|t| t.sentence == sentence)
                    .collect();
                vectors.push(Vector::new(index, &of_it, ONE_SENTENCE));
                if of_it.iter().all(|t| t.weight > STORY) && meant.len() <= MOST_MEANT {
                    meant.push(Meant::new(index, &of_it, ONE_SENTENCE));
                }
            }
        }
        let spelt = spelt(index, text, &tokens[..own]);
        let (grams, gram_norm) = letter_groups(index, &spelt);
        let in_texts = index.texts.look_for(spelt.iter().map(String::as_str));
        Query {
            mass: concepts.iter().map(|c| c.weight).sum(),
            concepts,
            vectors,
            meant,
            grams,
            gram_norm,
            in_texts,
            tokens,
        }
    }

    /// The best cosine of what the question, or one of its sentences, means with a direction, at least 0.
    pub(crate) fn likeness(&self, direction: &Direction) -> f32 {
        let with = |m: &Meant| m.direction.cosine(direction) * m.counts;
        self.meant.iter().map(with).fold(0.0, f32::max)
    }

    /// Whether there is anything to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.mass <= 0.0 && self.vectors.iter().all(|v| v.terms.is_empty())
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
    fn new(index: &Index, tokens: &[&Token], counts: f32) -> Vector {
        let mut vector = Vector {
            terms: Vec::with_capacity(tokens.len() * 4),
            norm: 0.0,
            mass: 0.0,
            counts,
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
                vector.add(term, idf * weight, asked_idf * weight);
            }
            let (idf, asked_idf) = tells.unwrap_or((rarest, rarest_asked));
            square += (idf * token.weight).powi(2);
            vector.mass += asked_idf * token.weight;
        }
        let words: Vec<&&Token> = tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Stop))
            .collect();
        let stems: Vec<&str> = words.iter().map(|t| likely_stem(index, t)).collect();
        for (stems, two) in stems.windows(2).zip(words.windows(2)) {
            let weight = PAIR * two[0].weight.min(two[1].weight);
            let mut tells = rarest;
            if let Some(term) = index.pair(stems[0], stems[1]) {
                tells = index.wording_idf[term as usize];
                let asked_idf = index.asked_idf[term as usize];
                vector.add(term, tells * weight, asked_idf * weight);
                vector.mass += asked_idf * weight;
            }
            square += (tells * weight).powi(2);
        }
        vector.norm = square.sqrt();
        vector.keep_greatest();
        vector
    }

    fn add(&mut self, term: u32, weight: f32, asked_as: f32) {
        self.terms.push(VectorTerm {
            term,
            weight,
            asked_as,
        });
    }

    /// A term that several words stand for counts once, as the greatest of them.
    fn keep_greatest(&mut self) {
        self.terms.sort_by_key(|t| t.term);
        self.terms.dedup_by(|later, first| {
            let same = later.term == first.term;
            if same {
                first.weight = first.weight.max(later.weight);
                first.asked_as = first.asked_as.max(later.asked_as);
            }
            same
        });
    }
}

impl Meant {
    /// What words mean together, each by how much it tells: function words tell little, but "till", "åt" and "hos" turn
    /// what is meant.
    fn new(index: &Index, tokens: &[&Token], counts: f32) -> Meant {
        let rarest = (1.0 + index.wordings.len() as f32).ln() * UNKNOWN;
        let mut sum: Meaning = [0.0; DIMENSIONS];
        for token in tokens.iter().filter(|t| t.kind != Kind::Joined) {
            let known = token.alternatives.iter().find_map(|(s, _)| index.term(s));
            let tells = known.map_or(rarest, |t| index.wording_idf[t as usize]);
            let weight = tells * token.weight;
            add_meaning(index.analyzer.tongue(), &token.meant, weight, &mut sum);
        }
        Meant {
            direction: normalised(sum).map_or(Direction::NONE, |m| Direction::of(&m)),
            counts,
        }
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

/// The words of a text, a misspelt one as what it is taken for.
fn spelt(index: &Index, text: &str, tokens: &[Token]) -> Vec<String> {
    let mut words = index.analyzer.plain_words(text);
    for word in &mut words {
        if let Some(token) = tokens.iter().find(|t| t.surface == *word) {
            word.clone_from(&token.meant);
        }
    }
    words
}

/// A question's letter groups with their squared weights, and the Euclidean length of the weights. A misspelt word has the
/// groups of what it is taken for.
fn letter_groups(index: &Index, spelt: &[String]) -> (Vec<(u32, f32)>, f32) {
    let tell = spelt.iter().map(String::as_str);
    let (ids, unknown) = index.gram_ids(tell.filter(|w| !index.analyzer.is_stop(w)));
    // What no wording has counts as a rare group.
    let mut square = unknown as f32 * RARE_GROUP;
    let mut grams = Vec::with_capacity(ids.len());
    for id in ids {
        let squared = index.gram_idf[id as usize].powi(2);
        if squared > 0.0 {
            grams.push((id, squared));
            square += squared;
        }
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
