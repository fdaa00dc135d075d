//! Erasing what people have left: a conversation, what has one receipt, or all that one person has left by a channel that
//! knows who it is. What staff hold stays, and whoever asked is told.

use tokio::sync::broadcast;
use tokio::time::timeout;

use super::receipts::{Left, look_up};
use super::{Desk, ERASING, Reply, now};
use crate::knowledge::{Language, fill};
use crate::store::{Erased, NewAudit, Receipt, StoreError, Theirs};

/// So many erasures are kept for whoever has not heard of them yet.
pub(super) const UNHEARD: usize = 256;

impl Desk {
    /// Tells from now on of each conversation that something is erased of, by whomever and by whichever channel: for what a
    /// channel shows again.
    pub fn erasures(&self) -> broadcast::Receiver<String> {
        self.erasures.subscribe()
    }

    /// Deletes a conversation with all that was left in it, and says how many questions there were.
    pub async fn erase(&self, conversation: &str) -> Reply {
        let answerer = self.library.current();
        let before = self.conversation(conversation).await;
        let language = before
            .language
            .unwrap_or(answerer.knowledge().municipality().default_language);
        let phrases = answerer.knowledge().phrases(language);
        let text = match self.forget(conversation).await {
            Some(erased) => self.erased_text(&erased, language),
            None => phrases.erase_unavailable.clone(),
        };
        self.say(text, language)
    }

    /// Deletes a conversation with all that was left in it; what that was, and `None` when the database is away.
    pub async fn forget(&self, conversation: &str) -> Option<Erased> {
        self.leave_memory(conversation);
        let waiting = self.backlog.forget(conversation);
        let theirs = Theirs::Conversation(conversation);
        let mut erased = self.erase_theirs(&theirs, None).await.ok()?;
        erased.questions += waiting;
        Some(erased)
    }

    /// Deletes what has this receipt and what is remembered of its conversation; with `all`, everything that was left in
    /// that conversation. What that was, with the conversation that it was left in. Fails when the database is away.
    pub async fn erase_receipt(
        &self,
        receipt: &Receipt,
        all: bool,
    ) -> Result<(Erased, Option<String>), StoreError> {
        self.erase_receipt_by(receipt, all, None).await
    }

    /// The same as an act of staff, which stands in the trail.
    pub(super) async fn erase_receipt_by(
        &self,
        receipt: &Receipt,
        all: bool,
        audit: Option<&NewAudit>,
    ) -> Result<(Erased, Option<String>), StoreError> {
        let looked_up = timeout(ERASING, self.conversation_of(receipt)).await;
        let conversation = looked_up.map_err(|_| too_slow())??;
        let known = conversation.as_deref().filter(|id| !id.is_empty());
        let mut waiting = 0;
        if let Some(id) = known {
            // What is to stay of a conversation is on disk.
            waiting = if all { self.backlog.forget(id) } else { 0 };
            self.leave_memory(id);
        }
        let theirs = match known {
            Some(id) if all => Theirs::Conversation(id),
            Some(_) | None => Theirs::Receipt(receipt),
        };
        let mut erased = self.erase_theirs(&theirs, audit).await?;
        erased.questions += waiting;
        Ok((erased, conversation))
    }

    /// Deletes the conversations whose ids begin with `prefix` with all that was left in them, and the wishes and
    /// reminders with the person's address; says how many questions there were.
    pub async fn erase_person(
        &self,
        prefix: &str,
        channel: &str,
        address: &str,
        language: Language,
    ) -> Reply {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let person = Theirs::Person {
            prefix,
            channel,
            address,
        };
        let text = match self.erase_person_by(&person, None).await {
            Ok(erased) => {
                let count = erased.questions.to_string();
                let text = fill(&phrases.erased_person, &[("count", &count)]);
                self.with_held(text, &erased, language)
            }
            Err(_) => phrases.erase_unavailable.clone(),
        };
        self.say(text, language)
    }

    /// The same, perhaps as an act of staff; what that was. Fails when the database is away.
    pub(super) async fn erase_person_by(
        &self,
        person: &Theirs<'_>,
        audit: Option<&NewAudit>,
    ) -> Result<Erased, StoreError> {
        let mut waiting = 0;
        if let Theirs::Person { prefix, .. } = person {
            waiting = self.backlog.forget_all(prefix);
            self.recent.retain(|id, _| !id.starts_with(prefix));
            self.walks.retain(|id| !id.starts_with(prefix));
        }
        let mut erased = self.erase_theirs(person, audit).await?;
        erased.questions += waiting;
        Ok(erased)
    }

    /// What someone is told whose conversation was erased.
    pub fn erased_text(&self, erased: &Erased, language: Language) -> String {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let count = erased.questions.to_string();
        self.with_held(
            fill(&phrases.erased, &[("count", &count)]),
            erased,
            language,
        )
    }

    /// What someone is told who has had what has a receipt erased.
    pub fn erased_receipt_text(
        &self,
        receipt: &Receipt,
        erased: &Erased,
        language: Language,
    ) -> String {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        let named = [("receipt", receipt.as_str())];
        if !erased.is_any() {
            return fill(&phrases.receipt_unknown, &named);
        }
        let is_gone = erased.questions + erased.ideas + erased.call_backs > 0;
        let text = match is_gone {
            true => fill(&phrases.keeping.erased, &named),
            false => String::new(),
        };
        self.with_held(text, erased, language)
    }

    /// Whom to turn to with questions about what is kept.
    pub(super) fn whom_to_ask(&self, language: Language) -> String {
        let answerer = self.library.current();
        let knowledge = answerer.knowledge();
        let phrases = &knowledge.phrases(language).keeping;
        match &self.practice.data_protection {
            Some(mail) => fill(&phrases.officer, &[("mail", mail)]),
            None => fill(
                &phrases.no_officer,
                &[("way_in", &knowledge.way_in(language))],
            ),
        }
    }

    /// A text, and below it what stays because staff hold it.
    fn with_held(&self, text: String, erased: &Erased, language: Language) -> String {
        if erased.held == 0 {
            return text;
        }
        let answerer = self.library.current();
        let phrases = &answerer.knowledge().phrases(language).keeping;
        let held = fill(&phrases.held, &[("count", &erased.held.to_string())]);
        let told = format!("{text}\n\n{held} {}", self.whom_to_ask(language));
        told.trim_start().to_owned()
    }

    /// Has nothing of a conversation be remembered or shown any longer.
    fn leave_memory(&self, conversation: &str) {
        self.recent.remove(conversation);
        self.walks.remove(conversation);
        // Nobody listens where nothing is shown again.
        _ = self.erasures.send(conversation.to_owned());
    }

    /// The conversation that what has this receipt was left in; `None` when there is nothing with that receipt.
    async fn conversation_of(&self, receipt: &Receipt) -> Result<Option<String>, StoreError> {
        let left = look_up(&*self.open_store()?, receipt).await?;
        Ok(left.map(Left::conversation))
    }

    async fn erase_theirs(
        &self,
        theirs: &Theirs<'_>,
        audit: Option<&NewAudit>,
    ) -> Result<Erased, StoreError> {
        let store = self.open_store()?;
        let erasing = timeout(ERASING, store.erase(theirs, now(), audit)).await;
        let erased = erasing.map_err(|_| too_slow())??;
        if erased.questions > 0 {
            self.tidy_after_erasing(&erased.gone).await;
        }
        Ok(erased)
    }
}

/// A database that takes longer than anyone waits.
pub(super) fn too_slow() -> StoreError {
    StoreError::Unavailable("it took too long".to_owned())
}
