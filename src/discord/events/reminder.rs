//! Someone wants to be reminded of a last day, or no longer.

use crate::discord::bot::{Bot, CHANNEL, Person};
use crate::discord::card::Drawing;
use crate::discord::render::{reminders, said};
use crate::knowledge::{EntryId, Language};

/// Keeps that someone wants to be reminded of the next last day of an entry.
pub(super) async fn keep(
    bot: &Bot,
    person: Person,
    entry: &EntryId,
    language: Language,
) -> Drawing {
    let address = person.user.to_string();
    let text = bot.desk.remind_me(CHANNEL, &address, entry, language);
    said(&text.await)
}

/// What someone is reminded of.
pub(super) async fn list(bot: &Bot, person: Person, language: Language) -> Drawing {
    let phrases = bot.phrases(language);
    let address = person.user.to_string();
    match bot.desk.reminders(CHANNEL, &address, language).await {
        None => said(&phrases.reminder.list_unavailable),
        Some(kept) if kept.is_empty() => said(&phrases.reminder.none),
        Some(kept) => reminders(&kept, language, &phrases),
    }
}

/// Keeps some of it no longer.
pub(super) async fn stop(
    bot: &Bot,
    person: Person,
    entries: &[EntryId],
    language: Language,
) -> Drawing {
    let phrases = bot.phrases(language).reminder;
    let address = person.user.to_string();
    if bot.desk.stop_reminding(CHANNEL, &address, entries).await {
        said(&phrases.stopped)
    } else {
        said(&phrases.list_unavailable)
    }
}
