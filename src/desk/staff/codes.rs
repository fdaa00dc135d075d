//! Codes that follow the password: made by an app on the telephone of whoever signs in (TOTP, RFC 6238), new every half
//! minute, each taken once. Whoever has lost the telephone brings one of the recovery codes instead, which are shown once
//! and kept as hashes.

use std::fmt;

use totp_rs::{Builder, Secret, Totp};

use super::seal::{SealingKey, open, seal};
use super::sign_in::subject;
use super::{SignedIn, Staff, StaffError};
use crate::desk::{Desk, now};
use crate::store::{AccountChange, Changed, Proof, Store, StoreError};

/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 8;

/// How many bytes a secret has, as RFC 4226 recommends.
const SECRET: usize = 20;
/// How many half minutes a telephone's clock may be off.
const SKEW: u16 = 1;
/// How many signs a code has.
const DIGITS: usize = 6;
/// How many signs a recovery code has, each of 32: 80 bits.
const SIGNS: usize = 16;
/// Those signs: none looks like another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What holds for everyone with a password.
#[derive(Clone, Debug, Default)]
pub struct CodeRules {
    /// Whether nobody is signed in without a code.
    pub is_required: bool,
    /// What secrets are encrypted with.
    pub key: Option<SealingKey>,
}

/// What an app is given so that it can make codes.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeSetUp {
    /// Whose codes they are.
    pub account: String,
    /// What they are made from, for typing.
    pub secret: String,
    /// The same as an `otpauth:` address, for scanning.
    pub address: String,
}

impl fmt::Debug for CodeSetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeSetUp({}, ***)", self.account)
    }
}

/// How it is with the codes of someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodesStanding {
    /// How many recovery codes are left; `None` when the password is enough.
    pub recovery_left: Option<i64>,
    /// Whether nobody is signed in without a code.
    pub is_required: bool,
}

impl Desk {
    /// How it is with one's own codes. Fails when the database does not answer.
    pub async fn codes(&self, staff: &Staff) -> Result<CodesStanding, StaffError> {
        let kept = self.open_store()?.code_secret(&staff.name).await?;
        Ok(CodesStanding {
            recovery_left: kept.map(|kept| kept.recovery_left),
            is_required: self.door.codes.is_required,
        })
    }

    /// What an app is to be given, made anew each time. Nothing is kept until [`Desk::turn_on_codes`]. Fails with
    /// [`StaffError::Elsewhere`] for whoever has no password, and when the system gives no random numbers.
    pub fn set_up_codes(&self, staff: &Staff) -> Result<CodeSetUp, StaffError> {
        if !staff.has_password() {
            return Err(StaffError::Elsewhere);
        }
        let secret = Secret::new(random::<SECRET>()?.into()).to_base32();
        Ok(self.set_up_of(&staff.name, &secret)?)
    }

    /// The same for a secret that has been shown already. Fails with [`StaffError::WrongCode`] when it is none.
    pub fn set_up_again(&self, staff: &Staff, secret: &str) -> Result<CodeSetUp, StaffError> {
        self.set_up_of(&staff.name, secret)
            .map_err(|_| StaffError::WrongCode)
    }

    /// From now on the password is not enough; the recovery codes, which are shown this once. `code` shows that the app
    /// has the secret. Fails with [`StaffError::WrongCode`], with [`StaffError::Unknown`] when it was so already, and when
    /// the database does not answer.
    pub async fn turn_on_codes(
        &self,
        staff: &Staff,
        secret: &str,
        code: &str,
    ) -> Result<Vec<String>, StaffError> {
        if !staff.has_password() {
            return Err(StaffError::Elsewhere);
        }
        let store = self.open_store()?;
        self.begin_codes(&store, &staff.name, secret, code).await
    }

    /// Makes new recovery codes in the place of the old ones. Fails with [`StaffError::WrongCode`], and when the database
    /// does not answer.
    pub async fn renew_recovery_codes(
        &self,
        staff: &Staff,
        code: &str,
    ) -> Result<Vec<String>, StaffError> {
        let store = self.open_store()?;
        let is_held = self.count_by_name(&store, &staff.name, now()).await?;
        let brought = self.brought(&store, &staff.name, code).await?;
        let (codes, hashes) = recovery_codes(&staff.name)?;
        let holds = match brought.filter(|_| !is_held) {
            Some(brought) => {
                let proof = brought.proof();
                store
                    .renew_recovery(&staff.name, proof, &hashes, now())
                    .await?
            }
            None => false,
        };
        holds.then_some(codes).ok_or(StaffError::WrongCode)
    }

    /// Has one's own password be enough again, when one knows it and has a code. All that one was signed in to ends, and
    /// one is signed in anew. Fails with [`StaffError::CodesRequired`], [`StaffError::WrongPassword`],
    /// [`StaffError::WrongCode`], and when the database does not answer.
    pub async fn turn_off_codes(
        &self,
        staff: &Staff,
        password: &str,
        code: &str,
    ) -> Result<SignedIn, StaffError> {
        if self.door.codes.is_required {
            return Err(StaffError::CodesRequired);
        }
        let store = self.open_store()?;
        let is_held = self.count_by_name(&store, &staff.name, now()).await?;
        let kept = store.password_of(&staff.name).await?.filter(|_| !is_held);
        let is_right = self.is_password(password, kept.clone()).await?;
        let Some(kept) = kept.filter(|_| is_right) else {
            return Err(StaffError::WrongPassword);
        };
        let brought = self.brought(&store, &staff.name, code).await?;
        let holds = match &brought {
            Some(brought) => store.prove(&staff.name, brought.proof()).await?,
            None => false,
        };
        if !holds {
            return Err(StaffError::WrongCode);
        }
        let change = AccountChange::NoCodes;
        let changed = store.change_account(&staff.name, &change, &staff.name, now());
        match changed.await? {
            Changed::Done | Changed::Already => {}
            Changed::Unknown | Changed::LastAdmin | Changed::Elsewhere => {
                return Err(StaffError::Unknown);
            }
        }
        let begun = self
            .begin_session(&store, &staff.name, &kept, now())
            .await?;
        begun.ok_or(StaffError::Unknown)
    }

    /// What an app is to be given for a secret. Fails when it is none.
    pub(super) fn set_up_of(&self, account: &str, secret: &str) -> Result<CodeSetUp, StoreError> {
        let base = self.library().current();
        let of = &base.knowledge().municipality().name;
        let totp = totp(account, &format!("Lots {of}"), secret);
        let address = totp.and_then(|totp| totp.to_url().ok());
        let address = address.ok_or_else(|| no_secret(account))?;
        Ok(CodeSetUp {
            account: account.to_owned(),
            secret: secret.to_owned(),
            address,
        })
    }

    /// Keeps the secret of an account, once a code shows that its owner has it.
    pub(super) async fn begin_codes(
        &self,
        store: &Store,
        account: &str,
        secret: &str,
        code: &str,
    ) -> Result<Vec<String>, StaffError> {
        let totp = totp(account, "", secret).ok_or(StaffError::WrongCode)?;
        let step = step(&totp, code).ok_or(StaffError::WrongCode)?;
        let kept = seal(self.door.codes.key.as_ref(), account, secret)?;
        let (codes, hashes) = recovery_codes(account)?;
        let set = store
            .set_codes(account, &kept, step, &hashes, now())
            .await?;
        set.then_some(codes).ok_or(StaffError::Unknown)
    }

    /// What someone has brought, as it can be proved; `None` when it can be no code of this account.
    pub(super) async fn brought(
        &self,
        store: &Store,
        account: &str,
        code: &str,
    ) -> Result<Option<Brought>, StoreError> {
        let Some(kept) = store.code_secret(account).await? else {
            return Ok(None);
        };
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        if code.len() != DIGITS {
            return Ok(recovery(&code).map(|code| Brought::Recovery(recovery_hash(account, &code))));
        }
        let secret = open(self.door.codes.key.as_ref(), account, &kept.secret)?;
        let totp = totp(account, "", &secret).ok_or_else(|| no_secret(account))?;
        Ok(step(&totp, &code).map(Brought::Step))
    }
}

/// What someone has brought after the password.
pub(super) enum Brought {
    Step(i64),
    Recovery(String),
}

impl Brought {
    pub(super) fn proof(&self) -> Proof<'_> {
        match self {
            Brought::Step(step) => Proof::Step(*step),
            Brought::Recovery(hash) => Proof::Recovery(hash),
        }
    }
}

/// What makes the codes of a secret; `None` when it is none that could have been given.
fn totp(account: &str, issuer: &str, secret: &str) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret).ok()?;
    if secret.as_bytes().len() != SECRET {
        return None;
    }
    let totp = Builder::new()
        .with_secret(secret)
        .with_skew(SKEW)
        .with_account_name(account)
        .with_issuer(Some(issuer.replace(':', " ")));
    totp.build().ok()
}

/// The half minute that a code is made for, when that is now, or only just not.
fn step(totp: &Totp, code: &str) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit());
    let seconds = u64::try_from(now() / 1000).ok()?;
    let step = totp.check(&code, seconds).filter(|_| is_code)?;
    i64::try_from(step).ok()
}

/// New recovery codes as they are shown, and as they are kept.
fn recovery_codes(account: &str) -> Result<(Vec<String>, Vec<String>), StoreError> {
    let mut codes = Vec::new();
    let mut hashes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let bytes = random::<SIGNS>()?;
        let sign = |byte: &u8| char::from(ALPHABET[usize::from(byte % 32)]);
        let code: String = bytes.iter().map(sign).collect();
        hashes.push(recovery_hash(account, &code));
        let parts: Vec<&str> = (0..SIGNS).step_by(4).map(|at| &code[at..at + 4]).collect();
        codes.push(parts.join("-"));
    }
    Ok((codes, hashes))
}

/// A recovery code as it was made, however it has been written down; `None` when it can be none.
fn recovery(text: &str) -> Option<String> {
    let sign = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    let code: String = text.chars().filter(|c| *c != '-').map(sign).collect();
    let is_code = code.len() == SIGNS && code.bytes().all(|b| ALPHABET.contains(&b));
    is_code.then_some(code)
}

fn recovery_hash(account: &str, code: &str) -> String {
    subject(&format!("recovery code of {account}"), code)
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        StoreError::Unavailable(format!("the system gives no random numbers, {error}"))
    })?;
    Ok(bytes)
}

fn no_secret(account: &str) -> StoreError {
    StoreError::Corrupt(format!("no codes can be made for {account}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238 in base 32.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard_and_hold_for_a_minute_and_a_half() {
        let totp = totp("eva", "Lots: Provby", RFC).unwrap();
        let code = |seconds: u64| totp.generate(seconds).to_string();
        // Of the eight digits that the standard gives, an app shows the last six.
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(code(seconds), expected);
        }
        for (off, holds) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let made = code(u64::try_from(1_200_000_000 + off).unwrap());
            assert_eq!(totp.check(&made, 1_200_000_000).is_some(), holds, "{off}");
        }
        let address = totp.to_url().unwrap();
        assert!(
            address.starts_with("otpauth://totp/Lots%20%20Provby:eva?secret="),
            "{address}"
        );
        for bad in ["", "GEZDGNBV", "not base 32!"] {
            assert!(super::totp("eva", "", bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_was_written_down() {
        let (codes, hashes) = recovery_codes("eva").unwrap();
        assert_eq!(
            (codes.len(), hashes.len()),
            (RECOVERY_CODES, RECOVERY_CODES)
        );
        for (code, hash) in codes.iter().zip(&hashes) {
            let parts: Vec<usize> = code.split('-').map(str::len).collect();
            assert_eq!(parts, [4, 4, 4, 4], "{code}");
            let written = [code.clone(), code.to_uppercase(), code.replace('-', "")];
            for written in written.map(|w| w.replace('0', "o").replace('1', "L")) {
                let read = recovery(&written).unwrap();
                assert_eq!(recovery_hash("eva", &read), *hash, "{written}");
            }
            assert_ne!(recovery_hash("ada", &recovery(code).unwrap()), *hash);
        }
        for none in [
            "",
            "123456",
            "abcd-efgh",
            "uuuu-uuuu-uuuu-uuuu",
            "åäö0-0000-0000-000",
        ] {
            assert_eq!(recovery(none), None, "{none}");
        }
    }
}
