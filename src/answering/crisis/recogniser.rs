//! Learns from examples what a cry for help is made of: words, pairs of words and groups of letters, against everything
//! that people ask without being in need.

use std::collections::HashMap;

use crate::answering::index::{gram_hashes, pairs};
use crate::answering::learner::{Example, Learner};
use crate::knowledge::{Knowledge, Language};
use crate::language::words;

/// At most so many example questions of the base are learnt from as wordings of no one in need.
const MOST_QUESTIONS: usize = 10_000;
/// Messages are looked at up to so many words.
const MOST_WORDS: usize = 400;
/// The squared weight of a mark that no example has.
const UNKNOWN: f32 = 16.0;
/// The weight of the mark that every message has.
const BIAS: f32 = 0.25;

/// What was learnt.
#[derive(Debug)]
pub(super) struct Recogniser {
    features: HashMap<u32, (u32, f32)>,
    learner: Learner,
    /// What each class from 1 on is; 0 is no crisis.
    classes: Vec<(usize, Option<String>)>,
}

/// What the recogniser sees in a message.
#[derive(Debug)]
pub(super) struct Seen {
    /// How likely it is a crisis at all, 0..1.
    pub(super) likelihood: f32,
    /// The likeliest situation, by its place in the rules.
    pub(super) situation: usize,
    /// The marker that the likeliest examples carry.
    pub(super) marker: Option<String>,
}

impl Recogniser {
    /// Learns from the examples of a base; `None` where it has none.
    pub(super) fn learn(knowledge: &Knowledge) -> Option<Recogniser> {
        let examples = knowledge.crisis_examples();
        let situations = &knowledge.crisis().situation;
        let mut classes = Vec::new();
        let mut texts: Vec<(&str, u32)> = Vec::new();
        for told in &examples.told {
            let Some(situation) = situations.iter().position(|s| s.name == told.situation) else {
                continue;
            };
            classes.push((situation, told.marker.clone()));
            let class = classes.len() as u32;
            texts.extend(told.wordings.iter().map(|w| (w.as_str(), class)));
        }
        if texts.is_empty() {
            return None;
        }
        texts.extend(examples.harmless.iter().map(|w| (w.as_str(), 0)));
        texts.extend(others(knowledge).map(|w| (w, 0)));
        let read: Vec<Vec<u32>> = texts.iter().map(|(text, _)| marks(text)).collect();
        let features = weigh(&read);
        let read = read.iter().zip(&texts).map(|(marks, (_, class))| Example {
            features: vector(marks, &features),
            class: *class,
        });
        let read: Vec<Example> = read.collect();
        let learner = Learner::learn(&read, features.len() + 1, classes.len() + 1)?;
        Some(Recogniser {
            features,
            learner,
            classes,
        })
    }

    /// What a message looks like.
    pub(super) fn look_at(&self, text: &str) -> Seen {
        let features = vector(&marks(text), &self.features);
        let likely = self.learner.log_probabilities(features.into_iter());
        let best = (1..likely.len()).max_by(|a, b| likely[*a].total_cmp(&likely[*b]));
        let (situation, marker) = best
            .and_then(|class| self.classes.get(class - 1))
            .cloned()
            .unwrap_or_default();
        Seen {
            likelihood: 1.0 - likely.first().map_or(1.0, |none| none.exp()),
            situation,
            marker,
        }
    }
}

/// What people write without being in need: small talk, what offices and others handle, and the example questions of
/// the base, evenly chosen.
fn others(knowledge: &Knowledge) -> impl Iterator<Item = &str> {
    let texts = |language: Language| {
        let entries = knowledge.entries().iter();
        entries.filter_map(move |e| e.texts.get(language))
    };
    let languages = || Language::ALL.into_iter();
    let questions = move || languages().flat_map(texts).flat_map(|t| &t.questions);
    let step = questions().count().div_ceil(MOST_QUESTIONS).max(1);
    let concerns = languages().flat_map(texts).flat_map(|t| &t.responsible_for);
    let elsewhere = knowledge.elsewhere().iter();
    let elsewhere = elsewhere.flat_map(move |e| languages().flat_map(|l| e.about(l)));
    let talk = knowledge.small_talk().iter();
    let talk = talk.flat_map(move |t| languages().flat_map(|l| t.examples(l)));
    let all = questions().step_by(step).chain(concerns).chain(elsewhere).chain(talk);
    all.map(String::as_str)
}

/// The words, pairs of words and groups of letters of a text, each once, as hashes.
fn marks(text: &str) -> Vec<u32> {
    let mut words = words(text);
    words.truncate(MOST_WORDS);
    let hash = |word: &str, kind: u32| {
        let bytes = word.bytes();
        bytes.fold(0x811c_9dc5 ^ kind, |h: u32, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
    };
    let mut all = gram_hashes(words.iter().map(String::as_str));
    all.extend(words.iter().map(|w| hash(w, 1)));
    all.extend(pairs(words.iter().map(String::as_str)).iter().map(|p| hash(p, 2)));
    all.sort_unstable();
    all.dedup();
    all
}

/// The marks that more than one text has, each with a number and its inverse document frequency.
fn weigh(texts: &[Vec<u32>]) -> HashMap<u32, (u32, f32)> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    texts.iter().flatten().for_each(|m| *counts.entry(*m).or_default() += 1);
    let mut kept: Vec<(u32, u32)> = counts.into_iter().filter(|(_, n)| *n > 1).collect();
    kept.sort_unstable();
    let all = texts.len() as f32;
    let weight = |n: u32| (1.0 + all / n as f32).ln();
    let numbered = kept.into_iter().zip(0..);
    numbered.map(|((mark, n), number)| (mark, (number, weight(n)))).collect()
}

/// The known marks with their weights; marks that are not known make the message as a whole say less.
fn vector(marks: &[u32], known: &HashMap<u32, (u32, f32)>) -> Vec<(u32, f32)> {
    let mut out: Vec<(u32, f32)> = marks.iter().filter_map(|m| known.get(m).copied()).collect();
    let unknown = (marks.len() - out.len()) as f32 * UNKNOWN;
    let norm = (out.iter().map(|(_, w)| w * w).sum::<f32>() + unknown).sqrt();
    out.iter_mut().for_each(|(_, w)| *w /= norm.max(f32::MIN_POSITIVE));
    // What every message has: learns that most people are not in need.
    out.push((known.len() as u32, BIAS));
    out
}
