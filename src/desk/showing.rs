//! What channels can show without a question: entries by id, how to reach a person, help lines.

use super::{Desk, Reply};
use crate::answering::{Answer, Showing};
use crate::knowledge::{EntryId, Facet, Language, fill};

impl Desk {
    /// An entry, or one facet of it, which becomes what the conversation is about; `None` when the base does not have
    /// it any longer.
    pub async fn show(
        &self,
        conversation: &str,
        id: &EntryId,
        facet: Option<Facet>,
        language: Language,
    ) -> Option<Reply> {
        if self.is_resting() {
            return Some(self.resting_reply(language));
        }
        let answerer = self.library.current();
        let before = self.conversation(conversation).await;
        let (answer, after) = answerer.show(id, facet, self.showing(language), &before)?;
        if after != before {
            self.remember(conversation, after).await;
        }
        Some(reply(answer))
    }

    /// How to reach a person.
    pub fn human(&self, language: Language) -> Reply {
        let answerer = self.library.current();
        if let Some(answer) = answerer.small_talk("human", self.showing(language)) {
            return reply(answer);
        }
        let knowledge = answerer.knowledge();
        let way_in = knowledge.way_in(language);
        let phrase = &knowledge.phrases(language).human;
        let mut reply = self.say(fill(phrase, &[("way_in", &way_in)]), language);
        reply.answer.small_talk = Some("human".to_owned());
        reply
    }

    /// The help lines with these ids.
    pub fn help_lines(&self, ids: &[EntryId], language: Language) -> Reply {
        reply(
            self.library
                .current()
                .help_lines(ids, self.showing(language)),
        )
    }

    /// Whether a message is taken for one of someone in need, who must never be turned away. Nothing of it is kept.
    pub fn is_cry_for_help(&self, text: &str) -> bool {
        self.library.current().is_cry_for_help(text)
    }

    /// The first contact's notice: what this is, and what it stores for how long.
    pub fn notice(&self, language: Language) -> String {
        let answerer = self.library.current();
        answerer.notice(language, self.keep.now().longest())
    }

    fn showing(&self, language: Language) -> Showing {
        Showing {
            language,
            today: self.today(),
            kept_days: self.keep.now().longest(),
        }
    }
}

fn reply(answer: Answer) -> Reply {
    Reply {
        answer,
        receipt: None,
        promised: None,
    }
}
