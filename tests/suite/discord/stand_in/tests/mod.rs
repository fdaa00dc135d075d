//! The stand-in held to what it promises, by the real client.

mod faults;
mod gateway;
mod interactions;
mod limits;
mod messages;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{
    ClientBuilder, Context, EventHandler, GatewayIntents, Guild, Http, HttpBuilder, Interaction,
    Message, Ready,
};
use serenity::http::HttpError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use super::{
    Fault, Interaction as Asked, Message as Shown, Options, Person, Ping, Pinged, StandIn,
};

/// What a bot such as ours asks for.
const INTENTS: GatewayIntents = GatewayIntents::GUILDS
    .union(GatewayIntents::GUILD_MESSAGES)
    .union(GatewayIntents::DIRECT_MESSAGES);
/// A bot hears within this what it will hear at all.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a bot heard, and on which shard.
#[derive(Debug)]
enum Heard {
    Ready,
    Guild(Box<Guild>),
    Message(u32, Box<Message>),
    Interaction(Box<Interaction>),
}

/// A bot that says what it hears, and does what a test has it do.
struct Bot {
    http: Arc<Http>,
    heard: UnboundedReceiver<Heard>,
    running: JoinHandle<serenity::Result<()>>,
}

impl Bot {
    /// Logs in through the proxy's address and waits until it is told that it is ready.
    async fn log_in(stand_in: &StandIn) -> Bot {
        let mut bot = Bot::start(http(stand_in), INTENTS).await;
        bot.is_ready().await;
        stand_in.ready().await;
        bot
    }

    /// Starts to log in, with as many shards as it is told to have.
    async fn start(http: Http, intents: GatewayIntents) -> Bot {
        let (says, heard) = unbounded_channel();
        let client = ClientBuilder::new_with_http(http, intents).event_handler(Ear(says));
        let mut client = client.await.unwrap();
        Bot {
            http: Arc::clone(&client.http),
            heard,
            running: tokio::spawn(async move { client.start_autosharded().await }),
        }
    }

    /// Waits until something is heard, and gives what the test wants of it. What is heard before is passed over.
    async fn hears<T>(&mut self, mut wanted: impl FnMut(Heard) -> Option<T>) -> T {
        let search = async {
            loop {
                let heard = self.heard.recv().await.unwrap();
                if let Some(found) = wanted(heard) {
                    return found;
                }
            }
        };
        tokio::time::timeout(PATIENCE, search).await.unwrap()
    }

    /// Waits for the next message of someone.
    async fn hears_message_of(&mut self, person: &Person) -> Message {
        self.hears(|heard| match heard {
            Heard::Message(_, message) if message.author.id == person.id => Some(*message),
            _ => None,
        })
        .await
    }

    /// Waits for the next interaction; its id and token.
    async fn hears_interaction(&mut self) -> (u64, String) {
        self.hears(|heard| match heard {
            Heard::Interaction(interaction) => {
                Some((interaction.id().get(), interaction.token().to_owned()))
            }
            _ => None,
        })
        .await
    }

    /// Responds to an interaction.
    async fn respond(&self, to: &(u64, String), body: Value) -> serenity::Result<()> {
        self.http
            .create_interaction_response(to.0.into(), &to.1, &body, Vec::new())
            .await
    }

    /// Waits until it is told that it is ready.
    async fn is_ready(&mut self) {
        self.hears(|heard| matches!(heard, Heard::Ready).then_some(()))
            .await;
    }

    /// Registers a command without options.
    async fn registers(&self, name: &str) {
        let command = json!([{ "name": name, "description": "Ask something", "type": 1 }]);
        self.http.create_global_commands(&command).await.unwrap();
    }
}

/// Hands on what is heard.
struct Ear(UnboundedSender<Heard>);

#[serenity::async_trait]
impl EventHandler for Ear {
    async fn ready(&self, _: Context, _: Ready) {
        _ = self.0.send(Heard::Ready);
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        _ = self.0.send(Heard::Guild(Box::new(guild)));
    }

    async fn message(&self, context: Context, message: Message) {
        _ = self
            .0
            .send(Heard::Message(context.shard_id.0, Box::new(message)));
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        _ = self.0.send(Heard::Interaction(Box::new(interaction)));
    }
}

/// What a client uses that comes through the proxy's address, where rate limiting is left to the proxy.
fn http(stand_in: &StandIn) -> Http {
    http_with_token(stand_in, stand_in.token())
}

fn http_with_token(stand_in: &StandIn, token: &str) -> Http {
    HttpBuilder::new(token)
        .proxy(stand_in.proxy())
        .ratelimiter_disabled(true)
        .application_id(stand_in.application().into())
        .build()
}

/// The status and the code of a refusal.
fn refusal<T: std::fmt::Debug>(result: serenity::Result<T>) -> (u16, isize) {
    match result.unwrap_err() {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            (response.status_code.as_u16(), response.error.code)
        }
        other => panic!("{other:?} is no refusal"),
    }
}
