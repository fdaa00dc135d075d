//! The base on the shelf: found, read, checked for use, indexed, and swapped for a newer one while questions go on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_embed::RustEmbed;

use crate::answering::Answerer;
use crate::knowledge::{Files, Knowledge, Problem, Severity, check_loaded};

/// The base that the program carries, so that a copied binary works alone.
#[derive(RustEmbed)]
#[folder = "knowledge/"]
struct Bundled;

/// Larger files are no entries; reading them would only cost memory.
const LARGEST_FILE: u64 = 1_000_000;

/// Where a base comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A folder.
    Folder(PathBuf),
    /// The program itself.
    Bundled,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Folder(path) => write!(f, "{}", path.display()),
            Origin::Bundled => f.write_str("the bundled base"),
        }
    }
}

/// Why a base cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The folder cannot be read.
    #[error(
        "the knowledge base at {path} cannot be read; give a folder with --knowledge or LOTS_KNOWLEDGE"
    )]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Nothing in it can be used.
    #[error(
        "the knowledge base at {origin} cannot be used: {reason}; run `lots check` to see every problem"
    )]
    Unusable {
        /// Where it was read from.
        origin: String,
        /// The first problem.
        reason: String,
    },
}

/// The base in use, and how what lies on disk stands to it.
#[derive(Debug)]
pub struct Library {
    current: ArcSwap<Answerer>,
    zone: ArcSwap<TimeZone>,
    standing: ArcSwap<BaseStanding>,
}

/// How the base on disk stands to the one in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseStanding {
    /// Since when the base in use has been in use.
    pub since: Timestamp,
    /// Why what lies on disk has not been taken into use, when it has not.
    pub refused: Option<Refused>,
}

/// Why the base on disk is not the one in use, or only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Since when.
    pub since: Timestamp,
    /// How many problems there are to mend.
    pub problems: usize,
    /// The first of them, with its file and line.
    pub first: String,
}

/// A base that was read and checked, on its way into use.
#[derive(Debug)]
pub(super) struct Checked {
    /// Every problem, the warnings too.
    pub(super) problems: Vec<Problem>,
    /// Answers from it; `None` when a problem is an error.
    answerer: Option<Answerer>,
}

impl Library {
    /// Takes a base into use.
    pub fn new(answerer: Answerer) -> Self {
        Library {
            zone: ArcSwap::from_pointee(zone_of(&answerer)),
            current: ArcSwap::from_pointee(answerer),
            standing: ArcSwap::from_pointee(BaseStanding {
                since: Timestamp::now(),
                refused: None,
            }),
        }
    }

    /// The base in use now. A question keeps the one it began with.
    pub fn current(&self) -> Arc<Answerer> {
        self.current.load_full()
    }

    /// The time zone of the municipality, by the base in use.
    pub fn zone(&self) -> TimeZone {
        self.zone.load().as_ref().clone()
    }

    /// How the base on disk stands to the one in use.
    pub fn standing(&self) -> Arc<BaseStanding> {
        self.standing.load_full()
    }

    /// Takes another base into use, if it passes: one with errors never replaces one without.
    ///
    /// Returns the problems; the base was replaced when none of them is an error.
    pub fn replace(&self, files: &Files, today: Date) -> Vec<Problem> {
        self.settle(Checked::of(files, today, &self.current()))
    }

    /// The same for a base that was checked before; its problems.
    pub(super) fn settle(&self, checked: Checked) -> Vec<Problem> {
        match checked.answerer {
            Some(answerer) => {
                self.zone.store(Arc::new(zone_of(&answerer)));
                self.current.store(Arc::new(answerer));
                self.standing.store(Arc::new(BaseStanding {
                    since: Timestamp::now(),
                    refused: None,
                }));
            }
            None => self.refuse_for(&checked.problems),
        }
        checked.problems
    }

    /// Notes that what lies on disk is not used for its problems.
    pub(super) fn refuse_for(&self, problems: &[Problem]) {
        let first = errors(problems).next().map_or_else(
            || "nothing in it can be read".to_owned(),
            |p| format!("{}:{}: {}", p.path, p.line, p.reason),
        );
        self.refuse(errors(problems).count().max(1), first);
    }

    /// Notes that what lies on disk is not used, and the first reason why.
    pub(super) fn refuse(&self, problems: usize, first: String) {
        let before = self.standing();
        // What is broken in another way than before is still broken, and since then.
        let since = before.refused.as_ref().map(|r| r.since);
        self.standing.store(Arc::new(BaseStanding {
            since: before.since,
            refused: Some(Refused {
                since: since.unwrap_or_else(Timestamp::now),
                problems,
                first,
            }),
        }));
    }
}

impl Checked {
    /// Checks a base and, when it passes, indexes it after the one in use. Takes up to a second for a large one.
    pub(super) fn of(files: &Files, today: Date, in_use: &Answerer) -> Checked {
        let loaded = Knowledge::load(files);
        std::thread::scope(|threads| {
            // Most of what is saved passes, and is indexed by then.
            let knowledge = loaded.knowledge.clone();
            let indexing = threads.spawn(|| knowledge.map(|k| in_use.renewed(k)));
            let problems = check_loaded(files, &loaded, today);
            let indexed = match indexing.join() {
                Ok(indexed) => indexed,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            Checked {
                answerer: indexed.filter(|_| errors(&problems).next().is_none()),
                problems,
            }
        })
    }
}

/// The problems for which a base is not used.
pub(super) fn errors(problems: &[Problem]) -> impl Iterator<Item = &Problem> {
    problems.iter().filter(|p| p.severity == Severity::Error)
}

/// The time zone that a base names, or UTC where it is not known.
fn zone_of(answerer: &Answerer) -> TimeZone {
    let municipality = answerer.knowledge().municipality();
    municipality.zone().unwrap_or_else(|error| {
        let zone = &municipality.timezone;
        tracing::warn!(
            zone,
            %error,
            "the time zone in municipality.toml is not known; UTC is used"
        );
        TimeZone::UTC
    })
}

/// Where the base is: the folder that was set; else `knowledge` here or beside the program; else the bundled one.
pub fn find(set: Option<&Path>) -> Origin {
    if let Some(folder) = set {
        return Origin::Folder(folder.to_owned());
    }
    let beside = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(|p| p.join("knowledge")));
    [Some(PathBuf::from("knowledge")), beside]
        .into_iter()
        .flatten()
        .find(|folder| folder.join("municipality.toml").is_file())
        .map_or(Origin::Bundled, Origin::Folder)
}

/// The files of a base. Fails when its folder cannot be read.
pub fn read(origin: &Origin) -> Result<Files, LibraryError> {
    match origin {
        Origin::Folder(folder) => {
            let mut files = Files::new();
            read_folder(folder, folder, &mut files)?;
            Ok(files)
        }
        Origin::Bundled => Ok(Bundled::iter()
            .filter_map(|path| {
                Bundled::get(&path).map(|file| {
                    (
                        path.into_owned(),
                        String::from_utf8_lossy(&file.data).into_owned(),
                    )
                })
            })
            .collect()),
    }
}

/// Reads and indexes a base. Problems that leave the rest usable are logged, not fatal.
pub fn open(origin: &Origin) -> Result<Answerer, LibraryError> {
    let files = read(origin)?;
    let loaded = Knowledge::load(&files);
    drop(files);
    let first = loaded
        .problems
        .first()
        .map(|p| format!("{}:{}: {}", p.path, p.line, p.reason));
    let Some(knowledge) = loaded.knowledge else {
        return Err(LibraryError::Unusable {
            origin: origin.to_string(),
            reason: first.unwrap_or_else(|| "it is empty".to_owned()),
        });
    };
    if let Some(first) = first {
        tracing::warn!(
            problems = loaded.problems.len(),
            first,
            "the base has problems; `lots check` lists them"
        );
    }
    Ok(Answerer::new(knowledge))
}

fn read_folder(folder: &Path, base: &Path, files: &mut Files) -> Result<(), LibraryError> {
    let unreadable = |path: &Path, source| LibraryError::Unreadable {
        path: path.to_owned(),
        source,
    };
    for item in std::fs::read_dir(folder).map_err(|e| unreadable(folder, e))? {
        let item = item.map_err(|e| unreadable(folder, e))?;
        let path = item.path();
        if item.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let metadata = match std::fs::metadata(&path) {
            Ok(metadata) => metadata,
            // What an editor puts there for a moment may be gone by now; a link that leads nowhere is still there.
            Err(_) if std::fs::symlink_metadata(&path).is_err() => continue,
            Err(error) => return Err(unreadable(&path, error)),
        };
        if metadata.is_dir() {
            // Two levels are all there is; deeper folders, or links in a circle, are not the base's.
            if folder == base {
                read_folder(&path, base, files)?;
            }
            continue;
        }
        let wanted = path.extension().is_some_and(|e| e == "md" || e == "toml");
        if wanted && metadata.len() <= LARGEST_FILE {
            let bytes = std::fs::read(&path).map_err(|e| unreadable(&path, e))?;
            let name = path
                .strip_prefix(base)
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}
