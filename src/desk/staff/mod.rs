//! Those who work with what residents have asked: their accounts, how they sign in, and the trail of what they do.
//!
//! A [`Staff`] is proof that someone is signed in: nothing but the desk makes one. Whatever staff do through the desk,
//! the desk itself holds against their role, so that a channel that forgets to ask lets nobody through.

mod accounts;
mod codes;
mod halfway;
mod password;
mod seal;
mod sign_in;
mod sign_on;
mod trail;

use std::fmt;
use std::time::Duration;

use tokio::sync::Semaphore;

pub use codes::{CodeRules, CodeSetUp, CodesStanding, RECOVERY_CODES};
pub use halfway::{Half, HalfStep};
pub use password::{LONGEST_PASSWORD, PasswordFault, SHORTEST_PASSWORD};
pub use seal::SealingKey;
pub use sign_on::{SignOnBegun, SignOnFinished, SignOnRefusal, SignOnRules};

use super::Desk;
use crate::knowledge::EntryId;
use crate::store::{Account, Role, StoreError, Way};

/// Passwords are worked on two at a time: each takes 19 MiB and most of a core.
const AT_ONCE: usize = 2;

/// Someone who is signed in, and may do what their role says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    name: String,
    role: Role,
    office: Option<EntryId>,
    way: Way,
}

impl Staff {
    /// The name they sign in with.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What they may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The office they work for.
    pub fn office(&self) -> Option<&EntryId> {
        self.office.as_ref()
    }

    /// Whether they have a password here, rather than at an identity provider.
    pub fn has_password(&self) -> bool {
        match self.way {
            Way::Password => true,
            Way::SignOn => false,
        }
    }

    /// Holds them to having a role, or one that may do more. Fails with [`StaffError::NotAllowed`].
    pub fn require(&self, role: Role) -> Result<(), StaffError> {
        if self.role >= role {
            Ok(())
        } else {
            Err(StaffError::NotAllowed(role))
        }
    }

    /// The owner of an account.
    fn of(account: Account) -> Staff {
        Staff {
            name: account.name,
            role: account.role,
            office: account.office,
            way: account.way,
        }
    }
}

/// Someone who has just signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// What whoever holds it is taken for them by: 256 random bits in hexadecimal.
    pub token: String,
    /// Who they are.
    pub staff: Staff,
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedIn({:?}, ***)", self.staff)
    }
}

/// Why someone is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The name or the password is wrong, the account is closed, or it has been tried too often. Which of these is not
    /// told, so that nobody can find out who has an account.
    #[error(
        "the name and the password do not fit, or it has been tried too often; try again later"
    )]
    Refused,
    /// The password is right, and a code is to follow.
    #[error("the password is right; the code is left")]
    Halfway(Half),
    /// It took too long to bring the code.
    #[error("it took too long; begin with the password again")]
    TooLate,
    /// The database does not answer.
    #[error("the database does not answer; try again later")]
    Away,
}

/// Why something that staff want to do is not done.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StaffError {
    /// It takes a role that may do more.
    #[error("this takes the role {}", .0.code())]
    NotAllowed(Role),
    /// There is no such account.
    #[error("there is no account with that name; lots staff list prints those there are")]
    Unknown,
    /// There is an account with this name, open or closed.
    #[error("the name is taken; choose another, or reopen the account")]
    Taken,
    /// It could not be the name of an account.
    #[error(
        "a name is 2 to 40 characters long: small letters a to z, digits, dots, hyphens and underscores, and begins with a letter"
    )]
    BadName,
    /// There is no such office in the base.
    #[error("there is no such office; give its id, such as offices/kontaktcenter")]
    NoOffice,
    /// It cannot be a password of this account.
    #[error(transparent)]
    BadPassword(#[from] PasswordFault),
    /// The old password is wrong, or it has been tried too often.
    #[error("the old password is wrong, or it has been tried too often")]
    WrongPassword,
    /// Nobody would be left who can give others their accounts.
    #[error("this is the last open account with the role admin; make another one first")]
    LastAdmin,
    /// The identity provider decides that.
    #[error("the account signs in at the identity provider, and what it may do is decided there")]
    Elsewhere,
    /// The code is wrong, has been used, or it has been tried too often.
    #[error("the code is wrong or has been used, or it has been tried too often")]
    WrongCode,
    /// Nobody may be without codes here.
    #[error("everyone needs codes here; set up new ones instead")]
    CodesRequired,
    /// It could not be worked out, or written down.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How long someone stays signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// After they last did something.
    pub idle: Duration,
    /// After they signed in, whatever they do.
    pub whole: Duration,
}

impl Default for SessionTimes {
    fn default() -> Self {
        SessionTimes {
            idle: Duration::from_secs(30 * 60),
            whole: Duration::from_secs(12 * 60 * 60),
        }
    }
}

/// What the desk needs for those who sign in.
#[derive(Debug)]
pub(super) struct Door {
    times: SessionTimes,
    hashing: Semaphore,
    codes: CodeRules,
    sign_on: Option<SignOnRules>,
}

impl Default for Door {
    fn default() -> Self {
        Door {
            times: SessionTimes::default(),
            hashing: Semaphore::new(AT_ONCE),
            codes: CodeRules::default(),
            sign_on: None,
        }
    }
}

impl Desk {
    /// The desk with other times for how long staff stay signed in.
    pub fn with_session_times(mut self, times: SessionTimes) -> Desk {
        self.door.times = times;
        self
    }

    /// The desk with rules for the codes that follow a password.
    pub fn with_codes(mut self, rules: CodeRules) -> Desk {
        self.door.codes = rules;
        self
    }

    /// The desk with an identity provider at which staff can sign in.
    pub fn with_sign_on(mut self, rules: SignOnRules) -> Desk {
        self.door.sign_on = Some(rules);
        self
    }

    /// Whoever runs the program itself: they reach the database, and so may do all that it lets be done. They stand in
    /// the trail by a name that no account can have.
    pub fn command_line() -> Staff {
        Staff {
            name: "command line".to_owned(),
            role: Role::Admin,
            office: None,
            way: Way::Password,
        }
    }
}

/// A time as the store has it.
fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
