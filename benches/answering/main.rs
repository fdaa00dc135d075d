//! How fast one question is answered, beside SQLite's FTS5 and plain tantivy over the same texts, on one core.
//!
//! `cargo bench` measures the shipped base and a generated one of 100,000 entries; `cargo bench -- shipped` or
//! `cargo bench -- generated` only that one. Every system is built and asked in a process of its own, so that its
//! memory is its own.

mod base;
mod fts5;
mod generator;
mod measure;
mod ours;
mod plain_tantivy;
mod table;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use mimalloc::MiMalloc;

use base::Base;
use measure::Measured;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The systems, by the names they have in the table.
const SYSTEMS: [&str; 3] = ["lots", "fts5", "tantivy"];
/// How often the start of the program is measured.
const STARTS: usize = 11;
/// The program itself, built with the same profile.
const PROGRAM: &str = env!("CARGO_BIN_EXE_lots");

fn main() -> anyhow::Result<()> {
    // Cargo passes `--bench` to every benchmark.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => report(&[Base::Shipped, Base::Generated]),
        ["shipped"] => report(&[Base::Shipped]),
        ["generated"] => report(&[Base::Generated]),
        // In a child process: one system, one base.
        ["measure", system, at, at_least] => {
            let measured = measure::system(system, Path::new(at), at_least.parse()?)?;
            say(&serde_json::to_string(&measured)?)
        }
        // For a profiler: the base as it was prepared, kept.
        ["prepare", "shipped", at] => Base::Shipped.prepare(Path::new(at)).map(|_| ()),
        ["prepare", "generated", at] => Base::Generated.prepare(Path::new(at)).map(|_| ()),
        _ => bail!("{args:?} is not understood; use nothing, `shipped` or `generated`"),
    }
}

/// Measures and prints one table a base, and how it was run.
fn report(bases: &[Base]) -> anyhow::Result<()> {
    ensure!(
        Path::new("knowledge").is_dir(),
        "there is no folder `knowledge` here; run `cargo bench` in the folder of Cargo.toml"
    );
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let core = last_core();
    for base in bases {
        let folder = tempfile::tempdir()?;
        let about = base.prepare(folder.path())?;
        let mut rows = Vec::new();
        for system in SYSTEMS {
            rows.push((system, child(system, folder.path(), base.at_least(), core)?));
        }
        say(&table::drawn(&about, &rows))?;
        if matches!(base, Base::Shipped) {
            let start = start_to_answer(core)?;
            say(&format!(
                "lots, from the start of the process to its first answer: {} (median of {STARTS})\n",
                table::time(start)
            ))?;
        }
    }
    say(&how_it_was_run(
        core,
        load.split_whitespace().next().unwrap_or("unknown"),
    ))
}

/// Measures one system in a process of its own.
fn child(
    system: &str,
    at: &Path,
    at_least: usize,
    core: Option<usize>,
) -> anyhow::Result<Measured> {
    let program = std::env::current_exe()?;
    let output = pinned(&program, core)
        .args(["measure", system])
        .arg(at)
        .arg(at_least.to_string())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{system} cannot be measured"))?;
    ensure!(
        output.status.success(),
        "measuring {system} failed: {}",
        output.status
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The median time from starting `lots` to its answer to a first question.
fn start_to_answer(core: Option<usize>) -> anyhow::Result<Duration> {
    let mut times = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let begun = Instant::now();
        let mut process = pinned(Path::new(PROGRAM), core)
            .args(["--knowledge", "knowledge", "ask", "--jsonl"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        process
            .stdin
            .take()
            .context("no standard input")?
            .write_all(b"{\"id\": 1, \"turns\": [\"vilka bidrag finns?\"]}\n")?;
        let output = process.wait_with_output()?;
        times.push(begun.elapsed());
        ensure!(
            output.status.success() && !output.stdout.is_empty(),
            "lots did not answer: {}",
            output.status
        );
    }
    times.sort_unstable();
    Ok(times[STARTS / 2])
}

/// A command that stays on one core, where `taskset` is there to hold it.
fn pinned(program: &Path, core: Option<usize>) -> Command {
    let Some(core) = core else {
        return Command::new(program);
    };
    let mut command = Command::new("taskset");
    command.args(["-c", &core.to_string()]).arg(program);
    command
}

/// The core to stay on: the last, as the first one serves most interrupts. None without `taskset`.
fn last_core() -> Option<usize> {
    let core = std::thread::available_parallelism().ok()?.get() - 1;
    let works = Command::new("taskset")
        .args(["-c", &core.to_string(), "true"])
        .status()
        .is_ok_and(|s| s.success());
    works.then_some(core)
}

fn how_it_was_run(core: Option<usize>, load: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let place = core.map_or("not held to a core (no taskset)".to_owned(), |c| {
        format!("held to core {c} by taskset")
    });
    let profile = if cfg!(debug_assertions) {
        "unoptimised"
    } else {
        "bench (as release)"
    };
    let compiler = Command::new("rustc")
        .arg("-V")
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned());
    format!(
        "run on {cores} cores, each system in its own process {place}; profile {profile}, {}; load average before: {load}",
        compiler
            .ok()
            .filter(|c| !c.is_empty())
            .unwrap_or_else(|| "unknown rustc".to_owned())
    )
}

fn say(text: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
