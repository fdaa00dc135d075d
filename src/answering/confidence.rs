//! From features to a probability: how likely it is that a candidate answers the question.

use super::matching::Match;

/// The gate: a logistic function of what a candidate has. Its weights were fitted to held-out example questions, to
/// questions that no entry answers, and to public question sets in Swedish and English (CLINC150, SweFAQ).
const BIAS: f32 = -11.1;
const COVERAGE: f32 = 3.0;
const MARGIN: f32 = 7.5;
const FAMILIARITY: f32 = 2.0;
const CENTROID: f32 = 4.0;
const ASKED_AS: f32 = 4.3;
const BAG: f32 = 3.0;
const NEAREST: f32 = 0.5;
/// Of two questions that fit equally well, the longer one is the surer: more words have had to fit.
const LENGTH: f32 = 1.8;

/// A question that is little more than the entry's name needs no length.
const NAMED: f32 = 4.0;
const HALF_NAMED: f32 = 0.5;

/// What of the question itself bears on confidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    /// The share of its weight that the base has words for, 0..1.
    pub(crate) familiarity: f32,
    /// How many words it has.
    pub(crate) words: usize,
}

/// How likely it is, 0..1, that a match is right, given the score of the best other candidate.
pub(crate) fn confidence(found: &Match, other_score: f32, evidence: Evidence) -> f32 {
    let f = &found.features;
    let margin = (found.score - other_score).clamp(-0.3, 0.3);
    let length = (1.0 + evidence.words as f32).ln();
    let z = BIAS
        + COVERAGE * f.coverage
        + MARGIN * margin
        + FAMILIARITY * evidence.familiarity
        + CENTROID * f.centroid
        + ASKED_AS * f.asked_as
        + BAG * f.bag
        + NEAREST * f.nearest_three
        + LENGTH * length
        + NAMED * (f.title - HALF_NAMED).max(0.0);
    1.0 / (1.0 + (-z).exp())
}
