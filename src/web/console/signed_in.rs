//! Who is signed in: what every handler takes, so that nobody else gets to it.

use std::sync::Arc;

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;

use super::frame::{self, Sheet};
use super::section::{Section, home};
use super::session::Session;
use crate::desk::{Role, Staff};
use crate::knowledge::{Language, fill};
use crate::web::places::{encoded, language_of};
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// Someone who is signed in. Who is not, is led to where they can sign in, and back from there.
pub(super) struct SignedIn {
    /// Who they are.
    pub(super) staff: Staff,
    /// The language of the address.
    pub(super) language: Language,
    /// What the forms of their pages bring, as the field `token`.
    pub(super) form_token: String,
    /// What shows who they are.
    pub(super) session: Session,
}

/// Someone who is signed in and may answer questions and change what lots knows.
pub(super) struct Editor(pub(super) SignedIn);

/// Someone who is signed in and may see to the accounts.
pub(super) struct Admin(pub(super) SignedIn);

impl FromRequestParts<Arc<Site>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        let language = language(&parts.uri, site);
        match signed_in(parts, site).await {
            Ok(Some(signed)) => Ok(signed),
            Ok(None) => Err(sign_in_first(parts, language)),
            Err(trouble) => Err(trouble.into_response()),
        }
    }
}

/// For the page where someone signs in, who may be signed in already.
impl OptionalFromRequestParts<Arc<Site>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Option<Self>, Response> {
        let signed = signed_in(parts, site).await;
        signed.map_err(IntoResponse::into_response)
    }
}

impl FromRequestParts<Arc<Site>> for Editor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        with_role(parts, site, Role::Editor).await.map(Editor)
    }
}

impl FromRequestParts<Arc<Site>> for Admin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        with_role(parts, site, Role::Admin).await.map(Admin)
    }
}

/// The language of an address.
pub(super) fn language(uri: &Uri, site: &Site) -> Language {
    language_of(uri.path()).unwrap_or_else(|| site.desk.default_language())
}

/// The page for someone whose role is not enough.
pub(super) fn not_allowed(site: &Site, signed: &SignedIn, role: Role) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.frame;
    let text = fill(
        &phrases.not_allowed_text,
        &[
            ("role", phrases.role(role.code())),
            ("own", phrases.role(signed.staff.role().code())),
        ],
    );
    let sheet = Sheet {
        title: &phrases.not_allowed,
        section: Section::Queue,
        path: Section::Queue.path(),
        main: html! { h1 { (phrases.not_allowed) } p .lead { (text) } },
    };
    (StatusCode::FORBIDDEN, frame::draw(site, signed, &sheet)).into_response()
}

async fn with_role(parts: &mut Parts, site: &Arc<Site>, role: Role) -> Result<SignedIn, Response> {
    let signed = <SignedIn as FromRequestParts<_>>::from_request_parts(parts, site).await?;
    match signed.staff.require(role) {
        Ok(()) => Ok(signed),
        Err(_) => Err(not_allowed(site, &signed, role)),
    }
}

async fn signed_in(parts: &Parts, site: &Site) -> Result<Option<SignedIn>, Trouble> {
    let Some(session) = Session::of(&parts.headers, site.settings.is_secure()) else {
        return Ok(None);
    };
    let staff = site.desk.staff_of(session.token()).await;
    let staff = staff.map_err(|error| {
        tracing::warn!(%error, "who is signed in could not be looked up");
        Trouble::LogAway
    })?;
    Ok(staff.map(|staff| SignedIn {
        staff,
        language: language(&parts.uri, site),
        form_token: session.form_token(),
        session,
    }))
}

/// Leads to where one signs in, and from there to what was wanted, when that was a page and not a form.
fn sign_in_first(parts: &Parts, language: Language) -> Response {
    let wanted = parts.uri.path_and_query().map(ToString::to_string);
    let wanted = wanted.filter(|_| matches!(parts.method, Method::GET | Method::HEAD));
    let query = match wanted {
        Some(path) => format!("next={}", encoded(&path)),
        None => "ended=1".to_owned(),
    };
    Redirect::to(&format!("{}/sign-in?{query}", home(language))).into_response()
}
