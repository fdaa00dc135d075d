//! What staff are told outside the console, by mail and by webhook: how things stand, now and then, and at once when someone
//! wants to be called.
//!
//! Each thing that is told is a delivery in the store, which one replica takes upon itself and tries until it gets there or is
//! given up. It holds no words: these are put together when it is sent, of what there is then.

mod delivering;
mod gathering;
mod pace;
mod schedule;
mod wording;

use std::sync::Arc;

use tokio::sync::Notify;

pub use pace::Pace;
pub(super) use schedule::Schedule;

use super::Desk;
use crate::knowledge::Language;
use crate::outside::{Couriers, Destination, Shape};
use crate::store::{Courier, Subscription};

/// Where the console is, for the links in what is told.
#[derive(Clone, Debug)]
pub struct Console {
    /// The address that it is reached by, such as `https://lots.example.se`.
    pub address: String,
    /// Its path in a language.
    pub home: fn(Language) -> &'static str,
}

/// What the desk needs to tell staff something outside the console.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) couriers: Arc<Couriers>,
    console: Option<Console>,
    pace: Pace,
    /// Something is to be sent now.
    pub(super) wake: Notify,
}

impl Default for Outgoing {
    fn default() -> Self {
        Outgoing {
            couriers: Arc::new(Couriers::none()),
            console: None,
            pace: Pace::default(),
            wake: Notify::new(),
        }
    }
}

impl Desk {
    /// The desk with what it sends by, and where the console is; without an address nothing leads there.
    #[must_use]
    pub fn sending_by(mut self, couriers: Couriers, console: Option<Console>) -> Desk {
        self.outgoing.couriers = Arc::new(couriers);
        self.outgoing.console = console;
        self
    }

    /// The desk with another pace for trying again.
    #[must_use]
    pub fn sending_at(mut self, pace: Pace) -> Desk {
        self.outgoing.pace = pace;
        self
    }

    /// Whether there is a mail server to send by.
    pub fn sends_mail(&self) -> bool {
        self.outgoing.couriers.has_mail()
    }
}

/// Where a subscription is sent.
pub(super) fn destination(subscription: &Subscription) -> Destination {
    let webhook = |shape| Destination::Webhook {
        shape,
        address: subscription.address.clone(),
        secret: subscription.secret.clone(),
    };
    match subscription.courier {
        Courier::Mail => Destination::Mail(subscription.address.clone()),
        Courier::Teams => webhook(Shape::Teams),
        Courier::Slack => webhook(Shape::Slack),
        Courier::Discord => webhook(Shape::Discord),
        Courier::Json => webhook(Shape::Json),
    }
}
