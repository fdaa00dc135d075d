//! The sentences about one question: all who have asked it, why they had no answer, and what can be done about it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.cluster]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ClusterPhrases {
    /// Whose it is when no office is named.
    pub no_office: String,
    /// The entry that answers it now.
    pub entry: String,
    /// Who acted last. `{by}`, `{when}`.
    pub changed: String,
    /// For those who listen: the three acts.
    pub acts: String,
    /// The button that begins an answer.
    pub answer: String,
    /// What that does.
    pub answer_hint: String,
    /// The link to teaching.
    pub teach: String,
    /// What that does.
    pub teach_hint: String,
    /// The link to passing on.
    pub pass_on: String,
    /// What that does.
    pub pass_on_hint: String,
    /// The button that begins to mend an entry. `{title}`.
    pub mend: String,
    /// What that does.
    pub mend_hint: String,
    /// What opens the form to dismiss it.
    pub dismiss: String,
    /// What that does.
    pub dismiss_hint: String,
    /// It is spam.
    pub spam: String,
    /// It is abuse.
    pub abuse: String,
    /// It needs no answer for another reason.
    pub other: String,
    /// A reason, which may be left out.
    pub reason: String,
    /// The button that dismisses it.
    pub dismiss_confirm: String,
    /// The button that opens it again.
    pub reopen: String,
    /// What that does.
    pub reopen_hint: String,
    /// The heading of the wordings.
    pub wordings: String,
    /// Only the newest are counted. `{count}`.
    pub newest_only: String,
    /// The heading of the questions.
    pub questions: String,
    /// When it was asked.
    pub when: String,
    /// The receipt.
    pub receipt: String,
    /// What was said of the answer.
    pub said: String,
    /// The button that moves the chosen questions.
    pub split: String,
    /// What that does.
    pub split_hint: String,
    /// None or all of them were chosen.
    pub split_some: String,
    /// The heading of why.
    pub why: String,
    /// The same, when they had answers that did not help.
    pub why_unhelpful: String,
    /// It would be answered now. `{title}`, `{confidence}`, `{accept}`.
    pub why_answered: String,
    /// An entry is near, but not near enough. `{title}`, `{confidence}`, `{accept}`.
    pub why_unsure: String,
    /// It is taken to be for an office or another body. `{name}`.
    pub why_passed: String,
    /// It is taken for small talk. `{name}`.
    pub why_talk: String,
    /// It would be asked back. `{name}`.
    pub why_ask: String,
    /// Nothing is near.
    pub why_nothing: String,
    /// It is taken for a cry for help.
    pub why_crisis: String,
    /// Many words are not known. `{share}`.
    pub why_unknown_words: String,
    /// Two are about as near.
    pub why_close: String,
    /// The column of what it was held against.
    pub target: String,
    /// The column of the confidence.
    pub confidence: String,
    /// The column of the wording that fits best.
    pub nearest: String,
    /// From when it is answered. `{accept}`.
    pub accept: String,
    /// What opens the figures.
    pub figures: String,
    /// The words that were looked for.
    pub words: String,
    /// The heading of the shares. `{title}`.
    pub shares: String,
    /// A feature.
    pub feature: String,
    /// Its value.
    pub value: String,
    /// Its share.
    pub share: String,
    /// What each feature is, by its name.
    pub features: BTreeMap<String, String>,
    /// An office that it may be for. `{name}`.
    pub target_office: String,
    /// Another body that it may be for. `{name}`.
    pub target_elsewhere: String,
    /// Small talk. `{name}`.
    pub target_talk: String,
    /// What is asked back. `{name}`.
    pub target_ask: String,
    /// The heading of others that may be about the same.
    pub akin: String,
    /// What merging does.
    pub akin_hint: String,
    /// There are none.
    pub akin_none: String,
    /// The button that merges.
    pub merge: String,
    /// For those who listen: what is merged. `{wording}`.
    pub merge_label: String,
    /// The heading of drafts and changes.
    pub changes: String,
    /// There are none.
    pub changes_none: String,
    /// Who changed it last, and when. `{by}`, `{when}`.
    pub change_by: String,
    /// What each act of a change is called, by its code.
    pub change_acts: BTreeMap<String, String>,
    /// How far a change has come, by its code.
    pub stages: BTreeMap<String, String>,
    /// The heading of the trail.
    pub trail: String,
    /// There is nothing in it.
    pub trail_none: String,
    /// Someone has been faster. `{by}`.
    pub faster: String,
    /// The same, when it is not known who.
    pub faster_unknown: String,
    /// What it was to be done with is not there any longer.
    pub gone: String,
    /// What was done, by a name.
    pub done: BTreeMap<String, String>,
    /// The heading of teaching.
    pub teach_heading: String,
    /// What it does.
    pub teach_lead: String,
    /// The heading of the nearest entries.
    pub teach_nearest: String,
    /// The field of all entries.
    pub teach_entry: String,
    /// Nothing is chosen yet.
    pub teach_choose: String,
    /// The button.
    pub teach_button: String,
    /// Nothing, or nothing that is there, was chosen.
    pub teach_missing: String,
}

/// `[console.pass_on]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PassOnPhrases {
    /// The heading.
    pub heading: String,
    /// What it does.
    pub lead: String,
    /// Who has the question.
    pub to: String,
    /// Nobody is chosen yet.
    pub choose: String,
    /// The offices.
    pub offices: String,
    /// The bodies outside the municipality.
    pub elsewhere: String,
    /// What is passed on.
    pub what: String,
    /// Only these questions.
    pub only: String,
    /// What that does.
    pub only_hint: String,
    /// All such questions.
    pub teach: String,
    /// What that does.
    pub teach_hint: String,
    /// Why.
    pub reason: String,
    /// Where that is seen.
    pub reason_hint: String,
    /// The button.
    pub button: String,
    /// Nobody, or nobody who is there, was chosen.
    pub missing: String,
}
