//! The guided ways in: which there are, and where what was pressed leads.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Deserialize;
use utoipa::ToSchema;

use super::asking::Channel;
use super::pages::Pages;
use super::read::Fields;
use super::refusals::{OfFollowing, OfPaths};
use super::wire::{Answer, Language, Paths, example};
use crate::web::client::Client;
use crate::web::site::Site;
use crate::web::trouble::{Told, Trouble};

/// Something that was pressed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Pressed, example = json!({ "conversation": example::CONVERSATION, "code": "grants.approved", "language": "en" }))]
#[expect(
    dead_code,
    reason = "read by name, so that everything wrong is told at once; this describes it"
)]
pub(super) struct FollowRequest {
    /// The conversation that an earlier answer named; without it, a new one is begun.
    #[schema(nullable = false, pattern = "^[0-9A-HJKMNP-TV-Z]{28}$")]
    conversation: Option<String>,
    /// Where it leads, as it stood with what was pressed.
    #[schema(min_length = 1, pattern = r"\S")]
    code: String,
    /// The language to go on in.
    #[schema(nullable = false)]
    language: Option<Language>,
}

/// List the guided ways in
///
/// Each leads in a few steps to what fits: a grant, people, a plan for an idea, a way to have a say, a call. Follow the code
/// of one to begin it.
#[utoipa::path(
    get, path = "/api/v1/paths", tag = "conversation", operation_id = "paths",
    params(("language" = Option<Language>, Query, description = "The language to read in")),
    responses((status = 200, description = "The ways in", body = Paths), OfPaths)
)]
pub(super) async fn list(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Paths>, Told> {
    let fields = Fields::of_address(&[], &uri, &headers, &site);
    let language = fields.language();
    fields.finish(Some(()))?;
    let read_in = language.unwrap_or_else(|| site.desk.default_language());
    Ok(Json(Paths::of(site.desk.ways_in(read_in), read_in)))
}

/// Go along a guided way in
///
/// Where an answer to a step leads, or something else that can be pressed: another step, or what the way in has led to. A
/// step can be answered with `ask` as well, in any words. What is said on the way is stored nowhere, unless it is handed to
/// staff at its end, which only a link of the kind `send`, and the last step of being called, do.
#[utoipa::path(
    post, path = "/api/v1/follow", tag = "conversation", operation_id = "follow", request_body = FollowRequest,
    responses((status = 200, description = "What is there", body = Answer), OfFollowing)
)]
pub(super) async fn follow(
    State(site): State<Arc<Site>>,
    client: Client,
    Channel(channel): Channel,
    mut fields: Fields,
) -> Result<Json<Answer>, Told> {
    let language = fields.language();
    let conversation = fields.conversation_if_any("conversation");
    let code = fields.text("code");
    let code = fields.finish(code)?;
    site.pace
        .admit(client, || false)
        .map_err(|over| Trouble::from(over).told_in(language))?;
    let conversation = conversation.unwrap_or_else(|| site.desk.begin_conversation());
    let led_in = language.unwrap_or_else(|| site.desk.default_language());
    let led = site.desk.lead(&conversation, channel, &code, led_in).await;
    let reply = led.ok_or_else(|| Trouble::NoPlace.told_in(language))?;
    let pages = Pages::of(&site, reply.answer.language);
    Ok(Json(Answer::of(conversation, &reply, &pages)))
}
