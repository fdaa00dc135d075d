//! The settings of what is promised to those who want to be called.

use serde::{Deserialize, Serialize};

/// `[callbacks]` in `lots.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallBackSettings {
    /// Within how many open days someone calls.
    pub days: u8,
    /// How many days an address is kept when nobody has called, counted from when it was left.
    pub keep_days: u32,
}

impl Default for CallBackSettings {
    fn default() -> Self {
        CallBackSettings {
            days: 2,
            keep_days: 14,
        }
    }
}

impl CallBackSettings {
    /// Fails when a value makes no sense, with what to mend.
    pub(super) fn reasonable(&self) -> anyhow::Result<()> {
        anyhow::ensure!(
            (1..=20).contains(&self.days),
            "callbacks.days must be from 1 to 20 open days, not {}",
            self.days
        );
        // Weekends make more days of the open ones, and Christmas makes a week more.
        let promised = u32::from(self.days) * 2 + 7;
        anyhow::ensure!(
            (promised..=366).contains(&self.keep_days),
            "callbacks.keep_days must be from {promised} to 366, not {}: an address must not be gone before someone has \
             had the time to call",
            self.keep_days
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_until_someone_has_had_the_time_to_call() {
        let reasonable =
            |days, keep_days| CallBackSettings { days, keep_days }.reasonable().is_ok();
        assert!(CallBackSettings::default().reasonable().is_ok());
        assert!(reasonable(1, 9) && reasonable(20, 47));
        for (days, keep_days) in [(0, 14), (21, 60), (2, 10), (2, 367)] {
            assert!(!reasonable(days, keep_days), "{days} {keep_days}");
        }
    }
}
