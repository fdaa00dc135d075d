//! Greetings, thanks, and questions about the bot itself: whole messages compared with the examples of `smalltalk.toml`.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::index::{GROUPS, gram_hashes};
use crate::knowledge::{Knowledge, Language, SmallTalk};
use crate::language::Analyzer;

/// Longer messages are about something.
const MOST_WORDS: usize = 18;
/// A message with a clause of small talk and as many words as this is about something too.
const MOST_WORDS_BESIDE: usize = 9;
/// How alike a message and an example must be, 0..1, to be taken for small talk before anything else is looked at.
const ALIKE: f32 = 0.72;
/// The same when nothing else fits the message.
const SOMEWHAT_ALIKE: f32 = 0.55;
/// Kinds that only frame a message: beside another kind they give way.
const FRAMES: [&str; 4] = ["greeting", "thanks", "praise_or_ok", "testing"];
/// A greeting or thanks around a question has at most so many words.
const MOST_WORDS_IN_FRAME: usize = 6;
/// What it is put around has at least so many.
const FEWEST_WORDS_FRAMED: usize = 6;
/// What a sentence ends with.
const ENDS: [char; 4] = ['.', '!', '?', '\n'];

/// The examples of one language.
#[derive(Debug)]
pub(crate) struct SmallTalkMatcher {
    exact: FxHashMap<String, usize>,
    kinds: Vec<usize>,
    frames: Vec<bool>,
    by_words: Likeness<String>,
    by_letters: Likeness<u32>,
}

/// A kind of small talk and how alike the message is, 0..1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Recognised {
    /// The kind's place in the base.
    pub(crate) kind: usize,
    /// How alike, 0..1.
    pub(crate) likeness: f32,
}

/// Whether small talk of a kind only frames a message.
pub(crate) fn is_frame(talk: &SmallTalk) -> bool {
    FRAMES.contains(&talk.name.as_str())
}

impl SmallTalkMatcher {
    pub(crate) fn new(knowledge: &Knowledge, language: Language, analyzer: &Analyzer) -> Self {
        let mut exact = FxHashMap::default();
        let (mut kinds, mut words, mut letters) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, talk) in knowledge.small_talk().iter().enumerate() {
            for example in talk.examples(language) {
                let plain = analyzer.plain_words(example);
                exact.entry(plain.join(" ")).or_insert(kind);
                letters.push(distinct(gram_hashes(
                    plain.iter().map(String::as_str),
                    &GROUPS,
                )));
                words.push(distinct(plain));
                kinds.push(kind);
            }
        }
        let frames = knowledge.small_talk().iter().map(is_frame).collect();
        SmallTalkMatcher {
            exact,
            kinds,
            frames,
            by_words: Likeness::new(words),
            by_letters: Likeness::new(letters),
        }
    }

    /// The kind of small talk that a whole message plainly is.
    pub(crate) fn recognise(&self, analyzer: &Analyzer, text: &str) -> Option<Recognised> {
        let words = analyzer.plain_words(text);
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        // "ok great, bye!" is small talk when each of its clauses is.
        self.nearest(&words, ALIKE).or_else(|| {
            let clauses: Option<Vec<Recognised>> = self.clauses(analyzer, text).collect();
            self.weightiest(clauses?)
        })
    }

    /// The kind of small talk that a message which fits nothing else most likely is: one that is somewhat alike, or
    /// that has a clause of small talk.
    pub(crate) fn recognise_loosely(&self, analyzer: &Analyzer, text: &str) -> Option<Recognised> {
        let words = analyzer.plain_words(text);
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let whole = self.nearest(&words, SOMEWHAT_ALIKE);
        let clauses = if words.len() <= MOST_WORDS_BESIDE {
            self.clauses(analyzer, text).flatten().collect()
        } else {
            Vec::new()
        };
        match (whole, self.weightiest(clauses)) {
            (Some(whole), Some(clause)) if self.frames[whole.kind] && !self.frames[clause.kind] => {
                Some(clause)
            }
            (whole, clause) => whole.or(clause),
        }
    }

    /// A message without the greeting before it and the thanks after it, sentences of their own; all of it where little
    /// else is said.
    pub(crate) fn unframed<'a>(&self, analyzer: &Analyzer, text: &'a str) -> &'a str {
        let frames = |words: &[String]| {
            let found = self.nearest(words, ALIKE);
            found.is_some_and(|r| self.frames[r.kind])
        };
        let goes = |sentence: &str| {
            let words = analyzer.plain_words(sentence);
            words.is_empty() || (words.len() <= MOST_WORDS_IN_FRAME && frames(&words))
        };
        let mut rest = text;
        while let Some((sentence, after)) = rest.split_once(ENDS)
            && goes(sentence)
        {
            rest = after;
        }
        while let Some((before, sentence)) = rest.trim_end_matches(ENDS).rsplit_once(ENDS)
            && goes(sentence)
        {
            rest = &rest[..before.len() + 1];
        }
        if analyzer.plain_words(rest).len() < FEWEST_WORDS_FRAMED {
            return text;
        }
        rest.trim()
    }

    /// Each clause of a message, as the small talk that it plainly is.
    fn clauses<'a>(
        &'a self,
        analyzer: &'a Analyzer,
        text: &'a str,
    ) -> impl Iterator<Item = Option<Recognised>> + 'a {
        text.split(['.', ',', '!', '?', ';', '\n'])
            .map(|clause| analyzer.plain_words(clause))
            .filter(|w| !w.is_empty())
            .map(|w| self.nearest(&w, ALIKE))
    }

    /// The last of the kinds that is more than a frame, else the last.
    fn weightiest(&self, clauses: Vec<Recognised>) -> Option<Recognised> {
        clauses.into_iter().reduce(|earlier, later| {
            if self.frames[later.kind] && !self.frames[earlier.kind] {
                earlier
            } else {
                later
            }
        })
    }

    /// The kind of the most alike example, when it is at least so much alike.
    fn nearest(&self, words: &[String], least: f32) -> Option<Recognised> {
        if let Some(kind) = self.exact.get(&words.join(" ")) {
            return Some(Recognised {
                kind: *kind,
                likeness: 1.0,
            });
        }
        let by_words = self.by_words.with_all(&distinct(words.to_vec()));
        // The letters, which take most of the time, can add no more than 1 to any.
        if by_words.iter().all(|w| (w + 1.0) / 2.0 < least) {
            return None;
        }
        let letters = self.by_letters.with_all(&distinct(gram_hashes(
            words.iter().map(String::as_str),
            &GROUPS,
        )));
        let both = by_words.iter().zip(&letters).map(|(w, l)| (w + l) / 2.0);
        both.zip(&self.kinds)
            .map(|(likeness, kind)| Recognised {
                kind: *kind,
                likeness,
            })
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness).then(b.kind.cmp(&a.kind)))
            .filter(|found| found.likeness >= least)
    }
}

/// Sets of features, each weighed by how rare it is, compared by cosine.
#[derive(Debug)]
struct Likeness<F> {
    weights: FxHashMap<F, f32>,
    /// Which sets hold a feature.
    holders: FxHashMap<F, Vec<u32>>,
    norms: Vec<f32>,
    rarest: f32,
}

impl<F: Eq + Hash + Clone> Likeness<F> {
    fn new(sets: Vec<Vec<F>>) -> Self {
        let mut holders: FxHashMap<F, Vec<u32>> = FxHashMap::default();
        for (i, set) in sets.iter().enumerate() {
            set.iter()
                .for_each(|f| holders.entry(f.clone()).or_default().push(i as u32));
        }
        let all = sets.len() as f32;
        let weights: FxHashMap<F, f32> = holders
            .iter()
            .map(|(f, h)| (f.clone(), (1.0 + all / h.len() as f32).ln()))
            .collect();
        let norms = sets
            .iter()
            .map(|set| set.iter().map(|f| weights[f].powi(2)).sum::<f32>().sqrt())
            .collect();
        Likeness {
            weights,
            holders,
            norms,
            rarest: (1.0 + all).ln(),
        }
    }

    /// The cosine of a set with each of the known ones.
    fn with_all(&self, set: &[F]) -> Vec<f32> {
        let mut dots = vec![0.0f32; self.norms.len()];
        let mut square = 0.0;
        for feature in set {
            let weight = self.weights.get(feature).copied().unwrap_or(self.rarest);
            square += weight * weight;
            for holder in self.holders.get(feature).into_iter().flatten() {
                dots[*holder as usize] += weight * weight;
            }
        }
        let norm = square.sqrt();
        dots.iter()
            .zip(&self.norms)
            .map(|(dot, n)| {
                if norm * n > 0.0 {
                    dot / (norm * n)
                } else {
                    0.0
                }
            })
            .collect()
    }
}

fn distinct<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all.dedup();
    all
}
