//! Taking out of what staff are writing the wordings of those who have had their questions erased.

use super::checking::{title, worked};
use super::forms::{Form, items};
use crate::desk::Desk;
use crate::desk::working::blocking;
use crate::knowledge::lay;
use crate::store::{StoreError, Unpublished};

/// How often one that staff save meanwhile is begun with anew.
const TRIES: usize = 3;

impl Desk {
    /// Takes wordings out of every draft, and of changes that were taken back, where they stand as they were asked. Fails
    /// when the database is away.
    pub(in crate::desk) async fn forget_wordings(
        &self,
        wordings: &[String],
    ) -> Result<(), StoreError> {
        if wordings.is_empty() {
            return Ok(());
        }
        let gone: Vec<String> = wordings.iter().map(|w| one_line(w)).collect();
        let store = self.open_store()?;
        for _ in 0..TRIES {
            let mut is_done = true;
            for written in store.unpublished().await? {
                if let Some((title, body, form)) = self.without(&written, &gone).await {
                    is_done &= store.reword(&written, (&title, &body, &form)).await?;
                }
            }
            if is_done {
                return Ok(());
            }
        }
        tracing::warn!("a draft was saved over and over while wordings were taken out of it");
        Ok(())
    }

    /// Its title, what it would lay and what was typed, without the wordings; `None` when none of them stands there.
    async fn without(
        &self,
        written: &Unpublished,
        gone: &[String],
    ) -> Option<(String, String, String)> {
        let mut form: Form = serde_json::from_str(&written.form).ok()?;
        let mut is_there = false;
        for lines in wordings_of(&mut form) {
            let kept: Vec<&str> = items(lines)
                .filter(|line| !gone.contains(&one_line(line)))
                .collect();
            if kept.len() < items(lines).count() {
                is_there = true;
                *lines = kept.join("\n");
            }
        }
        if !is_there {
            return None;
        }
        let named = Some(title(&form, None)).filter(|title| !title.is_empty());
        let typed = serde_json::to_string(&form).unwrap_or_default();
        let files = self.overlay.files().unwrap_or_default();
        let laid = self.overlay.laid().changes();
        let (answerer, today) = (self.library.current(), self.today());
        let work = move || worked(&form, &lay(&files, &laid).files, today, &answerer).changes;
        let body = serde_json::to_string(&blocking(work).await).unwrap_or_default();
        Some((named.unwrap_or_else(|| written.about.clone()), body, typed))
    }
}

/// The fields of a form that hold wordings of residents.
fn wordings_of(form: &mut Form) -> Vec<&mut String> {
    match form {
        Form::Answer(form) => vec![&mut form.sv.questions, &mut form.en.questions],
        Form::Teach(form) => vec![&mut form.wordings],
        Form::PassOn(form) => vec![&mut form.wordings],
    }
}

/// A wording as it stands in a form.
fn one_line(wording: &str) -> String {
    wording.split_whitespace().collect::<Vec<_>>().join(" ")
}
