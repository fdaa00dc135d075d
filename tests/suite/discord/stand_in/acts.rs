//! What people do in their client. What their client would not let them do fails the test where it was tried.

use std::time::Instant;

use serde_json::{Value, json};

use super::StandIn;
use super::components::{BUTTON, SELECT, inside};
use super::draft::Draft;
use super::interactions::{Deed, Interaction, Response};
use super::messages::Message;
use super::people::{Nature, Person, Place};
use super::world::{APPLICATION, GUILD, World};

impl StandIn {
    /// Writes a message, in a channel of the server or in the person's own direct messages.
    #[track_caller]
    pub(crate) fn say(&self, person: &Person, channel: u64, text: &str) -> Message {
        self.shared.open().say(person, channel, text, None)
    }

    /// Replies to a message, which mentions its author as replies do.
    #[track_caller]
    pub(crate) fn reply(&self, person: &Person, to: &Message, text: &str) -> Message {
        self.shared
            .open()
            .say(person, to.channel, text, Some(to.id))
    }

    /// Puts a message of the bot's in a channel, as if it had sent it long ago. It is held to Discord's limits.
    #[track_caller]
    pub(crate) fn place(&self, channel: u64, body: &Value) -> Message {
        let draft = match Draft::read(body) {
            Ok(draft) => draft,
            Err(refusal) => panic!("{refusal:?}: {body:#}"),
        };
        let mut world = self.shared.open();
        let message = world.compose(channel, &draft);
        world.messages.insert(message.id, message.clone());
        message
    }

    /// Tells the sessions that hear of the server of any event. It must be one that the client can read.
    #[track_caller]
    pub(crate) fn push(&self, event: &str, data: &Value) {
        self.shared.open().dispatch(event, data, Place::Guild);
    }

    /// Calls a command, by the name that it has in the person's language or everywhere, with options by theirs.
    #[track_caller]
    pub(crate) fn call(
        &self,
        person: &Person,
        channel: u64,
        command: &str,
        options: &[(&str, &str)],
    ) -> Interaction {
        let mut world = self.shared.open();
        let data = world.call(person, channel, command, options);
        let deed = Deed::Command(data["name"].as_str().unwrap_or_default().to_owned());
        world.act(person, channel, deed, None, &data)
    }

    /// The commands that a person is shown in a channel, by the names they have in the person's language.
    pub(crate) fn commands_shown_to(&self, person: &Person, channel: u64) -> Vec<String> {
        let world = self.shared.open();
        let shown = world.shown_to(person, channel).into_iter();
        shown.map(|(name, _)| name).collect()
    }

    /// Clicks the button of a message with a label.
    #[track_caller]
    pub(crate) fn click(&self, person: &Person, message: &Message, label: &str) -> Interaction {
        let mut world = self.shared.open();
        let message = world.visible(person, message.id);
        let labelled = |c: &&Value| c["type"] == BUTTON && c["label"] == label;
        let Some(button) = message.inside().find(labelled) else {
            panic!("there is no button {label:?}, but {:?}", message.buttons());
        };
        assert!(
            button["disabled"] != true,
            "the button {label:?} is disabled"
        );
        assert!(button["url"].is_null(), "the button {label:?} is a link");
        let data = json!({ "custom_id": button["custom_id"], "component_type": BUTTON, "id": 1 });
        let (channel, source) = (message.channel, Some(message.id));
        world.act(person, channel, Deed::Component, source, &data)
    }

    /// Chooses from the menu of a message that has all of these labels.
    #[track_caller]
    pub(crate) fn choose(
        &self,
        person: &Person,
        message: &Message,
        labels: &[&str],
    ) -> Interaction {
        let mut world = self.shared.open();
        let message = world.visible(person, message.id);
        let mut menus = message
            .inside()
            .filter(|c| c["type"] == SELECT && c["disabled"] != true);
        let chosen = menus.find_map(|menu| {
            let values = labels.iter().map(|label| value_of(menu, label));
            Some((menu, values.collect::<Option<Vec<&Value>>>()?))
        });
        let Some((menu, values)) = chosen else {
            panic!("{labels:?} cannot be chosen from {:?}", message.options());
        };
        let limit = |key: &str| menu[key].as_u64().unwrap_or(1);
        let fits = limit("min_values")..=limit("max_values");
        assert!(
            fits.contains(&(values.len() as u64)),
            "{fits:?} can be chosen, not {labels:?}"
        );
        let data = json!({
            "custom_id": menu["custom_id"], "component_type": SELECT, "values": values, "id": 1,
        });
        let (channel, source) = (message.channel, Some(message.id));
        world.act(person, channel, Deed::Component, source, &data)
    }

    /// Fills in the form that an interaction was responded to with, by its labels, and hands it in. What is not named
    /// stays as it was.
    #[track_caller]
    pub(crate) fn hand_in(&self, after: &Interaction, fields: &[(&str, &str)]) -> Interaction {
        let mut world = self.shared.open();
        let before = world.interactions[&after.id].clone();
        let Some(Response::Form(form)) = &before.response else {
            panic!("interaction {} has shown no form", before.id);
        };
        let data = json!({ "custom_id": form["custom_id"], "components": filled_in(form, fields) });
        let deed = Deed::Submission(before.id);
        world.act(&before.person, before.channel, deed, before.source, &data)
    }
}

impl World {
    #[track_caller]
    fn say(&mut self, person: &Person, channel: u64, text: &str, to: Option<u64>) -> Message {
        self.assert_there(person, channel);
        let mut message = self.written(channel, person.clone(), text);
        message.replies_to = to;
        self.show(message.clone(), &Value::Null);
        message
    }

    /// Has someone do something that the bot is to respond to.
    #[track_caller]
    fn act(
        &mut self,
        person: &Person,
        channel: u64,
        deed: Deed,
        source: Option<u64>,
        data: &Value,
    ) -> Interaction {
        let interaction = self.begin(person, channel, deed, source);
        let event = self.describe_act(&interaction, data);
        let place = self.channels[&channel].place;
        self.dispatch("INTERACTION_CREATE", &event, place);
        interaction
    }

    /// Begins an interaction: it must be known before anyone can respond to it.
    pub(super) fn begin(
        &mut self,
        person: &Person,
        channel: u64,
        deed: Deed,
        source: Option<u64>,
    ) -> Interaction {
        let id = self.new_id();
        let interaction = Interaction {
            id,
            channel,
            token: format!("aW50ZXJhY3Rpb246{id}"),
            person: person.clone(),
            deed,
            source,
            began: Instant::now(),
            responded_after: None,
            response: None,
            expired: false,
        };
        self.interactions.insert(id, interaction.clone());
        interaction
    }

    pub(super) fn describe_act(&self, interaction: &Interaction, data: &Value) -> Value {
        let channel = &self.channels[&interaction.channel];
        let person = &interaction.person;
        let mut partial = self.describe_channel(channel);
        partial["permissions"] = json!(person.permissions.bits().to_string());
        let mut event = json!({
            "id": interaction.id.to_string(), "application_id": APPLICATION.to_string(), "type": interaction.kind(),
            "token": interaction.token, "version": 1, "data": data, "channel": partial,
            "channel_id": channel.id.to_string(), "locale": person.locale, "entitlements": [],
            "entitlement_sku_ids": [], "app_permissions": channel.bot_may().bits().to_string(),
            "attachment_size_limit": 10_485_760,
        });
        if let Some(source) = interaction.source {
            event["message"] = self.describe(&self.messages[&source]);
        }
        match channel.place {
            Place::Guild => {
                event["guild_id"] = json!(GUILD.to_string());
                event["guild_locale"] = json!("sv-SE");
                event["guild"] =
                    json!({ "id": GUILD.to_string(), "locale": "sv-SE", "features": [] });
                event["member"] = person.acting_member();
                event["context"] = json!(0);
                event["authorizing_integration_owners"] = json!({ "0": GUILD.to_string() });
            }
            Place::Direct(_) => {
                event["user"] = person.user();
                event["context"] = json!(1);
                event["authorizing_integration_owners"] = json!({ "0": "0" });
            }
        }
        event
    }

    /// A message that a person sees, as it stands now.
    #[track_caller]
    fn visible(&self, person: &Person, message: u64) -> Message {
        let message = self.messages[&message].clone();
        assert!(
            !message.deleted,
            "the message is deleted: {:?}",
            message.text()
        );
        let theirs = message.only_for.is_none_or(|only| only == person.id);
        assert!(
            theirs,
            "{} does not see this message: {:?}",
            person.name,
            message.text()
        );
        self.assert_there(person, message.channel);
        message
    }

    /// Holds a person to being in a channel.
    #[track_caller]
    pub(super) fn assert_there(&self, person: &Person, channel: u64) {
        let Ok(channel) = self.channel(channel) else {
            panic!("there is no channel {channel}");
        };
        let there = match channel.place {
            Place::Guild => true,
            Place::Direct(with) => with == person.id && person.nature == Nature::Human,
        };
        assert!(
            there,
            "{} cannot write in others' direct messages",
            person.name
        );
    }
}

/// The value of an option of a menu.
fn value_of<'a>(menu: &'a Value, label: &str) -> Option<&'a Value> {
    let mut options = menu["options"].as_array().into_iter().flatten();
    options
        .find(|option| option["label"] == label)
        .map(|option| &option["value"])
}

/// The rows of a form as they are handed in.
#[track_caller]
fn filled_in(form: &Value, fields: &[(&str, &str)]) -> Vec<Value> {
    let rows = form["components"].as_array().cloned().unwrap_or_default();
    let inputs: Vec<&Value> = inside(&rows).collect();
    let labels: Vec<&Value> = inputs.iter().map(|input| &input["label"]).collect();
    let unknown = fields
        .iter()
        .find(|(label, _)| !labels.iter().any(|l| *l == label));
    assert!(
        unknown.is_none(),
        "the form has no field {unknown:?}, but {labels:?}"
    );
    let fill = |input: &&Value| {
        let given = fields
            .iter()
            .find(|(label, _)| input["label"] == *label)
            .map(|(_, text)| *text);
        let text = given.or(input["value"].as_str()).unwrap_or_default();
        let length = text.encode_utf16().count() as u64;
        let least = if input["required"] == false { 0 } else { 1 }
            .max(input["min_length"].as_u64().unwrap_or(0));
        let most = input["max_length"].as_u64().unwrap_or(4_000);
        let may_be_left = input["required"] == false && text.is_empty();
        let fits = (least..=most).contains(&length) || may_be_left;
        assert!(
            fits,
            "{} takes {least} to {most} characters, not {text:?}",
            input["label"]
        );
        let field =
            json!({ "type": input["type"], "custom_id": input["custom_id"], "value": text });
        json!({ "type": 1, "components": [field] })
    };
    inputs.iter().map(fill).collect()
}
