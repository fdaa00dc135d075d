//! What came of it: waiting for what a test expects, and saying what was seen instead.

use std::fmt::Write;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};

use super::gateway::{Identified, Resumed};
use super::interactions::{Interaction, Response};
use super::messages::Message;
use super::pings::Ping;
use super::{Request, StandIn, World};

/// How many of the last requests and messages are listed when a wait was in vain.
const LISTED: usize = 20;

impl StandIn {
    /// Waits until something is there in what the stand-in remembers, and gives it. Fails after the patience of the
    /// options, with what was waited for and what was seen instead.
    pub(crate) async fn wait_for<T>(
        &self,
        what: &str,
        mut look: impl FnMut(&World) -> Option<T>,
    ) -> T {
        let mut changes = self.shared.changes();
        let until = Instant::now() + self.options.patience;
        loop {
            if let Some(found) = self.shared.look(&mut look) {
                return found;
            }
            if timeout_at(until, changes.changed()).await.is_err() {
                let seen = self.shared.look(World::summary);
                panic!(
                    "{what} did not come within {:?}; seen instead:\n{seen}",
                    self.options.patience
                );
            }
        }
    }

    /// Waits until every shard that the stand-in asked for has a session that hears events.
    pub(crate) async fn ready(&self) {
        let shards = self.options.shards as usize;
        self.wait_for("every shard", |world| {
            (world.listening() >= shards).then_some(())
        })
        .await;
    }

    /// Waits for what an interaction leads to in the end: the message it is responded to with, once that is more than
    /// "the bot is thinking", or the message that it changed.
    pub(crate) async fn reply_to(&self, interaction: &Interaction) -> Message {
        let id = interaction.id;
        self.wait_for(
            &format!("the reply to interaction {id}"),
            |world| match world.interactions[&id].response {
                Some(Response::Shown(message)) => Some(world.messages[&message].clone()),
                Some(Response::Pending(_) | Response::Form(_)) | None => None,
            },
        )
        .await
    }

    /// Waits for the form that an interaction is responded to with, as Discord's JSON.
    pub(crate) async fn form_after(&self, interaction: &Interaction) -> Value {
        let id = interaction.id;
        self.wait_for(
            &format!("a form after interaction {id}"),
            |world| match &world.interactions[&id].response {
                Some(Response::Form(form)) => Some(form.clone()),
                Some(Response::Pending(_) | Response::Shown(_)) | None => None,
            },
        )
        .await
    }

    /// Waits for the bot's answer to a message: the first one after it in its channel that replies to it or to nothing.
    pub(crate) async fn answer_to(&self, message: &Message) -> Message {
        let answers = |m: &&Message| {
            let replies = m.replies_to.is_none_or(|to| to == message.id);
            m.is_the_bots() && m.id > message.id && m.channel == message.channel && replies
        };
        let what = format!("an answer to {:?}", message.content);
        self.wait_for(&what, |world| world.messages().find(answers).cloned())
            .await
    }

    /// Watches for a while, and fails if the bot shows or changes a message.
    pub(crate) async fn stays_silent(&self, time: Duration) {
        let said = |world: &World| {
            let own = world.messages().filter(|m| m.is_the_bots());
            own.map(|m| 1 + m.edits).sum::<usize>()
        };
        let before = self.shared.look(said);
        sleep(time).await;
        let (after, seen) = self.shared.look(|world| (said(world), world.summary()));
        assert!(
            before == after,
            "the bot was to say nothing; seen instead:\n{seen}"
        );
    }

    /// Looks at what the stand-in remembers.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.shared.look(look)
    }

    /// A message as it stands now.
    pub(crate) fn message(&self, id: u64) -> Message {
        self.look(|world| world.messages[&id].clone())
    }

    /// The messages that everyone in a channel sees, in the order they were sent.
    pub(crate) fn messages_in(&self, channel: u64) -> Vec<Message> {
        let seen = |m: &&Message| m.channel == channel && !m.deleted && !m.ephemeral();
        self.look(|world| world.messages().filter(seen).cloned().collect())
    }

    /// The messages that an interaction led to beside the reply, in the order they were sent.
    pub(crate) fn follow_ups_of(&self, interaction: &Interaction) -> Vec<Message> {
        self.look(|world| {
            let original = world.interactions[&interaction.id].original();
            let own =
                |m: &&Message| m.interaction == Some(interaction.id) && Some(m.id) != original;
            world.messages().filter(own).cloned().collect()
        })
    }

    /// Whom the bot's messages pinged.
    pub(crate) fn pings(&self) -> Vec<Ping> {
        self.look(|world| world.pings.clone())
    }

    /// The sessions that were begun, refused ones among them.
    pub(crate) fn identified(&self) -> Vec<Identified> {
        self.look(|world| world.gateway.identified.clone())
    }

    /// The sessions that were taken up again, or were to be.
    pub(crate) fn resumed(&self) -> Vec<Resumed> {
        self.look(|world| world.gateway.resumed.clone())
    }

    /// The requests that a pattern such as `POST /channels/*/messages` fits, in the order they came.
    pub(crate) fn requests(&self, pattern: &str) -> Vec<Request> {
        let fits = |r: &&Request| super::faults::matches(pattern, r);
        self.look(|world| world.requests().iter().filter(fits).cloned().collect())
    }
}

impl World {
    /// How many times the bot said that it was typing in a channel.
    pub(crate) fn typing_in(&self, channel: u64) -> usize {
        self.typing.iter().filter(|c| **c == channel).count()
    }

    /// How many heartbeats came.
    pub(crate) fn heartbeats(&self) -> usize {
        self.gateway.heartbeats
    }

    /// The codes that connections were closed with, by either side.
    pub(crate) fn closed(&self) -> &[u16] {
        &self.gateway.closed
    }

    /// What was seen, for who waited in vain.
    fn summary(&self) -> String {
        let mut text = String::new();
        for request in last(&self.requests) {
            let status = request
                .status
                .map_or("unanswered".to_owned(), |s| s.to_string());
            let body = shortened(&request.body.to_string());
            _ = writeln!(
                text,
                "  {} {} -> {status} {body}",
                request.method, request.path
            );
        }
        let messages: Vec<&Message> = self.messages().collect();
        for message in last(&messages) {
            let (by, said) = (&message.author.name, shortened(&message.text()));
            let only_for = if message.ephemeral() {
                ", for one only"
            } else {
                ""
            };
            let state = if message.is_loading() {
                ", thinking"
            } else {
                ""
            };
            _ = writeln!(
                text,
                "  {by} in {}{only_for}{state}: {said:?}",
                message.channel
            );
        }
        for interaction in self.interactions.values().filter(|i| i.response.is_none()) {
            _ = writeln!(text, "  interaction {} has no response", interaction.id);
        }
        let gateway = &self.gateway;
        let (identified, resumed) = (gateway.identified.len(), gateway.resumed.len());
        let (listening, closed) = (self.listening(), &gateway.closed);
        _ = writeln!(
            text,
            "  {listening} sessions listen; {identified} identified, {resumed} resumed, closed with {closed:?}"
        );
        if !gateway.unheard.is_empty() {
            _ = writeln!(text, "  nobody was there to hear {:?}", gateway.unheard);
        }
        text
    }
}

fn last<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(LISTED)..]
}

fn shortened(text: &str) -> String {
    text.chars().take(200).collect()
}
