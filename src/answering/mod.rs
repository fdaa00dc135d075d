//! How a question becomes an answer: an ordered cascade, the first step that recognises the question wins.
//!
//! crisis → small talk → a choice that was offered → follow-up → match → choice → route → unknown
//!
//! Pure and synchronous: no input or output, no clock (today is an argument), and it cannot fail.

mod answer;
mod bags;
mod building;
mod chatting;
mod compose;
mod confidence;
mod contact;
mod conversation;
mod crisis;
mod deciding;
mod examples;
mod explain;
mod facts;
mod follow_up;
mod gathering;
mod hours;
mod index;
mod indexing;
mod learner;
mod likeness;
mod matching;
mod meaning;
mod outcome;
mod overlap;
mod pointing;
mod postings;
mod query;
mod ranking;
mod recalling;
mod several;
mod showing;
mod small_talk;
mod sources;
mod stated;
mod texts;
mod training;
mod turn;
mod weighing;
mod weights;
mod wished_language;

use std::sync::Arc;

use jiff::civil::Date;

pub use answer::{
    Answer, Block, Candidate, Choice, Decision, Fact, Fit, LeftOpen, Link, LinkKind, Match,
    SourceNote,
};
pub use contact::{Contact, Way};
pub use conversation::Conversation;
pub use explain::{Explanation, Weighed};
pub use hours::say_hours;
pub use likeness::{AKIN, ALIKE, Gist};
pub use outcome::Outcome;
pub use overlap::{Overlap, overlaps};
pub use showing::{Showing, facts_of, hours_of, page_of};
pub use training::{Labelled, Trained, train};

use crate::knowledge::{Knowledge, Language, fill};
use crate::language::{Guess, LanguageGuesser, Tongue, mask};
use compose::Composer;
use crisis::CrisisDetector;
use index::Index;
use recalling::Recalled;
use small_talk::SmallTalkMatcher;
use turn::Turn;
use wished_language::wished_language;

/// A message of a resident.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The message as it was written. Nothing unmasked of it leaves this room.
    pub text: &'a str,
    /// The language that the channel believes the person speaks.
    pub language: Option<Language>,
    /// The day, for deadlines.
    pub today: Date,
    /// How many candidates to rank; 10 is usual.
    pub top: usize,
    /// How many days a question is kept, for the notice.
    pub kept_days: u32,
}

/// Answers questions from one knowledge base. Immutable; building it indexes the base.
#[derive(Debug)]
pub struct Answerer {
    knowledge: Knowledge,
    indexes: Vec<Arc<Index>>,
    small_talk: Vec<SmallTalkMatcher>,
    crisis: Arc<CrisisDetector>,
    guesser: LanguageGuesser,
    recalled: Recalled,
}

/// Messages longer than this many characters are read up to here.
const LONGEST_READ: usize = 8_000;

impl Answerer {
    /// The base it answers from.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Answers a question in a conversation, and gives the conversation as it is afterwards.
    pub fn answer(&self, question: &Question<'_>, before: &Conversation) -> (Answer, Conversation) {
        let mut after = before.clone();
        let (mut answer, language, masked) = self.with_turn(question, before, |turn| {
            let answer = turn.answer(&mut after);
            (answer, turn.composer.language, turn.masked.to_owned())
        });
        after.language = Some(language);
        self.greet(&mut answer, &mut after, question.kept_days);
        let given = (&answer, &after);
        self.recalled.keep(question, &masked, before, given);
        (answer, after)
    }

    /// Says first what this is, in the first answer of a conversation that is not for someone in need.
    fn greet(&self, answer: &mut Answer, after: &mut Conversation, kept_days: u32) {
        if !after.greeted && answer.decision != Decision::Crisis {
            let language = after.language.unwrap_or(answer.language);
            let text = self.notice(language, kept_days);
            answer.blocks.insert(0, Block::Notice { text });
            after.greeted = true;
        }
    }

    /// Makes a message ready for the cascade.
    fn with_turn<T>(
        &self,
        question: &Question<'_>,
        before: &Conversation,
        work: impl FnOnce(&Turn<'_>) -> T,
    ) -> T {
        let text: String = question.text.chars().take(LONGEST_READ).collect();
        let masked = mask(&text).text;
        let subject = without_masks(&masked);
        // Without a subject, asking for a language is small talk.
        let wished = before
            .topic
            .as_ref()
            .and_then(|_| wished_language(&subject));
        let (wished, subject) = match wished {
            Some((language, rest)) => (Some(language), rest),
            None => (None, subject),
        };
        let hint = wished.or(before.language).or(question.language);
        let guess = self.guesser.guess(&subject, hint.map(tongue));
        let ours = &self.knowledge.municipality().languages;
        let language = wished
            .filter(|l| ours.contains(l))
            .unwrap_or_else(|| self.language_of(guess, before, question));
        let composer = Composer {
            knowledge: &self.knowledge,
            language,
            today: question.today,
        };
        let subject = self.unframed(&subject, language);
        work(&Turn {
            answerer: self,
            question,
            composer,
            before,
            unmasked: &text,
            masked: &masked,
            subject,
            guess,
            same_again: wished.is_some() && subject.is_empty(),
        })
    }

    /// First contact: that it is a bot, what it stores and for how long, and that it is unofficial until adopted.
    pub fn notice(&self, language: Language, days: u32) -> String {
        let phrases = self.knowledge.phrases(language);
        let municipality = self.knowledge.municipality();
        let values = [
            ("municipality", municipality.name.as_str()),
            ("days", &days.to_string()),
        ];
        let mut text = fill(&phrases.notice, &values);
        if !municipality.adopted {
            text.push(' ');
            text.push_str(&fill(&phrases.unofficial, &values));
        }
        text
    }

    fn language_of(
        &self,
        guess: Guess,
        before: &Conversation,
        question: &Question<'_>,
    ) -> Language {
        let ours = &self.knowledge.municipality().languages;
        let guessed = match guess {
            Guess::Known(tongue) => Some(language_of_tongue(tongue)),
            Guess::Other(_) | Guess::Unclear => None,
        };
        // Who writes in a third language more likely reads English than Swedish.
        let abroad = matches!(guess, Guess::Other(_)).then_some(Language::English);
        [guessed, before.language, abroad, question.language]
            .into_iter()
            .flatten()
            .find(|l| ours.contains(l))
            .unwrap_or(self.knowledge.municipality().default_language)
    }

    /// A message without a greeting before it and thanks after it.
    fn unframed<'t>(&self, subject: &'t str, language: Language) -> &'t str {
        self.index(language).map_or(subject, |(index, matcher)| {
            matcher.unframed(&index.analyzer, subject)
        })
    }

    fn index(&self, language: Language) -> Option<(&Index, &SmallTalkMatcher)> {
        let mut indexes = self.indexes.iter().map(Arc::as_ref).zip(&self.small_talk);
        indexes.find(|(i, _)| i.language == language)
    }
}

fn tongue(language: Language) -> Tongue {
    match language {
        Language::Swedish => Tongue::Swedish,
        Language::English => Tongue::English,
    }
}

fn language_of_tongue(tongue: Tongue) -> Language {
    match tongue {
        Tongue::Swedish => Language::Swedish,
        Tongue::English => Language::English,
    }
}

/// The message without the marks, such as `[telefon]`, that stand for what was masked.
fn without_masks(masked: &str) -> String {
    let mut out = String::with_capacity(masked.len());
    let mut rest = masked;
    while let Some(start) = rest.find('[') {
        let after = &rest[start + 1..];
        let mark = after
            .find(']')
            .filter(|end| *end < 24 && after[..*end].chars().all(|c| c.is_lowercase() || c == '-'));
        match mark {
            Some(end) => {
                out.push_str(&rest[..start]);
                rest = &after[end + 1..];
            }
            None => {
                out.push_str(&rest[..=start]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
