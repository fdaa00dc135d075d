//! The guided ways in: a message or something pressed leads along one, and what is handed over at its end goes to staff.
//!
//! Where someone is on a way in is kept in memory for a while and written nowhere, for it holds what they said. What is
//! pressed says itself where it leads, so that it works in another replica and after a restart; only what was written in
//! someone's own words is then asked for again.

use std::sync::Arc;

use super::working::blocking;
use super::{Desk, Happening, Message, PATH_END, Reply};
use crate::answering::{Answer, Answerer, Block, Decision};
use crate::knowledge::{EntryId, Language, fill};
use crate::paths::{Guide, Heard, Path, View};

impl Desk {
    /// Where a message leads that begins a way in or answers the step of one, and otherwise whether there is a step to be put
    /// once more below its answer. A number names what was `offered` last to choose among.
    pub(super) async fn walk(
        &self,
        message: &Message<'_>,
        answerer: &Arc<Answerer>,
        language: Language,
        offered: &[EntryId],
    ) -> Walked {
        let at = self.walks.get(message.conversation);
        let number: Option<usize> = message.text.trim().parse().ok();
        if let (Some(path), Some(1..)) = (&at, number.filter(|n| *n <= offered.len())) {
            let path = path.clone();
            return Walked::Aside { path, asks: true };
        }
        let heard = self.hear(answerer, language, &at, message.text).await;
        // However far someone is on a way in, help comes first, and nothing of it stays. Off it the answering sees to that.
        if heard != Heard::Nothing && self.is_in_need(message, answerer, language) {
            self.walks.remove(message.conversation);
            return Walked::Elsewhere;
        }
        match heard {
            Heard::Nothing => {
                // Where all has been answered, a question is the beginning of something else.
                self.walks.remove(message.conversation);
                Walked::Elsewhere
            }
            Heard::Aside { asks } => match at {
                Some(path) => Walked::Aside { path, asks },
                None => Walked::Elsewhere,
            },
            heard => Walked::To(Box::new(
                self.arrive(message, answerer, language, heard).await,
            )),
        }
    }

    /// Where a message leads. On a way in that may take finding things in the base; off it, it takes next to nothing.
    async fn hear(
        &self,
        answerer: &Arc<Answerer>,
        language: Language,
        at: &Option<Path>,
        text: &str,
    ) -> Heard {
        let Some(path) = at.clone() else {
            return self.guide(answerer, language).hear(None, text);
        };
        let text = text.to_owned();
        self.guided(answerer, language, move |guide| {
            guide.hear(Some(&path), &text)
        })
        .await
    }

    /// What comes of some work with the guide, on a thread that may work.
    async fn guided<T: Send + 'static>(
        &self,
        answerer: &Arc<Answerer>,
        language: Language,
        work: impl FnOnce(&Guide<'_>) -> T + Send + 'static,
    ) -> T {
        // The turns are never closed, so that there is one in the end.
        let _turn = self.turns.acquire().await;
        let (answerer, today) = (Arc::clone(answerer), self.today());
        blocking(move || {
            work(&Guide {
                answerer: &answerer,
                language,
                today,
            })
        })
        .await
    }

    /// Whether whoever writes is in need. What is nothing but an answer to the step they are at is no cry for help.
    pub(super) fn is_in_need(
        &self,
        message: &Message<'_>,
        answerer: &Answerer,
        language: Language,
    ) -> bool {
        if !answerer.is_cry_for_help(message.text) {
            return false;
        }
        let at = self.walks.get(message.conversation);
        let guide = self.guide(answerer, language);
        !at.is_some_and(|at| guide.is_only_answered(&at, message.text))
    }

    /// Where something that was pressed on a way in leads; `None` when it leads nowhere.
    pub async fn lead(
        &self,
        conversation: &str,
        channel: &str,
        code: &str,
        language: Language,
    ) -> Option<Reply> {
        if self.is_resting() {
            return Some(self.resting_reply(language));
        }
        let at = self.walks.get(conversation);
        let heard = Guide::place(code, at.as_ref())?;
        // What is written next is answered in the language of what was pressed.
        self.speak(conversation, language).await;
        let answerer = self.library.current();
        let message = Message {
            conversation,
            channel,
            text: "",
            language: Some(language),
        };
        let reply = self.arrive(&message, &answerer, language, heard).await;
        self.count_answer(&reply.answer, channel);
        Some(reply)
    }

    /// What a way in has led to, to print: by its code and, where words are missing in it, where the conversation is; `None`
    /// when the code is none, or not all has been answered.
    pub fn look_at(
        &self,
        conversation: Option<&str>,
        code: &str,
        language: Language,
    ) -> Option<Answer> {
        let at = conversation.and_then(|name| self.walks.get(name));
        let Some(Heard::To(path)) = Guide::place(code, at.as_ref()) else {
            return None;
        };
        let answerer = self.library.current();
        let view = self.guide(&answerer, language).look(&path);
        let is_result = view.step.is_none() && view.act.is_none();
        is_result.then(|| self.on_path(view.blocks, language).answer)
    }

    /// Puts the step once more below an answer that was given in between.
    pub(super) fn ask_again(&self, reply: &mut Reply, path: &Path) {
        let answerer = self.library.current();
        let language = reply.answer.language;
        let Some(step) = self.guide(&answerer, language).again(path) else {
            return;
        };
        let say = &answerer.knowledge().path_texts(language).say;
        let text = match &step {
            Block::Step { writes: true, .. } => &say.not_your_words,
            _ => &say.back_on_path,
        };
        reply.answer.blocks.push(Block::Text { text: text.clone() });
        reply.answer.blocks.push(step);
    }

    /// What is said to what answers neither the step nor any question: nothing of it is kept.
    pub(super) fn not_understood(&self, path: &Path, language: Language) -> Reply {
        let answerer = self.library.current();
        let say = &answerer.knowledge().path_texts(language).say;
        let mut blocks = vec![Block::Text {
            text: say.not_understood.clone(),
        }];
        blocks.extend(self.guide(&answerer, language).again(path));
        self.on_path(blocks, language)
    }

    /// Adds what leads into the ways in that go with what was answered.
    pub(super) fn offer_paths(&self, answer: &mut Answer) {
        if answer.decision != Decision::Answer {
            return;
        }
        let answerer = self.library.current();
        let guide = self.guide(&answerer, answer.language);
        let offered = answer.shown.first().and_then(|id| guide.offered_with(id));
        answer.blocks.extend(offered);
    }

    async fn arrive(
        &self,
        message: &Message<'_>,
        answerer: &Arc<Answerer>,
        language: Language,
        heard: Heard,
    ) -> Reply {
        let say = &answerer.knowledge().path_texts(language).say;
        match heard {
            Heard::To(path) => self.show_place(message, answerer, language, &path).await,
            Heard::ToIn(path, language) => {
                self.speak(message.conversation, language).await;
                self.show_place(message, answerer, language, &path).await
            }
            Heard::TooLong(limit) => {
                let text = fill(&say.too_long, &[("limit", &limit.to_string())]);
                self.say(text, language)
            }
            Heard::Stop | Heard::Aside { .. } | Heard::Nothing => {
                let at = self.walks.get(message.conversation);
                if let Some((at, step)) = at.and_then(|at| Some((at.name(), at.step_key()?))) {
                    self.count_step(at, step, Happening::Stopped);
                }
                self.walks.remove(message.conversation);
                let blocks = vec![Block::Text {
                    text: say.stopped.clone(),
                }];
                self.on_path(blocks, language)
            }
        }
    }

    async fn show_place(
        &self,
        message: &Message<'_>,
        answerer: &Arc<Answerer>,
        language: Language,
        path: &Path,
    ) -> Reply {
        let place = path.clone();
        let looking = self.guided(answerer, language, move |guide| guide.look(&place));
        let View {
            path, blocks, act, ..
        } = looking.await;
        if let Some(act) = act {
            // Help that is called for here leads back to where messages come in.
            return Box::pin(self.do_act(message, answerer, language, &path, act)).await;
        }
        let (name, step) = (path.name(), path.step_key().unwrap_or(PATH_END));
        if self.walks.come_to(message.conversation, path) {
            self.count_step(name, step, Happening::Reached);
        }
        let mut reply = self.on_path(blocks, language);
        self.greet(message, &mut reply.answer).await;
        reply
    }

    /// Says first what this is, when nothing has been said yet, and forgets what was offered to choose among before.
    async fn greet(&self, message: &Message<'_>, answer: &mut Answer) {
        let mut conversation = self.conversation(message.conversation).await;
        if conversation.greeted && conversation.offered.is_empty() {
            return;
        }
        // A number names an answer to the step from here on.
        conversation.offered.clear();
        if !conversation.greeted {
            let text = self.notice(answer.language);
            answer.blocks.insert(0, Block::Notice { text });
            conversation.greeted = true;
            conversation.language = Some(answer.language);
        }
        self.remember(message.conversation, conversation).await;
    }

    pub(super) fn guide<'a>(&self, answerer: &'a Answerer, language: Language) -> Guide<'a> {
        Guide {
            answerer,
            language,
            today: self.today(),
        }
    }

    /// What is shown on a way in, as a reply.
    pub(super) fn on_path(&self, blocks: Vec<Block>, language: Language) -> Reply {
        let mut reply = self.say(String::new(), language);
        reply.answer.decision = Decision::Path;
        reply.answer.blocks = blocks;
        reply
    }
}

/// Where a message has led.
pub(super) enum Walked {
    /// Along a way in.
    To(Box<Reply>),
    /// It does not answer the step, and may be a question.
    Aside {
        /// Where the person is.
        path: Path,
        /// Whether it asks something.
        asks: bool,
    },
    /// It has nothing to do with a way in.
    Elsewhere,
}
