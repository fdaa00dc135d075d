//! Drafts: what is being written for a cluster, or to mend an entry. Checked as it is typed, by the rules that every base
//! is checked by; seen by staff alone until it is published.

use super::checking::{Worked, title, worked};
use super::forms::{AnswerForm, Form, PassOnForm, TeachForm, TextForm};
use super::{Review, ReviewError, name};
use crate::desk::now;
use crate::desk::working::blocking;
use crate::knowledge::{EntryId, Files, Language, Problem, Severity, Written, lay};
use crate::store::{Cluster, KeptChange, Role, Stage};

/// How many wordings of a cluster a form begins with.
const WORDINGS: u32 = 200;
const MOST_WORDINGS: usize = 8;
/// In how many months an entry must be gone through again, unless something else is typed.
const REVIEW_MONTHS: i64 = 6;
/// What a new entry has of further facts: a place for whom and what it fits, which most answers have nothing to say of.
const FURTHER_FACTS: &str = "[fits]\n";

/// Something that is being written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// How it is kept.
    pub kept: KeptChange,
    /// What was typed.
    pub form: Form,
    /// Whether it can be published as it is.
    pub checkup: Checkup,
}

/// What checking a draft comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkup {
    /// What is wrong with it. The path of a problem is a file of the draft, or the name of a field.
    pub problems: Vec<Problem>,
    /// The files that it changes, as they would be.
    pub files: Files,
}

impl Checkup {
    /// Whether nothing stops it from being published.
    pub fn is_passed(&self) -> bool {
        self.problems
            .iter()
            .all(|p| p.severity == Severity::Warning)
    }

    /// The line of a file that a problem is about.
    pub fn line<'a>(&'a self, problem: &Problem) -> Option<&'a str> {
        self.files.get(&problem.path)?.lines().nth(problem.line - 1)
    }
}

impl Review<'_> {
    /// Begins an answer to a cluster: a form with its wordings in it. Gives the name of the draft.
    pub async fn begin_answer(&self, cluster: &str) -> Result<String, ReviewError> {
        let cluster = self.cluster_now(cluster).await?;
        let (sv, en) = self.wordings_of(&cluster).await?;
        let review_by = jiff::Span::new().months(REVIEW_MONTHS);
        let form = AnswerForm {
            kind: "guides".to_owned(),
            office: cluster
                .office
                .as_ref()
                .map_or(String::new(), ToString::to_string),
            standing: "current".to_owned(),
            review_by: self
                .desk
                .today()
                .checked_add(review_by)
                .map_or(String::new(), |day| day.to_string()),
            more: FURTHER_FACTS.to_owned(),
            sv: TextForm {
                questions: sv,
                ..TextForm::default()
            },
            en: TextForm {
                questions: en,
                ..TextForm::default()
            },
            ..AnswerForm::default()
        };
        self.begin(Some(&cluster), Form::Answer(Box::new(form)))
            .await
    }

    /// Begins to mend an entry, for a cluster or for none. Gives the name of the draft. Fails with
    /// [`ReviewError::NotFound`] when there is no such entry.
    pub async fn begin_mend(
        &self,
        cluster: Option<&str>,
        entry: &EntryId,
    ) -> Result<String, ReviewError> {
        let cluster = match cluster {
            Some(id) => Some(self.cluster_now(id).await?),
            None => None,
        };
        let written = Written::read(&self.files_now()?, entry).ok_or(ReviewError::NotFound)?;
        let form = Form::Answer(Box::new(AnswerForm::of(&written)));
        self.begin(cluster.as_ref(), form).await
    }

    /// Begins to teach: the wordings of a cluster belong to an entry, the nearest until another is chosen.
    pub async fn begin_teach(&self, cluster: &str, entry: &str) -> Result<String, ReviewError> {
        let cluster = self.cluster_now(cluster).await?;
        let (wordings, language) = self.main_wordings(&cluster).await?;
        let form = TeachForm {
            entry: entry.to_owned(),
            wordings,
            language,
        };
        self.begin(Some(&cluster), Form::Teach(form)).await
    }

    /// Begins to pass on with a lesson: the wordings of a cluster are for an office, or for a body outside.
    pub async fn begin_pass_on(&self, cluster: &str, to: &str) -> Result<String, ReviewError> {
        let cluster = self.cluster_now(cluster).await?;
        let (wordings, language) = self.main_wordings(&cluster).await?;
        let form = PassOnForm {
            to: to.to_owned(),
            wordings,
            language,
        };
        self.begin(Some(&cluster), Form::PassOn(form)).await
    }

    async fn begin(&self, cluster: Option<&Cluster>, form: Form) -> Result<String, ReviewError> {
        self.require(Role::Editor)?;
        let worked = self.work(&form).await?;
        let kept = self.kept(name(), cluster, &form, &worked);
        let mut audit = self.audit("draft-begun", format!("change/{}", kept.id));
        audit.after = format!("{} {}", kept.act, kept.about);
        self.desk.open_store()?.begin_change(&kept, &audit).await?;
        Ok(kept.id)
    }

    /// A draft, or a change that was published, as it was typed. Fails with [`ReviewError::NotFound`].
    pub async fn draft(&self, id: &str) -> Result<Draft, ReviewError> {
        self.require(Role::Reader)?;
        let kept = self.kept_change(id).await?;
        let form = match kept.form.as_str() {
            // What was given up, or taken back long ago, is not kept.
            "{}" => Form::empty(&kept.act),
            form => serde_json::from_str(form).map_err(|_| ReviewError::NotFound)?,
        };
        // What is live is part of what it would be checked with.
        let checkup = match kept.stage {
            Stage::Draft => self.work(&form).await?.checkup,
            Stage::Live | Stage::Undone | Stage::Retired | Stage::Discarded => Checkup::default(),
        };
        Ok(Draft {
            kept,
            form,
            checkup,
        })
    }

    /// Checks what is typed, and keeps nothing.
    pub async fn check(&self, form: &Form) -> Result<Checkup, ReviewError> {
        self.require(Role::Editor)?;
        Ok(self.work(form).await?.checkup)
    }

    /// Saves a draft, given with the version that was seen. What is wrong with it is no hindrance. Fails with
    /// [`ReviewError::Changed`] when somebody has saved it since.
    pub async fn save(&self, id: &str, version: i64, form: &Form) -> Result<Draft, ReviewError> {
        self.require(Role::Editor)?;
        let before = self.kept_change(id).await?;
        let worked = self.work(form).await?;
        let mut kept = self.kept(before.id.clone(), None, form, &worked);
        kept.version = version;
        if kept.title.is_empty() {
            kept.title = before.title;
        }
        if !self.desk.open_store()?.save_change(&kept).await? {
            return Err(ReviewError::Changed {
                by: before.changed_by,
            });
        }
        Ok(Draft {
            kept: self.kept_change(id).await?,
            form: form.clone(),
            checkup: worked.checkup,
        })
    }

    /// Gives a draft up.
    pub async fn discard(&self, id: &str) -> Result<(), ReviewError> {
        self.require(Role::Editor)?;
        let kept = self.kept_change(id).await?;
        let mut audit = self.audit("draft-discarded", format!("change/{id}"));
        audit.before = format!("{} {}", kept.act, kept.about);
        let stages = (Stage::Draft, Stage::Discarded);
        match self
            .desk
            .open_store()?
            .move_change(id, stages, &audit)
            .await?
        {
            true => Ok(()),
            false => Err(ReviewError::Changed {
                by: kept.changed_by,
            }),
        }
    }

    pub(super) async fn kept_change(&self, id: &str) -> Result<KeptChange, ReviewError> {
        let kept = self.desk.open_store()?.change(id).await?;
        kept.ok_or(ReviewError::NotFound)
    }

    fn kept(
        &self,
        id: String,
        cluster: Option<&Cluster>,
        form: &Form,
        worked: &Worked,
    ) -> KeptChange {
        let by = self.staff.name().to_owned();
        KeptChange {
            id,
            cluster: cluster.map_or(String::new(), |c| c.id.clone()),
            act: form.act().to_owned(),
            about: worked.about.clone(),
            title: title(form, cluster),
            body: serde_json::to_string(&worked.changes).unwrap_or_default(),
            form: serde_json::to_string(form).unwrap_or_default(),
            stage: Stage::Draft,
            version: 0,
            made_by: by.clone(),
            made_at: now(),
            changed_by: by,
            changed_at: now(),
            published_by: String::new(),
            published_at: 0,
            reason: String::new(),
            before: String::new(),
        }
    }

    /// The files of the base with all that is live.
    pub(super) fn files_now(&self) -> Result<Files, ReviewError> {
        let changes = self.desk.overlay.laid().changes();
        Ok(lay(&self.files_of_base()?, &changes).files)
    }

    /// The files of the base without any change.
    pub(super) fn files_of_base(&self) -> Result<Files, ReviewError> {
        self.desk.overlay.files().map_err(|error| {
            tracing::error!(%error, "the files of the base cannot be read");
            ReviewError::NotFound
        })
    }

    /// What a form would lay over the base, and what is wrong with that.
    pub(super) async fn work(&self, form: &Form) -> Result<Worked, ReviewError> {
        let files = self.files_now()?;
        let (form, today) = (form.clone(), self.desk.today());
        let answerer = self.desk.library.current();
        Ok(blocking(move || worked(&form, &files, today, &answerer)).await)
    }

    /// The wordings of a cluster, one on each line: those in Swedish, and those in English.
    async fn wordings_of(&self, cluster: &Cluster) -> Result<(String, String), ReviewError> {
        let store = self.desk.open_store()?;
        let questions = store.questions_of(&cluster.id, None, WORDINGS).await?;
        let mut of: [Vec<String>; 2] = Default::default();
        let asked = questions.iter().map(|q| (&q.wording, q.language.as_str()));
        let first = std::iter::once((&cluster.wording, cluster.language.as_str()));
        for (wording, language) in first.chain(asked) {
            let list = &mut of[usize::from(language == Language::English.code())];
            let line = wording.split_whitespace().collect::<Vec<_>>().join(" ");
            if list.len() < MOST_WORDINGS && !list.contains(&line) {
                list.push(line);
            }
        }
        Ok((of[0].join("\n"), of[1].join("\n")))
    }

    /// The wordings of a cluster in its own language, and that language.
    async fn main_wordings(&self, cluster: &Cluster) -> Result<(String, String), ReviewError> {
        let (sv, en) = self.wordings_of(cluster).await?;
        let language = Language::from_code(&cluster.language).unwrap_or(Language::Swedish);
        let wordings = match language {
            Language::Swedish => sv,
            Language::English => en,
        };
        Ok((wordings, language.code().to_owned()))
    }
}
