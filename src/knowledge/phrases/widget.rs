//! The sentences of the panel on other sites.

use serde::{Deserialize, Serialize};

/// `[widget]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetPhrases {
    /// The button that opens the panel.
    pub open: String,
    /// The button that closes it.
    pub close: String,
}
