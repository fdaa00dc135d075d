//! How many inputs are tried: as many as a target says, or for as long as `LOTS_FUZZ_SECONDS` says, and then how many there
//! were is added to the file that `LOTS_FUZZ_COUNTS` names. An input that failed is kept and tried first from then on.

use std::io::Write;
use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{
    Config, FileFailurePersistence, TestCaseResult, TestError, TestRunner,
};

/// Holds what a strategy makes to a property. `kept` is the file of the inputs that have failed.
pub(super) fn try_out<S: Strategy>(
    kept: &'static str,
    cases: u32,
    strategy: &S,
    property: impl Fn(S::Value) -> TestCaseResult,
) {
    let name = kept.rsplit('/').next().unwrap().trim_end_matches(".txt");
    let seconds = std::env::var("LOTS_FUZZ_SECONDS").ok();
    let time = seconds.map(|s| Duration::from_secs(s.parse().expect("a number of seconds")));
    let (began, mut tried) = (Instant::now(), 0_u64);
    loop {
        let config = Config {
            cases,
            failure_persistence: Some(Box::new(FileFailurePersistence::Direct(kept))),
            max_shrink_iters: 2_000,
            ..Config::default()
        };
        match TestRunner::new(config).run(strategy, &property) {
            Ok(()) => tried += u64::from(cases),
            Err(TestError::Fail(reason, input)) => {
                panic!("{name}: {reason}\nafter {tried}, by {input:#?}")
            }
            Err(TestError::Abort(reason)) => panic!("{name}: {reason}"),
        }
        if time.is_none_or(|time| began.elapsed() >= time) {
            break;
        }
    }
    if let Ok(counts) = std::env::var("LOTS_FUZZ_COUNTS") {
        let file = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(counts);
        writeln!(file.unwrap(), "{name} {tried}").unwrap();
    }
}
