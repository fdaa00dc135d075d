//! Someone in need comes before everything: the patterns of `crisis.toml` over folded words.

use std::collections::{BTreeMap, HashSet};

use crate::knowledge::{CrisisRules, EntryId};
use crate::language::fold;

/// How many words a `...` may stand for.
const GAP: usize = 4;
/// Messages are looked at up to here; a crisis is not told in more words than that.
const MOST_WORDS: usize = 2_000;

/// The patterns, ready to match.
#[derive(Debug, Default)]
pub(crate) struct CrisisDetector {
    harmless: Vec<Pattern>,
    markers: Vec<(String, Vec<Pattern>)>,
    situations: Vec<Situation>,
}

#[derive(Debug)]
struct Situation {
    /// Its place in the rules.
    number: usize,
    patterns: Vec<Pattern>,
    lines: Vec<EntryId>,
    instead: Vec<(String, Vec<EntryId>)>,
}

/// What was recognised.
#[derive(Debug, PartialEq)]
pub(crate) struct Crisis {
    /// The situation's place in the rules.
    pub(crate) situation: usize,
    /// The help lines, in the order to show them.
    pub(crate) lines: Vec<EntryId>,
}

impl CrisisDetector {
    pub(crate) fn new(rules: &CrisisRules) -> Self {
        let compile = |all: &[String]| all.iter().map(|p| Pattern::new(p, &rules.sets)).collect::<Vec<_>>();
        let situations = rules.situation.iter().enumerate().map(|(number, s)| Situation {
            number,
            patterns: compile(&s.patterns),
            lines: s.lines.clone(),
            instead: s.instead.iter().map(|i| (i.marker.clone(), i.lines.clone())).collect(),
        });
        CrisisDetector {
            harmless: compile(&rules.harmless.patterns),
            markers: rules.markers.iter().map(|(name, p)| (name.clone(), compile(&p.patterns))).collect(),
            situations: situations.collect(),
        }
    }

    /// The first situation, in the order of the rules, that a message tells of.
    pub(crate) fn detect(&self, text: &str) -> Option<Crisis> {
        let mut words = crisis_words(text);
        for pattern in &self.harmless {
            // A harmless phrase is cut out; what remains is still looked at.
            for _ in 0..5 {
                let Some((start, end)) = pattern.find(&words) else { break };
                words.splice(start..end, [Word::end()]);
            }
        }
        let situation = self.situations.iter().find(|s| s.patterns.iter().any(|p| p.find(&words).is_some()))?;
        let marked = |name: &str| self.markers.iter().any(|(n, all)| n == name && all.iter().any(|p| p.find(&words).is_some()));
        let lines = situation.instead.iter().find(|(marker, _)| marked(marker)).map_or(&situation.lines, |(_, lines)| lines);
        Some(Crisis { situation: situation.number, lines: lines.clone() })
    }
}

/// A folded word, or the end of a sentence.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    number: Option<u32>,
}

impl Word {
    fn end() -> Word {
        Word { text: String::new(), number: None }
    }

    fn is_end(&self) -> bool {
        self.text.is_empty()
    }
}

/// Folded words of ASCII letters and digits, with the ends of sentences between them.
fn crisis_words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
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
            let text = std::mem::take(&mut word);
            out.push(Word { number: text.parse().ok(), text });
        }
        if matches!(c, '.' | '!' | '?' | '\n') {
            out.push(Word::end());
        }
        if out.len() >= MOST_WORDS {
            break;
        }
    }
    out
}

#[derive(Debug)]
struct Pattern {
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    /// Up to four words of the same sentence.
    Gap,
    /// One of these, which may be missing when `optional`.
    One { exact: HashSet<String>, other: Vec<Form>, optional: bool },
}

#[derive(Debug)]
enum Form {
    Any,
    Prefix(String),
    Number(u32, u32),
}

impl Pattern {
    fn new(text: &str, sets: &BTreeMap<String, Vec<String>>) -> Pattern {
        let items = text.split_whitespace().map(|token| {
            if token == "..." {
                return Item::Gap;
            }
            let (token, optional) = token.strip_suffix('?').map_or((token, false), |t| (t, true));
            let (mut exact, mut other) = (HashSet::new(), Vec::new());
            for alternative in token.split('|') {
                let members: &[String] = alternative.strip_prefix('@').and_then(|name| sets.get(name)).map_or(&[], Vec::as_slice);
                for member in members.iter().map(String::as_str).chain((!alternative.starts_with('@')).then_some(alternative)) {
                    match Form::parse(member) {
                        Some(form) => other.push(form),
                        None => {
                            exact.insert(member.to_owned());
                        }
                    }
                }
            }
            Item::One { exact, other, optional }
        });
        Pattern { items: items.collect() }
    }

    /// Where the pattern first matches: from a word up to, not with, another.
    fn find(&self, words: &[Word]) -> Option<(usize, usize)> {
        (0..words.len()).find_map(|i| self.at(words, i, 0).filter(|end| *end > i).map(|end| (i, end)))
    }

    /// The end of a match of the items from `item` at the word `i`.
    fn at(&self, words: &[Word], i: usize, item: usize) -> Option<usize> {
        match self.items.get(item) {
            None => Some(i),
            Some(Item::Gap) => {
                for j in i..=(i + GAP).min(words.len()) {
                    if j > i && words[j - 1].is_end() {
                        break;
                    }
                    if let Some(end) = self.at(words, j, item + 1) {
                        return Some(end);
                    }
                }
                None
            }
            Some(Item::One { exact, other, optional }) => {
                let fits = |w: &Word| !w.is_end() && (exact.contains(&w.text) || other.iter().any(|f| f.fits(w)));
                let taken = words.get(i).filter(|w| fits(w)).and_then(|_| self.at(words, i + 1, item + 1));
                taken.or_else(|| if *optional { self.at(words, i, item + 1) } else { None })
            }
        }
    }
}

impl Form {
    /// A form that is more than a plain word.
    fn parse(text: &str) -> Option<Form> {
        if text == "_" {
            return Some(Form::Any);
        }
        if let Some((low, high)) = text.strip_prefix('#').and_then(|range| range.split_once('-')) {
            return Some(Form::Number(low.parse().ok()?, high.parse().ok()?));
        }
        text.strip_suffix('*').map(|prefix| Form::Prefix(prefix.to_owned()))
    }

    fn fits(&self, word: &Word) -> bool {
        match self {
            Form::Any => true,
            Form::Prefix(prefix) => word.text.starts_with(prefix.as_str()),
            Form::Number(low, high) => word.number.is_some_and(|n| (*low..=*high).contains(&n)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Patterns;

    fn find(pattern: &str, text: &str) -> bool {
        let sets = BTreeMap::from([("fly".to_owned(), vec!["rymma".to_owned(), "sticka*".to_owned()])]);
        Pattern::new(pattern, &sets).find(&crisis_words(text)).is_some()
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
        let situation: crate::knowledge::Situation =
            toml::from_str("name = \"x\"\npatterns = [\"jag dor\"]\nlines = [\"helplines/112\"]\ntext_sv = \"x\"").unwrap();
        let rules = CrisisRules { harmless: Patterns { patterns: vec!["dor av skratt".into()] }, situation: vec![situation], ..CrisisRules::default() };
        let detector = CrisisDetector::new(&rules);
        assert!(detector.detect("jag dör av skratt").is_none());
        assert!(detector.detect("jag dör av skratt. nej, jag dör").is_some());
    }
}
