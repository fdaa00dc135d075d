//! The connection to Discord: made, kept, and ended with one clear sentence when it cannot be.

use std::sync::Arc;
use std::time::Duration;

use serenity::all::{ApplicationId, BotGateway, GatewayIntents, GuildId, ShardManager, UserId};
use serenity::client::ClientBuilder;
use serenity::gateway::GatewayError;
use tokio::task::JoinHandle;

use super::bot::Bot;
use super::commands::{Words, definitions};
use super::events::Events;
use super::rest::{Rest, http};
use super::retry::{Failure, Meaning};
use crate::config::{DiscordSettings, Shards};
use crate::desk::LONGEST_MESSAGE;
use crate::knowledge::Language;

/// How long to wait before Discord is tried again, at first and at most.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// What the bot hears: messages where it is mentioned and direct ones. Their content comes without the privileged intent
/// for it, since they are to the bot; commands and buttons come without any intent.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILD_MESSAGES.union(GatewayIntents::DIRECT_MESSAGES);

/// Why the Discord part of the program has ended.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Discord does not know the token.
    #[error(
        "Discord refuses the token; copy it anew from the page Bot of the application at \
         https://discord.com/developers/applications and set LOTS_DISCORD_TOKEN"
    )]
    WrongToken,
    /// The application may not hear what lots asks to hear.
    #[error(
        "Discord does not let the application hear messages; see on the page Bot of the application at \
         https://discord.com/developers/applications that it has not been restricted, and start lots again"
    )]
    IntentsRefused,
    /// The number of connections does not fit the bot.
    #[error(
        "Discord refuses the number of connections; set discord.shards to \"auto\" and start lots again"
    )]
    WrongShards,
    /// The answer to where the gateway is, is no address of one.
    #[error(
        "the gateway address {0:?} begins with neither ws:// nor wss://; see that LOTS_DISCORD_PROXY speaks Discord's REST"
    )]
    NoGateway(String),
}

/// Who the bot is, as soon as Discord can be reached: its application, and its user. Asked before it connects, since the
/// first message may be heard before anything else. Fails when Discord refuses the token.
pub(super) async fn identity(rest: &Rest) -> Result<(ApplicationId, UserId), SessionError> {
    let mut patience = Patience::new();
    loop {
        let (application, me) = (rest.application().await, rest.me().await);
        match (application, me) {
            (Ok(application), Ok(me)) => return Ok((application.id, me.id)),
            (Err(failure), _) | (_, Err(failure)) => patience.after(failure).await?,
        }
    }
}

async fn gateway(bot: &Bot) -> Result<BotGateway, SessionError> {
    let mut patience = Patience::new();
    loop {
        match bot.rest.gateway().await {
            Ok(gateway) => return Ok(gateway),
            Err(failure) => patience.after(failure).await?,
        }
    }
}

/// Registers the commands, and tries again for as long as that can help; the first attempt is over when this returns, and
/// the others are left to the task that is given back. Without commands there are still mentions and direct messages.
pub(super) async fn register(bot: &Arc<Bot>, application: ApplicationId) -> JoinHandle<()> {
    let mut failed = register_once(bot, application).await.err();
    let bot = Arc::clone(bot);
    tokio::spawn(async move {
        let mut patience = Patience::new();
        while let Some(failure) = failed.take() {
            if failure.meaning() != Meaning::Passing {
                tracing::error!(
                    %failure,
                    "the commands could not be registered; mentions and direct messages work; see that the bot was let \
                     in with the address that `lots discord invite` prints, and start lots again"
                );
                return;
            }
            if patience.after(failure).await.is_ok() {
                failed = register_once(&bot, application).await.err();
            }
        }
    })
}

async fn register_once(bot: &Bot, application: ApplicationId) -> Result<(), Failure> {
    let commands = {
        let answerer = bot.library().current();
        let knowledge = answerer.knowledge();
        let words = Words {
            default: knowledge.phrases(bot.default_language()),
            swedish: knowledge.phrases(Language::Swedish),
            english: knowledge.phrases(Language::English),
        };
        definitions(&words, bot.settings.staff_role.is_some(), LONGEST_MESSAGE)
    };
    let guild = bot.settings.guild.map(|id| GuildId::new(id.get()));
    bot.rest.register(application, guild, &commands).await
}

/// Keeps connected until `shutdown` ends, or until Discord refuses for good. A client of the caller's own takes the
/// place of the usual one.
pub(super) async fn keep(
    bot: &Arc<Bot>,
    client: Option<reqwest::Client>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), SessionError> {
    tokio::pin!(shutdown);
    let mut wait = FIRST_WAIT;
    loop {
        let gateway = tokio::select! {
            gateway = gateway(bot) => gateway?,
            () = &mut shutdown => return Ok(()),
        };
        let started = tokio::time::Instant::now();
        let ended = connect(bot, client.clone(), &gateway, shutdown.as_mut()).await?;
        if ended {
            return Ok(());
        }
        if started.elapsed() > LONGEST_WAIT {
            wait = FIRST_WAIT;
        }
        tracing::warn!(
            ?wait,
            "the connection to Discord has ended; it is made again"
        );
        tokio::select! {
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(LONGEST_WAIT),
            () = &mut shutdown => return Ok(()),
        }
    }
}

/// One run of the library's client, which resumes and reconnects by itself. Whether it ended because it was told to.
async fn connect(
    bot: &Arc<Bot>,
    client: Option<reqwest::Client>,
    gateway: &BotGateway,
    mut shutdown: std::pin::Pin<&mut impl Future<Output = ()>>,
) -> Result<bool, SessionError> {
    if !gateway.url.starts_with("ws://") && !gateway.url.starts_with("wss://") {
        return Err(SessionError::NoGateway(gateway.url.clone()));
    }
    let http = http(&bot.settings, client.unwrap_or_default());
    let built = ClientBuilder::new_with_http(http, INTENTS)
        .event_handler(Events(Arc::clone(bot)))
        .await;
    let mut session = match built {
        Ok(session) => session,
        Err(error) => return refusal(&error).map_or(Ok(false), Err),
    };
    // The library would fall back on Discord's own gateway where it gets no answer; only what the REST that is in use
    // has said is ever dialled.
    session.ws_url.lock().await.clone_from(&gateway.url);
    let shards = shards(&bot.settings, gateway);
    let manager: Arc<ShardManager> = Arc::clone(&session.shard_manager);
    let running = session.start_shards(shards);
    tokio::pin!(running);
    let outcome = tokio::select! {
        outcome = &mut running => outcome,
        () = &mut shutdown => {
            manager.shutdown_all().await;
            return Ok(true);
        }
    };
    match outcome {
        Ok(()) => Ok(false),
        Err(error) => match refusal(&error) {
            Some(refused) => {
                manager.shutdown_all().await;
                Err(refused)
            }
            None => {
                tracing::debug!(%error, "the client has ended");
                Ok(false)
            }
        },
    }
}

fn shards(settings: &DiscordSettings, gateway: &BotGateway) -> u32 {
    match settings.shards {
        Shards::Auto => gateway.shards.max(1),
        Shards::Count(count) => u32::from(count),
    }
}

/// What Discord refuses for good; `None` for what may pass.
fn refusal(error: &serenity::Error) -> Option<SessionError> {
    let serenity::Error::Gateway(error) = error else {
        return None;
    };
    match error {
        GatewayError::InvalidAuthentication | GatewayError::NoAuthentication => {
            Some(SessionError::WrongToken)
        }
        GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents => {
            Some(SessionError::IntentsRefused)
        }
        GatewayError::InvalidShardData | GatewayError::OverloadedShard => {
            Some(SessionError::WrongShards)
        }
        _ => None,
    }
}

/// The waiting for a Discord that does not answer.
struct Patience {
    wait: Duration,
}

impl Patience {
    fn new() -> Patience {
        Patience { wait: FIRST_WAIT }
    }

    /// Waits before the next attempt. Fails when the token has been refused, and no attempt helps.
    async fn after(&mut self, failure: Failure) -> Result<(), SessionError> {
        if failure.meaning() == Meaning::WrongToken {
            return Err(SessionError::WrongToken);
        }
        tracing::warn!(%failure, wait = ?self.wait, "Discord does not answer; it is tried again");
        tokio::time::sleep(self.wait).await;
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
        Ok(())
    }
}
