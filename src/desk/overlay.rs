//! What staff have published, laid over the files of the base: here at once, and in every other replica as soon as it
//! hears of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::civil::Date;
use tokio::sync::Mutex;

use super::library::{Checked, Origin, errors, read};
use super::resting::RESTING;
use super::retention::RETENTION;
use super::working::blocking;
use super::{Desk, now};
use crate::answering::Answerer;
use crate::knowledge::{Change, Files, Laying, Problem, lay};
use crate::store::{Ear, NewAudit, OVERLAY, Stage, StoreError};

/// How often a replica looks whether something is new, where it is not told.
const LOOK: Duration = Duration::from_secs(2);
/// Who the trail says it was when nobody was.
pub(super) const ITSELF: &str = "lots";

/// The changes that are live, and the base that they are laid over.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    laid: ArcSwap<LaidChanges>,
    /// Where the files of the base are read; `None` for a desk that was given no files.
    origin: Option<Origin>,
    /// One base is taken into use at a time.
    pub(super) turn: Mutex<()>,
}

/// The changes that are live, in the order in which they are laid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LaidChanges {
    /// The version of the setting that says that others are live.
    version: i64,
    /// Each with its name.
    changes: Vec<(String, Change)>,
    /// What became of each.
    outcomes: Vec<Laying>,
}

/// A base that changes were laid over, on its way into use.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) checked: Checked,
    outcomes: Vec<Laying>,
}

impl Overlay {
    /// For a base that is read there.
    pub(super) fn over(origin: Origin) -> Overlay {
        Overlay {
            origin: Some(origin),
            ..Overlay::default()
        }
    }

    /// What is laid now.
    pub(super) fn laid(&self) -> Arc<LaidChanges> {
        self.laid.load_full()
    }

    /// The files of the base without any change. Fails when they cannot be read.
    pub(super) fn files(&self) -> anyhow::Result<Files> {
        match &self.origin {
            Some(origin) => Ok(read(origin)?),
            None => Ok(Files::new()),
        }
    }

    /// Notes what became of the changes in a base that is in use now.
    pub(super) fn note(&self, outcomes: Vec<Laying>) {
        let laid = self.laid();
        self.laid.store(Arc::new(LaidChanges {
            outcomes,
            ..laid.as_ref().clone()
        }));
    }
}

impl LaidChanges {
    /// The changes, in order.
    pub(super) fn changes(&self) -> Vec<Change> {
        self.changes.iter().map(|(_, c)| c.clone()).collect()
    }

    /// The changes but one, in order.
    pub(super) fn without(&self, id: &str) -> Vec<Change> {
        let others = self.changes.iter().filter(|(name, _)| name != id);
        others.map(|(_, c)| c.clone()).collect()
    }

    /// The version of the setting that says that these are live.
    pub(super) fn version(&self) -> i64 {
        self.version
    }

    /// What became of a change in the base in use: the first of its parts that is not simply laid. `None` when it is
    /// not live.
    pub(super) fn outcome<'a>(&'a self, id: &'a str) -> Option<&'a Laying> {
        let mut parts = self.parts(id);
        let first = parts.next()?;
        let other = |outcome: &&Laying| **outcome != Laying::Laid;
        Some(
            Some(first)
                .filter(other)
                .or(parts.find(other))
                .unwrap_or(first),
        )
    }

    /// What became of each part of a change.
    fn parts<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Laying> {
        let each = self.changes.iter().zip(&self.outcomes);
        each.filter(move |((name, _), _)| name == id)
            .map(|(_, outcome)| outcome)
    }

    /// The changes but some.
    fn kept_without(&self, names: &[&str]) -> LaidChanges {
        let each = self.changes.iter().cloned().zip(self.outcomes.clone());
        let kept = each.filter(|((name, _), _)| !names.contains(&name.as_str()));
        let (changes, outcomes) = kept.unzip();
        LaidChanges {
            version: self.version,
            changes,
            outcomes,
        }
    }

    /// Those that the files say by now.
    fn merged(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.changes.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup();
        let is_merged = |id: &&str| {
            let mut parts = self.parts(id).peekable();
            parts.peek().is_some() && parts.all(|outcome| *outcome == Laying::Merged)
        };
        names.into_iter().filter(is_merged).collect()
    }
}

impl Prepared {
    /// Lays changes over files, checks what that comes to and indexes it after the base in use. Where it does not pass,
    /// the changes at fault are left out, or else all of them: what staff have written must not keep out what the files
    /// say.
    pub(super) fn of(
        files: &Files,
        changes: &[Change],
        today: Date,
        in_use: &Answerer,
    ) -> Prepared {
        let all: Vec<&Change> = changes.iter().collect();
        let whole = Prepared::with(files, &all, changes, today, in_use);
        if changes.is_empty() || whole.passes() {
            return whole;
        }
        let problems = &whole.checked.problems;
        let sound: Vec<&Change> = all
            .into_iter()
            .filter(|c| !breaks(c, files, problems))
            .collect();
        let without = Prepared::with(files, &sound, changes, today, in_use);
        let kept = if without.passes() {
            without
        } else {
            Prepared::with(files, &[], changes, today, in_use)
        };
        if !kept.passes() {
            // It is the files themselves that are to be mended.
            return kept;
        }
        let first = errors(problems).next();
        tracing::error!(
            problem = first.map(|p| format!("{}:{}: {}", p.path, p.line, p.reason)),
            left_out = kept.outcomes.iter().filter(|o| **o == Laying::Lost).count(),
            "the base does not pass with all that staff have published; some of that is left out"
        );
        kept
    }

    /// Lays some of the changes; the others are lost.
    fn with(
        files: &Files,
        some: &[&Change],
        all: &[Change],
        today: Date,
        in_use: &Answerer,
    ) -> Prepared {
        let chosen: Vec<Change> = some.iter().map(|c| (*c).clone()).collect();
        let laid = lay(files, &chosen);
        let mut outcomes = some.iter().zip(laid.outcomes).peekable();
        let outcome = |change: &Change| {
            let is_next = outcomes
                .peek()
                .is_some_and(|(next, _)| std::ptr::eq(**next, change));
            let next = is_next.then(|| outcomes.next()).flatten();
            next.map_or(Laying::Lost, |(_, outcome)| outcome)
        };
        Prepared {
            outcomes: all.iter().map(outcome).collect(),
            checked: Checked::of(&laid.files, today, in_use),
        }
    }

    fn passes(&self) -> bool {
        errors(&self.checked.problems).next().is_none()
    }

    /// The parts.
    pub(super) fn into_parts(self) -> (Checked, Vec<Laying>) {
        (self.checked, self.outcomes)
    }
}

/// Whether a change touches a file that has an error.
fn breaks(change: &Change, files: &Files, problems: &[Problem]) -> bool {
    let touched = lay(files, std::slice::from_ref(change)).changed(files);
    errors(problems).any(|problem| touched.contains_key(&problem.path))
}

impl Desk {
    /// Has the base read from there, so that changes can be laid over its files.
    pub fn with_files_of(mut self, origin: Origin) -> Desk {
        self.overlay = Overlay::over(origin);
        self
    }

    /// Lays what staff have published over the base, unless it is laid already; whether the base is another one now.
    /// Fails when the database is away.
    pub async fn renew(&self) -> Result<bool, StoreError> {
        let store = self.open_store()?;
        let version = store.setting(OVERLAY).await?.version;
        let _turn = self.overlay.turn.lock().await;
        let before = self.overlay.laid();
        if before.version == version {
            return Ok(false);
        }
        let mut changes = Vec::new();
        for (id, body) in store.live_changes().await? {
            match serde_json::from_str::<Vec<Change>>(&body) {
                Ok(parts) => changes.extend(parts.into_iter().map(|part| (id.clone(), part))),
                Err(error) => {
                    tracing::error!(change = id, %error, "a published change cannot be read; it is left out");
                }
            }
        }
        self.overlay.laid.store(Arc::new(LaidChanges {
            version,
            changes,
            outcomes: Vec::new(),
        }));
        self.lay_over().await;
        self.retire_merged().await?;
        Ok(true)
    }

    /// Lays the changes over the files as they are now, and takes that into use when it passes.
    async fn lay_over(&self) {
        let files = match self.overlay.files() {
            Ok(files) if files.is_empty() => return,
            Ok(files) => files,
            Err(error) => {
                tracing::error!(%error, "the files of the base cannot be read; what was published is laid when they can");
                return;
            }
        };
        let (in_use, today) = (self.library.current(), self.today());
        let changes = self.overlay.laid().changes();
        let prepare = move || Prepared::of(&files, &changes, today, &in_use);
        let prepared = blocking(move || catch_unwind(AssertUnwindSafe(prepare)).ok()).await;
        let Some((checked, outcomes)) = prepared.map(Prepared::into_parts) else {
            tracing::error!("what was published could not be laid, which is a fault of lots");
            return;
        };
        let problems = self.library.settle(checked);
        self.overlay.note(outcomes);
        tracing::info!(
            problems = problems.len(),
            "what staff have published is in use"
        );
    }

    /// Lets go of the changes that the files of the base say by now. Fails when the database is away.
    pub(super) async fn retire_merged(&self) -> Result<(), StoreError> {
        let laid = self.overlay.laid();
        let merged = laid.merged();
        if merged.is_empty() {
            return Ok(());
        }
        let store = self.open_store()?;
        for id in &merged {
            let audit = NewAudit {
                who: ITSELF.to_owned(),
                act: "change-retired".to_owned(),
                about: format!("change/{id}"),
                after: "the files of the base say it".to_owned(),
                at: now(),
                ..NewAudit::default()
            };
            store
                .move_change(id, (Stage::Live, Stage::Retired), &audit)
                .await?;
        }
        // What the files say from now on is theirs to change: nothing of it is laid again.
        self.overlay
            .laid
            .store(Arc::new(laid.kept_without(&merged)));
        Ok(())
    }

    /// Keeps up with what other replicas do, until it is cancelled: what they publish, and whether lots is resting.
    pub async fn follow(&self) {
        let mut ear: Option<Ear> = None;
        loop {
            if let Err(error) = Box::pin(self.catch_up()).await {
                tracing::debug!(%error, "what is published could not be looked up; it is tried again");
            }
            match self.store.load_full() {
                Some(store) => store.hear(&mut ear, LOOK).await,
                None => tokio::time::sleep(LOOK).await,
            }
        }
    }

    /// Looks once whether something is new. Fails when the database is away.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let versions = self.open_store()?.setting_versions().await?;
        for (name, version) in versions {
            match name.as_str() {
                OVERLAY if version != self.overlay.laid().version => {
                    self.renew().await?;
                }
                RESTING if version != self.resting.version() => self.look_whether_resting().await?,
                RETENTION if version != self.keep.version() => self.look_how_long_kept().await?,
                _ => {}
            }
        }
        Ok(())
    }
}
