//! How what codes are made from is kept: encrypted with ChaCha20-Poly1305 when there is a key that the database does not
//! hold, and as it is when there is none.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};

use super::sign_in::hex;
use crate::store::StoreError;

/// What stands before a secret that is kept as it is, and before one that is encrypted.
const PLAIN: &str = "plain:";
const SEALED: &str = "sealed:";

/// A key that is kept apart from the database.
#[derive(Clone)]
pub struct SealingKey([u8; 32]);

impl SealingKey {
    /// The key that a long random text comes to.
    pub fn new(text: &str) -> SealingKey {
        let hash = Sha256::new()
            .chain_update("lots: the key of what codes are made from\n")
            .chain_update(text)
            .finalize();
        SealingKey(hash.into())
    }

    fn cipher(&self) -> Result<LessSafeKey, StoreError> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0);
        key.map(LessSafeKey::new).map_err(|_| unreadable())
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(***)")
    }
}

/// A secret as the database has it. What is sealed for one account opens for no other. Fails when the system gives no
/// random numbers.
pub(super) fn seal(
    key: Option<&SealingKey>,
    account: &str,
    secret: &str,
) -> Result<String, StoreError> {
    let Some(key) = key else {
        return Ok(format!("{PLAIN}{secret}"));
    };
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).map_err(|error| {
        StoreError::Unavailable(format!("the system gives no random numbers, {error}"))
    })?;
    let mut bytes = secret.as_bytes().to_vec();
    let sealed = key.cipher()?.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::from(account),
        &mut bytes,
    );
    sealed.map_err(|_| unreadable())?;
    Ok(format!("{SEALED}{}{}", hex(&nonce), hex(&bytes)))
}

/// The secret again. Fails when it was sealed with another key than this.
pub(super) fn open(
    key: Option<&SealingKey>,
    account: &str,
    kept: &str,
) -> Result<String, StoreError> {
    if let Some(secret) = kept.strip_prefix(PLAIN) {
        return Ok(secret.to_owned());
    }
    let sealed = kept.strip_prefix(SEALED).and_then(bytes);
    let (Some(mut sealed), Some(key)) = (sealed, key) else {
        return Err(unreadable());
    };
    if sealed.len() < NONCE_LEN {
        return Err(unreadable());
    }
    let mut rest = sealed.split_off(NONCE_LEN);
    let nonce = Nonce::try_assume_unique_for_key(&sealed).map_err(|_| unreadable())?;
    let cipher = key.cipher()?;
    let secret = cipher.open_in_place(nonce, Aad::from(account), &mut rest);
    let secret = secret.map_err(|_| unreadable())?;
    String::from_utf8(secret.to_vec()).map_err(|_| unreadable())
}

fn unreadable() -> StoreError {
    StoreError::Unavailable(
        "what the codes of an account are made from cannot be read; set LOTS_CODE_KEY to the key it was encrypted \
         with, or reset the codes with lots staff totp-reset"
            .to_owned(),
    )
}

/// The bytes of a hexadecimal text; `None` when it is none.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.as_bytes().chunks(2).map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_for_its_account_and_for_nothing_else() {
        let (key, other) = (SealingKey::new("one"), SealingKey::new("other"));
        let kept = seal(Some(&key), "eva", "SECRET").unwrap();
        assert!(
            kept.starts_with(SEALED) && !kept.contains("SECRET"),
            "{kept}"
        );
        assert_ne!(kept, seal(Some(&key), "eva", "SECRET").unwrap());
        assert_eq!(open(Some(&key), "eva", &kept).unwrap(), "SECRET");
        let last = if kept.ends_with('0') { '1' } else { '0' };
        let changed = format!("{}{last}", &kept[..kept.len() - 1]);
        for (key, account, kept) in [
            (Some(&other), "eva", kept.as_str()),
            (None, "eva", &kept),
            (Some(&key), "ada", &kept),
            (Some(&key), "eva", &changed),
            (Some(&key), "eva", "sealed:00"),
            (Some(&key), "eva", "sealed:å"),
            (Some(&key), "eva", ""),
        ] {
            let error = open(key, account, kept).unwrap_err();
            assert!(error.to_string().contains("LOTS_CODE_KEY"), "{error}");
        }
        let plain = seal(None, "eva", "SECRET").unwrap();
        assert_eq!(
            open(Some(&key), "eva", &plain).unwrap(),
            "SECRET",
            "from before there was a key"
        );
    }
}
