//! What lots asks of the world outside: pages behind links, webhooks, mail, sign-on.
//!
//! Whatever is asked, the address is held against a [`Policy`] first, and again once its name has been looked up, so
//! that nobody who writes an address can have lots ask something of the network that it stands in. The identity provider
//! alone is asked wherever it is: its address is the operator's own.

mod address;
mod client;
mod links;
mod sign_on;
#[cfg(test)]
mod stand_in;

pub use address::{Policy, Refused, UnreadableRange};
pub use client::{Client, Failure, Limits, Reply};
pub use links::{Finding, LinkChecker, Looked};
pub use sign_on::{Answered, Registration, Secrets, SignOn, SignOnError, Vouched};
