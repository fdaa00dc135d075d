//! All that is kept about one receipt: for whoever holds it, who has a right to see it, and for staff.

mod gathering;

use jiff::Timestamp;
use serde::Serialize;

use crate::store::Receipt;

/// What someone has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftKind {
    /// A question.
    Question,
    /// An idea.
    Idea,
    /// A wish to be called.
    CallBack,
}

impl LeftKind {
    /// What it is called in files and addresses: `question`, `idea` or `call-back`.
    pub fn code(self) -> &'static str {
        match self {
            LeftKind::Question => "question",
            LeftKind::Idea => "idea",
            LeftKind::CallBack => "call-back",
        }
    }
}

/// All that is kept about one receipt. Times are RFC 3339 in UTC; entries go by their ids.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    /// Whose lots it is.
    pub municipality: String,
    /// The receipt.
    pub receipt: String,
    /// What was left.
    pub kind: LeftKind,
    /// When.
    pub left_at: String,
    /// The channel it came by.
    pub channel: String,
    /// The code of its language.
    pub language: String,
    /// What was written, masked; empty when it is not kept any longer.
    pub words: String,
    /// Why a question was saved: `routed`, `unknown` or `unhelpful`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Why an answer did not help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<String>,
    /// What was said beside that, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// The entries that came closest to a question, each with its confidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<(String, f32)>,
    /// What was chosen on the way to an idea, as codes: whom it is for, what it needs, who is with whoever has it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<String>,
    /// The office or whoever else has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    /// How far it has come.
    pub state: String,
    /// What was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The entry that answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// When it was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<String>,
    /// The role that did; never a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<String>,
    /// The last characters of an address that is kept to call or write to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The channels with an address that is kept to tell of an answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub told_by: Vec<String>,
    /// What has been done with it, the first act first.
    pub acts: Vec<DossierAct>,
    /// How long it is kept.
    pub kept: Kept,
    /// Why it is held, and since when, when staff hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<(String, String)>,
    /// When whoever asked wanted it erased, if staff hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erasure_asked_at: Option<String>,
    /// When it was exported to the diary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_at: Option<String>,
}

/// Something that was done with what someone has left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DossierAct {
    /// When.
    pub at: String,
    /// What, as a code such as `cluster-settled`.
    pub act: String,
    /// The role of whoever did it; never a name.
    pub by: String,
    /// How it was before; empty when that says nothing.
    pub before: String,
    /// How it was after.
    pub after: String,
    /// Why, when that was said. For staff only.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// How long something is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The rule by which it is deleted.
    pub rule: String,
    /// How many days after it was last changed, or left for one who wants to be called.
    pub days: u32,
    /// When that will be; `None` while it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// How the trail names a receipt: by what does not lead to it for whoever has only the trail.
pub(super) fn about(receipt: &Receipt) -> String {
    named("receipt", receipt)
}

fn named(what: &str, receipt: &Receipt) -> String {
    let begin: String = receipt.as_str().chars().take(4).collect();
    format!("{what}/{begin}")
}

/// A time in milliseconds UTC, as RFC 3339.
pub(super) fn time(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).map_or_else(|_| String::new(), |t| t.to_string())
}
