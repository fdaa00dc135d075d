//! Asking, what follows on an answer, and erasing.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use serde::Deserialize;
use utoipa::ToSchema;

use super::pages::Pages;
use super::read::Fields;
use super::refusals::{OfBody, OfEntryInBody, OfErasing};
use super::wire::{Answer, Erased, Facet, Language, example};
use crate::desk::{Desk, LONGEST_MESSAGE, LONGEST_REMARK, Message, Verdict};
use crate::web::client::Client;
use crate::web::site::Site;
use crate::web::trouble::{Told, Trouble};

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Question, example = json!({ "text": "When can we apply for lovpeng?", "language": "en" }))]
#[expect(
    dead_code,
    reason = "read by name, so that everything wrong is told at once; this describes it"
)]
pub(super) struct AskRequest {
    /// What is asked, in any words: at most 2,000 characters, unless someone in need writes them.
    #[schema(min_length = 1, pattern = r"\S")]
    text: String,
    /// The conversation that an earlier answer named; without it, a new one is begun.
    #[schema(nullable = false, pattern = "^[0-9A-HJKMNP-TV-Z]{28}$")]
    conversation: Option<String>,
    /// The language that whoever asks most likely reads; they are answered in the one they write.
    #[schema(nullable = false)]
    language: Option<Language>,
}

/// An entry to show.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ToShow, example = json!({ "conversation": example::CONVERSATION, "entry": "grants/lovpeng", "facet": "when", "language": "en" }))]
#[expect(
    dead_code,
    reason = "read by name, so that everything wrong is told at once; this describes it"
)]
pub(super) struct ShowRequest {
    /// The conversation that an earlier answer named; without it, a new one is begun.
    #[schema(nullable = false, pattern = "^[0-9A-HJKMNP-TV-Z]{28}$")]
    conversation: Option<String>,
    /// The entry.
    #[schema(
        pattern = "^(grants|awards|councils|offices|contacts|activities|networks|associations|guides|helplines)/[a-z0-9_-]+$"
    )]
    entry: String,
    /// A part of it; without it, all that it has to say at first.
    #[schema(nullable = false)]
    facet: Option<Facet>,
    /// The language to show it in.
    #[schema(nullable = false)]
    language: Option<Language>,
}

/// Whether an answer helped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Feedback, example = json!({ "conversation": example::CONVERSATION, "entry": "grants/lovpeng", "helpful": false, "reason": "out_of_date", "language": "en" }))]
#[expect(
    dead_code,
    reason = "read by name, so that everything wrong is told at once; this describes it"
)]
pub(super) struct FeedbackRequest {
    /// The conversation of the answer.
    #[schema(pattern = "^[0-9A-HJKMNP-TV-Z]{28}$")]
    conversation: String,
    /// The entry that it showed.
    #[schema(
        pattern = "^(grants|awards|councils|offices|contacts|activities|networks|associations|guides|helplines)/[a-z0-9_-]+$"
    )]
    entry: String,
    /// Whether it helped.
    helpful: bool,
    /// Why it did not; of no meaning when it did.
    #[schema(nullable = false)]
    reason: Option<Reason>,
    /// More about that, in at most 300 characters. Personal data are masked.
    #[schema(nullable = false)]
    remark: Option<String>,
    /// The language to be thanked in.
    #[schema(nullable = false)]
    language: Option<Language>,
}

/// Why an answer did not help.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reason {
    /// It is about something else than what was asked.
    WrongSubject,
    /// It cannot be understood.
    HardToUnderstand,
    /// It no longer holds.
    OutOfDate,
    /// Something is missing from it.
    Incomplete,
}

/// Ask a question
///
/// Answers from the knowledge base. A question that it has no answer to is saved for staff, with personal data masked, and
/// gets a receipt.
#[utoipa::path(
    post, path = "/api/v1/ask", tag = "conversation", operation_id = "ask", request_body = AskRequest,
    responses((status = 200, description = "The answer", body = Answer), OfBody)
)]
pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    client: Client,
    Channel(channel): Channel,
    mut fields: Fields,
) -> Result<Json<Answer>, Told> {
    let language = fields.language();
    let conversation = fields.conversation_if_any("conversation");
    let text = fields.text("text");
    let is_cry = |text: &str| site.desk.is_cry_for_help(text);
    let too_long = |t: &String| t.chars().count() > LONGEST_MESSAGE && !is_cry(t);
    if text.as_ref().is_some_and(too_long) {
        fields.too_long("text", LONGEST_MESSAGE);
    }
    let text = fields.finish(text)?;
    site.pace
        .admit(client, || is_cry(&text))
        .map_err(|over| Trouble::from(over).told_in(language))?;
    let conversation = conversation.unwrap_or_else(|| site.desk.begin_conversation());
    let message = Message {
        conversation: &conversation,
        channel,
        text: &text,
        language,
    };
    let reply = site.desk.ask(&message).await;
    let pages = Pages::of(&site, reply.answer.language);
    Ok(Json(Answer::of(conversation, &reply, &pages)))
}

/// Show an entry, or a part of one
///
/// What buttons lead to: the entries that were offered to choose among, and the parts of an entry that can be asked for.
/// The entry becomes what the conversation is about.
#[utoipa::path(
    post, path = "/api/v1/show", tag = "conversation", operation_id = "show", request_body = ShowRequest,
    responses((status = 200, description = "The entry, or the part of it", body = Answer), OfEntryInBody)
)]
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    client: Client,
    Channel(channel): Channel,
    mut fields: Fields,
) -> Result<Json<Answer>, Told> {
    let language = fields.language();
    let conversation = fields.conversation_if_any("conversation");
    let entry = fields.entry("entry");
    let facet = fields.facet("facet");
    let entry = fields.finish(entry)?;
    site.pace
        .admit(client, || false)
        .map_err(|over| Trouble::from(over).told_in(language))?;
    let conversation = conversation.unwrap_or_else(Desk::new_conversation);
    let shown_in = language.unwrap_or_else(|| site.desk.default_language());
    let reply = site.desk.show(&conversation, &entry, facet, shown_in).await;
    let reply = reply.ok_or_else(|| Trouble::NoEntry.told_in(language))?;
    site.desk.count_shown(&reply.answer, channel);
    let pages = Pages::of(&site, reply.answer.language);
    Ok(Json(Answer::of(conversation, &reply, &pages)))
}

/// Say whether an answer helped
///
/// An answer that did not help is saved for staff together with what was asked, and gets a receipt.
#[utoipa::path(
    post, path = "/api/v1/feedback", tag = "conversation", operation_id = "feedback", request_body = FeedbackRequest,
    responses((status = 200, description = "What to say to whoever said so", body = Answer), OfEntryInBody)
)]
pub(super) async fn feedback(
    State(site): State<Arc<Site>>,
    client: Client,
    Channel(channel): Channel,
    mut fields: Fields,
) -> Result<Json<Answer>, Told> {
    let language = fields.language();
    let conversation = fields.conversation("conversation");
    let entry = fields.entry("entry");
    let helpful = fields.truth("helpful");
    let complaint = fields.complaint("reason");
    let remark = fields.text_if_any("remark").unwrap_or_default();
    let is_cry = || site.desk.is_cry_for_help(&remark);
    if remark.chars().count() > LONGEST_REMARK && !is_cry() {
        fields.too_long("remark", LONGEST_REMARK);
    }
    let ((conversation, entry), helpful) = fields.finish(conversation.zip(entry).zip(helpful))?;
    site.pace
        .admit(client, is_cry)
        .map_err(|over| Trouble::from(over).told_in(language))?;
    if site.base().knowledge().entry(&entry).is_none() {
        return Err(Trouble::NoEntry.told_in(language));
    }
    let verdict = if helpful {
        Verdict::Helpful
    } else {
        Verdict::Unhelpful {
            complaint,
            remark: &remark,
        }
    };
    let said_in = language.unwrap_or_else(|| site.desk.default_language());
    let reply = site
        .desk
        .feedback_on(&conversation, channel, &entry, said_in, verdict)
        .await;
    let pages = Pages::of(&site, reply.answer.language);
    Ok(Json(Answer::of(conversation, &reply, &pages)))
}

/// Erase a conversation
///
/// Deletes what is remembered of the conversation and every question that was saved in it. One that was erased before, or
/// never was, is no failure. A question that the municipality must keep stays until it need not be kept any longer.
#[utoipa::path(
    delete, path = "/api/v1/conversations/{conversation}", tag = "conversation", operation_id = "erase",
    params(
        ("conversation" = String, Path, description = "The conversation that the first answer named", pattern = "^[0-9A-HJKMNP-TV-Z]{28}$", example = json!(example::CONVERSATION)),
        ("language" = Option<Language>, Query, description = "The language to be told in"),
    ),
    responses((status = 200, description = "What was erased", body = Erased), OfErasing)
)]
pub(super) async fn erase(
    State(site): State<Arc<Site>>,
    client: Client,
    path: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Erased>, Told> {
    let Path(named) = path.map_err(|_| Trouble::NoPage)?;
    let mut fields = Fields::of_address(&[("conversation", &named)], &uri, &headers, &site);
    let language = fields.language();
    let conversation = fields.conversation("conversation");
    let conversation = fields.finish(conversation)?;
    site.pace
        .admit(client, || false)
        .map_err(|over| Trouble::from(over).told_in(language))?;
    site.transcripts.forget(&conversation);
    let erased = site.desk.forget(&conversation).await;
    let erased = erased.ok_or_else(|| Trouble::LogAway.told_in(language))?;
    let told_in = language.unwrap_or_else(|| site.desk.default_language());
    Ok(Json(Erased {
        questions: erased.questions,
        held: erased.held,
        language: told_in.into(),
        text: site.desk.erased_text(&erased, told_in),
    }))
}

/// The channel that the log names: the panel, when the request comes from a site that may show it.
pub(super) struct Channel(pub(super) &'static str);

impl FromRequestParts<Arc<Site>> for Channel {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        let header = |name| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let Some(origin) = header(header::ORIGIN) else {
            return Ok(Channel("api"));
        };
        let ours = || {
            let host = header(header::HOST)?;
            let (_, named) = origin.split_once("://")?;
            (named == host || site.settings.address.as_deref() == Some(origin)).then_some(())
        };
        let shows_panel = site.settings.origins.iter().any(|site| site == origin);
        Ok(Channel(if shows_panel || ours().is_some() {
            "widget"
        } else {
            "api"
        }))
    }
}
