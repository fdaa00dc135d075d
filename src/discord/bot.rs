//! What every event needs: the desk, Discord's REST, the names of people, and how often they may ask.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serenity::all::{ChannelId, Message, MessageId, UserId};
use tokio::sync::RwLock;

use super::card::Drawing;
use super::ids::Press;
use super::names::{Names, Tag};
use super::rate::{Rate, Verdict};
use super::render::{Place, render, said, with_buttons};
use super::rest::{Rest, Ticket};
use super::retry::{Failure, Meaning};
use super::taking::Pages;
use crate::answering::Block;
use crate::config::DiscordSettings;
use crate::desk::{self, Desk, Library, Reply};
use crate::knowledge::{Language, Phrases, fill};

/// The channel's name, as the desk knows it.
pub(super) const CHANNEL: &str = "discord";

/// The bot at work.
pub(super) struct Bot {
    pub(super) desk: Arc<Desk>,
    pub(super) rest: Rest,
    pub(super) names: Names,
    pub(super) rate: Rate,
    pub(super) settings: DiscordSettings,
    /// Where results can be taken along from, when there are pages.
    pages: Option<Pages>,
    /// The bot's own user.
    pub(super) me: UserId,
    /// Held for reading by everything that is being answered.
    at_work: RwLock<()>,
}

/// Who does something, and where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) tag: Tag,
    pub(super) channel: ChannelId,
    /// Whether others can see what is written there.
    pub(super) shared: bool,
}

impl Bot {
    pub(super) fn new(
        desk: Arc<Desk>,
        rest: Rest,
        settings: DiscordSettings,
        pages: Option<Pages>,
        me: UserId,
    ) -> Bot {
        let token = settings.token.as_ref().map_or("", |t| t.reveal());
        Bot {
            desk,
            rest,
            names: Names::new(token),
            rate: Rate::new(settings.rate),
            settings,
            pages,
            me,
            at_work: RwLock::default(),
        }
    }

    /// The bot's sentences in a language.
    pub(super) fn phrases(&self, language: Language) -> Phrases {
        let answerer = self.library().current();
        answerer.knowledge().phrases(language).clone()
    }

    /// The language that those read whose own is not known, staff among them.
    pub(super) fn default_language(&self) -> Language {
        self.desk.default_language()
    }

    pub(super) fn library(&self) -> &Library {
        self.desk.library()
    }

    /// The person, unless the settings say that they get no answer.
    pub(super) fn person(&self, user: UserId, channel: ChannelId, shared: bool) -> Option<Person> {
        let ignored = self
            .settings
            .ignored
            .iter()
            .any(|id| id.get() == user.get());
        (!ignored).then(|| Person {
            user,
            tag: self.names.tag(user),
            channel,
            shared,
        })
    }

    /// The id of a person's conversation where they are.
    pub(super) fn conversation(&self, person: Person) -> String {
        self.names.conversation(person.user, person.channel)
    }

    /// Has the desk answer a question; `language` is what the person's Discord is in, where that is known.
    pub(super) async fn ask(
        &self,
        person: Person,
        text: &str,
        language: Option<Language>,
    ) -> Reply {
        let conversation = self.conversation(person);
        let message = desk::Message {
            conversation: &conversation,
            channel: CHANNEL,
            text,
            language,
        };
        self.desk.ask(&message).await
    }

    /// Counts what someone asks. `None` when they may go on, else what to tell them and whether to.
    pub(super) fn too_fast(&self, person: Person, language: Language) -> Option<(Drawing, bool)> {
        match self.rate.count(person.tag, Instant::now()) {
            Verdict::Within => None,
            Verdict::Over { seconds, first } => {
                let phrase = self.phrases(language).discord.slower;
                let text = fill(&phrase, &[("seconds", &seconds.to_string())]);
                Some((said(&text), first))
            }
        }
    }

    /// A reply of the desk as a message. What it says of commands is what holds here.
    pub(super) fn drawn(&self, reply: Reply, place: Place) -> Drawing {
        let mut answer = reply.answer;
        self.desk.say_hours(&mut answer.blocks, answer.language);
        let phrases = self.phrases(answer.language);
        let own = match answer.small_talk.as_deref() {
            Some("erase") => Some(phrases.discord.erase.clone()),
            Some("privacy") => Some(self.privacy(answer.language)),
            _ => None,
        };
        if let Some(text) = own {
            answer.blocks.retain(|b| matches!(b, Block::Notice { .. }));
            answer.blocks.push(Block::Text { text });
        }
        if reply.promised.is_some() {
            // Whoever is to be called need not be told; what they left can be taken back instead.
            answer.blocks.iter_mut().for_each(without_code);
        }
        let drawing = render(&answer, &phrases, place);
        let drawing = match &self.pages {
            Some(pages) => pages.beside(drawing, &answer),
            None => drawing,
        };
        match reply.promised {
            Some(promised) => {
                let (press, label) = (Press::Withdraw(promised.id), &phrases.callback.withdraw);
                with_buttons(drawing, [(press, label.as_str())], answer.language)
            }
            None => drawing,
        }
    }

    /// What is kept of those who ask here.
    pub(super) fn privacy(&self, language: Language) -> String {
        let days = self.desk.kept_days().to_string();
        fill(&self.phrases(language).discord.privacy, &[("days", &days)])
    }

    /// That something went wrong, and whom to turn to.
    pub(super) fn sorry(&self, language: Language) -> Drawing {
        let way_in = self.library().current().knowledge().way_in(language);
        said(&fill(
            &self.phrases(language).discord.failed,
            &[("way_in", &way_in)],
        ))
    }

    /// Replies to a message, where it was written.
    pub(super) async fn reply(&self, to: &Message, drawing: &Drawing) -> Result<(), Failure> {
        let mut reference = serenity::all::MessageReference::from(to);
        // A question that has been deleted since is answered all the same.
        reference.fail_if_not_exists = Some(false);
        let message = drawing.message().reference_message(reference);
        // While one program takes over from another, both hear the message; one answer to it is written.
        let nonce = to.id.to_string();
        self.rest
            .write(to.channel_id, nonce, message)
            .await
            .map(|_| ())
    }

    /// Writes to someone directly.
    pub(super) async fn tell(&self, user: UserId, drawing: &Drawing) -> Result<(), Failure> {
        let channel = self.rest.direct(user).await?;
        self.write(channel, drawing).await.map(|_| ())
    }

    /// Writes in a channel; the message's id.
    pub(super) async fn write(
        &self,
        channel: ChannelId,
        drawing: &Drawing,
    ) -> Result<MessageId, Failure> {
        // A conversation's name is random, which is all that a nonce must be.
        let nonce = Desk::new_conversation().chars().take(25).collect();
        self.rest.write(channel, nonce, drawing.message()).await
    }

    /// Says at once that an answer is coming, and then gives it. Whatever waits for a database is answered so: Discord
    /// gives three seconds for the first word, and fifteen minutes for the rest.
    pub(super) async fn answer_later(
        &self,
        ticket: Ticket<'_>,
        only_for_them: bool,
        work: impl Future<Output = Drawing>,
    ) {
        let thinking = super::draw::thinking(only_for_them);
        if let Err(failure) = self.rest.respond(ticket, &thinking).await {
            // Without a first word there can be no second, so that nothing is asked in vain.
            report(&failure, "an interaction could not be answered");
            return;
        }
        let drawing = work.await;
        let outcome = self
            .rest
            .respond_late(ticket, &drawing.late_response())
            .await;
        if let Err(failure) = outcome {
            report(&failure, "an answer could not be shown");
        }
    }

    /// Gives an answer that is ready.
    pub(super) async fn answer_now(
        &self,
        ticket: Ticket<'_>,
        only_for_them: bool,
        drawing: &Drawing,
    ) {
        let response = drawing.response(only_for_them);
        if let Err(failure) = self.rest.respond(ticket, &response).await {
            report(&failure, "an interaction could not be answered");
        }
    }

    /// Does something that [`Bot::finish`] waits for.
    pub(super) async fn at_work(&self, work: impl Future<Output = ()>) {
        let _at_work = self.at_work.read().await;
        work.await;
    }

    /// Waits until everything that is being answered has been, at most for a while.
    pub(super) async fn finish(&self, patience: Duration) {
        if tokio::time::timeout(patience, self.at_work.write())
            .await
            .is_err()
        {
            tracing::warn!(
                "some who asked on Discord did not get their answer before the program ended"
            );
        }
    }
}

fn without_code(block: &mut Block) {
    if let Block::Receipt { code, .. } = block {
        *code = None;
    }
}

/// Says once, where it is handled, that a call failed. What is gone or too late is nobody's fault.
pub(super) fn report(failure: &Failure, what: &str) {
    match failure.meaning() {
        Meaning::Gone | Meaning::TooLate | Meaning::NoDirectMessages => {
            tracing::debug!(%failure, "{what}");
        }
        Meaning::WrongToken | Meaning::Forbidden | Meaning::Passing | Meaning::Lasting => {
            tracing::warn!(%failure, "{what}");
        }
    }
}
