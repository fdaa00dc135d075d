//! Someone sends a form: for a question, for a step of a guided way in, or to be called.

use serenity::all::{ActionRowComponent, ModalInteraction};

use super::callback;
use super::command::{ask, is_shared};
use super::path;
use crate::discord::bot::Bot;
use crate::discord::commands::language_of;
use crate::discord::draw::FORM_FIELD;
use crate::discord::ids::{Id, Press};
use crate::discord::render::said;
use crate::discord::rest::Ticket;

/// Answers what stands in a form.
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
    let id = Id::parse(&form.data.custom_id);
    let language = id.as_ref().map(|id| id.language).or(spoken);
    let told_in = language.unwrap_or_else(|| bot.default_language());
    let sent = id.and_then(|id| match id.press {
        Press::Form => written(form, FORM_FIELD).map(Sent::Question),
        Press::Written(code) => written(form, FORM_FIELD).map(|text| Sent::Words { code, text }),
        Press::CallBackForm => Some(Sent::CallBack),
        Press::Show { .. }
        | Press::Pick(_)
        | Press::Helpful(_)
        | Press::Unhelpful(_)
        | Press::Human
        | Press::Tell(_)
        | Press::Remind(_)
        | Press::StopReminding(_)
        | Press::DropReminders
        | Press::AskOn
        | Press::CallBack
        | Press::Withdraw(_)
        | Press::Remove(_)
        | Press::HelpLines(_)
        | Press::Path(_)
        | Press::Answers
        | Press::Write(_) => None,
    });
    let Some(sent) = sent else {
        let outdated = said(&bot.phrases(told_in).discord.outdated);
        return bot.answer_now(ticket, shared, &outdated).await;
    };
    if let Some((notice, _)) = bot.too_fast(person, told_in) {
        let in_need = match sent {
            Sent::Question(text) | Sent::Words { text, .. } => bot.desk.is_cry_for_help(text),
            Sent::CallBack => callback::is_cry_for_help(bot, form),
        };
        if !in_need {
            return bot.answer_now(ticket, shared, &notice).await;
        }
    }
    match sent {
        Sent::Question(text) => {
            let asked = ask(bot, person, text, language);
            bot.answer_later(ticket, shared, asked).await;
        }
        Sent::Words { code, text } => {
            let taken = path::written(bot, person, &code, text, told_in);
            bot.answer_later(ticket, shared, taken).await;
        }
        Sent::CallBack => {
            let kept = callback::sent(bot, person, form, told_in);
            bot.answer_later(ticket, shared, kept).await;
        }
    }
}

/// What a form is for.
enum Sent<'a> {
    /// A question.
    Question(&'a str),
    /// One's own words to the step at a place.
    Words {
        /// The code of the place.
        code: String,
        /// What was written.
        text: &'a str,
    },
    /// To be called.
    CallBack,
}

/// What stands in a field of a form.
pub(super) fn written<'a>(form: &'a ModalInteraction, name: &str) -> Option<&'a str> {
    let parts = form.data.components.iter().flat_map(|row| &row.components);
    parts
        .filter_map(|part| match part {
            ActionRowComponent::InputText(field) if field.custom_id == name => {
                field.value.as_deref()
            }
            _ => None,
        })
        .next()
}
