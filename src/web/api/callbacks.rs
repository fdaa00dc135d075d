//! To be called or written to by an office.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::Channel;
use super::pages::Pages;
use super::read::Fields;
use super::refusals::OfEntryInBody;
use super::wire::{Answer, BestTime, Language, example};
use crate::desk::{self, CallBackField, CallBackRefusal, Desk, Promised, Wanted};
use crate::knowledge;
use crate::web::client::Client;
use crate::web::site::Site;
use crate::web::trouble::{Fault, Told, Trouble};

/// What someone asks for who wants to be called or written to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ToCall, example = json!({ "subject": "A building permit for a deck", "address": "08-465 004 00", "language": "en" }))]
#[expect(
    dead_code,
    reason = "read by name, so that everything wrong is told at once; this describes it"
)]
pub(super) struct CallBackRequest {
    /// What it is about, in at most 300 characters, unless someone in need writes them. Personal data are masked.
    #[schema(min_length = 1, pattern = r"\S")]
    subject: String,
    /// A telephone number, Swedish or with a country code, or a mail address.
    #[schema(min_length = 1, pattern = r"\S")]
    address: String,
    /// The office that is to call; without it, the one that owns the subject.
    #[schema(nullable = false, pattern = "^offices/[a-z0-9_-]+$")]
    office: Option<String>,
    /// When it suits best; without it, any time.
    #[schema(nullable = false)]
    best_time: Option<BestTime>,
    /// The conversation that an earlier answer named; without it, a new one is begun.
    #[schema(nullable = false, pattern = "^[0-9A-HJKMNP-TV-Z]{28}$")]
    conversation: Option<String>,
    /// The language to speak.
    #[schema(nullable = false)]
    language: Option<Language>,
}

/// What came of it: a promise or, for someone in need, an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CallBackOutcome {
    /// The conversation. Erasing it deletes the address as well.
    #[schema(pattern = "^[0-9A-HJKMNP-TV-Z]{28}$", example = json!(example::CONVERSATION))]
    conversation: String,
    /// What is promised; not there for someone in need, of whom nothing is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    promise: Option<CallBackPromise>,
    /// The help lines for someone in need.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
}

/// Who calls or writes, and by when.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CallBackPromise {
    /// The office.
    #[schema(example = "offices/kontaktcenter")]
    office: String,
    /// Whether it calls or writes.
    by: CallBackMeans,
    /// The last day, where the municipality is.
    #[schema(example = "2026-11-25")]
    day: String,
    /// The time of that day, when the office has said when it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "16:00")]
    time: Option<String>,
    /// The code by which it can be looked up what became of it.
    #[schema(example = "7F3K-2QX")]
    receipt: String,
    /// The language of the text.
    language: Language,
    /// The same in words, with what is kept and for how long.
    text: String,
}

/// How someone is reached.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CallBackMeans {
    /// By telephone.
    Phone,
    /// By mail.
    Email,
}

/// Ask to be called
///
/// Keeps a telephone number or a mail address for this alone until an office has called or written, and says by when it
/// does. The same asked for twice is promised once. At most three wait in a conversation, or at an address.
#[utoipa::path(
    post, path = "/api/v1/call-backs", tag = "conversation", operation_id = "call_back", request_body = CallBackRequest,
    responses((status = 200, description = "What came of it", body = CallBackOutcome), OfEntryInBody)
)]
pub(super) async fn call_back(
    State(site): State<Arc<Site>>,
    client: Client,
    Channel(channel): Channel,
    mut fields: Fields,
) -> Result<Json<CallBackOutcome>, Told> {
    let language = fields.language();
    let conversation = fields.conversation_if_any("conversation");
    let office = fields.entry_if_any("office");
    let subject = fields.text("subject");
    let address = fields.text("address");
    let best_time = fields.best_time("best_time");
    let (subject, address) = fields.finish(subject.zip(address))?;
    site.pace
        .admit(client, || site.desk.is_cry_for_help(&subject))
        .map_err(|over| Trouble::from(over).told_in(language))?;
    let conversation = conversation.unwrap_or_else(Desk::new_conversation);
    let spoken = language.unwrap_or_else(|| site.desk.default_language());
    let wanted = Wanted {
        office,
        address: &address,
        subject: &subject,
        best_time: best_time.unwrap_or(knowledge::BestTime::Anytime),
        language: spoken,
    };
    let asked = site.desk.ask_call_back(&conversation, channel, &wanted);
    let (promise, answer) = match asked.await {
        Ok(promised) => {
            let text = site.desk.promised_text(&promised, spoken);
            (Some(CallBackPromise::of(&promised, spoken, text)), None)
        }
        Err(CallBackRefusal::InNeed(reply)) => {
            let pages = Pages::of(&site, reply.answer.language);
            let answer = Answer::of(conversation.clone(), &reply, &pages);
            (None, Some(answer))
        }
        Err(CallBackRefusal::Unavailable) => return Err(Trouble::LogAway.told_in(language)),
        Err(CallBackRefusal::NoSuchOffice) => return Err(Trouble::NoEntry.told_in(language)),
        Err(refusal) => {
            let base = site.base();
            let fault = Fault {
                pointer: Some(pointer(&refusal).to_owned()),
                parameter: None,
                detail: refusal.text(base.knowledge(), spoken),
            };
            return Err(Trouble::Wrong(vec![fault]).told_in(language));
        }
    };
    Ok(Json(CallBackOutcome {
        conversation,
        promise,
        answer,
    }))
}

impl CallBackPromise {
    fn of(promised: &Promised, language: knowledge::Language, text: String) -> CallBackPromise {
        let by = promised.promise.by;
        let has_hour = promised.promise.has_hour;
        CallBackPromise {
            office: promised.office.to_string(),
            by: match promised.kind {
                desk::AddressKind::Phone => CallBackMeans::Phone,
                desk::AddressKind::Email => CallBackMeans::Email,
            },
            day: by.date().to_string(),
            time: has_hour.then(|| by.strftime("%H:%M").to_string()),
            receipt: promised.receipt.to_string(),
            language: language.into(),
            text,
        }
    }
}

/// Where in the body something is to be mended.
fn pointer(refusal: &CallBackRefusal) -> &'static str {
    match refusal.field() {
        Some(CallBackField::Subject) => "/subject",
        Some(CallBackField::Address) => "/address",
        Some(CallBackField::Office) => "/office",
        // So many wait in the conversation, or at the address, already.
        None => "/conversation",
    }
}
