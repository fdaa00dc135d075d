//! The patterns of `crisis.toml` over folded words: what surely tells of a crisis, and who it is about.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::knowledge::CrisisRules;
use crate::language::fold;

/// How many words a `...` may stand for.
const GAP: usize = 4;
/// Messages are looked at up to here; a crisis is not told in more words than that.
const MOST_WORDS: usize = 2_000;

/// The patterns, ready to match.
#[derive(Debug, Default)]
pub(super) struct PatternDetector {
    items: Items,
    harmless: Vec<Pattern>,
    markers: Vec<(String, Vec<Pattern>)>,
    /// Per situation, in the order of the rules.
    situations: Vec<Vec<Pattern>>,
}

impl PatternDetector {
    pub(super) fn new(rules: &CrisisRules) -> Self {
        let mut items = Items::default();
        let mut compile = |all: &[String]| {
            all.iter()
                .map(|p| Pattern::new(p, &rules.sets, &mut items))
                .collect::<Vec<_>>()
        };
        let harmless = compile(&rules.harmless.patterns);
        let markers = rules.markers.iter();
        let markers = markers.map(|(name, p)| (name.clone(), compile(&p.patterns)));
        let markers = markers.collect();
        let situations = rules.situation.iter().map(|s| compile(&s.patterns));
        let situations = situations.collect();
        PatternDetector {
            items,
            harmless,
            markers,
            situations,
        }
    }

    /// A message made ready, with what is harmless cut out.
    pub(super) fn read(&self, text: &str) -> Message {
        let mut message = Message::read(text, &self.items);
        for pattern in &self.harmless {
            // What remains is still looked at.
            for _ in 0..5 {
                let Some((start, end)) = pattern.find(&message) else {
                    break;
                };
                message.words.splice(start..end, [Word::End]);
            }
        }
        message
    }

    /// The first situation, by its place in the rules, that a message tells of.
    pub(super) fn situation(&self, message: &Message) -> Option<usize> {
        self.situations.iter().position(|s| found(s, message))
    }

    /// Whether a message carries a marker.
    pub(super) fn is_marked(&self, message: &Message, name: &str) -> bool {
        let mut markers = self.markers.iter();
        markers.any(|(n, all)| n == name && found(all, message))
    }
}

fn found(patterns: &[Pattern], message: &Message) -> bool {
    patterns.iter().any(|p| p.find(message).is_some())
}

/// The places where a word of a pattern may stand, each kind once however many patterns use it. A message's words are
/// looked up here once; after that, matching tests bits.
#[derive(Debug, Default)]
struct Items {
    by_text: FxHashMap<String, usize>,
    exact: FxHashMap<String, Vec<usize>>,
    prefixes: FxHashMap<String, Vec<usize>>,
    longest_prefix: usize,
    numbers: Vec<(u32, u32, usize)>,
    any: Vec<usize>,
}

impl Items {
    /// The item for `a|b*|@set`.
    fn intern(&mut self, token: &str, sets: &BTreeMap<String, Vec<String>>) -> usize {
        let next = self.by_text.len();
        if let Some(known) = self.by_text.get(token) {
            return *known;
        }
        self.by_text.insert(token.to_owned(), next);
        for alternative in token.split('|') {
            match alternative.strip_prefix('@') {
                Some(name) => sets
                    .get(name)
                    .into_iter()
                    .flatten()
                    .for_each(|member| self.add(member, next)),
                None => self.add(alternative, next),
            }
        }
        next
    }

    fn add(&mut self, word: &str, item: usize) {
        let range = word
            .strip_prefix('#')
            .and_then(|range| range.split_once('-'));
        if word == "_" {
            self.any.push(item);
        } else if let Some((Ok(low), Ok(high))) =
            range.map(|(low, high)| (low.parse(), high.parse()))
        {
            self.numbers.push((low, high, item));
        } else if let Some(prefix) = word.strip_suffix('*') {
            self.longest_prefix = self.longest_prefix.max(prefix.len());
            self.prefixes
                .entry(prefix.to_owned())
                .or_default()
                .push(item);
        } else {
            self.exact.entry(word.to_owned()).or_default().push(item);
        }
    }

    fn of(&self, word: &str) -> Bits {
        let mut bits = Bits::new(self.by_text.len());
        self.exact
            .get(word)
            .into_iter()
            .flatten()
            .for_each(|i| bits.set(*i));
        (1..=word.len().min(self.longest_prefix))
            .filter_map(|end| self.prefixes.get(&word[..end]))
            .flatten()
            .for_each(|i| bits.set(*i));
        if let Ok(number) = word.parse::<u32>() {
            self.numbers
                .iter()
                .filter(|(low, high, _)| (*low..=*high).contains(&number))
                .for_each(|(.., i)| bits.set(*i));
        }
        self.any.iter().for_each(|i| bits.set(*i));
        bits
    }
}

/// A set of items.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn new(items: usize) -> Bits {
        Bits(vec![0; items.div_ceil(64)])
    }

    fn set(&mut self, item: usize) {
        self.0[item / 64] |= 1 << (item % 64);
    }

    fn has(&self, item: usize) -> bool {
        self.0
            .get(item / 64)
            .is_some_and(|word| word & (1 << (item % 64)) != 0)
    }

    fn add(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
}

/// A word of a message by the items it can stand for, or the end of a sentence.
#[derive(Clone, Debug)]
enum Word {
    Is(Bits),
    End,
}

impl Word {
    fn is_end(&self) -> bool {
        matches!(self, Word::End)
    }

    fn fits(&self, item: usize) -> bool {
        match self {
            Word::Is(bits) => bits.has(item),
            Word::End => false,
        }
    }
}

/// A message as its words, and what any of them can stand for.
#[derive(Debug)]
pub(super) struct Message {
    words: Vec<Word>,
    any: Bits,
}

impl Message {
    /// Folded words of ASCII letters and digits, with the ends of sentences between them.
    fn read(text: &str, items: &Items) -> Message {
        let mut words = Vec::new();
        let mut any = Bits::new(items.by_text.len());
        let mut word = String::new();
        let folded = fold(&text.replace("...", " ").replace('…', " "));
        for c in folded.chars().chain(std::iter::once(' ')) {
            if matches!(c, '\'' | '’') {
                continue;
            }
            if c.is_ascii_alphanumeric() {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                let bits = items.of(&word);
                any.add(&bits);
                words.push(Word::Is(bits));
                word.clear();
            }
            if matches!(c, '.' | '!' | '?' | '\n') {
                words.push(Word::End);
            }
            if words.len() >= MOST_WORDS {
                break;
            }
        }
        Message { words, any }
    }
}

#[derive(Debug)]
struct Pattern {
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// Up to four words of the same sentence.
    Gap,
    /// A word that fits this item.
    One(usize),
    /// The same, which may be missing.
    Optional(usize),
}

impl Pattern {
    fn new(text: &str, sets: &BTreeMap<String, Vec<String>>, items: &mut Items) -> Pattern {
        let steps = text
            .split_whitespace()
            .map(|token| match (token, token.strip_suffix('?')) {
                ("...", _) => Step::Gap,
                (_, Some(bare)) => Step::Optional(items.intern(bare, sets)),
                (_, None) => Step::One(items.intern(token, sets)),
            });
        Pattern {
            steps: steps.collect(),
        }
    }

    /// Where the pattern first matches: from a word up to, not with, another.
    fn find(&self, message: &Message) -> Option<(usize, usize)> {
        // Nearly every pattern asks for a word that a given message does not have.
        let possible = self.steps.iter().all(|step| match step {
            Step::One(item) => message.any.has(*item),
            Step::Gap | Step::Optional(_) => true,
        });
        if !possible {
            return None;
        }
        let words = &message.words;
        (0..words.len()).find_map(|i| {
            self.at(words, i, 0)
                .filter(|end| *end > i)
                .map(|end| (i, end))
        })
    }

    /// The end of a match of the steps from `step` at the word `i`.
    fn at(&self, words: &[Word], i: usize, step: usize) -> Option<usize> {
        match self.steps.get(step) {
            None => Some(i),
            Some(Step::Gap) => {
                for j in i..=(i + GAP).min(words.len()) {
                    if j > i && words[j - 1].is_end() {
                        break;
                    }
                    if let Some(end) = self.at(words, j, step + 1) {
                        return Some(end);
                    }
                }
                None
            }
            Some(Step::One(item)) => words
                .get(i)
                .filter(|w| w.fits(*item))
                .and_then(|_| self.at(words, i + 1, step + 1)),
            Some(Step::Optional(item)) => {
                let taken = words
                    .get(i)
                    .filter(|w| w.fits(*item))
                    .and_then(|_| self.at(words, i + 1, step + 1));
                taken.or_else(|| self.at(words, i, step + 1))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Patterns;

    fn find(pattern: &str, text: &str) -> bool {
        let sets = BTreeMap::from([(
            "fly".to_owned(),
            vec!["rymma".to_owned(), "sticka*".to_owned()],
        )]);
        let mut items = Items::default();
        let pattern = Pattern::new(pattern, &sets, &mut items);
        pattern.find(&Message::read(text, &items)).is_some()
    }

    #[test]
    fn the_notation() {
        assert!(find("vill ... @fly hem*", "Jag vill bara RYMMA hemifrån"));
        assert!(!find("vill ... @fly hem*", "Jag vill. Rymma hemifrån"));
        assert!(find("jag ar #5-17", "jag är 13 år"));
        assert!(!find("jag ar #5-17", "jag är 31 år"));
        assert!(find("orkar inte? mer", "orkar mer"));
        assert!(find("a|b _ c", "b och c"));
    }

    #[test]
    fn harmless_phrases_are_cut_out_and_the_rest_still_counts() {
        let situation: crate::knowledge::Situation = toml::from_str(
            "name = \"x\"\npatterns = [\"jag dor\"]\nlines = [\"helplines/112\"]\ntext_sv = \"x\"",
        )
        .unwrap();
        let rules = CrisisRules {
            harmless: Patterns {
                patterns: vec!["dor av skratt".into()],
            },
            situation: vec![situation],
            ..CrisisRules::default()
        };
        let detector = PatternDetector::new(&rules);
        let tells = |text: &str| detector.situation(&detector.read(text)).is_some();
        assert!(!tells("jag dör av skratt"));
        assert!(tells("jag dör av skratt. nej, jag dör"));
    }
}
