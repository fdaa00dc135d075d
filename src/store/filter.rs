//! Which questions to list.

use super::State;
use crate::knowledge::EntryId;

/// Which questions to list. Each part that is `None` lets every question through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only those in this state.
    pub state: Option<State>,
    /// Only those that this office has.
    pub office: Option<EntryId>,
    /// Only those in the language with this code.
    pub language: Option<String>,
    /// Only those asked at this time or later, in milliseconds UTC.
    pub since: Option<i64>,
    /// Only those asked before this time, in milliseconds UTC.
    pub until: Option<i64>,
    /// Only those that came by this channel.
    pub channel: Option<String>,
    /// How many, at most; 50 unless set.
    pub limit: u32,
    /// Only those that come after this place in the list: the time and receipt of the last question of the page before,
    /// as [`Question::place`](super::Question::place) gives it.
    pub before: Option<(i64, String)>,
}

impl Default for Filter {
    fn default() -> Self {
        Filter {
            state: None,
            office: None,
            language: None,
            since: None,
            until: None,
            channel: None,
            limit: 50,
            before: None,
        }
    }
}
