//! The commands: what they are called, what they take, and how they are described in either language.

use serenity::all::{
    CommandOptionType, CreateCommand, CreateCommandOption, InstallationContext, InteractionContext,
};

use super::card::{cut, limit};
use crate::knowledge::{Language, Phrases};

/// A command that residents or staff can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask a question; under two names, since many who write Swedish have Discord in English.
    Ask,
    /// To people and things to join in.
    Engage,
    /// To the grants that fit.
    Grants,
    /// From an idea to a plan.
    Idea,
    /// To have a say.
    Influence,
    /// To be called.
    CallMe,
    /// Contacts.
    Contact,
    /// What became of a saved question.
    Receipt,
    /// What one is reminded of.
    Reminders,
    /// Erase everything.
    Forget,
    /// What can be done.
    Help,
    /// For staff: what waits for an answer.
    Unanswered,
}

/// How a command is given: its name, its name in English where it differs, and what it means.
const NAMES: [(&str, Option<&str>, Command); 13] = [
    ("fråga", None, Command::Ask),
    ("ask", None, Command::Ask),
    ("engagera", Some("get-involved"), Command::Engage),
    ("bidrag", Some("grants"), Command::Grants),
    ("idé", Some("idea"), Command::Idea),
    ("påverka", Some("have-a-say"), Command::Influence),
    ("ring-mig", Some("call-me"), Command::CallMe),
    ("kontakt", Some("contact"), Command::Contact),
    ("kvitto", Some("receipt"), Command::Receipt),
    ("påminnelser", Some("reminders"), Command::Reminders),
    ("glöm-mig", Some("forget-me"), Command::Forget),
    ("hjälp", Some("help"), Command::Help),
    ("obesvarade", Some("unanswered"), Command::Unanswered),
];

/// Discord's names of the languages that lots speaks.
const SWEDISH: [&str; 1] = ["sv-SE"];
const ENGLISH: [&str; 2] = ["en-US", "en-GB"];

/// The name of an option that takes text.
pub(super) const QUESTION: &str = "fråga";
/// The name of an option that says what a command is about.
pub(super) const ABOUT: &str = "om";
/// The name of an option that takes a receipt code.
pub(super) const CODE: &str = "kod";

impl Command {
    /// The command with this name; `None` when lots has none.
    pub fn from_name(name: &str) -> Option<Command> {
        NAMES
            .iter()
            .find(|(own, ..)| *own == name)
            .map(|(.., command)| *command)
    }

    fn described(self, phrases: &Phrases) -> &str {
        match self {
            Command::Ask => &phrases.discord.describe_ask,
            Command::Engage => &phrases.discord.describe_engage,
            Command::Grants => &phrases.discord.describe_grants,
            Command::Idea => &phrases.discord.describe_idea,
            Command::Influence => &phrases.discord.describe_influence,
            Command::CallMe => &phrases.discord.describe_call,
            Command::Contact => &phrases.discord.describe_contact,
            Command::Receipt => &phrases.discord.describe_receipt,
            Command::Reminders => &phrases.reminder.describe,
            Command::Forget => &phrases.discord.describe_forget,
            Command::Help => &phrases.discord.describe_help,
            Command::Unanswered => &phrases.discord.describe_unanswered,
        }
    }

    fn option(self, words: &Words<'_>, longest: usize) -> Option<CreateCommandOption> {
        let longest = u16::try_from(longest).unwrap_or(u16::MAX);
        let option = |name, english, describe: fn(&Phrases) -> &str| {
            let text = CreateCommandOption::new(
                CommandOptionType::String,
                name,
                words.description(describe),
            );
            let text = ENGLISH
                .iter()
                .fold(text, |o, locale| o.name_localized(*locale, english));
            let described = words.each(describe).into_iter();
            described.fold(text, |o, (locale, text)| {
                o.description_localized(locale, text)
            })
        };
        match self {
            Command::Ask => Some(
                option(QUESTION, "question", |p| &p.discord.describe_question)
                    .required(false)
                    .max_length(longest),
            ),
            Command::Grants | Command::Contact => Some(
                option(ABOUT, "about", |p| &p.discord.describe_about)
                    .required(false)
                    .max_length(longest),
            ),
            Command::Receipt => Some(
                option(CODE, "code", |p| &p.discord.describe_code)
                    .required(true)
                    .max_length(20),
            ),
            Command::Forget => Some(
                option(CODE, "code", |p| &p.discord.describe_forget_code)
                    .required(false)
                    .max_length(20),
            ),
            Command::Engage
            | Command::Idea
            | Command::Influence
            | Command::CallMe
            | Command::Reminders
            | Command::Help
            | Command::Unanswered => None,
        }
    }
}

/// The sentences in both languages, the default one first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    pub(super) default: &'a Phrases,
    pub(super) swedish: &'a Phrases,
    pub(super) english: &'a Phrases,
}

impl<'a> Words<'a> {
    fn description(&self, of: impl Fn(&'a Phrases) -> &'a str) -> String {
        cut(of(self.default), limit::OPTION)
    }

    fn each(&self, of: impl Fn(&'a Phrases) -> &'a str) -> Vec<(&'static str, String)> {
        let (swedish, english) = (of(self.swedish), of(self.english));
        let swedish = SWEDISH.map(|locale| (locale, cut(swedish, limit::OPTION)));
        let english = ENGLISH.map(|locale| (locale, cut(english, limit::OPTION)));
        swedish.into_iter().chain(english).collect()
    }
}

/// The commands to register. The one for staff is among them only when a role is set that may give it; questions are at
/// most `longest` characters.
pub(super) fn definitions(
    words: &Words<'_>,
    for_staff: bool,
    longest: usize,
) -> Vec<CreateCommand> {
    NAMES
        .iter()
        .filter(|(.., command)| for_staff || *command != Command::Unanswered)
        .map(|(name, english, command)| {
            let mut definition = CreateCommand::new(*name)
                .description(words.description(|p| command.described(p)))
                .add_integration_type(InstallationContext::Guild)
                .add_context(InteractionContext::Guild);
            if *command != Command::Unanswered {
                definition = definition.add_context(InteractionContext::BotDm);
            }
            for (locale, text) in words.each(|p| command.described(p)) {
                definition = definition.description_localized(locale, text);
            }
            for (locale, english) in ENGLISH.iter().zip(english.iter().cycle()) {
                definition = definition.name_localized(*locale, *english);
            }
            match command.option(words, longest) {
                Some(option) => definition.add_option(option),
                None => definition,
            }
        })
        .collect()
}

/// The language of someone whose Discord is in this one; `None` when it is in one that lots does not speak.
pub(super) fn language_of(locale: &str) -> Option<Language> {
    Language::from_code(locale.split('-').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_discord_wants_them() {
        for (name, english, command) in NAMES {
            for name in [Some(name), english].into_iter().flatten() {
                let allowed =
                    |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_';
                assert!(
                    name.chars().count() <= 32 && name.chars().all(allowed),
                    "{name}"
                );
            }
            assert_eq!(Command::from_name(name), Some(command));
        }
        assert_eq!(Command::from_name("ban"), None);
    }

    #[test]
    fn locales_are_languages() {
        assert_eq!(language_of("sv-SE"), Some(Language::Swedish));
        assert_eq!(language_of("en-GB"), Some(Language::English));
        assert_eq!(language_of("fi"), None);
    }
}
