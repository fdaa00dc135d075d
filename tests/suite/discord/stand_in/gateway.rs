//! The gateway's memory: who is connected, which sessions there are, and every event of a session, so that it can be
//! taken up where it broke off.

use std::collections::BTreeMap;
use std::time::Instant;

use serde_json::{Value, json};
use serenity::all::{Event, GatewayIntents};
use tokio::sync::mpsc::UnboundedSender;

use super::people::Place;
use super::world::{APPLICATION, BOT, GUILD, World};

/// What goes out on a connection.
#[derive(Debug)]
pub(super) enum Outgoing {
    Frame(Value),
    Close(u16),
    /// The connection breaks, without a word.
    Break,
}

/// A session that was begun.
#[derive(Clone, Debug)]
pub(crate) struct Identified {
    /// Which shard, and of how many.
    pub(crate) shard: (u64, u64),
    pub(crate) intents: GatewayIntents,
    pub(crate) at: Instant,
}

/// A session that was taken up again, or was to be.
#[derive(Clone, Debug)]
pub(crate) struct Resumed {
    /// How many events were missed and sent again.
    pub(crate) replayed: usize,
    /// Whether there was such a session.
    pub(crate) accepted: bool,
}

/// The gateway's memory.
#[derive(Debug, Default)]
pub(super) struct Gateway {
    pub(super) connections: BTreeMap<u64, Connection>,
    pub(super) sessions: Vec<Session>,
    pub(super) identified: Vec<Identified>,
    pub(super) resumed: Vec<Resumed>,
    pub(super) heartbeats: usize,
    /// The codes that connections were closed with, by either side.
    pub(super) closed: Vec<u16>,
    /// The events that happened while no session was there to be told.
    pub(super) unheard: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Connection {
    pub(super) outlet: UnboundedSender<Outgoing>,
    /// Which of the sessions is on it.
    session: Option<usize>,
    /// It looks alive, but nothing comes through any more.
    pub(super) zombie: bool,
}

#[derive(Debug)]
pub(super) struct Session {
    id: String,
    shard: (u64, u64),
    intents: GatewayIntents,
    events: Vec<Value>,
    connection: Option<u64>,
    /// It cannot be taken up again.
    pub(super) over: bool,
}

impl World {
    /// Takes in a connection and greets it.
    pub(super) fn connect(&mut self, outlet: UnboundedSender<Outgoing>) -> u64 {
        let number = self.new_id();
        let connection = Connection {
            outlet,
            session: None,
            zombie: false,
        };
        self.gateway.connections.insert(number, connection);
        let interval = u64::try_from(self.options.heartbeat.as_millis()).unwrap();
        self.send(
            number,
            json!({ "op": 10, "d": { "heartbeat_interval": interval } }),
        );
        number
    }

    /// Takes in what a client sent.
    pub(super) fn received(&mut self, connection: u64, frame: &Value) {
        let session = self.gateway.connections[&connection].session;
        match (frame["op"].as_u64(), session) {
            (Some(1), _) => {
                self.gateway.heartbeats += 1;
                self.send(connection, json!({ "op": 11 }));
            }
            (Some(2), None) => self.identify(connection, &frame["d"]),
            (Some(6), None) => self.resume(connection, &frame["d"]),
            (Some(2 | 6), Some(_)) => self.close(connection, 4005),
            (Some(_), None) => self.close(connection, 4003),
            // Presence, voice and requests for members: nobody looks.
            (Some(3 | 4 | 8), Some(_)) => {}
            (Some(_), Some(_)) => self.close(connection, 4001),
            (None, _) => self.close(connection, 4002),
        }
    }

    /// Takes in that a connection has ended. A session that its client closed in order cannot be taken up again.
    pub(super) fn disconnected(&mut self, connection: u64, code: Option<u16>) {
        self.gateway.connections.remove(&connection);
        self.gateway.closed.extend(code);
        let its = |s: &&mut Session| s.connection == Some(connection);
        for session in self.gateway.sessions.iter_mut().filter(its) {
            session.connection = None;
            session.over |= matches!(code, Some(1000 | 1001));
        }
    }

    /// Tells every session that is to know of something, now or when it is back.
    #[track_caller]
    pub(super) fn dispatch(&mut self, event: &str, data: &Value, place: Place) {
        assert_readable(event, data);
        self.dispatch_as_it_is(event, data, place);
    }

    /// The same with what the client may not be able to read.
    pub(super) fn dispatch_as_it_is(&mut self, event: &str, data: &Value, place: Place) {
        let needed = needed_intents(event, place);
        let told = |s: &Session| !s.over && s.is_for(place) && s.intents.contains(needed);
        let sessions = 0..self.gateway.sessions.len();
        let sessions: Vec<usize> = sessions
            .filter(|i| told(&self.gateway.sessions[*i]))
            .collect();
        if sessions.is_empty() {
            self.gateway.unheard.push(event.to_owned());
        }
        for session in sessions {
            let intents = self.gateway.sessions[session].intents;
            self.tell(session, event, as_seen_with(intents, event, data, place));
        }
    }

    /// What was told of an interaction, by its id.
    #[track_caller]
    pub(super) fn event_of(&self, interaction: &str) -> &Value {
        let mut events = self.gateway.sessions.iter().flat_map(|s| &s.events);
        let of = |e: &&Value| e["t"] == "INTERACTION_CREATE" && e["d"]["id"] == interaction;
        match events.find(of) {
            Some(event) => &event["d"],
            None => panic!("nobody was told of interaction {interaction}"),
        }
    }

    /// How many sessions are connected and hear what happens.
    pub(super) fn listening(&self) -> usize {
        let hears = |s: &&Session| !s.over && s.connection.is_some();
        self.gateway.sessions.iter().filter(hears).count()
    }

    /// Sends on every connection.
    pub(super) fn send_to_all(&mut self, what: impl Fn() -> Outgoing) {
        for connection in self.gateway.connections.values() {
            _ = connection.outlet.send(what());
        }
    }

    fn identify(&mut self, connection: u64, data: &Value) {
        let shard = match (&data["shard"][0], &data["shard"][1]) {
            (Value::Null, Value::Null) => Some((0, 1)),
            (id, total) => id
                .as_u64()
                .zip(total.as_u64())
                .filter(|(id, total)| id < total),
        };
        let asked = data["intents"].as_u64().unwrap_or_default();
        let privileged = GatewayIntents::privileged() & GatewayIntents::from_bits_truncate(asked);
        let (Some(intents), Some(shard)) = (GatewayIntents::from_bits(asked), shard) else {
            let code = if shard.is_none() { 4010 } else { 4013 };
            return self.close(connection, code);
        };
        self.gateway.identified.push(Identified {
            shard,
            intents,
            at: Instant::now(),
        });
        if !self.is_token(&data["token"]) {
            return self.close(connection, 4004);
        }
        if !self.options.privileged_intents.contains(privileged) {
            return self.close(connection, 4014);
        }
        let id = format!("{:032x}", self.new_id());
        let number = self.gateway.sessions.len();
        self.gateway.sessions.push(Session {
            id: id.clone(),
            shard,
            intents,
            events: Vec::new(),
            connection: Some(connection),
            over: false,
        });
        self.gateway
            .connections
            .get_mut(&connection)
            .unwrap()
            .session = Some(number);
        let in_guild = self.gateway.sessions[number].is_for(Place::Guild);
        let guild = json!({ "id": GUILD.to_string(), "unavailable": true });
        let guilds = Some(guild).filter(|_| in_guild);
        let ready = json!({
            "v": 10, "user": self.bot.user(), "guilds": Vec::from_iter(guilds), "session_id": id,
            "session_type": "normal", "resume_gateway_url": self.gateway_url, "shard": [shard.0, shard.1],
            "application": { "id": APPLICATION.to_string(), "flags": self.application_flags() },
            "private_channels": [], "relationships": [], "user_settings": {}, "presences": [],
        });
        self.tell(number, "READY", ready);
        if in_guild && intents.contains(GatewayIntents::GUILDS) {
            let guild = self.describe_guild();
            assert_readable("GUILD_CREATE", &guild);
            self.tell(number, "GUILD_CREATE", guild);
        }
    }

    fn resume(&mut self, connection: u64, data: &Value) {
        if !self.is_token(&data["token"]) {
            return self.close(connection, 4004);
        }
        let named = |s: &Session| data["session_id"] == s.id.as_str() && !s.over;
        let number = self.gateway.sessions.iter().position(named);
        let seen = data["seq"]
            .as_u64()
            .and_then(|seq| usize::try_from(seq).ok());
        let (Some(number), Some(seen)) = (number, seen) else {
            let (replayed, accepted) = (0, false);
            self.gateway.resumed.push(Resumed { replayed, accepted });
            return self.send(connection, json!({ "op": 9, "d": false }));
        };
        let session = &mut self.gateway.sessions[number];
        let Some(missed) = session.events.get(seen..).map(<[Value]>::to_vec) else {
            return self.close(connection, 4007);
        };
        // The connection that the session had may not have been seen to end.
        let before = session.connection.replace(connection);
        if let Some(before) = before.and_then(|c| self.gateway.connections.get_mut(&c)) {
            before.session = None;
            _ = before.outlet.send(Outgoing::Break);
        }
        self.gateway
            .connections
            .get_mut(&connection)
            .unwrap()
            .session = Some(number);
        let (replayed, accepted) = (missed.len(), true);
        self.gateway.resumed.push(Resumed { replayed, accepted });
        missed
            .into_iter()
            .for_each(|event| self.send(connection, event));
        self.tell(number, "RESUMED", json!({}));
    }

    /// Tells one session of an event.
    fn tell(&mut self, session: usize, event: &str, data: Value) {
        let session = &mut self.gateway.sessions[session];
        let number = session.events.len() + 1;
        let frame = json!({ "op": 0, "t": event, "s": number, "d": data });
        session.events.push(frame.clone());
        if let Some(connection) = session.connection {
            self.send(connection, frame);
        }
    }

    fn send(&self, connection: u64, frame: Value) {
        if let Some(connection) = self
            .gateway
            .connections
            .get(&connection)
            .filter(|c| !c.zombie)
        {
            _ = connection.outlet.send(Outgoing::Frame(frame));
        }
    }

    fn close(&self, connection: u64, code: u16) {
        _ = self.gateway.connections[&connection]
            .outlet
            .send(Outgoing::Close(code));
    }

    /// Whether a token is the bot's, with or without the word that Discord wants before it in a request.
    fn is_token(&self, token: &Value) -> bool {
        let token = token.as_str().unwrap_or_default();
        token.trim_start_matches("Bot ") == self.options.token
    }
}

impl Session {
    /// Whether what happens in a place is told to its shard.
    fn is_for(&self, place: Place) -> bool {
        let (shard, shards) = self.shard;
        match place {
            Place::Guild => (GUILD >> 22) % shards == shard,
            Place::Direct(_) => shard == 0,
        }
    }
}

/// Which intents a session must have asked for to be told of an event.
fn needed_intents(event: &str, place: Place) -> GatewayIntents {
    let is_message = event.starts_with("MESSAGE_");
    match place {
        _ if event == "INTERACTION_CREATE" => GatewayIntents::empty(),
        Place::Guild if is_message => GatewayIntents::GUILD_MESSAGES,
        Place::Guild => GatewayIntents::GUILDS,
        Place::Direct(_) if is_message => GatewayIntents::DIRECT_MESSAGES,
        Place::Direct(_) => GatewayIntents::empty(),
    }
}

/// What a session sees of an event. Without the message-content intent, that is the content only of direct messages,
/// of messages that mention the bot, and of its own.
fn as_seen_with(intents: GatewayIntents, event: &str, data: &Value, place: Place) -> Value {
    let mut data = data.clone();
    let bot = BOT.to_string();
    let mentions = data["mentions"].as_array().into_iter().flatten();
    let concerned = data["author"]["id"] == bot.as_str()
        || mentions.into_iter().any(|user| user["id"] == bot.as_str());
    let hidden = data.is_object()
        && matches!(event, "MESSAGE_CREATE" | "MESSAGE_UPDATE")
        && !(concerned
            || place != Place::Guild
            || intents.contains(GatewayIntents::MESSAGE_CONTENT));
    if hidden {
        data["content"] = json!("");
        for key in ["embeds", "components", "attachments"] {
            data[key] = json!([]);
        }
    }
    data
}

/// Holds an event to being one that the client can read: one that it cannot read vanishes there without a trace.
#[track_caller]
fn assert_readable(event: &str, data: &Value) {
    let read = serde_json::from_value::<Event>(json!({ "t": event, "d": data }));
    match read {
        Ok(Event::Unknown(_)) | Err(_) => panic!("the client cannot read this {event}: {data:#}"),
        Ok(_) => {}
    }
}
