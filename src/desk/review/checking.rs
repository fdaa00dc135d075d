//! What a form would lay over the base, and whether that passes.

use std::sync::Arc;

use jiff::civil::Date;

use super::drafting::Checkup;
use super::forms::{Form, Receiver, items, wrong};
use crate::answering::Answerer;
use crate::desk::library::errors;
use crate::knowledge::{
    Change, EntryId, Files, Knowledge, Language, Laying, Place, Problem, check, lay, problems_of,
};
use crate::store::Cluster;

/// The role that goes through what is written here, as entries say it.
pub(super) const REVIEWER: &str = "editor";

/// A form, and what it would lay over the base.
#[derive(Clone, Debug)]
pub(super) struct Worked {
    /// What it is about, for lists: an entry, an office, a body.
    pub(super) about: String,
    /// What would be laid.
    pub(super) changes: Vec<Change>,
    pub(super) checkup: Checkup,
}

/// What a form would lay over files, and what is wrong with that.
pub(super) fn worked(form: &Form, files: &Files, today: Date, answerer: &Answerer) -> Worked {
    let changes = match form {
        Form::Answer(form) => form
            .files(files, today, REVIEWER)
            .map(|(entry, texts)| vec![Change::of_entry(entry, texts, files)]),
        Form::Teach(form) => {
            let entry = EntryId::parse(form.entry.trim()).ok();
            let entry = entry.filter(|id| answerer.knowledge().entry(id).is_some());
            let entry = entry.ok_or_else(|| {
                let reason = format!("there is no entry `{}`", form.entry.trim());
                vec![wrong("entry", reason, "choose one of the list")]
            });
            entry.and_then(|id| wordings(&form.wordings, &form.language, &Place::Entry(id)))
        }
        Form::PassOn(form) => match Receiver::parse(&form.to) {
            Some(Receiver::Office(id)) => {
                wordings(&form.wordings, &form.language, &Place::Office(id))
            }
            Some(Receiver::Elsewhere(name)) => {
                wordings(&form.wordings, &form.language, &Place::Elsewhere(name))
            }
            None => Err(vec![wrong(
                "to",
                "nobody is chosen who has the question",
                "choose an office or another body",
            )]),
        },
    };
    let about = about(form);
    match changes {
        Err(problems) => Worked {
            about,
            changes: Vec::new(),
            checkup: Checkup {
                problems,
                files: Files::new(),
            },
        },
        Ok(changes) => {
            let laid = lay(files, &changes);
            let changed = laid.changed(files);
            let all = check(&laid.files, today);
            let mut problems: Vec<Problem> =
                problems_of(&all, &changed).into_iter().cloned().collect();
            problems.extend(broken_elsewhere(&all, &changed, files, today));
            problems.extend(unlaid(&laid.outcomes));
            Worked {
                about,
                changes,
                checkup: Checkup {
                    problems,
                    files: changed,
                },
            }
        }
    }
}

/// The errors in files that are as they were: what the rest of the base complains of is not the draft's, unless nobody
/// complained before.
fn broken_elsewhere(all: &[Problem], changed: &Files, files: &Files, today: Date) -> Vec<Problem> {
    let elsewhere = errors(all).filter(|p| !changed.contains_key(&p.path));
    let mut broken: Vec<Problem> = elsewhere.cloned().collect();
    if !broken.is_empty() {
        let before = check(files, today);
        broken.retain(|p| !before.contains(p));
    }
    broken
}

fn wordings(typed: &str, language: &str, place: &Place) -> Result<Vec<Change>, Vec<Problem>> {
    let language = Language::from_code(language).unwrap_or(Language::Swedish);
    let change = |wording: &str| Change::Wording {
        place: place.clone(),
        language,
        wording: wording.to_owned(),
    };
    let all: Vec<Change> = items(typed).map(change).collect();
    if all.is_empty() {
        let reason = "there is no wording to learn";
        return Err(vec![wrong("wordings", reason, "write one on each line")]);
    }
    Ok(all)
}

/// Problems of what could not be laid.
fn unlaid(outcomes: &[Laying]) -> Vec<Problem> {
    let problem = |outcome: &Laying| match outcome {
        Laying::Laid | Laying::Merged => None,
        Laying::Conflict { path } => Some(wrong(
            path,
            "the file has changed since this was begun",
            "begin anew from what the file says now",
        )),
        Laying::Lost => Some(wrong(
            "to",
            "it is not in the base, or not in this language",
            "choose another, or another language",
        )),
    };
    outcomes.iter().filter_map(problem).collect()
}

/// What a form is about, for lists.
fn about(form: &Form) -> String {
    match form {
        Form::Answer(form) => form.id().map_or(String::new(), |id| id.to_string()),
        Form::Teach(form) => form.entry.trim().to_owned(),
        Form::PassOn(form) => form.to.trim().to_owned(),
    }
}

/// What a change is called in a list.
pub(super) fn title(form: &Form, cluster: Option<&Cluster>) -> String {
    let first = |text: &str| items(text).next().unwrap_or_default().to_owned();
    let titled = match form {
        Form::Answer(form) => [&form.sv.title, &form.en.title]
            .into_iter()
            .map(|t| t.trim().to_owned())
            .find(|t| !t.is_empty())
            .unwrap_or_default(),
        Form::Teach(form) => first(&form.wordings),
        Form::PassOn(form) => first(&form.wordings),
    };
    match cluster {
        Some(cluster) if titled.is_empty() => cluster.wording.clone(),
        Some(_) | None => titled,
    }
}

/// A base to try things out on: the files of this one with some changes.
pub(super) fn tried(files: &Files, changes: &[Change], in_use: &Arc<Answerer>) -> Option<Answerer> {
    let laid = lay(files, changes);
    let knowledge = Knowledge::load(&laid.files).knowledge?;
    Some(in_use.renewed(knowledge))
}
