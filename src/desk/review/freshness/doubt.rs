//! Why an entry is to be gone through, and how much that hurts whoever asks.

use jiff::civil::Date;

use crate::knowledge::{Disputed, EntryId};
use crate::outside::Finding;
use crate::store::Complaint;

/// Why an entry is to be gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Another entry with the same title says otherwise: one of them is wrong.
    Contradicted {
        /// The other.
        other: EntryId,
        /// What they disagree on.
        fact: Disputed,
        /// What this one says.
        own: String,
        /// What the other says.
        others: String,
    },
    /// Residents have said that it did not help, and nobody has dealt with that since the entry was last gone through.
    Complaints {
        /// How many.
        count: u64,
        /// Why, as far as it was said, the most frequent first.
        why: Vec<(Complaint, u64)>,
        /// The cluster of the latest that lies in one.
        cluster: Option<String>,
    },
    /// A page that it leads to is gone.
    DeadLink {
        /// Where it leads.
        address: String,
        /// What is wrong there.
        finding: Finding,
        /// The status that the site answers with.
        status: Option<u16>,
        /// Since when, in milliseconds UTC.
        since: i64,
    },
    /// Every last day to apply has passed.
    Passed {
        /// The latest of them.
        last: Date,
    },
    /// It should have been gone through by now.
    Overdue {
        /// By when.
        by: Date,
    },
    /// It and another entry take each other's questions.
    Overlaps {
        /// The other.
        other: EntryId,
        /// Some of its own example questions that the other would answer.
        taken: Vec<String>,
    },
    /// It is old or unverified, and says so.
    Unconfirmed,
    /// It must be gone through soon.
    DueSoon {
        /// By when.
        by: Date,
    },
    /// A page that it leads to has moved for good.
    Moved {
        /// Where it leads.
        address: String,
        /// Where the page is now.
        to: String,
    },
}

/// A kind of [`Doubt`], to choose by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DoubtKind {
    /// [`Doubt::Contradicted`].
    Contradicted,
    /// [`Doubt::Complaints`].
    Complaints,
    /// [`Doubt::DeadLink`].
    DeadLink,
    /// [`Doubt::Passed`].
    Passed,
    /// [`Doubt::Overdue`].
    Overdue,
    /// [`Doubt::Overlaps`].
    Overlaps,
    /// [`Doubt::Unconfirmed`].
    Unconfirmed,
    /// [`Doubt::DueSoon`].
    DueSoon,
    /// [`Doubt::Moved`].
    Moved,
}

impl DoubtKind {
    /// Every kind, what hurts most first.
    pub const ALL: [DoubtKind; 9] = [
        DoubtKind::Contradicted,
        DoubtKind::Complaints,
        DoubtKind::DeadLink,
        DoubtKind::Passed,
        DoubtKind::Overdue,
        DoubtKind::Overlaps,
        DoubtKind::Unconfirmed,
        DoubtKind::DueSoon,
        DoubtKind::Moved,
    ];

    /// The kind in a word, as it stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            DoubtKind::Contradicted => "contradicted",
            DoubtKind::Complaints => "complaints",
            DoubtKind::DeadLink => "dead-link",
            DoubtKind::Passed => "passed",
            DoubtKind::Overdue => "overdue",
            DoubtKind::Overlaps => "overlaps",
            DoubtKind::Unconfirmed => "unconfirmed",
            DoubtKind::DueSoon => "due-soon",
            DoubtKind::Moved => "moved",
        }
    }

    /// The kind with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<DoubtKind> {
        DoubtKind::ALL.into_iter().find(|k| k.code() == code)
    }
}

impl Doubt {
    /// Which kind it is.
    pub fn kind(&self) -> DoubtKind {
        match self {
            Doubt::Contradicted { .. } => DoubtKind::Contradicted,
            Doubt::Complaints { .. } => DoubtKind::Complaints,
            Doubt::DeadLink { .. } => DoubtKind::DeadLink,
            Doubt::Passed { .. } => DoubtKind::Passed,
            Doubt::Overdue { .. } => DoubtKind::Overdue,
            Doubt::Overlaps { .. } => DoubtKind::Overlaps,
            Doubt::Unconfirmed => DoubtKind::Unconfirmed,
            Doubt::DueSoon { .. } => DoubtKind::DueSoon,
            Doubt::Moved { .. } => DoubtKind::Moved,
        }
    }

    /// Whether nobody may say that the entry holds without saying why, in spite of it.
    pub fn needs_reason(&self) -> bool {
        match self {
            Doubt::Contradicted { .. } | Doubt::Complaints { .. } | Doubt::DeadLink { .. } => true,
            Doubt::Passed { .. }
            | Doubt::Overdue { .. }
            | Doubt::Overlaps { .. }
            | Doubt::Unconfirmed
            | Doubt::DueSoon { .. }
            | Doubt::Moved { .. } => false,
        }
    }

    /// How much it hurts whoever asks. A wrong fact is worse than a way that leads nowhere, and that is worse than a text
    /// that may have aged; what several have complained of is worse the more they are, and what is overdue the longer it is.
    pub(super) fn weight(&self, today: Date) -> u64 {
        match self {
            Doubt::Contradicted { .. } => 100,
            Doubt::Complaints { count, why, .. } => {
                let wrong = why.iter().map(|(complaint, count)| match complaint {
                    Complaint::OutOfDate => *count * 20,
                    Complaint::Incomplete | Complaint::HardToUnderstand => *count * 5,
                    Complaint::WrongSubject => 0,
                });
                (30 + count * 10 + wrong.sum::<u64>()).min(200)
            }
            Doubt::DeadLink { .. } => 50,
            Doubt::Passed { .. } => 45,
            Doubt::Overdue { by } => {
                let months = (today - *by).get_days().max(0) / 30;
                30 + u64::try_from(months).unwrap_or_default().min(24) * 2
            }
            Doubt::Overlaps { .. } => 25,
            Doubt::Unconfirmed => 10,
            Doubt::DueSoon { .. } => 8,
            Doubt::Moved { .. } => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back() {
        for kind in DoubtKind::ALL {
            assert_eq!(DoubtKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(DoubtKind::from_code("late"), None);
    }

    #[test]
    fn what_is_overdue_weighs_more_the_longer_it_is() {
        let day = jiff::civil::date(2026, 11, 28);
        let overdue = |year, month| Doubt::Overdue {
            by: jiff::civil::date(year, month, 1),
        };
        let recent = overdue(2026, 11).weight(day);
        assert!(recent < overdue(2026, 2).weight(day));
        assert!(Doubt::Unconfirmed.weight(day) < recent);
        let many = Doubt::Complaints {
            count: 1_000,
            why: Vec::new(),
            cluster: None,
        };
        assert!(many.weight(day) <= 200);
    }
}
