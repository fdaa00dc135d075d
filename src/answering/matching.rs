//! How well a question fits each target: candidates from the postings, then absolute features of each.
//!
//! Every feature lies between 0 and 1 and means the same for every question and base, so that a threshold does too:
//! nothing is scaled by the best or worst candidate of the day.

use std::collections::HashMap;

use super::index::{Index, Origin, Target, Unit};
use super::query::Query;

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

    /// Their weighted sum.
    fn score(&self) -> f32 {
        self.values().iter().zip(WEIGHTS).map(|(f, w)| f * w).sum()
    }

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

/// How much each feature adds to the score; the weights sum to 1.
pub(crate) const WEIGHTS: [f32; Features::COUNT] = [0.08, 0.19, 0.05, 0.31, 0.09, 0.12, 0.06, 0.10];
/// Cosines with a sentence of running text count less than with a wording of a person who asks.
const SENTENCE: f32 = 0.8;
/// The best targets for a question, best first; at most one match per target. `depth` is how many candidates are looked
/// at as a whole, `close` how many of those wording by wording.
pub(crate) fn matches(index: &Index, query: &Query, depth: usize, close: usize) -> Vec<Match> {
    let mut found: Vec<(&Unit, Match)> = candidates(index, query, depth)
        .into_iter()
        .map(|(unit, bag, coverage)| {
            let unit = &index.units[unit as usize];
            (unit, look_at_whole(query, unit, bag, coverage))
        })
        .collect();
    found.sort_by(|a, b| {
        b.1.score
            .total_cmp(&a.1.score)
            .then(a.1.target.cmp(&b.1.target))
    });
    let mut best: HashMap<Target, Match> = HashMap::new();
    for (place, (unit, mut found)) in found.into_iter().enumerate() {
        if place < close {
            look_closely(index, query, unit, &mut found);
        }
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

fn look_at_whole(query: &Query, unit: &Unit, bag: f32, coverage: f32) -> Match {
    let features = Features {
        bag,
        coverage,
        centroid: query.likeness(&unit.centroid, 1.0),
        asked_as: query.share(&unit.asked_as),
        ..Features::default()
    };
    Match {
        target: unit.target,
        score: features.score(),
        features,
        wording: Origin::Title,
    }
}

fn look_closely(index: &Index, query: &Query, unit: &Unit, found: &mut Match) {
    let features = &mut found.features;
    let mut nearest = [0.0f32; 3];
    let mut best = 0.0;
    for w in &index.wordings[unit.wordings.start as usize..unit.wordings.end as usize] {
        let likeness = query.likeness(&w.terms, w.norm);
        let by_words = match w.origin {
            Origin::Sentence(_) => likeness * SENTENCE,
            Origin::Title | Origin::Name(_) => {
                features.title = features.title.max(likeness);
                likeness
            }
            Origin::Question(_) | Origin::Concern(_) => likeness,
        };
        if by_words > nearest[2] {
            nearest[2] = by_words;
            nearest.sort_unstable_by(|a, b| b.total_cmp(a));
        }
        let by_letters = query.letters(&w.grams, w.gram_norm);
        features.letters = features.letters.max(by_letters);
        if by_words + by_letters > best {
            best = by_words + by_letters;
            found.wording = w.origin;
        }
    }
    features.nearest = nearest[0];
    features.nearest_three = nearest.iter().sum::<f32>() / 3.0;
    found.score = features.score();
}
