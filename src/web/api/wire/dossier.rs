//! All that is kept about one receipt, as it goes over the wire.

use serde::Serialize;
use utoipa::ToSchema;

use crate::desk;

/// What someone has left.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::web::api) enum LeftKind {
    /// A question.
    Question,
    /// An idea.
    Idea,
    /// A wish to be called.
    CallBack,
}

/// All that is kept about one receipt. Times are UTC.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct Dossier {
    /// Whose lots it is.
    municipality: String,
    /// The receipt.
    #[schema(example = "7F3K-2QX")]
    receipt: String,
    /// What was left.
    kind: LeftKind,
    /// When.
    #[schema(format = DateTime)]
    left_at: String,
    /// The channel it came by.
    #[schema(example = "web")]
    channel: String,
    /// The code of its language.
    #[schema(example = "sv")]
    language: String,
    /// What was written, masked; empty when it is not kept any longer.
    words: String,
    /// Why a question was saved: `routed`, `unknown` or `unhelpful`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Why an answer did not help, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint: Option<String>,
    /// What was said beside that, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    /// The entries that came closest to a question.
    nearest: Vec<String>,
    /// What was chosen on the way to an idea, as codes.
    chosen: Vec<String>,
    /// The entry of the office, or of whoever else has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    /// How far it has come, as a code.
    #[schema(example = "new")]
    state: String,
    /// What was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// The entry that answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    /// When it was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    answered_at: Option<String>,
    /// The role of whoever answered it; never a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_by: Option<String>,
    /// The end of an address that is kept to call or write to.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// The channels with an address that is kept to tell of an answer.
    told_by: Vec<String>,
    /// What has been done with it, the first act first.
    acts: Vec<Act>,
    /// After how many days it is erased, counted from when it was last changed.
    days: u32,
    /// When it is erased; left out while the municipality must keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    until: Option<String>,
    /// Why the municipality must keep it for now, as a code: `request`, `complaint`, `diary` or `other`.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_for: Option<String>,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    held_since: Option<String>,
    /// When it was asked to be erased, if the municipality must keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    erasure_asked_at: Option<String>,
    /// When it was registered in the diary.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    registered_at: Option<String>,
}

/// Something that was done with what someone has left.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierAct)]
pub(in crate::web::api) struct Act {
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// What, as a code.
    #[schema(example = "cluster-settled")]
    act: String,
    /// The role of whoever did it.
    #[schema(example = "editor")]
    by: String,
    /// How it was before; empty when that says nothing.
    before: String,
    /// How it was after.
    after: String,
}

impl Dossier {
    /// What the desk has gathered.
    pub(in crate::web::api) fn of(dossier: desk::Dossier) -> Dossier {
        let act = |act: desk::DossierAct| Act {
            at: act.at,
            act: act.act,
            by: act.by,
            before: act.before,
            after: act.after,
        };
        let (held_for, held_since) = dossier.held.unzip();
        Dossier {
            municipality: dossier.municipality,
            receipt: dossier.receipt,
            kind: match dossier.kind {
                desk::LeftKind::Question => LeftKind::Question,
                desk::LeftKind::Idea => LeftKind::Idea,
                desk::LeftKind::CallBack => LeftKind::CallBack,
            },
            left_at: dossier.left_at,
            channel: dossier.channel,
            language: dossier.language,
            words: dossier.words,
            reason: dossier.reason,
            complaint: dossier.complaint,
            remark: dossier.remark,
            nearest: dossier
                .nearest
                .into_iter()
                .map(|(entry, _)| entry)
                .collect(),
            chosen: dossier.chosen,
            office: dossier.office,
            state: dossier.state,
            answer: dossier.answer,
            entry: dossier.entry,
            answered_at: dossier.answered_at,
            answered_by: dossier.answered_by,
            address: dossier.address,
            told_by: dossier.told_by,
            acts: dossier.acts.into_iter().map(act).collect(),
            days: dossier.kept.days,
            until: dossier.kept.until,
            held_for,
            held_since,
            erasure_asked_at: dossier.erasure_asked_at,
            registered_at: dossier.registered_at,
        }
    }
}
