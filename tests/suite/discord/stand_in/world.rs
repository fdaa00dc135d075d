//! All that the stand-in remembers, in one value behind one lock.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use serde_json::{Value, json};
use serenity::all::GatewayIntents;

use super::Options;
use super::commands::Commands;
use super::faults::Planned;
use super::gateway::Gateway;
use super::interactions::Interaction;
use super::messages::Message;
use super::people::{Channel, Nature, Person, Place};
use super::pings::Ping;
use super::refusal::Refusal;

/// The application, which is not the bot's user: who mixes them up is to be found out.
pub(super) const APPLICATION: u64 = 1_100_000_000_000_000_001;
/// The bot's user.
pub(super) const BOT: u64 = 1_100_000_000_000_000_002;
/// Who owns the server and the application.
pub(super) const OWNER: u64 = 1_100_000_000_000_000_003;
/// The server. Of two shards, it is the second's; direct messages are always the first's.
pub(super) const GUILD: u64 = 200_000_000_001 << 22;

/// When Discord's ids begin to count, in milliseconds since 1970.
const EPOCH: i64 = 1_420_070_400_000;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path below `/api/v10`, without its query.
    pub(crate) path: String,
    pub(crate) query: String,
    /// The body; null when there was none.
    pub(crate) body: Value,
    pub(crate) at: Instant,
    /// How it was answered; none while it is being answered.
    pub(crate) status: Option<u16>,
    pub(super) authorization: Option<String>,
}

/// All that the stand-in remembers.
#[derive(Debug)]
pub(crate) struct World {
    pub(super) options: Options,
    pub(super) gateway_url: String,
    pub(super) bot: Person,
    pub(super) people: BTreeMap<u64, Person>,
    /// Who takes no direct messages.
    pub(super) closed: BTreeSet<u64>,
    pub(super) roles: BTreeMap<u64, String>,
    pub(super) channels: BTreeMap<u64, Channel>,
    pub(super) messages: BTreeMap<u64, Message>,
    pub(super) commands: Commands,
    pub(super) interactions: BTreeMap<u64, Interaction>,
    pub(super) gateway: Gateway,
    pub(super) faults: Vec<Planned>,
    pub(super) requests: Vec<Request>,
    pub(super) pings: Vec<Ping>,
    /// The channels that the bot was seen typing in.
    pub(super) typing: Vec<u64>,
    last_id: u64,
}

impl World {
    pub(super) fn new(options: Options, gateway_url: String) -> World {
        World {
            options,
            gateway_url,
            bot: Person::new(BOT, "pilot", Nature::Bot),
            people: BTreeMap::new(),
            closed: BTreeSet::new(),
            roles: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            commands: Commands::default(),
            interactions: BTreeMap::new(),
            gateway: Gateway::default(),
            faults: Vec::new(),
            requests: Vec::new(),
            pings: Vec::new(),
            typing: Vec::new(),
            last_id: 0,
        }
    }

    /// Every request so far, in the order they came.
    pub(crate) fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// Every message so far, deleted ones and those that only one person sees among them, in the order they were sent.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.values()
    }

    /// An interaction as it stands.
    pub(crate) fn interaction(&self, id: u64) -> &Interaction {
        &self.interactions[&id]
    }

    /// An id that is larger than all before it.
    pub(super) fn new_id(&mut self) -> u64 {
        let since = jiff::Timestamp::now().as_millisecond() - EPOCH;
        let by_clock = u64::try_from(since).unwrap() << 22;
        self.last_id = by_clock.max(self.last_id + 1);
        self.last_id
    }

    pub(super) fn add_person(&mut self, name: &str, nature: Nature) -> Person {
        let person = Person::new(self.new_id(), name, nature);
        self.people.insert(person.id, person.clone());
        person
    }

    pub(super) fn add_channel(&mut self, name: &str, place: Place) -> u64 {
        let id = self.new_id();
        let channel = Channel {
            id,
            name: name.to_owned(),
            place,
            denied: Default::default(),
            deleted: false,
        };
        self.channels.insert(id, channel);
        id
    }

    /// The direct messages between the bot and a person, opened when there were none.
    pub(super) fn direct(&mut self, person: u64) -> u64 {
        let place = Place::Direct(person);
        match self.channels.values().find(|c| c.place == place) {
            Some(channel) => channel.id,
            None => self.add_channel("", place),
        }
    }

    /// A person or the bot.
    pub(super) fn person(&self, id: u64) -> Option<&Person> {
        if id == BOT {
            Some(&self.bot)
        } else {
            self.people.get(&id)
        }
    }

    /// A channel that is still there.
    pub(super) fn channel(&self, id: u64) -> Result<&Channel, Refusal> {
        let channel = self.channels.get(&id).filter(|c| !c.deleted);
        channel.ok_or(Refusal::UNKNOWN_CHANNEL)
    }

    /// The application as Discord describes it.
    pub(super) fn describe_application(&self) -> Value {
        let owner = Person::new(OWNER, "agare", Nature::Human).user();
        json!({
            "id": APPLICATION.to_string(), "name": "pilot", "icon": null, "description": "", "bot_public": true,
            "bot_require_code_grant": false, "verify_key": "0".repeat(64), "team": null, "owner": owner,
            "flags": self.application_flags(), "bot": self.bot.user(),
        })
    }

    /// The flags that say which privileged intents were allowed in the portal.
    pub(super) fn application_flags(&self) -> u64 {
        let allowed = self.options.privileged_intents;
        let flags = [
            (GatewayIntents::GUILD_PRESENCES, 1 << 13),
            (GatewayIntents::GUILD_MEMBERS, 1 << 15),
            (GatewayIntents::MESSAGE_CONTENT, 1 << 19),
        ];
        let set = flags.iter().filter(|(intent, _)| allowed.contains(*intent));
        set.map(|(_, flag)| flag).sum()
    }
}

/// Now, as Discord writes it.
pub(super) fn timestamp() -> String {
    jiff::Timestamp::now().to_string()
}

/// An id in a body: Discord takes texts and numbers.
pub(super) fn id_in(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    }
}
