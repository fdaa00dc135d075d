//! Someone wants to be called: opens the form, takes it in, and takes it back.

use serenity::all::ModalInteraction;

use super::form::written;
use crate::desk::{CallBackRefusal, LONGEST_SUBJECT, Wanted};
use crate::discord::bot::{Bot, CHANNEL, Person, report};
use crate::discord::card::Drawing;
use crate::discord::draw::{ADDRESS_FIELD, SUBJECT_FIELD, call_back_form};
use crate::discord::ids::Press;
use crate::discord::markdown::literal;
use crate::discord::render::{Place, said, with_buttons};
use crate::discord::rest::Ticket;
use crate::knowledge::{BestTime, Language};

/// Opens the form.
pub(super) async fn open(bot: &Bot, ticket: Ticket<'_>, language: Language) {
    let Some(form) = call_back_form(&bot.phrases(language), language, LONGEST_SUBJECT) else {
        return;
    };
    if let Err(failure) = bot.rest.respond(ticket, &form).await {
        report(&failure, "the form to be called could not be opened");
    }
}

/// Whether someone in need has written what stands in the form.
pub(super) fn is_cry_for_help(bot: &Bot, form: &ModalInteraction) -> bool {
    [SUBJECT_FIELD, ADDRESS_FIELD]
        .into_iter()
        .filter_map(|field| written(form, field))
        .any(|text| bot.desk.is_cry_for_help(text))
}

/// Keeps what stands in the form, and says what comes of it.
pub(super) async fn sent(
    bot: &Bot,
    person: Person,
    form: &ModalInteraction,
    language: Language,
) -> Drawing {
    let text = |field| written(form, field).unwrap_or_default();
    let wanted = Wanted {
        office: None,
        address: text(ADDRESS_FIELD),
        subject: text(SUBJECT_FIELD),
        best_time: BestTime::Anytime,
        language,
    };
    let conversation = bot.conversation(person);
    let phrases = bot.phrases(language).callback;
    let asked = bot.desk.ask_call_back(&conversation, CHANNEL, &wanted);
    match asked.await {
        Ok(promised) => {
            let promise = said(&bot.desk.promised_text(&promised, language));
            let withdraw = Press::Withdraw(promised.id);
            with_buttons(promise, [(withdraw, phrases.withdraw.as_str())], language)
        }
        Err(CallBackRefusal::InNeed(reply)) => bot.drawn(*reply, Place::default()),
        Err(refusal) => {
            let base = bot.library().current();
            let why = refusal.text(base.knowledge(), language);
            // A form cannot be opened again with what stood in it; it is shown, so that it can be copied.
            let lines = wanted.subject.lines().map(literal);
            let quoted: Vec<String> = lines.map(|line| format!("> {line}")).collect();
            let mut refused = said(&why);
            if let Some(card) = refused.cards.first_mut() {
                card.text = format!("{}\n\n{}", card.text, quoted.join("\n"));
            }
            with_buttons(
                refused,
                [(Press::CallBack, phrases.heading.as_str())],
                language,
            )
        }
    }
}

/// Deletes what the person who presses has left.
pub(super) async fn withdraw(bot: &Bot, person: Person, id: &str, language: Language) -> Drawing {
    let conversation = bot.conversation(person);
    let phrases = bot.phrases(language);
    let withdrawn = bot.desk.withdraw_call_back(&conversation, id).await;
    said(match withdrawn {
        Ok(true) => &phrases.callback.withdrawn_text,
        Ok(false) => &phrases.callback.withdrawn_nothing,
        Err(error) => {
            tracing::warn!(%error, "a wish to be called could not be taken back");
            &phrases.erase_unavailable
        }
    })
}
