//! The part of the story about how far people come on the guided ways in.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use lots::knowledge::PathName;
use lots::store::{Happening, PathStep, PurgeRule, Purgeable, Store};

use super::NOON;

const TODAY: Date = date(2026, 11, 23);

pub(super) async fn steps_are_counted_by_day(store: &Store) {
    let yesterday = TODAY.yesterday().unwrap();
    let year_ago = date(2025, 11, 22);
    let counts = |all: &[(Date, &PathStep, u64)]| -> BTreeMap<(Date, PathStep), u64> {
        let all = all.iter();
        all.map(|(day, step, count)| ((*day, (*step).clone()), *count))
            .collect()
    };
    let (came, stopped, other) = (
        step(PathName::Grants, "who", Happening::Reached),
        step(PathName::Grants, "who", Happening::Stopped),
        step(PathName::People, "whö\0", Happening::Reached),
    );
    let first = counts(&[
        (yesterday, &came, 2),
        (TODAY, &came, 3),
        (TODAY, &stopped, 1),
    ]);
    store.add_path_steps(&first).await.unwrap();
    store.add_path_steps(&counts(&[])).await.unwrap();
    let adding = (0..4).map(|_| {
        let (store, more) = (
            store.clone(),
            counts(&[(TODAY, &came, 1), (TODAY, &other, 1), (year_ago, &came, 5)]),
        );
        tokio::spawn(async move { store.add_path_steps(&more).await.unwrap() })
    });
    for added in adding.collect::<Vec<_>>() {
        added.await.unwrap();
    }
    let other = step(PathName::People, "whö\u{fffd}", Happening::Reached);
    let of = async |from, to| -> Vec<(PathStep, u64)> {
        let all = store.path_steps(from, to).await.unwrap();
        all.into_iter().collect()
    };
    let today = [(came.clone(), 7), (stopped.clone(), 1), (other.clone(), 4)];
    assert_eq!(of(TODAY, TODAY).await, today);
    let both = [(came.clone(), 9), (stopped, 1), (other, 4)];
    assert_eq!(of(yesterday, TODAY).await, both);
    assert_eq!(of(Date::MIN, year_ago).await, [(came, 20)]);

    let rules = [PurgeRule {
        name: "steg".to_owned(),
        what: Purgeable::PathSteps,
        older_than_days: 365,
    }];
    let lines = store.purge(&rules, "", NOON + 5).await.unwrap();
    let told: Vec<_> = lines.iter().map(|l| (l.rule.as_deref(), l.count)).collect();
    assert_eq!(told, [(None, 1), (Some("steg"), 1)]);
    assert_eq!(of(Date::MIN, Date::MAX).await, both);
}

fn step(path: PathName, step: &str, happening: Happening) -> PathStep {
    PathStep {
        path,
        step: step.to_owned(),
        happening,
    }
}
