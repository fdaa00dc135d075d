//! How long people waited, what went wrong, and how much memory the program held.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use anyhow::ensure;
use jiff::Timestamp;

use crate::Options;
use crate::traffic::Kind;

/// How much more memory the program may hold in the last third of the time than in the second.
const GROWTH: f64 = 1.05;
/// So many things that went wrong are told of.
const TOLD: usize = 10;
/// Below this time, memory says nothing: what is kept for next time is still filling.
const LEAST: Duration = Duration::from_secs(5 * 60);

/// What was measured.
pub(crate) struct Figures {
    /// Since the last minute, and in all.
    minute: BTreeMap<Kind, Vec<Duration>>,
    all: BTreeMap<Kind, Vec<Duration>>,
    wrong: Vec<String>,
    wrong_before: usize,
    /// When, and how many bytes.
    weights: Vec<(Duration, u64)>,
    took: Duration,
    log: String,
}

/// The head of the table of minutes.
pub(crate) fn head() -> String {
    "| minute | requests | errors | p50 | p95 | p99 | memory |\n|---|---|---|---|---|---|---|"
        .to_owned()
}

impl Figures {
    /// Of a program that holds so much memory at the start.
    pub(crate) fn new(weight: u64) -> Figures {
        Figures {
            minute: BTreeMap::new(),
            all: BTreeMap::new(),
            wrong: Vec::new(),
            wrong_before: 0,
            weights: vec![(Duration::ZERO, weight)],
            took: Duration::ZERO,
            log: String::new(),
        }
    }

    /// Something has been done.
    pub(crate) fn add(&mut self, kind: Kind, took: Duration, outcome: anyhow::Result<()>) {
        self.minute.entry(kind).or_default().push(took);
        self.all.entry(kind).or_default().push(took);
        if let Err(error) = outcome {
            self.wrong.push(format!("{}: {error:#}", kind.name()));
        }
    }

    /// The program holds so many bytes.
    pub(crate) fn weigh(&mut self, at: Duration, weight: u64) {
        self.weights.push((at, weight));
    }

    /// The line of the minute that is over.
    pub(crate) fn minute(&mut self, at: Duration, weight: u64) -> String {
        self.weigh(at, weight);
        self.took = at;
        let mut times: Vec<Duration> = self.minute.values().flatten().copied().collect();
        self.minute.clear();
        let wrong = self.wrong.len() - self.wrong_before;
        self.wrong_before = self.wrong.len();
        format!(
            "| {:.1} | {} | {wrong} | {} | {} |",
            at.as_secs_f64() / 60.0,
            times.len(),
            spread(&mut times),
            megabytes(weight as f64)
        )
    }

    /// The whole of it, as a page of Markdown.
    pub(crate) fn told(&mut self, options: &Options, log: &str) -> String {
        self.log = log.to_owned();
        let (second, last) = self.thirds();
        let mut text = format!(
            "# Under load\n\n`cargo bench --bench load -- --minutes {} --rate {}`, {}, {} on {}: one program on a file of SQLite, \
             residents on the page, by the API and on Discord, and staff in the console, so many beginning in a second.\n\n\
             | what | requests | p50 | p95 | p99 | longest |\n|---|---|---|---|---|---|\n",
            options.minutes,
            options.rate,
            Timestamp::now().strftime("%Y-%m-%d"),
            env!("CARGO_PKG_VERSION"),
            machine(),
        );
        for kind in Kind::ALL {
            let times = self.all.entry(kind).or_default();
            _ = writeln!(
                text,
                "| {} | {} | {} | {} |",
                kind.name(),
                times.len(),
                spread(times),
                longest(times)
            );
        }
        let mut times: Vec<Duration> = self.all.values().flatten().copied().collect();
        _ = writeln!(
            text,
            "| all | {} | {} | {} |\n",
            times.len(),
            spread(&mut times),
            longest(&times)
        );
        _ = writeln!(
            text,
            "{:.0} a second for {:.1} minutes; {} errors; {} lines of warning in the log.",
            times.len() as f64 / self.took.as_secs_f64(),
            self.took.as_secs_f64() / 60.0,
            self.wrong.len(),
            log.lines().count()
        );
        _ = writeln!(
            text,
            "Memory: {} at the start, {} on average in the second third, {} in the last, {} at most.",
            megabytes(self.weights[0].1 as f64),
            megabytes(second),
            megabytes(last),
            megabytes(
                self.weights
                    .iter()
                    .map(|(_, w)| *w)
                    .max()
                    .unwrap_or_default() as f64
            ),
        );
        for wrong in self.wrong.iter().take(TOLD) {
            _ = writeln!(text, "- {wrong}");
        }
        text
    }

    /// Fails when something went wrong, and when the program grew.
    pub(crate) fn verdict(&self, time: Duration) -> anyhow::Result<()> {
        ensure!(self.wrong.is_empty(), "{} went wrong", self.wrong.len());
        ensure!(self.log.is_empty(), "the program warns:\n{}", self.log);
        let (second, last) = self.thirds();
        ensure!(
            time < LEAST || last <= second * GROWTH,
            "the program grew from {} to {}",
            megabytes(second),
            megabytes(last)
        );
        Ok(())
    }

    /// What the program held on average in the second third of the time, and in the last.
    fn thirds(&self) -> (f64, f64) {
        let third = self.took / 3;
        let average = |from: Duration, to: Duration| {
            let within = self
                .weights
                .iter()
                .filter(|(at, _)| (from..=to).contains(at));
            let weights: Vec<f64> = within.map(|(_, weight)| *weight as f64).collect();
            weights.iter().sum::<f64>() / weights.len().max(1) as f64
        };
        (average(third, third * 2), average(third * 2, self.took))
    }
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times
            .get(place.min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    format!("{:.1?} | {:.1?} | {:.1?}", at(0.5), at(0.95), at(0.99))
}

fn longest(times: &[Duration]) -> String {
    format!("{:.1?}", times.iter().max().copied().unwrap_or_default())
}

fn megabytes(bytes: f64) -> String {
    format!("{:.1} MB", bytes / 1_000_000.0)
}

/// What it ran on.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|l| l.strip_prefix("model name"));
    let model = model.map_or("", |m| m.trim_start_matches([' ', '\t', ':']));
    format!("{cores} cores of {model}")
}
