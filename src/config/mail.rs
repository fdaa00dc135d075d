//! The settings of the mail server.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Secret;

/// `[mail]` in `lots.toml`. Without a host no mail is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// The name of the mail server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Its port; 587, 465 or 25 when it is not set, as `tls` goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// How the connection is made secure.
    pub tls: MailTls,
    /// The name to sign in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The password to sign in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<Secret>,
    /// A file with a certificate to trust beside those that everyone trusts, as PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
    /// Who the mail is from, such as `lots <lots@example.se>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Where an answer to it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
}

/// How the connection to the mail server is made secure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// It begins in the open and is made secure before anything is said.
    #[default]
    StartTls,
    /// It is secure from the first byte.
    Tls,
    /// It is not; only for a server on the same machine.
    None,
}

impl MailSettings {
    /// The port, as it is set or as `tls` goes.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            MailTls::StartTls => 587,
            MailTls::Tls => 465,
            MailTls::None => 25,
        })
    }

    /// Puts what the environment says over what was read.
    pub(super) fn overlay(&mut self, environment: impl Fn(&str) -> Option<String>) {
        if let Some(password) = environment("LOTS_MAIL_PASSWORD") {
            self.password = Some(Secret::new(password));
        }
    }

    /// Fails when a value makes no sense, with what to mend. Never says what the password is.
    pub(super) fn reasonable(&self) -> anyhow::Result<()> {
        let Some(host) = &self.host else {
            anyhow::ensure!(
                self.from.is_none() && self.user.is_none(),
                "[mail] needs host, the name of the mail server"
            );
            return Ok(());
        };
        anyhow::ensure!(
            self.from.is_some(),
            "[mail] needs from, the address that mail is sent from, such as lots@example.se"
        );
        anyhow::ensure!(
            self.user.is_none() || self.password.is_some(),
            "mail.user needs a password; set LOTS_MAIL_PASSWORD"
        );
        anyhow::ensure!(
            self.tls != MailTls::None || is_loopback(host),
            "mail.tls may be none only for a server on the same machine, such as 127.0.0.1; use starttls or tls for {host}"
        );
        Ok(())
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<MailSettings> {
        let mut settings: MailSettings = toml::from_str(text)?;
        settings.overlay(|name| (name == "LOTS_MAIL_PASSWORD").then(|| "hemligt".to_owned()));
        settings.reasonable()?;
        Ok(settings)
    }

    #[test]
    fn a_server_is_read_and_its_password_never_shown() {
        let text = "host = \"mail.example.se\"\nuser = \"lots\"\nfrom = \"lots@example.se\"";
        let settings = read(text).unwrap();
        assert_eq!((settings.port(), settings.tls), (587, MailTls::StartTls));
        assert_eq!(
            settings.password.as_ref().map(Secret::reveal),
            Some("hemligt")
        );
        let shown = toml::to_string_pretty(&settings).unwrap() + &format!("{settings:?}");
        assert!(!shown.contains("hemligt"), "{shown}");
        let tls =
            read("host = \"m.example.se\"\ntls = \"tls\"\nfrom = \"lots@example.se\"").unwrap();
        assert_eq!(tls.port(), 465);
        assert_eq!(read("").unwrap().host, None);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_to_mend() {
        for (text, said) in [
            ("from = \"lots@example.se\"", "needs host"),
            ("host = \"mail.example.se\"", "needs from"),
            (
                "host = \"mail.example.se\"\nfrom = \"l@example.se\"\ntls = \"none\"",
                "same machine",
            ),
            (
                "host = \"m\"\nfrom = \"l@example.se\"\ntls = \"ssl\"",
                "starttls",
            ),
            ("hots = \"m\"", "hots"),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.contains(said), "{text}: {error}");
        }
        let local = "host = \"127.0.0.1\"\nfrom = \"l@example.se\"\ntls = \"none\"";
        assert_eq!(read(local).unwrap().port(), 25);
        let without = MailSettings {
            host: Some("m".to_owned()),
            user: Some("lots".to_owned()),
            from: Some("l@example.se".to_owned()),
            ..MailSettings::default()
        };
        assert!(format!("{:#}", without.reasonable().unwrap_err()).contains("LOTS_MAIL_PASSWORD"));
    }
}
