//! Commands: registering them for everywhere or for the server, held to Discord's limits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::refusal::{Form, Refusal};
use super::world::{APPLICATION, GUILD, World};

/// The languages that Discord knows.
const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];
/// How much text a command may have in all.
const TEXT: usize = 8_000;

/// The kinds of options that hold options themselves.
pub(super) const NESTING: std::ops::RangeInclusive<u64> = 1..=2;

/// Every command that is registered, by where: everywhere or on a server.
#[derive(Debug, Default)]
pub(super) struct Commands {
    scopes: BTreeMap<Option<u64>, Vec<Value>>,
}

impl Commands {
    /// The commands of a scope, in the order they were registered.
    pub(super) fn of(&self, scope: Option<u64>) -> &[Value] {
        self.scopes.get(&scope).map_or(&[], Vec::as_slice)
    }
}

impl World {
    /// The commands that are registered everywhere, or on the server, as Discord's JSON.
    pub(crate) fn registered(&self, everywhere: bool) -> &[Value] {
        self.commands.of(Some(GUILD).filter(|_| !everywhere))
    }

    /// `GET …/commands`. Translations are given only to who asks for them.
    pub(super) fn list_commands(&self, scope: Option<u64>, query: &str) -> Value {
        let mut commands = self.commands.of(scope).to_vec();
        if !query.contains("with_localizations=true") {
            for command in &mut commands {
                command["name_localizations"] = Value::Null;
                command["description_localizations"] = Value::Null;
            }
        }
        commands.into()
    }

    /// `PUT …/commands`: puts these in place of all there were. A command that keeps its name keeps its id.
    pub(super) fn put_commands(
        &mut self,
        scope: Option<u64>,
        body: &Value,
    ) -> Result<Value, Refusal> {
        self.check_scope(scope)?;
        let mut form = Form::default();
        let mut names = BTreeSet::new();
        let commands = form.list("", body, 0..=100);
        for (i, command) in commands.iter().enumerate() {
            check_command(&mut form, &i.to_string(), command);
            if !names.insert((command["type"].as_u64(), command["name"].as_str())) {
                let message = "Application command names must be unique";
                form.wrong(
                    &i.to_string(),
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    message,
                );
            }
        }
        form.finish()?;
        let complete: Vec<Value> = commands.iter().map(|c| self.complete(scope, c)).collect();
        self.commands.scopes.insert(scope, complete.clone());
        Ok(complete.into())
    }

    /// `POST …/commands`: adds one, in place of one with the same name.
    pub(super) fn post_command(
        &mut self,
        scope: Option<u64>,
        body: &Value,
    ) -> Result<Value, Refusal> {
        self.check_scope(scope)?;
        let mut form = Form::default();
        check_command(&mut form, "", body);
        form.finish()?;
        let command = self.complete(scope, body);
        let commands = self.commands.scopes.entry(scope).or_default();
        commands.retain(|c| c["id"] != command["id"]);
        commands.push(command.clone());
        Ok(command)
    }

    /// `DELETE …/commands/…`.
    pub(super) fn delete_command(
        &mut self,
        scope: Option<u64>,
        id: &str,
    ) -> Result<Value, Refusal> {
        let commands = self.commands.scopes.entry(scope).or_default();
        let before = commands.len();
        commands.retain(|c| c["id"] != id);
        if commands.len() == before {
            return Err(Refusal::UNKNOWN_COMMAND);
        }
        Ok(Value::Null)
    }

    fn check_scope(&self, scope: Option<u64>) -> Result<(), Refusal> {
        match scope {
            Some(guild) if guild != GUILD => Err(Refusal::UNKNOWN_GUILD),
            _ => Ok(()),
        }
    }

    /// A command with all that Discord adds to it.
    fn complete(&mut self, scope: Option<u64>, command: &Value) -> Value {
        let mut complete = json!({
            "type": 1, "description": "", "options": [], "name_localizations": null,
            "description_localizations": null, "default_member_permissions": null, "dm_permission": true,
            "contexts": null, "integration_types": [0], "nsfw": false,
        });
        for (key, value) in command.as_object().into_iter().flatten() {
            complete[key] = value.clone();
        }
        let same = |c: &&Value| c["name"] == complete["name"] && c["type"] == complete["type"];
        let before = self.commands.of(scope).iter().find(same);
        let id = before.map(|command| command["id"].clone());
        complete["id"] = id.unwrap_or_else(|| json!(self.new_id().to_string()));
        complete["version"] = json!(self.new_id().to_string());
        complete["application_id"] = json!(APPLICATION.to_string());
        if let Some(guild) = scope {
            complete["guild_id"] = json!(guild.to_string());
        }
        complete
    }
}

fn check_command(form: &mut Form, at: &str, command: &Value) {
    if command["type"].as_u64().unwrap_or(1) == 1 {
        check_words(form, at, command);
        check_options(form, &format!("{at}.options"), &command["options"]);
        if text_of(command) > TEXT {
            let message = format!("Command exceeds maximum size ({TEXT})");
            form.wrong(at, "APPLICATION_COMMAND_TOO_LARGE", &message);
        }
    } else {
        form.text(&format!("{at}.name"), &command["name"], 1..=32);
        form.text(&format!("{at}.description"), &command["description"], 0..=0);
    }
    let permissions = &command["default_member_permissions"];
    let is_number = |text: &str| text.parse::<u64>().is_ok();
    if !permissions.is_null() && !permissions.as_str().is_some_and(is_number) {
        let at = format!("{at}.default_member_permissions");
        form.wrong(&at, "NUMBER_TYPE_COERCE", "Value is not a number.");
    }
}

fn check_options(form: &mut Form, at: &str, options: &Value) {
    let mut names = BTreeSet::new();
    let mut optional_before = false;
    for (i, option) in form.list(at, options, 0..=25).iter().enumerate() {
        let at = format!("{at}.{i}");
        check_words(form, &at, option);
        if !names.insert(option["name"].as_str()) {
            let message = "Option names must be unique";
            form.wrong(&at, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message);
        }
        if option["required"] == true && optional_before {
            let message = "Required options must be placed before non-required options";
            form.wrong(&at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_before |= option["required"] != true;
        form.number(&format!("{at}.type"), &option["type"], 1..=11);
        form.number(
            &format!("{at}.min_length"),
            &option["min_length"],
            0..=6_000,
        );
        form.number(
            &format!("{at}.max_length"),
            &option["max_length"],
            1..=6_000,
        );
        match option["type"].as_u64() {
            None => form.required(&format!("{at}.type")),
            Some(kind) if NESTING.contains(&kind) => {
                check_options(form, &format!("{at}.options"), &option["options"]);
            }
            Some(_) => check_choices(form, &format!("{at}.choices"), option),
        }
    }
}

fn check_choices(form: &mut Form, at: &str, option: &Value) {
    let choices = form.list(at, &option["choices"], 0..=25);
    for (i, choice) in choices.iter().enumerate() {
        let at = format!("{at}.{i}");
        form.text(&format!("{at}.name"), &choice["name"], 1..=100);
        check_locales(
            form,
            &format!("{at}.name_localizations"),
            &choice["name_localizations"],
        );
        if option["type"] == 3 {
            form.text(&format!("{at}.value"), &choice["value"], 1..=100);
        } else if !choice["value"].is_number() {
            form.wrong(
                &format!("{at}.value"),
                "NUMBER_TYPE_COERCE",
                "Value is not a number.",
            );
        }
    }
}

/// Holds the name and the description, and their translations, to what Discord takes.
fn check_words(form: &mut Form, at: &str, of: &Value) {
    let mut check_name = |at: &str, name: &Value| match name.as_str() {
        Some(name) if is_name(name) => {}
        Some(_) => {
            let message = "Command name is invalid";
            form.wrong(at, "APPLICATION_COMMAND_INVALID_NAME", message);
        }
        None => form.required(at),
    };
    check_name(&format!("{at}.name"), &of["name"]);
    for (locale, name) in of["name_localizations"].as_object().into_iter().flatten() {
        check_name(&format!("{at}.name_localizations.{locale}"), name);
    }
    form.text(&format!("{at}.description"), &of["description"], 1..=100);
    let translations = of["description_localizations"].as_object();
    for (locale, text) in translations.into_iter().flatten() {
        form.text(
            &format!("{at}.description_localizations.{locale}"),
            text,
            1..=100,
        );
    }
    for key in ["name_localizations", "description_localizations"] {
        check_locales(form, &format!("{at}.{key}"), &of[key]);
    }
}

fn check_locales(form: &mut Form, at: &str, translations: &Value) {
    for locale in translations
        .as_object()
        .into_iter()
        .flatten()
        .map(|(locale, _)| locale)
    {
        if !LOCALES.contains(&locale.as_str()) {
            let message = format!("Value must be one of {LOCALES:?}.");
            form.wrong(&format!("{at}.{locale}"), "ENUM_TYPE_COERCE", &message);
        }
    }
}

/// Whether a text can name a command or an option: 1 to 32 letters, digits, `-`, `_` and `'`, none upper case.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'');
    (1..=32).contains(&text.chars().count())
        && text.chars().all(fits)
        && text.to_lowercase() == text
}

/// How much text a command and everything in it has.
fn text_of(command: &Value) -> usize {
    let own = ["name", "description", "value"]
        .iter()
        .filter_map(|key| command[*key].as_str());
    let below = ["options", "choices"]
        .iter()
        .filter_map(|key| command[*key].as_array());
    own.map(|text| text.encode_utf16().count()).sum::<usize>()
        + below.flatten().map(text_of).sum::<usize>()
}
