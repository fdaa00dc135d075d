//! What staff are told of in their channel: questions without an answer, and a digest of the day.

use std::time::Duration;

use serenity::all::{ChannelId, MessageId};

use super::bot::{Bot, report};
use super::card::{Card, Drawing, Field};
use super::markdown::literal;
use super::render::said;
use super::retry::{Failure, Meaning};
use crate::desk::{Digest, OpenGroup, Post, ToPost};
use crate::knowledge::{Language, Phrases, fill};

/// How often the desk is asked for news. Whatever wrote them, this is how soon staff see them.
const EVERY: Duration = Duration::from_secs(2);
/// How long to leave a channel alone where the bot may not write.
const SHUT_OUT: Duration = Duration::from_secs(600);

/// Tells staff, until it is cancelled. Does nothing when no channel is set.
pub(super) async fn watch(bot: &Bot) {
    let Some(channel) = bot.settings.staff_channel else {
        return;
    };
    let channel = ChannelId::new(channel.get());
    let mut digested = None;
    let mut trouble = Trouble::default();
    loop {
        let outcome = tell(bot, channel, &mut digested).await;
        let pause = match outcome {
            Ok(()) => {
                trouble.over();
                EVERY
            }
            Err(problem) => {
                trouble.say(&problem);
                problem.pause()
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// What most people wait for an answer to, as a list.
pub(super) async fn top(bot: &Bot, limit: u32, language: Language) -> Drawing {
    let phrases = bot.phrases(language);
    match bot.desk.top_unanswered(limit).await {
        Ok(groups) if groups.is_empty() => said(&phrases.discord.unanswered_none),
        Ok(groups) => Drawing {
            cards: vec![Card {
                title: phrases.discord.unanswered.clone(),
                fields: fields(bot, &groups, &phrases, language),
                ..Card::default()
            }],
            rows: Vec::new(),
        }
        .fitted(),
        Err(error) => {
            tracing::warn!(%error, "staff could not be shown what waits for an answer");
            said(&phrases.discord.unanswered_unavailable)
        }
    }
}

/// Why staff could not be told.
enum Problem {
    Database(crate::desk::StoreError),
    Discord(Failure),
}

impl From<crate::desk::StoreError> for Problem {
    fn from(error: crate::desk::StoreError) -> Problem {
        Problem::Database(error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        Problem::Discord(failure)
    }
}

impl Problem {
    fn pause(&self) -> Duration {
        match self {
            Problem::Discord(failure) => match failure.meaning() {
                Meaning::Forbidden | Meaning::Gone | Meaning::Lasting | Meaning::WrongToken => {
                    SHUT_OUT
                }
                Meaning::Passing | Meaning::TooLate | Meaning::NoDirectMessages => EVERY,
            },
            Problem::Database(_) => EVERY,
        }
    }
}

/// Says that something is wrong when it begins, and not every two seconds after.
#[derive(Default)]
struct Trouble {
    said: bool,
}

impl Trouble {
    fn over(&mut self) {
        self.said = false;
    }

    fn say(&mut self, problem: &Problem) {
        if std::mem::replace(&mut self.said, true) {
            return;
        }
        match problem {
            Problem::Database(error) => {
                tracing::warn!(%error, "staff cannot be told of questions on Discord just now");
            }
            Problem::Discord(failure) => match failure.meaning() {
                Meaning::Forbidden | Meaning::Gone => tracing::warn!(
                    %failure,
                    "discord.staff_channel cannot be written in; see that its id is right and that the bot may view it, \
                     send messages and embed links there; it is tried again in ten minutes"
                ),
                _ => {
                    tracing::warn!(%failure, "staff cannot be told of questions on Discord just now")
                }
            },
        }
    }
}

async fn tell(
    bot: &Bot,
    channel: ChannelId,
    digested: &mut Option<jiff::civil::Date>,
) -> Result<(), Problem> {
    let name = channel.to_string();
    for news in bot.desk.to_post(&name).await? {
        let message = show(bot, channel, &news).await?;
        bot.desk.posted(&name, &news, &message.to_string()).await?;
    }
    for post in bot.desk.to_settle().await? {
        settle(bot, &post).await?;
        bot.desk.settled(&post).await?;
    }
    let (today, hour) = bot.desk.local_time();
    let due = bot
        .settings
        .digest_hour
        .is_some_and(|at| i16::from(hour) >= i16::from(at));
    if due && *digested != Some(today) {
        write_digest(bot, channel).await?;
        *digested = Some(today);
    }
    Ok(())
}

/// Writes a group, or changes its message; the message that shows it.
async fn show(bot: &Bot, channel: ChannelId, news: &ToPost) -> Result<MessageId, Failure> {
    let drawing = open(bot, &news.group);
    let before = news.message.as_deref().and_then(message_id);
    if let Some(message) = before {
        if news.closed {
            // Asked again after it was answered: a new message, for a change of an old one is seen by nobody.
            gone_is_fine(bot.rest.remove(channel, message).await)?;
        } else {
            match bot.rest.change(channel, message, &drawing.change()).await {
                Ok(()) => return Ok(message),
                // Someone has deleted the message; the question has been asked again since.
                Err(failure) if failure.meaning() == Meaning::Gone => {}
                Err(failure) => return Err(failure),
            }
        }
    }
    bot.write(channel, &drawing).await
}

/// Says under a message that its questions have been dealt with, or deletes it with them.
async fn settle(bot: &Bot, post: &Post) -> Result<(), Failure> {
    let channel = post
        .channel()
        .parse()
        .ok()
        .filter(|id| *id != 0)
        .map(ChannelId::new);
    let (Some(channel), Some(message)) = (channel, post.message().and_then(message_id)) else {
        return Ok(());
    };
    let outcome = match &post.left {
        Some(group) => {
            let drawing = answered(bot, group);
            bot.rest.change(channel, message, &drawing.change()).await
        }
        None => bot.rest.remove(channel, message).await,
    };
    match outcome {
        // A channel that the bot may no longer see keeps what it has; nothing can be done about it from here.
        Err(failure) if failure.meaning() == Meaning::Forbidden => {
            report(
                &failure,
                "a message to staff could not be brought up to date",
            );
            Ok(())
        }
        outcome => gone_is_fine(outcome),
    }
}

fn gone_is_fine(outcome: Result<(), Failure>) -> Result<(), Failure> {
    match outcome {
        Err(failure) if failure.meaning() == Meaning::Gone => Ok(()),
        outcome => outcome,
    }
}

async fn write_digest(bot: &Bot, channel: ChannelId) -> Result<(), Problem> {
    let name = channel.to_string();
    let Some(digest) = bot.desk.digest(&name).await? else {
        return Ok(());
    };
    let drawing = day(bot, &digest);
    if let Err(failure) = bot.write(channel, &drawing).await {
        bot.desk.digest_failed(&name).await?;
        return Err(failure.into());
    }
    Ok(())
}

fn open(bot: &Bot, group: &OpenGroup) -> Drawing {
    let language = bot.default_language();
    let phrases = bot.phrases(language);
    let how = fill(
        &phrases.discord.staff_how,
        &[("receipt", group.receipt.as_str())],
    );
    Drawing {
        cards: vec![Card {
            title: phrases.discord.staff_new.clone(),
            text: format!(
                "{}\n\n{}",
                literal(&group.wording),
                about(bot, group, &phrases, language)
            ),
            footer: how,
            ..Card::default()
        }],
        rows: Vec::new(),
    }
    .fitted()
}

fn answered(bot: &Bot, group: &OpenGroup) -> Drawing {
    let phrases = bot.phrases(bot.default_language());
    Drawing {
        cards: vec![Card {
            title: phrases.discord.staff_answered.clone(),
            text: literal(&group.wording),
            quiet: true,
            ..Card::default()
        }],
        rows: Vec::new(),
    }
    .fitted()
}

fn day(bot: &Bot, digest: &Digest) -> Drawing {
    let language = bot.default_language();
    let phrases = bot.phrases(language);
    let values = [
        ("asked", digest.asked.to_string()),
        ("answered", digest.answered.to_string()),
        ("open", digest.open.to_string()),
    ];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Drawing {
        cards: vec![Card {
            title: phrases.discord.digest.clone(),
            text: literal(&fill(&phrases.discord.digest_figures, &values)),
            fields: fields(bot, &digest.top, &phrases, language),
            ..Card::default()
        }],
        rows: Vec::new(),
    }
    .fitted()
}

/// A field for each group: how often it was asked and whose it is, then how it was worded.
fn fields(bot: &Bot, groups: &[OpenGroup], phrases: &Phrases, language: Language) -> Vec<Field> {
    groups
        .iter()
        .map(|group| Field {
            name: about(bot, group, phrases, language),
            value: format!(
                "{}\n{}",
                literal(&group.wording),
                literal(group.receipt.as_str())
            ),
            short: false,
        })
        .collect()
}

fn about(bot: &Bot, group: &OpenGroup, phrases: &Phrases, language: Language) -> String {
    let times = match group.count {
        0 | 1 => phrases.discord.staff_once.clone(),
        count => fill(
            &phrases.discord.staff_times,
            &[("count", &count.to_string())],
        ),
    };
    let Some(office) = &group.office else {
        return literal(&times);
    };
    let answerer = bot.library().current();
    let title = answerer.knowledge().title(office, language);
    let office = fill(&phrases.discord.staff_office, &[("office", title)]);
    literal(&format!("{times} · {office}"))
}

fn message_id(text: &str) -> Option<MessageId> {
    text.parse().ok().filter(|id| *id != 0).map(MessageId::new)
}
