//! Whether an answer helped. One that did not is logged with what was asked.

use super::{Desk, Reply, now};
use crate::answering::Conversation;
use crate::knowledge::{EntryId, Language, fill};
use crate::store::{NewQuestion, Reason, Receipt};

impl Desk {
    /// Takes in whether the last answer helped. One that did not is logged, and what to say comes back.
    pub async fn feedback(&self, conversation: &str, channel: &str, helpful: bool) -> Reply {
        let before = self.conversation(conversation).await;
        let language = before.language.unwrap_or(self.default_language());
        match (before.wordings.last(), &before.topic) {
            (Some(_), Some(_)) if helpful => self.thank(language),
            (Some(wording), Some(topic)) => {
                self.log_unhelpful(conversation, channel, wording, topic, language)
                    .await
            }
            (None, _) | (_, None) => {
                let answerer = self.library.current();
                let phrases = answerer.knowledge().phrases(language);
                self.say(phrases.unhelpful_nothing.clone(), language)
            }
        }
    }

    /// Takes in whether an answer with an entry helped, however long ago it was given. What is logged of one that did
    /// not is the last question when the conversation is still about that entry, else the title of the entry.
    pub async fn feedback_on(
        &self,
        conversation: &str,
        channel: &str,
        entry: &EntryId,
        helpful: bool,
        language: Language,
    ) -> Reply {
        if helpful {
            return self.thank(language);
        }
        let Conversation {
            topic, wordings, ..
        } = self.conversation(conversation).await;
        let asked = wordings
            .last()
            .filter(|_| topic.as_ref() == Some(entry))
            .cloned();
        let answerer = self.library.current();
        let wording =
            asked.unwrap_or_else(|| answerer.knowledge().title(entry, language).to_owned());
        self.log_unhelpful(conversation, channel, &wording, entry, language)
            .await
    }

    fn thank(&self, language: Language) -> Reply {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        self.say(phrases.helpful_thanks.clone(), language)
    }

    async fn log_unhelpful(
        &self,
        conversation: &str,
        channel: &str,
        wording: &str,
        topic: &EntryId,
        language: Language,
    ) -> Reply {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let office = answerer
            .knowledge()
            .entry(topic)
            .and_then(|e| e.office.clone());
        let question = NewQuestion {
            receipt: Receipt::new(),
            conversation: conversation.to_owned(),
            grouping: answerer.grouping(wording),
            wording: wording.to_owned(),
            language: language.code().to_owned(),
            channel: channel.to_owned(),
            reason: Reason::Unhelpful,
            office,
            nearest: vec![(topic.clone(), 1.0)],
            asked_at: now(),
        };
        match self.record(question).await {
            Some(receipt) => {
                let text = fill(&phrases.unhelpful_logged, &[("receipt", receipt.as_str())]);
                Reply {
                    receipt: Some(receipt),
                    ..self.say(text, language)
                }
            }
            None => self.say(phrases.not_logged.clone(), language),
        }
    }

    /// The language for those whose own is not known.
    pub fn default_language(&self) -> Language {
        let answerer = self.library.current();
        answerer.knowledge().municipality().default_language
    }
}
