//! Someone writes: to the bot directly, mentioning it, or in reply to it. It answers nothing else.

use serenity::all::{Message, MessageType};

use crate::answering::Decision;
use crate::discord::bot::{Bot, Person, report};
use crate::discord::card::{Button, Drawing, Row};
use crate::discord::ids::{Id, Press};
use crate::discord::permissions::missing;
use crate::discord::render::{Place, render, said};
use crate::discord::retry::Meaning;
use crate::knowledge::{EntryId, Language, fill};

/// Answers a message, if it is for the bot.
pub(super) async fn heard(bot: &Bot, message: &Message) {
    let Some(person) = speaks_to_us(bot, message) else {
        return;
    };
    let text = words_of(&message.content);
    let language = bot.default_language();
    if let Some((notice, first)) = bot.too_fast(person, language)
        // However fast someone in need writes, they are answered.
        && !bot.desk.is_cry_for_help(&text)
    {
        if first {
            answer(bot, message, person, &notice, language).await;
        }
        return;
    }
    if text.is_empty() {
        let help = said(&bot.phrases(language).discord.help);
        answer(bot, message, person, &help, language).await;
        return;
    }
    let reply = bot.ask(person, &text, None).await;
    let language = reply.answer.language;
    if reply.answer.decision == Decision::Crisis && person.shared {
        let phrases = bot.phrases(language);
        let lines = reply.answer.shown.clone();
        let drawing = render(&reply.answer, &phrases, removable(person));
        in_private(bot, person, &drawing, lines, language).await;
        return;
    }
    let drawing = bot.drawn(reply, removable(person));
    answer(bot, message, person, &drawing, language).await;
}

/// The one who speaks, when it is to the bot. Bots, webhooks and Discord itself never do, so that no two bots talk on.
fn speaks_to_us(bot: &Bot, message: &Message) -> Option<Person> {
    let written = matches!(
        message.kind,
        MessageType::Regular | MessageType::InlineReply
    );
    if message.author.bot || message.author.system || message.webhook_id.is_some() || !written {
        return None;
    }
    let shared = message.guild_id.is_some();
    let mentioned = message.mentions.iter().any(|u| u.id == bot.me);
    let replied_to = message
        .referenced_message
        .as_ref()
        .is_some_and(|m| m.author.id == bot.me && message.kind == MessageType::InlineReply);
    if shared && !mentioned && !replied_to {
        return None;
    }
    bot.person(message.author.id, message.channel_id, shared)
}

/// What was written, without Discord's own marks: mentions of people, roles and channels, emoji of the server, times.
/// They are ids, which nobody can answer and nothing may keep.
fn words_of(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(start) = rest.find('<') {
        let (before, mark) = rest.split_at(start);
        out.push_str(before);
        let is_mark = |inner: &str| {
            inner.starts_with(['@', '#', ':', '/'])
                || ["a:", "t:", "id:"].iter().any(|m| inner.starts_with(m))
        };
        match mark.find('>').filter(|end| is_mark(&mark[1..*end])) {
            Some(end) => {
                out.push(' ');
                rest = &mark[end + 1..];
            }
            None => {
                out.push('<');
                rest = &mark[1..];
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

fn removable(person: Person) -> Place {
    Place {
        removed_by: Some(person.tag),
        form: false,
        shared: person.shared,
    }
}

/// Answers where the question was asked; where the bot may not, it tells the person directly what is missing.
async fn answer(
    bot: &Bot,
    message: &Message,
    person: Person,
    drawing: &Drawing,
    language: Language,
) {
    let Err(failure) = bot.reply(message, drawing).await else {
        return;
    };
    report(&failure, "a message could not be answered");
    if person.shared && failure.meaning() == Meaning::Forbidden {
        let phrases = bot.phrases(language);
        let text = fill(
            &phrases.discord.cannot_answer_there,
            &[("permissions", &missing(None, &phrases))],
        );
        if let Err(failure) = bot.tell(person.user, &said(&text)).await {
            report(
                &failure,
                "nobody could be told that a permission is missing",
            );
        }
    }
}

/// Answers someone in need who has written where others see it. What protects them: nobody else learns of it, so the
/// answer is a direct message and the channel stays silent, without even a sign that the bot has read. Where they take
/// no direct messages, silence would leave them alone, and the lines themselves would tell everyone what it is about;
/// so the channel gets a sentence that names nobody and replies to nobody, with 112 and a button that shows the lines
/// to whoever presses it, and to no one else.
async fn in_private(
    bot: &Bot,
    person: Person,
    drawing: &Drawing,
    lines: Vec<EntryId>,
    language: Language,
) {
    let Err(failure) = bot.tell(person.user, drawing).await else {
        return;
    };
    report(&failure, "someone in need could not be written to directly");
    let phrases = bot.phrases(language);
    let id = Id {
        press: Press::HelpLines(lines),
        language,
    };
    let mut here = said(&phrases.discord.crisis_here);
    here.rows = id
        .print()
        .map(|id| {
            Row::Buttons(vec![Button {
                id,
                label: phrases.discord.show_me.clone(),
                main: true,
            }])
        })
        .into_iter()
        .collect();
    if let Err(failure) = bot.write(person.channel, &here.fitted()).await {
        report(&failure, "someone in need could not be answered at all");
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn discords_own_marks_are_no_words() {
        for (content, words) in [
            ("<@123> hur får vi bidrag?", "hur får vi bidrag?"),
            ("<@!123>", ""),
            (
                "fråga <@456> i <#789> <a:hej:1> <:x:2> <t:3:R> </ask:4> <@&5> nu",
                "fråga   i       nu",
            ),
            ("2 < 3 och 4 > 1", "2 < 3 och 4 > 1"),
            ("<hej>", "<hej>"),
            ("är x<y?", "är x<y?"),
        ] {
            let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(squeezed(&words_of(content)), squeezed(words), "{content}");
        }
    }
}
