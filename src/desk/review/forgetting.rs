//! Taking out of what staff are writing the wordings of those who have had their questions erased.

use super::checking::{title, worked};
use super::forms::{Form, items};
use crate::desk::Desk;
use crate::desk::working::blocking;
use crate::knowledge::{Files, lay};
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
        let mut files = None;
        for _ in 0..TRIES {
            let mut is_done = true;
            for written in store.unpublished().await? {
                let Some(form) = without(&written, &gone) else {
                    continue;
                };
                // Read once, and only when there is something to make of them.
                let files = files.get_or_insert_with(|| self.overlay.files().ok());
                let body = self.laid_by(form.clone(), files.clone()).await;
                let named = Some(title(&form, None)).filter(|title| !title.is_empty());
                let named = named.unwrap_or_else(|| written.about.clone());
                let typed = serde_json::to_string(&form).unwrap_or_default();
                is_done &= store.reword(&written, (&named, &body, &typed)).await?;
            }
            if is_done {
                return Ok(());
            }
        }
        tracing::warn!("a draft was saved over and over while wordings were taken out of it");
        Ok(())
    }

    /// What a form would lay over the files, as it is kept: nothing when they cannot be read, until the form is saved again.
    async fn laid_by(&self, form: Form, files: Option<Files>) -> String {
        let Some(files) = files else {
            return "[]".to_owned();
        };
        let laid = self.overlay.laid().changes();
        let (answerer, today) = (self.library.current(), self.today());
        let work = move || worked(&form, &lay(&files, &laid).files, today, &answerer).changes;
        serde_json::to_string(&blocking(work).await).unwrap_or_default()
    }
}

/// What was typed, without the wordings; `None` when none of them stands there.
fn without(written: &Unpublished, gone: &[String]) -> Option<Form> {
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
    is_there.then_some(form)
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
