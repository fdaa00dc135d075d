//! Whether an answer helped. One that did not is logged with what was asked and, when it was said, why it did not.

use super::{Desk, Message, Reply, now};
use crate::answering::Conversation;
use crate::knowledge::{EntryId, Language, fill};
use crate::language::mask;
use crate::store::{Complaint, NewQuestion, Reason, Receipt};

/// A remark is kept by so many characters.
pub const LONGEST_REMARK: usize = 300;

/// What someone says of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// It helped.
    Helpful,
    /// It did not.
    Unhelpful {
        /// Why, when one of the reasons was chosen.
        complaint: Option<Complaint>,
        /// What was written beside that, as it was written; empty when nothing was. It is masked before it is kept.
        remark: &'a str,
    },
}

impl Desk {
    /// Takes in whether the last answer helped, from a channel that does not ask why. One that did not is logged, and
    /// what to say comes back.
    pub async fn feedback(&self, conversation: &str, channel: &str, helpful: bool) -> Reply {
        let before = self.conversation(conversation).await;
        let language = before.language.unwrap_or(self.default_language());
        match (before.wordings.last(), &before.topic) {
            (Some(_), Some(topic)) if helpful => self.thank(channel, topic, language),
            (Some(wording), Some(topic)) => {
                let judged = Judged {
                    conversation,
                    channel,
                    wording,
                    topic,
                    language,
                };
                self.log_unhelpful(judged, None, "").await
            }
            (None, _) | (_, None) => {
                let answerer = self.library.current();
                let phrases = answerer.knowledge().phrases(language);
                self.say(phrases.unhelpful_nothing.clone(), language)
            }
        }
    }

    /// Takes in whether an answer with an entry helped, however long ago it was given. What is logged of one that did
    /// not is the last question when the conversation is still about that entry, else the title of the entry. A remark
    /// of someone in need is answered as any cry for help is, and nothing of it is kept.
    pub async fn feedback_on(
        &self,
        conversation: &str,
        channel: &str,
        entry: &EntryId,
        language: Language,
        verdict: Verdict<'_>,
    ) -> Reply {
        let (complaint, remark) = match verdict {
            Verdict::Helpful => return self.thank(channel, entry, language),
            Verdict::Unhelpful { complaint, remark } => (complaint, remark),
        };
        if self.is_cry_for_help(remark) {
            let cry = Message {
                conversation,
                channel,
                text: remark,
                language: Some(language),
            };
            return self.ask(&cry).await;
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
        let judged = Judged {
            conversation,
            channel,
            wording: &wording,
            topic: entry,
            language,
        };
        self.log_unhelpful(judged, complaint, remark).await
    }

    fn thank(&self, channel: &str, entry: &EntryId, language: Language) -> Reply {
        self.count_verdict(true, language, channel, entry);
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        self.say(phrases.helpful_thanks.clone(), language)
    }

    async fn log_unhelpful(
        &self,
        judged: Judged<'_>,
        complaint: Option<Complaint>,
        remark: &str,
    ) -> Reply {
        let Judged {
            conversation,
            channel,
            wording,
            topic,
            language,
        } = judged;
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let office = answerer
            .knowledge()
            .entry(topic)
            .and_then(|e| e.office.clone());
        self.count_verdict(false, language, channel, topic);
        let remark: String = remark.trim().chars().take(LONGEST_REMARK).collect();
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
            complaint,
            remark: mask(&remark).text,
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

/// An answer that someone has judged.
struct Judged<'a> {
    conversation: &'a str,
    channel: &'a str,
    /// What it answered, masked.
    wording: &'a str,
    /// The entry it answered with.
    topic: &'a EntryId,
    language: Language,
}
