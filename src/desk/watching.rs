//! The base on disk is watched: what passes the check is in use moments after it was saved, and what does not pass leaves
//! the base before it in use, with the reasons in the log.
//!
//! Events of the system only wake. What is there is read each time and compared with what was there before, so that
//! nothing is missed where events are not to be had, and nothing is done where nothing has changed.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;
use tokio::time::Instant;

use super::Desk;
use super::library::{Origin, errors, read};
use super::overlay::Prepared;
use super::working::blocking;
use crate::knowledge::{Files, Problem, check};

/// After a save nothing more must happen for so long before the base is read.
const QUIET: Duration = Duration::from_millis(100);
/// But it is read at the latest so long after the first of many saves.
const LONGEST_UNREST: Duration = Duration::from_secs(2);
/// How often the base is read where the system tells of no changes.
const POLL: Duration = Duration::from_secs(2);
/// How often it is read where it does: a folder on a network may change without an event.
const GLANCE: Duration = Duration::from_secs(15);
/// What cannot be read may be in the middle of being moved, and is tried once more after this long.
const AGAIN: Duration = Duration::from_millis(300);
/// What becomes of a base when the one on disk cannot be used.
const KEPT: &str = "the one before it stays in use until it is mended";
/// No more problems than this are said at once.
const MOST_SAID: usize = 100;

/// A folder with a base, and what was in it when it was last looked at.
#[derive(Debug)]
pub struct Watched {
    folder: PathBuf,
    found: Found,
    /// What was said to be wrong with it last, so that it is not said again for every save.
    said: Vec<String>,
    /// Whether it was said that it is only looked at now and then.
    said_polled: bool,
}

/// What is in a folder, to be told from what is there next.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// Files, by a hash of all that they hold.
    Files(u64),
    /// Nothing that can be read, and why.
    Nothing(String),
}

impl Watched {
    /// Looks at the base for the first time, so that whatever changes from now on is noticed: to be called before the base
    /// is opened. `None` for the base that the program carries, which never changes.
    pub fn begin(origin: &Origin) -> Option<Watched> {
        let Origin::Folder(folder) = origin else {
            return None;
        };
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        Some(Watched {
            found: look_at(&folder).0,
            folder,
            said: Vec::new(),
            said_polled: false,
        })
    }

    /// Has the system tell of changes; `None` when it cannot.
    fn arm(&mut self, wake: &Arc<Notify>) -> Option<RecommendedWatcher> {
        match arm(&self.folder, wake) {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                if !std::mem::replace(&mut self.said_polled, true) {
                    tracing::warn!(
                        %error,
                        "the system does not tell when the knowledge base changes; it is looked at every {} seconds",
                        POLL.as_secs()
                    );
                }
                None
            }
        }
    }

    /// Says what is wrong with what is there, unless that is what was said last.
    fn say(&mut self, wrong: Vec<String>, outcome: &str) {
        if self.said == wrong {
            return;
        }
        for line in wrong.iter().take(MOST_SAID) {
            tracing::warn!("{line}");
        }
        tracing::warn!(
            problems = wrong.len(),
            "the knowledge base on disk cannot be used as it is: {outcome}; `lots check` shows every problem"
        );
        self.said = wrong;
    }

    /// Says that what is there is in use.
    fn say_taken(&mut self, warnings: usize) {
        if self.said.is_empty() {
            tracing::info!(warnings, "the knowledge base has changed and is in use");
        } else {
            // As loud as the complaint before it.
            tracing::warn!(
                warnings,
                "the knowledge base on disk is in order again and in use"
            );
            self.said.clear();
        }
    }
}

impl Desk {
    /// Keeps the base in use as it is on disk, until it is cancelled.
    pub async fn watch(&self, mut watched: Watched) {
        self.judge(&mut watched).await;
        let wake = Arc::new(Notify::new());
        let mut watcher = watched.arm(&wake);
        loop {
            self.look(&mut watched).await;
            let is_told = watcher.is_some() && matches!(watched.found, Found::Files(_));
            let pause = if is_told { GLANCE } else { POLL };
            if tokio::time::timeout(pause, wake.notified()).await.is_ok() {
                settle(&wake).await;
            }
            // Anew each time, for the folder may be another one by now; the one before is let go only then.
            watcher = watched.arm(&wake);
        }
    }

    /// Says what is wrong with the base that was opened, which may be in use only in part.
    async fn judge(&self, watched: &mut Watched) {
        let (folder, opened, today) = (watched.folder.clone(), watched.found.clone(), self.today());
        let problems = blocking(move || {
            let (found, files) = look_at(&folder);
            // What has changed since is looked at as any change is.
            files.filter(|_| found == opened).map(|f| check(&f, today))
        });
        let problems = problems.await.unwrap_or_default();
        if errors(&problems).next().is_some() {
            self.library.refuse_for(&problems);
            watched.say(
                sentences(&problems),
                "what can be read of it is in use until it is mended",
            );
        }
        self.show_problems();
    }

    /// Reads what is there and, when it is not what was there before, checks it and takes it into use.
    async fn look(&self, watched: &mut Watched) {
        let (folder, before, today) = (watched.folder.clone(), watched.found.clone(), self.today());
        // What staff publish meanwhile waits, and is laid over what this comes to.
        let _turn = self.overlay.turn.lock().await;
        let in_use = self.library.current();
        let changes = self.overlay.laid().changes();
        let look = move || {
            let (mut found, mut files) = look_at(&folder);
            if files.is_none() && found != before {
                std::thread::sleep(AGAIN);
                (found, files) = look_at(&folder);
            }
            let changed = found != before;
            let prepared = files
                .filter(|_| changed)
                .map(|f| Prepared::of(&f, &changes, today, &in_use));
            (found, changed, prepared)
        };
        let looked = blocking(move || catch_unwind(AssertUnwindSafe(look)).ok()).await;
        let Some((found, changed, prepared)) = looked else {
            let wrong = "the check itself failed, which is a fault of lots".to_owned();
            self.library.refuse(1, wrong.clone());
            watched.say(vec![wrong], KEPT);
            self.show_problems();
            return;
        };
        watched.found = found;
        if changed {
            let outcome = self.decide(watched, prepared);
            if let Err(error) = self.retire_merged().await {
                tracing::debug!(%error, "what the files say by now is let go of later");
            }
            metrics::counter!("lots_base_reloads_total", "outcome" => outcome).increment(1);
            self.show_problems();
        }
    }

    /// Takes what was found into use, or says why not; which of them.
    fn decide(&self, watched: &mut Watched, prepared: Option<Prepared>) -> &'static str {
        if let Some((checked, outcomes)) = prepared.map(Prepared::into_parts) {
            let problems = self.library.settle(checked);
            if errors(&problems).next().is_some() {
                watched.say(sentences(&problems), KEPT);
                return "refused";
            }
            self.overlay.note(outcomes);
            watched.say_taken(problems.len());
            return "taken";
        }
        if let Found::Nothing(reason) = &watched.found {
            let wrong = format!("{}: {reason}", watched.folder.display());
            self.library.refuse(1, wrong.clone());
            watched.say(vec![wrong], KEPT);
        }
        "unreadable"
    }

    fn show_problems(&self) {
        let standing = self.library.standing();
        let problems = standing.refused.as_ref().map_or(0, |r| r.problems);
        metrics::gauge!("lots_base_problems").set(problems as f64);
    }
}

/// What is in a folder: what to tell it by, and its files when they can be read.
fn look_at(folder: &Path) -> (Found, Option<Files>) {
    match read(&Origin::Folder(folder.to_owned())) {
        Ok(files) => {
            let mut hasher = DefaultHasher::new();
            files.hash(&mut hasher);
            (Found::Files(hasher.finish()), Some(files))
        }
        Err(error) => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            (
                Found::Nothing(source.unwrap_or_else(|| error.to_string())),
                None,
            )
        }
    }
}

/// Each error in a line: where, what, and how to mend it.
fn sentences(problems: &[Problem]) -> Vec<String> {
    let line = |p: &Problem| format!("{}:{}: {}; {}", p.path, p.line, p.reason, p.mend);
    errors(problems).map(line).collect()
}

/// Waits until nothing has happened for a while.
async fn settle(wake: &Notify) {
    let latest = Instant::now() + LONGEST_UNREST;
    loop {
        let quiet = (Instant::now() + QUIET).min(latest);
        if tokio::time::timeout_at(quiet, wake.notified())
            .await
            .is_err()
        {
            return;
        }
    }
}

/// Has the system tell of what happens in a folder, to it, and to every link on the way to it.
fn arm(folder: &Path, wake: &Arc<Notify>) -> notify::Result<RecommendedWatcher> {
    let (wake, of) = (Arc::clone(wake), folder.to_owned());
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // What went wrong with the watching may have hidden a change.
        if event.is_err() || event.is_ok_and(|event| matters(&event, &of)) {
            wake.notify_one();
        }
    })?;
    // A folder that is replaced is told of where it stands, and so is a link to it.
    let links = folder
        .ancestors()
        .filter(|a| *a == folder || a.is_symlink());
    for place in links.filter_map(Path::parent) {
        // Where that cannot be watched, the glances must do.
        _ = watcher.watch(place, RecursiveMode::NonRecursive);
    }
    match watcher.watch(folder, RecursiveMode::Recursive) {
        Err(error) if folder.exists() => Err(error),
        // A folder that is gone comes back where it stood, which is watched.
        _ => Ok(watcher),
    }
}

/// Whether something may have changed what is in a folder: not that someone reads it, or what happens beside it.
fn matters(event: &Event, folder: &Path) -> bool {
    let wrote = AccessKind::Close(AccessMode::Write);
    let changes = match event.kind {
        EventKind::Access(access) => access == wrote,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    };
    let concerns = |path: &PathBuf| path.starts_with(folder) || folder.starts_with(path);
    changes && (event.need_rescan() || event.paths.is_empty() || event.paths.iter().any(concerns))
}
