//! Someone sends the form for a question.

use serenity::all::{ActionRowComponent, ModalInteraction};

use super::command::{ask, is_shared};
use crate::discord::bot::Bot;
use crate::discord::commands::language_of;
use crate::discord::draw::FORM_FIELD;
use crate::discord::ids::{Id, Press};
use crate::discord::render::said;
use crate::discord::rest::Ticket;

/// Answers what stands in the form.
pub(super) async fn sent(bot: &Bot, form: &ModalInteraction) {
    // A form says nothing of its context; where there is no server, it was opened from a direct message.
    let shared = is_shared(form.guild_id.is_some(), None);
    let person = bot.person(form.user.id, form.channel_id, shared);
    let Some(person) = person.filter(|_| !form.user.bot) else {
        return;
    };
    let ticket = Ticket {
        id: form.id,
        application: form.application_id,
        token: &form.token,
    };
    let spoken = language_of(&form.locale);
    let id = Id::parse(&form.data.custom_id).filter(|id| id.press == Press::Form);
    let Some(text) = id.as_ref().and_then(|_| written(form)) else {
        let language = spoken.unwrap_or_else(|| bot.default_language());
        let outdated = said(&bot.phrases(language).discord.outdated);
        return bot.answer_now(ticket, shared, &outdated).await;
    };
    let language = id.map(|id| id.language).or(spoken);
    let told_in = language.unwrap_or_else(|| bot.default_language());
    if let Some((notice, _)) = bot.too_fast(person, told_in)
        && !bot.desk.is_cry_for_help(text)
    {
        return bot.answer_now(ticket, shared, &notice).await;
    }
    bot.answer_later(ticket, shared, ask(bot, person, text, language))
        .await;
}

fn written(form: &ModalInteraction) -> Option<&str> {
    let parts = form.data.components.iter().flat_map(|row| &row.components);
    parts
        .filter_map(|part| match part {
            ActionRowComponent::InputText(field) if field.custom_id == FORM_FIELD => {
                field.value.as_deref()
            }
            _ => None,
        })
        .next()
}
