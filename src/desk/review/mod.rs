//! What staff do with the questions that could not be answered: see them, put together with those that ask the same;
//! answer, teach or pass on; see what that would change; publish, and take back.
//!
//! [`Desk::review`] gives all of it to someone who is signed in, and holds each act against their role. What they do stands
//! in the audit trail, in the same transaction.

mod acting;
mod calling;
mod checking;
mod digests;
mod drafting;
mod exporting;
mod figures;
mod forgetting;
mod forms;
mod freshness;
mod ideas;
mod journeys;
mod log;
mod previewing;
mod publishing;
mod queue;
mod records;
mod replaying;
mod settings;
mod sorting;

pub use acting::Settlement;
pub use digests::{MOST_SUBSCRIPTIONS, Subscribed, SubscriptionForm};
pub use drafting::{Checkup, Draft};
pub use figures::{Count, Figures, FiguresWanted, Group, Span, Step, Waits};
pub use forms::{AnswerForm, Form, PassOnForm, Receiver, TeachForm, TextForm};
pub(super) use freshness::Overlapping;
pub use freshness::{
    Doubt, DoubtKind, Doubted, Freshness, FreshnessCount, FreshnessFilter, GoneThrough,
    ReviewBounds,
};
pub use ideas::{IdeaFilter, Ideas, LONGEST_REPLY};
pub use journeys::{PathFigures, StepFigures, WayFigures};
pub use log::OpenQuestion;
pub use previewing::Preview;
pub use publishing::{ChangeLine, Published};
pub use queue::{ClusterView, Queue, QueueFilter, Wording};
pub use records::Records;
pub use replaying::{Replay, ReplayLine};
pub use settings::{KEPT_FOR, ReviewFigures};

use super::staff::{Staff, StaffError};
use super::{Desk, now};
use crate::knowledge::Problem;
use crate::language::mask;
use crate::store::{Cluster, Found, KeptChange, NewAudit, Receipt, Role, StoreError};

/// The review, as someone who is signed in may do it.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    desk: &'a Desk,
    staff: &'a Staff,
}

/// Why something that staff want to do is not done.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReviewError {
    /// It takes a role that may do more.
    #[error("this takes the role {}", .0.code())]
    NotAllowed(Role),
    /// It is not there, or not any longer.
    #[error("it is not there any longer")]
    NotFound,
    /// Somebody has been faster. Nothing was changed.
    #[error("{by} has changed it meanwhile, so nothing was done; look at it and do it again")]
    Changed {
        /// Who it was; empty when that is not known.
        by: String,
    },
    /// What was written cannot be used as it is.
    #[error("what was written has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// It would break what has to stay as it is, and no reason was given.
    #[error(
        "{0} regression questions would get another answer; give a reason to publish all the same"
    )]
    NeedsReason(usize),
    /// It could not be worked out, or written down.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffError> for ReviewError {
    fn from(error: StaffError) -> Self {
        match error {
            StaffError::NotAllowed(role) => ReviewError::NotAllowed(role),
            StaffError::Store(error) => ReviewError::Store(error),
            StaffError::Unknown
            | StaffError::Taken
            | StaffError::BadName
            | StaffError::NoOffice
            | StaffError::BadPassword(_)
            | StaffError::WrongPassword
            | StaffError::LastAdmin
            | StaffError::Elsewhere
            | StaffError::WrongCode
            | StaffError::CodesRequired => ReviewError::NotFound,
        }
    }
}

impl Desk {
    /// The review, as someone who is signed in may do it.
    pub fn review<'a>(&'a self, staff: &'a Staff) -> Review<'a> {
        Review { desk: self, staff }
    }
}

impl Review<'_> {
    /// Holds whoever acts to a role.
    fn require(&self, role: Role) -> Result<(), ReviewError> {
        Ok(self.staff.require(role)?)
    }

    /// A line for the trail: what is done, to what. The trail is never shortened, so that no wording of a resident may
    /// stand in it.
    fn audit(&self, act: &str, about: String) -> NewAudit {
        NewAudit {
            who: self.staff.name().to_owned(),
            act: act.to_owned(),
            about,
            at: now(),
            ..NewAudit::default()
        }
    }

    /// A cluster as it is now. Fails with [`ReviewError::NotFound`].
    async fn cluster_now(&self, id: &str) -> Result<Cluster, ReviewError> {
        match self.desk.open_store()?.cluster(id).await? {
            Some(Found::Here(cluster)) => Ok(*cluster),
            Some(Found::MergedInto(_)) | None => Err(ReviewError::NotFound),
        }
    }

    /// The cluster that a change is for, or the one that it was merged into; `None` when there is none, or when its
    /// questions have been deleted.
    async fn cluster_for(&self, kept: &KeptChange) -> Result<Option<Cluster>, ReviewError> {
        match self.desk.open_store()?.cluster(&kept.cluster).await? {
            Some(Found::Here(cluster)) => Ok(Some(*cluster)),
            Some(Found::MergedInto(other)) => Ok(Some(self.cluster_now(&other).await?)),
            None => Ok(None),
        }
    }

    /// Says who has changed a cluster meanwhile, or that it is gone.
    async fn changed(&self, cluster: &str) -> ReviewError {
        match self.cluster_now(cluster).await {
            Ok(cluster) => ReviewError::Changed {
                by: cluster.changed_by,
            },
            Err(error) => error,
        }
    }
}

/// A name for something new: 50 random bits, so that no two replicas give the same.
fn name() -> String {
    let two = [Receipt::new(), Receipt::new()];
    let symbols = two.iter().flat_map(|r| r.as_str().chars());
    let plain = symbols.filter(|c| *c != '-').take(10);
    plain.collect::<String>().to_lowercase()
}

/// What someone gives as a reason, as it may stand in the trail for ever: nothing in it points out a person.
fn why(reason: &str) -> String {
    mask(reason.trim()).text
}
