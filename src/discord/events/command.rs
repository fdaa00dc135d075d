//! Someone gives a command.

use serenity::all::{CommandInteraction, InteractionContext, ResolvedValue};

use super::{path, reminder};
use crate::answering::Choice;
use crate::desk::{LONGEST_MESSAGE, Receipt};
use crate::discord::bot::{Bot, CHANNEL, Person, report};
use crate::discord::card::Drawing;
use crate::discord::commands::{ABOUT, CODE, Command, QUESTION, language_of};
use crate::discord::draw::form;
use crate::discord::render::{Place, menus, said};
use crate::discord::rest::Ticket;
use crate::discord::staff;
use crate::knowledge::{EntryKind, Language, PathName, Standing};

/// How many groups staff are shown.
const MOST_SHOWN: u32 = 10;

/// Answers a command. Where others are, only the one who gave it sees the answer.
pub(super) async fn given(bot: &Bot, command: &CommandInteraction) {
    let shared = is_shared(command.guild_id.is_some(), command.context);
    let person = bot.person(command.user.id, command.channel_id, shared);
    let Some(person) = person.filter(|_| !command.user.bot) else {
        return;
    };
    let ticket = Ticket {
        id: command.id,
        application: command.application_id,
        token: &command.token,
    };
    let spoken = language_of(&command.locale);
    let language = spoken.unwrap_or_else(|| bot.default_language());
    let phrases = bot.phrases(language);
    let Some(kind) = Command::from_name(&command.data.name) else {
        let outdated = said(&phrases.discord.outdated);
        return bot.answer_now(ticket, shared, &outdated).await;
    };
    let text = |name| text_of(command, name);
    let asked = match kind {
        Command::Ask => text(QUESTION),
        Command::Grants | Command::Contact => text(ABOUT),
        Command::Engage
        | Command::Idea
        | Command::Influence
        | Command::CallMe
        | Command::Receipt
        | Command::Reminders
        | Command::Forget
        | Command::Help
        | Command::Unanswered => None,
    };
    // Everything of one's own is erased at once; what has a code is not, for codes could be tried one after another.
    let forgets_all = kind == Command::Forget && text(CODE).is_none();
    if let Some((notice, _)) = bot.too_fast(person, language)
        && !forgets_all
        && !asked.is_some_and(|text| bot.desk.is_cry_for_help(text))
    {
        return bot.answer_now(ticket, shared, &notice).await;
    }
    if let Some(text) = asked {
        return bot
            .answer_later(ticket, shared, ask(bot, person, text, spoken))
            .await;
    }
    let no_code = said(&phrases.discord.no_code);
    match kind {
        Command::Ask => open_form(bot, ticket, language).await,
        Command::Grants => begin(bot, ticket, person, PathName::Grants, language).await,
        Command::Engage => begin(bot, ticket, person, PathName::People, language).await,
        Command::Idea => begin(bot, ticket, person, PathName::Idea, language).await,
        Command::Influence => begin(bot, ticket, person, PathName::Influence, language).await,
        Command::CallMe => begin(bot, ticket, person, PathName::CallBack, language).await,
        Command::Contact => {
            let kinds = [EntryKind::Contacts, EntryKind::Offices];
            let menu = menu(bot, &phrases.discord.contacts, &kinds, language);
            bot.answer_now(ticket, shared, &menu).await;
        }
        Command::Receipt => {
            let Some(receipt) = text(CODE).and_then(Receipt::parse) else {
                return bot.answer_now(ticket, shared, &no_code).await;
            };
            let looked_up = async {
                let reply = bot.desk.receipt_state(&receipt, language).await;
                bot.drawn(reply, Place::default())
            };
            bot.answer_later(ticket, shared, looked_up).await;
        }
        Command::Forget if !forgets_all => {
            let Some(receipt) = text(CODE).and_then(Receipt::parse) else {
                return bot.answer_now(ticket, shared, &no_code).await;
            };
            let erased = forget_receipt(bot, &receipt, language);
            bot.answer_later(ticket, shared, erased).await;
        }
        Command::Reminders => {
            let list = reminder::list(bot, person, language);
            bot.answer_later(ticket, shared, list).await;
        }
        Command::Forget => {
            let erased = async {
                let (all, address) = (bot.names.person(person.user), person.user.to_string());
                let reply = bot
                    .desk
                    .erase_person(&all, CHANNEL, &address, language)
                    .await;
                bot.drawn(reply, Place::default())
            };
            bot.answer_later(ticket, shared, erased).await;
        }
        Command::Help => {
            let text = format!(
                "{}\n\n{}\n\n{}",
                phrases.discord.help,
                bot.desk.notice(language),
                bot.privacy(language)
            );
            bot.answer_now(ticket, shared, &said(&text)).await;
        }
        Command::Unanswered => {
            if !is_staff(bot, command) {
                let refused = said(&phrases.discord.staff_only);
                return bot.answer_now(ticket, true, &refused).await;
            }
            // Never for others to see: it is a list of what residents have asked.
            let list = staff::top(bot, MOST_SHOWN, language);
            bot.answer_later(ticket, true, list).await;
        }
    }
}

/// Erases what has a receipt, whoever left it: the receipt is what shows that.
async fn forget_receipt(bot: &Bot, receipt: &Receipt, language: Language) -> Drawing {
    match bot.desk.erase_receipt(receipt, false).await {
        Ok((erased, _)) => said(&bot.desk.erased_receipt_text(receipt, &erased, language)),
        Err(_) => said(&bot.phrases(language).erase_unavailable),
    }
}

/// Whether others see what is written there.
pub(super) fn is_shared(in_server: bool, context: Option<InteractionContext>) -> bool {
    in_server || context.is_some_and(|c| c != InteractionContext::BotDm)
}

/// Begins a guided way in.
async fn begin(bot: &Bot, ticket: Ticket<'_>, person: Person, name: PathName, language: Language) {
    let begun = path::begin(bot, person, name, language);
    bot.answer_later(ticket, person.shared, begun).await;
}

/// Opens the form for a question.
pub(super) async fn open_form(bot: &Bot, ticket: Ticket<'_>, language: Language) {
    let Some(form) = form(&bot.phrases(language), language, LONGEST_MESSAGE) else {
        return;
    };
    if let Err(failure) = bot.rest.respond(ticket, &form).await {
        report(&failure, "the form for a question could not be opened");
    }
}

/// Has the desk answer a question that came by a command or a form.
pub(super) async fn ask(
    bot: &Bot,
    person: Person,
    text: &str,
    language: Option<Language>,
) -> Drawing {
    let reply = bot.ask(person, text, language).await;
    bot.drawn(reply, answer_place(person))
}

/// Only the one who asked sees an answer where others are: they can put it away themselves, and need a form to go on.
pub(super) fn answer_place(person: Person) -> Place {
    if person.shared {
        Place {
            removed_by: None,
            form: true,
            shared: true,
        }
    } else {
        Place {
            removed_by: Some(person.tag),
            form: false,
            shared: false,
        }
    }
}

fn text_of<'a>(command: &'a CommandInteraction, name: &str) -> Option<&'a str> {
    command
        .data
        .options()
        .into_iter()
        .find(|o| o.name == name)
        .and_then(|o| match o.value {
            ResolvedValue::String(text) => Some(text),
            _ => None,
        })
}

fn is_staff(bot: &Bot, command: &CommandInteraction) -> bool {
    let Some(role) = bot.settings.staff_role else {
        return false;
    };
    command
        .member
        .as_ref()
        .is_some_and(|m| m.roles.iter().any(|r| r.get() == role.get()))
}

/// The entries of some kinds to choose among, by kind and title; what has ended comes last.
fn menu(bot: &Bot, text: &str, kinds: &[EntryKind], language: Language) -> Drawing {
    let answerer = bot.library().current();
    let knowledge = answerer.knowledge();
    let mut entries: Vec<_> = knowledge
        .entries()
        .iter()
        .filter(|e| kinds.contains(&e.id.kind()))
        .collect();
    entries.sort_by_key(|e| {
        let kind = kinds.iter().position(|k| *k == e.id.kind());
        let title = knowledge.title(&e.id, language);
        (e.standing == Standing::Ended, kind, title)
    });
    let choices: Vec<Choice> = entries
        .iter()
        .map(|e| Choice {
            entry: e.id.clone(),
            title: knowledge.title(&e.id, language).to_owned(),
        })
        .collect();
    menus(text, &choices, language, knowledge.phrases(language))
}
