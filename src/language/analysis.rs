//! A text becomes terms to index; a question becomes concepts to look for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::compounds::{CompoundSplitter, without_link};
use super::fold::{sentences, words};
use super::function_words;
use super::spelling::Speller;
use super::stem::{Tongue, stem};
use super::vectors::is_word;

/// The words of one language beyond what the program has built in; all unfolded, as people write them.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// A word or phrase and the words it stands for.
    pub expand: Vec<(String, String)>,
    /// Groups of words that mean nearly the same.
    pub synonyms: Vec<Vec<String>>,
    /// First parts of compounds.
    pub compound_parts: Vec<String>,
    /// Last parts of compounds.
    pub compound_heads: Vec<String>,
    /// Words that say nothing about the subject.
    pub stop: Vec<String>,
    /// Words of the other language and their word in this one.
    pub across: Vec<(String, String)>,
}

/// A stem of a text and how much it counts: 1 for a word, less for a part of a compound.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The stem.
    pub stem: String,
    /// 0..1.
    pub weight: f32,
    /// What it is a stem of.
    pub kind: Kind,
}

/// What a stem comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word that carries meaning.
    Word,
    /// A word that says nothing about the subject, but something about what is asked.
    Stop,
    /// A part of a compound.
    Part,
    /// Two words that are one when joined.
    Joined,
}

/// A word of a question that carries meaning, and all that it may be found as.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The folded word as typed.
    pub surface: String,
    /// The word that it is taken for: itself, or what a misspelt one is mended to.
    pub meant: String,
    /// Stems that stand for it, the best first, each with how good a match it is, 0..1.
    pub alternatives: Vec<(String, f32)>,
    /// How much the word counts in the question, 0..1.
    pub weight: f32,
    /// Which sentence it stands in, from 0.
    pub sentence: usize,
    /// What it comes from.
    pub kind: Kind,
}

/// How good a match an alternative is, by where it comes from.
const SYNONYM: f32 = 0.55;
const ACROSS: f32 = 0.75;
/// What a part of a compound counts, beside the whole word and without it.
const PART_BESIDE_WHOLE: f32 = 0.35;
const PART_ALONE: f32 = 0.75;
/// What a part of a compound counts in an indexed text.
const PART_IN_TEXT: f32 = 0.6;
/// Questions are cut here: more words than this add nothing but time.
const MOST_WORDS: usize = 400;

/// What one language does to texts and questions.
#[derive(Clone, Debug)]
pub struct Analyzer {
    tongue: Tongue,
    stop: FxHashSet<String>,
    expand: FxHashMap<String, Vec<String>>,
    /// The words that what is written out begins with, each with the most words that it then has.
    expand_from: FxHashMap<String, usize>,
    synonyms: FxHashMap<String, Vec<String>>,
    across: FxHashMap<String, Vec<String>>,
    splitter: CompoundSplitter,
}

impl Analyzer {
    /// Builds the analysis of a language from its word lists.
    pub fn new(tongue: Tongue, lexicon: &Lexicon) -> Self {
        let function_words = match tongue {
            Tongue::Swedish => function_words::SWEDISH,
            Tongue::English => function_words::ENGLISH,
        };
        let mut analyzer = Analyzer {
            tongue,
            stop: function_words
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            expand: FxHashMap::default(),
            expand_from: FxHashMap::default(),
            synonyms: FxHashMap::default(),
            across: FxHashMap::default(),
            splitter: CompoundSplitter::default(),
        };
        analyzer
            .stop
            .extend(lexicon.stop.iter().filter_map(|w| single(w)));
        for (from, to) in &lexicon.expand {
            let key = words(from);
            if let Some(first) = key.first() {
                let longest = analyzer.expand_from.entry(first.clone()).or_default();
                *longest = key.len().max(*longest);
            }
            analyzer.expand.insert(key.join(" "), words(to));
        }
        for group in &lexicon.synonyms {
            // A phrase has no single stem, so only the single words of a group stand for each other.
            let stems: Vec<String> = group
                .iter()
                .filter_map(|w| single(w))
                .map(|w| stem(tongue, &w))
                .collect();
            for s in &stems {
                let others = analyzer.synonyms.entry(s.clone()).or_default();
                others.extend(stems.iter().filter(|o| *o != s).cloned());
            }
        }
        for (from, to) in &lexicon.across {
            let to = words(to).iter().map(|w| stem(tongue, w)).collect();
            if let Some(from) = single(from) {
                analyzer.across.insert(from, to);
            }
        }
        if tongue == Tongue::Swedish {
            lexicon
                .compound_parts
                .iter()
                .filter_map(|w| single(w))
                .for_each(|w| analyzer.splitter.add_first(&w));
            lexicon
                .compound_heads
                .iter()
                .filter_map(|w| single(w))
                .for_each(|w| analyzer.splitter.add_last(&w));
        }
        analyzer
    }

    /// Learns the words of a text as parts of compounds. Swedish only; nothing for English.
    pub fn learn_parts<'a>(&mut self, folded: impl IntoIterator<Item = &'a str>) {
        if self.tongue == Tongue::Swedish {
            folded.into_iter().for_each(|w| self.splitter.add_word(w));
        }
    }

    /// The language.
    pub fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// Whether a folded word says nothing about the subject.
    pub fn is_stop(&self, folded: &str) -> bool {
        self.stop.contains(folded)
    }

    /// The stem of a folded word in this language.
    pub fn stem(&self, folded: &str) -> String {
        stem(self.tongue, folded)
    }

    /// The words of a text, folded, with chat spellings and abbreviations written out; stop words are kept.
    pub fn plain_words(&self, text: &str) -> Vec<String> {
        self.expanded(words(text))
    }

    /// The terms of a text to index, in its order: the stem of every word, and the parts of compounds.
    pub fn terms(&self, text: &str) -> Vec<Term> {
        let plain = self.plain_words(text);
        plain.iter().flat_map(|w| self.terms_of_word(w)).collect()
    }

    /// The terms of a single plain word: its own, then those of its parts.
    pub fn terms_of_word(&self, word: &str) -> Vec<Term> {
        let is_stop = self.is_stop(word);
        let own = Term {
            stem: self.stem(word),
            weight: 1.0,
            kind: if is_stop { Kind::Stop } else { Kind::Word },
        };
        if is_stop {
            return vec![own];
        }
        let parts = self.splitter.split(word).into_iter().map(|part| Term {
            stem: self.stem(without_link(part)),
            weight: PART_IN_TEXT,
            kind: Kind::Part,
        });
        std::iter::once(own).chain(parts).collect()
    }

    /// The words of a question. `known` says whether a stem occurs in the index; a word that does
    /// not is taken apart, mended by `speller`, or kept as a word that nothing matches.
    pub fn tokens(
        &self,
        text: &str,
        known: &dyn Fn(&str) -> bool,
        speller: Option<&Speller>,
    ) -> Vec<Token> {
        let mut out: Vec<Token> = Vec::new();
        for (number, sentence) in sentences(text).enumerate() {
            let words = self.plain_words(sentence);
            for (i, word) in words.iter().enumerate() {
                if out.len() >= MOST_WORDS {
                    return out;
                }
                if let Some(next) = words.get(i + 1) {
                    self.joined(word, next, known).into_iter().for_each(|stem| {
                        out.push(Token {
                            surface: format!("{word}{next}"),
                            meant: format!("{word}{next}"),
                            alternatives: vec![(stem, 1.0)],
                            weight: 1.0,
                            sentence: number,
                            kind: Kind::Joined,
                        });
                    });
                }
                match self.is_stop(word) {
                    true => out.push(self.stop(word, word, number)),
                    false => self.token(word, number, known, speller, &mut out),
                }
            }
        }
        out
    }

    /// A word that says nothing about the subject, perhaps misspelt.
    fn stop(&self, typed: &str, meant: &str, sentence: usize) -> Token {
        Token {
            surface: typed.to_owned(),
            meant: meant.to_owned(),
            alternatives: vec![(self.stem(meant), 1.0)],
            weight: 1.0,
            sentence,
            kind: Kind::Stop,
        }
    }

    fn token(
        &self,
        word: &str,
        sentence: usize,
        known: &dyn Fn(&str) -> bool,
        speller: Option<&Speller>,
        out: &mut Vec<Token>,
    ) {
        let own = self.stem(word);
        let own_known = known(&own);
        let parts: Vec<String> = self
            .splitter
            .split(word)
            .into_iter()
            .map(|p| self.stem(without_link(p)))
            .collect();
        let mut alternatives = vec![(own.clone(), 1.0)];
        let mut mended = None;
        let speller = speller.filter(|s| {
            let of_base = own_known || s.knows(word) || parts.iter().any(|p| known(p));
            !of_base && !is_word(self.tongue, word)
        });
        if let Some(speller) = speller
            && let Some((nearest, sure)) = speller.mend(word)
        {
            if self.is_stop(nearest) {
                out.push(self.stop(word, nearest, sentence));
                return;
            }
            alternatives.push((self.stem(nearest), sure));
            mended = Some((nearest.to_owned(), sure));
        }
        self.add_meanings(&own, word, 1.0, &mut alternatives);
        let part_weight = if own_known {
            PART_BESIDE_WHOLE
        } else {
            PART_ALONE
        };
        if let Some((nearest, sure)) = &mended {
            let (nearest, sure) = (nearest.as_str(), *sure);
            self.add_meanings(&self.stem(nearest), nearest, sure, &mut alternatives);
            for part in self.splitter.split(nearest) {
                out.push(self.part(part, PART_BESIDE_WHOLE * sure, sentence));
            }
        }
        if own_known || parts.is_empty() || alternatives.iter().skip(1).any(|(s, _)| known(s)) {
            out.push(Token {
                surface: word.to_owned(),
                meant: mended.map_or_else(|| word.to_owned(), |(nearest, _)| nearest),
                alternatives,
                weight: 1.0,
                sentence,
                kind: Kind::Word,
            });
        }
        for part in self.splitter.split(word) {
            out.push(self.part(part, part_weight, sentence));
        }
    }

    fn part(&self, part: &str, weight: f32, sentence: usize) -> Token {
        let bare = without_link(part);
        let stem = self.stem(bare);
        let mut alternatives = vec![(stem.clone(), 1.0)];
        self.add_meanings(&stem, bare, 1.0, &mut alternatives);
        Token {
            surface: part.to_owned(),
            meant: bare.to_owned(),
            alternatives,
            weight,
            sentence,
            kind: Kind::Part,
        }
    }

    fn add_meanings(
        &self,
        stem: &str,
        word: &str,
        sure: f32,
        alternatives: &mut Vec<(String, f32)>,
    ) {
        for (list, weight) in [
            (self.synonyms.get(stem), SYNONYM),
            (self.across.get(word), ACROSS),
        ] {
            for other in list.into_iter().flatten() {
                if alternatives.iter().all(|(a, _)| a != other) {
                    alternatives.push((other.clone(), weight * sure));
                }
            }
        }
    }

    /// Two words that are one when joined (särskrivning): `förenings bidrag`, `natt vandring`.
    fn joined(&self, first: &str, second: &str, known: &dyn Fn(&str) -> bool) -> Option<String> {
        if self.tongue != Tongue::Swedish
            || first.len() < 3
            || second.len() < 3
            || self.is_stop(second)
        {
            return None;
        }
        [format!("{first}{second}"), format!("{first}s{second}")]
            .iter()
            .map(|w| self.stem(w))
            .find(|s| known(s))
    }

    fn expanded(&self, mut words: Vec<String>) -> Vec<String> {
        let mut out = Vec::with_capacity(words.len());
        let mut i = 0;
        while i < words.len() {
            let longest = self.expand_from.get(&words[i]).copied().unwrap_or(0);
            let longest = longest.min(words.len() - i);
            let found = (1..=longest).rev().find_map(|n| {
                let to = if n == 1 {
                    self.expand.get(&words[i])
                } else {
                    self.expand.get(&words[i..i + n].join(" "))
                };
                to.map(|to| (n, to))
            });
            match found {
                Some((n, to)) => {
                    out.extend(to.iter().cloned());
                    i += n;
                }
                None => {
                    out.push(std::mem::take(&mut words[i]));
                    i += 1;
                }
            }
        }
        out
    }
}

/// The folded word, when the text is exactly one.
fn single(text: &str) -> Option<String> {
    let mut all = words(text);
    (all.len() == 1).then(|| all.remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzer() -> Analyzer {
        let lexicon = Lexicon {
            expand: vec![
                ("nån".into(), "någon".into()),
                ("lol".into(), String::new()),
                ("mkt".into(), "mycket".into()),
            ],
            synonyms: vec![vec!["pengar".into(), "bidrag".into(), "cash".into()]],
            compound_parts: vec!["förenings".into()],
            compound_heads: vec!["bidrag".into(), "vandring".into()],
            ..Lexicon::default()
        };
        Analyzer::new(Tongue::Swedish, &lexicon)
    }

    #[test]
    fn texts_become_stems_and_parts() {
        let terms = analyzer().terms("Vad är föreningsbidragen lol?");
        let stems: Vec<_> = terms
            .iter()
            .filter(|t| t.kind != Kind::Stop)
            .map(|t| (t.stem.as_str(), t.weight))
            .collect();
        assert_eq!(
            stems,
            [("foreningsbidrag", 1.0), ("foren", 0.6), ("bidrag", 0.6)]
        );
    }

    #[test]
    fn questions_become_concepts() {
        let speller = Speller::new([("vandring".to_owned(), 1), ("nattvandring".to_owned(), 1)]);
        let known = |s: &str| ["nattvandr", "bidrag"].contains(&s);
        let tokens = analyzer().tokens("natt vandring för cash", &known, Some(&speller));
        assert!(
            tokens.iter().any(|t| t.alternatives[0].0 == "nattvandr"),
            "{tokens:?}"
        );
        let cash = tokens.iter().find(|t| t.surface == "cash").unwrap();
        assert!(
            cash.alternatives.contains(&("bidrag".to_owned(), SYNONYM)),
            "{cash:?}"
        );
    }

    #[test]
    fn a_misspelt_word_that_says_nothing_says_nothing() {
        let words = ["varfor", "bidrag"].map(|w| (w.to_owned(), 1));
        let speller = Speller::new(words);
        let known = |s: &str| s == "bidrag";
        let tokens = analyzer().tokens("varrför bidarg", &known, Some(&speller));
        let kinds: Vec<_> = tokens.iter().map(|t| (t.meant.as_str(), t.kind)).collect();
        assert_eq!(kinds, [("varfor", Kind::Stop), ("bidrag", Kind::Word)]);
    }
}
