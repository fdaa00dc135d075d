//! How far people come on the guided ways in.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Review, ReviewError};
use crate::desk::PATH_END;
use crate::knowledge::PathName;
use crate::store::{Happening, PathStep, Role};

/// What has happened at the steps of the guided ways in, over some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathFigures {
    counts: BTreeMap<PathStep, u64>,
}

/// What has happened on one way in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayFigures {
    /// What has happened at its steps, in their order.
    pub steps: Vec<StepFigures>,
    /// How many came to what it leads to.
    pub ended: u64,
}

/// What has happened at a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepFigures {
    /// How many came to it.
    pub reached: u64,
    /// How many of them came to any step after it, or to the end.
    pub went_on: u64,
    /// How many said there that it was enough.
    pub stopped: u64,
    /// How many were not heard of again.
    pub left: u64,
}

impl PathFigures {
    /// What has happened on a way in, given its steps in their order. Not everyone is asked everything, so that those who
    /// went on from a step are as many as have come to the most reached of what follows, but never more than came to the
    /// step itself.
    pub fn of(&self, path: PathName, steps: &[&str]) -> WayFigures {
        let count = |step: &str, happening: Happening| {
            let at = PathStep {
                path,
                step: step.to_owned(),
                happening,
            };
            self.counts.get(&at).copied().unwrap_or_default()
        };
        let all = steps.iter().chain([&PATH_END]);
        let reached: Vec<u64> = all.map(|step| count(step, Happening::Reached)).collect();
        let figures = |(place, step): (usize, &&str)| {
            let came = reached[place];
            let after = reached.iter().skip(place + 1).max();
            let went_on = after.copied().unwrap_or_default().min(came);
            let stopped = count(step, Happening::Stopped);
            StepFigures {
                reached: came,
                went_on,
                stopped,
                left: came.saturating_sub(went_on).saturating_sub(stopped),
            }
        };
        WayFigures {
            steps: steps.iter().enumerate().map(figures).collect(),
            ended: count(PATH_END, Happening::Reached),
        }
    }
}

impl Review<'_> {
    /// How far people have come from one day to another, both included. Fails when the database is away.
    pub async fn path_figures(&self, from: Date, to: Date) -> Result<PathFigures, ReviewError> {
        self.require(Role::Reader)?;
        let mut counts = self.desk.open_store()?.path_steps(from, to).await?;
        // Nothing is missing that this replica knows of.
        for ((_, step), count) in self.desk.steps.waiting(from, to) {
            *counts.entry(step).or_default() += count;
        }
        Ok(PathFigures { counts })
    }
}
