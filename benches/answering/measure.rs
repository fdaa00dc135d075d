//! One system over one base: built, asked, and measured from within its own process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::base::{BASE, DOCUMENTS, Document, QUESTIONS, Wanted};
use super::{fts5, ours, plain_tantivy};

/// Something that answers questions, ready.
pub(crate) trait System {
    /// The ids of the best entries for a question, at most ten, best first.
    fn first_ten(&mut self, question: &str) -> anyhow::Result<Vec<String>>;
}

/// What was measured. Times in nanoseconds, memory in KiB.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) per_second: f64,
    pub(crate) p50: u64,
    pub(crate) p99: u64,
    pub(crate) max: u64,
    pub(crate) ready: u64,
    /// How much the resident set grew until ready.
    pub(crate) memory: u64,
    /// How much it had grown at its highest until then.
    pub(crate) peak: u64,
    /// The share of the questions with an entry that has it among the first ten.
    pub(crate) in_ten: f64,
}

/// How many questions are asked before the clock runs.
const WARM_UP: usize = 300;

/// Builds a system over a prepared base and asks it every question, over and over until at least so many were measured.
pub(crate) fn system(name: &str, at: &Path, at_least: usize) -> anyhow::Result<Measured> {
    let questions: Vec<Wanted> = lines(&at.join(QUESTIONS))?.collect::<anyhow::Result<_>>()?;
    let before = Resident::now()?;
    let mut clock = Clock::default();
    let mut system: Box<dyn System> = match name {
        "lots" => Box::new(ours::Lots::build(&at.join(BASE), &mut clock)?),
        "fts5" => Box::new(fts5::Fts5::build(documents(at)?, &mut clock)?),
        "tantivy" => Box::new(plain_tantivy::Tantivy::build(documents(at)?, &mut clock)?),
        other => bail!("{other} is not a system"),
    };
    let after = Resident::now()?;
    for question in questions.iter().cycle().take(WARM_UP) {
        std::hint::black_box(system.first_ten(&question.text)?);
    }
    let mut times: Vec<u64> = Vec::with_capacity(at_least + questions.len());
    while times.len() < at_least {
        for question in &questions {
            let begun = Instant::now();
            let found = system.first_ten(std::hint::black_box(&question.text))?;
            times.push(begun.elapsed().as_nanos() as u64);
            std::hint::black_box(found);
        }
    }
    let total: u64 = times.iter().sum();
    let per_second = times.len() as f64 / (total as f64 / 1e9);
    times.sort_unstable();
    let at_share = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    Ok(Measured {
        per_second,
        p50: at_share(0.5),
        p99: at_share(0.99),
        max: at_share(1.0),
        ready: clock.total.as_nanos() as u64,
        memory: after.now.saturating_sub(before.now),
        peak: after.highest.saturating_sub(before.now),
        in_ten: in_ten(system.as_mut(), &questions)?,
    })
}

fn in_ten(system: &mut dyn System, questions: &[Wanted]) -> anyhow::Result<f64> {
    let (mut asked, mut found) = (0, 0);
    for question in questions.iter().filter(|q| !q.entries.is_empty()) {
        let ids = system.first_ten(&question.text)?;
        asked += 1;
        found += usize::from(ids.iter().any(|id| question.entries.contains(id)));
    }
    Ok(f64::from(found as u32) / f64::from((asked as u32).max(1)))
}

/// The texts of the base, read one at a time so that only the system holds them.
fn documents(at: &Path) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Document>>> {
    lines(&at.join(DOCUMENTS))
}

fn lines<T: serde::de::DeserializeOwned>(
    path: &Path,
) -> anyhow::Result<impl Iterator<Item = anyhow::Result<T>> + use<T>> {
    let file =
        std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(BufReader::new(file)
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?)))
}

/// Adds up the time of building, without the reading in between.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    total: Duration,
}

impl Clock {
    /// Does a part of the building with the clock running.
    pub(crate) fn run<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let done = work();
        self.total += begun.elapsed();
        done
    }
}

/// The resident set of this process, in KiB.
struct Resident {
    now: u64,
    highest: u64,
}

impl Resident {
    fn now() -> anyhow::Result<Resident> {
        let status = std::fs::read_to_string("/proc/self/status")
            .context("memory is read from /proc, which is not here")?;
        let value = |name: &str| {
            let line = status
                .lines()
                .find_map(|l| l.strip_prefix(name))
                .with_context(|| format!("no {name} in /proc/self/status"))?;
            Ok::<u64, anyhow::Error>(line.trim().trim_end_matches(" kB").parse()?)
        };
        Ok(Resident {
            now: value("VmRSS:")?,
            highest: value("VmHWM:")?,
        })
    }
}
