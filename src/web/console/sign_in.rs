//! Signing in and out.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::html;
use serde::Deserialize;

use super::asked::Asked;
use super::frame;
use super::parts::{Field, alarm, note};
use super::section::{home, within};
use super::sent::Sent;
use super::session::Session;
use super::signed_in::{SignedIn, language};
use super::{second_step, sign_on};
use crate::desk::SignInError;
use crate::knowledge::Language;
use crate::web::client::Client;
use crate::web::proof::is_own;
use crate::web::site::Site;

const PATH: &str = "sign-in";
/// What the address of the page says of someone who has signed out here, and perhaps not at the provider.
const HERE: &str = "here";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show).post(sign_in))
        .route(&format!("{home}/sign-out"), post(sign_out))
}

/// What the address of the page says.
#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
    ended: Option<String>,
    late: Option<String>,
    out: Option<String>,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// A form of nothing but its token.
#[derive(Deserialize)]
pub(super) struct Bare {}

/// Where someone signs in; whoever is signed in already is led on.
async fn show(
    State(site): State<Arc<Site>>,
    uri: Uri,
    signed: Option<SignedIn>,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let language = language(&uri, &site);
    if signed.is_some() {
        return Redirect::to(&onward(&wanted.next, language)).into_response();
    }
    let base = site.base();
    let console = &base.knowledge().phrases(language).console;
    let phrases = &console.sign_in;
    let said = if wanted.out.as_deref() == Some(HERE) && site.desk.sign_on().is_some() {
        Some(note(&sign_on::signed_out_here(&site, &console.sign_on)))
    } else if wanted.out.is_some() {
        Some(note(&phrases.signed_out))
    } else if wanted.late.is_some() {
        Some(alarm(&console.codes.too_late))
    } else if wanted.ended.is_some() || !wanted.next.is_empty() {
        Some(note(&phrases.ended))
    } else {
        None
    };
    page(&site, language, said, "", &wanted.next).into_response()
}

async fn sign_in(
    State(site): State<Arc<Site>>,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let language = language(&uri, &site);
    let base = site.base();
    let phrases = base.knowledge().phrases(language);
    let again = |status: StatusCode, why: &str, name: &str, next: &str| {
        (status, page(&site, language, Some(alarm(why)), name, next)).into_response()
    };
    // Nobody is signed in yet, so that there is no token to bring; it is enough that no other site sent the form.
    if !is_own(&headers, site.settings.address.as_deref()) {
        let why = &phrases.page.refused_foreign;
        return again(StatusCode::FORBIDDEN, why, "", "");
    }
    let Ok(Form(fields)) = form else {
        return again(StatusCode::BAD_REQUEST, &phrases.page.refused_form, "", "");
    };
    let signed_in = site
        .desk
        .sign_in(&fields.name, &fields.password, &client.to_string())
        .await;
    let phrases = &phrases.console.sign_in;
    let token = match signed_in {
        Ok(signed_in) => signed_in.token,
        Err(SignInError::Halfway(half)) => {
            return second_step::lead(&site, language, &half, &fields.next);
        }
        Err(SignInError::Refused | SignInError::TooLate) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return again(status, &phrases.refused, &fields.name, &fields.next);
        }
        Err(SignInError::Away) => {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return again(status, &phrases.away, &fields.name, &fields.next);
        }
    };
    let is_secure = site.settings.is_secure();
    if let Some(before) = Session::of(&headers, is_secure)
        && let Err(error) = site.desk.sign_out(before.token()).await
    {
        tracing::warn!(%error, "the session that a browser had before could not be ended");
    }
    let onward = Redirect::to(&onward(&fields.next, language)).into_response();
    with_cookie(onward, Session::new(token, is_secure).cookie())
}

async fn sign_out(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let language = signed.language;
    let id_token = match site.desk.sign_out(signed.session.token()).await {
        Ok(None) => return out(&site, language),
        Ok(Some(id_token)) => id_token,
        Err(error) => {
            tracing::warn!(%error, "someone could not be signed out; their session ends by itself");
            return out(&site, language);
        }
    };
    let led = match site.desk.way_out(&id_token, language).await {
        Some(address) => sign_on::leading_out(&site, language, &address),
        None => Redirect::to(&format!("{}/{PATH}?out={HERE}", home(language))).into_response(),
    };
    with_cookie(led, Session::forgotten(site.settings.is_secure()))
}

/// Leads someone out who is signed in no longer.
pub(super) fn out(site: &Site, language: Language) -> Response {
    let place = format!("{}/{PATH}?out=1", home(language));
    let forgotten = Session::forgotten(site.settings.is_secure());
    with_cookie(Redirect::to(&place).into_response(), forgotten)
}

/// A response that gives the browser a cookie, besides those that it gives already.
pub(super) fn with_cookie(mut response: Response, cookie: Option<header::HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Where someone is led who has signed in: to the page they wanted, when that is one of the console.
pub(super) fn onward(next: &str, language: Language) -> String {
    let is_plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    match within(next) {
        Some(path) if is_plain && !path.starts_with("sign-") => next.to_owned(),
        Some(_) | None => home(language).to_owned(),
    }
}

fn page(
    site: &Site,
    language: Language,
    said: Option<maud::Markup>,
    name: &str,
    next: &str,
) -> maud::Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).console.sign_in;
    let field = |name, label, value, autocomplete| Field {
        name,
        label,
        hint: "",
        value,
        autocomplete,
    };
    let main = html! {
        div .slip {
            h1 { (phrases.heading) }
            p .lead { (phrases.lead) }
            @if let Some(said) = said { (said) }
            (sign_on::button(site, language, next))
            form method="post" action={ (home(language)) "/" (PATH) } {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (field("name", &phrases.name, name, "username").text())
                (field("password", &phrases.password, "", "current-password").password())
                button .main { (phrases.button) }
            }
            p .small { (phrases.help) }
        }
    };
    frame::outside(site, language, &phrases.heading, PATH, &main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_the_console() {
        let home = "/sv/konsol";
        for (next, expected) in [
            ("/sv/konsol/queue?page=2", "/sv/konsol/queue?page=2"),
            ("/en/console", "/en/console"),
            ("", home),
            ("/sv/konsol/sign-out", home),
            ("https://evil.example/sv/konsol", home),
            ("//evil.example", home),
            ("/sv/konsol\\@evil.example", home),
            ("/sv/konsol/\r\nSet-Cookie:x", home),
            ("/sv/", home),
        ] {
            assert_eq!(onward(next, Language::Swedish), expected, "{next:?}");
        }
    }
}
