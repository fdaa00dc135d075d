//! Interactions: responding to them within their three seconds and once only, and what can be done through their token
//! after that.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::components::check_modal;
use super::draft::Draft;
use super::messages::{EPHEMERAL, LOADING, Message};
use super::people::Person;
use super::refusal::{Form, Refusal};
use super::world::{APPLICATION, GUILD, World};

/// What was done.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// A command was called, by this name.
    Command(String),
    /// A button or a menu of a message was used.
    Component,
    /// The form that an earlier interaction was responded to with was handed in.
    Submission(u64),
}

/// How an interaction stands after its response.
#[derive(Clone, Debug)]
pub(super) enum Response {
    /// Deferred; the message will be filled or changed.
    Pending(u64),
    /// This message was shown or changed.
    Shown(u64),
    /// This form was shown.
    Form(Value),
}

/// Something that someone did and that the bot is to respond to.
#[derive(Clone, Debug)]
pub(crate) struct Interaction {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(super) token: String,
    pub(super) person: Person,
    pub(super) deed: Deed,
    /// The message that the component sits on.
    pub(super) source: Option<u64>,
    pub(super) began: Instant,
    pub(super) responded_after: Option<Duration>,
    pub(super) response: Option<Response>,
    pub(super) expired: bool,
}

impl Interaction {
    /// How long the response was in coming; none while there is none.
    pub(crate) fn responded_after(&self) -> Option<Duration> {
        self.responded_after
    }

    pub(super) fn is_command(&self) -> bool {
        matches!(self.deed, Deed::Command(_))
    }

    /// The number by which Discord tells kinds of interactions apart.
    pub(super) fn kind(&self) -> u64 {
        match self.deed {
            Deed::Command(_) => 2,
            Deed::Component => 3,
            Deed::Submission(_) => 5,
        }
    }

    /// The message that the response showed or changed, or will.
    pub(super) fn original(&self) -> Option<u64> {
        match self.response {
            Some(Response::Pending(id) | Response::Shown(id)) => Some(id),
            Some(Response::Form(_)) | None => None,
        }
    }
}

impl World {
    /// `POST /interactions/…/…/callback`: the response.
    pub(super) fn respond(&mut self, id: u64, token: &str, body: &Value) -> Result<Value, Refusal> {
        let known = self.interactions.get(&id).filter(|i| i.token == token);
        let interaction = known.ok_or(Refusal::UNKNOWN_INTERACTION)?.clone();
        if interaction.response.is_some() {
            return Err(Refusal::ACKNOWLEDGED);
        }
        let after = interaction.began.elapsed();
        if after > self.options.respond_within {
            return Err(Refusal::UNKNOWN_INTERACTION);
        }
        let data = &body["data"];
        let draft = || Draft::read(data).map_err(|refusal| refusal.within("data"));
        let response = match (body["type"].as_u64(), interaction.source) {
            (Some(4), _) => Response::Shown(self.show_response(&interaction, &draft()?, 0)?),
            (Some(5), _) => {
                Response::Pending(self.show_response(&interaction, &draft()?, LOADING)?)
            }
            (Some(6), Some(source)) => Response::Pending(source),
            (Some(7), Some(source)) => {
                self.revise(source, &draft()?)?;
                Response::Shown(source)
            }
            (Some(9), _) if !matches!(interaction.deed, Deed::Submission(_)) => {
                check_modal(data).map_err(|refusal| refusal.within("data"))?;
                Response::Form(data.clone())
            }
            _ => {
                let message = "this interaction cannot be responded to with this type";
                return Err(Form::refused("type", "BASE_TYPE_CHOICES", message));
            }
        };
        let interaction = self.interactions.get_mut(&id).unwrap();
        interaction.response = Some(response);
        interaction.responded_after = Some(after);
        Ok(Value::Null)
    }

    /// `POST /webhooks/…/…`: a follow-up. The first one after a deferral fills the deferred message instead.
    pub(super) fn follow_up(
        &mut self,
        application: &str,
        token: &str,
        body: &Value,
    ) -> Result<Value, Refusal> {
        let interaction = self.by_token(application, token)?;
        let draft = Draft::read(body)?;
        if let Some(Response::Pending(original)) = interaction.response
            && self.messages[&original].is_loading()
        {
            return self.revise_for(&interaction, original, &draft);
        }
        let id = self.show_response(&interaction, &draft, 0)?;
        Ok(self.describe(&self.messages[&id]))
    }

    /// `PATCH /webhooks/…/…/messages/…`.
    pub(super) fn edit_response(
        &mut self,
        application: &str,
        token: &str,
        which: &str,
        body: &Value,
    ) -> Result<Value, Refusal> {
        let interaction = self.by_token(application, token)?;
        let id = self.of_interaction(&interaction, which)?;
        self.revise_for(&interaction, id, &Draft::read(body)?)
    }

    /// `GET /webhooks/…/…/messages/…`.
    pub(super) fn read_response(
        &self,
        application: &str,
        token: &str,
        which: &str,
    ) -> Result<Value, Refusal> {
        let interaction = self.by_token(application, token)?;
        let id = self.of_interaction(&interaction, which)?;
        Ok(self.describe(&self.messages[&id]))
    }

    /// `DELETE /webhooks/…/…/messages/…`.
    pub(super) fn delete_response(
        &mut self,
        application: &str,
        token: &str,
        which: &str,
    ) -> Result<Value, Refusal> {
        let interaction = self.by_token(application, token)?;
        let id = self.of_interaction(&interaction, which)?;
        self.remove(id);
        Ok(Value::Null)
    }

    /// The interaction as the messages that came of it say what they came of.
    pub(super) fn describe_interaction(&self, interaction: &Interaction) -> Value {
        let mut described = json!({
            "id": interaction.id.to_string(), "type": interaction.kind(), "user": interaction.person.user(),
            "authorizing_integration_owners": { "0": GUILD.to_string() },
        });
        match &interaction.deed {
            Deed::Command(name) => described["name"] = json!(name),
            Deed::Component => {
                let source = interaction.source.map(|id| id.to_string());
                described["interacted_message_id"] = json!(source);
            }
            Deed::Submission(of) => {
                let before = &self.interactions[of];
                described["triggering_interaction_metadata"] = self.describe_interaction(before);
            }
        }
        described
    }

    /// Shows a new message that an interaction led to. Ephemeral ones are for the person who did it.
    fn show_response(
        &mut self,
        of: &Interaction,
        draft: &Draft,
        flags: u64,
    ) -> Result<u64, Refusal> {
        if draft.is_empty() && flags & LOADING == 0 {
            return Err(Refusal::EMPTY_MESSAGE);
        }
        let mut message = self.compose(of.channel, draft);
        message.interaction = Some(of.id);
        message.flags = flags | draft.flags & EPHEMERAL;
        message.only_for = Some(of.person.id).filter(|_| message.flags & EPHEMERAL != 0);
        let id = message.id;
        self.show(message, &draft.allowed_mentions);
        Ok(id)
    }

    /// Changes a message of an interaction; a deferred response is complete with that.
    fn revise_for(
        &mut self,
        interaction: &Interaction,
        id: u64,
        draft: &Draft,
    ) -> Result<Value, Refusal> {
        let described = self.revise(id, draft)?;
        let interaction = self.interactions.get_mut(&interaction.id).unwrap();
        if interaction.original() == Some(id) {
            interaction.response = Some(Response::Shown(id));
        }
        Ok(described)
    }

    /// The interaction that a token is for, once it has been responded to.
    fn by_token(&self, application: &str, token: &str) -> Result<Interaction, Refusal> {
        if application != APPLICATION.to_string() {
            return Err(Refusal::UNKNOWN_WEBHOOK);
        }
        let known = self
            .interactions
            .values()
            .find(|i| i.token == token && !i.expired);
        let interaction = known.ok_or(Refusal::INVALID_WEBHOOK_TOKEN)?;
        if interaction.response.is_none() {
            return Err(Refusal::UNKNOWN_WEBHOOK);
        }
        Ok(interaction.clone())
    }

    /// A message of an interaction: `@original`, or a follow-up by its id.
    fn of_interaction(&self, interaction: &Interaction, which: &str) -> Result<u64, Refusal> {
        let id = match which {
            "@original" => interaction.original(),
            id => id.parse().ok(),
        };
        let its_own = |m: &&Message| {
            let original = interaction.original() == Some(m.id);
            !m.deleted && (original || m.interaction == Some(interaction.id))
        };
        let message = id.and_then(|id| self.messages.get(&id)).filter(its_own);
        message.map(|m| m.id).ok_or(Refusal::UNKNOWN_MESSAGE)
    }
}
