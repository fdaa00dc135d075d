//! The log as it is: questions listed, shown, answered one by one, exported.

use jiff::Timestamp;
use serde::Serialize;

use crate::desk::Desk;
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

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Comma-separated values, safe to open in a spreadsheet.
    Csv,
    /// A JSON array.
    Json,
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

    /// Every question, newest first, as text to write to a file.
    pub async fn export(&self, form: Export) -> anyhow::Result<String> {
        let store = self.open_store()?;
        let mut all: Vec<OpenQuestion> = Vec::new();
        let mut filter = Filter {
            limit: PAGE,
            ..Filter::default()
        };
        loop {
            let page = store.questions(&filter).await?;
            let Some(last) = page.last() else { break };
            filter.before = Some(last.place());
            all.extend(page.into_iter().map(OpenQuestion::from));
        }
        match form {
            Export::Json => Ok(serde_json::to_string_pretty(&all)?),
            Export::Csv => csv_text(&all),
        }
    }
}

fn csv_text(all: &[OpenQuestion]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
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
    ])?;
    for q in all {
        let nearest = q
            .nearest
            .iter()
            .map(|(e, c)| format!("{e} {c:.2}"))
            .collect::<Vec<_>>()
            .join("; ");
        let row = [
            q.receipt.as_str(),
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
        out.write_record(row.map(no_formula))?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A cell that a spreadsheet cannot take for a formula: residents write these (OWASP, CSV injection).
pub(in crate::desk) fn no_formula(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn time(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|t| t.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::no_formula;

    #[test]
    fn cells_are_no_formulas() {
        assert_eq!(no_formula("=1+1"), "'=1+1");
        assert_eq!(no_formula("När?"), "När?");
    }
}
