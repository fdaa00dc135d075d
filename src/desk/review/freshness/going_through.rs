//! An editor has gone through an entry and says that it holds: it is dated, at once, as any change is published.

use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

use super::Doubted;
use crate::desk::now;
use crate::desk::review::checking::REVIEWER;
use crate::desk::review::forms::{AnswerForm, Form, wrong};
use crate::desk::review::{Review, ReviewError, name, why};
use crate::knowledge::{Change, EntryId, Files, Language, Reviewed, Written, hash};
use crate::store::{KeptChange, Role, Stage};

/// In how many months an entry is to be gone through again, unless something else is chosen, and at most.
const MONTHS: i64 = 6;
const MOST_MONTHS: i64 = 24;
/// How often it is tried while others publish.
const ATTEMPTS: usize = 3;

/// What an editor says who has gone through an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct GoneThrough {
    /// What the text was like that was gone through, as [`Review::seen`] gives it.
    pub seen: String,
    /// The day by which it must be gone through again; in six months when it is empty.
    pub review_by: String,
    /// Why it holds, in spite of what speaks against it.
    pub reason: String,
}

/// Between which days an entry can be put to be gone through again, and what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewBounds {
    /// The first.
    pub first: Date,
    /// The usual one.
    pub usual: Date,
    /// The last.
    pub last: Date,
}

impl Review<'_> {
    /// What tells the text of an entry from what it may be a moment later. Fails with [`ReviewError::NotFound`].
    pub fn seen(&self, entry: &EntryId) -> Result<String, ReviewError> {
        self.require(Role::Reader)?;
        Ok(seen(&self.files_now()?, entry))
    }

    /// Between which days an entry can be put to be gone through again.
    pub fn review_bounds(&self) -> ReviewBounds {
        let today = self.desk.today();
        let after = |span: Span| today.checked_add(span).unwrap_or(Date::MAX);
        ReviewBounds {
            first: after(Span::new().days(1)),
            usual: after(Span::new().months(MONTHS)),
            last: after(Span::new().months(MOST_MONTHS)),
        }
    }

    /// Dates an entry as gone through today by an editor, for everyone and at once.
    ///
    /// Fails with [`ReviewError::Problems`] when the day is not within [`Review::review_bounds`], with
    /// [`ReviewError::NeedsReason`] when something speaks against it and no reason is given, with [`ReviewError::Changed`]
    /// when the text is not the one that was seen, and with [`ReviewError::NotFound`] when there is no such entry.
    pub async fn go_through(&self, entry: &EntryId, said: &GoneThrough) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let again_by = self.again_by(&said.review_by)?;
        let doubted = self.doubts_of(entry).await?;
        let against = doubted.doubts.iter().filter(|d| d.needs_reason()).count();
        let reason = why(&said.reason);
        if against > 0 && reason.is_empty() {
            return Err(ReviewError::NeedsReason(against));
        }
        for _ in 0..ATTEMPTS {
            self.desk.renew().await?;
            let laid = self.desk.overlay.laid().version();
            let files = self.files_now()?;
            if seen(&files, entry) != said.seen {
                return Err(ReviewError::Changed { by: String::new() });
            }
            let reviewed = Reviewed {
                entry: entry.clone(),
                on: self.desk.today(),
                by: REVIEWER.to_owned(),
                again_by,
            };
            let change = reviewed.change(&files).ok_or(ReviewError::NotFound)?;
            let written = Written::read(&files, entry).ok_or(ReviewError::NotFound)?;
            let kept = self.dated(&reviewed, &written, &change, &reason);
            let mut audit = self.audit("entry-reviewed", format!("entry/{entry}"));
            audit.before = dates(doubted.reviewed, doubted.review_by);
            audit.after = dates(Some(reviewed.on), Some(again_by));
            audit.reason.clone_from(&reason);
            let store = self.desk.open_store()?;
            if store.publish_at_once(&kept, laid, &audit).await? {
                self.desk.renew().await?;
                return Ok(());
            }
        }
        Err(ReviewError::Changed { by: String::new() })
    }

    /// The day that was chosen, within its bounds.
    fn again_by(&self, typed: &str) -> Result<Date, ReviewError> {
        let bounds = self.review_bounds();
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(bounds.usual);
        }
        let day = typed.parse::<Date>().ok();
        let within = day.filter(|day| (bounds.first..=bounds.last).contains(day));
        within.ok_or_else(|| {
            let reason = format!(
                "`{typed}` is not a day between {} and {}",
                bounds.first, bounds.last
            );
            let mend = "choose a day within these, written as in 2027-05-23";
            ReviewError::Problems(vec![wrong("review_by", reason, mend)])
        })
    }

    /// The change as it is kept: as if the entry had been mended, with nothing typed but the day.
    fn dated(
        &self,
        reviewed: &Reviewed,
        written: &Written,
        change: &Change,
        reason: &str,
    ) -> KeptChange {
        let form = AnswerForm {
            review_by: reviewed.again_by.to_string(),
            ..AnswerForm::of(written)
        };
        let form = Form::Answer(Box::new(form));
        let title = written.texts.best(Language::Swedish);
        let by = self.staff.name().to_owned();
        KeptChange {
            id: name(),
            cluster: String::new(),
            act: form.act().to_owned(),
            about: reviewed.entry.to_string(),
            title: title.map_or(String::new(), |(_, text)| text.title.clone()),
            body: serde_json::to_string(&[change]).unwrap_or_default(),
            form: serde_json::to_string(&form).unwrap_or_default(),
            stage: Stage::Live,
            version: 1,
            made_by: by.clone(),
            made_at: now(),
            changed_by: by.clone(),
            changed_at: now(),
            published_by: by,
            published_at: now(),
            reason: reason.to_owned(),
            // No cluster moves when it is taken back.
            before: "null".to_owned(),
        }
    }
}

impl Doubted {
    /// Whether nobody may say that the entry holds without saying why.
    pub fn needs_reason(&self) -> bool {
        self.doubts.iter().any(super::Doubt::needs_reason)
    }
}

/// What tells the files of an entry from others, in a base.
fn seen(files: &Files, entry: &EntryId) -> String {
    let is_of = |path: &str| {
        let rest = path.strip_prefix(entry.as_str());
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let of = files.iter().filter(|(path, _)| is_of(path));
    hash(&of.map(|(_, text)| text.as_str()).collect::<String>())
}

fn dates(reviewed: Option<Date>, again_by: Option<Date>) -> String {
    let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
    format!("reviewed {} review_by {}", day(reviewed), day(again_by))
}
