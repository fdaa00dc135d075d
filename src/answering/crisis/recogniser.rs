//! Learns from examples what a cry for help is made of: words, pairs of words and groups of letters, against everything
//! that people ask without being in need.

use rustc_hash::FxHashMap;

use crate::answering::examples::Examples;
use crate::answering::index::{LONG, gram_hashes};
use crate::answering::learner::Learner;
use crate::answering::meaning::Direction;
use crate::knowledge::{Knowledge, Language};
use crate::language::{Speller, each_word, hash, hash_pair, words};

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
        let likely = self.learner.log_probabilities(vector, &Direction::NONE);
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
    let mut all = String::with_capacity(text.len() + 1);
    each_word(text, |word| {
        all.push_str(word);
        all.push(' ');
    });
    hash(&all)
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
    let mut numbers = Numbers::default();
    let mut met = Words::default();
    let letters = texts.iter().map(|(text, _)| text.len()).sum();
    let mut examples = Examples::for_letters(letters);
    let (mut words, mut seen): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for ((text, class), nth) in texts.iter().zip(1u32..) {
        words.clear();
        each_word(text, |word| words.push(met.meet(word, &mut numbers)));
        words.truncate(MOST_WORDS);
        seen.clear();
        seen.extend(words.iter().flat_map(|w| &met.met[*w as usize].marks));
        seen.extend(words.windows(2).map(|two| {
            let [first, second] = [two[0], two[1]].map(|w| &*met.met[w as usize].word);
            numbers.of(mark_of_pair(first, second))
        }));
        // Each once, in its order: sorting would take longer.
        seen.retain(|n| numbers.is_new_in(*n, nth));
        examples.add(hash(text), *class, seen.iter().copied());
    }
    let tells = |n: u32| {
        if n > 1 {
            (1.0 + texts.len() as f32 / n as f32).ln()
        } else {
            UNKNOWN
        }
    };
    let Numbers { of_mark, counts } = numbers;
    let count = |number: u32| counts[number as usize].0;
    let examples = examples.telling(counts.iter().map(|(n, _)| tells(*n)).collect());
    let known = of_mark.into_iter().filter(|(_, n)| count(*n) > 1);
    let marks = known.map(|(mark, n)| (mark, (n, tells(count(n)))));
    let several = met.met.into_iter().filter(|w| w.count >= SELDOM);
    Read {
        marks: marks.collect(),
        examples,
        words: several.map(|w| (w.word, w.count)).collect(),
    }
}

/// Marks, numbered as they are met, each with how many texts have it and the last of these, from 1.
#[derive(Default)]
struct Numbers {
    of_mark: FxHashMap<u32, u32>,
    counts: Vec<(u32, u32)>,
}

impl Numbers {
    fn of(&mut self, mark: u32) -> u32 {
        let next = self.counts.len() as u32;
        let number = *self.of_mark.entry(mark).or_insert(next);
        if number == next {
            self.counts.push((0, 0));
        }
        number
    }

    /// Counts a mark of the nth text; whether it is the first time in this text.
    fn is_new_in(&mut self, number: u32, nth: u32) -> bool {
        let (count, last) = &mut self.counts[number as usize];
        let is_new = *last != nth;
        *count += u32::from(is_new);
        *last = nth;
        is_new
    }
}

/// The words that were met.
#[derive(Default)]
struct Words {
    places: FxHashMap<u64, u32>,
    met: Vec<Met>,
}

/// A word with what is the same wherever it stands.
struct Met {
    word: String,
    /// The numbers of its marks.
    marks: Vec<u32>,
    /// How often it was met.
    count: u32,
}

impl Words {
    /// The place of a word in `met`.
    fn meet(&mut self, word: &str, numbers: &mut Numbers) -> u32 {
        let next = self.met.len() as u32;
        let place = *self.places.entry(hash(word)).or_insert(next);
        if place == next {
            self.met.push(Met {
                word: word.to_owned(),
                marks: marks_of_word(word).map(|m| numbers.of(m)).collect(),
                count: 0,
            });
        }
        self.met[place as usize].count += 1;
        place
    }
}

/// The words, pairs of words and groups of letters of a text given as its words, each once, as hashes.
fn marks(words: &[String]) -> Vec<u32> {
    let words = &words[..words.len().min(MOST_WORDS)];
    let mut all: Vec<u32> = words.iter().flat_map(|w| marks_of_word(w)).collect();
    all.extend(words.windows(2).map(|w| mark_of_pair(&w[0], &w[1])));
    all.sort_unstable();
    all.dedup();
    all
}

/// A word and its groups of letters.
fn marks_of_word(word: &str) -> impl Iterator<Item = u32> {
    let groups = gram_hashes(std::iter::once(word), &[LONG]);
    groups.into_iter().chain([upper(hash(word))])
}

fn mark_of_pair(first: &str, second: &str) -> u32 {
    upper(hash_pair(first, second))
}

/// The upper half of a hash is as good as the whole for so few marks.
fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}
