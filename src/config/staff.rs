//! The settings for those who work with the questions.

use serde::{Deserialize, Serialize};

/// `[staff]` in `lots.toml`: how long someone stays signed in to the console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StaffSettings {
    /// Minutes after they last did something.
    pub idle_minutes: u32,
    /// Hours after they signed in, whatever they do.
    pub hours: u32,
}

impl Default for StaffSettings {
    fn default() -> Self {
        StaffSettings {
            idle_minutes: 30,
            hours: 12,
        }
    }
}

impl StaffSettings {
    /// Fails when a value makes no sense, with what to mend.
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
        Ok(())
    }
}
