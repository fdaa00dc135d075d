//! The people, the roles and the channels.

use serde_json::{Value, json};
use serenity::all::Permissions;

use super::world::{BOT, GUILD, OWNER, World, timestamp};

/// What a bot may do in a channel where nothing is denied to it.
pub(super) const BOT_MAY: Permissions = MEMBER_MAY.union(Permissions::EMBED_LINKS);
/// What everyone may do.
pub(super) const MEMBER_MAY: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::USE_APPLICATION_COMMANDS);
/// What may be done in direct messages.
const DIRECT: Permissions = BOT_MAY.union(Permissions::ATTACH_FILES);

/// Who or what writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    Human,
    Bot,
    Webhook,
}

/// Someone on the server. A value: who speaks another language or holds a role is a person changed.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(super) locale: String,
    pub(super) roles: Vec<u64>,
    pub(super) permissions: Permissions,
    pub(super) nature: Nature,
}

impl Person {
    pub(super) fn new(id: u64, name: &str, nature: Nature) -> Person {
        Person {
            id,
            name: name.to_owned(),
            locale: "sv-SE".to_owned(),
            roles: Vec::new(),
            permissions: MEMBER_MAY,
            nature,
        }
    }

    /// The same person with another language in their settings, such as `en-GB`.
    pub(crate) fn speaking(self, locale: &str) -> Person {
        let locale = locale.to_owned();
        Person { locale, ..self }
    }

    /// The same person with a role, as [`StandIn::role`](super::StandIn::role) gives it.
    pub(crate) fn with_role(mut self, role: u64) -> Person {
        self.roles.push(role);
        self
    }

    /// The same person with more permissions.
    pub(crate) fn who_may(mut self, permissions: Permissions) -> Person {
        self.permissions |= permissions;
        self
    }

    /// How a message mentions them.
    pub(crate) fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// Them as a user.
    pub(super) fn user(&self) -> Value {
        let discriminator = if self.nature == Nature::Webhook {
            "0000"
        } else {
            "0"
        };
        json!({
            "id": self.id.to_string(), "username": self.name, "discriminator": discriminator,
            "global_name": self.name, "avatar": null, "bot": self.nature != Nature::Human, "public_flags": 0,
            "avatar_decoration_data": null, "primary_guild": null, "collectibles": null,
        })
    }

    /// What the server knows of them, without the user.
    pub(super) fn member(&self) -> Value {
        let roles: Vec<String> = self.roles.iter().map(u64::to_string).collect();
        json!({
            "roles": roles, "joined_at": "2024-02-01T08:00:00.000000+00:00", "nick": null, "avatar": null,
            "banner": null, "premium_since": null, "deaf": false, "mute": false, "pending": false, "flags": 0,
            "communication_disabled_until": null,
        })
    }

    /// Them as a member who did something: with the user and what they may do in the channel.
    pub(super) fn acting_member(&self) -> Value {
        let mut member = self.member();
        member["user"] = self.user();
        member["permissions"] = json!(self.permissions.bits().to_string());
        member
    }
}

/// Where a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Guild,
    /// Direct messages between the bot and a person.
    Direct(u64),
}

/// A channel.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) place: Place,
    /// What the bot may not do here.
    pub(super) denied: Permissions,
    pub(super) deleted: bool,
}

impl Channel {
    /// What the bot may do here.
    pub(super) fn bot_may(&self) -> Permissions {
        match self.place {
            Place::Guild if self.denied.contains(Permissions::VIEW_CHANNEL) => Permissions::empty(),
            Place::Guild => BOT_MAY.difference(self.denied),
            Place::Direct(_) => DIRECT,
        }
    }
}

impl World {
    /// A channel as Discord describes it.
    pub(super) fn describe_channel(&self, channel: &Channel) -> Value {
        match channel.place {
            Place::Guild => {
                let overwrites = if channel.denied.is_empty() {
                    json!([])
                } else {
                    let denied = channel.denied.bits().to_string();
                    json!([{ "id": BOT.to_string(), "type": 1, "allow": "0", "deny": denied }])
                };
                json!({
                    "id": channel.id.to_string(), "type": 0, "guild_id": GUILD.to_string(), "name": channel.name,
                    "position": 0, "permission_overwrites": overwrites, "nsfw": false, "topic": null,
                    "parent_id": null, "last_message_id": null, "rate_limit_per_user": 0, "flags": 0,
                })
            }
            Place::Direct(person) => {
                let user = self.people.get(&person).map(Person::user);
                json!({
                    "id": channel.id.to_string(), "type": 1, "last_message_id": null, "flags": 0,
                    "recipients": [user],
                })
            }
        }
    }

    /// The server as a bot is told of it when it logs in.
    pub(super) fn describe_guild(&self) -> Value {
        let in_guild = |c: &&Channel| c.place == Place::Guild && !c.deleted;
        let channels = self.channels.values().filter(in_guild);
        let channels: Vec<Value> = channels.map(|c| self.describe_channel(c)).collect();
        let everyone = role(GUILD, "@everyone", BOT_MAY);
        let own = self
            .roles
            .iter()
            .map(|(id, name)| role(*id, name, Permissions::empty()));
        let roles: Vec<Value> = std::iter::once(everyone).chain(own).collect();
        let mut bot = self.bot.member();
        bot["user"] = self.bot.user();
        json!({
            "id": GUILD.to_string(), "name": "Provby", "owner_id": OWNER.to_string(), "icon": null,
            "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
            "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "system_channel_flags": 0,
            "premium_progress_bar_enabled": false, "preferred_locale": "sv-SE", "features": ["COMMUNITY"],
            "joined_at": timestamp(), "large": false, "unavailable": false,
            "member_count": self.people.len() + 1, "members": [bot], "roles": roles, "channels": channels,
            "emojis": [], "stickers": [], "voice_states": [], "threads": [], "presences": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        })
    }
}

fn role(id: u64, name: &str, permissions: Permissions) -> Value {
    json!({
        "id": id.to_string(), "name": name, "color": 0, "hoist": false, "icon": null, "unicode_emoji": null,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null }, "position": 0,
        "permissions": permissions.bits().to_string(), "managed": false, "mentionable": false, "flags": 0,
    })
}
