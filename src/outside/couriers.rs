//! Whatever is sent, by whom it is sent: each within its time, and none of them keeps another waiting.

use std::time::Duration;

use jiff::Timestamp;

use super::address::{Policy, UnreadableRange};
use super::client::{Client, Limits};
use super::mail::{Mailer, is_mail_address};
use super::notice::Notice;
use super::shape::Shape;
use super::undelivered::{Fault, Undelivered};
use super::webhook;

/// Nothing takes longer to send than this.
const WHOLE: Duration = Duration::from_secs(45);
/// A webhook is given so long, and no more is read of what it says.
const WEBHOOK: Limits = Limits {
    time: Duration::from_secs(20),
    bytes: 64 * 1024,
};

/// Where something is sent.
#[derive(Clone, PartialEq, Eq)]
pub enum Destination {
    /// To a mail address.
    Mail(String),
    /// To a webhook.
    Webhook {
        /// What it takes.
        shape: Shape,
        /// Its address.
        address: String,
        /// What signs what is sent to a program; empty for no signature.
        secret: String,
    },
}

impl std::fmt::Debug for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Destination::Mail(_) => f.write_str("Mail(***)"),
            Destination::Webhook { shape, .. } => write!(f, "Webhook({shape:?}, ***)"),
        }
    }
}

/// Why nothing could be sent to where someone wants it sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadDestination {
    /// It is no mail address.
    NoMailAddress,
    /// There is no mail server to send by.
    NoMailServer,
    /// It is no web address, or one that is not secure.
    NoWebAddress,
    /// It leads where nothing is sent.
    Closed,
}

/// What sends: mail by a server, and webhooks where the policy allows it.
#[derive(Clone, Debug)]
pub struct Couriers {
    mail: Option<Mailer>,
    web: Option<Client>,
    policy: Policy,
}

impl Couriers {
    /// What sends by a mail server, if there is one, and to webhooks on the open internet and where the operator allows it. `name`
    /// is what webhooks are told that asks. Fails when what is allowed cannot be read.
    pub fn new<S: AsRef<str>>(
        mail: Option<Mailer>,
        allowed: &[S],
        name: &str,
    ) -> Result<Couriers, UnreadableRange> {
        let policy = Policy::widened_by(allowed)?;
        Ok(Couriers {
            mail,
            web: Client::new(policy.clone(), name, WEBHOOK).ok(),
            policy,
        })
    }

    /// Without a mail server and without webhooks: nothing is sent.
    pub fn none() -> Couriers {
        Couriers {
            mail: None,
            web: None,
            policy: Policy::default(),
        }
    }

    /// Whether there is a mail server to send by.
    pub fn has_mail(&self) -> bool {
        self.mail.is_some()
    }

    /// Whether something could be sent there. Fails with the reason.
    pub fn check(&self, to: &Destination) -> Result<(), BadDestination> {
        match to {
            Destination::Mail(_) if self.mail.is_none() => Err(BadDestination::NoMailServer),
            Destination::Mail(address) if is_mail_address(address) => Ok(()),
            Destination::Mail(_) => Err(BadDestination::NoMailAddress),
            Destination::Webhook { address, .. } => {
                // What the operator has added need not be secure.
                match self.policy.parse(address) {
                    Ok(url) if url.scheme() == "https" || self.policy.is_widened_to(&url) => Ok(()),
                    Ok(_) => Err(BadDestination::NoWebAddress),
                    Err(super::Refused::Closed | super::Refused::Port) => {
                        Err(BadDestination::Closed)
                    }
                    Err(_) => Err(BadDestination::NoWebAddress),
                }
            }
        }
    }

    /// Sends a notice once. `id` is the same whenever it is tried. Fails when it is not taken, within three quarters of a minute.
    pub async fn carry(
        &self,
        to: &Destination,
        id: &str,
        notice: &Notice,
    ) -> Result<(), Undelivered> {
        let carrying = async {
            match (to, &self.mail, &self.web) {
                (Destination::Mail(address), Some(mail), _) => mail.send(address, id, notice).await,
                (
                    Destination::Webhook {
                        shape,
                        address,
                        secret,
                    },
                    _,
                    Some(web),
                ) => {
                    let body = shape.draw(notice, id);
                    let signs = if *shape == Shape::Json {
                        secret.as_str()
                    } else {
                        ""
                    };
                    let now = Timestamp::now().as_second();
                    webhook::post(web, address, &body, signs, (id, now)).await
                }
                (Destination::Mail(_), None, _) => Err(Undelivered::of(Fault::NoServer)),
                (Destination::Webhook { .. }, _, None) => Err(Undelivered::of(Fault::NotAllowed)),
            }
        };
        let in_time = tokio::time::timeout(WHOLE, carrying).await;
        in_time.unwrap_or_else(|_| Err(Undelivered::of(Fault::Slow)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_secure_and_in_the_open_unless_the_operator_says_otherwise() {
        let to = |address: &str| Destination::Webhook {
            shape: Shape::Json,
            address: address.to_owned(),
            secret: String::new(),
        };
        let open = Couriers::new::<&str>(None, &[], "lots").unwrap();
        let widened =
            Couriers::new(None, &["127.0.0.1", "::1", "intranät.example.se"], "lots").unwrap();
        for (address, by_itself, allowed) in [
            ("https://hooks.example.com/a", Ok(()), Ok(())),
            (
                "http://hooks.example.com/a",
                Err(BadDestination::NoWebAddress),
                Err(BadDestination::NoWebAddress),
            ),
            (
                "http://intranät.example.se/a",
                Err(BadDestination::NoWebAddress),
                Ok(()),
            ),
            (
                "http://127.0.0.1:9000/a",
                Err(BadDestination::Closed),
                Ok(()),
            ),
            ("http://[::1]:9000/a", Err(BadDestination::Closed), Ok(())),
            (
                "https://10.0.0.1/a",
                Err(BadDestination::Closed),
                Err(BadDestination::Closed),
            ),
            (
                "ring oss",
                Err(BadDestination::NoWebAddress),
                Err(BadDestination::NoWebAddress),
            ),
        ] {
            assert_eq!(open.check(&to(address)), by_itself, "{address}");
            assert_eq!(widened.check(&to(address)), allowed, "{address}");
        }
        let mail = Destination::Mail("ada@provby.example".to_owned());
        assert_eq!(open.check(&mail), Err(BadDestination::NoMailServer));
        assert_eq!(
            format!("{:?}{:?}", mail, to("https://a.example/secret")),
            "Mail(***)Webhook(Json, ***)"
        );
    }
}
