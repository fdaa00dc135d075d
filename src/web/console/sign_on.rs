//! Signing in at the identity provider, and out of it.
//!
//! The provider leads back to one address whatever the language. A cookie that goes with no request from elsewhere would
//! not go with the step after that one either: so whoever is signed in is shown a page of ours that leads on by itself.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame;
use super::parts::alarm;
use super::passing::Passing;
use super::section::home;
use super::session::Session;
use super::sign_in::{onward, with_cookie};
use super::signed_in::language;
use crate::desk::{Answered, SignOnRefusal};
use crate::knowledge::{Language, SignOnPhrases, fill};
use crate::web::client::Client;
use crate::web::places::{encoded, language_of};
use crate::web::preferred;
use crate::web::proof::is_own;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// Where the provider leads back to after someone has signed in.
pub(in crate::web) const BACK: &str = "/sign-on";
/// Where it leads back to after someone has signed out.
pub(in crate::web) const AFTER: &str = "/sign-on/out";

const PATH: &str = "sign-on";

/// What is there once for all languages.
pub(super) fn shared_routes() -> Router<Arc<Site>> {
    Router::new()
        .route(BACK, get(finish))
        .route(AFTER, get(after))
}

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new().route(&format!("{home}/{PATH}"), get(begin))
}

#[derive(Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
}

/// What the provider has the browser bring back.
#[derive(Default, Deserialize)]
struct Brought {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// The way to the provider, as it stands on the page where one signs in; nothing when there is none.
pub(super) fn button(site: &Site, language: Language, next: &str) -> Markup {
    let Some((name, _)) = site.desk.sign_on() else {
        return html! {};
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).console.sign_on;
    let home = home(language);
    html! {
        p {
            a .button.main href={ (home) "/" (PATH) "?next=" (encoded(next)) } rel="nofollow" {
                (fill(&phrases.button, &[("provider", name)]))
            }
        }
        h2 { (phrases.or_password) }
    }
}

async fn begin(
    State(site): State<Arc<Site>>,
    uri: Uri,
    client: Client,
    headers: HeaderMap,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let language = language(&uri, &site);
    // Nobody is sent to sign in by a page of someone else's.
    if !is_own(&headers, site.settings.address.as_deref()) {
        return refused(&site, language, &SignOnRefusal::Unknown);
    }
    let place = onward(&wanted.next, language);
    let client = client.to_string();
    match site.desk.begin_sign_on(&place, language, &client).await {
        Ok(begun) => {
            let is_secure = site.settings.is_secure();
            let cookie = Passing::SignOn.cookie(&begun.secret, begun.lasts, is_secure);
            with_cookie(Redirect::to(&begun.address).into_response(), cookie)
        }
        Err(refusal) => refused(&site, language, &refusal),
    }
}

async fn finish(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
    Asked(brought): Asked<Brought>,
) -> Response {
    let is_secure = site.settings.is_secure();
    let secret = Passing::SignOn.of(&headers, is_secure);
    let answered = Answered {
        code: brought.code.as_deref(),
        issuer: brought.iss.as_deref(),
        error: brought.error.as_deref(),
    };
    let finished = site
        .desk
        .finish_sign_on(secret, &brought.state, &answered)
        .await;
    let language = language_of(&finished.place)
        .or_else(|| preferred::by_header(&headers))
        .unwrap_or_else(|| site.desk.default_language());
    match finished.outcome {
        Ok(signed_in) => {
            let base = site.base();
            let phrases = &base.knowledge().phrases(language).console.sign_on;
            let place = onward(&finished.place, language);
            let page = leading(&site, language, &phrases.signed_in, &phrases.go_on, &place);
            let session = Session::new(signed_in.token, is_secure).cookie();
            let forgotten = Passing::SignOn.forgotten(is_secure);
            with_cookie(with_cookie(page, session), forgotten)
        }
        // What has been begun may be another's: the browser holds on to it.
        Err(refusal @ SignOnRefusal::Unknown) => refused(&site, language, &refusal),
        Err(refusal) => {
            let forgotten = Passing::SignOn.forgotten(is_secure);
            with_cookie(refused(&site, language, &refusal), forgotten)
        }
    }
}

/// Where someone comes who has signed out at the provider as well.
async fn after(State(site): State<Arc<Site>>, Asked(brought): Asked<Brought>) -> Redirect {
    let language = Language::from_code(&brought.state);
    let language = language.unwrap_or_else(|| site.desk.default_language());
    Redirect::to(&format!("{}/sign-in?out=1", home(language)))
}

/// The page that leads someone who has signed out here to where they sign out at the provider as well.
pub(super) fn leading_out(site: &Site, language: Language, address: &str) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).console.sign_on;
    let heading = with_provider(site, &phrases.signing_out);
    leading(site, language, &heading, &phrases.go_on, address)
}

/// That someone has signed out here, and that they may still be signed in at the provider.
pub(super) fn signed_out_here(site: &Site, phrases: &SignOnPhrases) -> String {
    with_provider(site, &phrases.signed_out_here)
}

/// That someone signs in at the provider, where their password is changed and their role decided.
pub(super) fn signs_in(site: &Site, phrases: &SignOnPhrases) -> String {
    with_provider(site, &phrases.signs_in)
}

fn with_provider(site: &Site, phrase: &str) -> String {
    let (name, _) = site.desk.sign_on().unwrap_or_default();
    fill(phrase, &[("provider", name)])
}

/// A page that leads on by itself, and by a link where that does not happen.
fn leading(site: &Site, language: Language, heading: &str, link: &str, to: &str) -> Response {
    let main = html! {
        h1 { (heading) }
        p { a .button.main href=(to) { (link) } }
    };
    frame::leading(site, language, heading, to, &main).into_response()
}

/// The page that says why someone is not signed in, and what to do about it.
fn refused(site: &Site, language: Language, refusal: &SignOnRefusal) -> Response {
    let Some((name, help)) = site.desk.sign_on() else {
        return Trouble::NoPage.into_response();
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).console.sign_on;
    let (status, why) = match refusal {
        SignOnRefusal::NotSetUp => return Trouble::NoPage.into_response(),
        SignOnRefusal::ProviderAway => (StatusCode::SERVICE_UNAVAILABLE, &phrases.provider_away),
        SignOnRefusal::Away => (StatusCode::SERVICE_UNAVAILABLE, &phrases.away),
        SignOnRefusal::TooMany => (StatusCode::TOO_MANY_REQUESTS, &phrases.too_many),
        SignOnRefusal::Unknown => (StatusCode::BAD_REQUEST, &phrases.unknown),
        SignOnRefusal::OtherProvider => (StatusCode::BAD_REQUEST, &phrases.other_provider),
        SignOnRefusal::Declined => (StatusCode::FORBIDDEN, &phrases.declined),
        SignOnRefusal::Unproven => (StatusCode::FORBIDDEN, &phrases.unproven),
        SignOnRefusal::NoRole => (StatusCode::FORBIDDEN, &phrases.no_role),
        SignOnRefusal::Closed => (StatusCode::FORBIDDEN, &phrases.closed),
    };
    let ask = match refusal {
        SignOnRefusal::NoRole if help.is_empty() => Some(phrases.ask.clone()),
        SignOnRefusal::NoRole => Some(fill(&phrases.ask_help, &[("help", help)])),
        SignOnRefusal::NotSetUp
        | SignOnRefusal::ProviderAway
        | SignOnRefusal::Away
        | SignOnRefusal::TooMany
        | SignOnRefusal::Unknown
        | SignOnRefusal::OtherProvider
        | SignOnRefusal::Declined
        | SignOnRefusal::Unproven
        | SignOnRefusal::Closed => None,
    };
    let main = html! {
        h1 { (phrases.refused) }
        (alarm(&fill(why, &[("provider", name)])))
        @if let Some(ask) = ask { p { (ask) } }
        p { a .button href={ (home(language)) "/sign-in" } { (phrases.again) } }
    };
    let page = frame::outside(site, language, &phrases.refused, "sign-in", &main);
    (status, page).into_response()
}
