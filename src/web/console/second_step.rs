//! What follows the password: a code, or setting up the first one where everyone needs them.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::code_parts::{code_field, given, recovery, scanned};
use super::frame;
use super::parts::alarm;
use super::passing::Passing;
use super::section::home;
use super::session::Session;
use super::sign_in::{onward, with_cookie};
use super::signed_in::language;
use crate::desk::{CodeSetUp, Half, HalfStep, SignInError, StaffError};
use crate::knowledge::{Language, fill};
use crate::web::client::Client;
use crate::web::places::encoded;
use crate::web::proof::is_own;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

const CODE: &str = "sign-in/code";
const SET_UP: &str = "sign-in/set-up";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{CODE}"), get(ask).post(take))
        .route(&format!("{home}/{SET_UP}"), get(set_up).post(confirm))
}

#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    code: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    next: String,
}

/// Leads someone whose password is right to what is left.
pub(super) fn lead(site: &Site, language: Language, half: &Half, next: &str) -> Response {
    let path = match half.step {
        HalfStep::Code => CODE,
        HalfStep::SetUp => SET_UP,
    };
    let place = format!("{}/{path}?next={}", home(language), encoded(next));
    let is_secure = site.settings.is_secure();
    let cookie = Passing::Half.cookie(&half.token, half.step.lasts(), is_secure);
    with_cookie(Redirect::to(&place).into_response(), cookie)
}

async fn ask(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let language = language(&uri, &site);
    match Passing::Half.of(&headers, site.settings.is_secure()) {
        Some(_) => page(&site, language, None, &wanted.next).into_response(),
        None => too_late(language),
    }
}

async fn take(
    State(site): State<Arc<Site>>,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let language = language(&uri, &site);
    let base = site.base();
    let phrases = base.knowledge().phrases(language);
    let again = |status: StatusCode, why: &str, next: &str| {
        (status, page(&site, language, Some(alarm(why)), next)).into_response()
    };
    if !is_own(&headers, site.settings.address.as_deref()) {
        return again(StatusCode::FORBIDDEN, &phrases.page.refused_foreign, "");
    }
    let Ok(Form(fields)) = form else {
        return again(StatusCode::BAD_REQUEST, &phrases.page.refused_form, "");
    };
    let is_secure = site.settings.is_secure();
    let Some(half) = Passing::Half.of(&headers, is_secure) else {
        return too_late(language);
    };
    let client = client.to_string();
    match site.desk.sign_in_by_code(half, &fields.code, &client).await {
        Ok(signed_in) => {
            let place = onward(&fields.next, language);
            let session = Session::new(signed_in.token, is_secure).cookie();
            let led = with_cookie(Redirect::to(&place).into_response(), session);
            with_cookie(led, Passing::Half.forgotten(is_secure))
        }
        Err(SignInError::Refused) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            again(status, &phrases.console.codes.wrong, &fields.next)
        }
        Err(SignInError::TooLate | SignInError::Halfway(_)) => too_late(language),
        Err(SignInError::Away) => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            again(status, &phrases.console.sign_in.away, &fields.next)
        }
    }
}

/// The page where someone sets up their codes before anything else.
async fn set_up(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let language = language(&uri, &site);
    let Some(half) = Passing::Half.of(&headers, site.settings.is_secure()) else {
        return too_late(language);
    };
    match site.desk.set_up_halfway(half, None).await {
        Ok(Some(set_up)) => {
            set_up_page(&site, language, &set_up, None, &wanted.next).into_response()
        }
        Ok(None) => too_late(language),
        Err(error) => away(&error),
    }
}

async fn confirm(
    State(site): State<Arc<Site>>,
    uri: Uri,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let language = language(&uri, &site);
    let is_secure = site.settings.is_secure();
    let half = Passing::Half.of(&headers, is_secure);
    let (Ok(Form(fields)), Some(half)) = (form, half) else {
        return too_late(language);
    };
    if !is_own(&headers, site.settings.address.as_deref()) {
        return too_late(language);
    }
    let set_up = site
        .desk
        .sign_in_by_set_up(half, &fields.secret, &fields.code);
    let (signed_in, codes) = match set_up.await {
        Ok(Some(done)) => done,
        Err(StaffError::WrongCode) => {
            return match site.desk.set_up_halfway(half, Some(&fields.secret)).await {
                Ok(Some(set_up)) => {
                    let base = site.base();
                    let why = &base.knowledge().phrases(language).console.codes.wrong;
                    let said = Some(alarm(why));
                    let page = set_up_page(&site, language, &set_up, said, &fields.next);
                    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
                }
                Ok(None) | Err(StaffError::WrongCode) => too_late(language),
                Err(error) => away(&error),
            };
        }
        Ok(None) | Err(StaffError::Unknown | StaffError::Elsewhere) => return too_late(language),
        Err(error) => return away(&error),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).console.codes;
    let place = onward(&fields.next, language);
    let main = html! {
        h1 { (phrases.recovery) }
        (recovery(&codes, phrases))
        p { a .button.main href=(place) { (phrases.go_on) } }
    };
    let page = frame::outside(&site, language, &phrases.recovery, SET_UP, &main).into_response();
    let page = with_cookie(page, Session::new(signed_in.token, is_secure).cookie());
    with_cookie(page, Passing::Half.forgotten(is_secure))
}

/// Leads back to where one begins.
fn too_late(language: Language) -> Response {
    Redirect::to(&format!("{}/sign-in?late=1", home(language))).into_response()
}

fn away(error: &StaffError) -> Response {
    tracing::warn!(%error, "someone could not set up their codes");
    Trouble::LogAway.into_response()
}

fn page(site: &Site, language: Language, said: Option<Markup>, next: &str) -> Markup {
    let base = site.base();
    let console = &base.knowledge().phrases(language).console;
    let phrases = &console.codes;
    let home = home(language);
    let main = html! {
        div .slip {
            h1 { (phrases.ask) }
            p .lead { (phrases.ask_lead) }
            @if let Some(said) = said { (said) }
            form method="post" action={ (home) "/" (CODE) } {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (code_field("code", &phrases.code, &phrases.code_or_recovery))
                button .main { (console.sign_in.button) }
            }
            p .small { (phrases.lost) }
            p { a href={ (home) "/sign-in" } { (phrases.begin_again) } }
        }
    };
    frame::outside(site, language, &phrases.ask, CODE, &main)
}

fn set_up_page(
    site: &Site,
    language: Language,
    set_up: &CodeSetUp,
    said: Option<Markup>,
    next: &str,
) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).console.codes;
    let home = home(language);
    let main = html! {
        div .slip {
            h1 { (phrases.heading) }
            p .lead { (fill(&phrases.required, &[("name", &set_up.account)])) }
            @if let Some(said) = said { (said) }
            (scanned(set_up, phrases))
            form method="post" action={ (home) "/" (SET_UP) } {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (given(set_up))
                (code_field("code", &phrases.code, &phrases.code_hint))
                button .main { (phrases.turn_on) }
            }
        }
    };
    frame::outside(site, language, &phrases.heading, SET_UP, &main)
}
