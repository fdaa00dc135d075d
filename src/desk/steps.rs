//! How far people come on the guided ways in.

use super::Desk;
use super::counting::{Counted, Counts};
use crate::knowledge::PathName;
use crate::store::{Happening, PathStep, Store, StoreError};

/// The name under which it is counted that someone came to what a way in leads to.
pub const PATH_END: &str = "end";

impl Counted for PathStep {
    const MOST: usize = 1_000;
    const NAME: &'static str = "how far people come on the guided ways in";

    async fn write(store: &Store, counts: &Counts<PathStep>) -> Result<(), StoreError> {
        store.add_path_steps(counts).await
    }
}

impl Desk {
    /// Counts what happened at a step of a guided way in, or with [`PATH_END`] that someone came to its end: a number of the
    /// day, without who, where or what was said. It waits for nothing and cannot fail.
    pub fn count_step(&self, path: PathName, step: &str, happening: Happening) {
        let step = PathStep {
            path,
            step: step.to_owned(),
            happening,
        };
        self.steps.count(self.today(), step);
    }
}
