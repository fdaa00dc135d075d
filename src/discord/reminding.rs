//! Those who wanted to are reminded of a last day.

use std::time::Duration;

use serenity::all::UserId;

use super::bot::{Bot, CHANNEL, report};
use super::card::Drawing;
use super::ids::Press;
use super::render::{said, with_buttons};
use super::retry::{Failure, Meaning};
use crate::desk::{Reminded, StoreError};

/// How often the desk is asked whom to remind.
const EVERY: Duration = Duration::from_secs(5);

/// Reminds people, until it is cancelled.
pub(super) async fn watch(bot: &Bot) {
    let mut troubled = false;
    loop {
        match remind_all(bot).await {
            Ok(()) => troubled = false,
            Err(error) => {
                if !std::mem::replace(&mut troubled, true) {
                    tracing::warn!(%error, "nobody can be reminded of a last day on Discord just now");
                }
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn remind_all(bot: &Bot) -> Result<(), StoreError> {
    for reminded in bot.desk.to_remind(CHANNEL).await? {
        match remind(bot, &reminded).await {
            Ok(()) => bot.desk.reminded(&reminded).await?,
            Err(failure) => {
                report(&failure, "someone could not be reminded of a last day");
                match failure.meaning() {
                    // It is tried again in a minute, until the day has passed.
                    Meaning::Passing | Meaning::WrongToken => {}
                    Meaning::Gone
                    | Meaning::Forbidden
                    | Meaning::NoDirectMessages
                    | Meaning::TooLate
                    | Meaning::Lasting => {
                        tracing::info!(
                            "a reminder was dropped: whoever asked for it cannot be written to directly"
                        );
                        bot.desk.cannot_remind(&reminded).await?;
                    }
                }
            }
        }
    }
    Ok(())
}

async fn remind(bot: &Bot, reminded: &Reminded) -> Result<(), Failure> {
    let Some(user) = reminded.address().parse().ok().filter(|id| *id != 0) else {
        return Ok(());
    };
    bot.tell(UserId::new(user), &drawn(bot, reminded)).await
}

fn drawn(bot: &Bot, reminded: &Reminded) -> Drawing {
    let phrases = bot.phrases(reminded.language).reminder;
    let entry = reminded.entry().clone();
    let read = Press::Show {
        entry: entry.clone(),
        facet: None,
    };
    let read = reminded
        .can_be_read
        .then_some((read, phrases.read.as_str()));
    let stop = (Press::StopReminding(entry), phrases.stop.as_str());
    let stop = reminded.is_followed().then_some(stop);
    let buttons = read.into_iter().chain(stop);
    with_buttons(said(&reminded.text), buttons, reminded.language)
}
