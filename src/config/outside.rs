//! The settings of what lots may ask of the world outside.

use serde::{Deserialize, Serialize};

/// `[outside]` in `lots.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutsideSettings {
    /// Hosts (`intranet.example.se`) and networks (`10.1.0.0/16`) that lots may ask although they are not open to all, or
    /// do not stand at the usual ports.
    pub allowed: Vec<String>,
}
