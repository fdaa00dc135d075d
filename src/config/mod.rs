//! The settings: flags over environment over `lots.toml` over defaults.

mod about;
mod callbacks;
mod discord;
mod links;
mod mail;
mod outside;
mod sign_on;
mod staff;
mod web;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

pub use about::{AboutSettings, AccessibilitySettings, Compliance, Wording};
pub use callbacks::CallBackSettings;
pub use discord::{DiscordSettings, Secret, Shards, Snowflake};
pub use links::{LinkCheck, LinkSettings};
pub use mail::{MailSettings, MailTls};
pub use outside::OutsideSettings;
pub use sign_on::{RoleValues, SignOnSettings};
pub use staff::{StaffSettings, Totp};
pub use web::{Listen, WebSettings};

/// Where settings are read from when `LOTS_CONFIG` does not say otherwise.
const FILE: &str = "lots.toml";

/// How many days questions are kept, by state, and conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Retention {
    /// Questions that nobody has looked at.
    pub new: u32,
    /// Questions that lie with an office.
    pub assigned: u32,
    /// Questions that were answered.
    pub answered: u32,
    /// Questions that were taught to an entry.
    pub taught: u32,
    /// Questions that are not the municipality's.
    pub not_ours: u32,
    /// Questions that were dismissed.
    pub dismissed: u32,
    /// What is remembered of a conversation, counted from its last message.
    pub conversations: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Retention {
            new: 180,
            assigned: 180,
            answered: 180,
            taught: 180,
            not_ours: 90,
            dismissed: 30,
            conversations: 7,
        }
    }
}

impl Retention {
    /// The longest that any question is kept, in days: what residents are told.
    pub fn longest(&self) -> u32 {
        [
            self.new,
            self.assigned,
            self.answered,
            self.taught,
            self.not_ours,
            self.dismissed,
        ]
        .into_iter()
        .max()
        .unwrap_or_default()
    }
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// In lines for people.
    Text,
    /// In lines of JSON, for what collects logs.
    Json,
}

/// Everything that can be set.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The folder of the knowledge base; without one, `knowledge` here or beside the program, else the bundled base.
    pub knowledge: Option<PathBuf>,
    /// `sqlite://FILE` or `postgres://…`.
    pub database_url: String,
    /// What is logged, in the notation of `RUST_LOG`.
    pub log: String,
    /// How the log is written.
    pub log_format: LogFormat,
    /// How long things are kept.
    pub retention: Retention,
    /// Those who work with the questions.
    pub staff: StaffSettings,
    /// Where they can sign in besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_on: Option<SignOnSettings>,
    /// By when those who ask for it are called.
    pub callbacks: CallBackSettings,
    /// The mail server.
    pub mail: MailSettings,
    /// What lots may ask of the world outside.
    pub outside: OutsideSettings,
    /// How often the links of the base are looked at.
    pub links: LinkSettings,
    /// The web channel.
    pub web: WebSettings,
    /// The Discord channel.
    pub discord: DiscordSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            knowledge: None,
            database_url: "sqlite://lots.db".to_owned(),
            log: "warn".to_owned(),
            log_format: LogFormat::Text,
            retention: Retention::default(),
            staff: StaffSettings::default(),
            sign_on: None,
            callbacks: CallBackSettings::default(),
            mail: MailSettings::default(),
            outside: OutsideSettings::default(),
            links: LinkSettings::default(),
            web: WebSettings::default(),
            discord: DiscordSettings::default(),
        }
    }
}

/// What the command line sets.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--knowledge`.
    pub knowledge: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
    /// `--listen`.
    pub listen: Option<Listen>,
}

impl Settings {
    /// Reads the settings. Fails when `lots.toml` cannot be read, or a value makes no sense, with what to mend.
    pub fn read(flags: Flags) -> anyhow::Result<Settings> {
        let file = std::env::var_os("LOTS_CONFIG").map(PathBuf::from);
        Settings::layered(
            file.as_deref(),
            |name| std::env::var(name).ok().filter(|v| !v.is_empty()),
            flags,
        )
    }

    /// The address that residents reach the pages at, when it has been set and there are pages.
    pub fn public_address(&self) -> Option<String> {
        let is_served = self.web.listen != Listen::Off;
        self.web.address.clone().filter(|_| is_served)
    }

    fn layered(
        file: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
        flags: Flags,
    ) -> anyhow::Result<Settings> {
        let path = file.unwrap_or(Path::new(FILE));
        let mut settings: Settings = match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).with_context(|| {
                format!(
                    "{} cannot be read; correct it or take it away",
                    path.display()
                )
            })?,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && file.is_none() => {
                Settings::default()
            }
            Err(e) => {
                return Err(e).with_context(|| {
                    format!(
                        "{} cannot be opened; LOTS_CONFIG must name a file",
                        path.display()
                    )
                });
            }
        };
        let Flags {
            knowledge,
            database_url,
            listen,
        } = flags;
        settings.knowledge = knowledge
            .or_else(|| environment("LOTS_KNOWLEDGE").map(PathBuf::from))
            .or(settings.knowledge);
        if let Some(url) = database_url.or_else(|| environment("LOTS_DATABASE_URL")) {
            settings.database_url = url;
        }
        if let Some(log) = environment("LOTS_LOG") {
            settings.log = log;
        }
        if let Some(form) = environment("LOTS_LOG_FORMAT") {
            settings.log_format = match form.as_str() {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => anyhow::bail!("LOTS_LOG_FORMAT must be text or json, not {form:?}"),
            };
        }
        settings.staff.overlay(&environment);
        if let Some(sign_on) = &mut settings.sign_on {
            sign_on.overlay(&environment);
        }
        settings.web.overlay(&environment)?;
        settings.mail.overlay(&environment);
        settings.discord.overlay(environment);
        if let Some(listen) = listen {
            settings.web.listen = listen;
        }
        settings.reasonable()?;
        Ok(settings)
    }

    fn reasonable(&mut self) -> anyhow::Result<()> {
        let known = ["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|s| self.database_url.starts_with(s));
        anyhow::ensure!(
            known,
            "database_url must begin with sqlite:// or postgres://, not {:?}",
            without_password(&self.database_url)
        );
        anyhow::ensure!(
            self.retention.longest() > 0,
            "retention must keep questions for at least one day, or nobody can answer them"
        );
        self.staff.reasonable()?;
        if let Some(sign_on) = &self.sign_on {
            sign_on.reasonable()?;
        }
        self.callbacks.reasonable()?;
        self.mail.reasonable()?;
        self.web.reasonable()?;
        self.discord.reasonable()
    }

    /// The settings as they would stand in `lots.toml`, with secrets hidden.
    pub fn shown(&self) -> String {
        let hidden = Settings {
            database_url: without_password(&self.database_url),
            ..self.clone()
        };
        toml::to_string_pretty(&hidden).unwrap_or_else(|e| format!("# cannot be shown: {e}\n"))
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// A database address with its password, if it has one, replaced by stars.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let authority_end = rest.find('/').unwrap_or(rest.len());
    match rest[..authority_end].rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}:***@{host}{}", &rest[authority_end..])
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_environment_over_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lots.toml");
        std::fs::write(&file, "database_url = \"sqlite://file.db\"\nlog = \"info\"\nknowledge = \"from-file\"\n[retention]\nnew = 10\n").unwrap();
        let environment = |name: &str| {
            (name == "LOTS_DATABASE_URL").then(|| "sqlite://environment.db".to_owned())
        };
        let flags = Flags {
            knowledge: Some("from-flag".into()),
            ..Flags::default()
        };
        let s = Settings::layered(Some(&file), environment, flags).unwrap();
        assert_eq!(
            (s.knowledge, s.database_url.as_str(), s.log.as_str()),
            (Some("from-flag".into()), "sqlite://environment.db", "info")
        );
        assert_eq!((s.retention.new, s.retention.answered), (10, 180));
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lots.toml");
        let read = |text: &str| {
            std::fs::write(&file, text).unwrap();
            format!(
                "{:#}",
                Settings::layered(Some(&file), |_| None, Flags::default()).unwrap_err()
            )
        };
        assert!(read("databse_url = \"x\"").contains("databse_url"));
        assert!(read("database_url = \"mysql://u:hemligt@h/d\"").contains("mysql://u:***@h/d"));
        let missing = Settings::layered(
            Some(Path::new("/nowhere/lots.toml")),
            |_| None,
            Flags::default(),
        )
        .unwrap_err();
        assert!(format!("{missing:#}").contains("LOTS_CONFIG"));
    }

    #[test]
    fn passwords_are_never_shown() {
        let s = Settings {
            database_url: "postgres://lots:hemligt@db/lots".into(),
            ..Settings::default()
        };
        assert!(!s.shown().contains("hemligt") && !format!("{s:?}").contains("hemligt"));
        assert_eq!(without_password("sqlite://lots.db"), "sqlite://lots.db");
    }
}
