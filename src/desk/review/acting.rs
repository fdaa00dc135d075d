//! What is done with a cluster without changing the base: it is given to an office, sent elsewhere, dismissed, opened
//! again, merged or split.

use super::{Review, ReviewError, name, why};
use crate::knowledge::{EntryId, EntryKind, Language};
use crate::store::{Act, Cluster, Receipt, Role, State};

/// What becomes of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// This office has it now.
    Assign(EntryId),
    /// It is for a body outside the municipality, by its Swedish name; whoever asked is told which.
    NotOurs(String),
    /// It needs no answer: it is spam, abuse or no question.
    Dismiss,
    /// It waits again.
    Reopen,
}

impl Review<'_> {
    /// Settles a cluster, given with the version that was seen. Fails with [`ReviewError::Changed`] when somebody has been
    /// faster, and when the office or body is not in the base.
    pub async fn settle(
        &self,
        id: &str,
        version: i64,
        settlement: &Settlement,
        reason: &str,
    ) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let cluster = self.cluster_now(id).await?;
        let act = self.act_of(&cluster, version, settlement)?;
        let mut audit = self.audit("cluster-settled", format!("cluster/{id}"));
        audit.before = standing(cluster.state, cluster.office.as_ref());
        audit.after = match settlement {
            Settlement::NotOurs(body) => format!("not-ours {body}"),
            Settlement::Assign(_) | Settlement::Dismiss | Settlement::Reopen => {
                standing(act.state, act.office.as_ref().or(cluster.office.as_ref()))
            }
        };
        audit.reason = why(reason);
        match self.desk.open_store()?.act(&act, &audit).await? {
            true => Ok(()),
            false => Err(self.changed(id).await),
        }
    }

    /// The act that a settlement comes to.
    pub(super) fn act_of(
        &self,
        cluster: &Cluster,
        version: i64,
        settlement: &Settlement,
    ) -> Result<Act, ReviewError> {
        let answerer = self.desk.library.current();
        let knowledge = answerer.knowledge();
        let act = self.act(cluster, version);
        Ok(match settlement {
            Settlement::Assign(office) => {
                let is_office = office.kind() == EntryKind::Offices;
                knowledge
                    .entry(office)
                    .filter(|_| is_office)
                    .ok_or(ReviewError::NotFound)?;
                Act {
                    state: State::Assigned,
                    office: Some(office.clone()),
                    judges_office: true,
                    ..act
                }
            }
            Settlement::NotOurs(name) => {
                let mut bodies = knowledge.elsewhere().iter();
                let body = bodies.find(|body| body.name_sv == *name);
                let body = body.ok_or(ReviewError::NotFound)?;
                let told = |language: Language| Some(body.text(language).to_owned());
                Act {
                    state: State::NotOurs,
                    told: told(Language::Swedish),
                    told_in_english: told(Language::English),
                    ..act
                }
            }
            Settlement::Dismiss => Act {
                state: State::Dismissed,
                ..act
            },
            Settlement::Reopen => Act {
                state: State::New,
                ..act
            },
        })
    }

    /// An act of whoever is signed in, on a cluster, that does nothing yet.
    pub(super) fn act(&self, cluster: &Cluster, version: i64) -> Act {
        Act {
            cluster: cluster.id.clone(),
            version,
            state: cluster.state,
            office: None,
            judges_office: false,
            entry: None,
            told: None,
            told_in_english: None,
            by: self.staff.name().to_owned(),
            at: crate::desk::now(),
        }
    }

    /// Moves all questions of one cluster into another, each given with the version that was seen. Fails with
    /// [`ReviewError::Changed`] when somebody has been faster.
    pub async fn merge(
        &self,
        (from, from_version): (&str, i64),
        into: &str,
    ) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        if from == into {
            return Err(ReviewError::NotFound);
        }
        let target = self.cluster_now(into).await?;
        let mut audit = self.audit("cluster-merged", format!("cluster/{into}"));
        audit.before = format!("cluster/{from}");
        audit.after = standing(target.state, target.office.as_ref());
        let store = self.desk.open_store()?;
        let merged = store
            .merge_clusters((from, from_version), (into, target.version), &audit)
            .await?;
        if !merged {
            return Err(self.changed(from).await);
        }
        Ok(self.desk.tidy_clusters().await?)
    }

    /// Moves some questions of a cluster, by their receipts, into a new one; its name. Fails with
    /// [`ReviewError::Changed`] when somebody has been faster, and when none or all of the questions would go.
    pub async fn split(
        &self,
        (id, version): (&str, i64),
        receipts: &[Receipt],
    ) -> Result<String, ReviewError> {
        self.require(Role::Editor)?;
        let cluster = self.cluster_now(id).await?;
        let count = u64::try_from(receipts.len()).unwrap_or(u64::MAX);
        if count == 0 || count >= cluster.questions {
            return Err(ReviewError::NotFound);
        }
        let new = name();
        let mut audit = self.audit("cluster-split", format!("cluster/{id}"));
        audit.after = format!("cluster/{new} ({count})");
        let store = self.desk.open_store()?;
        if !store
            .split_cluster((id, version), receipts, &new, &audit)
            .await?
        {
            return Err(self.changed(id).await);
        }
        self.desk.tidy_clusters().await?;
        Ok(new)
    }
}

/// Where a cluster stands, in a word or two.
pub(super) fn standing(state: State, office: Option<&EntryId>) -> String {
    match office {
        Some(office) => format!("{} {office}", state.code()),
        None => state.code().to_owned(),
    }
}
