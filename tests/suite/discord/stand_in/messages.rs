//! Messages: how they are remembered, described and shown, and the routes that send, edit, read and delete them.

use serde_json::{Value, json};
use serenity::all::Permissions;

use super::components::{self, BUTTON, SELECT};
use super::draft::Draft;
use super::people::{Nature, Person, Place};
use super::pings::{Ping, Pinged, mentioned, pinged};
use super::refusal::{Form, Refusal};
use super::world::{APPLICATION, BOT, GUILD, World, timestamp};

/// The flag of a message that only one person sees.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// The flag of a deferred response: "the bot is thinking".
pub(super) const LOADING: u64 = 1 << 7;

/// A message as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) content: String,
    /// The embeds, as Discord's JSON.
    pub(crate) embeds: Vec<Value>,
    /// The rows of components, as Discord's JSON.
    pub(crate) components: Vec<Value>,
    /// The only one who sees it, when it is ephemeral.
    pub(crate) only_for: Option<u64>,
    /// The message it replies to.
    pub(crate) replies_to: Option<u64>,
    /// The interaction it responds to or follows up.
    pub(crate) interaction: Option<u64>,
    pub(crate) edits: usize,
    pub(crate) deleted: bool,
    pub(super) author: Person,
    pub(super) flags: u64,
    pub(super) sent: String,
    pub(super) edited: Option<String>,
    pub(super) nonce: Option<String>,
}

impl Message {
    /// Whether the bot sent it.
    pub(crate) fn is_the_bots(&self) -> bool {
        self.author.id == BOT
    }

    /// Whether only one person sees it.
    pub(crate) fn ephemeral(&self) -> bool {
        self.only_for.is_some()
    }

    /// Whether it shows only that the bot is thinking.
    pub(crate) fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }

    /// Everything there is to read in it: the content, then of each embed the author, title, description, fields and
    /// footer, a line each.
    pub(crate) fn text(&self) -> String {
        let mut texts: Vec<&Value> = Vec::new();
        for embed in &self.embeds {
            texts.extend([
                &embed["author"]["name"],
                &embed["title"],
                &embed["description"],
            ]);
            for field in embed["fields"].as_array().into_iter().flatten() {
                texts.extend([&field["name"], &field["value"]]);
            }
            texts.push(&embed["footer"]["text"]);
        }
        let embedded = texts.into_iter().filter_map(Value::as_str);
        let content = Some(self.content.as_str()).filter(|content| !content.is_empty());
        content
            .into_iter()
            .chain(embedded)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The labels of its buttons, in order.
    pub(crate) fn buttons(&self) -> Vec<&str> {
        let buttons = self.inside().filter(|c| c["type"] == BUTTON);
        buttons
            .map(|b| b["label"].as_str().unwrap_or_default())
            .collect()
    }

    /// The labels of what can be chosen in its menus, in order.
    pub(crate) fn options(&self) -> Vec<&str> {
        let menus = self.inside().filter(|c| c["type"] == SELECT);
        let options = menus
            .filter_map(|menu| menu["options"].as_array())
            .flatten();
        options
            .filter_map(|option| option["label"].as_str())
            .collect()
    }

    /// The buttons and menus themselves.
    pub(super) fn inside(&self) -> impl Iterator<Item = &Value> {
        components::inside(&self.components)
    }
}

impl World {
    /// `POST /channels/…/messages`: sends a message as the bot.
    pub(super) fn post(&mut self, channel: u64, body: &Value) -> Result<Value, Refusal> {
        self.bot_may(
            channel,
            Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES,
        )?;
        if let Place::Direct(person) = self.channel(channel)?.place
            && self.closed.contains(&person)
        {
            return Err(Refusal::CLOSED_TO_MESSAGES);
        }
        let draft = Draft::read(body)?;
        if draft.is_empty() {
            return Err(Refusal::EMPTY_MESSAGE);
        }
        let same =
            |m: &&Message| m.channel == channel && m.nonce.is_some() && m.nonce == draft.nonce;
        if let Some(written) = self.messages.values().find(same) {
            return Ok(self.describe(written));
        }
        if draft
            .embeds
            .as_ref()
            .is_some_and(|embeds| !embeds.is_empty())
        {
            self.bot_may(channel, Permissions::EMBED_LINKS)?;
        }
        let mut message = self.compose(channel, &draft);
        message.nonce.clone_from(&draft.nonce);
        if let Some(to) = draft.replies_to {
            self.bot_may(channel, Permissions::READ_MESSAGE_HISTORY)
                .map_err(|_| Refusal::NO_HISTORY)?;
            let there = |m: &Message| !m.deleted && m.channel == channel;
            message.replies_to = Some(to).filter(|to| self.messages.get(to).is_some_and(there));
            if message.replies_to.is_none() && draft.must_exist {
                let code = "REPLIES_UNKNOWN_MESSAGE";
                return Err(Form::refused("message_reference", code, "Unknown message"));
            }
        }
        Ok(self.show(message, &draft.allowed_mentions))
    }

    /// `PATCH /channels/…/messages/…`: edits a message of the bot's.
    pub(super) fn edit(&mut self, channel: u64, id: u64, body: &Value) -> Result<Value, Refusal> {
        self.bot_may(channel, Permissions::VIEW_CHANNEL)?;
        if !self.message(channel, id)?.is_the_bots() {
            return Err(Refusal::ANOTHERS_MESSAGE);
        }
        self.revise(id, &Draft::read(body)?)
    }

    /// `DELETE /channels/…/messages/…`.
    pub(super) fn delete(&mut self, channel: u64, id: u64) -> Result<Value, Refusal> {
        self.bot_may(channel, Permissions::VIEW_CHANNEL)?;
        if !self.message(channel, id)?.is_the_bots() {
            self.bot_may(channel, Permissions::MANAGE_MESSAGES)?;
        }
        self.remove(id);
        Ok(Value::Null)
    }

    /// `GET /channels/…/messages/…`.
    pub(super) fn read(&self, channel: u64, id: u64) -> Result<Value, Refusal> {
        self.bot_may(
            channel,
            Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY,
        )?;
        Ok(self.describe(self.message(channel, id)?))
    }

    /// `GET /channels/…/messages`: the newest first, at most fifty.
    pub(super) fn read_all(&self, channel: u64) -> Result<Value, Refusal> {
        self.bot_may(
            channel,
            Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY,
        )?;
        let newest = self.messages.values().rev();
        let seen = newest.filter(|m| m.channel == channel && !m.deleted && !m.ephemeral());
        Ok(seen.take(50).map(|m| self.describe(m)).collect())
    }

    /// `POST /channels/…/typing`.
    pub(super) fn type_in(&mut self, channel: u64) -> Result<Value, Refusal> {
        self.bot_may(
            channel,
            Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES,
        )?;
        self.typing.push(channel);
        Ok(Value::Null)
    }

    /// Fails when the channel is gone or the bot may not do there what it is about to do.
    pub(super) fn bot_may(&self, channel: u64, what: Permissions) -> Result<(), Refusal> {
        let may = self.channel(channel)?.bot_may();
        if what.contains(Permissions::VIEW_CHANNEL) && !may.contains(Permissions::VIEW_CHANNEL) {
            return Err(Refusal::MISSING_ACCESS);
        }
        if may.contains(what) {
            Ok(())
        } else {
            Err(Refusal::MISSING_PERMISSIONS)
        }
    }

    /// A message that the bot is about to send, from what it handed in.
    pub(super) fn compose(&mut self, channel: u64, draft: &Draft) -> Message {
        let author = self.bot.clone();
        let mut message = self.written(
            channel,
            author,
            draft.content.as_deref().unwrap_or_default(),
        );
        message.embeds = draft.embeds.clone().unwrap_or_default();
        message.components = draft.components.clone().unwrap_or_default();
        message
    }

    /// A message that someone is about to send.
    pub(super) fn written(&mut self, channel: u64, author: Person, content: &str) -> Message {
        Message {
            id: self.new_id(),
            channel,
            content: content.to_owned(),
            embeds: Vec::new(),
            components: Vec::new(),
            only_for: None,
            replies_to: None,
            interaction: None,
            edits: 0,
            nonce: None,
            deleted: false,
            author,
            flags: 0,
            sent: timestamp(),
            edited: None,
        }
    }

    /// Shows a message, and gives it as Discord describes it. Whoever can see the channel is told of it.
    pub(super) fn show(&mut self, message: Message, allowed_mentions: &Value) -> Value {
        if message.is_the_bots() {
            self.note_pings(&message, allowed_mentions);
        }
        let id = message.id;
        self.messages.insert(id, message);
        self.tell_of("MESSAGE_CREATE", id);
        self.describe(&self.messages[&id])
    }

    /// Changes a message as a draft says, and gives it as Discord describes it.
    pub(super) fn revise(&mut self, id: u64, draft: &Draft) -> Result<Value, Refusal> {
        let message = self.messages.get_mut(&id).filter(|m| !m.deleted);
        let message = message.ok_or(Refusal::UNKNOWN_MESSAGE)?;
        let content = draft
            .content
            .clone()
            .unwrap_or_else(|| message.content.clone());
        let embeds = draft
            .embeds
            .clone()
            .unwrap_or_else(|| message.embeds.clone());
        if content.is_empty() && embeds.is_empty() {
            return Err(Refusal::EMPTY_MESSAGE);
        }
        (message.content, message.embeds) = (content, embeds);
        if let Some(components) = &draft.components {
            message.components.clone_from(components);
        }
        message.edits += 1;
        message.edited = Some(timestamp());
        // What fills a deferred response is sent, not edited: it pings.
        if message.is_loading() {
            message.flags &= !LOADING;
            let message = message.clone();
            self.note_pings(&message, &draft.allowed_mentions);
        }
        self.tell_of("MESSAGE_UPDATE", id);
        Ok(self.describe(&self.messages[&id]))
    }

    /// Deletes a message, whoever's it is.
    pub(super) fn remove(&mut self, id: u64) {
        let message = self.messages.get_mut(&id).unwrap();
        message.deleted = true;
        let (channel, ephemeral) = (message.channel, message.ephemeral());
        let place = self.channels[&channel].place;
        let mut data = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
        if place == Place::Guild {
            data["guild_id"] = json!(GUILD.to_string());
        }
        if !ephemeral {
            self.dispatch("MESSAGE_DELETE", &data, place);
        }
    }

    /// A message as Discord describes it, with the one that it replies to.
    pub(super) fn describe(&self, message: &Message) -> Value {
        let mut described = self.describe_alone(message);
        if let Some(to) = message.replies_to {
            let referenced = self.messages.get(&to).filter(|m| !m.deleted);
            described["referenced_message"] = referenced.map(|m| self.describe_alone(m)).into();
        }
        described
    }

    fn describe_alone(&self, message: &Message) -> Value {
        let mut users = Vec::new();
        let mut roles = Vec::new();
        let mut everyone = false;
        for whom in mentioned(&message.content) {
            match whom {
                Pinged::Everyone => everyone = true,
                Pinged::User(id) => users.extend(self.person(id).map(Person::user)),
                Pinged::Role(id) => roles.push(id.to_string()),
            }
        }
        // A person's reply pings whom it answers, which makes it a mention.
        let answers = message.replies_to.filter(|_| !message.is_the_bots());
        let answered = answers
            .and_then(|to| self.messages.get(&to))
            .map(|m| m.author.user());
        users.extend(answered.filter(|user| !users.contains(user)));
        let interaction = message
            .interaction
            .and_then(|id| self.interactions.get(&id));
        let kind = match (message.replies_to, interaction) {
            (Some(_), _) => 19,
            (None, Some(interaction)) if interaction.is_command() => 20,
            (None, _) => 0,
        };
        let mut described = json!({
            "id": message.id.to_string(), "channel_id": message.channel.to_string(), "type": kind,
            "author": message.author.user(), "content": message.content, "timestamp": message.sent,
            "edited_timestamp": message.edited, "tts": false, "pinned": false, "flags": message.flags,
            "mention_everyone": everyone, "mentions": users, "mention_roles": roles, "attachments": [],
            "embeds": message.embeds, "components": message.components,
        });
        if let Some(to) = message.replies_to {
            described["message_reference"] = json!({ "type": 0, "message_id": to.to_string(), "channel_id": message.channel.to_string() });
        }
        if message.author.nature == Nature::Webhook {
            described["webhook_id"] = json!(message.author.id.to_string());
        }
        if let Some(interaction) = interaction {
            described["application_id"] = json!(APPLICATION.to_string());
            described["webhook_id"] = json!(APPLICATION.to_string());
            described["interaction_metadata"] = self.describe_interaction(interaction);
        }
        described
    }

    /// A message in a channel, unless it is gone or the bot is not shown it there.
    fn message(&self, channel: u64, id: u64) -> Result<&Message, Refusal> {
        let seen = |m: &&Message| m.channel == channel && !m.deleted && !m.ephemeral();
        self.messages
            .get(&id)
            .filter(seen)
            .ok_or(Refusal::UNKNOWN_MESSAGE)
    }

    fn note_pings(&mut self, message: &Message, allowed_mentions: &Value) {
        let replied_to = message.replies_to.and_then(|to| self.messages.get(&to));
        let replied_to = replied_to.map(|m| m.author.id);
        let all = pinged(&message.content, replied_to, allowed_mentions);
        let of_message = |whom| Ping {
            message: message.id,
            whom,
        };
        self.pings.extend(all.into_iter().map(of_message));
    }

    /// Tells the gateway of a message. Nobody is told of an ephemeral one.
    fn tell_of(&mut self, event: &str, id: u64) {
        let message = &self.messages[&id];
        if message.ephemeral() {
            return;
        }
        let place = self.channels[&message.channel].place;
        let mut data = self.describe(message);
        if place == Place::Guild {
            data["guild_id"] = json!(GUILD.to_string());
            if message.author.nature != Nature::Webhook {
                data["member"] = message.author.member();
            }
        }
        self.dispatch(event, &data, place);
    }
}
