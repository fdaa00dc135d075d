//! Why something did not get to where it was sent, in as much as whoever set it up can mend.

use std::time::Duration;

use super::client::Failure;

/// Why something did not get there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} {detail}", why.code())]
pub struct Undelivered {
    /// What went wrong.
    pub why: Fault,
    /// What the other side answered, such as `550`; empty when it did not.
    pub detail: String,
    /// How long the other side asks to be left alone.
    pub wait: Option<Duration>,
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no mail server to send by.
    NoServer,
    /// There was no answer in time.
    Slow,
    /// Nobody took the connection.
    Unreachable,
    /// The connection could not be made secure.
    Insecure,
    /// The name and the password were not taken.
    SignIn,
    /// It was not taken, and will not be.
    Refused,
    /// It was not taken now.
    Busy,
    /// There is nobody at the address any longer.
    Gone,
    /// The address is one that nothing is sent to.
    NotAllowed,
}

impl Fault {
    /// Its code, for the store and the phrases.
    pub fn code(self) -> &'static str {
        match self {
            Fault::NoServer => "no-server",
            Fault::Slow => "slow",
            Fault::Unreachable => "unreachable",
            Fault::Insecure => "insecure",
            Fault::SignIn => "sign-in",
            Fault::Refused => "refused",
            Fault::Busy => "busy",
            Fault::Gone => "gone",
            Fault::NotAllowed => "not-allowed",
        }
    }

    /// Whether trying again by itself would come to the same.
    pub fn is_lasting(self) -> bool {
        match self {
            Fault::NoServer | Fault::Slow | Fault::Unreachable | Fault::Insecure | Fault::Busy => {
                false
            }
            Fault::SignIn | Fault::Refused | Fault::Gone | Fault::NotAllowed => true,
        }
    }
}

impl Undelivered {
    /// Without anything that the other side said.
    pub(in crate::outside) fn of(why: Fault) -> Undelivered {
        Undelivered {
            why,
            detail: String::new(),
            wait: None,
        }
    }
}

impl From<Failure> for Undelivered {
    fn from(failure: Failure) -> Undelivered {
        Undelivered::of(match failure {
            Failure::Refused(_) | Failure::Header => Fault::NotAllowed,
            Failure::Unresolved | Failure::Unreachable(_) => Fault::Unreachable,
            Failure::Certificate => Fault::Insecure,
            Failure::Slow => Fault::Slow,
            Failure::TooManyHops | Failure::TooLarge => Fault::Refused,
        })
    }
}
