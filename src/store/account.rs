//! The accounts of staff: who may sign in, and what each may do. Every change stands in the trail as well.

use super::audit::append;
use super::db::{on, plain};
use super::{NewAudit, Store, StoreError};
use crate::knowledge::EntryId;

/// What someone may do. Each may do all that those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads the questions and what has been done with them.
    Reader,
    /// Answers questions and changes what lots knows.
    Editor,
    /// Gives others their accounts.
    Admin,
}

impl Role {
    /// Every role, the one that may do least first.
    pub const ALL: [Role; 3] = [Role::Reader, Role::Editor, Role::Admin];

    /// The code in the database and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Editor => "editor",
            Role::Admin => "admin",
        }
    }

    /// The role with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Someone who may sign in, or could before the account was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name to sign in with.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub is_open: bool,
    /// The office they work for.
    pub office: Option<EntryId>,
    /// When it was made, in milliseconds UTC.
    pub made_at: i64,
    /// When it was last changed, in milliseconds UTC.
    pub changed_at: i64,
    /// How they sign in.
    pub way: Way,
    /// Whether the password is followed by a code.
    pub has_codes: bool,
}

/// How someone signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With a password that is kept here.
    Password,
    /// At the identity provider, which also says what they may do.
    SignOn,
}

impl Way {
    const ALL: [Way; 2] = [Way::Password, Way::SignOn];

    /// The code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::SignOn => "sign-on",
        }
    }
}

/// An account that is to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The office they work for.
    pub office: Option<EntryId>,
    /// The hash of the password.
    pub password: String,
}

/// A change of an account. Each ends whatever its owner was signed in to.
#[derive(Clone, Debug)]
pub enum AccountChange {
    /// They may do more, or less.
    Role(Role),
    /// They may not sign in any longer.
    Close,
    /// They may sign in again.
    Reopen,
    /// They sign in with another password, of which this is the hash.
    Password(String),
    /// Their password is enough again.
    NoCodes,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It was made.
    Done,
    /// It was so already, and nothing was changed.
    Already,
    /// There is no such account.
    Unknown,
    /// Nobody would be left who can give others their accounts, so nothing was changed.
    LastAdmin,
    /// The identity provider decides that, so nothing was changed.
    Elsewhere,
}

/// The columns of an account, which is `a`: those of [`Row`].
macro_rules! columns {
    () => {
        "a.name, a.role, a.state, a.office, a.made_at, a.changed_at, a.way, \
         (select count(*) from code_secret c where c.account = a.name) as codes "
    };
}
pub(super) use columns;

pub(super) const BY_NAME: &str = concat!("select ", columns!(), "from account a where a.name = $1");

/// Ends what someone is signed in to, and what they are signing in to.
pub(super) const END: [&str; 2] = [
    "delete from staff_session where account = $1",
    "delete from sign_in_step where account = $1",
];
/// Takes away what codes are made from.
const SECRET: &str = "delete from code_secret where account = $1";
/// Takes away what is taken instead of a code.
pub(super) const RECOVERY: &str = "delete from recovery_code where account = $1";

impl Store {
    /// Makes an account. Returns false when the name is taken. `now` is in milliseconds, UTC. Fails when the database
    /// does not answer.
    pub async fn add_account(
        &self,
        new: &NewAccount,
        who: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        const ADD: &str = "insert into account (name, role, office, password, made_at, changed_at) \
            values ($1, $2, $3, $4, $5, $5) on conflict (name) do nothing";
        let after = match &new.office {
            Some(office) => format!("{}, {office}", new.role.code()),
            None => new.role.code().to_owned(),
        };
        let act = act(who, "account-added", &new.name, (String::new(), after), now);
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let added = sqlx::query(ADD)
                .bind(&*plain(&new.name))
                .bind(new.role.code())
                .bind(new.office.as_ref().map(EntryId::as_str))
                .bind(&new.password)
                .bind(now)
                .execute(&mut *transaction)
                .await?
                .rows_affected();
            if added > 0 {
                append!(transaction, &act)?;
                transaction.commit().await?;
            }
            Ok(added > 0)
        })
    }

    /// Every account, by name. Fails when the database does not answer.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        const ALL: &str = concat!("select ", columns!(), "from account a order by a.name");
        let rows: Vec<Row> = on!(&self.db, pool => sqlx::query_as(ALL).fetch_all(pool).await)?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The account of a name; `None` when there is none. Fails when the database does not answer.
    pub async fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        let name = plain(name);
        let row: Option<Row> = on!(&self.db, pool => {
            sqlx::query_as(BY_NAME).bind(&*name).fetch_optional(pool).await
        })?;
        row.map(Row::read).transpose()
    }

    /// The hash of an account's password; `None` when there is no such account, when it is closed, and when it signs in
    /// at a provider. Fails when the database does not answer.
    pub async fn password_of(&self, name: &str) -> Result<Option<String>, StoreError> {
        const PASSWORD: &str =
            "select password from account where name = $1 and state = 'open' and way = 'password'";
        let name = plain(name);
        Ok(on!(&self.db, pool => {
            sqlx::query_scalar(PASSWORD).bind(&*name).fetch_optional(pool).await
        })?)
    }

    /// Changes an account, and ends what its owner was signed in to. `now` is in milliseconds, UTC. Fails when the
    /// database does not answer.
    pub async fn change_account(
        &self,
        name: &str,
        change: &AccountChange,
        who: &str,
        now: i64,
    ) -> Result<Changed, StoreError> {
        // Whoever else would take an admin away at the same time waits here, and then counts anew.
        const COUNT_ADMINS: &str =
            "update account set changed_at = changed_at where role = 'admin' and state = 'open'";
        const CHANGE: &str = "update account set role = coalesce($2, role), state = coalesce($3, state), \
            password = coalesce($4, password), changed_at = $5 where name = $1";
        let name = plain(name);
        let no_codes = matches!(change, AccountChange::NoCodes);
        let end: &[&'static str] = if no_codes {
            &[END[0], END[1], SECRET, RECOVERY]
        } else {
            &END
        };
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let admins = sqlx::query(COUNT_ADMINS).execute(&mut *transaction).await?.rows_affected();
            let row: Option<Row> =
                sqlx::query_as(BY_NAME).bind(&*name).fetch_optional(&mut *transaction).await?;
            let Some(account) = row.map(Row::read).transpose()? else {
                return Ok(Changed::Unknown);
            };
            if account.way == Way::SignOn && change.is_the_providers() {
                return Ok(Changed::Elsewhere);
            }
            let Some(act) = change.act(&account, who, now) else {
                return Ok(Changed::Already);
            };
            if admins <= 1 && account.is_admin() && change.takes_admin_away() {
                return Ok(Changed::LastAdmin);
            }
            let (role, state, password) = change.columns();
            sqlx::query(CHANGE)
                .bind(&*name)
                .bind(role)
                .bind(state)
                .bind(password)
                .bind(now)
                .execute(&mut *transaction)
                .await?;
            for statement in end {
                sqlx::query(*statement).bind(&*name).execute(&mut *transaction).await?;
            }
            append!(transaction, &act)?;
            transaction.commit().await?;
            Ok(Changed::Done)
        })
    }
}

impl Account {
    fn is_admin(&self) -> bool {
        self.is_open && self.role == Role::Admin
    }
}

impl AccountChange {
    /// The line of the trail for this change of an account; `None` when it changes nothing.
    fn act(&self, account: &Account, who: &str, now: i64) -> Option<NewAudit> {
        let state = |is_open: bool| if is_open { OPEN } else { CLOSED }.to_owned();
        let (code, before, after) = match self {
            AccountChange::Role(role) => {
                let (before, after) = (account.role.code(), role.code());
                ("role-changed", before.to_owned(), after.to_owned())
            }
            AccountChange::Close => ("account-closed", state(account.is_open), state(false)),
            AccountChange::Reopen => ("account-reopened", state(account.is_open), state(true)),
            AccountChange::Password(_) => {
                // Neither the old nor the new one stands anywhere.
                let none = (String::new(), String::new());
                return Some(act(who, "password-changed", &account.name, none, now));
            }
            AccountChange::NoCodes => {
                let is_on = |is_on: bool| if is_on { "on" } else { "off" }.to_owned();
                ("codes-off", is_on(account.has_codes), is_on(false))
            }
        };
        (before != after).then(|| act(who, code, &account.name, (before, after), now))
    }

    fn takes_admin_away(&self) -> bool {
        match self {
            AccountChange::Role(role) => *role != Role::Admin,
            AccountChange::Close => true,
            AccountChange::Reopen | AccountChange::Password(_) | AccountChange::NoCodes => false,
        }
    }

    /// Whether it is not decided here for someone who signs in at a provider.
    fn is_the_providers(&self) -> bool {
        match self {
            AccountChange::Role(_) | AccountChange::Password(_) => true,
            AccountChange::Close | AccountChange::Reopen | AccountChange::NoCodes => false,
        }
    }

    /// What role, state and password become; `None` for what stays.
    fn columns(&self) -> (Option<&'static str>, Option<&'static str>, Option<&str>) {
        match self {
            AccountChange::Role(role) => (Some(role.code()), None, None),
            AccountChange::Close => (None, Some(CLOSED), None),
            AccountChange::Reopen => (None, Some(OPEN), None),
            AccountChange::Password(hash) => (None, None, Some(hash)),
            AccountChange::NoCodes => (None, None, None),
        }
    }
}

const OPEN: &str = "open";
const CLOSED: &str = "closed";

/// A line of the trail about an account, before and after an act.
pub(super) fn act(
    who: &str,
    act: &str,
    name: &str,
    (before, after): (String, String),
    at: i64,
) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: act.to_owned(),
        about: format!("account/{name}"),
        before,
        after,
        reason: String::new(),
        at,
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    name: String,
    role: String,
    state: String,
    office: Option<String>,
    made_at: i64,
    changed_at: i64,
    way: String,
    codes: i64,
}

impl Row {
    pub(super) fn read(self) -> Result<Account, StoreError> {
        let role = Role::from_code(&self.role)
            .ok_or_else(|| StoreError::Corrupt(format!("{} is no role", self.role)))?;
        let way = Way::ALL.into_iter().find(|way| way.code() == self.way);
        let way =
            way.ok_or_else(|| StoreError::Corrupt(format!("{} is no way to sign in", self.way)))?;
        Ok(Account {
            name: self.name,
            role,
            is_open: self.state == OPEN,
            office: self.office.and_then(|id| EntryId::parse(&id).ok()),
            made_at: self.made_at,
            changed_at: self.changed_at,
            way,
            has_codes: self.codes > 0,
        })
    }
}
