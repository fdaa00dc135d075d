//! How well a question fits each target: candidates from the postings, then absolute features of each.
//!
//! Every feature lies between 0 and 1 and means the same for every question and base, so that a threshold does too:
//! nothing is scaled by the best or worst candidate of the day.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::index::{Index, Origin, Target, Unit, Wording};
use super::query::Query;
use super::weights::WEIGHTS;

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
    /// Cosine of meaning with the nearest wording.
    pub(crate) meaning: f32,
    /// Mean of the three wordings that mean nearly the same.
    pub(crate) meaning_three: f32,
    /// Cosine of meaning with the mean of the wordings.
    pub(crate) meaning_centroid: f32,
    /// Mean of the three nearest wordings, by letter groups.
    pub(crate) letters_three: f32,
    /// How likely it is by what tells the targets apart: 1 for certain, 0 from a chance of 1 to 22,000.
    pub(crate) learnt: f32,
    /// Cosine with its running text by letter groups, where nobody's wording of it is known.
    pub(crate) text: f32,
}

impl Features {
    /// How many there are.
    pub(crate) const COUNT: usize = 14;
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
        "meaning",
        "meaning_three",
        "meaning_centroid",
        "letters_three",
        "learnt",
        "text",
    ];

    /// Their weighted sum.
    fn score(&self) -> f32 {
        let weights = &WEIGHTS.ranking.0;
        self.values().iter().zip(weights).map(|(f, w)| f * w).sum()
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
            self.meaning,
            self.meaning_three,
            self.meaning_centroid,
            self.letters_three,
            self.learnt,
            self.text,
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

/// So many units are looked at closely, those that fit best at first sight. Looking at all of the shipped base, and at what
/// all of it means, moves two figures of the sets of tests/questions, each by one question, one up and one down.
const LOOKED_AT: usize = 128;
/// What is this far behind without what its wordings mean, which adds less than 2, is left there: looking at that takes
/// most of the time.
const OUT_OF_REACH: f32 = 3.0;

/// The best `top` units for a question as matches, best first; at most one match per target.
pub(crate) fn matches(index: &Index, query: &Query, top: usize) -> Vec<Match> {
    let wholes = by_units(index, query);
    let learnt = index.learnt(query);
    let (words, letters) = (by_words(index, query), by_letters(index, query));
    let texts = index.texts.likeness(&query.in_texts, index.units.len());
    let features = |number: u32| {
        let class = index.units[number as usize].class as usize;
        let learnt = learnt.as_ref().map_or(0.0, |of_class| of_class[class]);
        Features {
            text: texts.get(number as usize).copied().unwrap_or_default(),
            ..wholes[number as usize].features(learnt)
        }
    };
    let at_first_sight = |number: u32| {
        let Range { start, end } = index.units[number as usize].wordings;
        let own = start as usize..end as usize;
        let (nearest, letters) = (greatest(&words[own.clone()]), greatest(&letters[own]));
        let features = Features {
            nearest,
            nearest_three: nearest,
            letters,
            letters_three: letters,
            ..features(number)
        };
        features.score()
    };
    let many = top.max(LOOKED_AT);
    let mut best: Vec<(f32, Origin, u32, Features)> =
        Vec::with_capacity(many.min(index.units.len()));
    for number in worth_a_look(index.units.len(), many, at_first_sight) {
        let (unit, mut features) = (&index.units[number as usize], features(number));
        features.meaning_centroid = query.likeness(&unit.meaning);
        let wording = look_closely(index, unit, &mut features, &words, &letters);
        let score = features.score();
        if score > 0.0 {
            best.push((score, wording, number, features));
        }
    }
    if best.len() > top {
        best.select_nth_unstable_by(top, |a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        best.truncate(top);
    }
    let first = best.iter().map(|b| b.0).fold(0.0, f32::max);
    let mut found: Vec<Match> = best
        .into_iter()
        .map(|(score, wording, number, mut features)| {
            let unit = &index.units[number as usize];
            if score + OUT_OF_REACH >= first {
                look_at_meaning(index, query, unit, &mut features);
            }
            Match {
                target: unit.target,
                score: features.score(),
                features,
                wording,
            }
        })
        .collect();
    found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
    let mut seen: FxHashSet<Target> = FxHashSet::default();
    found.retain(|m| seen.insert(m.target));
    found
}

/// The units to look at closely: so many that fit best at first sight.
fn worth_a_look(units: usize, many: usize, at_first_sight: impl Fn(u32) -> f32) -> Vec<u32> {
    let mut fits: Vec<(f32, u32)> = (0..units as u32).map(|n| (at_first_sight(n), n)).collect();
    if fits.len() > many {
        fits.select_nth_unstable_by(many, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        fits.truncate(many);
    }
    fits.into_iter().map(|(_, number)| number).collect()
}

/// The greatest of some numbers, at least 0. Eight at a time, as processors compare them.
fn greatest(numbers: &[f32]) -> f32 {
    let max = |a: f32, b: f32| if b > a { b } else { a };
    let eights = numbers.chunks_exact(8);
    let rest = eights.remainder().iter().copied();
    let mut greatest = [0.0f32; 8];
    for eight in eights {
        for (greatest, number) in greatest.iter_mut().zip(eight) {
            *greatest = max(*greatest, *number);
        }
    }
    greatest.into_iter().chain(rest).fold(0.0, max)
}

/// How well a unit fits as a whole.
#[derive(Clone, Copy, Default)]
struct Whole {
    bag: f32,
    coverage: f32,
    centroid: f32,
    asked_as: f32,
}

impl Whole {
    fn features(&self, learnt: f32) -> Features {
        Features {
            bag: self.bag,
            coverage: self.coverage,
            centroid: self.centroid,
            asked_as: self.asked_as,
            learnt,
            ..Features::default()
        }
    }
}

/// What every unit is as a whole.
fn by_units(index: &Index, query: &Query) -> Vec<Whole> {
    let mut units = vec![Whole::default(); index.units.len()];
    let mut states = vec![State::default(); index.units.len()];
    let mass = query.mass.max(f32::MIN_POSITIVE);
    for (number, concept) in query.concepts.iter().enumerate() {
        let (stamp, weight) = (number as u32 + 1, concept.weight / mass);
        for (term, how_well) in &concept.terms {
            for posting in index.by_unit.of(*term).iter().filter(|p| p.bag > 0.0) {
                let (unit, state) = (
                    &mut units[posting.unit as usize],
                    &mut states[posting.unit as usize],
                );
                if state.stamp != stamp {
                    *state = State {
                        stamp,
                        ..State::default()
                    };
                }
                // A concept counts once per unit, by the best of its terms.
                let value = how_well * posting.bag;
                if value > state.bag {
                    unit.bag += (value - state.bag) * weight;
                    state.bag = value;
                }
                if *how_well > state.coverage {
                    unit.coverage += (how_well - state.coverage) * weight;
                    state.coverage = *how_well;
                }
            }
        }
    }
    drop(states);
    let mut sums = vec![(0.0f32, 0.0f32); index.units.len()];
    for vector in &query.vectors {
        sums.fill((0.0, 0.0));
        for term in &vector.terms {
            for posting in index.by_unit.of(term.term) {
                let (centroid, asked_as) = &mut sums[posting.unit as usize];
                *centroid += term.weight * posting.centroid;
                *asked_as += term.asked_as * posting.asked_as;
            }
        }
        for (unit, (centroid, asked_as)) in units.iter_mut().zip(&sums) {
            unit.centroid = unit
                .centroid
                .max(share(*centroid, vector.norm, vector.counts));
            unit.asked_as = unit
                .asked_as
                .max(share(*asked_as, vector.mass, vector.counts));
        }
    }
    units
}

/// The best that a concept has reached in a unit.
#[derive(Clone, Copy, Default)]
struct State {
    /// The concept, from 1; 0 for none.
    stamp: u32,
    bag: f32,
    coverage: f32,
}

/// Each wording's cosine by words with the question or the sentence of it that is most alike.
fn by_words(index: &Index, query: &Query) -> Vec<f32> {
    let mut vectors = query.vectors.iter().map(|vector| {
        let mut sums = vec![0.0f32; index.wordings.len()];
        for term in &vector.terms {
            for (wording, weight) in index.by_wording.of(term.term) {
                sums[*wording as usize] += term.weight * weight;
            }
        }
        for sum in &mut sums {
            *sum = share(*sum, vector.norm, vector.counts);
        }
        sums
    });
    let whole = vectors.next().unwrap_or_default();
    vectors.fold(whole, |mut best, sentence| {
        let pairs = best.iter_mut().zip(sentence);
        pairs.for_each(|(best, likeness)| *best = best.max(likeness));
        best
    })
}

/// Each wording's cosine with the question by letter groups.
fn by_letters(index: &Index, query: &Query) -> Vec<f32> {
    let mut sums = vec![0.0f32; index.wordings.len()];
    if query.gram_norm <= 0.0 {
        return sums;
    }
    for (gram, weight) in &query.grams {
        let weight = weight / query.gram_norm;
        for wording in index.by_gram.of(*gram) {
            sums[*wording as usize] += weight;
        }
    }
    for (sum, per_letters) in sums.iter_mut().zip(&index.per_letters) {
        *sum *= per_letters;
    }
    sums
}

/// A sum as a share of what could be reached, times how much that counts.
fn share(sum: f32, reachable: f32, counts: f32) -> f32 {
    if reachable > 0.0 {
        (sum / reachable).min(1.0) * counts
    } else {
        0.0
    }
}

/// Adds what the wordings of a unit have by words and letters; gives the wording that fits best.
fn look_closely(
    index: &Index,
    unit: &Unit,
    features: &mut Features,
    words: &[f32],
    letters: &[f32],
) -> Origin {
    let mut nearest = [0.0f32; 3];
    let mut nearest_letters = [0.0f32; 3];
    let (mut best, mut wording) = (0.0, Origin::Title);
    for w in unit.wordings.start as usize..unit.wordings.end as usize {
        let (likeness, by_letters) = (words[w], letters[w]);
        if likeness + by_letters <= 0.0 {
            continue;
        }
        let Wording { origin, counts, .. } = index.wordings[w];
        if matches!(origin, Origin::Title | Origin::Name(_)) {
            features.title = features.title.max(likeness);
        }
        let by_words = likeness * counts;
        keep_greatest(&mut nearest, by_words);
        keep_greatest(&mut nearest_letters, by_letters);
        if by_words + by_letters > best {
            best = by_words + by_letters;
            wording = origin;
        }
    }
    features.nearest = nearest[0];
    features.nearest_three = mean_of(&nearest);
    features.letters = nearest_letters[0];
    features.letters_three = mean_of(&nearest_letters);
    wording
}

/// Adds what the wordings of a unit mean.
fn look_at_meaning(index: &Index, query: &Query, unit: &Unit, features: &mut Features) {
    let mut nearest = [0.0f32; 3];
    if unit.wordings.len() == 1 {
        // Its only wording is its centroid.
        nearest[0] = features.meaning_centroid;
    } else {
        let own = unit.wordings.start as usize..unit.wordings.end as usize;
        let meanings = &index.meanings[own.clone()];
        for (wording, meaning) in index.wordings[own].iter().zip(meanings) {
            keep_greatest(&mut nearest, query.likeness(meaning) * wording.counts);
        }
    }
    features.meaning = nearest[0];
    features.meaning_three = mean_of(&nearest);
}

/// Keeps the greatest three, in order.
fn keep_greatest([first, second, third]: &mut [f32; 3], value: f32) {
    if value > *third {
        *third = value.min(*second);
        *second = value.max(*second).min(*first);
        *first = value.max(*first);
    }
}

/// The mean of the greatest three; a unit of fewer wordings has less to show for itself.
fn mean_of(greatest: &[f32; 3]) -> f32 {
    greatest.iter().sum::<f32>() / 3.0
}
