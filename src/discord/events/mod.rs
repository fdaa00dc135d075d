//! What happens on Discord, each kind of event in a file of its own.

mod callback;
mod command;
mod form;
mod message;
mod path;
mod press;
mod reminder;

use std::sync::Arc;

use serenity::all::{Context, EventHandler, Interaction, Message, Ready, ResumedEvent};
use serenity::async_trait;

use super::bot::Bot;

/// Hands each event to the file that knows what to do. The library calls it from a task per event.
pub(super) struct Events(pub(super) Arc<Bot>);

#[async_trait]
impl EventHandler for Events {
    async fn ready(&self, _: Context, ready: Ready) {
        tracing::info!(servers = ready.guilds.len(), "connected to Discord");
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        tracing::debug!("the connection to Discord was resumed");
    }

    async fn message(&self, _: Context, message: Message) {
        self.0.at_work(message::heard(&self.0, &message)).await;
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        let bot = &self.0;
        match interaction {
            Interaction::Command(command) => bot.at_work(command::given(bot, &command)).await,
            Interaction::Component(press) => bot.at_work(press::pressed(bot, &press)).await,
            Interaction::Modal(form) => bot.at_work(form::sent(bot, &form)).await,
            // Discord asks for these over HTTP only, or lots has none.
            Interaction::Ping(_) | Interaction::Autocomplete(_) => {}
            other => tracing::debug!(kind = ?other.kind(), "an interaction of an unknown kind"),
        }
    }
}
