//! What is being written, as residents would read it.

use jiff::civil::Date;

use super::forms::AnswerForm;
use super::{Form, Review, ReviewError};
use crate::answering::{Block, page_of};
use crate::desk::working::blocking;
use crate::knowledge::{Change, Entry, Files, Knowledge, Language, lay};
use crate::store::Role;

/// An entry as it would be.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The base with it.
    pub knowledge: Knowledge,
    /// The entry.
    pub entry: Entry,
    /// Everything that it says, in each language that it is written in.
    pub pages: Vec<(Language, Vec<Block>)>,
}

impl Review<'_> {
    /// An entry as residents would read it; `None` for a form that writes none, or none that can be read yet. Fails when
    /// the files of the base cannot be read.
    pub async fn preview(&self, form: &Form) -> Result<Option<Preview>, ReviewError> {
        self.require(Role::Reader)?;
        let Form::Answer(form) = form else {
            return Ok(None);
        };
        let (form, files, today) = (form.clone(), self.files_now()?, self.desk.today());
        Ok(blocking(move || preview(&form, &files, today)).await)
    }
}

fn preview(form: &AnswerForm, files: &Files, today: Date) -> Option<Preview> {
    let (id, texts) = form.files(files, today, super::checking::REVIEWER).ok()?;
    let change = Change::of_entry(id.clone(), texts, files);
    let laid = lay(files, std::slice::from_ref(&change));
    let knowledge = Knowledge::load(&laid.files).knowledge?;
    let entry = knowledge.entry(&id)?.clone();
    let page = |(language, _)| Some((language, page_of(&knowledge, &id, language, today)?));
    let pages = entry.texts.iter().filter_map(page).collect();
    Some(Preview {
        knowledge,
        entry,
        pages,
    })
}
