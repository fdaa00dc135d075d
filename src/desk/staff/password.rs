//! What can be a password, and how it is kept: as an argon2id hash with the parameters that OWASP recommends.
//!
//! As NIST SP 800-63B has it, a password is judged by its length alone. It need not hold a digit or a capital, it does not
//! grow old, and it may be any sentence that someone can remember. One that a computer writes in another way, such as å
//! as a and a ring, is the same.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;

use super::{SignedIn, Staff, StaffError};
use crate::desk::working::blocking;
use crate::desk::{Desk, now};
use crate::store::{AccountChange, Changed, StoreError};

/// The fewest characters a password has.
pub const SHORTEST_PASSWORD: usize = 12;
/// The most characters a password has.
pub const LONGEST_PASSWORD: usize = 200;

/// 19 MiB, gone over twice, in one lane.
const PARAMETERS: Params = match Params::new(19 * 1024, 2, 1, None) {
    Ok(parameters) => parameters,
    Err(_) => panic!("the parameters are within what argon2 allows"),
};

/// Why something cannot be the password of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// It has fewer than [`SHORTEST_PASSWORD`] characters.
    #[error(
        "the password is too short; use at least {SHORTEST_PASSWORD} characters, such as a few words"
    )]
    TooShort,
    /// It has more than [`LONGEST_PASSWORD`] characters.
    #[error("the password is too long; use at most {LONGEST_PASSWORD} characters")]
    TooLong,
    /// It is the name of the account.
    #[error("the password is the name of the account; choose something that nobody can guess")]
    IsName,
}

/// A text that can be the password of an account. It is never shown.
pub(super) struct Password(String);

impl Password {
    /// Fails when it cannot be the password of the account with this name.
    pub(super) fn parse(text: &str, name: &str) -> Result<Password, PasswordFault> {
        let text: String = text.nfkc().collect();
        let length = text.chars().count();
        if length < SHORTEST_PASSWORD {
            Err(PasswordFault::TooShort)
        } else if length > LONGEST_PASSWORD {
            Err(PasswordFault::TooLong)
        } else if text.trim().to_lowercase() == name {
            Err(PasswordFault::IsName)
        } else {
            Ok(Password(text))
        }
    }
}

impl Desk {
    /// Gives someone another password, when they know the one they have. All that they were signed in to ends, and they
    /// are signed in anew. Fails with [`StaffError::WrongPassword`], [`StaffError::BadPassword`], and when the database
    /// does not answer.
    pub async fn change_password(
        &self,
        staff: &Staff,
        old: &str,
        new: &str,
    ) -> Result<SignedIn, StaffError> {
        let password = Password::parse(new, &staff.name)?;
        let store = self.open_store()?;
        // Whoever finds a browser that someone has left cannot try passwords without end.
        let is_held = self.count_by_name(&store, &staff.name, now()).await?;
        let kept = store.password_of(&staff.name).await?;
        let is_right = self.is_password(old, kept.filter(|_| !is_held)).await?;
        if !is_right {
            return Err(StaffError::WrongPassword);
        }
        let hash = self.hash(password).await?;
        let change = AccountChange::Password(hash.clone());
        match store
            .change_account(&staff.name, &change, &staff.name, now())
            .await?
        {
            Changed::Done | Changed::Already => {}
            Changed::Unknown | Changed::LastAdmin | Changed::Elsewhere => {
                return Err(StaffError::Unknown);
            }
        }
        let begun = self
            .begin_session(&store, &staff.name, &hash, now())
            .await?;
        begun.ok_or(StaffError::Unknown)
    }

    /// The hash of a password, to be kept.
    pub(super) async fn hash(&self, Password(text): Password) -> Result<String, StoreError> {
        // The turns are never closed, so that there is one in the end.
        let _turn = self.door.hashing.acquire().await;
        blocking(move || hashed(&text)).await
    }

    /// Whether a text is the password that a hash was made of. Takes as long when there is no hash.
    pub(super) async fn is_password(
        &self,
        text: &str,
        kept: Option<String>,
    ) -> Result<bool, StoreError> {
        let _turn = self.door.hashing.acquire().await;
        let text: String = text.nfkc().take(LONGEST_PASSWORD + 1).collect();
        blocking(move || match kept {
            Some(kept) => Ok(hasher()
                .verify_password(text.as_bytes(), kept.as_str())
                .is_ok()),
            None => hashed(&text).map(|_| false),
        })
        .await
    }
}

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMETERS)
}

fn hashed(text: &str) -> Result<String, StoreError> {
    match hasher().hash_password(text.as_bytes()) {
        Ok(hash) => Ok(hash.to_string()),
        Err(error) => Err(StoreError::Unavailable(format!(
            "the password could not be hashed, {error}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_judged_by_its_length_alone() {
        let fault = |text: &str| Password::parse(text, "anna.andersson").err();
        for good in [
            "fyra ord som du minns",
            "aaaaaaaaaaaa",
            "🐟🐟🐟🐟🐟🐟🐟🐟🐟🐟🐟🐟",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        assert_eq!(fault("elva tecken"), Some(PasswordFault::TooShort));
        assert_eq!(fault(&"a".repeat(201)), Some(PasswordFault::TooLong));
        assert_eq!(fault("Anna.Andersson"), Some(PasswordFault::IsName));
    }

    #[test]
    fn a_hash_says_how_it_was_made_and_is_another_each_time() {
        let (one, other) = (hashed("fyra ord").unwrap(), hashed("fyra ord").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
    }
}
