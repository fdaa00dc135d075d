//! What comes back for what was sent: to a browser the page, at the place where the answer stands; to our script the piece
//! that is new.

use axum::extract::rejection::FormRejection;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::draft::Draft;
use super::refusal::Refusal;
use super::session::Session;
use super::talk::{self, Stage};
use super::transcript::Turn;
use super::visitor::Visitor;
use crate::desk::Reply;
use crate::knowledge::Language;
use crate::web::layout::{self, Sheet};
use crate::web::places::Place;
use crate::web::site::Site;

/// Tells our script what the forms of the page bring from now on.
const TOKEN: HeaderName = HeaderName::from_static("lots-token");

/// Shows an answer, and keeps it to be shown again.
pub(super) fn answered(
    site: &Site,
    visitor: Visitor,
    session: Session,
    said: String,
    reply: Reply,
) -> Response {
    let conversation = session.conversation();
    let turn = site
        .transcripts
        .add(conversation, said, visitor.language, reply);
    shown(site, visitor, session, &turn)
}

/// Shows what is new: to our script the piece, to a browser the page, at the place where it stands.
pub(super) fn shown(site: &Site, mut visitor: Visitor, session: Session, turn: &Turn) -> Response {
    let cookie = session.cookie().filter(|_| visitor.session.is_none());
    let token = HeaderValue::try_from(session.token()).ok();
    visitor.session = Some(session);
    let mut response = if visitor.wants_piece {
        talk::turn(site, &visitor, turn).into_response()
    } else {
        let place = Place::Talk.path(visitor.language);
        Redirect::to(&format!("{place}#turn-{}", turn.number)).into_response()
    };
    let headers = response.headers_mut();
    if let Some(token) = token.filter(|_| visitor.wants_piece) {
        headers.insert(TOKEN, token);
    }
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Says why something is not taken, with what was written where it was written.
pub(super) fn refuse(site: &Site, visitor: &Visitor, refusal: Refusal, draft: Draft) -> Response {
    if visitor.wants_piece {
        let base = site.base();
        let said = talk::refused(base.knowledge(), visitor.language, refusal);
        let mut response = (refusal.status(), refusal.headers(), said).into_response();
        // Of this page, but from before the conversation began elsewhere: it can be sent again.
        if refusal == Refusal::Old
            && let Some(session) = &visitor.session
            && let Ok(token) = HeaderValue::try_from(session.token())
        {
            response.headers_mut().insert(TOKEN, token);
        }
        return response;
    }
    let stage = Stage {
        draft,
        refusal: Some(refusal),
        ..Stage::default()
    };
    let page = talk::page(site, visitor, &stage);
    (refusal.status(), refusal.headers(), page).into_response()
}

/// Says that a form could not be read.
pub(super) fn unread(site: &Site, visitor: &Visitor, rejection: &FormRejection) -> Response {
    let refusal = match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLong,
        _ => Refusal::Broken,
    };
    refuse(site, visitor, refusal, Draft::default())
}

/// A page that says what became of erasing, and leads on.
pub(super) fn said(
    site: &Site,
    language: Language,
    status: StatusCode,
    text: &str,
    onward: &str,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).page;
    let main = html! {
        div .narrow {
            h1 { (phrases.forget_heading) }
            p .lead { (text) }
            p { a .button.main href=(Place::Talk.path(language)) { (onward) } }
        }
    };
    let sheet = Sheet {
        language,
        title: Some(&phrases.forget_heading),
        path: Place::Talk.path(language),
        other: None,
        head: html! {},
        class: "",
        main,
    };
    (status, layout::draw(site, &sheet)).into_response()
}
