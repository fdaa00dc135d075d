//! How far a change of the base has come.

/// How far a change has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is being written.
    Draft,
    /// It is laid over the files of the base.
    Live,
    /// It was laid, and taken off again.
    Undone,
    /// The files of the base say it by now.
    Retired,
    /// It was given up before it was laid.
    Discarded,
}

impl Stage {
    /// Every stage, in the order of the variants.
    pub const ALL: [Stage; 5] = [
        Stage::Draft,
        Stage::Live,
        Stage::Undone,
        Stage::Retired,
        Stage::Discarded,
    ];

    /// The stage as it stands in the table: `draft`, `live`, `undone`, `retired` or `discarded`.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Live => "live",
            Stage::Undone => "undone",
            Stage::Retired => "retired",
            Stage::Discarded => "discarded",
        }
    }

    /// The stage with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|s| s.code() == code)
    }
}
