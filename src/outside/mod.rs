//! What lots asks of the world outside: pages behind links, webhooks, mail, sign-on.
//!
//! Whatever is asked, the address is held against a [`Policy`] first, and again once its name has been looked up, so
//! that nobody who writes an address can have lots ask something of the network that it stands in. The identity provider
//! alone is asked wherever it is: its address is the operator's own.

mod address;
mod client;
mod couriers;
mod links;
mod mail;
mod notice;
mod shape;
mod sign_on;
#[cfg(test)]
mod stand_in;
mod undelivered;
mod webhook;

pub use address::{Policy, Refused, UnreadableRange};
pub use client::{Client, Failure, Limits, Reply};
pub use couriers::{BadDestination, Couriers, Destination};
pub use links::{Finding, LinkChecker, Looked};
pub use mail::{Encryption, MailServer, Mailer, UnusableMail, is_mail_address};
pub use notice::{Asked, Notice};
pub use shape::Shape;
pub use sign_on::{Answered, Registration, Secrets, SignOn, SignOnError, Vouched};
pub use undelivered::{Fault, Undelivered};
