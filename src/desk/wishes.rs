//! Who wants to be told that their question or their idea has been answered, and that they have been.

use std::time::Duration;

use super::{Desk, PATIENCE, Reply, now};
use crate::knowledge::Language;
use crate::store::{Receipt, StoreError, Wish};

/// A channel that has begun to tell someone is left alone for so long; then another may try.
const LEASE: Duration = Duration::from_secs(60);
/// How many are told at a time.
const AT_ONCE: u32 = 20;

/// Someone who is to be told.
#[derive(Clone, Debug)]
pub struct Wished {
    /// What to tell: what became of the question or the idea.
    pub reply: Reply,
    wish: Wish,
}

impl Wished {
    /// Where to tell it, in the channel's own terms.
    pub fn address(&self) -> &str {
        &self.wish.address
    }

    /// The receipt of the question or the idea.
    pub fn receipt(&self) -> &Receipt {
        &self.wish.receipt
    }
}

impl Desk {
    /// Keeps an address until the question or the idea with this receipt has been answered. Whether it was kept: not when
    /// there is none, or the database is away.
    pub async fn tell_me(
        &self,
        receipt: &Receipt,
        channel: &str,
        address: &str,
        language: Language,
    ) -> bool {
        let wish = Wish {
            receipt: receipt.clone(),
            channel: channel.to_owned(),
            address: address.to_owned(),
            language: language.code().to_owned(),
        };
        let Some(store) = self.store.load_full() else {
            return false;
        };
        match tokio::time::timeout(PATIENCE, store.wish(&wish, now())).await {
            Ok(Ok(kept)) => kept,
            Ok(Err(error)) => {
                tracing::warn!(%error, "a wish to be told could not be saved");
                false
            }
            Err(_) => {
                tracing::warn!("a wish to be told could not be saved in time");
                false
            }
        }
    }

    /// Those of a channel whose questions or ideas have been dealt with. Each is given to one caller, which has a minute to tell
    /// them and call [`Desk::told`]; after that they are given out again. Fails when the database is away.
    pub async fn to_tell(&self, channel: &str) -> Result<Vec<Wished>, StoreError> {
        let store = self.open_store()?;
        let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
        let mut all = Vec::new();
        for wish in store.wishes_to_fulfil(channel, AT_ONCE, now()).await? {
            if !store.claim_wish(&wish, now(), now() + lease).await? {
                continue;
            }
            let language =
                Language::from_code(&wish.language).unwrap_or_else(|| self.default_language());
            let reply = self.receipt_state(&wish.receipt, language).await;
            all.push(Wished { reply, wish });
        }
        Ok(all)
    }

    /// Deletes the address of someone who has been told, or who cannot be. Fails when the database is away.
    pub async fn told(&self, wished: &Wished) -> Result<(), StoreError> {
        self.open_store()?.forget_wish(&wished.wish).await
    }
}
