//! What Discord does not send, or not yet: events that are meddled with on their way. What comes of them is held to Discord's
//! limits as ever.

use serde_json::{Value, json};

use super::StandIn;
use super::interactions::{Deed, Interaction};
use super::people::{Nature, Person, Place};
use super::world::{GUILD, World};

impl StandIn {
    /// The data that an interaction was sent with.
    #[track_caller]
    pub(crate) fn data_of(&self, interaction: &Interaction) -> Value {
        let id = interaction.id.to_string();
        self.look(|world| world.event_of(&id)["data"].clone())
    }

    /// Has someone do again what they did, with this data, and meddles with the event.
    pub(crate) fn act_oddly(
        &self,
        like: &Interaction,
        data: &Value,
        meddle: impl FnOnce(&mut Value),
    ) -> Interaction {
        let deed = like.deed.clone();
        self.shared.open().act_oddly(like, deed, data, meddle)
    }

    /// Has someone hand in a form, which the interaction need not have been answered with, and meddles with the event.
    pub(crate) fn hand_in_oddly(
        &self,
        after: &Interaction,
        data: &Value,
        meddle: impl FnOnce(&mut Value),
    ) -> Interaction {
        let deed = Deed::Submission(after.id);
        self.shared.open().act_oddly(after, deed, data, meddle)
    }

    /// Writes a message, and meddles with the event that tells of it.
    pub(crate) fn say_oddly(
        &self,
        person: &Person,
        channel: u64,
        text: &str,
        meddle: impl FnOnce(&mut Value),
    ) {
        let mut world = self.shared.open();
        let message = world.written(channel, person.clone(), text);
        let id = message.id;
        world.messages.insert(id, message.clone());
        let place = world.channels[&channel].place;
        let mut event = world.describe(&message);
        if place == Place::Guild {
            event["guild_id"] = json!(GUILD.to_string());
            if person.nature != Nature::Webhook {
                event["member"] = person.member();
            }
        }
        meddle(&mut event);
        world.dispatch_as_it_is("MESSAGE_CREATE", &event, place);
    }
}

impl World {
    fn act_oddly(
        &mut self,
        like: &Interaction,
        deed: Deed,
        data: &Value,
        meddle: impl FnOnce(&mut Value),
    ) -> Interaction {
        let interaction = self.begin(&like.person, like.channel, deed, like.source);
        let mut event = self.describe_act(&interaction, data);
        meddle(&mut event);
        let place = self.channels[&like.channel].place;
        self.dispatch_as_it_is("INTERACTION_CREATE", &event, place);
        interaction
    }
}
