//! What can be sent to the page: questions, what is to be shown, verdicts, and that everything is to be erased.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::draft::Draft;
use super::following;
use super::outcome::{answered, refuse, said, shown, unread};
use super::refusal::Refusal;
use super::session::Session;
use super::visitor::Visitor;
use crate::answering::{Block, Decision};
use crate::desk::{Complaint, LONGEST_MESSAGE, Message, Reply, Verdict};
use crate::knowledge::{EntryId, Facet, Language, PathName};
use crate::web::CHANNEL;
use crate::web::client::Client;
use crate::web::site::Site;

/// A question.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    token: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    about: Option<EntryId>,
    #[serde(default)]
    way: Option<PathName>,
}

/// What is to be shown.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    token: String,
    entry: EntryId,
    #[serde(default)]
    facet: Option<Facet>,
    #[serde(rename = "in")]
    language: Option<Language>,
}

/// Whether an answer helped.
#[derive(Deserialize)]
pub(super) struct Judged {
    #[serde(default)]
    token: String,
    turn: u32,
    entry: EntryId,
    helpful: Helpful,
    #[serde(default)]
    complaint: String,
    #[serde(default)]
    remark: String,
    #[serde(rename = "in")]
    language: Option<Language>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Helpful {
    Yes,
    No,
}

/// A form that holds nothing but its token.
#[derive(Deserialize)]
pub(super) struct Bare {
    #[serde(default)]
    token: String,
}

/// Answers a question.
pub(super) async fn ask(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    form: Result<Form<Asked>, FormRejection>,
) -> Response {
    let Form(asked) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    // A browser sends every line break as two characters, and counts it as one.
    let text = asked.text.replace("\r\n", "\n");
    let taken = visitor
        .may_send(&asked.token)
        .and_then(|()| fitting(&site, &text))
        .and_then(|()| admitted(&site, client, &text));
    if let Err(refusal) = taken {
        let draft = Draft {
            text,
            about: asked.about,
            way: asked.way,
            verdict: None,
        };
        return refuse(&site, &visitor, refusal, draft);
    }
    let session = going_on(&site, &visitor);
    let notice = match &asked.about {
        Some(entry) => turn_to(&site, &visitor, &session, entry).await,
        None => None,
    };
    speak(&site, &visitor, &session).await;
    let notice = match asked.way {
        Some(way) => following::begin(&site, &visitor, &session, way).await,
        None => notice,
    };
    let message = Message {
        conversation: session.conversation(),
        channel: CHANNEL,
        text: &text,
        language: Some(visitor.language),
    };
    let mut reply = site.desk.ask(&message).await;
    if let Some(notice) = notice.filter(|_| reply.answer.decision != Decision::Crisis) {
        reply.answer.blocks.insert(0, notice);
    }
    answered(&site, visitor, session, text, reply)
}

/// Shows an entry, or a part of it.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    form: Result<Form<Wanted>, FormRejection>,
) -> Response {
    let Form(wanted) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    let taken = visitor
        .may_send(&wanted.token)
        .and_then(|()| admitted(&site, client, ""));
    if let Err(refusal) = taken {
        return refuse(&site, &visitor, refusal, Draft::default());
    }
    let Wanted { entry, facet, .. } = wanted;
    let language = wanted.language.unwrap_or(visitor.language);
    let base = site.base();
    let session = going_on(&site, &visitor);
    let shown = site
        .desk
        .show(session.conversation(), &entry, facet, language);
    let (Some(found), Some(reply)) = (base.knowledge().entry(&entry), shown.await) else {
        return refuse(&site, &visitor, Refusal::Gone, Draft::default());
    };
    site.desk.count_shown(&reply.answer, CHANNEL);
    let text = found.text(language);
    let heading = facet.and_then(|f| text.section(f)).map(|s| &s.heading);
    let said = match heading {
        Some(heading) => format!("{}: {heading}", text.title),
        None => text.title.clone(),
    };
    answered(&site, visitor, session, said, reply)
}

/// Takes in whether an answer helped.
pub(super) async fn judge(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    form: Result<Form<Judged>, FormRejection>,
) -> Response {
    let Form(judged) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    let complaint = Complaint::parse(&judged.complaint);
    let taken = visitor
        .may_send(&judged.token)
        .and_then(|()| admitted(&site, client, &judged.remark));
    if let Err(refusal) = taken {
        let is_kept = judged.helpful == Helpful::No;
        let draft = Draft {
            verdict: is_kept.then_some((judged.turn, complaint, judged.remark)),
            ..Draft::default()
        };
        return refuse(&site, &visitor, refusal, draft);
    }
    let language = judged.language.unwrap_or(visitor.language);
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).page;
    let (verdict, said) = match judged.helpful {
        Helpful::Yes => (Verdict::Helpful, &phrases.helpful_yes),
        Helpful::No => {
            let remark = &judged.remark;
            (
                Verdict::Unhelpful { complaint, remark },
                &phrases.helpful_no,
            )
        }
    };
    let session = going_on(&site, &visitor);
    let conversation = session.conversation();
    let reply = site
        .desk
        .feedback_on(conversation, CHANNEL, &judged.entry, language, verdict)
        .await;
    if reply.answer.decision == Decision::Crisis {
        return answered(&site, visitor, session, String::new(), reply);
    }
    let reply = with_receipt(reply);
    match site
        .transcripts
        .judge(conversation, judged.turn, reply.clone())
    {
        Some(turn) => shown(&site, visitor, session, &turn),
        // The answer is not shown any longer, after a restart or a long while.
        None => answered(&site, visitor, session, said.clone(), reply),
    }
}

/// Erases the conversation.
pub(super) async fn forget(
    State(site): State<Arc<Site>>,
    visitor: Visitor,
    form: Result<Form<Bare>, FormRejection>,
) -> Response {
    let Form(bare) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    if let Err(refusal) = visitor.may_send(&bare.token) {
        return refuse(&site, &visitor, refusal, Draft::default());
    }
    let language = visitor.language;
    let base = site.base();
    let all = base.knowledge().phrases(language);
    let phrases = &all.page;
    let Some(session) = &visitor.session else {
        let text = phrases.forget_nothing.clone();
        return said(&site, language, StatusCode::OK, &text, &phrases.start_again);
    };
    site.transcripts.forget(session.conversation());
    let Some(erased) = site.desk.forget(session.conversation()).await else {
        let text = &all.erase_unavailable;
        return said(
            &site,
            language,
            StatusCode::SERVICE_UNAVAILABLE,
            text,
            &phrases.go_back,
        );
    };
    let text = site.desk.erased_text(&erased, language);
    let mut response = said(&site, language, StatusCode::OK, &text, &phrases.start_again);
    if let Some(cookie) = session.forgotten() {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Whether a question can be taken. However much someone in need writes, it can.
fn fitting(site: &Site, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let is_long = text.chars().count() > LONGEST_MESSAGE;
    if is_long && !site.desk.is_cry_for_help(text) {
        return Err(Refusal::TooLong);
    }
    Ok(())
}

/// Whether a client may send something now. Someone in need always may.
pub(super) fn admitted(site: &Site, client: Client, text: &str) -> Result<(), Refusal> {
    let in_need = || site.desk.is_cry_for_help(text);
    let admitted = site.pace.admit(client, in_need);
    admitted.map_err(|over| Refusal::TooOften {
        seconds: over.seconds,
    })
}

/// The conversation that a browser goes on with, or a new one.
pub(super) fn going_on(site: &Site, visitor: &Visitor) -> Session {
    let session = visitor.session.clone();
    session.unwrap_or_else(|| Session::new(site.settings.is_secure()))
}

/// Makes an entry what the conversation is about. What a first message is told comes back, to be said with the answer.
async fn turn_to(
    site: &Site,
    visitor: &Visitor,
    session: &Session,
    entry: &EntryId,
) -> Option<Block> {
    let shown = site
        .desk
        .show(session.conversation(), entry, None, visitor.language)
        .await?;
    notice_of(shown)
}

/// What a first message is told.
pub(super) fn notice_of(reply: Reply) -> Option<Block> {
    let mut blocks = reply.answer.blocks.into_iter();
    blocks.find(|block| matches!(block, Block::Notice { .. }))
}

/// Goes over to the language of the page when the resident has.
pub(super) async fn speak(site: &Site, visitor: &Visitor, session: &Session) {
    let turns = site.transcripts.of(session.conversation());
    let before = turns.last().map(|turn| turn.asked_on);
    if before.is_some_and(|language| language != visitor.language) {
        site.desk
            .speak(session.conversation(), visitor.language)
            .await;
    }
}

/// The thanks with the receipt as a block of its own, so that it can be copied and followed.
fn with_receipt(mut reply: Reply) -> Reply {
    if let Some(receipt) = &reply.receipt {
        let text = reply.answer.plain_text();
        let code = Some(receipt.to_string());
        reply.answer.blocks = vec![Block::Receipt { code, text }];
    }
    reply
}
