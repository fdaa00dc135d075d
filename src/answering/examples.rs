//! What a linear model is learnt from: examples as sparse features, and the order in which they are looked at.

use super::meaning::Direction;
use crate::language::Meaning;

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
    /// What each example means; none where only its features are looked at.
    meanings: Vec<Direction>,
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

    /// The same examples, with what each means.
    pub(crate) fn meaning(self, meanings: Vec<Direction>) -> Examples {
        Examples { meanings, ..self }
    }

    /// Adds an example of a class; `key` tells it from the others, such as a hash of its text.
    pub(crate) fn add(&mut self, key: u64, class: u32, features: impl Iterator<Item = u32>) {
        self.keys.push(key);
        self.features.extend(features);
        self.ends.push(self.features.len() as u32);
        self.classes.push(class);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether it is known what they mean.
    pub(super) fn have_meanings(&self) -> bool {
        !self.meanings.is_empty()
    }

    /// How many examples have each feature.
    pub(super) fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0u32; self.tells.len()];
        for feature in &self.features {
            counts[*feature as usize] += 1;
        }
        counts
    }

    /// Their places in the order in which they are looked at, another one each round. The examples of each class
    /// are spread evenly over the whole, so that no class is looked at too late. Which comes when follows from its text: one
    /// more leaves the order of the others nearly as it is, so that an edit of one entry hardly moves what is learnt of the
    /// rest.
    pub(super) fn shuffled(&self, round: usize) -> Vec<usize> {
        let (keys, classes) = (&self.keys, &self.classes);
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

    /// An example as it is looked at.
    pub(super) fn example(&self, at: usize) -> Example {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        let own = self.features[start as usize..self.ends[at] as usize].iter();
        let mut features: Vec<(u32, f32)> = own.map(|f| (*f, self.tells[*f as usize])).collect();
        let square: f32 = features.iter().map(|(_, tells)| tells * tells).sum();
        let each = 1.0 / square.sqrt().max(f32::MIN_POSITIVE);
        features.iter_mut().for_each(|(_, tells)| *tells *= each);
        Example {
            features,
            meaning: self.meanings.get(at).map(Direction::numbers),
            class: self.classes[at] as usize,
        }
    }
}

/// An example as it is looked at.
pub(crate) struct Example {
    /// Its features with their weights, as a vector of length 1.
    pub(super) features: Vec<(u32, f32)>,
    /// What it means, where that is looked at.
    pub(super) meaning: Option<Meaning>,
    pub(super) class: usize,
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
    fn one_more_example_hardly_moves_the_others() {
        let examples = |count: u64| {
            let mut examples = Examples::new(vec![1.0]);
            for i in 0..count {
                examples.add(i * i, u32::from(i % 5 == 0), std::iter::once(0));
            }
            examples
        };
        let (fewer, more) = (examples(99).shuffled(0), examples(100).shuffled(0));
        let place = |order: &[usize], at: usize| order.iter().position(|a| *a == at).unwrap();
        let moved = |at: usize| place(&fewer, at).abs_diff(place(&more, at));
        assert!((0..99).map(moved).sum::<usize>() < 99 * 2);
        let mut all = more.clone();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..100));
        assert_ne!(more, examples(100).shuffled(1));
        // Of each class as many in the first half as in the second.
        let rare = more[..50].iter().filter(|at| **at % 5 == 0).count();
        assert_eq!(rare, 10);
    }
}
