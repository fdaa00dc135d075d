//! The settings for those who work with the questions.

use serde::{Deserialize, Serialize};

use super::Secret;

/// The fewest signs that a key has.
const SHORTEST_KEY: usize = 32;

/// `[staff]` in `lots.toml`: how staff sign in to the console, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffSettings {
    /// Minutes after they last did something.
    pub idle_minutes: u32,
    /// Hours after they signed in, whatever they do.
    pub hours: u32,
    /// Whether a password is to be followed by a code.
    pub totp: Totp,
    /// What the secrets that codes are made from are encrypted with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_key: Option<Secret>,
}

/// Whether a password is to be followed by a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Totp {
    /// For those who have turned it on.
    Optional,
    /// For everyone: whoever has no codes yet sets them up when they next sign in.
    Required,
}

impl Default for StaffSettings {
    fn default() -> Self {
        StaffSettings {
            idle_minutes: 30,
            hours: 12,
            totp: Totp::Optional,
            code_key: None,
        }
    }
}

impl StaffSettings {
    /// Puts what the environment says over what was read.
    pub(super) fn overlay(&mut self, environment: impl Fn(&str) -> Option<String>) {
        if let Some(key) = environment("LOTS_CODE_KEY") {
            self.code_key = Some(Secret::new(key));
        }
    }

    /// Fails when a value makes no sense, with what to mend. Never says what the key is.
    pub(super) fn reasonable(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            (1..=24 * 60).contains(&self.idle_minutes),
            "staff.idle_minutes must be from 1 to 1440 minutes, not {}",
            self.idle_minutes
        );
        anyhow::ensure!(
            (1..=7 * 24).contains(&self.hours),
            "staff.hours must be from 1 to 168 hours, not {}",
            self.hours
        );
        let is_long = |key: &Secret| key.reveal().chars().count() >= SHORTEST_KEY;
        anyhow::ensure!(
            self.code_key.as_ref().is_none_or(is_long),
            "staff.code_key (LOTS_CODE_KEY) must have at least {SHORTEST_KEY} signs; `openssl rand -hex 32` makes one"
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_long_and_never_shown() {
        let of = |key: &str| {
            let mut settings = StaffSettings::default();
            settings.overlay(|name| (name == "LOTS_CODE_KEY").then(|| key.to_owned()));
            settings
        };
        let short = of("hemligt").reasonable().unwrap_err().to_string();
        assert!(
            short.contains("openssl") && !short.contains("hemligt"),
            "{short}"
        );
        let long = of(&"hemligt".repeat(5));
        assert!(long.reasonable().is_ok());
        let shown = format!("{long:?}\n{}", toml::to_string(&long).unwrap());
        assert!(!shown.contains("hemligt"), "{shown}");
    }
}
