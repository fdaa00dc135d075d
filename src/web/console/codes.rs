//! One's own codes: setting them up, making new recovery codes, and turning them off.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::code_parts::{code_field, given, recovery, scanned};
use super::frame::{self, Sheet};
use super::parts::{Field, alarm, away, note, token};
use super::section::{Section, home};
use super::sent::Sent;
use super::session::Session;
use super::sign_in::{out, with_cookie};
use super::signed_in::SignedIn;
use crate::desk::{CodeSetUp, CodesStanding, StaffError};
use crate::knowledge::fill;
use crate::web::site::Site;

const PATH: &str = "account/codes";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show).post(turn_on))
        .route(&format!("{home}/{PATH}/renew"), post(renew))
        .route(&format!("{home}/{PATH}/off"), post(turn_off))
}

#[derive(Default, Deserialize)]
struct Shown {
    off: Option<String>,
}

#[derive(Deserialize)]
struct Fields {
    #[serde(default)]
    code: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    password: String,
}

/// What is said on the page of what was wanted, and with which status.
type Said = Option<(StatusCode, Markup)>;

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(shown): Asked<Shown>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.codes;
    let said = shown
        .off
        .map(|_| (StatusCode::OK, note(&phrases.turned_off)));
    page(&site, &signed, None, said).await
}

async fn turn_on(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(fields): Sent<Fields>,
) -> Response {
    let (desk, staff) = (&site.desk, &signed.staff);
    match desk
        .turn_on_codes(staff, &fields.secret, &fields.code)
        .await
    {
        Ok(codes) => shown_once(&site, &signed, &codes),
        Err(error) => {
            let again = desk.set_up_again(staff, &fields.secret).ok();
            failed(&site, &signed, again.as_ref(), &error).await
        }
    }
}

async fn renew(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(fields): Sent<Fields>,
) -> Response {
    match site
        .desk
        .renew_recovery_codes(&signed.staff, &fields.code)
        .await
    {
        Ok(codes) => shown_once(&site, &signed, &codes),
        Err(error) => failed(&site, &signed, None, &error).await,
    }
}

async fn turn_off(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(fields): Sent<Fields>,
) -> Response {
    let turned_off = site
        .desk
        .turn_off_codes(&signed.staff, &fields.password, &fields.code);
    match turned_off.await {
        Ok(anew) => {
            let place = format!("{}/{PATH}?off=1", home(signed.language));
            let session = Session::new(anew.token, site.settings.is_secure());
            with_cookie(Redirect::to(&place).into_response(), session.cookie())
        }
        Err(error) => failed(&site, &signed, None, &error).await,
    }
}

/// Says on the page why something was not done.
async fn failed(
    site: &Site,
    signed: &SignedIn,
    again: Option<&CodeSetUp>,
    error: &StaffError,
) -> Response {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let (status, why) = match error {
        StaffError::WrongCode => (wrong, console.codes.wrong.clone()),
        StaffError::WrongPassword => (wrong, console.account.wrong.clone()),
        StaffError::CodesRequired => (wrong, console.codes.cannot_turn_off.clone()),
        StaffError::Store(error) => (StatusCode::SERVICE_UNAVAILABLE, away(error, &console.frame)),
        // It is so already, in another window of the browser.
        StaffError::Unknown | StaffError::Elsewhere => {
            return page(site, signed, None, None).await;
        }
        // The account was closed meanwhile.
        StaffError::NotAllowed(_)
        | StaffError::Taken
        | StaffError::BadName
        | StaffError::NoOffice
        | StaffError::BadPassword(_)
        | StaffError::LastAdmin => return out(site, signed.language),
    };
    page(site, signed, again, Some((status, alarm(&why)))).await
}

/// The recovery codes, which are shown this once.
fn shown_once(site: &Site, signed: &SignedIn, codes: &[String]) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.codes;
    let main = html! {
        h1 { (phrases.recovery) }
        (note(&phrases.turned_on))
        (recovery(codes, phrases))
        p { a .button.main href={ (home(signed.language)) "/" (PATH) } { (phrases.kept) } }
    };
    draw(site, signed, &phrases.recovery, main).into_response()
}

async fn page(site: &Site, signed: &SignedIn, again: Option<&CodeSetUp>, said: Said) -> Response {
    let account = || Redirect::to(&format!("{}/account", home(signed.language))).into_response();
    if !signed.staff.has_password() {
        return account();
    }
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.codes;
    let standing = site.desk.codes(&signed.staff).await;
    let (status, said) = said.map_or((StatusCode::OK, None), |(status, said)| {
        (status, Some(said))
    });
    let held = match standing {
        Ok(CodesStanding {
            recovery_left: Some(left),
            is_required,
        }) => on(signed, site, left, is_required),
        Ok(CodesStanding {
            recovery_left: None,
            ..
        }) => {
            let made = match again {
                Some(again) => Ok(again.clone()),
                None => site.desk.set_up_codes(&signed.staff),
            };
            match made {
                Ok(made) => off(signed, site, &made),
                Err(_) => return account(),
            }
        }
        Err(_) => {
            let frame = &base.knowledge().phrases(signed.language).console.frame;
            let main = html! { h1 { (phrases.heading) } (alarm(&frame.away)) };
            let page = draw(site, signed, &phrases.heading, main);
            return (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
        }
    };
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(said) = said { (said) }
        (held)
    };
    (status, draw(site, signed, &phrases.heading, main)).into_response()
}

/// What there is to do for someone whose password is enough.
fn off(signed: &SignedIn, site: &Site, set_up: &CodeSetUp) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.codes;
    html! {
        section .card {
            h2 { (phrases.turn_on) }
            (scanned(set_up, phrases))
            form .slip method="post" action={ (home(signed.language)) "/" (PATH) } {
                (token(signed))
                (given(set_up))
                (code_field("code", &phrases.code, &phrases.code_hint))
                button .main { (phrases.turn_on) }
            }
        }
    }
}

/// What there is to do for someone who has codes.
fn on(signed: &SignedIn, site: &Site, left: i64, is_required: bool) -> Markup {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.codes;
    let home = home(signed.language);
    let password = Field {
        name: "password",
        label: &console.sign_in.password,
        hint: "",
        value: "",
        autocomplete: "current-password",
    };
    html! {
        p { (fill(&phrases.is_on, &[("left", &left.to_string())])) }
        section .card {
            h2 { (phrases.renew) }
            p { (phrases.renew_hint) }
            form .slip method="post" action={ (home) "/" (PATH) "/renew" } {
                (token(signed))
                (code_field("code", &phrases.code, &phrases.code_or_recovery))
                button { (phrases.renew) }
            }
        }
        @if !is_required {
            section .card {
                h2 { (phrases.turn_off) }
                p { (phrases.turn_off_hint) }
                form .slip method="post" action={ (home) "/" (PATH) "/off" } {
                    (token(signed))
                    (password.password())
                    (code_field("off-code", &phrases.code, &phrases.code_or_recovery))
                    button .warm { (phrases.turn_off) }
                }
            }
        }
    }
}

fn draw(site: &Site, signed: &SignedIn, title: &str, main: Markup) -> Markup {
    let base = site.base();
    let heading = &base
        .knowledge()
        .phrases(signed.language)
        .console
        .account
        .heading;
    let main = html! {
        p .crumbs { a href={ (home(signed.language)) "/" (Section::Account.path()) } { (heading) } }
        (main)
    };
    let sheet = Sheet {
        title,
        section: Section::Account,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet)
}
