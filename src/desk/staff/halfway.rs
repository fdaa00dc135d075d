//! Signing in in two steps. Whoever has brought the right password is given a token that is good for nothing but the
//! code, for a few minutes.

use std::fmt;
use std::time::Duration;

use super::codes::CodeSetUp;
use super::sign_in::{HELD, client_subject, hash_of, name_subject, new_token, refused, unhurried};
use super::{SignInError, SignedIn, Staff, StaffError, milliseconds};
use crate::desk::{Desk, now};
use crate::store::{NewSession, NewStep, Proof, SignInStep, Store, StoreError};

/// How long someone may take to bring a code.
const CODE: Duration = Duration::from_secs(5 * 60);
/// How long they may take to set up their first: a telephone may have to be fetched, and an app found.
const SET_UP: Duration = Duration::from_secs(30 * 60);

/// Someone who has brought the right password, and is to bring more.
#[derive(Clone, PartialEq, Eq)]
pub struct Half {
    /// What whoever holds it is known by: 256 random bits in hexadecimal.
    pub token: String,
    /// What is left.
    pub step: HalfStep,
}

impl fmt::Debug for Half {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Half({:?}, ***)", self.step)
    }
}

/// What is left after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HalfStep {
    /// A code.
    Code,
    /// To set up codes, because everyone needs them here.
    SetUp,
}

impl HalfStep {
    /// For how long that can be done.
    pub fn lasts(self) -> Duration {
        match self {
            HalfStep::Code => CODE,
            HalfStep::SetUp => SET_UP,
        }
    }

    fn kept(self) -> SignInStep {
        match self {
            HalfStep::Code => SignInStep::Code,
            HalfStep::SetUp => SignInStep::SetUp,
        }
    }
}

impl Desk {
    /// Signs in whoever holds the token of a [`Half`] and brings a code, or one of the recovery codes. `client` is where
    /// they are. Fails with [`SignInError::Refused`] when the code is wrong, has been used, or it has been tried too
    /// often, and with [`SignInError::TooLate`].
    pub async fn sign_in_by_code(
        &self,
        half: &str,
        code: &str,
        client: &str,
    ) -> Result<SignedIn, SignInError> {
        unhurried(self.try_code(half, code, client, now())).await
    }

    /// What an app is to be given by whoever holds the token of a [`Half`] and has no codes yet; `None` when it is too
    /// late. `secret` is what has been shown already. Fails when the database does not answer.
    pub async fn set_up_halfway(
        &self,
        half: &str,
        secret: Option<&str>,
    ) -> Result<Option<CodeSetUp>, StaffError> {
        let store = self.open_store()?;
        let Some(staff) = self.halfway_to_set_up(&store, half).await? else {
            return Ok(None);
        };
        let set_up = match secret {
            Some(secret) => self.set_up_again(&staff, secret),
            None => self.set_up_codes(&staff),
        };
        set_up.map(Some)
    }

    /// Signs in whoever holds the token of a [`Half`] and sets up their codes; with the recovery codes, which are shown
    /// this once. `None` when it is too late. Fails as [`Desk::turn_on_codes`] does.
    pub async fn sign_in_by_set_up(
        &self,
        half: &str,
        secret: &str,
        code: &str,
    ) -> Result<Option<(SignedIn, Vec<String>)>, StaffError> {
        let store = self.open_store()?;
        let Some(staff) = self.halfway_to_set_up(&store, half).await? else {
            return Ok(None);
        };
        let codes = self.begin_codes(&store, &staff.name, secret, code).await?;
        let at = (half, SignInStep::SetUp);
        let signed_in = self.end_half(&store, &staff.name, at, None, now()).await?;
        Ok(signed_in.map(|signed_in| (signed_in, codes)))
    }

    /// What is left for someone whose password, of which `kept` is the hash, is right; `None` when nothing is.
    pub(super) async fn halfway(
        &self,
        store: &Store,
        name: &str,
        kept: &str,
        now: i64,
    ) -> Result<Option<Half>, SignInError> {
        let step = match store.code_secret(name).await? {
            Some(_) => HalfStep::Code,
            None if self.door.codes.is_required => HalfStep::SetUp,
            None => return Ok(None),
        };
        let token = new_token()?;
        let new = NewStep {
            token: &hash_of(&token),
            step: step.kept(),
            account: name,
            place: "",
            until: now.saturating_add(milliseconds(step.lasts())),
        };
        store.begin_step(&new).await?;
        // Whoever changes the password from now on takes the step away as well.
        if store.password_of(name).await?.as_deref() != Some(kept) {
            return Err(SignInError::Refused);
        }
        Ok(Some(Half { token, step }))
    }

    async fn halfway_to_set_up(
        &self,
        store: &Store,
        half: &str,
    ) -> Result<Option<Staff>, StoreError> {
        let step = store.step(&hash_of(half), SignInStep::SetUp, now()).await?;
        let Some((name, _)) = step else {
            return Ok(None);
        };
        Ok(store.account(&name).await?.map(Staff::of))
    }

    async fn try_code(
        &self,
        half: &str,
        code: &str,
        client: &str,
        now: i64,
    ) -> Result<SignedIn, SignInError> {
        let store = self.open_store()?;
        let step = store.step(&hash_of(half), SignInStep::Code, now).await?;
        let Some((name, _)) = step else {
            return Err(SignInError::TooLate);
        };
        let is_held = self.count_by_name(&store, &name, now).await?;
        let brought = self.brought(&store, &name, code).await?;
        if let Some(brought) = brought.filter(|_| !is_held) {
            let (at, proof) = ((half, SignInStep::Code), brought.proof());
            let signed_in = self.end_half(&store, &name, at, Some(proof), now);
            if let Some(signed_in) = signed_in.await? {
                store
                    .forgive(&name_subject(&name), &client_subject(client, now))
                    .await?;
                return Ok(signed_in);
            }
        }
        let code = if is_held { HELD } else { "code-wrong" };
        store.audit(&refused(code, &name, now)).await?;
        Err(SignInError::Refused)
    }

    /// Begins the session of someone who has done what was left.
    async fn end_half(
        &self,
        store: &Store,
        name: &str,
        (half, step): (&str, SignInStep),
        proof: Option<Proof<'_>>,
        now: i64,
    ) -> Result<Option<SignedIn>, StoreError> {
        let token = new_token()?;
        let session = NewSession {
            token: &hash_of(&token),
            account: name,
            password: "",
            now,
            until: now.saturating_add(milliseconds(self.door.times.whole)),
        };
        let account = store
            .end_step(&session, (&hash_of(half), step), proof)
            .await?;
        Ok(account.map(|account| SignedIn {
            token,
            staff: Staff::of(account),
        }))
    }
}
