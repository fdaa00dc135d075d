//! How far people come on the guided ways in, in numbers alone.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::db::{on, plain};
use super::{Store, StoreError};
use crate::knowledge::PathName;

/// What happened at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Happening {
    /// Someone came to it.
    Reached,
    /// Someone said there that it was enough.
    Stopped,
}

impl Happening {
    /// Its name in the table: `reached` or `stopped`.
    pub fn code(self) -> &'static str {
        match self {
            Happening::Reached => "reached",
            Happening::Stopped => "stopped",
        }
    }

    /// The happening with this name.
    pub fn from_code(code: &str) -> Option<Happening> {
        [Happening::Reached, Happening::Stopped]
            .into_iter()
            .find(|happening| happening.code() == code)
    }
}

/// A step of a guided way in, and what happened there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathStep {
    /// The way in.
    pub path: PathName,
    /// The name of the step.
    pub step: String,
    /// What happened.
    pub happening: Happening,
}

impl Store {
    /// Adds to the counts of a day, all of them or none. Fails when the database does not answer.
    pub async fn add_path_steps(
        &self,
        counts: &BTreeMap<(Date, PathStep), u64>,
    ) -> Result<(), StoreError> {
        const ADD: &str = "insert into path_step (day, path, step, happening, count) values ($1, $2, $3, $4, $5) \
            on conflict (day, path, step, happening) do update set count = path_step.count + excluded.count";
        on!(&self.db, pool => {
            let mut transaction = pool.begin_with(self.db.begin()).await?;
            // Two replicas that add the same rows do so in the same order, and so never wait for each other.
            for ((day, step), count) in counts {
                sqlx::query(ADD)
                    .bind(day.to_string())
                    .bind(step.path.code())
                    .bind(&*plain(&step.step))
                    .bind(step.happening.code())
                    .bind(i64::try_from(*count).unwrap_or(i64::MAX))
                    .execute(&mut *transaction)
                    .await?;
            }
            transaction.commit().await?;
            Ok(())
        })
    }

    /// What happened from one day to another, both included, by step. Fails when the database does not answer.
    pub async fn path_steps(
        &self,
        from: Date,
        to: Date,
    ) -> Result<BTreeMap<PathStep, u64>, StoreError> {
        const SUM: &str = "select path, step, happening, cast(sum(count) as bigint) from path_step \
            where day >= $1 and day <= $2 group by path, step, happening";
        let (from, to) = (from.to_string(), to.to_string());
        let rows: Vec<(String, String, String, i64)> = on!(&self.db, pool => {
            sqlx::query_as(SUM).bind(&from).bind(&to).fetch_all(pool).await
        })?;
        // What only a newer version counts is left out.
        let read = |(path, step, happening, count): (String, String, String, i64)| {
            let step = PathStep {
                path: PathName::from_code(&path)?,
                step,
                happening: Happening::from_code(&happening)?,
            };
            Some((step, u64::try_from(count).unwrap_or_default()))
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}
