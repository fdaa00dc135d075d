//! Calling a command as a person's client does: from what it was shown, by the names in the person's language, with
//! values that fit.

use serde_json::{Value, json};
use serenity::all::Permissions;

use super::commands::NESTING;
use super::people::{Person, Place};
use super::world::{GUILD, World};

impl World {
    /// The data of an interaction that calls a command. Words after the command's name name what it holds: `staff top`.
    #[track_caller]
    pub(super) fn call(
        &self,
        person: &Person,
        channel: u64,
        command: &str,
        options: &[(&str, &str)],
    ) -> Value {
        self.assert_there(person, channel);
        let mut words = command.trim_start_matches('/').split(' ');
        let name = words.next().unwrap_or_default();
        let shown = self.shown_to(person, channel);
        let called =
            |(shown, command): &&(String, &Value)| shown == name || command["name"] == name;
        let Some((_, command)) = shown.iter().find(called) else {
            let names: Vec<&String> = shown.iter().map(|(name, _)| name).collect();
            panic!(
                "{} is not shown the command {name:?}, but {names:?}",
                person.name
            );
        };
        let mut data = json!({
            "id": command["id"], "name": command["name"], "type": 1,
            "options": given(command, &words.collect::<Vec<_>>(), options, &person.locale),
        });
        if !command["guild_id"].is_null() {
            data["guild_id"] = command["guild_id"].clone();
        }
        data
    }

    /// The commands that a person is shown in a channel, with their names in the person's language.
    pub(super) fn shown_to(&self, person: &Person, channel: u64) -> Vec<(String, &Value)> {
        let direct = self.channels[&channel].place != Place::Guild;
        let of_guild = self.commands.of(Some(GUILD)).iter().filter(|_| !direct);
        let all = of_guild.chain(self.commands.of(None));
        let shown = all.filter(|c| c["type"] == 1 && is_shown(c, person, direct));
        shown
            .map(|c| (name_for(c, &person.locale).to_owned(), c))
            .collect()
    }
}

fn is_shown(command: &Value, person: &Person, direct: bool) -> bool {
    let contexts = command["contexts"].as_array();
    let here = match contexts {
        Some(contexts) => contexts.contains(&json!(u8::from(direct))),
        None => !direct || command["dm_permission"] != false,
    };
    let needed = command["default_member_permissions"]
        .as_str()
        .and_then(|p| p.parse().ok());
    let may = match needed.map(Permissions::from_bits_truncate) {
        // In direct messages nobody has permissions, and none are asked for.
        None => true,
        Some(_) if direct || person.permissions.administrator() => true,
        Some(needed) => !needed.is_empty() && person.permissions.contains(needed),
    };
    here && may
}

/// The name of a command, an option or a choice in a language.
fn name_for<'a>(named: &'a Value, locale: &str) -> &'a str {
    let translated = named["name_localizations"][locale].as_str();
    translated.or(named["name"].as_str()).unwrap_or_default()
}

fn is_named(named: &Value, name: &str, locale: &str) -> bool {
    named["name"] == name || name_for(named, locale) == name
}

/// The options as they are sent: those of the innermost command that the words lead to, each wrapped in the outer one.
#[track_caller]
fn given(command: &Value, words: &[&str], options: &[(&str, &str)], locale: &str) -> Vec<Value> {
    let known = command["options"].as_array().map_or(&[][..], Vec::as_slice);
    let names: Vec<&str> = known
        .iter()
        .map(|option| name_for(option, locale))
        .collect();
    if let Some((first, rest)) = words.split_first() {
        let Some(inner) = known.iter().find(|option| is_named(option, first, locale)) else {
            panic!("the command holds no {first:?}, but {names:?}");
        };
        let options = given(inner, rest, options, locale);
        return vec![json!({ "name": inner["name"], "type": inner["type"], "options": options })];
    }
    let is_nesting = |option: &Value| {
        option["type"]
            .as_u64()
            .is_some_and(|kind| NESTING.contains(&kind))
    };
    assert!(
        !known.iter().any(is_nesting),
        "the command is called with one of {names:?}"
    );
    let missing = known.iter().find(|option| {
        let given = options
            .iter()
            .any(|(name, _)| is_named(option, name, locale));
        option["required"] == true && !given
    });
    assert!(
        missing.is_none(),
        "the command cannot be sent without {missing:?}"
    );
    let send = |(name, value): &(&str, &str)| {
        let Some(option) = known.iter().find(|option| is_named(option, name, locale)) else {
            panic!("the command has no option {name:?}, but {names:?}");
        };
        json!({ "name": option["name"], "type": option["type"], "value": value_of(option, value, locale) })
    };
    options.iter().map(send).collect()
}

/// What was typed as the value that the option takes.
#[track_caller]
fn value_of(option: &Value, typed: &str, locale: &str) -> Value {
    if let Some(choices) = option["choices"]
        .as_array()
        .filter(|choices| !choices.is_empty())
    {
        let Some(choice) = choices
            .iter()
            .find(|choice| is_named(choice, typed, locale))
        else {
            panic!("{typed:?} is not among the choices: {choices:?}");
        };
        return choice["value"].clone();
    }
    match option["type"].as_u64() {
        Some(3) => {
            let length = typed.encode_utf16().count() as u64;
            let least = option["min_length"].as_u64().unwrap_or(0);
            let most = option["max_length"].as_u64().unwrap_or(6_000);
            let fits = (least..=most).contains(&length);
            assert!(
                fits,
                "the option takes {least} to {most} characters, not {length}"
            );
            json!(typed)
        }
        Some(4) => json!(typed.parse::<i64>().unwrap()),
        Some(5) => json!(typed.parse::<bool>().unwrap()),
        Some(10) => json!(typed.parse::<f64>().unwrap()),
        kind => panic!("the stand-in gives no values of type {kind:?}"),
    }
}
