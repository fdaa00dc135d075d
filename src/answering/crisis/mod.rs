//! Someone in need comes before everything. Two look at every message: patterns that people wrote, which know some
//! wordings surely, and a recogniser that has learnt from examples, which knows others by what they are made of.

mod patterns;
mod recogniser;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::knowledge::{EntryId, Knowledge};
use patterns::PatternDetector;
use recogniser::Recogniser;

/// How likely a crisis must be by the recogniser alone, 0..1.
const LIKELY: f32 = 0.78;
/// How likely it must be where a pattern says so too.
const POSSIBLE: f32 = 0.25;
/// By how much likelier it must be where words had to be mended first: they may have been meant otherwise.
const MENDED: f32 = 0.1;
/// From here on it may be one: whoever wrote it gets their answer, and is told where there is help.
const DOUBTFUL: f32 = 0.5;

/// Recognises messages of people in need.
#[derive(Debug)]
pub(crate) struct CrisisDetector {
    /// A hash of all that it was made of.
    made_of: u64,
    patterns: PatternDetector,
    recogniser: Option<Recogniser>,
    /// Per situation, in the order of the rules.
    lines: Vec<Lines>,
}

/// The help lines of a situation, and those for a message that carries a marker.
#[derive(Debug)]
struct Lines {
    usual: Vec<EntryId>,
    marked: Vec<(String, Vec<EntryId>)>,
}

/// What was recognised.
#[derive(Debug, PartialEq)]
pub(crate) struct Crisis {
    /// The situation's place in the rules.
    pub(crate) situation: usize,
    /// The help lines, in the order to show them.
    pub(crate) lines: Vec<EntryId>,
    /// Whether it is taken for one, and comes before everything else.
    pub(crate) sure: bool,
}

impl CrisisDetector {
    /// The detector of a base: the one from before, where it would be made of the same.
    pub(super) fn renewed(knowledge: &Knowledge, before: Option<&Arc<Self>>) -> Arc<Self> {
        let mut hasher = DefaultHasher::new();
        (knowledge.crisis(), knowledge.crisis_examples()).hash(&mut hasher);
        recogniser::others(knowledge).for_each(|text| text.hash(&mut hasher));
        let made_of = hasher.finish();
        match before.filter(|b| b.made_of == made_of) {
            Some(before) => Arc::clone(before),
            None => Arc::new(CrisisDetector::new(knowledge, made_of)),
        }
    }

    /// Compiles the patterns of a base and learns from its examples.
    fn new(knowledge: &Knowledge, made_of: u64) -> Self {
        let rules = knowledge.crisis();
        let lines = rules.situation.iter().map(|s| {
            let instead = s.instead.iter();
            Lines {
                usual: s.lines.clone(),
                marked: instead
                    .map(|i| (i.marker.clone(), i.lines.clone()))
                    .collect(),
            }
        });
        CrisisDetector {
            made_of,
            patterns: PatternDetector::new(rules),
            recogniser: Recogniser::learn(knowledge),
            lines: lines.collect(),
        }
    }

    /// How likely a message tells of a crisis by the recogniser, 0..1, whether a pattern says so, and how likely it must be
    /// then to be taken for one.
    pub(crate) fn weigh(&self, text: &str) -> (f32, bool, f32) {
        let by_pattern = self.patterns.situation(&self.patterns.read(text)).is_some();
        let learnt = self.recogniser.as_ref();
        let likelihood = learnt.map_or(0.0, |r| r.look_at(text).likelihood);
        (likelihood, by_pattern, least(by_pattern))
    }

    /// The situation that a message tells of, or may tell of: as it was written, or as it was meant where words are
    /// misspelt. Whoever is in need does not check the spelling.
    pub(crate) fn detect(&self, text: &str) -> Option<Crisis> {
        let told = self.told_by(text, 0.0);
        if told.as_ref().is_some_and(|crisis| crisis.sure) {
            return told;
        }
        let mended = self.recogniser.as_ref().and_then(|r| r.mended(text));
        let meant = mended.and_then(|mended| self.told_by(&mended, MENDED));
        meant.filter(|crisis| crisis.sure).or(told)
    }

    /// What a message tells of; to be sure, it must be by so much `more` likely than usual.
    fn told_by(&self, text: &str, more: f32) -> Option<Crisis> {
        let message = self.patterns.read(text);
        let by_pattern = self.patterns.situation(&message);
        let learnt = self.recogniser.as_ref().map(|r| r.look_at(text));
        let likelihood = learnt.as_ref().map_or(1.0, |l| l.likelihood);
        if by_pattern.is_none() && likelihood < DOUBTFUL {
            return None;
        }
        let situation = by_pattern.or(learnt.as_ref().map(|l| l.situation))?;
        let Lines { usual, marked } = self.lines.get(situation)?;
        // Where a pattern knows the situation, the patterns know of whom it speaks too.
        let by_example = learnt.as_ref().filter(|_| by_pattern.is_none());
        let by_example = by_example.and_then(|l| l.marker.as_deref());
        let told_by =
            |marker: &str| by_example == Some(marker) || self.patterns.is_marked(&message, marker);
        let instead = marked.iter().find(|(marker, _)| told_by(marker));
        Some(Crisis {
            situation,
            lines: instead.map_or(usual, |(_, lines)| lines).clone(),
            sure: likelihood >= least(by_pattern.is_some()) + more,
        })
    }
}

/// How likely a crisis must be by the recogniser, 0..1, with a pattern that says so and without.
fn least(by_pattern: bool) -> f32 {
    if by_pattern { POSSIBLE } else { LIKELY }
}
