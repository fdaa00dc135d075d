//! Trying a draft out: what the questions of the last month, and those that must stay answered, would come to with it.

use std::collections::HashMap;
use std::thread::available_parallelism;
use std::time::Duration;

use jiff::civil::Date;

use super::checking::tried;
use super::{Review, ReviewError};
use crate::answering::{Answerer, Outcome};
use crate::desk::now;
use crate::desk::working::blocking;
use crate::store::{KeptChange, Regression, Role, Stage};

/// How far back questions are tried.
const MONTH: Duration = Duration::from_secs(30 * 24 * 3_600);
/// How many wordings of that month are tried, the most frequent first.
const MOST: u32 = 1_000;
/// How many regression questions are tried.
const MOST_REGRESSIONS: u32 = 5_000;

/// What trying a draft out comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// What would change, the regression questions first and then by how often it was asked.
    pub lines: Vec<ReplayLine>,
    /// How many wordings were tried.
    pub tried: usize,
    /// How many regression questions were tried.
    pub regressions: usize,
    /// How many regression questions would be answered otherwise than they must.
    pub broken: usize,
    /// What the wordings of the cluster itself would come to.
    pub own: Vec<ReplayLine>,
}

/// A wording that would come to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayLine {
    /// The wording, masked.
    pub wording: String,
    /// How often it was asked in the month; 0 for a regression question that nobody asked.
    pub asked: u64,
    /// What it comes to now.
    pub before: Outcome,
    /// What it would come to.
    pub after: Outcome,
    /// What it must come to, when it is a regression question.
    pub expected: Option<Outcome>,
}

impl ReplayLine {
    /// Whether it would break a regression question: one that is answered as it must be now, and would not be.
    pub fn is_broken(&self) -> bool {
        let expected = self.expected.as_ref();
        expected.is_some_and(|e| *e == self.before && *e != self.after)
    }

    fn changes(&self) -> bool {
        self.before != self.after
    }
}

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All that was asked in the last month, and what must stay answered.
    Month,
    /// What must stay answered.
    Kept,
}

/// A wording, how often it was asked, and what it must come to.
type Tried = (String, u64, Option<Outcome>);

/// What is tried.
#[derive(Debug)]
struct Trial {
    wordings: Vec<Tried>,
    /// Those of the cluster.
    own: Vec<String>,
}

impl Review<'_> {
    /// What a draft would change. Fails with [`ReviewError::NotFound`] when it is none, and with
    /// [`ReviewError::Problems`] when it cannot be laid.
    pub async fn replay(&self, id: &str) -> Result<Replay, ReviewError> {
        self.require(Role::Reader)?;
        let kept = self.kept_change(id).await?;
        self.try_out(&kept, Scope::Month).await
    }

    /// The same for a draft at hand, with as much tried as is asked for.
    pub(super) async fn try_out(
        &self,
        kept: &KeptChange,
        scope: Scope,
    ) -> Result<Replay, ReviewError> {
        if kept.stage != Stage::Draft {
            return Err(ReviewError::NotFound);
        }
        let form = serde_json::from_str(&kept.form).map_err(|_| ReviewError::NotFound)?;
        let worked = self.work(&form).await?;
        if !worked.checkup.is_passed() {
            return Err(ReviewError::Problems(worked.checkup.problems));
        }
        let (files, in_use) = (self.files_now()?, self.desk.library.current());
        let (trial, today) = (self.trial(kept, scope).await?, self.desk.today());
        let run = move || {
            let with = tried(&files, &worked.changes, &in_use)?;
            Some(trial.run(&in_use, &with, today))
        };
        blocking(run).await.ok_or(ReviewError::NotFound)
    }

    async fn trial(&self, kept: &KeptChange, scope: Scope) -> Result<Trial, ReviewError> {
        let store = self.desk.open_store()?;
        let since = now() - i64::try_from(MONTH.as_millis()).unwrap_or(i64::MAX);
        let asked = match scope {
            Scope::Month => store.wordings_since(since, MOST).await?,
            Scope::Kept => Vec::new(),
        };
        let regressions = store.regressions(MOST_REGRESSIONS).await?;
        let own = match self.cluster_for(kept).await? {
            Some(cluster) => store.questions_of(&cluster.id, None, MOST).await?,
            None => Vec::new(),
        };
        let mut own: Vec<String> = own.into_iter().map(|q| q.wording).collect();
        own.sort_unstable();
        own.dedup();
        Ok(Trial {
            wordings: together(regressions, asked),
            own,
        })
    }
}

/// The regression questions and what was asked, each wording once.
fn together(regressions: Vec<Regression>, asked: Vec<(String, i64)>) -> Vec<Tried> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    let mut order = Vec::with_capacity(asked.len());
    for (wording, count) in asked {
        counts.insert(wording.clone(), u64::try_from(count).unwrap_or_default());
        order.push(wording);
    }
    let mut all: Vec<Tried> = Vec::new();
    for regression in regressions {
        let asked = counts.remove(&regression.wording).unwrap_or_default();
        let expected = Outcome::parse(&regression.expected);
        all.push((regression.wording, asked, expected));
    }
    let rest = order.into_iter();
    all.extend(rest.filter_map(|wording| Some((wording.clone(), counts.remove(&wording)?, None))));
    all
}

impl Trial {
    /// Tries everything, on all cores.
    fn run(self, now: &Answerer, with: &Answerer, today: Date) -> Replay {
        let (tried, regressions) = (
            self.wordings.len(),
            self.wordings.iter().filter(|(_, _, e)| e.is_some()).count(),
        );
        let own = self.own.into_iter().map(|wording| (wording, 0, None));
        let all: Vec<Tried> = self.wordings.into_iter().chain(own).collect();
        let cores = available_parallelism().map_or(1, usize::from);
        let share = all.len().div_ceil(cores).max(1);
        let line = |(wording, asked, expected): &Tried| ReplayLine {
            before: now.outcome(wording, today),
            after: with.outcome(wording, today),
            wording: wording.clone(),
            asked: *asked,
            expected: expected.clone(),
        };
        let mut lines: Vec<ReplayLine> = std::thread::scope(|threads| {
            let works: Vec<_> = all
                .chunks(share)
                .map(|part| threads.spawn(move || part.iter().map(line).collect::<Vec<_>>()))
                .collect();
            let done = works.into_iter().map(|work| match work.join() {
                Ok(lines) => lines,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            done.flatten().collect()
        });
        let own = lines.split_off(tried);
        lines.retain(ReplayLine::changes);
        Replay {
            broken: lines.iter().filter(|l| l.is_broken()).count(),
            own,
            lines,
            tried,
            regressions,
        }
    }
}
