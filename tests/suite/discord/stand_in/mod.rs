//! A Discord of our own on loopback, which the real client logs in to: REST and a gateway, in tasks of the test.
//!
//! It remembers what Discord remembers, refuses what Discord refuses and with Discord's codes, and lets a test act as
//! the people of a server: say something, call a command, use a button, choose, hand in a form. What cannot be done in
//! Discord's own client (a button that is not there, a command that is not shown) fails the test.
//!
//! - `serving`, `connection`: sockets; `routes`: which request does what.
//! - `world`: the memory, one value behind one lock; `people`, `messages`, `interactions`, `commands`, `gateway`: its
//!   parts, each with the requests that are about it.
//! - `draft`, `components`, `refusal`: Discord's limits and what it says when they are passed; `pings`: whom a message
//!   would have called.
//! - `acts`: what people do; `oddly`: what they cannot do; `trouble`: what goes wrong on purpose; `seen`: what came of it.

mod acts;
mod calling;
mod commands;
mod components;
mod connection;
mod draft;
mod faults;
mod gateway;
mod interactions;
mod messages;
mod oddly;
mod people;
mod pings;
mod refusal;
mod routes;
mod seen;
mod serving;
mod tests;
mod trouble;
mod world;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::GatewayIntents;
use tokio::sync::watch;

pub(crate) use faults::Fault;
pub(crate) use interactions::Interaction;
pub(crate) use messages::Message;
pub(crate) use people::Person;
pub(crate) use pings::{Ping, Pinged};
pub(crate) use world::{Request, World};

use people::{Nature, Place};
use serving::{Plain, Shared, Tls};
use world::{APPLICATION, BOT, GUILD};

/// What a stand-in is like.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The only token that is right, without `Bot` before it.
    pub(crate) token: String,
    /// How often clients are told to send a heartbeat. The client looks twice a second.
    pub(crate) heartbeat: Duration,
    /// How many shards it asks for.
    pub(crate) shards: u32,
    /// The privileged intents that were allowed in the portal.
    pub(crate) privileged_intents: GatewayIntents,
    /// How long an interaction waits for its response.
    pub(crate) respond_within: Duration,
    /// How long a test waits for what it expects.
    pub(crate) patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            token: "MTEwMDAwMDAwMDAwMDAwMDAwMg.stand-in.token".to_owned(),
            heartbeat: Duration::from_secs(5),
            shards: 1,
            privileged_intents: GatewayIntents::empty(),
            respond_within: Duration::from_secs(3),
            patience: Duration::from_secs(20),
        }
    }
}

/// A Discord of our own. It stops when it is dropped.
#[derive(Debug)]
pub(crate) struct StandIn {
    shared: Arc<Shared>,
    options: Options,
    address: SocketAddr,
    channel: u64,
    stop: watch::Sender<bool>,
}

/// The same stand-in to who believes to be calling Discord itself.
#[derive(Clone, Debug)]
pub(crate) struct Disguise {
    /// What `discord.com` is to resolve to.
    pub(crate) address: SocketAddr,
    /// The certificate to trust, as DER.
    pub(crate) certificate: Vec<u8>,
}

impl StandIn {
    /// Starts one, with a server of one channel.
    pub(crate) async fn start(options: Options) -> StandIn {
        let (listener, address) = Plain::open().await;
        let mut world = World::new(options.clone(), format!("ws://{address}"));
        let channel = world.add_channel("allmant", Place::Guild);
        let shared = Arc::new(Shared::new(world));
        let stop = watch::Sender::new(false);
        serving::serve(Arc::clone(&shared), listener, stop.subscribe());
        StandIn {
            shared,
            options,
            address,
            channel,
            stop,
        }
    }

    /// The address to give a client as its proxy.
    pub(crate) fn proxy(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves with TLS too, as `discord.com`. The gateway stays where it is.
    pub(crate) async fn disguise(&self) -> Disguise {
        let (listener, address, certificate) = Tls::open().await;
        serving::serve(Arc::clone(&self.shared), listener, self.stop.subscribe());
        Disguise {
            address,
            certificate,
        }
    }

    /// The token that is right.
    pub(crate) fn token(&self) -> &str {
        &self.options.token
    }

    /// The application's id.
    pub(crate) fn application(&self) -> u64 {
        APPLICATION
    }

    /// The id of the bot's user, which is not the application's.
    pub(crate) fn bot_user(&self) -> u64 {
        BOT
    }

    /// The server's id.
    pub(crate) fn guild(&self) -> u64 {
        GUILD
    }

    /// The channel that is there from the beginning.
    pub(crate) fn channel(&self) -> u64 {
        self.channel
    }

    /// Another channel of the server. The bot hears of it when it logs in.
    pub(crate) fn add_channel(&self, name: &str) -> u64 {
        self.shared
            .change(|world| world.add_channel(name, Place::Guild))
    }

    /// A role that people can hold.
    pub(crate) fn role(&self, name: &str) -> u64 {
        self.shared.change(|world| {
            let id = world.new_id();
            world.roles.insert(id, name.to_owned());
            id
        })
    }

    /// Someone on the server, who speaks Swedish and holds no role.
    pub(crate) fn person(&self, name: &str) -> Person {
        self.shared
            .change(|world| world.add_person(name, Nature::Human))
    }

    /// Another bot on the server.
    pub(crate) fn other_bot(&self, name: &str) -> Person {
        self.shared
            .change(|world| world.add_person(name, Nature::Bot))
    }

    /// A webhook of the server, which can only say things.
    pub(crate) fn webhook(&self, name: &str) -> Person {
        self.shared
            .change(|world| world.add_person(name, Nature::Webhook))
    }

    /// The channel of direct messages between a person and the bot.
    pub(crate) fn direct_messages(&self, person: &Person) -> u64 {
        self.shared.change(|world| world.direct(person.id))
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.shared
            .change(|world| world.gateway.connections.clear());
    }
}
