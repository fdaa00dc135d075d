//! Publishing what was written: live here at once, and in every replica; and taking it back.

use super::acting::standing;
use super::drafting::Draft;
use super::forms::{Form, PassOnForm, Receiver};
use super::replaying::Scope;
use super::{Review, ReviewError, Settlement, name, why};
use crate::answering::Outcome;
use crate::desk::working::blocking;
use crate::knowledge::{EntryId, Laying, Problem, Severity, check, lay};
use crate::store::{Act, Cluster, KeptChange, Left, Publication, Regression, Role, Stage, State};

/// No more wordings of one cluster become regression questions.
const MOST_KEPT: usize = 20;
/// How often publishing is tried while others publish.
const ATTEMPTS: usize = 3;
/// How many changes stand on a page.
const PAGE: u32 = 50;

/// What publishing has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// How many wordings must be answered so from now on.
    pub kept: usize,
    /// How many wordings of the cluster are still answered otherwise.
    pub left: usize,
}

/// A change in a list.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// How it is kept.
    pub kept: KeptChange,
    /// What became of it in the base in use; `None` when it is not live.
    pub laying: Option<Laying>,
    /// Whether it only says that an entry was gone through and holds.
    pub is_review: bool,
}

impl Review<'_> {
    /// Publishes a draft, given with the version that was seen: everyone who asks from now on is answered by it, those who
    /// have asked are told, and the wordings that it answers must go on being answered so.
    ///
    /// Fails with [`ReviewError::Problems`] when it does not pass the check, with [`ReviewError::NeedsReason`] when it
    /// breaks regression questions and no reason is given, and with [`ReviewError::Changed`] when somebody has changed the
    /// draft or dealt with the cluster.
    pub async fn publish(
        &self,
        id: &str,
        version: i64,
        reason: &str,
    ) -> Result<Published, ReviewError> {
        self.require(Role::Editor)?;
        let reason = why(reason);
        for _ in 0..ATTEMPTS {
            // In a place of its own: what it takes would weigh on the stack of every caller.
            let attempt = Box::pin(self.try_to_publish(id, version, &reason));
            if let Some(published) = attempt.await? {
                return Ok(published);
            }
        }
        let by = self.kept_change(id).await?.changed_by;
        Err(ReviewError::Changed { by })
    }

    /// Publishes a draft upon what is live now; `None` when something else has gone live meanwhile.
    async fn try_to_publish(
        &self,
        id: &str,
        version: i64,
        reason: &str,
    ) -> Result<Option<Published>, ReviewError> {
        self.desk.renew().await?;
        let laid = self.desk.overlay.laid().version();
        let kept = self.kept_change(id).await?;
        let changed = ReviewError::Changed {
            by: kept.changed_by.clone(),
        };
        if kept.stage != Stage::Draft || kept.version != version {
            return Err(changed);
        }
        let form: Form = serde_json::from_str(&kept.form).map_err(|_| ReviewError::NotFound)?;
        let replay = self.try_out(&kept, Scope::Kept).await?;
        if replay.broken > 0 && reason.is_empty() {
            return Err(ReviewError::NeedsReason(replay.broken));
        }
        let expected = expected(&form, &kept.about).ok_or(ReviewError::NotFound)?;
        let cluster = self.open_cluster_of(&kept).await?;
        let mut audit = self.audit("change-published", format!("change/{id}"));
        audit.before = cluster.as_ref().map_or(String::new(), |c| {
            format!("cluster/{} {}", c.id, standing(c.state, c.office.as_ref()))
        });
        audit.after = format!("{} {}", kept.act, kept.about);
        audit.reason = reason.to_owned();
        let act = match &cluster {
            Some(cluster) => Some(Act {
                // By this time the questions that the change has settled are known again.
                at: audit.at,
                ..self.act_for(cluster, &form, &expected)?
            }),
            None => None,
        };
        let left = cluster.as_ref().map(|c| Left {
            state: c.state.code().to_owned(),
            office: c.office.clone(),
        });
        let language = cluster.map_or(String::new(), |c| c.language);
        let own = replay.own.iter();
        let answered: Vec<Regression> = own
            .filter(|line| line.after == expected)
            .take(MOST_KEPT)
            .map(|line| Regression {
                id: name(),
                wording: line.wording.clone(),
                language: language.clone(),
                expected: expected.to_string(),
                change: kept.id.clone(),
                made_at: audit.at,
            })
            .collect();
        let publication = Publication {
            change: id,
            version,
            reason,
            before: &serde_json::to_string(&left).unwrap_or_default(),
            laid,
            act: act.as_ref(),
            regressions: &answered,
        };
        let store = self.desk.open_store()?;
        if !store.publish_change(&publication, &audit).await? {
            return Ok(None);
        }
        self.desk.renew().await?;
        Ok(Some(Published {
            kept: answered.len(),
            left: replay.own.iter().filter(|l| l.after != expected).count(),
        }))
    }

    /// Takes a published change back: the base says what it said before, the cluster waits as it did unless staff have
    /// done something else with it since, and the regression questions of the change are gone. Fails with
    /// [`ReviewError::Changed`] when it is not live any longer, and with [`ReviewError::Problems`] when what is left would
    /// not pass the check, such as when another change leads to its entry.
    pub async fn undo(&self, id: &str, reason: &str) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let kept = self.kept_change(id).await?;
        let changed = ReviewError::Changed {
            by: kept.changed_by.clone(),
        };
        if kept.stage != Stage::Live {
            return Err(changed);
        }
        self.desk.renew().await?;
        let broken = self.broken_without(id).await?;
        if !broken.is_empty() {
            return Err(ReviewError::Problems(broken));
        }
        let act = self.act_to_undo(&kept).await?;
        let mut audit = self.audit("change-undone", format!("change/{id}"));
        audit.before = format!("{} {}", kept.act, kept.about);
        audit.reason = why(reason);
        let store = self.desk.open_store()?;
        if !store.undo_change(id, act.as_ref(), &audit).await? {
            return Err(changed);
        }
        self.desk.renew().await?;
        Ok(())
    }

    /// The changes at a stage, or all but those given up, the latest first; `after` is the time and name of the last of
    /// the page before. Fails when the database is away.
    pub async fn changes(
        &self,
        stage: Option<Stage>,
        after: Option<(i64, String)>,
    ) -> Result<Vec<ChangeLine>, ReviewError> {
        self.require(Role::Reader)?;
        let store = self.desk.open_store()?;
        let laid = self.desk.overlay.laid();
        let kept = store.changes(stage, after, PAGE).await?;
        let line = |kept: KeptChange| ChangeLine {
            laying: laid.outcome(&kept.id).cloned(),
            // Nothing else is published the moment it is begun.
            is_review: kept.act == "mend" && kept.made_at == kept.published_at,
            kept,
        };
        Ok(kept.into_iter().map(line).collect())
    }

    /// What would be wrong with the base without a change, and is not wrong with it.
    async fn broken_without(&self, id: &str) -> Result<Vec<Problem>, ReviewError> {
        let with = self.files_now()?;
        let files = self.files_of_base()?;
        let (others, today) = (self.desk.overlay.laid().without(id), self.desk.today());
        let broken = move || {
            let mut broken = check(&lay(&files, &others).files, today);
            broken.retain(|p| p.severity == Severity::Error);
            if !broken.is_empty() {
                let before = check(&with, today);
                broken.retain(|p| !before.contains(p));
            }
            broken
        };
        Ok(blocking(broken).await)
    }

    /// What becomes of the cluster of a change that is undone: `None` when it is not as the change has left it.
    async fn act_to_undo(&self, kept: &KeptChange) -> Result<Option<Act>, ReviewError> {
        let Some(left) = serde_json::from_str::<Option<Left>>(&kept.before)
            .ok()
            .flatten()
        else {
            return Ok(None);
        };
        let Some(cluster) = self.cluster_for(kept).await? else {
            return Ok(None);
        };
        let form: Form = serde_json::from_str(&kept.form).map_err(|_| ReviewError::NotFound)?;
        let changes = self.desk.open_store()?.changes_of(&cluster.id).await?;
        let is_later =
            |c: &KeptChange| c.stage == Stage::Live && c.published_at > kept.published_at;
        let is_passed_on = matches!(form, Form::PassOn(_));
        let is_left = state_after(&form).is_some_and(|state| state == cluster.state);
        if !is_left || changes.iter().any(is_later) {
            return Ok(None);
        }
        Ok(Some(Act {
            state: State::from_code(&left.state).unwrap_or(State::New),
            // The others have left the office as it was, of each question.
            office: left.office.filter(|_| is_passed_on),
            ..self.act(&cluster, cluster.version)
        }))
    }

    /// The cluster that a draft is for. Fails with [`ReviewError::Changed`] when somebody has dealt with it meanwhile.
    async fn open_cluster_of(&self, kept: &KeptChange) -> Result<Option<Cluster>, ReviewError> {
        // Where its questions have been deleted, what was written is as good as before.
        match self.cluster_for(kept).await? {
            Some(cluster) if !matches!(cluster.state, State::New | State::Assigned) => {
                Err(ReviewError::Changed {
                    by: cluster.changed_by,
                })
            }
            found => Ok(found),
        }
    }

    /// What becomes of a cluster when a form is published for it.
    fn act_for(
        &self,
        cluster: &Cluster,
        form: &Form,
        expected: &Outcome,
    ) -> Result<Act, ReviewError> {
        let entry = match expected {
            Outcome::Entry(entry) => Some(entry.clone()),
            _ => None,
        };
        let act = self.act(cluster, cluster.version);
        match form {
            Form::Answer(_) => Ok(Act {
                state: State::Answered,
                entry,
                ..act
            }),
            Form::Teach(_) => Ok(Act {
                state: State::Taught,
                entry,
                ..act
            }),
            Form::PassOn(PassOnForm { to, .. }) => {
                let settlement = match Receiver::parse(to).ok_or(ReviewError::NotFound)? {
                    Receiver::Office(office) => Settlement::Assign(office),
                    Receiver::Elsewhere(body) => Settlement::NotOurs(body),
                };
                self.act_of(cluster, cluster.version, &settlement)
            }
        }
    }
}

impl Draft {
    /// What the wordings of its cluster are to come to; `None` while that cannot be told.
    pub fn expected(&self) -> Option<Outcome> {
        expected(&self.form, &self.kept.about)
    }
}

/// Where publishing a form puts its cluster; `None` when that cannot be told.
fn state_after(form: &Form) -> Option<State> {
    Some(match form {
        Form::Answer(_) => State::Answered,
        Form::Teach(_) => State::Taught,
        Form::PassOn(form) => match Receiver::parse(&form.to)? {
            Receiver::Office(_) => State::Assigned,
            Receiver::Elsewhere(_) => State::NotOurs,
        },
    })
}

/// What the wordings of a form are to come to.
fn expected(form: &Form, about: &str) -> Option<Outcome> {
    match form {
        Form::Answer(_) | Form::Teach(_) => EntryId::parse(about).ok().map(Outcome::Entry),
        Form::PassOn(form) => match Receiver::parse(&form.to)? {
            Receiver::Office(office) => Some(Outcome::Office(office)),
            Receiver::Elsewhere(body) => Some(Outcome::Elsewhere(body)),
        },
    }
}
