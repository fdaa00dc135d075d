//! What is switched for everyone, and how things stand.

use std::ops::RangeInclusive;

use super::forms::wrong;
use super::{Review, ReviewError, why};
use crate::answering::Outcome;
use crate::desk::KeptDays;
use crate::desk::resting::{ON, RESTING};
use crate::desk::retention::RETENTION;
use crate::desk::working::blocking;
use crate::knowledge::Problem;
use crate::store::{Regression, Role, Setting, State};

/// How many regression questions are listed.
const REGRESSIONS: u32 = 5_000;

/// For how many days anything may be kept: at least until it can have been dealt with, at most for ten years.
pub const KEPT_FOR: RangeInclusive<u32> = 1..=3_650;

/// How things stand, in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewFigures {
    /// How many clusters wait.
    pub waiting: u64,
    /// How many questions are in those.
    pub waiting_questions: u64,
    /// How many questions are in each state.
    pub states: Vec<(State, i64)>,
    /// Of the questions whose office staff have judged: how many there are.
    pub judged: u64,
    /// For how many of those the office that was named was the right one.
    pub rightly_routed: u64,
}

impl Review<'_> {
    /// Has lots rest, or go on, in every channel. For admins.
    pub async fn rest(&self, rests: bool, reason: &str) -> Result<(), ReviewError> {
        self.require(Role::Admin)?;
        let store = self.desk.open_store()?;
        let value = |rests: bool| if rests { ON } else { "" };
        let mut audit = self.audit("resting", "setting/resting".to_owned());
        audit.before = store.setting(RESTING).await?.value;
        audit.after = value(rests).to_owned();
        audit.reason = why(reason);
        store.set(RESTING, value(rests), &audit).await?;
        Ok(self.desk.look_whether_resting().await?)
    }

    /// Who had lots rest or go on last, and when. Fails when the database is away.
    pub async fn resting(&self) -> Result<Setting, ReviewError> {
        self.require(Role::Reader)?;
        Ok(self.desk.open_store()?.setting(RESTING).await?)
    }

    /// Sets how many days things are kept, and deletes what is past its time by that; `None` goes back to what the
    /// settings of the program say. For admins. Fails with [`ReviewError::Problems`] when a number is out of
    /// [`KEPT_FOR`]; the path of such a problem is the name of the field.
    pub async fn keep_for(&self, days: Option<KeptDays>, reason: &str) -> Result<(), ReviewError> {
        self.require(Role::Admin)?;
        let value = match days {
            Some(days) => {
                reasonable(days)?;
                serde_json::to_string(&days).unwrap_or_default()
            }
            None => String::new(),
        };
        let store = self.desk.open_store()?;
        let mut audit = self.audit("retention-set", format!("setting/{RETENTION}"));
        audit.before = serde_json::to_string(&self.desk.kept()).unwrap_or_default();
        audit.after = value.clone();
        audit.reason = why(reason);
        store.set(RETENTION, &value, &audit).await?;
        self.desk.look_how_long_kept().await?;
        self.desk.purge().await?;
        Ok(self.desk.tidy_clusters().await?)
    }

    /// How things stand. Fails when the database is away.
    pub async fn figures(&self) -> Result<ReviewFigures, ReviewError> {
        self.require(Role::Reader)?;
        let store = self.desk.open_store()?;
        let (waiting, waiting_questions) = store.waiting().await?;
        let (judged, rightly_routed) = store.routing_accuracy().await?;
        Ok(ReviewFigures {
            waiting,
            waiting_questions,
            states: store.count_by_state().await?,
            judged,
            rightly_routed,
        })
    }

    /// The regression questions, each with what it comes to now. Fails when the database is away.
    pub async fn regressions(&self) -> Result<Vec<(Regression, Outcome)>, ReviewError> {
        self.require(Role::Reader)?;
        let all = self.desk.open_store()?.regressions(REGRESSIONS).await?;
        let (answerer, today) = (self.desk.library.current(), self.desk.today());
        let tried = move || {
            let each = all.into_iter();
            each.map(|r| (answerer.outcome(&r.wording, today), r))
                .map(|(outcome, r)| (r, outcome))
                .collect()
        };
        Ok(blocking(tried).await)
    }

    /// Gives a regression question up. Fails with [`ReviewError::NotFound`] when there is none.
    pub async fn retire_regression(&self, id: &str, reason: &str) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let mut audit = self.audit("regression-retired", format!("regression/{id}"));
        audit.reason = why(reason);
        match self
            .desk
            .open_store()?
            .retire_regression(id, &audit)
            .await?
        {
            true => Ok(()),
            false => Err(ReviewError::NotFound),
        }
    }
}

/// Whether things may be kept for so long.
fn reasonable(days: KeptDays) -> Result<(), ReviewError> {
    let fields = [
        ("new", days.new),
        ("assigned", days.assigned),
        ("answered", days.answered),
        ("taught", days.taught),
        ("not_ours", days.not_ours),
        ("dismissed", days.dismissed),
        ("conversations", days.conversations),
        ("call_backs", days.call_backs),
    ];
    let wrong = |(field, days): (&str, u32)| {
        let reason = format!("{days} days are too few or too many");
        (!KEPT_FOR.contains(&days)).then(|| wrong(field, reason, "use 1 to 3650 days"))
    };
    let problems: Vec<Problem> = fields.into_iter().filter_map(wrong).collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(ReviewError::Problems(problems))
    }
}
