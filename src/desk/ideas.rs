//! Ideas that are handed over to whoever takes them: kept without personal data, followed by a receipt, answered by staff.

use super::callbacks::message;
use super::{Desk, ERASING, Reply, now};
use crate::knowledge::{Audience, EntryId, Knowledge, Language, Need, fill};
use crate::language::mask;
use crate::store::{Idea, IdeaState, Receipt, StoreError};

/// An idea may be so long, in characters.
pub const LONGEST_IDEA: usize = 2_000;
/// So many may be handed over in one conversation.
pub const MOST_IDEAS: u32 = 3;
/// No code is longer, in characters.
const LONGEST_CODE: usize = 40;

/// An idea as it is handed over.
#[derive(Clone, Copy, Debug)]
pub struct HandedIdea<'a> {
    /// What it is, as it was typed. It is masked before it is kept.
    pub words: &'a str,
    /// Whom it is for.
    pub audiences: &'a [Audience],
    /// What it needs.
    pub needs: &'a [Need],
    /// The code of who is with whoever has it; empty when that was not said. What is no code is not kept.
    pub company: &'a str,
    /// The language to answer in.
    pub language: Language,
}

/// Why an idea is not taken.
#[derive(Clone, Debug)]
pub enum IdeaRefusal {
    /// Nobody takes ideas.
    NoReceiver,
    /// It says nothing.
    Empty,
    /// It says so in too many words.
    TooLong,
    /// So many have been handed over in this conversation already that no more are taken.
    TooMany,
    /// It cannot be saved just now.
    Unavailable,
    /// Someone is in need: here is the answer, and nothing has been kept.
    InNeed(Box<Reply>),
}

impl IdeaRefusal {
    /// What whoever has the idea is told.
    pub fn text(&self, knowledge: &Knowledge, language: Language) -> String {
        let phrases = &knowledge.phrases(language).idea;
        let with_way_in = |phrase: &str| fill(phrase, &[("way_in", &knowledge.way_in(language))]);
        match self {
            IdeaRefusal::NoReceiver => with_way_in(&phrases.no_receiver),
            IdeaRefusal::Empty => phrases.empty.clone(),
            IdeaRefusal::TooLong => {
                fill(&phrases.too_long, &[("limit", &LONGEST_IDEA.to_string())])
            }
            IdeaRefusal::TooMany => fill(&phrases.too_many, &[("count", &MOST_IDEAS.to_string())]),
            IdeaRefusal::Unavailable => with_way_in(&phrases.unavailable),
            IdeaRefusal::InNeed(reply) => reply.answer.plain_text(),
        }
    }
}

impl Desk {
    /// Hands an idea over to whoever takes ideas, and gives its receipt once it is kept. The same words twice in a
    /// conversation are one idea, with one receipt.
    ///
    /// Fails when nobody takes ideas, when it is empty or too long, when three have been handed over in the conversation, and
    /// when the database is away. A cry for help is answered as any is, and nothing of it is kept.
    pub async fn hand_over_idea(
        &self,
        conversation: &str,
        channel: &str,
        idea: &HandedIdea<'_>,
    ) -> Result<Receipt, IdeaRefusal> {
        if self.is_cry_for_help(idea.words) {
            let message = message(conversation, channel, idea.words, idea.language);
            return Err(IdeaRefusal::InNeed(Box::new(self.ask(&message).await)));
        }
        let words = words(idea.words)?;
        let at = now();
        self.keep_idea(Idea {
            receipt: Receipt::new(),
            conversation: conversation.to_owned(),
            words,
            audiences: idea.audiences.to_vec(),
            needs: idea.needs.to_vec(),
            company: code(idea.company).to_owned(),
            receiver: self.takes_ideas().ok_or(IdeaRefusal::NoReceiver)?,
            language: idea.language.code().to_owned(),
            channel: channel.to_owned(),
            asked_at: at,
            state: IdeaState::New,
            answer: None,
            answered_at: None,
            answered_by: None,
            changed_at: at,
            changed_by: String::new(),
            version: 0,
        })
        .await
    }

    /// What someone is told who has handed over an idea: who has it, by which receipt it is followed, and what is kept for
    /// how long.
    pub fn handed_over_text(&self, receipt: &Receipt, language: Language) -> String {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let receiver = knowledge.municipality().paths.ideas.as_ref();
        fill(
            &knowledge.phrases(language).idea.handed_over,
            &[
                (
                    "receiver",
                    receiver.map_or("", |id| knowledge.title(id, language)),
                ),
                ("receipt", receipt.as_str()),
                ("days", &self.keep.now().longest().to_string()),
            ],
        )
    }

    /// The entry of who takes ideas, when there is one.
    fn takes_ideas(&self) -> Option<EntryId> {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let id = knowledge.municipality().paths.ideas.as_ref()?;
        knowledge.entry(id).map(|entry| entry.id.clone())
    }

    async fn keep_idea(&self, new: Idea) -> Result<Receipt, IdeaRefusal> {
        let store = self.store.load_full().ok_or(IdeaRefusal::Unavailable)?;
        let keeping = async {
            let before = store.ideas_of(&new.conversation).await?;
            if let Some(same) = before.into_iter().find(|idea| idea.words == new.words) {
                return Ok(Some(same.receipt));
            }
            let is_kept = store.add_idea(&new, MOST_IDEAS).await?;
            Ok(is_kept.then_some(new.receipt))
        };
        // Longer than for a question: this is not kept in memory when the database is slow.
        let kept: Result<_, StoreError> = match tokio::time::timeout(ERASING, keeping).await {
            Ok(kept) => kept,
            Err(_) => {
                tracing::warn!(patience = ?ERASING, "an idea could not be saved in time");
                return Err(IdeaRefusal::Unavailable);
            }
        };
        match kept {
            Ok(Some(receipt)) => Ok(receipt),
            Ok(None) => Err(IdeaRefusal::TooMany),
            Err(error) => {
                tracing::warn!(%error, "an idea could not be saved");
                Err(IdeaRefusal::Unavailable)
            }
        }
    }
}

/// What it is, as it is kept.
fn words(written: &str) -> Result<String, IdeaRefusal> {
    let written = written.trim();
    if written.is_empty() {
        return Err(IdeaRefusal::Empty);
    }
    if written.chars().count() > LONGEST_IDEA {
        return Err(IdeaRefusal::TooLong);
    }
    Ok(mask(written).text)
}

/// The code; nothing when it is none, for what someone has written is kept nowhere unmasked.
fn code(given: &str) -> &str {
    let is_code = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | '_');
    if given.len() <= LONGEST_CODE && given.chars().all(is_code) {
        given
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn only_a_code_is_kept_as_it_is() {
        assert_eq!(code("friends"), "friends");
        for written in ["Kerstin Berg", "070-174 06 05", "ååå", &"a".repeat(41)] {
            assert_eq!(code(written), "", "{written}");
        }
    }
}
