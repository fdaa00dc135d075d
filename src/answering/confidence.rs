//! From features to a probability: how likely it is that a candidate answers the question.

use super::matching::Match;

/// The gate's weights: a logistic function of what the best candidate has, fitted on development questions and public
/// question sets; see `tests/quality.md` for how well it is calibrated.
const BIAS: f32 = -5.4;
const SCORE: f32 = 9.0;
const COVERAGE: f32 = 2.2;
const MARGIN: f32 = 6.0;
const NEAREST: f32 = 1.6;
const FAMILIARITY: f32 = 0.8;

/// How likely it is, 0..1, that a match is right, given the score of the best other candidate and the share of the
/// question that the base has words for.
pub(crate) fn confidence(found: &Match, other_score: f32, familiarity: f32) -> f32 {
    let f = &found.features;
    let margin = (found.score - other_score).clamp(-0.3, 0.3);
    let z = BIAS + SCORE * found.score + COVERAGE * f.coverage + MARGIN * margin + NEAREST * f.nearest.max(f.letters) + FAMILIARITY * familiarity;
    1.0 / (1.0 + (-z).exp())
}
