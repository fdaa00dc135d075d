//! From a score to a probability: how likely it is that a target is what the question means.

use super::weights::WEIGHTS;

/// What of the question itself bears on confidence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    /// The share of its weight that the base has words for, 0..1.
    pub(crate) familiarity: f32,
    /// How many words it has.
    pub(crate) words: usize,
}

/// Odds beyond 1 to so many, as a natural logarithm, tell no more.
const MOST_ODDS: f32 = 9.0;

/// How likely each target is against the others, 0..1, by their scores (softmax).
pub(crate) fn likelihoods(scores: &[f32]) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
    let all: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / all).collect()
}

/// How likely it is, 0..1, that a target is right: a logistic function (`weights.toml`) of how much of the
/// question occurs in it, of its odds against the other targets, and of how much of the question was understood.
pub(crate) fn confidence(coverage: f32, likelihood: f32, evidence: Evidence) -> f32 {
    let gate = WEIGHTS.gate;
    let terms = terms(coverage, likelihood, evidence);
    let weights = [gate.coverage, gate.odds, gate.familiarity, gate.length];
    let z = gate.bias + terms.iter().zip(weights).map(|(t, w)| t * w).sum::<f32>();
    1.0 / (1.0 + (-z).exp())
}

/// What the gate weighs: coverage, logarithm of the odds, familiarity, logarithm of the length.
pub(crate) fn terms(coverage: f32, likelihood: f32, evidence: Evidence) -> [f32; 4] {
    let odds = (likelihood / (1.0 - likelihood).max(f32::MIN_POSITIVE)).ln();
    [
        coverage,
        odds.clamp(-MOST_ODDS, MOST_ODDS),
        evidence.familiarity,
        (1.0 + evidence.words as f32).ln(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_stands_out_is_surer() {
        let evidence = Evidence {
            familiarity: 0.9,
            words: 8,
        };
        let clear = likelihoods(&[12.0, 6.0]);
        let tied = likelihoods(&[12.0, 11.9]);
        assert!(confidence(0.8, clear[0], evidence) > confidence(0.8, tied[0], evidence));
        assert!(confidence(0.8, tied[0], evidence) > confidence(0.1, tied[0], evidence));
    }
}
