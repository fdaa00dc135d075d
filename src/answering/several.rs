//! Several questions in one message: each is looked at by itself, and those that the first answer leaves open follow it.

use super::answer::{Answer, Block, LeftOpen};
use super::compose::short_title;
use super::deciding::{Verdict, decide};
use super::index::Target;
use super::turn::Turn;
use crate::knowledge::{Language, fill};
use crate::language::{sentences, words};

/// So many questions of a message are looked at by themselves.
const MOST: usize = 4;
/// So many words a question that nothing answers must have beside what it asks for, to be one of its own: "måste man ha
/// kort?" is none.
const FEWEST_WORDS: usize = 2;
/// Confidence from which a part is plainly about an entry, read without the rest of the message.
const PLAIN: f32 = 0.6;
/// What the rest of the message counts when a part is read with it.
const WITH_THE_REST: f32 = 0.6;

/// A second question within a sentence begins with one of the first of these and one of the second, as `fold` leaves
/// them.
const SWEDISH: [&[&str]; 2] = [
    &["och", "samt", "dessutom", "sen", "men"],
    &[
        "hur", "nar", "var", "vart", "vem", "vilka", "vilken", "vilket", "vad", "kan", "far",
        "finns",
    ],
];
const ENGLISH: [&[&str]; 2] = [
    &["and", "also", "plus", "but"],
    &[
        "how", "when", "where", "who", "which", "what", "can", "may", "is", "are", "do", "does",
    ],
];

/// What a message that asks several things is answered with.
pub(super) struct Several {
    /// What is answered first.
    pub(super) first: Verdict,
    /// What else was asked, in its order.
    further: Vec<Further>,
}

/// A further question and what is done with it.
struct Further {
    verdict: Verdict,
    wording: String,
}

impl Turn<'_> {
    /// What to do with a message of several questions, when the whole of it came to `verdict`.
    ///
    /// Only what is plain counts: a message is mostly one question that is told in several sentences.
    pub(super) fn several(&self, verdict: Verdict) -> Several {
        let parts: Vec<Further> = questions(self.subject, self.composer.language)
            .into_iter()
            .rev()
            .take(MOST)
            .rev()
            .filter_map(|part| self.plainly(part))
            .collect();
        let mut distinct: Vec<Further> = Vec::new();
        for part in parts {
            if distinct.iter().all(|other| other.verdict != part.verdict) {
                distinct.push(part);
            }
        }
        let is_answer = |v: &Verdict| matches!(v, Verdict::Answer(_));
        let whole = distinct.iter().any(|part| part.verdict == verdict);
        if distinct.len() < 2 || (is_answer(&verdict) && !whole) {
            return Several {
                first: verdict,
                further: Vec::new(),
            };
        }
        // Whatever can be answered is answered before an office is named for the rest.
        let first_answer = distinct
            .iter()
            .map(|part| &part.verdict)
            .find(|v| is_answer(v));
        let first = match first_answer {
            Some(answer) if !is_answer(&verdict) => answer.clone(),
            _ if whole => verdict,
            _ => distinct[0].verdict.clone(),
        };
        distinct.retain(|part| part.verdict != first && self.stands_alone(&first, part));
        Several {
            first,
            further: distinct,
        }
    }

    /// Adds what else was asked to an answer; the first that nothing answers is left open.
    pub(super) fn add(&self, answer: &mut Answer, several: &Several) {
        for Further { verdict, wording } in &several.further {
            let phrases = self.composer.phrases();
            let knowledge = &self.answerer.knowledge;
            match *verdict {
                Verdict::Answer(i) => {
                    let entry = &knowledge.entries()[i];
                    answer.shown.push(entry.id.clone());
                    let asked = self.part(wording).asked().map(|(asked, _)| asked);
                    let blocks = self.composer.entry(entry, asked).into_iter();
                    answer.blocks.extend(blocks.filter_map(|block| match block {
                        Block::Title { entry, text } => Some(Block::Title {
                            entry,
                            text: fill(&phrases.also_asked, &[("title", &text)]),
                        }),
                        // What is asked next is about the first.
                        Block::Facets { .. } | Block::SeeAlso { .. } => None,
                        other => Some(other),
                    }));
                }
                Verdict::Route(i) => {
                    let office = &knowledge.entries()[i];
                    let name = short_title(&office.text(self.composer.language).title);
                    let values = [("question", wording.as_str()), ("office", name)];
                    answer.blocks.push(Block::Text {
                        text: fill(&phrases.also_routed, &values),
                    });
                    let contact = self.composer.contact(&office.id);
                    answer
                        .blocks
                        .extend(contact.map(|contact| Block::Contact { contact }));
                    answer.left_open.get_or_insert_with(|| LeftOpen {
                        wording: wording.clone(),
                        office: Some(office.id.clone()),
                    });
                }
                Verdict::Elsewhere(i) => {
                    let body = &knowledge.elsewhere()[i];
                    answer.blocks.push(Block::Text {
                        text: format!(
                            "{} {}",
                            fill(&phrases.also_elsewhere, &[("question", wording)]),
                            body.text(self.composer.language)
                        ),
                    });
                }
                Verdict::Choice(_)
                | Verdict::Clarify(_)
                | Verdict::SmallTalk(_)
                | Verdict::Unknown => {}
            }
        }
    }

    /// A part of the message with what is plainly to be done with it.
    fn plainly(&self, wording: &str) -> Option<Further> {
        let part = self.part(wording);
        let asked = part.asked();
        let content = part.content(asked.as_ref());
        let ranking = part.alone();
        let verdict = decide(&self.answerer.knowledge, &ranking);
        let plain = match verdict {
            Verdict::Answer(i) => {
                let found = ranking.get(Target::Entry(i));
                content >= 1 && found.is_some_and(|r| r.confidence >= PLAIN)
            }
            Verdict::Route(_) | Verdict::Elsewhere(_) => content >= FEWEST_WORDS,
            Verdict::Choice(_) | Verdict::Clarify(_) | Verdict::SmallTalk(_) | Verdict::Unknown => {
                false
            }
        };
        plain.then(|| Further {
            verdict,
            wording: wording.to_owned(),
        })
    }

    /// Whether a part still means what it means by itself when the rest of the message is read with it.
    fn stands_alone(&self, first: &Verdict, part: &Further) -> bool {
        let rest = self.subject.replace(&part.wording, " ");
        let ranking = self.part(&part.wording).with(&[(&rest, WITH_THE_REST)]);
        let score = |verdict: &Verdict| {
            let targets = targets(verdict).into_iter().flatten();
            let found = targets.filter_map(|t| ranking.get(t));
            found.map(|r| r.found.score).reduce(f32::max)
        };
        score(&part.verdict) > score(first)
    }

    /// A part of the message as a turn of its own.
    pub(super) fn part<'p>(&'p self, wording: &'p str) -> Turn<'p> {
        Turn {
            answerer: self.answerer,
            question: self.question,
            composer: self.composer,
            before: self.before,
            unmasked: wording,
            masked: wording,
            subject: wording,
            guess: self.guess,
            same_again: false,
        }
    }
}

/// What a verdict names.
fn targets(verdict: &Verdict) -> [Option<Target>; 2] {
    match verdict {
        Verdict::Answer(i) => [Some(Target::Entry(*i)), None],
        Verdict::Route(i) => [Some(Target::Office(*i)), Some(Target::Entry(*i))],
        Verdict::Elsewhere(i) => [Some(Target::Elsewhere(*i)), None],
        Verdict::Choice(_) | Verdict::Clarify(_) | Verdict::SmallTalk(_) | Verdict::Unknown => {
            [None, None]
        }
    }
}

/// The questions of a message when there are several: sentences that end in a question mark, and what "and how …" begins.
fn questions(message: &str, language: Language) -> Vec<&str> {
    let mut questions = Vec::new();
    for sentence in sentences(message) {
        let parts = split(sentence, language);
        if parts.len() > 1 || sentence.ends_with('?') {
            questions.extend(parts);
        }
    }
    if questions.len() < 2 {
        questions.clear();
    }
    questions
}

/// A sentence cut before each "and how", "och när".
fn split(sentence: &str, language: Language) -> Vec<&str> {
    let [joins, asks] = match language {
        Language::Swedish => SWEDISH,
        Language::English => ENGLISH,
    };
    let is = |list: &[&str], word: &str| {
        let word = words(word);
        matches!(word.as_slice(), [word] if list.contains(&word.as_str()))
    };
    let mut parts = Vec::new();
    let mut start = 0;
    let places: Vec<(usize, &str)> = sentence
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - sentence.as_ptr() as usize, word))
        .collect();
    for pair in places.windows(2) {
        let [(join, first), (ask, second)] = [pair[0], pair[1]];
        if join > start && is(joins, first) && is(asks, second) {
            parts.push(sentence[start..join].trim_end_matches([' ', ',']));
            start = ask;
        }
    }
    parts.push(&sentence[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_cut_where_a_second_question_begins() {
        for (message, language, expected) in [
            (
                "Hej! Hur söker vi bidrag, och var kan vi boka lokal?",
                Language::Swedish,
                vec!["Hur söker vi bidrag", "var kan vi boka lokal?"],
            ),
            (
                "How do we apply and who can I call?",
                Language::English,
                vec!["How do we apply", "who can I call?"],
            ),
            (
                "Vi är en förening. Kan vi få bidrag? Var ligger biblioteket?",
                Language::Swedish,
                vec!["Kan vi få bidrag?", "Var ligger biblioteket?"],
            ),
            ("Hur söker vi bidrag och stöd?", Language::Swedish, vec![]),
            ("Och hur gör vi?", Language::Swedish, vec![]),
        ] {
            assert_eq!(questions(message, language), expected, "{message}");
        }
    }
}
