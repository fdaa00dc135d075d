//! Someone goes along a guided way in: presses an answer, picks some in a menu, or writes one in a form.

use super::command::answer_place;
use crate::desk::Message;
use crate::discord::bot::{Bot, CHANNEL, Person, report};
use crate::discord::card::Drawing;
use crate::discord::draw::words_form;
use crate::discord::render::said;
use crate::discord::rest::Ticket;
use crate::knowledge::{Language, PathName};
use crate::paths::Path;

/// Begins a way in.
pub(super) async fn begin(
    bot: &Bot,
    person: Person,
    name: PathName,
    language: Language,
) -> Drawing {
    lead(bot, person, &Path::begin(name).code(), language).await
}

/// Goes where a code leads.
pub(super) async fn lead(bot: &Bot, person: Person, code: &str, language: Language) -> Drawing {
    let conversation = bot.conversation(person);
    match bot.desk.lead(&conversation, CHANNEL, code, language).await {
        Some(reply) => bot.drawn(reply, answer_place(person)),
        None => said(&bot.phrases(language).discord.outdated),
    }
}

/// Where the answers that were picked in a menu lead together; `None` when they lead nowhere.
pub(super) fn together(codes: &[String]) -> Option<String> {
    let places: Option<Vec<Path>> = codes.iter().map(|code| Path::parse(code)).collect();
    let places = places?;
    match places.as_slice() {
        [one] => Some(one.code()),
        several => Path::together(several).map(|place| place.code()),
    }
}

/// Opens the form for one's own words to the step at a place.
pub(super) async fn open_form(bot: &Bot, ticket: Ticket<'_>, code: &str, language: Language) {
    let asked = bot.desk.words_asked(code, language);
    let Some(form) = asked.and_then(|asked| words_form(&asked, code, language)) else {
        let outdated = said(&bot.phrases(language).discord.outdated);
        return bot.answer_now(ticket, true, &outdated).await;
    };
    if let Err(failure) = bot.rest.respond(ticket, &form).await {
        report(
            &failure,
            "the form for a step of a way in could not be opened",
        );
    }
}

/// Takes what stands in that form to the step.
pub(super) async fn written(
    bot: &Bot,
    person: Person,
    code: &str,
    text: &str,
    language: Language,
) -> Drawing {
    let conversation = bot.conversation(person);
    let message = Message {
        conversation: &conversation,
        channel: CHANNEL,
        text,
        language: Some(language),
    };
    match bot.desk.write_at(&message, code).await {
        Some(reply) => bot.drawn(reply, answer_place(person)),
        None => said(&bot.phrases(language).discord.outdated),
    }
}
