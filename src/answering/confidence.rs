//! From scores to probabilities: how likely it is that the base answers a question at all, and which target is meant.
//!
//! Two questions are kept apart, for they hang on other things. Whether anything in the base answers is a matter of how
//! far the best answer is ahead of everything that is no answer (concerns of offices and others, small talk) and of how
//! much of the question it holds. Which of the answers is meant is a matter of their scores against each other.

use super::weights::Gate;

/// What bears on whether the base answers a question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    /// The share of the question that occurs in the best answer, 0..1.
    pub(crate) coverage: f32,
    /// The share of the question's weight that the base has words for, 0..1: for explanations.
    pub(crate) familiarity: f32,
    /// How many words the question has.
    pub(crate) words: usize,
    /// By how much the score of the best answer exceeds that of the best target that is no answer.
    pub(crate) lead: f32,
    /// Its odds against the other answers, as a natural logarithm.
    pub(crate) odds: f32,
    /// Its likeness of meaning, 0..1: what is alike in that alone is less sure.
    pub(crate) meaning: f32,
    /// Its score.
    pub(crate) score: f32,
}

/// A lead beyond this says no more.
const MOST_LEAD: f32 = 6.0;
/// Odds beyond this say no more.
const MOST_ODDS: f32 = 9.0;

impl Evidence {
    /// What is weighed, in the order of the weights.
    pub(crate) fn terms(&self) -> [f32; 6] {
        [
            self.coverage,
            (1.0 + self.words as f32).ln(),
            self.lead.min(MOST_LEAD),
            self.odds.clamp(-MOST_ODDS, MOST_ODDS),
            self.meaning,
            self.score,
        ]
    }

    /// How likely it is that the base answers the question, 0..1: a logistic function (`weights.toml`).
    pub(crate) fn likelihood(&self, gate: &Gate) -> f32 {
        let of = self.terms().into_iter().zip(gate.by_term());
        let z = gate.bias + of.map(|(term, weight)| term * weight).sum::<f32>();
        1.0 / (1.0 + (-z).exp())
    }
}

/// How likely each of several targets is against the others, 0..1, by their scores (softmax). The more `sharpness`, the
/// more a score ahead of the others says.
pub(crate) fn shares(scores: &[f32], sharpness: f32) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let power = |score: &f32| (sharpness * (score - most)).exp();
    let powers: Vec<f32> = scores.iter().map(power).collect();
    let all: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answering::weights::WEIGHTS;

    #[test]
    fn an_answer_that_is_ahead_of_what_is_none_is_surer() {
        let evidence = |lead: f32| Evidence {
            coverage: 0.8,
            familiarity: 0.9,
            words: 8,
            lead,
            odds: 1.0,
            meaning: 0.4,
            score: 9.0,
        };
        let clear = evidence(4.0).likelihood(&WEIGHTS.gate);
        assert!(clear > evidence(0.0).likelihood(&WEIGHTS.gate));
        assert!((0.0..=1.0).contains(&clear));
    }

    #[test]
    fn shares_are_of_one_whole() {
        let of = shares(&[12.0, 11.0, 3.0], 1.5);
        assert!((of.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(of[0] > of[1] && of[1] > of[2]);
        assert!(shares(&[12.0, 11.0], 3.0)[0] > shares(&[12.0, 11.0], 1.0)[0]);
        assert!(shares(&[], 1.0).is_empty());
    }
}
