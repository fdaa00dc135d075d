//! The log as it is: questions listed, shown, answered one by one, exported.

use jiff::Timestamp;
use serde::Serialize;

use crate::desk::Desk;
use crate::desk::sheets::{self, Cell, Export};
use crate::store::{Filter, Question, Receipt, State, StoreError};

/// Paging through an export takes this many at a time.
const PAGE: u32 = 500;

/// A logged question, as staff see it.
#[derive(Clone, Debug, Serialize)]
pub struct OpenQuestion {
    /// The receipt code that the asker has.
    pub receipt: String,
    /// When it was asked, as RFC 3339 in UTC.
    pub asked_at: String,
    /// `new`, `assigned`, `answered`, `taught`, `not-ours`, `dismissed`.
    pub state: String,
    /// `routed`, `unknown`, `unhelpful`.
    pub reason: String,
    /// The language it was asked in.
    pub language: String,
    /// The channel it came by.
    pub channel: String,
    /// The office it was routed to.
    pub office: Option<String>,
    /// The masked wording.
    pub wording: String,
    /// Why the answer did not help: `wrong_subject`, `hard_to_understand`, `out_of_date`, `incomplete`.
    pub complaint: Option<String>,
    /// What was said beside that, masked.
    pub remark: Option<String>,
    /// The nearest entries, each with its confidence.
    pub nearest: Vec<(String, f32)>,
    /// The answer, when there is one.
    pub answer: Option<String>,
    /// When it was answered, as RFC 3339 in UTC.
    pub answered_at: Option<String>,
}

impl From<Question> for OpenQuestion {
    fn from(q: Question) -> Self {
        OpenQuestion {
            receipt: q.receipt.to_string(),
            asked_at: time(q.asked_at),
            state: q.state.code().to_owned(),
            reason: q.reason.code().to_owned(),
            language: q.language,
            channel: q.channel,
            office: q.office.map(|o| o.to_string()),
            wording: q.wording,
            complaint: q.complaint.map(|c| c.code().to_owned()),
            remark: Some(q.remark).filter(|r| !r.is_empty()),
            nearest: q
                .nearest
                .into_iter()
                .map(|(e, c)| (e.to_string(), c))
                .collect(),
            answer: q.answer,
            answered_at: q.answered_at.map(time),
        }
    }
}

impl Desk {
    /// The newest questions, at most `limit`; only those in a state, when one is given.
    pub async fn questions(
        &self,
        state: Option<State>,
        limit: u32,
    ) -> Result<Vec<OpenQuestion>, StoreError> {
        let filter = Filter {
            state,
            limit,
            ..Filter::default()
        };
        Ok(self
            .open_store()?
            .questions(&filter)
            .await?
            .into_iter()
            .map(OpenQuestion::from)
            .collect())
    }

    /// How many questions there are in each state.
    pub async fn counts(&self) -> Result<Vec<(State, i64)>, StoreError> {
        self.open_store()?.count_by_state().await
    }

    /// The question with this receipt.
    pub async fn question(&self, receipt: &Receipt) -> Result<Option<OpenQuestion>, StoreError> {
        Ok(self
            .open_store()?
            .question(receipt)
            .await?
            .map(OpenQuestion::from))
    }

    /// Answers a question: its receipt shows the text from now on. `false` when there is no such question.
    pub async fn answer_question(&self, receipt: &Receipt, text: &str) -> Result<bool, StoreError> {
        self.open_store()?
            .answer(
                receipt,
                text.trim(),
                "staff",
                Timestamp::now().as_millisecond(),
            )
            .await
    }

    /// Every question, newest first, as text to write to a file. Fails when the database is away.
    pub async fn export(&self, form: Export) -> Result<String, StoreError> {
        let all = self.all_questions(Filter::default()).await?;
        let all: Vec<OpenQuestion> = all.into_iter().map(OpenQuestion::from).collect();
        Ok(sheets::text(form, &HEADS, &all, cells))
    }

    /// Every question that a filter lets through, newest first. Fails when the database is away.
    pub(super) async fn all_questions(&self, filter: Filter) -> Result<Vec<Question>, StoreError> {
        let store = self.open_store()?;
        let mut all = Vec::new();
        let mut filter = Filter {
            limit: PAGE,
            ..filter
        };
        loop {
            let page = store.questions(&filter).await?;
            let Some(last) = page.last() else { break };
            filter.before = Some(last.place());
            all.extend(page);
        }
        Ok(all)
    }
}

/// The heads of [`cells`].
const HEADS: [&str; 13] = [
    "receipt",
    "asked_at",
    "state",
    "reason",
    "language",
    "channel",
    "office",
    "wording",
    "nearest",
    "answer",
    "answered_at",
    "complaint",
    "remark",
];

/// A question as a row.
fn cells(q: &OpenQuestion) -> Vec<Cell> {
    let nearest = q.nearest.iter().map(|(e, c)| format!("{e} {c:.2}"));
    let nearest = nearest.collect::<Vec<_>>().join("; ");
    let row: [&str; HEADS.len()] = [
        &q.receipt,
        &q.asked_at,
        &q.state,
        &q.reason,
        &q.language,
        &q.channel,
        q.office.as_deref().unwrap_or_default(),
        &q.wording,
        &nearest,
        q.answer.as_deref().unwrap_or_default(),
        q.answered_at.as_deref().unwrap_or_default(),
        q.complaint.as_deref().unwrap_or_default(),
        q.remark.as_deref().unwrap_or_default(),
    ];
    row.map(Cell::from).to_vec()
}

fn time(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|t| t.to_string())
        .unwrap_or_default()
}
