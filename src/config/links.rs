//! The settings of how often the links of the base are looked at.

use serde::{Deserialize, Serialize};

/// `[links]` in `lots.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LinkSettings {
    /// How often each link is looked at.
    pub check: LinkCheck,
}

/// How often a link is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkCheck {
    /// Never by itself; `lots links` looks at them.
    Off,
    /// Once a day.
    Daily,
    /// Once a week.
    #[default]
    Weekly,
}

impl LinkCheck {
    /// In so many days; `None` when it is not done.
    pub fn days(self) -> Option<u16> {
        match self {
            LinkCheck::Off => None,
            LinkCheck::Daily => Some(1),
            LinkCheck::Weekly => Some(7),
        }
    }
}
