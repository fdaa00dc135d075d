//! Those who sign in at the identity provider of the municipality: whose account is whose, and what each sign-on brings.

use super::account::{Account, BY_NAME, END, Role, Row, act};
use super::audit::append;
use super::db::{on, plain};
use super::{NewAudit, Store, StoreError};
use crate::knowledge::EntryId;

/// Who has acted, where the provider has: no account can have that name.
const PROVIDER: &str = "sign on";
/// How many accounts may want the same name.
const SAME_NAME: u32 = 200;
/// How often it is tried anew when someone signs on for the first time twice at once.
const TRIES: u32 = 3;

/// Whom a provider says that someone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The provider.
    pub issuer: &'a str,
    /// What it knows them by.
    pub subject: &'a str,
}

/// Someone who is about to be signed in because a provider vouches for them.
#[derive(Clone, Debug)]
pub struct NewSignOn<'a> {
    /// Who they are.
    pub identity: Identity<'a>,
    /// The name of the account that is made at the first sign-on; with a number after it when it is taken.
    pub name: &'a str,
    /// What they may do from now on.
    pub role: Role,
    /// The office they work for from now on; `None` when the provider does not say.
    pub office: Option<&'a EntryId>,
    /// Whether the provider decides for which office they work.
    pub decides_office: bool,
    /// The hash of the token that the browser is given.
    pub token: &'a str,
    /// What the provider wants back when they sign out there as well.
    pub id_token: &'a str,
    /// When, in milliseconds UTC.
    pub now: i64,
    /// When it ends at the latest, in milliseconds UTC.
    pub until: i64,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignedOn {
    /// They are signed in.
    In(Account),
    /// Their account has been closed here.
    Closed,
}

impl Store {
    /// Signs someone in for whom a provider vouches. Their account is made if there is none yet; if they may do something
    /// else than before, whatever they were signed in to has ended. Fails when the database does not answer.
    pub async fn sign_on(&self, new: &NewSignOn<'_>) -> Result<SignedOn, StoreError> {
        for _ in 0..TRIES {
            if let Some(signed_on) = self.try_sign_on(new).await? {
                return Ok(signed_on);
            }
        }
        Err(StoreError::Unavailable(
            "an account could not be made".to_owned(),
        ))
    }

    /// Ends whatever someone is signed in to whom the provider gives no role, or not any longer. Fails when the database
    /// does not answer.
    pub async fn refuse_sign_on(&self, who: Identity<'_>, now: i64) -> Result<(), StoreError> {
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let known: Option<String> = sqlx::query_scalar(WHOSE)
                .bind(&*plain(who.issuer))
                .bind(&*plain(who.subject))
                .fetch_optional(&mut *transaction)
                .await?;
            let Some(name) = known else {
                return Ok(());
            };
            for statement in END {
                sqlx::query(statement).bind(&name).execute(&mut *transaction).await?;
            }
            append!(transaction, &refused(&name, "no-role", now))?;
            transaction.commit().await?;
            Ok(())
        })
    }

    /// `None` when someone else has made the account meanwhile.
    async fn try_sign_on(&self, new: &NewSignOn<'_>) -> Result<Option<SignedOn>, StoreError> {
        const ADD: &str = "insert into account (name, role, office, way, made_at, changed_at) \
            values ($1, $2, $3, 'sign-on', $4, $4) on conflict (name) do nothing";
        const BIND: &str = "insert into identity (issuer, subject, account) values ($1, $2, $3) \
            on conflict (issuer, subject) do nothing";
        const RENEW: &str =
            "update account set role = $2, office = $3, changed_at = $4 where name = $1";
        const BEGIN: &str = "insert into staff_session (token, account, begun_at, seen_at, until, id_token) \
            values ($1, $2, $3, $3, $4, $5)";
        let (issuer, subject) = (plain(new.identity.issuer), plain(new.identity.subject));
        let mut acts: Vec<NewAudit> = Vec::new();
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            let known: Option<String> = sqlx::query_scalar(WHOSE)
                .bind(&*issuer)
                .bind(&*subject)
                .fetch_optional(&mut *transaction)
                .await?;
            let name = match known {
                Some(name) => name,
                None => {
                    let mut made = None;
                    for name in new.names() {
                        let added = sqlx::query(ADD)
                            .bind(&name)
                            .bind(new.role.code())
                            .bind(new.office.map(EntryId::as_str))
                            .bind(new.now)
                            .execute(&mut *transaction)
                            .await?
                            .rows_affected();
                        if added > 0 {
                            made = Some(name);
                            break;
                        }
                    }
                    let Some(name) = made else {
                        return Ok(None);
                    };
                    let bound = sqlx::query(BIND)
                        .bind(&*issuer)
                        .bind(&*subject)
                        .bind(&name)
                        .execute(&mut *transaction)
                        .await?
                        .rows_affected();
                    if bound == 0 {
                        return Ok(None);
                    }
                    let after = standing(new.role, new.office);
                    acts.push(act(PROVIDER, "account-added", &name, (String::new(), after), new.now));
                    name
                }
            };
            let row: Row = sqlx::query_as(BY_NAME).bind(&name).fetch_one(&mut *transaction).await?;
            let mut account = row.read()?;
            if !account.is_open {
                append!(transaction, &refused(&name, "closed", new.now))?;
                transaction.commit().await?;
                return Ok(Some(SignedOn::Closed));
            }
            let office = if new.decides_office { new.office.cloned() } else { account.office.clone() };
            if (account.role, &account.office) != (new.role, &office) {
                for statement in END {
                    sqlx::query(statement).bind(&name).execute(&mut *transaction).await?;
                }
                sqlx::query(RENEW)
                    .bind(&name)
                    .bind(new.role.code())
                    .bind(office.as_ref().map(EntryId::as_str))
                    .bind(new.now)
                    .execute(&mut *transaction)
                    .await?;
                let before = standing(account.role, account.office.as_ref());
                let after = standing(new.role, office.as_ref());
                acts.push(act(PROVIDER, "role-changed", &name, (before, after), new.now));
                (account.role, account.office, account.changed_at) = (new.role, office, new.now);
            }
            sqlx::query(BEGIN)
                .bind(new.token)
                .bind(&name)
                .bind(new.now)
                .bind(new.until)
                .bind(&*plain(new.id_token))
                .execute(&mut *transaction)
                .await?;
            acts.push(act(&name, "signed-in", &name, Default::default(), new.now));
            for act in &acts {
                append!(transaction, act)?;
            }
            transaction.commit().await?;
            Ok(Some(SignedOn::In(account)))
        })
    }
}

const WHOSE: &str = "select account from identity where issuer = $1 and subject = $2";

impl NewSignOn<'_> {
    /// The names that the account may have, the best first.
    fn names(&self) -> impl Iterator<Item = String> {
        let numbered = (2..SAME_NAME).map(|number| format!("{}-{number}", self.name));
        std::iter::once(self.name.to_owned()).chain(numbered)
    }
}

/// What someone may do and for whom, as the trail has it.
fn standing(role: Role, office: Option<&EntryId>) -> String {
    match office {
        Some(office) => format!("{}, {office}", role.code()),
        None => role.code().to_owned(),
    }
}

/// The line of the trail for someone who signed in at the provider, and not here.
fn refused(name: &str, standing: &str, at: i64) -> NewAudit {
    NewAudit {
        who: "not signed in".to_owned(),
        act: "sign-on-refused".to_owned(),
        about: format!("account/{name}"),
        after: standing.to_owned(),
        at,
        ..NewAudit::default()
    }
}
