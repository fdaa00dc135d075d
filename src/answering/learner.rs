//! A linear model of many classes, learnt from example wordings whenever a base is read: multinomial logistic regression
//! over sparse features and, where examples are few, over what they mean, by stochastic gradient descent. The order of
//! the examples follows from their texts, so the same base always gives the same model, and nearly the same base nearly
//! the same.
//!
//! Where the likeness of two wordings asks what they share, this asks what tells one class from all others: in "kan jag
//! söka pengar till kursen", "kursen" decides.

use std::f32::consts::{LN_2, LOG2_E};
use std::ops::Range;

use super::examples::{Example, Examples};
use super::meaning::Direction;
use crate::language::{DIMENSIONS, Meaning};

/// The model.
#[derive(Debug)]
pub(crate) struct Learner {
    /// The row of each feature in `weights`; `NO_ROW` for one that too few examples have.
    rows: Box<[u32]>,
    /// A row a feature, a column a class.
    weights: Box<[f32]>,
    /// What speaks for each class in what an example means; none where that was not looked at.
    meant: Box<[Meaning]>,
    /// What each class starts from, whatever the wording.
    bias: Box<[f32]>,
    classes: usize,
}

const NO_ROW: u32 = u32::MAX;
/// Every example is looked at so often at least, and at most.
const ROUNDS: usize = 2;
const MOST_ROUNDS: usize = 8;
/// How far a single example moves the weights at first; at last not at all, so that the order of the examples matters
/// little. What an example means is as long again as its features, so that such an example moves them half as far.
const STEP: f32 = 0.5;
/// How far it moves what a class starts from.
const BIAS_STEP: f32 = 0.04;
/// How sharply scores become probabilities: vectors of length 1 keep scores small.
const SHARPNESS: f32 = 8.0;
/// A larger model would take too long to learn: a base of many thousand entries goes without.
const MOST_WEIGHTS: usize = 8_000_000;

/// How far an example moves what was learnt.
#[derive(Clone, Copy)]
struct Step {
    by: f32,
    /// The same for what a class starts from.
    bias: f32,
    /// A class that is off by less is left alone.
    close_enough: f32,
}

/// How closely examples are looked at.
#[derive(Clone, Copy, Debug)]
struct Care {
    /// A feature of fewer examples says nothing about others.
    fewest: u32,
    /// So many examples are looked at or all of them `ROUNDS` times, whichever is more.
    looks: usize,
    /// A class that is off by less than this is left alone.
    close_enough: f32,
    /// An example whose class was this likely is not looked at again.
    settled: f32,
}

/// Of so many examples, so many of each class, all is learnt that they tell, and what they mean is looked at too. Of more
/// their words tell enough, and all that they tell takes five times as long. Of fewer, such as titles alone or a base of
/// a few entries, nothing is learnt that holds for others.
const FEW: Range<usize> = 1_500..6_000;
const OF_EACH: Range<usize> = 3..30;
const OF_FEW: Care = Care {
    fewest: 2,
    looks: 20_000,
    close_enough: 0.002,
    settled: 0.95,
};
/// Of others what tells most.
const OF_OTHERS: Care = Care {
    fewest: 8,
    looks: 0,
    close_enough: 0.02,
    settled: 0.9,
};

impl Learner {
    /// Whether to look at what so many examples of so many classes mean.
    pub(crate) fn asks_for_meanings(examples: usize, classes: usize) -> bool {
        FEW.contains(&examples) && OF_EACH.contains(&(examples / classes.max(1)))
    }

    /// Learns to tell `classes` apart. `None` when there is nothing to tell, or too much.
    ///
    /// With `prior`, a class that has more examples is likelier from the start.
    pub(crate) fn learn(examples: &Examples, classes: usize, prior: bool) -> Option<Learner> {
        let many = examples.len();
        let (care, meant, step) = if examples.have_meanings() {
            (OF_FEW, classes, STEP / 2.0)
        } else {
            (OF_OTHERS, 0, STEP)
        };
        let mut next = 0;
        let rows: Box<[u32]> = examples
            .counts()
            .into_iter()
            .map(|n| {
                if n < care.fewest {
                    return NO_ROW;
                }
                next += 1;
                next - 1
            })
            .collect();
        let size = next as usize * classes;
        if classes < 2 || size == 0 || size > MOST_WEIGHTS {
            return None;
        }
        let mut learner = Learner {
            rows,
            weights: vec![0.0; size].into(),
            meant: vec![[0.0; DIMENSIONS]; meant].into(),
            bias: vec![0.0; classes].into(),
            classes,
        };
        let bias_step = if prior { BIAS_STEP } else { 0.0 };
        let mut scores = vec![0.0; classes];
        let mut settled = vec![false; many];
        let rounds = (care.looks / many).clamp(ROUNDS, MOST_ROUNDS);
        let steps = (rounds * many) as f32;
        for round in 0..rounds {
            for (nth, at) in examples.shuffled(round).into_iter().enumerate() {
                if settled[at] {
                    continue;
                }
                let left = 1.0 - (round * many + nth) as f32 / steps;
                let step = Step {
                    by: step * left,
                    bias: bias_step * left,
                    close_enough: care.close_enough,
                };
                let likely = learner.look_at(&examples.example(at), step, &mut scores);
                settled[at] = likely > care.settled;
            }
        }
        Some(learner)
    }

    /// Whether it looks at what a wording means, too.
    pub(crate) fn knows_meanings(&self) -> bool {
        !self.meant.is_empty()
    }

    /// How likely each class is, as natural logarithms, by the features of a wording and what it means.
    pub(crate) fn log_probabilities(
        &self,
        features: impl Iterator<Item = (u32, f32)>,
        meaning: &Direction,
    ) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        let meaning = (!self.meant.is_empty()).then(|| meaning.numbers());
        self.score(features, meaning.as_ref(), &mut scores);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let all = scores.iter().map(|s| (s - most).exp()).sum::<f32>().ln() + most;
        scores.iter_mut().for_each(|s| *s -= all);
        scores
    }

    /// Learns from one example; gives how likely its class was before.
    fn look_at(&mut self, example: &Example, step: Step, scores: &mut [f32]) -> f32 {
        let features = example.features.iter().copied();
        self.score(features, example.meaning.as_ref(), scores);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|s| *s = exp(*s - most));
        let all: f32 = scores.iter().sum();
        let likely = scores[example.class] / all;
        let mut off: Vec<(usize, f32)> = Vec::with_capacity(8);
        for (class, score) in scores.iter().enumerate() {
            let error = f32::from(class == example.class) - score / all;
            if error.abs() > step.close_enough {
                off.push((class, step.by * error));
                self.bias[class] += step.bias * error;
            }
        }
        if off.is_empty() {
            return likely;
        }
        for (feature, weight) in &example.features {
            let row = self.rows[*feature as usize];
            if row == NO_ROW {
                continue;
            }
            let start = row as usize * self.classes;
            for (class, by) in &off {
                self.weights[start + class] += by * weight;
            }
        }
        if let Some(meaning) = &example.meaning {
            for (class, by) in &off {
                let row = self.meant[*class].iter_mut().zip(meaning);
                row.for_each(|(weight, component)| *weight += by * component);
            }
        }
        likely
    }

    fn score(
        &self,
        features: impl Iterator<Item = (u32, f32)>,
        meaning: Option<&Meaning>,
        scores: &mut [f32],
    ) {
        match meaning {
            Some(meaning) => {
                for ((score, bias), row) in scores.iter_mut().zip(&self.bias).zip(&self.meant) {
                    *score = bias + SHARPNESS * product(row, meaning);
                }
            }
            None => scores.copy_from_slice(&self.bias),
        }
        let rows = features.filter_map(|(feature, weight)| {
            let row = self.rows[feature as usize];
            (row != NO_ROW).then(|| {
                let start = row as usize * self.classes;
                let row = &self.weights[start..start + self.classes];
                (row, SHARPNESS * weight)
            })
        });
        let mut rows = rows.fuse();
        // Four rows at a time, so that the scores are fetched and put back a fourth as often. The sums are the same.
        const NOTHING: (&[f32], f32) = (&[], 0.0);
        loop {
            let four: [_; 4] = std::array::from_fn(|_| rows.next().unwrap_or(NOTHING));
            let [(first, a), (second, b), (third, c), (fourth, d)] = four;
            if fourth.is_empty() {
                for (row, weight) in four {
                    for (score, w) in scores.iter_mut().zip(row) {
                        *score += weight * w;
                    }
                }
                return;
            }
            let weights = first.iter().zip(second).zip(third).zip(fourth);
            for (score, (((first, second), third), fourth)) in scores.iter_mut().zip(weights) {
                *score = *score + a * first + b * second + c * third + d * fourth;
            }
        }
    }
}

/// The sum of the products of two lists, sixteen side by side, as processors add them.
fn product(a: &Meaning, b: &Meaning) -> f32 {
    let mut sums = [0.0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

/// e to the power of a number that is not above 0, to three digits: enough to learn from, quick over a whole row, and
/// the same on every system. The whole part of the power of two becomes the exponent (Schraudolph 1999), the rest is Taylor's series.
fn exp(number: f32) -> f32 {
    let power = (number * LOG2_E).max(-126.0);
    let whole = power as i32;
    let x = (power - whole as f32) * LN_2;
    let rest =
        1.0 + x * (1.0 + x * 0.5 * (1.0 + x * 0.333_333 * (1.0 + x * 0.25 * (1.0 + x * 0.2))));
    f32::from_bits(((whole + 127) as u32) << 23) * rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_classes_apart_is_learnt() {
        // Feature 0 occurs everywhere; 1, 2 and 3 belong to a class each.
        let mut examples = Examples::new(vec![0.8, 0.6, 0.6, 0.6]);
        (0..30).for_each(|i| examples.add(u64::from(i), i % 3, [0, i % 3 + 1].into_iter()));
        let learner = Learner::learn(&examples, 3, false).unwrap();
        for class in 0..3 {
            let of = learner.log_probabilities(
                examples.example(class).features.into_iter(),
                &Direction::NONE,
            );
            let best = (0..3).max_by(|a, b| of[*a].total_cmp(&of[*b])).unwrap();
            assert_eq!(best, class);
            assert!((of.iter().map(|l| l.exp()).sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn a_class_with_more_examples_may_be_likelier_from_the_start() {
        let mut examples = Examples::new(vec![1.0]);
        (0..40).for_each(|i| examples.add(i, u32::from(i % 4 == 0), std::iter::once(0)));
        let start = |prior: bool| {
            let learner = Learner::learn(&examples, 2, prior).unwrap();
            learner.log_probabilities(std::iter::empty(), &Direction::NONE)[0].exp()
        };
        assert!((start(false) - 0.5).abs() < 1e-5);
        assert!(start(true) > 0.5);
    }

    #[test]
    fn the_quick_exponential_is_near_enough() {
        for number in (0..1_000).map(|n| n as f32 * -0.05) {
            let exact = number.exp();
            assert!((exp(number) - exact).abs() <= exact * 1e-3, "{number}");
        }
    }

    #[test]
    fn what_examples_mean_tells_classes_apart_that_share_their_words() {
        let mut components = [0.0; DIMENSIONS];
        let mut means = |at: usize| {
            components.fill(0.0);
            components[at] = 1.0;
            Direction::of(&components)
        };
        let meanings: Vec<Direction> = (0..30).map(|i| means(i % 3)).collect();
        let mut examples = Examples::new(vec![1.0]);
        (0..30).for_each(|i| examples.add(i, i as u32 % 3, std::iter::once(0)));
        let learner = Learner::learn(&examples.meaning(meanings), 3, false).unwrap();
        assert!(learner.knows_meanings());
        for class in 0..3 {
            let of = learner.log_probabilities(std::iter::once((0, 1.0)), &means(class));
            assert!((0..3).all(|other| other == class || of[other] < of[class]));
        }
    }

    #[test]
    fn nothing_to_tell_is_no_model() {
        assert!(Learner::learn(&Examples::default(), 3, true).is_none());
        let mut one = Examples::new(vec![1.0]);
        one.add(0, 0, std::iter::once(0));
        assert!(Learner::learn(&one, 1, true).is_none());
    }
}
