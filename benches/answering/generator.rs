//! A base of any size out of nothing: pseudo-Swedish words with the frequencies of a language, entries that each keep
//! to a few subjects, and their example questions put badly. The same every time.

use std::collections::{HashMap, HashSet};

use lots::knowledge::{EntryKind, Files};

use super::base::{Document, Wanted};

/// How many entries the base has.
pub(crate) const ENTRIES: usize = 100_000;
/// How many words are made up, beside those of the shipped base.
const MADE_UP: usize = 60_000;
/// So many of the most frequent words are those of the shipped base: the function words of a real language.
const COMMON: usize = 150;
/// The first words made up are no compounds, and compounds are made of them.
const SIMPLE: usize = 3_000;
const QUESTIONS: usize = 3;
/// How many words an entry is about.
const SUBJECTS: usize = 6;
const SEED: u64 = 0x6c6f_7473;

const ONSETS: &str = "b d f g h j k l m n p r s t v bl br dr fl fr gl gr kl kn kr pl pr sk sl sm sn sp st str sv tr tv";
const NUCLEI: &str = "a e i o u y å ä ö a e i o a e";
const CODAS: &str = "- - - - n r l s t m k g d ng nd rd rt st sk ll nn tt rk lj";
const ENDINGS: &str = "- - - ning het are en et ar er a ande lig";

/// The words of a language, the most frequent first, and how often each is used.
pub(crate) struct Generator {
    words: Vec<String>,
    /// The sum of the frequencies up to and with each word.
    sums: Vec<f64>,
}

impl Generator {
    /// Makes up the words, and mixes in those of the given texts.
    pub(crate) fn new(texts: &[Document]) -> Generator {
        let own = words_by_frequency(texts);
        let mut seen: HashSet<String> = own.iter().cloned().collect();
        let mut random = Random::new(SEED);
        let mut rest: Vec<String> = own[COMMON..].to_vec();
        let mut made_up: Vec<String> = Vec::with_capacity(MADE_UP);
        while made_up.len() < MADE_UP {
            let word = random.word(&made_up);
            if seen.insert(word.clone()) {
                made_up.push(word);
            }
        }
        rest.extend(made_up);
        for i in (1..rest.len()).rev() {
            rest.swap(i, random.below(i + 1));
        }
        let words: Vec<String> = own[..COMMON].iter().cloned().chain(rest).collect();
        // Zipf's law with Mandelbrot's shift.
        let mut sum = 0.0;
        let add = |rank: usize| {
            sum += 1.0 / (rank as f64 + 3.7);
            sum
        };
        let sums = (0..words.len()).map(add).collect();
        Generator { words, sums }
    }

    /// The files of the base: the entries, one office, and what the shipped base has beside its entries.
    pub(crate) fn files(&self, shipped: &Files) -> Files {
        let mut files: Files = shipped
            .iter()
            .filter(|(path, _)| path.ends_with(".toml"))
            .map(|(p, t)| (p.clone(), t.clone()))
            .collect();
        files.insert("municipality.toml".into(), "name = \"Exempel kommun\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/kansli\"\n".into());
        files.insert(
            "offices/kansli.md".into(),
            "+++\ntitle = \"Kommunkansliet\"\nreviewed = 2026-11-23\n+++\nKansliet svarar.\n"
                .into(),
        );
        files.extend(
            (0..ENTRIES).map(|number| (format!("{}.md", id(number)), self.entry(number).file())),
        );
        files
    }

    /// An example question of some entry, with words dropped, replaced and misspelt.
    pub(crate) fn question(&self, number: usize) -> Wanted {
        let mut random = Random::new(SEED ^ 0xabcd_0000 ^ number as u64);
        let entry = random.below(ENTRIES);
        let questions = self.entry(entry).questions;
        let mut words: Vec<String> = questions[random.below(QUESTIONS)]
            .trim_end_matches('?')
            .split(' ')
            .map(str::to_owned)
            .collect();
        for _ in 0..=random.below(2) {
            if words.len() > 4 {
                words.remove(random.below(words.len()));
            }
        }
        let replaced = random.below(words.len());
        words[replaced] = self.any(&mut random).to_owned();
        for word in &mut words {
            if word.chars().count() >= 5 && random.below(8) == 0 {
                *word = random.misspelt(word);
            }
        }
        let end = if random.below(2) == 0 { "?" } else { "" };
        Wanted {
            text: format!("{}{end}", words.join(" ")),
            entries: vec![id(entry)],
        }
    }

    fn entry(&self, number: usize) -> Made {
        let mut random = Random::new(SEED.wrapping_add(number as u64));
        let subjects: Vec<&str> = (0..SUBJECTS).map(|_| self.rarer(&mut random)).collect();
        let length = 2 + random.below(3);
        let title = capitalised(&self.sentence(&mut random, &subjects, length, 2));
        let questions = (0..QUESTIONS).map(|_| {
            let length = 5 + random.below(8);
            format!("{}?", self.sentence(&mut random, &subjects, length, 4))
        });
        let questions = questions.collect();
        let text: Vec<String> = (0..4)
            .map(|_| {
                format!(
                    "{}.",
                    capitalised(&self.sentence(&mut random, &subjects, 10, 5))
                )
            })
            .collect();
        Made {
            title,
            questions,
            text: text.join(" "),
        }
    }

    /// Words of which one in `every` is about the subject.
    fn sentence(
        &self,
        random: &mut Random,
        subjects: &[&str],
        length: usize,
        every: usize,
    ) -> String {
        let words: Vec<&str> = (0..length)
            .map(|_| {
                if random.below(every) == 0 {
                    subjects[random.below(subjects.len())]
                } else {
                    self.any(random)
                }
            })
            .collect();
        words.join(" ")
    }

    fn any(&self, random: &mut Random) -> &str {
        self.drawn(random.share() * self.sums[self.sums.len() - 1])
    }

    /// A word that is not among the most common.
    fn rarer(&self, random: &mut Random) -> &str {
        let least = self.sums[COMMON - 1];
        self.drawn(least + random.share() * (self.sums[self.sums.len() - 1] - least))
    }

    fn drawn(&self, at: f64) -> &str {
        &self.words[self
            .sums
            .partition_point(|sum| *sum <= at)
            .min(self.words.len() - 1)]
    }
}

struct Made {
    title: String,
    questions: Vec<String>,
    text: String,
}

impl Made {
    fn file(&self) -> String {
        let questions: Vec<String> = self
            .questions
            .iter()
            .map(|q| format!("  \"{q}\",\n"))
            .collect();
        format!(
            "+++\ntitle = \"{}\"\noffice = \"offices/kansli\"\nreviewed = 2026-11-23\nquestions = [\n{}]\n+++\n{}\n",
            self.title,
            questions.concat(),
            self.text
        )
    }
}

/// Spreads the entries over the folders, all but the offices'.
fn id(number: usize) -> String {
    let kinds = EntryKind::ALL.len();
    let kind = EntryKind::ALL[number % kinds];
    let kind = if kind == EntryKind::Offices {
        EntryKind::Guides
    } else {
        kind
    };
    format!("{}/made-{number}", kind.folder())
}

fn words_by_frequency(texts: &[Document]) -> Vec<String> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for text in texts {
        let lower = text.text.to_lowercase();
        let words = lower
            .split(|c: char| !c.is_alphabetic())
            .filter(|w| !w.is_empty());
        words.for_each(|w| *counts.entry(w.to_owned()).or_default() += 1);
    }
    let mut words: Vec<(String, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().map(|(w, _)| w).collect()
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Marsaglia's xorshift, 64 bits, with the multiplication that Vigna adds.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        // Seeds that lie close together part ways only after a few steps.
        for _ in 0..8 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 32) as usize * end) >> 32
    }

    /// From 0 to below 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn of<'a>(&mut self, list: &'a str) -> &'a str {
        let all: Vec<&str> = list.split(' ').collect();
        all[self.below(all.len())].trim_start_matches('-')
    }

    /// One or two syllables, seldom three, and an ending; one word in three is a compound of two earlier ones.
    fn word(&mut self, earlier: &[String]) -> String {
        if let Some(simple) = earlier.get(..SIMPLE).filter(|_| self.below(3) == 0) {
            let link = if self.below(3) == 0 { "s" } else { "" };
            return format!(
                "{}{link}{}",
                simple[self.below(SIMPLE)],
                simple[self.below(SIMPLE)]
            );
        }
        let syllables = [1, 1, 1, 2, 2, 2, 2, 2, 2, 3][self.below(10)];
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(self.of(ONSETS));
            word.push_str(self.of(NUCLEI));
            word.push_str(self.of(CODAS));
        }
        word + self.of(ENDINGS)
    }

    /// The word with a letter missing, doubled, swapped with the next, or another.
    fn misspelt(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let at = 1 + self.below(letters.len() - 2);
        match self.below(4) {
            0 => {
                letters.remove(at);
            }
            1 => letters.insert(at, letters[at]),
            2 => letters.swap(at, at + 1),
            _ => letters[at] = (b'a' + self.below(26) as u8) as char,
        }
        letters.into_iter().collect()
    }
}
