//! Going along a guided way in: where something that was pressed leads, and where one begins by typing.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use serde::Deserialize;

use super::acts::{admitted, going_on, notice_of, speak};
use super::draft::Draft;
use super::outcome::{answered, refuse, unread};
use super::refusal::Refusal;
use super::session::Session;
use super::visitor::Visitor;
use crate::answering::Block;
use crate::knowledge::{Language, PathName};
use crate::web::CHANNEL;
use crate::web::client::Client;
use crate::web::site::Site;

/// Where something that was pressed on a guided way in leads.
#[derive(Deserialize)]
pub(super) struct Pressed {
    #[serde(default)]
    token: String,
    code: String,
    #[serde(rename = "in")]
    language: Option<Language>,
}

/// Goes where something on a guided way in leads.
pub(super) async fn follow(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    form: Result<Form<Pressed>, FormRejection>,
) -> Response {
    let Form(pressed) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    let taken = visitor
        .may_send(&pressed.token)
        .and_then(|()| admitted(&site, client, ""));
    if let Err(refusal) = taken {
        return refuse(&site, &visitor, refusal, Draft::default());
    }
    let Pressed { code, .. } = pressed;
    let language = pressed.language.unwrap_or(visitor.language);
    let session = going_on(&site, &visitor);
    let conversation = session.conversation();
    // Said before one has gone on, when what was pressed may be forgotten already.
    let said = site.desk.pressed(conversation, &code, language);
    speak(&site, &visitor, &session).await;
    let led = site.desk.lead(conversation, CHANNEL, &code, language).await;
    match said.zip(led) {
        Some((said, reply)) => answered(&site, visitor, session, said, reply),
        None => refuse(&site, &visitor, Refusal::Gone, Draft::default()),
    }
}

/// Goes to the beginning of a guided way in, for what is said there. What a first message is told comes back.
pub(super) async fn begin(
    site: &Site,
    visitor: &Visitor,
    session: &Session,
    way: PathName,
) -> Option<Block> {
    let conversation = session.conversation();
    let led = site
        .desk
        .lead(conversation, CHANNEL, way.code(), visitor.language)
        .await?;
    notice_of(led)
}
