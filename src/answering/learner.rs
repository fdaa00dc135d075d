//! A linear model of many classes, learnt from example wordings whenever a base is read: multinomial logistic regression
//! over sparse features, by stochastic gradient descent. The order of the examples follows from their texts, so the same
//! base always gives the same model, and nearly the same base nearly the same.
//!
//! Where the likeness of two wordings asks what they share, this asks what tells one class from all others: in "kan jag
//! söka pengar till kursen", "kursen" decides.

use std::f32::consts::{LN_2, LOG2_E};

/// Wordings as sparse features, each with the class it belongs to.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    /// How much each feature tells.
    tells: Vec<f32>,
    /// The features of all examples, one example after another, and where each ends.
    features: Vec<u32>,
    ends: Vec<u32>,
    classes: Vec<u32>,
    /// What tells each example from the others.
    keys: Vec<u64>,
}

impl Examples {
    /// No examples yet, of features that tell so much.
    pub(crate) fn new(tells: Vec<f32>) -> Examples {
        Examples::default().telling(tells)
    }

    /// No examples yet, with room for texts of so many letters.
    pub(crate) fn for_letters(letters: usize) -> Examples {
        Examples {
            features: Vec::with_capacity(letters * 2),
            ..Examples::default()
        }
    }

    /// The same examples, of features that tell so much.
    pub(crate) fn telling(self, tells: Vec<f32>) -> Examples {
        Examples { tells, ..self }
    }

    /// Adds an example of a class; `key` tells it from the others, such as a hash of its text.
    pub(crate) fn add(&mut self, key: u64, class: u32, features: impl Iterator<Item = u32>) {
        self.keys.push(key);
        self.features.extend(features);
        self.ends.push(self.features.len() as u32);
        self.classes.push(class);
    }

    /// The features of an example with their weights; the vector has length 1.
    fn vector(&self, at: usize) -> Vec<(u32, f32)> {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        let features = self.features[start as usize..self.ends[at] as usize].iter();
        let mut vector: Vec<(u32, f32)> = features.map(|f| (*f, self.tells[*f as usize])).collect();
        let square: f32 = vector.iter().map(|(_, tells)| tells * tells).sum();
        let each = 1.0 / square.sqrt().max(f32::MIN_POSITIVE);
        vector.iter_mut().for_each(|(_, tells)| *tells *= each);
        vector
    }
}

/// The model.
#[derive(Debug)]
pub(crate) struct Learner {
    /// The row of each feature in `weights`; `NO_ROW` for one that too few examples have.
    rows: Box<[u32]>,
    /// A row a feature, a column a class.
    weights: Box<[f32]>,
    /// What each class starts from, whatever the wording.
    bias: Box<[f32]>,
    classes: usize,
}

const NO_ROW: u32 = u32::MAX;
/// A feature of a single example says nothing about others.
const FEWEST: u32 = 8;
/// How often every example is looked at.
const ROUNDS: usize = 2;
/// How far a single example moves the weights at first; at last not at all, so that the order of the examples matters
/// little.
const STEP: f32 = 0.5;
/// How far it moves what a class starts from.
const BIAS_STEP: f32 = 0.04;
/// How sharply scores become probabilities: vectors of length 1 keep scores small.
const SHARPNESS: f32 = 8.0;
/// A class that is off by less than this is left alone: saves most of the work, and changes nothing to speak of.
const CLOSE_ENOUGH: f32 = 0.02;
/// An example whose class was this likely is not looked at again.
const SETTLED: f32 = 0.9;
/// A larger model would take too long to learn: a base of many thousand entries goes without.
const MOST_WEIGHTS: usize = 8_000_000;

impl Learner {
    /// Learns to tell `classes` apart. `None` when there is nothing to tell, or too much.
    ///
    /// With `prior`, a class that has more examples is likelier from the start.
    pub(crate) fn learn(examples: &Examples, classes: usize, prior: bool) -> Option<Learner> {
        let mut counts = vec![0u32; examples.tells.len()];
        for feature in &examples.features {
            counts[*feature as usize] += 1;
        }
        let mut next = 0;
        let rows: Box<[u32]> = counts
            .iter()
            .map(|n| {
                if *n < FEWEST {
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
            bias: vec![0.0; classes].into(),
            classes,
        };
        let bias_step = if prior { BIAS_STEP } else { 0.0 };
        let mut scores = vec![0.0; classes];
        let mut settled = vec![false; examples.classes.len()];
        let steps = (ROUNDS * examples.classes.len()) as f32;
        for round in 0..ROUNDS {
            for (nth, at) in shuffled(examples, round).into_iter().enumerate() {
                if settled[at] {
                    continue;
                }
                let class = examples.classes[at] as usize;
                let left = 1.0 - (round * examples.classes.len() + nth) as f32 / steps;
                let step = (STEP * left, bias_step * left);
                let likely = learner.look_at(&examples.vector(at), class, step, &mut scores);
                settled[at] = likely > SETTLED;
            }
        }
        Some(learner)
    }

    /// How likely each class is, as natural logarithms.
    pub(crate) fn log_probabilities(&self, features: impl Iterator<Item = (u32, f32)>) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        self.score(features, &mut scores);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let all = scores.iter().map(|s| (s - most).exp()).sum::<f32>().ln() + most;
        scores.iter_mut().for_each(|s| *s -= all);
        scores
    }

    /// Learns from one example; gives how likely its class was before.
    fn look_at(
        &mut self,
        example: &[(u32, f32)],
        class: usize,
        (step, bias_step): (f32, f32),
        scores: &mut [f32],
    ) -> f32 {
        self.score(example.iter().copied(), scores);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|s| *s = exp(*s - most));
        let all: f32 = scores.iter().sum();
        let likely = scores[class] / all;
        let mut off: Vec<(usize, f32)> = Vec::with_capacity(8);
        for (other, score) in scores.iter().enumerate() {
            let error = f32::from(other == class) - score / all;
            if error.abs() > CLOSE_ENOUGH {
                off.push((other, step * error));
                self.bias[other] += bias_step * error;
            }
        }
        if off.is_empty() {
            return likely;
        }
        for (feature, weight) in example {
            let row = self.rows[*feature as usize];
            if row == NO_ROW {
                continue;
            }
            let start = row as usize * self.classes;
            for (class, by) in &off {
                self.weights[start + class] += by * weight;
            }
        }
        likely
    }

    fn score(&self, features: impl Iterator<Item = (u32, f32)>, scores: &mut [f32]) {
        scores.copy_from_slice(&self.bias);
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

/// The places of examples in the order in which they are looked at, another one each round. The examples of each class
/// are spread evenly over the whole, so that no class is looked at too late. Which comes when follows from its text: one
/// more leaves the order of the others nearly as it is, so that an edit of one entry hardly moves what is learnt of the
/// rest.
fn shuffled(examples: &Examples, round: usize) -> Vec<usize> {
    let (keys, classes) = (&examples.keys, &examples.classes);
    let mut drawn: Vec<(u32, u64, usize)> = (classes.iter().zip(keys).enumerate())
        .map(|(at, (class, key))| (*class, mixed(*key, round as u64), at))
        .collect();
    drawn.sort_unstable();
    let mut spread: Vec<(f64, usize)> = Vec::with_capacity(drawn.len());
    for of_class in drawn.chunk_by(|a, b| a.0 == b.0) {
        let places = of_class.iter().enumerate().map(|(nth, (_, key, at))| {
            let within = mixed(*key, 0) as f64 / u64::MAX as f64;
            ((nth as f64 + within) / of_class.len() as f64, *at)
        });
        spread.extend(places);
    }
    spread.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    spread.into_iter().map(|(_, at)| at).collect()
}

/// A number that looks nothing like the key, or like that of another round: the end of MurmurHash3 (Appleby 2011).
fn mixed(key: u64, round: u64) -> u64 {
    let mut mixed = key.wrapping_add(round.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for factor in [0xff51_afd7_ed55_8ccd, 0xc4ce_b9fe_1a85_ec53] {
        mixed = (mixed ^ (mixed >> 33)).wrapping_mul(factor);
    }
    mixed ^ (mixed >> 33)
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
            let of = learner.log_probabilities(examples.vector(class).into_iter());
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
            learner.log_probabilities(std::iter::empty())[0].exp()
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
    fn nothing_to_tell_is_no_model() {
        assert!(Learner::learn(&Examples::default(), 3, true).is_none());
        let mut one = Examples::new(vec![1.0]);
        one.add(0, 0, std::iter::once(0));
        assert!(Learner::learn(&one, 1, true).is_none());
    }

    #[test]
    fn one_more_example_hardly_moves_the_others() {
        let examples = |count: u64| {
            let mut examples = Examples::new(vec![1.0]);
            for i in 0..count {
                examples.add(i * i, u32::from(i % 5 == 0), std::iter::once(0));
            }
            examples
        };
        let (fewer, more) = (shuffled(&examples(99), 0), shuffled(&examples(100), 0));
        let place = |order: &[usize], at: usize| order.iter().position(|a| *a == at).unwrap();
        let moved = |at: usize| place(&fewer, at).abs_diff(place(&more, at));
        assert!((0..99).map(moved).sum::<usize>() < 99 * 2);
        let mut all = more.clone();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..100));
        assert_ne!(more, shuffled(&examples(100), 1));
        // Of each class as many in the first half as in the second.
        let rare = more[..50].iter().filter(|at| **at % 5 == 0).count();
        assert_eq!(rare, 10);
    }
}
