//! How alike two wordings are: whether they ask the same, in other words. Used to put the questions that could not be
//! answered together, not to answer any.
//!
//! A wording is taken as its words, each by how much it tells, and as the direction of what they mean together. The words
//! are compared both ways: what one says is sought in the other, as itself or as a synonym.

use rustc_hash::FxHashMap;

use super::Answerer;
use super::index::Index;
use super::meaning::Direction;
use crate::knowledge::Language;
use crate::language::{
    DIMENSIONS, Guess, Kind, Meaning, Token, add_meaning, hash, normalised, words,
};

/// From here on a wording is taken to ask the same as others. Measured on wordings that were put together by hand, among
/// them subjects close to each other: put together one after another from this likeness on, 80 in 100 of the pairs that
/// came together belong together, and 35 in 100 of those that belong together came together; where all subjects came at
/// once, 70 and 29.
pub const ALIKE: f32 = 0.33;
/// From here on they may be about the same, and a person can tell.
pub const AKIN: f32 = 0.2;

/// How much the meaning counts, beside the words and the groups of letters, which count 1 each.
const MEANING: f32 = 0.5;
/// How much the most alike of several counts, beside their mean: being like one of them is not enough, or each would
/// lead to the next.
const NEAREST: f32 = 0.3;
/// How many words a wording is found again by.
const KEYS: usize = 6;

/// What a wording asks about, to be compared with others.
#[derive(Clone, Debug)]
pub struct Gist {
    /// Stems by their hash, each with how much it tells.
    words: FxHashMap<u64, f32>,
    /// Each word as what it may stand for, the best first, each with how well; and how much the word tells.
    sought: Vec<(Vec<(u64, f32)>, f32)>,
    /// The Euclidean length of what the words tell.
    length: f32,
    /// Groups of letters of the words that say something, by their hash, each with how much it tells.
    groups: FxHashMap<u32, f32>,
    /// The Euclidean length of what the groups tell.
    group_length: f32,
    meaning: Direction,
}

impl Answerer {
    /// What a masked wording asks about.
    pub fn gist(&self, wording: &str) -> Gist {
        let subject = super::without_masks(wording);
        let language = self.language_of_wording(&subject);
        let gist = self.index(language).map(|(index, _)| {
            let known = |stem: &str| index.term(stem).is_some();
            let speller = Some(&index.speller);
            let tokens = index.analyzer.tokens(&subject, &known, speller);
            Gist::of(index, &tokens)
        });
        gist.filter(|g| g.length > 0.0)
            .unwrap_or_else(|| Gist::of_bare_words(&subject))
    }

    /// The language that a wording is in, or the municipality's where that cannot be told.
    pub(super) fn language_of_wording(&self, subject: &str) -> Language {
        match self.guesser.guess(subject, None) {
            Guess::Known(tongue) => super::language_of_tongue(tongue),
            Guess::Other(_) | Guess::Unclear => self.knowledge.municipality().default_language,
        }
    }
}

impl Gist {
    fn of(index: &Index, tokens: &[Token]) -> Gist {
        let rarest = (1.0 + index.wordings.len() as f32).ln();
        let mut sum: Meaning = [0.0; DIMENSIONS];
        let mut sought = Vec::new();
        let telling = |t: &&Token| matches!(t.kind, Kind::Word | Kind::Part);
        for token in tokens.iter().filter(telling) {
            let stems = token.alternatives.iter();
            let first = stems.clone().find_map(|(stem, _)| index.term(stem));
            // What the base has no word for tells most: it may be why there is no answer.
            let tells = first.map_or(rarest, |t| index.wording_idf[t as usize]) * token.weight;
            add_meaning(index.analyzer.tongue(), &token.meant, tells, &mut sum);
            let stems = stems.map(|(stem, how_well)| (hash(stem), *how_well));
            let mut stems: Vec<(u64, f32)> = stems.collect();
            let own = hash(&index.analyzer.stem(&token.meant));
            if stems.iter().all(|(stem, _)| *stem != own) {
                stems.insert(0, (own, 1.0));
            }
            sought.push((stems, tells));
        }
        let meaning = normalised(sum).map_or(Direction::NONE, |m| Direction::of(&m));
        let groups =
            index.telling_groups(tokens.iter().filter(telling).map(|t| t.surface.as_str()));
        Gist::with(sought, groups, meaning)
    }

    /// Of a wording that says nothing but what every wording says.
    fn of_bare_words(subject: &str) -> Gist {
        let all = words(subject);
        let sought = all.iter().map(|word| (vec![(hash(word), 1.0)], 1.0));
        Gist::with(sought.collect(), FxHashMap::default(), Direction::NONE)
    }

    fn with(
        sought: Vec<(Vec<(u64, f32)>, f32)>,
        groups: FxHashMap<u32, f32>,
        meaning: Direction,
    ) -> Gist {
        let mut words: FxHashMap<u64, f32> = FxHashMap::default();
        for (stems, tells) in &sought {
            if let Some((stem, _)) = stems.first() {
                let weight = words.entry(*stem).or_default();
                *weight = weight.max(*tells);
            }
        }
        Gist {
            length: words.values().map(|w| w * w).sum::<f32>().sqrt(),
            group_length: groups.values().map(|w| w * w).sum::<f32>().sqrt(),
            words,
            sought,
            groups,
            meaning,
        }
    }

    /// How alike two wordings are, 0..1: 1 for the same words in any order.
    pub fn likeness(&self, other: &Gist) -> f32 {
        let by_words = (self.found_in(other) + other.found_in(self)) / 2.0;
        let by_letters = self.groups_in(other);
        let by_meaning = self.meaning.cosine(&other.meaning).clamp(0.0, 1.0);
        (by_words + by_letters + MEANING * by_meaning) / (2.0 + MEANING)
    }

    /// How alike a wording is to several that ask the same, 0..1; 0 when there are none.
    pub fn likeness_with(&self, others: &[Gist]) -> f32 {
        let each: Vec<f32> = others.iter().map(|other| self.likeness(other)).collect();
        let nearest = each.iter().copied().fold(0.0, f32::max);
        let mean = each.iter().sum::<f32>() / each.len().max(1) as f32;
        NEAREST * nearest + (1.0 - NEAREST) * mean
    }

    /// The cosine of the groups of letters with those of another.
    fn groups_in(&self, other: &Gist) -> f32 {
        let both =
            |(group, tells): (&u32, &f32)| other.groups.get(group).map(|there| there * tells);
        let dot: f32 = self.groups.iter().filter_map(both).sum();
        dot / (self.group_length * other.group_length).max(f32::MIN_POSITIVE)
    }

    /// The cosine of the words with those of another, each counted as the best that it may stand for there.
    fn found_in(&self, other: &Gist) -> f32 {
        if self.length <= 0.0 || other.length <= 0.0 {
            return 0.0;
        }
        let found = |(stems, tells): &(Vec<(u64, f32)>, f32)| {
            let there = |(stem, how_well): &(u64, f32)| {
                other
                    .words
                    .get(stem)
                    .map_or(0.0, |weight| how_well * weight)
            };
            tells * stems.iter().map(there).fold(0.0, f32::max)
        };
        let dot: f32 = self.sought.iter().map(found).sum();
        (dot / (self.length * other.length)).min(1.0)
    }

    /// What the wording is found again by: names of the words that tell most, at most six, the most telling first. Two
    /// wordings that are alike have one of them in common, but for synonyms.
    pub fn keys(&self) -> Vec<String> {
        let mut telling: Vec<(u64, f32)> = self.words.iter().map(|(w, t)| (*w, *t)).collect();
        telling.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let name = |(word, _): (u64, f32)| format!("{word:016x}");
        telling.into_iter().take(KEYS).map(name).collect()
    }
}
