//! Someone presses a button or chooses in a menu. What it means stands in its id, whenever the message was written.

use serenity::all::{
    ComponentInteraction, ComponentInteractionDataKind, CreateInteractionResponse,
    CreateInteractionResponseFollowup,
};

use super::callback;
use super::command::{answer_place, is_shared, open_form};
use super::{path, reminder};
use crate::desk::{Receipt, Verdict};
use crate::discord::bot::{Bot, CHANNEL, Person, report};
use crate::discord::card::Drawing;
use crate::discord::commands::language_of;
use crate::discord::draw::nobody;
use crate::discord::ids::{Id, Press, Tag};
use crate::discord::permissions::missing;
use crate::discord::render::{Place, said};
use crate::discord::rest::Ticket;
use crate::discord::retry::Meaning;
use crate::knowledge::{EntryId, Facet, Language, Phrases, fill};

/// Answers a press. Where others are, only the one who pressed sees the answer.
pub(super) async fn pressed(bot: &Bot, press: &ComponentInteraction) {
    let shared = is_shared(press.guild_id.is_some(), press.context);
    let person = bot.person(press.user.id, press.channel_id, shared);
    let Some(person) = person.filter(|_| !press.user.bot) else {
        return;
    };
    let ticket = Ticket {
        id: press.id,
        application: press.application_id,
        token: &press.token,
    };
    let Some(Id {
        press: meant,
        language,
    }) = Id::parse(&press.data.custom_id)
    else {
        let language = language_of(&press.locale).unwrap_or_else(|| bot.default_language());
        let outdated = said(&bot.phrases(language).discord.outdated);
        return bot.answer_now(ticket, shared, &outdated).await;
    };
    // Whoever wants help lines, or wants something gone, is never told to wait.
    let may_wait = !matches!(
        meant,
        Press::HelpLines(_) | Press::Remove(_) | Press::StopReminding(_) | Press::DropReminders
    );
    if may_wait && let Some((notice, _)) = bot.too_fast(person, language) {
        return bot.answer_now(ticket, shared, &notice).await;
    }
    match meant {
        Press::AskOn | Press::Form => open_form(bot, ticket, language).await,
        Press::CallBack | Press::CallBackForm => callback::open(bot, ticket, language).await,
        Press::Withdraw(id) => {
            let withdrawn = callback::withdraw(bot, person, &id, language);
            bot.answer_later(ticket, shared, withdrawn).await;
        }
        Press::Remove(asker) => remove(bot, press, person, asker, language).await,
        Press::Human => {
            let drawing = bot.drawn(bot.desk.human(language), Place::default());
            bot.answer_now(ticket, shared, &drawing).await;
        }
        Press::HelpLines(lines) => {
            let drawing = bot.drawn(bot.desk.help_lines(&lines, language), Place::default());
            bot.answer_now(ticket, shared, &drawing).await;
        }
        Press::Show { entry, facet } => {
            let shown = show(bot, person, &entry, facet, language);
            bot.answer_later(ticket, shared, shown).await;
        }
        Press::Path(code) => {
            let led = path::lead(bot, person, &code, language);
            bot.answer_later(ticket, shared, led).await;
        }
        Press::Answers => {
            let Some(code) = path::together(picked(press)) else {
                let outdated = said(&bot.phrases(language).discord.outdated);
                return bot.answer_now(ticket, shared, &outdated).await;
            };
            let led = path::lead(bot, person, &code, language);
            bot.answer_later(ticket, shared, led).await;
        }
        Press::Write(code) | Press::Written(code) => {
            path::open_form(bot, ticket, &code, language).await;
        }
        Press::Pick(_) => {
            let entry = picked(press).first().and_then(|id| EntryId::parse(id).ok());
            let Some(entry) = entry else {
                let outdated = said(&bot.phrases(language).discord.outdated);
                return bot.answer_now(ticket, shared, &outdated).await;
            };
            let shown = show(bot, person, &entry, None, language);
            bot.answer_later(ticket, shared, shown).await;
        }
        Press::Helpful(entry) => {
            let judged = judge(bot, person, &entry, true, language);
            bot.answer_later(ticket, shared, judged).await;
        }
        Press::Unhelpful(entry) => {
            let judged = judge(bot, person, &entry, false, language);
            bot.answer_later(ticket, shared, judged).await;
        }
        Press::Remind(entry) => {
            let kept = reminder::keep(bot, person, &entry, language);
            bot.answer_later(ticket, shared, kept).await;
        }
        Press::StopReminding(entry) => {
            let entries = [entry];
            let stopped = reminder::stop(bot, person, &entries, language);
            bot.answer_later(ticket, shared, stopped).await;
        }
        Press::DropReminders => {
            let picked = picked(press).iter();
            let entries: Vec<EntryId> = picked.filter_map(|id| EntryId::parse(id).ok()).collect();
            let stopped = reminder::stop(bot, person, &entries, language);
            bot.answer_later(ticket, shared, stopped).await;
        }
        Press::Tell(receipt) => {
            let kept = keep_wish(bot, person, &receipt, language);
            bot.answer_later(ticket, shared, kept).await;
        }
    }
}

/// What was picked in a menu, by its values; nothing on anything else.
fn picked(press: &ComponentInteraction) -> &[String] {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values,
        _ => &[],
    }
}

async fn show(
    bot: &Bot,
    person: Person,
    entry: &EntryId,
    facet: Option<Facet>,
    language: Language,
) -> Drawing {
    let conversation = bot.conversation(person);
    match bot.desk.show(&conversation, entry, facet, language).await {
        Some(reply) => {
            bot.desk.count_shown(&reply.answer, CHANNEL);
            bot.drawn(reply, answer_place(person))
        }
        None => said(&bot.phrases(language).discord.outdated),
    }
}

async fn judge(
    bot: &Bot,
    person: Person,
    entry: &EntryId,
    helpful: bool,
    language: Language,
) -> Drawing {
    let conversation = bot.conversation(person);
    let verdict = if helpful {
        Verdict::Helpful
    } else {
        Verdict::Unhelpful {
            complaint: None,
            remark: "",
        }
    };
    let reply = bot
        .desk
        .feedback_on(&conversation, CHANNEL, entry, language, verdict)
        .await;
    bot.drawn(reply, Place::default())
}

async fn keep_wish(bot: &Bot, person: Person, receipt: &Receipt, language: Language) -> Drawing {
    let address = person.user.to_string();
    let kept = bot.desk.tell_me(receipt, CHANNEL, &address, language).await;
    let phrases = bot.phrases(language);
    let phrase = if kept {
        &phrases.discord.will_tell
    } else {
        &phrases.discord.cannot_tell
    };
    said(&fill(phrase, &[("receipt", receipt.as_str())]))
}

/// Removes the bot's own message, for the one who asked and for those who may remove any.
async fn remove(
    bot: &Bot,
    press: &ComponentInteraction,
    person: Person,
    asker: Tag,
    language: Language,
) {
    let ticket = Ticket {
        id: press.id,
        application: press.application_id,
        token: &press.token,
    };
    let phrases = bot.phrases(language);
    let moderates = press
        .member
        .as_ref()
        .and_then(|m| m.permissions)
        .is_some_and(|p| p.manage_messages());
    if person.shared && person.tag != asker && !moderates {
        let refused = said(&phrases.discord.not_yours);
        return bot.answer_now(ticket, true, &refused).await;
    }
    let acknowledged = bot
        .rest
        .respond(ticket, &CreateInteractionResponse::Acknowledge)
        .await;
    if let Err(failure) = acknowledged {
        // The message goes all the same: that is what was asked for.
        report(&failure, "a press could not be acknowledged");
    }
    let removed = bot.rest.remove(press.channel_id, press.message.id).await;
    let Err(failure) = removed else { return };
    report(&failure, "a message could not be removed");
    let drawing = match failure.meaning() {
        Meaning::Gone => said(&phrases.discord.gone),
        Meaning::Forbidden => said(&forbidden(press, &phrases)),
        _ => bot.sorry(language),
    };
    let message = CreateInteractionResponseFollowup::new()
        .embeds(drawing.embeds())
        .allowed_mentions(nobody())
        .ephemeral(person.shared);
    if let Err(failure) = bot.rest.follow_up(ticket, &message).await {
        report(&failure, "nobody could be told why a message stays");
    }
}

fn forbidden(press: &ComponentInteraction, phrases: &Phrases) -> String {
    let missing = missing(press.app_permissions, phrases);
    fill(&phrases.discord.forbidden, &[("permissions", &missing)])
}
