//! Learns from examples what a cry for help is made of: words, pairs of words and groups of letters, against everything
//! that people ask without being in need.

use rustc_hash::FxHashMap;

use crate::answering::index::{LONG, gram_hashes};
use crate::answering::learner::{Examples, Learner};
use crate::knowledge::{Knowledge, Language};
use crate::language::{Speller, hash, hash_pair, words};

/// At most so many example questions of the base are learnt from as wordings of no one in need.
const MOST_QUESTIONS: usize = 30_000;
/// Messages are looked at up to so many words.
const MOST_WORDS: usize = 400;
/// A word that so few texts have may be misspelt itself: nothing is mended to it.
const SELDOM: u32 = 2;
/// How much a mark tells that no example has, or one alone.
const UNKNOWN: f32 = 4.0;

/// What was learnt.
#[derive(Debug)]
pub(super) struct Recogniser {
    /// The marks that more than one example has, each with its number and how much it tells.
    marks: FxHashMap<u32, (u32, f32)>,
    learner: Learner,
    speller: Speller,
    /// The class of each example as it stands.
    exact: FxHashMap<u64, u32>,
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
        let exact = texts.iter().map(|(text, class)| (whole(text), *class));
        let exact = exact.collect();
        texts.extend(others(knowledge).map(|w| (w, 0)));
        let Read {
            marks,
            examples,
            words,
        } = read(&texts);
        let speller = Speller::new(words);
        drop(texts);
        let learner = Learner::learn(&examples, classes.len() + 1, true)?;
        Some(Recogniser {
            marks,
            learner,
            speller,
            exact,
            classes,
        })
    }

    /// A message with its misspelt words mended; `None` where there are none.
    pub(super) fn mended(&self, text: &str) -> Option<String> {
        let mut mended = String::with_capacity(text.len());
        let mut changed = false;
        for token in text.split_inclusive(char::is_whitespace).take(MOST_WORDS) {
            let folded = words(token);
            let meant = match folded.as_slice() {
                [word] if !self.speller.knows(word) => self.speller.mend(word),
                _ => None,
            };
            match meant {
                Some((word, _)) => {
                    changed = true;
                    mended.push_str(word);
                    mended.push_str(token.trim_start_matches(char::is_alphanumeric));
                }
                None => mended.push_str(token),
            }
        }
        changed.then_some(mended)
    }

    /// What a message looks like.
    pub(super) fn look_at(&self, text: &str) -> Seen {
        if let Some(class) = self.exact.get(&whole(text)) {
            return self.seen(*class as usize, f32::from(*class > 0));
        }
        let seen = marks(&words(text));
        let known = || seen.iter().filter_map(|m| self.marks.get(m).copied());
        // Marks that are not known make the message as a whole say less.
        let unknown = (seen.len() - known().count()) as f32 * UNKNOWN * UNKNOWN;
        let square = known().map(|(_, tells)| tells * tells).sum::<f32>() + unknown;
        let each = 1.0 / square.sqrt().max(f32::MIN_POSITIVE);
        let vector = known().map(|(number, tells)| (number, tells * each));
        let likely = self.learner.log_probabilities(vector);
        let best = (1..likely.len()).max_by(|a, b| likely[*a].total_cmp(&likely[*b]));
        let likelihood = 1.0 - likely.first().map_or(1.0, |none| none.exp());
        self.seen(best.unwrap_or_default(), likelihood)
    }

    fn seen(&self, class: usize, likelihood: f32) -> Seen {
        let of_class = class.checked_sub(1).and_then(|c| self.classes.get(c));
        let (situation, marker) = of_class.cloned().unwrap_or_default();
        Seen {
            likelihood,
            situation,
            marker,
        }
    }
}

/// The hash of a message's words.
fn whole(text: &str) -> u64 {
    hash(&words(text).join(" "))
}

/// What people write without being in need: small talk, what offices and others handle, and the example questions of
/// the base, evenly chosen.
pub(super) fn others(knowledge: &Knowledge) -> impl Iterator<Item = &str> {
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
    let asks = knowledge.clarifications().iter();
    let asks = asks.flat_map(move |c| languages().flat_map(|l| c.examples(l)));
    let all = questions()
        .step_by(step)
        .chain(concerns)
        .chain(elsewhere)
        .chain(talk)
        .chain(asks);
    all.map(String::as_str)
}

/// What the texts to learn from are made of.
struct Read {
    /// The marks that more than one text has, each with its number and how much it tells.
    marks: FxHashMap<u32, (u32, f32)>,
    examples: Examples,
    /// The words that several texts have, each with how many have it.
    words: Vec<(String, u32)>,
}

/// Reads texts and their classes.
fn read(texts: &[(&str, u32)]) -> Read {
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut counts: Vec<u32> = Vec::new();
    let mut spelt: FxHashMap<String, u32> = FxHashMap::default();
    let letters = texts.iter().map(|(text, _)| text.len()).sum();
    let mut examples = Examples::for_letters(letters);
    for (text, class) in texts {
        let words = words(text);
        let numbered = marks(&words).into_iter().map(|mark| {
            let next = counts.len() as u32;
            let number = *numbers.entry(mark).or_insert(next);
            if number == next {
                counts.push(0);
            }
            counts[number as usize] += 1;
            number
        });
        examples.add(hash(text), *class, numbered);
        for word in words {
            *spelt.entry(word).or_default() += 1;
        }
    }
    let tells = |n: u32| {
        if n > 1 {
            (1.0 + texts.len() as f32 / n as f32).ln()
        } else {
            UNKNOWN
        }
    };
    let examples = examples.telling(counts.iter().map(|n| tells(*n)).collect());
    let known = numbers
        .into_iter()
        .filter(|(_, number)| counts[*number as usize] > 1);
    let known = known.map(|(mark, number)| (mark, (number, tells(counts[number as usize]))));
    spelt.retain(|_, count| *count >= SELDOM);
    Read {
        marks: known.collect(),
        examples,
        words: spelt.into_iter().collect(),
    }
}

/// The words, pairs of words and groups of letters of a text given as its words, each once, as hashes.
fn marks(words: &[String]) -> Vec<u32> {
    let words = &words[..words.len().min(MOST_WORDS)];
    // The upper half of a hash is as good as the whole for so few marks.
    let upper = |hash: u64| (hash >> 32) as u32;
    let mut all = gram_hashes(words.iter().map(String::as_str), &[LONG]);
    all.extend(words.iter().map(|w| upper(hash(w))));
    all.extend(words.windows(2).map(|w| upper(hash_pair(&w[0], &w[1]))));
    all.sort_unstable();
    all.dedup();
    all
}
