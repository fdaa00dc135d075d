//! A form of the console, taken only when it comes from a page that was drawn for the session it is sent in.

use std::sync::Arc;

use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::frame;
use super::session::Session;
use super::signed_in::language;
use crate::web::proof::is_own;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// The fields of a form that has brought the token of its session, from a page of ours. The handler takes who is signed in
/// before it, so that the session is one that there is.
pub(super) struct Sent<T>(pub(super) T);

/// What every form brings.
#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    token: String,
}

impl<T: DeserializeOwned> FromRequest<Arc<Site>> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Response> {
        let language = language(request.uri(), site);
        let base = site.base();
        let phrases = base.knowledge().phrases(language);
        let refuse = |status, why: &str| {
            let heading = &phrases.console.frame.refused;
            let main = html! { h1 { (heading) } p .lead { (why) } };
            (status, frame::outside(site, language, heading, "", &main)).into_response()
        };
        let (parts, body) = request.into_parts();
        let session = Session::of(&parts.headers, site.settings.is_secure());
        if !is_own(&parts.headers, site.settings.address.as_deref()) {
            return Err(refuse(StatusCode::FORBIDDEN, &phrases.page.refused_foreign));
        }
        let whole = Bytes::from_request(Request::from_parts(parts.clone(), body), site);
        let whole = whole.await.map_err(|_| Trouble::SlowBody.into_response())?;
        let again = || Request::from_parts(parts.clone(), Body::from(whole.clone()));
        let unread = |_| refuse(StatusCode::BAD_REQUEST, &phrases.page.refused_form);
        let Form(brought) = Form::<Token>::from_request(again(), site)
            .await
            .map_err(unread)?;
        if !session.is_some_and(|session| session.is_form_token(&brought.token)) {
            let why = &phrases.console.frame.refused_old;
            return Err(refuse(StatusCode::FORBIDDEN, why));
        }
        let Form(fields) = Form::<T>::from_request(again(), site)
            .await
            .map_err(unread)?;
        Ok(Sent(fields))
    }
}
