//! lots: opened as the program opens it, without a store.

use std::path::Path;

use jiff::civil::{Date, date};

use lots::answering::{Answerer, Conversation, Question};
use lots::desk::{Origin, open};

use super::measure::{Clock, System};

const TODAY: Date = date(2026, 11, 23);

pub(crate) struct Lots {
    answerer: Answerer,
    conversation: Conversation,
}

impl Lots {
    pub(crate) fn build(folder: &Path, clock: &mut Clock) -> anyhow::Result<Lots> {
        let answerer = clock.run(|| open(&Origin::Folder(folder.to_owned())))?;
        Ok(Lots {
            answerer,
            conversation: Conversation::default(),
        })
    }
}

impl System for Lots {
    fn first_ten(&mut self, question: &str) -> anyhow::Result<Vec<String>> {
        let question = Question {
            text: question,
            language: None,
            today: TODAY,
            top: 10,
            kept_days: 90,
        };
        let (answer, after) = self.answerer.answer(&question, &self.conversation);
        std::hint::black_box(after);
        // A crisis or an offered choice shows entries without ranking any.
        let shown = answer
            .shown
            .iter()
            .chain(answer.ranked.iter().map(|c| &c.entry));
        Ok(shown.take(10).map(|id| id.as_str().to_owned()).collect())
    }
}
