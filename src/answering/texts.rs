//! The running text of what nobody's wording is known of, by its letter groups: what is all there is to go by is worth a
//! closer look. How often a group occurs tells much here, in sentences and example questions it does not.

use rustc_hash::FxHashMap;

use super::index::{LONG, gram_hashes};
use super::postings::Postings;

/// The texts of some units.
#[derive(Debug)]
pub(crate) struct Texts {
    /// The letter groups, each with its number and its inverse document frequency.
    groups: FxHashMap<u32, (u32, f32)>,
    /// That of a group that no text has.
    rarest: f32,
    /// The units that have a group, each with the group's share of the text's direction, which has length 1.
    by_group: Postings<(u32, f32)>,
}

impl Texts {
    /// The texts of units by the units' numbers, as folded words.
    pub(super) fn new(texts: &[(u32, Vec<String>)]) -> Texts {
        let counted: Vec<(u32, FxHashMap<u32, f32>)> = texts
            .iter()
            .map(|(unit, words)| (*unit, counted(words.iter().map(String::as_str))))
            .collect();
        let mut holders: FxHashMap<u32, u32> = FxHashMap::default();
        for group in counted.iter().flat_map(|(_, groups)| groups.keys()) {
            *holders.entry(*group).or_default() += 1;
        }
        // As scikit-learn has it: ln((1 + N) / (1 + n)) + 1.
        let idf = |n: u32| ((1.0 + texts.len() as f32) / (1.0 + n as f32)).ln() + 1.0;
        let mut sorted: Vec<(u32, u32)> = holders.into_iter().collect();
        sorted.sort_unstable();
        let groups: FxHashMap<u32, (u32, f32)> = (sorted.iter().enumerate())
            .map(|(number, (group, n))| (*group, (number as u32, idf(*n))))
            .collect();
        let mut pairs: Vec<(u32, (u32, f32))> = Vec::new();
        for (unit, counts) in &counted {
            let weighed = counts.iter().map(|(group, count)| {
                let (number, idf) = groups[group];
                (number, count * idf)
            });
            let mut weighed: Vec<(u32, f32)> = weighed.collect();
            // In their order, for sums of floats depend on it.
            weighed.sort_unstable_by_key(|(number, _)| *number);
            let each = 1.0 / length(&weighed);
            let own = weighed.into_iter();
            pairs.extend(own.map(|(number, weight)| (number, (*unit, weight * each))));
        }
        Texts {
            by_group: Postings::new(groups.len(), || pairs.iter().copied()),
            groups,
            rarest: idf(0),
        }
    }

    /// The letter groups of a question's words that some text has, by number, with their shares of its direction.
    pub(super) fn look_for<'a>(&self, words: impl Iterator<Item = &'a str>) -> Vec<(u32, f32)> {
        if self.groups.is_empty() {
            return Vec::new();
        }
        let (mut known, mut unknown) = (Vec::new(), 0.0f32);
        for (group, count) in counted(words) {
            match self.groups.get(&group) {
                Some((number, idf)) => known.push((*number, count * idf)),
                None => unknown += (count * self.rarest).powi(2),
            }
        }
        known.sort_unstable_by_key(|(number, _)| *number);
        let each = 1.0 / length(&known).hypot(unknown.sqrt());
        known.iter_mut().for_each(|(_, weight)| *weight *= each);
        known
    }

    /// The cosine of each unit's text with what is looked for, 0..1; of none when no unit has a text.
    pub(super) fn likeness(&self, looked_for: &[(u32, f32)], units: usize) -> Vec<f32> {
        if looked_for.is_empty() {
            return Vec::new();
        }
        let mut likeness = vec![0.0; units];
        for (group, weight) in looked_for {
            for (unit, share) in self.by_group.of(*group) {
                likeness[*unit as usize] += weight * share;
            }
        }
        likeness
    }
}

/// The letter groups of some words with one more than the logarithm of how often each occurs.
fn counted<'a>(words: impl Iterator<Item = &'a str>) -> FxHashMap<u32, f32> {
    let mut counts: FxHashMap<u32, f32> = FxHashMap::default();
    for group in gram_hashes(words, &[LONG]) {
        *counts.entry(group).or_default() += 1.0;
    }
    counts
        .values_mut()
        .for_each(|count| *count = 1.0 + count.ln());
    counts
}

/// The Euclidean length of some weights, above 0.
fn length(weights: &[(u32, f32)]) -> f32 {
    let square: f32 = weights.iter().map(|(_, weight)| weight * weight).sum();
    square.sqrt().max(f32::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_says_often_tells() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let texts = Texts::new(&[
            (0, words("fyren har en nyckel")),
            (2, words("nyckel till nyckelskap och nyckelring")),
        ]);
        let looked_for = texts.look_for(std::iter::once("nyckelknippa"));
        let likeness = texts.likeness(&looked_for, 3);
        assert!(likeness[2] > likeness[0] && likeness[0] > 0.0);
        assert_eq!(likeness[1], 0.0);
        assert!(likeness[2] <= 1.0);
        assert!(texts.look_for(std::iter::once("qwx")).is_empty());
    }

    #[test]
    fn without_texts_there_is_nothing_to_look_for() {
        let texts = Texts::new(&[]);
        assert!(texts.look_for(std::iter::once("nyckel")).is_empty());
        assert!(texts.likeness(&[], 3).is_empty());
    }
}
