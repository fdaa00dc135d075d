//! Signing in and out.
//!
//! What a browser holds is a random token, made anew at each sign-in; the database has only its hash. After five wrong
//! passwords for a name, or twenty from a client, within a quarter of an hour, nobody gets in until that has passed. Who
//! is refused hears the same, after the same time, whatever was wrong.

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{SignInError, SignedIn, Staff, milliseconds};
use crate::desk::{Desk, now};
use crate::store::{NewAudit, NewSession, Store, StoreError};

/// Attempts are counted together for so long.
pub(super) const WINDOW: Duration = Duration::from_secs(15 * 60);
/// How often a name can be tried in that time.
const TRIES_OF_NAME: i64 = 5;
/// How often a client can try, whatever the names: an office may share an address.
const TRIES_OF_CLIENT: i64 = 20;
/// How long it takes to be refused: longer than working out that one is, so that the time says nothing of why.
const REFUSAL: Duration = Duration::from_millis(500);
/// That a session is in use is noted once in so long.
const SEEN_EVERY: Duration = Duration::from_secs(60);

impl Desk {
    /// Signs someone in. `client` is where they are, such as their address: nothing that leads to it is kept.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        client: &str,
    ) -> Result<SignedIn, SignInError> {
        unhurried(self.try_sign_in(name, password, client, now())).await
    }

    /// Who holds a token; `None` when nobody does, or not any longer. Fails when the database does not answer.
    pub async fn staff_of(&self, token: &str) -> Result<Option<Staff>, StoreError> {
        let store = self.open_store()?;
        let (token, now) = (hash_of(token), now());
        let idle_since = now.saturating_sub(milliseconds(self.door.times.idle));
        let Some(session) = store.session(&token, now, idle_since).await? else {
            return Ok(None);
        };
        if now - session.seen_at >= milliseconds(SEEN_EVERY) {
            store.session_seen(&token, now).await?;
        }
        Ok(Some(Staff::of(session.account)))
    }

    /// Signs out whoever holds a token; what [`Desk::way_out`] wants for the identity provider, when they signed in there.
    /// Fails when the database does not answer.
    pub async fn sign_out(&self, token: &str) -> Result<Option<String>, StoreError> {
        self.open_store()?.end_session(&hash_of(token), now()).await
    }

    /// Signs someone out wherever they are signed in; how many times they were. Fails when the database does not answer.
    pub async fn sign_out_everywhere(&self, staff: &Staff) -> Result<u64, StoreError> {
        self.open_store()?
            .end_sessions(&staff.name, &staff.name, now())
            .await
    }

    /// Deletes what is left of those who were signed in, and of those who tried.
    pub(in crate::desk) async fn purge_sign_ins(&self, store: &Store) -> Result<(), StoreError> {
        let now = now();
        let before = |time| now.saturating_sub(milliseconds(time));
        store
            .purge_sessions(now, before(self.door.times.idle), before(WINDOW))
            .await
    }

    /// Counts an attempt to prove to be someone; whether there have been too many.
    pub(super) async fn count_by_name(
        &self,
        store: &Store,
        name: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let attempts = store.attempt(&name_subject(name), now, since(now)).await?;
        Ok(attempts > TRIES_OF_NAME)
    }

    /// Begins a session of an account whose password has this hash; `None` when it has not any longer.
    pub(super) async fn begin_session(
        &self,
        store: &Store,
        name: &str,
        password: &str,
        now: i64,
    ) -> Result<Option<SignedIn>, StoreError> {
        let token = new_token()?;
        let session = NewSession {
            token: &hash_of(&token),
            account: name,
            password,
            now,
            until: now.saturating_add(milliseconds(self.door.times.whole)),
        };
        if !store.begin_session(&session).await? {
            return Ok(None);
        }
        let account = store.account(name).await?;
        Ok(account.map(|account| SignedIn {
            token,
            staff: Staff::of(account),
        }))
    }

    async fn try_sign_in(
        &self,
        name: &str,
        password: &str,
        client: &str,
        now: i64,
    ) -> Result<SignedIn, SignInError> {
        let store = self.open_store()?;
        let name = name.trim().to_lowercase();
        let client = client_subject(client, now);
        // What is told of here is the client, not the name: there is no need to work any longer.
        if store.attempt(&client, now, since(now)).await? > TRIES_OF_CLIENT {
            return Err(SignInError::Refused);
        }
        let is_held = self.count_by_name(&store, &name, now).await?;
        let kept = store.password_of(&name).await?;
        let is_right = self
            .is_password(password, kept.clone().filter(|_| !is_held))
            .await?;
        let Some(kept) = kept else {
            return Err(SignInError::Refused);
        };
        if is_right {
            if let Some(half) = self.halfway(&store, &name, &kept, now).await? {
                return Err(SignInError::Halfway(half));
            }
            if let Some(begun) = self.begin_session(&store, &name, &kept, now).await? {
                store.forgive(&name_subject(&name), &client).await?;
                return Ok(begun);
            }
        }
        let code = if is_held { HELD } else { "sign-in-failed" };
        store.audit(&refused(code, &name, now)).await?;
        Err(SignInError::Refused)
    }
}

/// What became of signing in. Whoever is refused hears so after the same time, whatever was wrong.
pub(super) async fn unhurried<T>(
    signing_in: impl Future<Output = Result<T, SignInError>>,
) -> Result<T, SignInError> {
    let begun = tokio::time::Instant::now();
    let outcome = signing_in.await;
    if let Err(SignInError::Refused) = outcome {
        tokio::time::sleep_until(begun + REFUSAL).await;
    }
    outcome
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> SignInError {
        tracing::warn!(%error, "someone could not be signed in");
        SignInError::Away
    }
}

/// What the trail calls it when someone has tried too often.
pub(super) const HELD: &str = "sign-in-held";

/// The line of the trail for someone who did not get in.
pub(super) fn refused(code: &str, name: &str, now: i64) -> NewAudit {
    NewAudit {
        who: "not signed in".to_owned(),
        act: code.to_owned(),
        about: format!("account/{name}"),
        at: now,
        ..NewAudit::default()
    }
}

/// What was tried at this time or before does not count any longer.
pub(super) fn since(now: i64) -> i64 {
    now.saturating_sub(milliseconds(WINDOW))
}

/// A token that nobody can guess.
pub(super) fn new_token() -> Result<String, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        StoreError::Unavailable(format!("the system gives no random numbers, {error}"))
    })?;
    Ok(hex(&bytes))
}

/// What the database has of a token.
pub(super) fn hash_of(token: &str) -> String {
    subject("session", token)
}

/// What the database has of a name that was tried: it may be anything, and a password that was written in the wrong
/// field as well.
pub(super) fn name_subject(name: &str) -> String {
    subject("name", name)
}

/// What the database has of a client: another each day, so that it cannot be told from one day to the next.
pub(super) fn client_subject(client: &str, now: i64) -> String {
    let day = Timestamp::from_millisecond(now).map(|t| t.strftime("%Y-%m-%d").to_string());
    subject(&format!("client {}", day.unwrap_or_default()), client)
}

pub(super) fn subject(kind: &str, text: &str) -> String {
    let hash = Sha256::new()
        .chain_update("lots: ")
        .chain_update(kind)
        .chain_update("\n")
        .chain_update(text);
    hex(&hash.finalize())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
