//! The sentences about what staff write before it is published.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a field is called, and what is to be written in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FieldWords {
    /// What is to be written in it.
    pub label: String,
    /// How; empty when that needs no saying.
    #[serde(default)]
    pub hint: String,
}

/// `[console.drafts]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DraftsPhrases {
    /// Above the answer as residents read it.
    pub preview: String,
    /// The heading of a new entry.
    pub answer: String,
    /// What becomes of it.
    pub answer_lead: String,
    /// The heading of an entry that is mended. `{entry}`.
    pub mend: String,
    /// What becomes of it.
    pub mend_lead: String,
    /// The heading of wordings for an entry.
    pub teach: String,
    /// What becomes of them.
    pub teach_lead: String,
    /// The heading of wordings for an office or another body.
    pub pass_on: String,
    /// What becomes of them.
    pub pass_on_lead: String,
    /// The heading over the words.
    pub texts: String,
    /// The heading over the facts.
    pub facts: String,
    /// A language, by name.
    pub swedish: String,
    /// The other.
    pub english: String,
    /// The first choice of a list that may be left alone.
    pub none: String,
    /// The headings that a text may have.
    pub headings: String,
    /// What residents have written.
    pub asked: String,
    /// The link to the cluster.
    pub to_cluster: String,
    /// The button that checks and saves.
    pub save: String,
    /// The button that saves and tries out.
    pub try_out: String,
    /// The button that gives the draft up.
    pub discard: String,
    /// What comes of that.
    pub discard_hint: String,
    /// It is saved, and something is wrong.
    pub saved: String,
    /// It is saved, and nothing is wrong.
    pub saved_whole: String,
    /// The heading over what is wrong.
    pub problems: String,
    /// Nothing is wrong.
    pub no_problems: String,
    /// What must be mended, in a word.
    pub error: String,
    /// What someone should look at, in a word.
    pub warning: String,
    /// Somebody has saved it meanwhile. `{by}`.
    pub changed: String,
    /// The heading over what they have saved. `{by}`.
    pub theirs: String,
    /// Somebody has done something else meanwhile. `{by}`.
    pub overtaken: String,
    /// It is no draft any longer.
    pub settled: String,
    /// Readers may not change it.
    pub only_read: String,
    /// What each kind is, by its folder.
    pub kinds: BTreeMap<String, String>,
    /// It holds.
    pub current: String,
    /// It must be confirmed.
    pub confirm: String,
    /// It has ended.
    pub ended: String,
    /// Offices, as a part of a list.
    pub offices: String,
    /// Other bodies, as a part of a list.
    pub bodies: String,
    /// What kind of entry it is.
    pub kind: FieldWords,
    /// Its name in its address.
    pub slug: FieldWords,
    /// Who owns it.
    pub office: FieldWords,
    /// Who to talk to.
    pub contact: FieldWords,
    /// Where the facts come from.
    pub sources: FieldWords,
    /// Whether it holds.
    pub standing: FieldWords,
    /// When it must be gone through.
    pub review_by: FieldWords,
    /// Further facts.
    pub more: FieldWords,
    /// What it is called.
    pub title: FieldWords,
    /// Other names.
    pub also_called: FieldWords,
    /// What people ask.
    pub questions: FieldWords,
    /// What an office handles.
    pub responsible_for: FieldWords,
    /// The answer.
    pub body: FieldWords,
    /// Which entry answers.
    pub entry: FieldWords,
    /// What is to be learnt.
    pub wordings: FieldWords,
    /// In which language.
    pub language: FieldWords,
    /// Who has the question.
    pub to: FieldWords,
}
