//! The sentences about the accounts of others.

use serde::Deserialize;

/// `[console.accounts]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AccountsPhrases {
    /// The heading.
    pub heading: String,
    /// What they are.
    pub lead: String,
    /// The name to sign in with.
    pub name: String,
    /// What it may be.
    pub name_hint: String,
    /// What someone may do.
    pub role: String,
    /// What each role may do.
    pub role_hint: String,
    /// The office someone works for.
    pub office: String,
    /// No office.
    pub no_office: String,
    /// How someone signs in.
    pub way: String,
    /// With a password.
    pub by_password: String,
    /// With a password and a code.
    pub by_codes: String,
    /// At the identity provider.
    pub by_sign_on: String,
    /// Whether they can sign in.
    pub state: String,
    /// They can.
    pub open: String,
    /// They cannot.
    pub closed: String,
    /// When it was last changed.
    pub changed: String,
    /// The link and the button that make an account.
    pub add: String,
    /// The password.
    pub password: String,
    /// What it may be. `{least}`.
    pub password_hint: String,
    /// The button that gives another role.
    pub set_role: String,
    /// What that does.
    pub set_role_hint: String,
    /// The button that gives another password.
    pub reset: String,
    /// What that does.
    pub reset_hint: String,
    /// The button that has the password be enough again.
    pub reset_codes: String,
    /// What that does.
    pub reset_codes_hint: String,
    /// The button that closes it.
    pub close: String,
    /// What that does.
    pub close_hint: String,
    /// The button that opens it again.
    pub reopen: String,
    /// The link to what was done with it.
    pub trail: String,
    /// It was made. `{name}`.
    pub added: String,
    /// It was changed.
    pub done: String,
    /// There is no such account.
    pub unknown: String,
    /// The name is taken.
    pub taken: String,
    /// It can be no name.
    pub bad_name: String,
    /// There is no such office.
    pub bad_office: String,
    /// The password is too short. `{least}`.
    pub too_short: String,
    /// The password is too long. `{most}`.
    pub too_long: String,
    /// The password is the name.
    pub is_name: String,
    /// Nobody would be left to see to the accounts.
    pub last_admin: String,
}
