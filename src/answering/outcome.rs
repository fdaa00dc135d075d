//! What a wording comes to, in a word: to compare what two bases make of the same question.

use std::fmt;

use jiff::civil::Date;

use super::{Answer, Answerer, Block, Conversation, Decision, Question};
use crate::knowledge::EntryId;

/// What a wording comes to when it is asked by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is answered with this entry.
    Entry(EntryId),
    /// It is asked back which of these is meant.
    Choice(Vec<EntryId>),
    /// This office is named.
    Office(EntryId),
    /// This body outside the municipality is named, by its Swedish name.
    Elsewhere(String),
    /// Nobody is found for it.
    Unknown,
    /// It is taken for small talk.
    SmallTalk,
    /// It is taken for a cry for help.
    Crisis,
}

impl Answerer {
    /// What a masked wording comes to, asked by itself on a day.
    pub fn outcome(&self, wording: &str, today: Date) -> Outcome {
        let question = Question {
            text: wording,
            language: None,
            today,
            top: 2,
            kept_days: 0,
        };
        let greeted = Conversation {
            greeted: true,
            ..Conversation::default()
        };
        let (answer, _) = self.answer(&question, &greeted);
        self.outcome_of(answer)
    }

    fn outcome_of(&self, answer: Answer) -> Outcome {
        match answer.decision {
            Decision::Answer => match answer.shown.into_iter().next() {
                Some(entry) => Outcome::Entry(entry),
                None => Outcome::Unknown,
            },
            Decision::Choice => Outcome::Choice(answer.shown),
            Decision::Route => answer.office.map_or(Outcome::Unknown, Outcome::Office),
            Decision::Unknown => self.body_named_in(&answer),
            // No way in is begun here.
            Decision::SmallTalk | Decision::Path => Outcome::SmallTalk,
            Decision::Crisis => Outcome::Crisis,
        }
    }

    /// The body outside the municipality whose own text an answer gives.
    fn body_named_in(&self, answer: &Answer) -> Outcome {
        let says = |text: &str| {
            let mut blocks = answer.blocks.iter();
            blocks.any(|b| matches!(b, Block::Text { text: said } if said.contains(text)))
        };
        let mut bodies = self.knowledge.elsewhere().iter();
        let named = bodies.find(|body| says(body.text(answer.language)));
        named.map_or(Outcome::Unknown, |body| {
            Outcome::Elsewhere(body.name_sv.clone())
        })
    }
}

impl Outcome {
    /// Reads what [`Display`](fmt::Display) has written of an entry, an office or a body; `None` for anything else.
    pub fn parse(text: &str) -> Option<Outcome> {
        if let Some(office) = text.strip_prefix("→ ") {
            return EntryId::parse(office).ok().map(Outcome::Office);
        }
        if let Some(body) = text.strip_prefix("⇢ ") {
            return Some(Outcome::Elsewhere(body.to_owned()));
        }
        EntryId::parse(text).ok().map(Outcome::Entry)
    }
}

/// As in `guides/starta-forening`, `→ offices/kontaktcenter`, `⇢ Regionen`, `?` before what is asked back.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Entry(id) => write!(f, "{id}"),
            Outcome::Office(id) => write!(f, "→ {id}"),
            Outcome::Elsewhere(name) => write!(f, "⇢ {name}"),
            Outcome::Choice(ids) => {
                f.write_str("?")?;
                ids.iter().try_for_each(|id| write!(f, " {id}"))
            }
            Outcome::Unknown => f.write_str("–"),
            Outcome::SmallTalk => f.write_str("☺"),
            Outcome::Crisis => f.write_str("!"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_expected_is_read_back() {
        let id = |id: &str| EntryId::parse(id).unwrap();
        for outcome in [
            Outcome::Entry(id("guides/starta-forening")),
            Outcome::Office(id("offices/kontaktcenter")),
            Outcome::Elsewhere("Regionen".to_owned()),
        ] {
            assert_eq!(Outcome::parse(&outcome.to_string()), Some(outcome));
        }
        assert_eq!(Outcome::parse("–"), None);
    }
}
