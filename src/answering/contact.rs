//! Someone to turn to, and how to reach them.

use serde::Serialize;

use crate::knowledge::{EntryId, Hours};

/// Someone to turn to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The entry it belongs to.
    pub entry: EntryId,
    /// Who it is.
    pub name: String,
    /// Telephone, mail and so on, each with its label.
    pub ways: Vec<Way>,
}

/// One way to reach someone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// Telephone, mail, web, visit, post.
    pub label: String,
    /// The number, the address.
    pub value: String,
    /// A link for it (`tel:`, `mailto:`, `https:`), when there is one.
    pub link: Option<String>,
    /// What to know of it: from which year it is when it is old, or the hours of a week beside what they come to now.
    pub note: Option<String>,
    /// The hours that tell whether one can be reached so now, when they are known to hold; see [`say_hours`](super::say_hours).
    #[serde(skip)]
    pub hours: Vec<Hours>,
}

impl Contact {
    pub(super) fn plain_text(&self) -> String {
        let way = |way: &Way| match &way.note {
            Some(note) => format!("{}: {} ({note})", way.label, way.value),
            None => format!("{}: {}", way.label, way.value),
        };
        let lines: Vec<String> = std::iter::once(self.name.clone())
            .chain(self.ways.iter().map(way))
            .collect();
        lines.join("\n")
    }
}
