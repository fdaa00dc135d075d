//! Those who wanted to know are told that their question has been answered.

use std::time::Duration;

use serenity::all::UserId;

use super::bot::{Bot, CHANNEL, report};
use super::card::Drawing;
use super::render::Place;
use super::retry::{Failure, Meaning};
use crate::answering::Block;
use crate::desk::{StoreError, Wished};

/// How often the desk is asked whom to tell.
const EVERY: Duration = Duration::from_secs(2);

/// Tells people, until it is cancelled.
pub(super) async fn watch(bot: &Bot) {
    let mut troubled = false;
    loop {
        match tell_all(bot).await {
            Ok(()) => troubled = false,
            Err(error) => {
                if !std::mem::replace(&mut troubled, true) {
                    tracing::warn!(%error, "nobody can be told of answers on Discord just now");
                }
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn tell_all(bot: &Bot) -> Result<(), StoreError> {
    for wished in bot.desk.to_tell(CHANNEL).await? {
        let is_over = match tell(bot, &wished).await {
            Ok(()) => true,
            Err(failure) => {
                report(&failure, "someone could not be told of an answer");
                // Who takes no direct messages still has the receipt; what may pass is tried again in a minute.
                failure.meaning() != Meaning::Passing
            }
        };
        if is_over {
            bot.desk.told(&wished).await?;
        }
    }
    Ok(())
}

async fn tell(bot: &Bot, wished: &Wished) -> Result<(), Failure> {
    let Some(user) = wished.address().parse().ok().filter(|id| *id != 0) else {
        return Ok(());
    };
    let user = UserId::new(user);
    bot.tell(user, &drawn(bot, wished, user)).await
}

fn drawn(bot: &Bot, wished: &Wished, user: UserId) -> Drawing {
    let mut reply = wished.reply.clone();
    let phrases = bot.phrases(reply.answer.language);
    reply.answer.blocks.insert(
        0,
        Block::Text {
            text: phrases.discord.told,
        },
    );
    let place = Place {
        removed_by: Some(bot.names.tag(user)),
        form: false,
        shared: false,
    };
    bot.drawn(reply, place)
}
