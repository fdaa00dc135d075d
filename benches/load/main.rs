//! One program on a file of SQLite under mixed traffic for as long as one likes: `cargo bench --bench load -- --minutes 30`.
//!
//! Residents ask by the page without JavaScript and by the API, read and search the entries, and ask on Discord, through the
//! stand-in of the tests; someone of the staff goes through the queue, a question, the figures and the trail. So many a second
//! begin, whether or not those before have been answered, and each is timed from when it was due. Every minute it is printed
//! how long they waited and how much memory the program holds; at the end it stands in `benches/load/RESULT.md`.
//!
//! It fails when anything was answered with something else than what was asked for, and when the program holds more memory in
//! the last third of the time than in the second, by more than a twentieth.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot go on has failed"
)]

mod figures;
mod program;
mod traffic;

#[path = "../../tests/suite/discord/stand_in/mod.rs"]
#[expect(
    dead_code,
    unused_imports,
    reason = "written for the tests, which use more of it"
)]
mod stand_in;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Parser;
use tokio::sync::mpsc::unbounded_channel;

use figures::Figures;
use program::Running;
use traffic::{Kind, Traffic};

#[derive(Parser)]
struct Options {
    /// For how long
    #[arg(long, default_value_t = 1.0)]
    minutes: f64,
    /// How many begin in a second
    #[arg(long, default_value_t = 20)]
    rate: u32,
    /// Where the result is written
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/load/RESULT.md"))]
    result: PathBuf,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

const MINUTE: Duration = Duration::from_secs(60);

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(measure(&options))
}

async fn measure(options: &Options) -> anyhow::Result<()> {
    let time = Duration::from_secs_f64(options.minutes * 60.0);
    let running = Running::start().await?;
    let traffic = Arc::new(Traffic::begin(&running).await?);
    let mut figures = Figures::new(running.memory()?);
    let (done, mut outcomes) = unbounded_channel();
    let began = Instant::now();
    let mut next_minute = MINUTE.min(time);
    let mut number = 0;
    say(&figures::head())?;
    loop {
        let due = began + Duration::from_secs(1) * number / options.rate;
        if due.duration_since(began) >= time {
            break;
        }
        tokio::time::sleep_until(due.into()).await;
        let (traffic, done, kind) = (Arc::clone(&traffic), done.clone(), Kind::of(number));
        tokio::spawn(async move {
            let outcome = traffic.one(kind, number).await;
            // Nobody listens only when it is over.
            _ = done.send((kind, due.elapsed(), outcome));
        });
        number += 1;
        while let Ok((kind, took, outcome)) = outcomes.try_recv() {
            figures.add(kind, took, outcome);
        }
        if began.elapsed() >= next_minute {
            say(&figures.minute(began.elapsed(), running.memory()?))?;
            next_minute += MINUTE;
        }
        if number % options.rate == 0 {
            figures.weigh(began.elapsed(), running.memory()?);
        }
    }
    drop(done);
    while let Some((kind, took, outcome)) = outcomes.recv().await {
        figures.add(kind, took, outcome);
    }
    let last = figures.minute(began.elapsed(), running.memory()?);
    say(&last)?;
    let log = running.end()?;
    let told = figures.told(options, &log);
    std::fs::write(&options.result, &told)?;
    say(&told)?;
    figures.verdict(time)
}

fn say(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")
}
