//! What the API says, as it goes over the wire: a contract of its own, so that the answering can change without it.

mod blocks;
mod dossier;
pub(super) mod example;
mod guided;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) use blocks::{Block, blocks};
pub(super) use dossier::Dossier;
pub(super) use guided::Paths;

use crate::answering;
use crate::desk;
use crate::knowledge::{self, EntryKind};
use crate::web::api::pages::Pages;

/// The parts of an entry, by their names here.
pub(super) const FACETS: [(&str, knowledge::Facet); 9] = [
    ("who", knowledge::Facet::Who),
    ("how", knowledge::Facet::How),
    ("when", knowledge::Facet::When),
    ("cost", knowledge::Facet::Cost),
    ("where", knowledge::Facet::Where),
    ("requirements", knowledge::Facet::Requirements),
    ("afterwards", knowledge::Facet::Afterwards),
    ("distinct", knowledge::Facet::Distinct),
    ("unverified", knowledge::Facet::Unverified),
];

/// A language that answers are written in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl From<knowledge::Language> for Language {
    fn from(language: knowledge::Language) -> Language {
        match language {
            knowledge::Language::Swedish => Language::Sv,
            knowledge::Language::English => Language::En,
        }
    }
}

/// What was done with a question.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Decision {
    /// It was answered with the first entry shown.
    Answer,
    /// It was asked which of a few entries is meant.
    Choice,
    /// Nothing answers it; the office that owns it is named, and it was saved.
    Route,
    /// Nothing answers it, and no office owns it; it was saved.
    Unknown,
    /// Someone may be in need: help lines come first. Show them first, and nothing beside them.
    Crisis,
    /// A greeting, thanks, or something about the service itself.
    SmallTalk,
    /// It led on along a guided way in.
    Path,
}

impl From<answering::Decision> for Decision {
    fn from(decision: answering::Decision) -> Decision {
        match decision {
            answering::Decision::Answer => Decision::Answer,
            answering::Decision::Choice => Decision::Choice,
            answering::Decision::Route => Decision::Route,
            answering::Decision::Unknown => Decision::Unknown,
            answering::Decision::Crisis => Decision::Crisis,
            answering::Decision::SmallTalk => Decision::SmallTalk,
            answering::Decision::Path => Decision::Path,
        }
    }
}

/// A part of an entry that can be asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Facet {
    /// Who it is for.
    Who,
    /// How to do it.
    How,
    /// When.
    When,
    /// How much one gets or pays.
    Cost,
    /// Where it is.
    Where,
    /// What is required.
    Requirements,
    /// What happens afterwards.
    Afterwards,
    /// What it is not.
    Distinct,
    /// What no source confirms.
    Unverified,
}

impl From<knowledge::Facet> for Facet {
    fn from(facet: knowledge::Facet) -> Facet {
        match facet {
            knowledge::Facet::Who => Facet::Who,
            knowledge::Facet::How => Facet::How,
            knowledge::Facet::When => Facet::When,
            knowledge::Facet::Cost => Facet::Cost,
            knowledge::Facet::Where => Facet::Where,
            knowledge::Facet::Requirements => Facet::Requirements,
            knowledge::Facet::Afterwards => Facet::Afterwards,
            knowledge::Facet::Distinct => Facet::Distinct,
            knowledge::Facet::Unverified => Facet::Unverified,
        }
    }
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Money to apply for.
    Grants,
    /// Prizes and scholarships.
    Awards,
    /// Advisory councils and bodies for cooperation.
    Councils,
    /// Offices of the municipality.
    Offices,
    /// Functions to talk to.
    Contacts,
    /// Activities and meeting places.
    Activities,
    /// Networks and partnerships.
    Networks,
    /// Associations and other organisations.
    Associations,
    /// How to do something.
    Guides,
    /// Lines to call in need.
    Helplines,
}

impl From<EntryKind> for Kind {
    fn from(kind: EntryKind) -> Kind {
        match kind {
            EntryKind::Grants => Kind::Grants,
            EntryKind::Awards => Kind::Awards,
            EntryKind::Councils => Kind::Councils,
            EntryKind::Offices => Kind::Offices,
            EntryKind::Contacts => Kind::Contacts,
            EntryKind::Activities => Kind::Activities,
            EntryKind::Networks => Kind::Networks,
            EntryKind::Associations => Kind::Associations,
            EntryKind::Guides => Kind::Guides,
            EntryKind::Helplines => Kind::Helplines,
        }
    }
}

/// Whether what an entry says holds today.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Standing {
    /// It holds, as far as the sources say.
    Current,
    /// It is old or unverified, and should be confirmed before it is relied on.
    Confirm,
    /// It has ended.
    Ended,
}

impl From<knowledge::Standing> for Standing {
    fn from(standing: knowledge::Standing) -> Standing {
        match standing {
            knowledge::Standing::Current => Standing::Current,
            knowledge::Standing::Confirm => Standing::Confirm,
            knowledge::Standing::Ended => Standing::Ended,
        }
    }
}

/// When it suits someone best to be called.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum BestTime {
    /// In the morning.
    Morning,
    /// In the middle of the day.
    Midday,
    /// In the afternoon.
    Afternoon,
    /// Whenever suits the one who calls.
    Anytime,
}

/// What became of what someone has left: a question, an idea, or a wish to be called.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ReceiptState {
    /// Nobody has answered it, or called, yet.
    Open,
    /// An office has been given it, or someone has taken it on.
    Assigned,
    /// It has an answer, which stands in the text; or someone has called.
    Answered,
    /// It was closed without an answer, or taken back.
    Closed,
}

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!(example::answer()))]
pub(super) struct Answer {
    /// The conversation. Send it along with the next question, so that it is understood as one of the same conversation.
    /// It is a secret of whoever asks: who has it can go on with the conversation, and erase it.
    #[schema(pattern = "^[0-9A-HJKMNP-TV-Z]{28}$")]
    conversation: String,
    /// What was done with the question.
    decision: Decision,
    /// The entries that are shown.
    shown: Vec<String>,
    /// The office that owns the answer or the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    /// The language of the answer.
    language: Language,
    /// What to show, in this order.
    blocks: Vec<Block>,
    /// The same as plain text.
    text: String,
    /// The code of the question, when it was saved; the one who has it can look up what became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
}

impl Answer {
    /// What the desk says in a conversation.
    pub(super) fn of(conversation: String, reply: &desk::Reply, pages: &Pages<'_>) -> Answer {
        let answer = answering::Answer {
            blocks: pages.said_now(&reply.answer.blocks),
            ..reply.answer.clone()
        };
        Answer {
            conversation,
            decision: answer.decision.into(),
            shown: answer.shown.iter().map(ToString::to_string).collect(),
            office: answer.office.as_ref().map(ToString::to_string),
            language: answer.language.into(),
            blocks: blocks(&answer.blocks, answer.shown.first(), pages),
            text: answer.plain_text(),
            receipt: reply.receipt.as_ref().map(ToString::to_string),
        }
    }
}

/// What became of what someone has left: a question, an idea, or a wish to be called.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Receipt {
    /// Its code.
    #[schema(example = "7F3K-2QX")]
    pub(super) code: String,
    /// What became of it.
    pub(super) state: ReceiptState,
    /// The language of the text.
    pub(super) language: Language,
    /// The same in words, with the answer when there is one.
    #[schema(
        example = "Question 7F3K-2QX was asked on 23 November 2026. Nobody has answered it yet."
    )]
    pub(super) text: String,
}

/// What was erased.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Erased {
    /// How many saved questions were erased.
    pub(super) questions: u64,
    /// How many questions stay because the municipality must keep them; they go when it need not any longer.
    pub(super) held: u64,
    /// The language of the text.
    pub(super) language: Language,
    /// The same in words.
    pub(super) text: String,
}

impl ReceiptState {
    /// The state of what was found; `None` when nothing was.
    pub(super) fn of(outcome: desk::Outcome) -> Option<ReceiptState> {
        match outcome {
            desk::Outcome::Open => Some(ReceiptState::Open),
            desk::Outcome::Assigned => Some(ReceiptState::Assigned),
            desk::Outcome::Answered => Some(ReceiptState::Answered),
            desk::Outcome::Closed => Some(ReceiptState::Closed),
            desk::Outcome::NoSuchReceipt | desk::Outcome::Unavailable => None,
        }
    }
}
