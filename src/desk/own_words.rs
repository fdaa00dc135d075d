//! What someone writes in a form that was opened for a step of a guided way in: it goes to that step, or nowhere.

use super::{Desk, Message, Reply};
use crate::knowledge::Language;
use crate::paths::{Guide, Heard, Path};

/// What a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordsAsked {
    /// What the way in is called.
    pub way_in: String,
    /// The question.
    pub ask: String,
    /// What helps to answer it.
    pub hint: Option<String>,
    /// More characters are not taken.
    pub longest: usize,
}

impl Desk {
    /// What is asked at the place with this code; `None` when its step is not answered in one's own words.
    pub fn words_asked(&self, code: &str, language: Language) -> Option<WordsAsked> {
        let answerer = self.library.current();
        let path = Path::parse(code)?;
        let guide = self.guide(&answerer, language);
        let asked = guide.own_words_asked(&path)?;
        Some(WordsAsked {
            way_in: asked.way_in.to_owned(),
            ask: asked.ask.to_owned(),
            hint: asked.hint.map(str::to_owned),
            longest: asked.longest,
        })
    }

    /// Takes a message to the step at the place with this code, as [`Desk::ask`] does where someone is on a way in; `None`
    /// when the code is that of no place. Where words that were written before are not known any longer, they are asked for
    /// again and the message is dropped: it could only be taken for something else.
    pub async fn write_at(&self, message: &Message<'_>, code: &str) -> Option<Reply> {
        if self.is_cry_for_help(message.text) {
            return Some(self.ask(message).await);
        }
        let Message {
            conversation,
            channel,
            ..
        } = *message;
        let at = self.walks.get(conversation);
        let Heard::To(path) = Guide::place(code, at.as_ref())? else {
            return None;
        };
        let language = message.language.unwrap_or_else(|| self.default_language());
        let answerer = self.library.current();
        let view = self.guide(&answerer, language).look(&path);
        if view.path != path || view.step.is_none() {
            return self.lead(conversation, channel, code, language).await;
        }
        self.speak(conversation, language).await;
        self.walks.come_to(conversation, path);
        Some(self.ask(message).await)
    }
}
