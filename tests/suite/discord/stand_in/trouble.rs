//! What goes wrong on purpose: on the way to Discord, at the gateway, and to what was there a moment ago.

use serde_json::json;
use serenity::all::Permissions;

use super::faults::{Fault, Planned};
use super::gateway::Outgoing;
use super::interactions::Interaction;
use super::messages::Message;
use super::people::{Person, Place};
use super::{StandIn, World};

impl StandIn {
    /// Plans a fault for the next requests that a pattern such as `POST /channels/*/messages` fits. The gateway itself
    /// is `GET /`.
    pub(crate) fn fault(&self, pattern: &str, times: usize, fault: Fault) {
        let planned = Planned::new(pattern, times, fault);
        self.shared.change(|world| world.faults.push(planned));
    }

    /// Calls off what was planned and has not happened.
    pub(crate) fn clear_faults(&self) {
        self.shared.change(|world| world.faults.clear());
    }

    /// Breaks every connection to the gateway, without a word. The sessions can be resumed.
    pub(crate) fn break_connections(&self) {
        self.to_all(|| Outgoing::Break);
    }

    /// Closes every connection to the gateway with a code.
    pub(crate) fn close_connections(&self, code: u16) {
        self.to_all(|| Outgoing::Close(code));
    }

    /// Asks every client to reconnect and resume (op 7).
    pub(crate) fn ask_to_reconnect(&self) {
        self.to_all(|| Outgoing::Frame(json!({ "op": 7, "d": null })));
    }

    /// Tells every client that its session is invalid (op 9), and whether it can be resumed all the same.
    pub(crate) fn invalidate_sessions(&self, resumable: bool) {
        if !resumable {
            self.forget_sessions();
        }
        self.to_all(|| Outgoing::Frame(json!({ "op": 9, "d": resumable })));
    }

    /// Forgets every session without a word: the next to resume is told that there is none.
    pub(crate) fn forget_sessions(&self) {
        let end = |world: &mut World| {
            world
                .gateway
                .sessions
                .iter_mut()
                .for_each(|s| s.over = true)
        };
        self.shared.change(end);
    }

    /// Makes a zombie of every connection that there is: it stays open, but no heartbeat is acknowledged and no event
    /// comes any more. New connections are alive.
    pub(crate) fn stop_acknowledging(&self) {
        self.shared.change(|world| {
            world
                .gateway
                .connections
                .values_mut()
                .for_each(|c| c.zombie = true)
        });
    }

    /// Takes permissions in a channel from the bot, and tells it.
    pub(crate) fn deny(&self, channel: u64, permissions: Permissions) {
        self.shared.change(|world| {
            world.channels.get_mut(&channel).unwrap().denied |= permissions;
            world.tell_of_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// Deletes a channel, and tells the bot.
    pub(crate) fn delete_channel(&self, channel: u64) {
        self.shared.change(|world| {
            world.channels.get_mut(&channel).unwrap().deleted = true;
            world.tell_of_channel("CHANNEL_DELETE", channel);
        });
    }

    /// Deletes a message, whoever's it is.
    pub(crate) fn delete_message(&self, message: &Message) {
        self.shared.change(|world| world.remove(message.id));
    }

    /// Lets a person refuse direct messages from now on. The channel can still be opened; nothing can be sent there.
    pub(crate) fn refuse_direct_messages(&self, person: &Person) {
        self.shared.change(|world| world.closed.insert(person.id));
    }

    /// Lets the quarter of an hour pass in which an interaction's token is good.
    pub(crate) fn expire(&self, interaction: &Interaction) {
        let expire = |world: &mut World| {
            world.interactions.get_mut(&interaction.id).unwrap().expired = true;
        };
        self.shared.change(expire);
    }

    fn to_all(&self, what: impl Fn() -> Outgoing) {
        self.shared.change(|world| world.send_to_all(what));
    }
}

impl World {
    fn tell_of_channel(&mut self, event: &str, channel: u64) {
        let channel = &self.channels[&channel];
        if channel.place == Place::Guild {
            let described = self.describe_channel(channel);
            self.dispatch(event, &described, Place::Guild);
        }
    }
}
