//! The Discord channel: slash commands, mentions and direct messages become questions, and answers become messages. The
//! only room that says serenity.
//!
//! It speaks only when spoken to, mentions nobody, and keeps nothing: what a button means stands in its id, and of who
//! has asked the desk knows a keyed hash. The one exception is the id of someone who wants to be told of an answer or to be
//! reminded of a last day, which the desk keeps until that has been done.

mod bot;
mod card;
mod commands;
mod draw;
mod events;
mod found;
mod ids;
mod markdown;
mod names;
mod notify;
mod permissions;
mod pressing;
mod rate;
mod reminding;
mod render;
mod rest;
mod retry;
mod session;
mod staff;
mod taking;

use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use serenity::model::id::UserId;

pub use card::{Button, Card, Drawing, Field, Page, Row, limit};
pub use commands::Command;
pub use ids::{Id, LONGEST_ID, Press, Tag};
pub use render::{Place, render};
pub use session::SessionError;
pub use taking::Pages;

use crate::config::{DiscordSettings, Secret};
use crate::desk::{Desk, Named};
use bot::{Bot, CHANNEL};
use names::Names;
use rest::Rest;

/// By what someone is found in what is kept, from the id that Discord knows them by; `None` for what is no id.
pub fn named(token: &Secret, id: &str) -> Option<Named> {
    let user: UserId = id.parse::<NonZeroU64>().ok()?.into();
    Some(Named {
        prefix: Names::new(token.reveal()).person(user),
        channel: CHANNEL.to_owned(),
        address: user.to_string(),
    })
}

/// How long those who have asked may still get their answer when the program ends.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// Answers on Discord until `shutdown` ends, with links to the pages of results where there are some. Fails, with a
/// sentence that says what to do, when Discord refuses the token or what the bot asks to hear; whatever may pass is waited
/// out.
pub async fn run(
    desk: Arc<Desk>,
    settings: &DiscordSettings,
    pages: Option<Pages>,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    run_by(desk, settings, pages, None, shutdown).await
}

/// The same through an HTTP client of the caller's own, which decides where Discord is and whose certificates hold.
pub async fn run_by(
    desk: Arc<Desk>,
    settings: &DiscordSettings,
    pages: Option<Pages>,
    client: Option<reqwest::Client>,
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let rest = Rest::new(settings, client.clone()).context("no HTTP client can be made")?;
    tokio::pin!(shutdown);
    let (application, me) = tokio::select! {
        identity = session::identity(&rest) => identity?,
        () = &mut shutdown => return Ok(()),
    };
    let bot = Arc::new(Bot::new(desk, rest, settings.clone(), pages, me));
    let registering = session::register(&bot, application).await;
    let (staff, told, reminded) = (Arc::clone(&bot), Arc::clone(&bot), Arc::clone(&bot));
    let beside = [
        registering,
        tokio::spawn(async move { staff::watch(&staff).await }),
        tokio::spawn(async move { notify::watch(&told).await }),
        tokio::spawn(async move { reminding::watch(&reminded).await }),
    ];
    let outcome = session::keep(&bot, client, shutdown).await;
    beside.iter().for_each(tokio::task::JoinHandle::abort);
    bot.finish(LAST_ANSWERS).await;
    Ok(outcome?)
}

/// The address where a server's owner lets the bot in. Fails when Discord cannot be reached or refuses the token.
pub async fn invitation(settings: &DiscordSettings) -> anyhow::Result<String> {
    let rest = Rest::new(settings, None).context("no HTTP client can be made")?;
    match rest.application().await {
        Ok(application) => Ok(permissions::invitation(application.id.get())),
        Err(failure) if failure.meaning() == retry::Meaning::WrongToken => {
            Err(SessionError::WrongToken.into())
        }
        Err(failure) => Err(failure).context("the application cannot be looked up"),
    }
}
