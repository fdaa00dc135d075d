//! The sentences of the pages of the entries.

use serde::{Deserialize, Serialize};

/// `[browse]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowsePhrases {
    /// The heading above everything there is to read.
    pub all: String,
}
