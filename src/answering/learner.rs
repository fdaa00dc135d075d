//! A linear model of many classes, learnt from example wordings whenever a base is read: multinomial logistic regression
//! over sparse features, by stochastic gradient descent. The order of the examples is fixed, so the same base always
//! gives the same model.
//!
//! Where the likeness of two wordings asks what they share, this asks what tells one class from all others: in "kan jag
//! söka pengar till kursen", "kursen" decides.

/// A wording as sparse features, and the class it belongs to.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// Feature and weight; the vector has length 1.
    pub(crate) features: Vec<(u32, f32)>,
    pub(crate) class: u32,
}

/// The model.
#[derive(Debug)]
pub(crate) struct Learner {
    /// The row of each feature in `weights`; `NO_ROW` for one that too few examples have.
    rows: Box<[u32]>,
    /// A row a feature, a column a class.
    weights: Box<[f32]>,
    classes: usize,
}

const NO_ROW: u32 = u32::MAX;
/// A feature of a single example says nothing about others.
const FEWEST: u32 = 2;
/// How often every example is looked at.
const ROUNDS: usize = 3;
/// How far a single example moves the weights.
const STEP: f32 = 0.3;
/// How sharply scores become probabilities: vectors of length 1 keep scores small.
const SHARPNESS: f32 = 8.0;
/// A class that is off by less than this is left alone: saves most of the work, and changes nothing to speak of.
const CLOSE_ENOUGH: f32 = 0.02;
/// A larger model would take too long to learn: a base of many thousand entries goes without.
const MOST_WEIGHTS: usize = 8_000_000;

impl Learner {
    /// Learns to tell `classes` apart. `None` when there is nothing to tell, or too much.
    pub(crate) fn learn(examples: &[Example], features: usize, classes: usize) -> Option<Learner> {
        let mut counts = vec![0u32; features];
        for (feature, _) in examples.iter().flat_map(|e| &e.features) {
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
            classes,
        };
        let mut scores = vec![0.0; classes];
        for round in 0..ROUNDS {
            for at in shuffled(examples.len(), round) {
                learner.look_at(&examples[at], &mut scores);
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

    fn look_at(&mut self, example: &Example, scores: &mut [f32]) {
        self.score(example.features.iter().copied(), scores);
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|s| *s = (*s - most).exp());
        let all: f32 = scores.iter().sum();
        let mut off: Vec<(usize, f32)> = Vec::with_capacity(8);
        for (class, score) in scores.iter().enumerate() {
            let wanted = f32::from(class == example.class as usize);
            let error = wanted - score / all;
            if error.abs() > CLOSE_ENOUGH {
                off.push((class, STEP * error));
            }
        }
        if off.is_empty() {
            return;
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
    }

    fn score(&self, features: impl Iterator<Item = (u32, f32)>, scores: &mut [f32]) {
        scores.fill(0.0);
        for (feature, weight) in features {
            let row = self.rows[feature as usize];
            if row == NO_ROW {
                continue;
            }
            let start = row as usize * self.classes;
            let row = &self.weights[start..start + self.classes];
            let weight = SHARPNESS * weight;
            for (score, w) in scores.iter_mut().zip(row) {
                *score += weight * w;
            }
        }
    }
}

/// Every place below `len` once, neighbours far apart, another order each round.
fn shuffled(len: usize, round: usize) -> impl Iterator<Item = usize> {
    // A step that shares no factor with the length visits every place.
    let golden = (len as f64 * 0.618) as usize + round;
    let step = (golden.max(1)..).find(|s| gcd(*s, len.max(1)) == 1).unwrap_or(1);
    (0..len).map(move |i| (i * step + round) % len)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_classes_apart_is_learnt() {
        // Feature 0 occurs everywhere; 1, 2 and 3 belong to a class each.
        let example = |class: u32| Example {
            features: vec![(0, 0.8), (class + 1, 0.6)],
            class,
        };
        let examples: Vec<Example> = (0..30).map(|i| example(i % 3)).collect();
        let learner = Learner::learn(&examples, 4, 3).unwrap();
        for class in 0..3 {
            let of = learner.log_probabilities(example(class).features.into_iter());
            let best = (0..3).max_by(|a, b| of[*a].total_cmp(&of[*b])).unwrap();
            assert_eq!(best, class as usize);
            assert!((of.iter().map(|l| l.exp()).sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn nothing_to_tell_is_no_model() {
        assert!(Learner::learn(&[], 5, 3).is_none());
        let one = Example {
            features: vec![(0, 1.0)],
            class: 0,
        };
        assert!(Learner::learn(&[one.clone(), one], 1, 1).is_none());
    }

    #[test]
    fn every_place_is_visited_once() {
        for len in [1, 2, 7, 100] {
            let mut all: Vec<usize> = shuffled(len, 1).collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..len));
        }
        assert_eq!(shuffled(0, 0).count(), 0);
    }
}
