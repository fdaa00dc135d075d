//! Ideas that have been handed over: listed, shown, answered, closed.

use serde::{Deserialize, Serialize};

use super::forms::wrong;
use super::{Review, ReviewError};
use crate::knowledge::private_data_in;
use crate::store::{Idea, IdeaAct, IdeaPlace, IdeaState, Receipt, Role};

/// How many ideas stand on a page.
const PAGE: u32 = 50;
/// An answer may be so long, in characters: every channel shows it whole.
pub const LONGEST_REPLY: usize = 3_000;

/// Which ideas to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdeaFilter {
    /// The code of the state to show; empty for all.
    pub state: String,
    /// Where the page begins, as [`Ideas::next`] gives it; empty for the first.
    pub after: String,
}

/// A page of the ideas.
#[derive(Clone, Debug)]
pub struct Ideas {
    /// The ideas: those that are new first, of each the latest first.
    pub ideas: Vec<Idea>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
    /// How many wait for an answer in all.
    pub waiting: u64,
}

impl IdeaFilter {
    fn place(&self) -> Option<IdeaPlace> {
        let mut parts = self.after.splitn(3, '.');
        Some(IdeaPlace {
            is_new: parts.next()? == "new",
            asked_at: parts.next()?.parse().ok()?,
            receipt: parts.next()?.to_owned(),
        })
    }
}

impl Review<'_> {
    /// A page of the ideas. Fails when the database is away.
    pub async fn ideas(&self, filter: &IdeaFilter) -> Result<Ideas, ReviewError> {
        self.require(Role::Reader)?;
        let store = self.desk.open_store()?;
        let state = IdeaState::from_code(&filter.state);
        let mut ideas = store
            .ideas(state, filter.place().as_ref(), PAGE + 1)
            .await?;
        let has_more = ideas.len() > PAGE as usize;
        ideas.truncate(PAGE as usize);
        let last = ideas.last().filter(|_| has_more).map(Idea::place);
        Ok(Ideas {
            next: last.map(|place| {
                let standing = if place.is_new { "new" } else { "done" };
                format!("{standing}.{}.{}", place.asked_at, place.receipt)
            }),
            ideas,
            waiting: store.count_new_ideas().await?,
        })
    }

    /// One idea. Fails with [`ReviewError::NotFound`], and when the database is away.
    pub async fn idea(&self, receipt: &Receipt) -> Result<Idea, ReviewError> {
        self.require(Role::Reader)?;
        let store = self.desk.open_store()?;
        store.idea(receipt).await?.ok_or(ReviewError::NotFound)
    }

    /// Answers an idea, given with the version that was seen: its receipt shows the text from now on, and whoever wants to be
    /// told is. For editors. Fails with [`ReviewError::Changed`] when somebody has been faster, and with
    /// [`ReviewError::Problems`] when there is no text, when it is longer than [`LONGEST_REPLY`], and when something in it is a
    /// private person's.
    pub async fn answer_idea(
        &self,
        receipt: &Receipt,
        version: i64,
        text: &str,
    ) -> Result<(), ReviewError> {
        let state = IdeaState::Answered;
        self.act_on_idea(receipt, version, state, text).await
    }

    /// Closes an idea that nothing will come of, and says why; otherwise as [`Review::answer_idea`].
    pub async fn close_idea(
        &self,
        receipt: &Receipt,
        version: i64,
        text: &str,
    ) -> Result<(), ReviewError> {
        let state = IdeaState::Closed;
        self.act_on_idea(receipt, version, state, text).await
    }

    async fn act_on_idea(
        &self,
        receipt: &Receipt,
        version: i64,
        state: IdeaState,
        text: &str,
    ) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let before = self.idea(receipt).await?;
        let text = usable(text)?;
        let act = match state {
            IdeaState::Closed => "idea-closed",
            IdeaState::Answered | IdeaState::New => "idea-answered",
        };
        let mut audit = self.audit(act, about(receipt));
        audit.before = before.state.code().to_owned();
        audit.after = state.code().to_owned();
        let act = IdeaAct {
            receipt,
            version,
            state,
            text,
            role: self.staff.role().code(),
        };
        if self.desk.open_store()?.act_on_idea(&act, &audit).await? {
            return Ok(());
        }
        let now = self.idea(receipt).await?;
        Err(ReviewError::Changed { by: now.changed_by })
    }
}

/// What was written, when whoever has the idea can be shown it.
fn usable(text: &str) -> Result<&str, ReviewError> {
    const FIELD: &str = "text";
    let text = text.trim();
    if text.is_empty() {
        let mend = "write what whoever has the idea is to be told";
        return Err(ReviewError::Problems(vec![wrong(
            FIELD,
            "nothing is written",
            mend,
        )]));
    }
    let length = text.chars().count();
    if length > LONGEST_REPLY {
        let reason = format!("it has {length} characters");
        let mend = "use 3000 at most";
        return Err(ReviewError::Problems(vec![wrong(FIELD, reason, mend)]));
    }
    let problems = private_data_in(FIELD, text);
    if problems.is_empty() {
        Ok(text)
    } else {
        Err(ReviewError::Problems(problems))
    }
}

/// How the trail names an idea: by what does not lead to it for whoever has only the trail.
fn about(receipt: &Receipt) -> String {
    let begin: String = receipt.as_str().chars().take(4).collect();
    format!("idea/{begin}")
}
