//! Signing in at the identity provider of the municipality, which says who someone is and what they may do.
//!
//! The browser that begins a sign-on is given a secret in a cookie. What the provider and the browser bring back is held
//! against what that secret comes to, so that nobody else can end what someone has begun, and nobody can end it twice. A
//! session here is as any other: what the provider says counts at each sign-on anew, and until the session ends.

use std::time::Duration;

use super::sign_in::{WINDOW, client_subject, hash_of, new_token, subject};
use super::{SignedIn, Staff, milliseconds};
use crate::desk::{Desk, now};
use crate::knowledge::{EntryId, EntryKind, Language};
use crate::outside::{Answered, Secrets, SignOn, SignOnError, Vouched};
use crate::store::{Identity, NewSignOn, NewStep, Role, SignInStep, SignedOn, StoreError};

/// How long someone may take at the provider.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// How often a client can begin in a quarter of an hour: an office may share an address.
const TRIES_OF_CLIENT: i64 = 100;
/// How long the path of a page may be to be remembered.
const LONGEST_PLACE: usize = 300;
/// How long the name of an account is that is made from what the provider calls someone.
const LONGEST_NAME: usize = 30;

/// Where staff sign in, and what what is said of them there means here.
#[derive(Debug)]
pub struct SignOnRules {
    /// Where they sign in.
    pub provider: SignOn,
    /// What staff call it.
    pub name: String,
    /// Whom to ask who has no role; empty when that is not said.
    pub help: String,
    /// What the claim may hold, and the role that it stands for.
    pub roles: Vec<(String, Role)>,
    /// What the claim about the office may hold, and the office that it stands for.
    pub offices: Vec<(String, String)>,
    /// Whether there is such a claim.
    pub decides_office: bool,
}

/// A sign-on that has begun.
#[derive(Clone, PartialEq, Eq)]
pub struct SignOnBegun {
    /// What the browser keeps until it comes back: 256 random bits in hexadecimal.
    pub secret: String,
    /// Where the browser is led.
    pub address: String,
    /// How long it has to come back.
    pub lasts: Duration,
}

/// A sign-on from which the browser has come back.
#[derive(Debug)]
pub struct SignOnFinished {
    /// The page that was wanted when it began; empty when that is not known.
    pub place: String,
    /// Who is signed in.
    pub outcome: Result<SignedIn, SignOnRefusal>,
}

/// Why someone is not signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignOnRefusal {
    /// There is no provider.
    #[error("there is no identity provider; set one up in [sign_on]")]
    NotSetUp,
    /// The provider does not answer.
    #[error("the identity provider does not answer; sign in with a password, or try again later")]
    ProviderAway,
    /// The database does not answer.
    #[error("the database does not answer; try again later")]
    Away,
    /// It has been begun too often from one address.
    #[error("it has been tried too often; try again in a quarter of an hour")]
    TooMany,
    /// This browser has begun no such thing, has ended it already, or has taken too long.
    #[error("this sign-on is not known any longer; begin anew")]
    Unknown,
    /// The answer is that of another provider.
    #[error("the answer came from another identity provider; begin anew")]
    OtherProvider,
    /// Whoever was asked to sign in did not, or may not.
    #[error("the identity provider let nobody in; begin anew")]
    Declined,
    /// What the provider has sent does not hold.
    #[error("what the identity provider has sent does not hold; begin anew")]
    Unproven,
    /// The provider gives them no role here.
    #[error("the identity provider gives no role here")]
    NoRole,
    /// Their account has been closed here.
    #[error("the account is closed; ask an admin")]
    Closed,
}

impl From<StoreError> for SignOnRefusal {
    fn from(error: StoreError) -> SignOnRefusal {
        tracing::warn!(%error, "someone could not be signed on");
        SignOnRefusal::Away
    }
}

impl From<SignOnError> for SignOnRefusal {
    fn from(error: SignOnError) -> SignOnRefusal {
        tracing::warn!(%error, "someone could not be signed on");
        match error {
            SignOnError::Registration(_) | SignOnError::Away(_) => SignOnRefusal::ProviderAway,
            SignOnError::OtherProvider => SignOnRefusal::OtherProvider,
            SignOnError::Declined(_) => SignOnRefusal::Declined,
            SignOnError::Unproven(_) => SignOnRefusal::Unproven,
        }
    }
}

impl Desk {
    /// What staff call the identity provider, and whom to ask who has no role; `None` when there is no provider.
    pub fn sign_on(&self) -> Option<(&str, &str)> {
        let rules = self.door.sign_on.as_ref()?;
        Some((&rules.name, &rules.help))
    }

    /// Begins a sign-on of someone who wants a page. `client` is where they are, such as their address: nothing that leads
    /// to it is kept. Fails when the provider or the database does not answer, and when it has been tried too often.
    pub async fn begin_sign_on(
        &self,
        place: &str,
        language: Language,
        client: &str,
    ) -> Result<SignOnBegun, SignOnRefusal> {
        let rules = self.sign_on_rules()?;
        let (store, now) = (self.open_store()?, now());
        let client = client_subject(&format!("sign-on {client}"), now);
        let since = now.saturating_sub(milliseconds(WINDOW));
        if store.attempt(&client, now, since).await? > TRIES_OF_CLIENT {
            return Err(SignOnRefusal::TooMany);
        }
        let secret = new_token()?;
        let address = rules
            .provider
            .way_in(&secrets(&secret), language.code())
            .await?;
        let step = NewStep {
            token: &hash_of(&secret),
            step: SignInStep::SignOn,
            account: "",
            place: if place.len() > LONGEST_PLACE {
                ""
            } else {
                place
            },
            until: now.saturating_add(milliseconds(PATIENCE)),
        };
        store.begin_step(&step).await?;
        Ok(SignOnBegun {
            secret,
            address,
            lasts: PATIENCE,
        })
    }

    /// Ends a sign-on, given the secret that the browser kept and what it has brought back: `state` is what the provider
    /// was given for it. What was begun is used up, whatever becomes of it.
    pub async fn finish_sign_on(
        &self,
        secret: Option<&str>,
        state: &str,
        answered: &Answered<'_>,
    ) -> SignOnFinished {
        let mut place = String::new();
        let outcome = self.try_finish(secret, state, answered, &mut place).await;
        SignOnFinished { place, outcome }
    }

    /// Where a browser is led to sign out at the provider as well, given what [`Desk::sign_out`] gave; `None` when there
    /// is no such place. The code of the language comes back with the browser.
    pub async fn way_out(&self, id_token: &str, language: Language) -> Option<String> {
        let rules = self.door.sign_on.as_ref()?;
        rules.provider.way_out(id_token, language.code()).await
    }

    fn sign_on_rules(&self) -> Result<&SignOnRules, SignOnRefusal> {
        self.door.sign_on.as_ref().ok_or(SignOnRefusal::NotSetUp)
    }

    async fn try_finish(
        &self,
        secret: Option<&str>,
        state: &str,
        answered: &Answered<'_>,
        place: &mut String,
    ) -> Result<SignedIn, SignOnRefusal> {
        let rules = self.sign_on_rules()?;
        let (store, now) = (self.open_store()?, now());
        // An answer that is not this browser's own ends nothing that it has begun.
        let secret = secret.filter(|secret| secrets(secret).state == state);
        let secret = secret.ok_or(SignOnRefusal::Unknown)?;
        let begun = store
            .take_step(&hash_of(secret), SignInStep::SignOn, now)
            .await?;
        let (_, wanted) = begun.ok_or(SignOnRefusal::Unknown)?;
        *place = wanted;
        let vouched = rules.provider.finish(answered, &secrets(secret)).await?;
        let identity = Identity {
            issuer: &vouched.issuer,
            subject: &vouched.subject,
        };
        let Some(role) = rules.role(&vouched) else {
            store.refuse_sign_on(identity, now).await?;
            return Err(SignOnRefusal::NoRole);
        };
        let office = self.office_of(rules, &vouched);
        let token = new_token()?;
        let new = NewSignOn {
            identity,
            name: &account_name(&vouched.names),
            role,
            office: office.as_ref(),
            decides_office: rules.decides_office,
            token: &hash_of(&token),
            id_token: &vouched.id_token,
            now,
            until: now.saturating_add(milliseconds(self.door.times.whole)),
        };
        match store.sign_on(&new).await? {
            SignedOn::In(account) => Ok(SignedIn {
                token,
                staff: Staff::of(account),
            }),
            SignedOn::Closed => Err(SignOnRefusal::Closed),
        }
    }

    /// The office that the provider says someone works for, when the base has it.
    fn office_of(&self, rules: &SignOnRules, vouched: &Vouched) -> Option<EntryId> {
        let base = self.library().current();
        let is_office =
            |id: &EntryId| id.kind() == EntryKind::Offices && base.knowledge().entry(id).is_some();
        let meant = |said: &String| {
            let meant = rules.offices.iter().find(|(value, _)| value == said);
            let id = meant.map_or(said.as_str(), |(_, id)| id);
            EntryId::parse(id).ok().filter(is_office)
        };
        vouched.offices.iter().find_map(meant)
    }
}

impl SignOnRules {
    /// What someone may do: of several roles the one that may do most.
    fn role(&self, vouched: &Vouched) -> Option<Role> {
        let given = self
            .roles
            .iter()
            .filter(|(value, _)| vouched.roles.contains(value));
        given.map(|(_, role)| *role).max()
    }
}

/// What a browser's secret comes to, for each of those who are to know of it.
fn secrets(secret: &str) -> Secrets {
    Secrets {
        state: subject("sign-on state", secret),
        nonce: subject("sign-on nonce", secret),
        verifier: subject("sign-on verifier", secret),
    }
}

/// The name of an account for someone who is called so: as a sign-in name looks here, from the first that gives one.
fn account_name(names: &[String]) -> String {
    use unicode_normalization::UnicodeNormalization;
    let made = names.iter().map(|name| {
        let local = name.split('@').next().unwrap_or_default().to_lowercase();
        let signs = local.nfd().filter_map(|c| match c {
            'a'..='z' | '0'..='9' | '.' | '-' | '_' => Some(c),
            ' ' => Some('.'),
            _ => None,
        });
        let made: String = signs
            .skip_while(|c| !c.is_ascii_lowercase())
            .take(LONGEST_NAME)
            .collect();
        made
    });
    let mut made = made.filter(|name| name.len() >= 2);
    made.next().unwrap_or_else(|| "staff".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_someone_is_called_their_account_has_a_name() {
        for (names, expected) in [
            (&["anna.andersson@kommun.example"][..], "anna.andersson"),
            (&["Åsa Öberg"], "asa.oberg"),
            (&["DOMAIN\\kim01"], "domainkim01"),
            (&["4711", "kim@kommun.example"], "kim"),
            (&["李", "x"], "staff"),
            (&[], "staff"),
        ] {
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            assert_eq!(account_name(&names), expected, "{names:?}");
        }
        let long = account_name(&["a".repeat(80)]);
        assert_eq!(long.len(), LONGEST_NAME);
    }

    #[test]
    fn what_a_browser_keeps_is_told_to_nobody() {
        let secret = "0a".repeat(32);
        let Secrets {
            state,
            nonce,
            verifier,
        } = secrets(&secret);
        let all = [&secret, &state, &nonce, &verifier];
        for (at, one) in all.iter().enumerate() {
            assert!(all.iter().skip(at + 1).all(|other| other != one));
            assert!((43..=128).contains(&one.len()));
        }
        assert_ne!(
            hash_of(&secret),
            state,
            "what the database has is not what goes round"
        );
    }
}
