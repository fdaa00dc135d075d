//! Greetings, thanks, and questions about the bot itself: whole messages compared with the examples of `smalltalk.toml`.

use std::collections::{HashMap, HashSet};

use crate::knowledge::{Knowledge, Language};
use crate::language::Analyzer;

/// Longer messages are about something.
const MOST_WORDS: usize = 14;
/// How alike a message and an example must be, 0..1.
const ALIKE: f32 = 0.74;
/// Kinds that only frame a message: beside another kind they give way.
const FRAMES: [&str; 4] = ["greeting", "thanks", "praise_or_ok", "testing"];

/// The examples of one language.
#[derive(Debug)]
pub(crate) struct SmallTalkMatcher {
    exact: HashMap<String, usize>,
    examples: Vec<Example>,
    weights: HashMap<String, f32>,
    by_word: HashMap<String, Vec<u32>>,
    rarest: f32,
}

#[derive(Debug)]
struct Example {
    kind: usize,
    words: HashSet<String>,
    norm: f32,
}

/// A kind of small talk and how alike the message is, 0..1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Recognised {
    /// The kind's place in the base.
    pub(crate) kind: usize,
    /// How alike, 0..1.
    pub(crate) likeness: f32,
}

impl SmallTalkMatcher {
    pub(crate) fn new(knowledge: &Knowledge, language: Language, analyzer: &Analyzer) -> Self {
        let mut exact = HashMap::new();
        let mut raw: Vec<(usize, HashSet<String>)> = Vec::new();
        for (kind, talk) in knowledge.small_talk().iter().enumerate() {
            for example in talk.examples(language) {
                let words = analyzer.plain_words(example);
                exact.entry(words.join(" ")).or_insert(kind);
                raw.push((kind, words.into_iter().collect()));
            }
        }
        let mut frequency: HashMap<String, u32> = HashMap::new();
        raw.iter().flat_map(|(_, w)| w).for_each(|w| *frequency.entry(w.clone()).or_default() += 1);
        let rarest = (1.0 + raw.len() as f32).ln();
        let weights: HashMap<String, f32> = frequency.iter().map(|(w, n)| (w.clone(), (1.0 + raw.len() as f32 / *n as f32).ln())).collect();
        let mut by_word: HashMap<String, Vec<u32>> = HashMap::new();
        let examples: Vec<Example> = raw
            .into_iter()
            .enumerate()
            .map(|(i, (kind, words))| {
                words.iter().for_each(|w| by_word.entry(w.clone()).or_default().push(i as u32));
                let norm = words.iter().map(|w| weights[w].powi(2)).sum::<f32>().sqrt();
                Example { kind, words, norm }
            })
            .collect();
        SmallTalkMatcher { exact, examples, weights, by_word, rarest }
    }

    /// The kind of small talk that a whole message is, if it is nothing else.
    pub(crate) fn recognise(&self, knowledge: &Knowledge, analyzer: &Analyzer, text: &str) -> Option<Recognised> {
        let words = analyzer.plain_words(text);
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        if let Some(found) = self.alike(&words) {
            return Some(found);
        }
        // "ok great, bye!" is small talk when each of its clauses is.
        let mut best: Option<Recognised> = None;
        for clause in text.split(['.', ',', '!', '?', ';', '\n']) {
            let words = analyzer.plain_words(clause);
            if words.is_empty() {
                continue;
            }
            let found = self.alike(&words)?;
            let frame = |r: &Recognised| FRAMES.contains(&knowledge.small_talk()[r.kind].name.as_str());
            best = match best {
                Some(earlier) if frame(&found) && !frame(&earlier) => Some(earlier),
                _ => Some(found),
            };
        }
        best
    }

    fn alike(&self, words: &[String]) -> Option<Recognised> {
        if let Some(kind) = self.exact.get(&words.join(" ")) {
            return Some(Recognised { kind: *kind, likeness: 1.0 });
        }
        let set: HashSet<&String> = words.iter().collect();
        let weight = |w: &String| self.weights.get(w).copied().unwrap_or(self.rarest);
        let norm = set.iter().map(|w| weight(w).powi(2)).sum::<f32>().sqrt();
        let seen: HashSet<u32> = set.iter().filter_map(|w| self.by_word.get(*w)).flatten().copied().collect();
        seen.into_iter()
            .map(|i| {
                let example = &self.examples[i as usize];
                let dot: f32 = set.iter().filter(|w| example.words.contains(**w)).map(|w| weight(w).powi(2)).sum();
                Recognised { kind: example.kind, likeness: dot / (norm * example.norm) }
            })
            .filter(|r| r.likeness >= ALIKE)
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness).then(b.kind.cmp(&a.kind)))
    }
}
