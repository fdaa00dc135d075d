//! One's own account: another password, and signing out everywhere.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::parts::{Field, alarm, away, bad_password, least, note, token};
use super::section::{Section, home};
use super::sent::Sent;
use super::session::Session;
use super::sign_in::{Bare, out, with_cookie};
use super::sign_on;
use super::signed_in::SignedIn;
use crate::desk::StaffError;
use crate::knowledge::{ConsolePhrases, EntryId};
use crate::web::site::Site;

const PATH: &str = Section::Account.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/password"), post(change_password))
        .route(
            &format!("{home}/{PATH}/sign-out"),
            post(sign_out_everywhere),
        )
}

#[derive(Default, Deserialize)]
struct Shown {
    done: Option<String>,
}

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(shown): Asked<Shown>,
) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.account;
    page(&site, &signed, shown.done.map(|_| note(&phrases.changed)))
}

async fn change_password(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(fields): Sent<Passwords>,
) -> Response {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.account;
    let again = |status: StatusCode, why: &str| {
        (status, page(&site, &signed, Some(alarm(why)))).into_response()
    };
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if fields.new != fields.again {
        return again(wrong, &phrases.differ);
    }
    let changed = site
        .desk
        .change_password(&signed.staff, &fields.old, &fields.new)
        .await;
    match changed {
        Ok(anew) => {
            let place = format!("{}/{PATH}?done=1", home(signed.language));
            let session = Session::new(anew.token, site.settings.is_secure());
            with_cookie(Redirect::to(&place).into_response(), session.cookie())
        }
        Err(StaffError::BadPassword(fault)) => {
            again(wrong, &bad_password(fault, &console.accounts))
        }
        Err(StaffError::WrongPassword) => again(wrong, &phrases.wrong),
        Err(StaffError::Store(error)) => again(
            StatusCode::SERVICE_UNAVAILABLE,
            &away(&error, &console.frame),
        ),
        // The account was closed meanwhile.
        Err(
            StaffError::Unknown
            | StaffError::NotAllowed(_)
            | StaffError::Taken
            | StaffError::BadName
            | StaffError::NoOffice
            | StaffError::LastAdmin
            | StaffError::Elsewhere
            | StaffError::WrongCode
            | StaffError::CodesRequired,
        ) => out(&site, signed.language),
    }
}

async fn sign_out_everywhere(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    if let Err(error) = site.desk.sign_out_everywhere(&signed.staff).await {
        let base = site.base();
        let phrases = &base.knowledge().phrases(signed.language).console.frame;
        let said = alarm(&away(&error, phrases));
        let page = page(&site, &signed, Some(said));
        return (StatusCode::SERVICE_UNAVAILABLE, page).into_response();
    }
    out(&site, signed.language)
}

fn page(site: &Site, signed: &SignedIn, said: Option<Markup>) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let language = signed.language;
    let console = &knowledge.phrases(language).console;
    let (phrases, accounts) = (&console.account, &console.accounts);
    let home = home(language);
    let office = signed.staff.office();
    let office = office.map(|id: &EntryId| knowledge.title(id, language));
    let main = html! {
        h1 { (phrases.heading) }
        @if let Some(said) = said { (said) }
        dl .facts {
            div { dt { (accounts.name) } dd { (signed.staff.name()) } }
            div { dt { (accounts.role) } dd { (console.frame.role(signed.staff.role().code())) } }
            div { dt { (accounts.office) } dd { (office.unwrap_or(&accounts.no_office)) } }
        }
        @if signed.staff.has_password() {
            (password(signed, console))
            section .card {
                h2 { (console.codes.heading) }
                p { (console.codes.lead) }
                p { a .button href={ (home) "/" (PATH) "/codes" } { (console.codes.see) } }
            }
        } @else {
            p { (sign_on::signs_in(site, &console.sign_on)) }
        }
        section .card {
            h2 { (phrases.everywhere) }
            p { (phrases.everywhere_hint) }
            form method="post" action={ (home) "/" (PATH) "/sign-out" } {
                (token(signed))
                button { (phrases.everywhere) }
            }
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Account,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet)
}

/// The form for another password.
fn password(signed: &SignedIn, console: &ConsolePhrases) -> Markup {
    let phrases = &console.account;
    let hint = least(&console.accounts.password_hint);
    let field = |name, label, hint, autocomplete| Field {
        name,
        label,
        hint,
        value: "",
        autocomplete,
    };
    html! {
        section .card {
            h2 { (phrases.change) }
            p { (phrases.change_hint) }
            form .slip method="post" action={ (home(signed.language)) "/" (PATH) "/password" } {
                (token(signed))
                // For password managers: whose password it is.
                input type="hidden" name="name" value=(signed.staff.name()) autocomplete="username";
                (field("old", &phrases.old, "", "current-password").password())
                (field("new", &phrases.new, hint.as_str(), "new-password").password())
                (field("again", &phrases.again, "", "new-password").password())
                button .main { (phrases.change) }
            }
        }
    }
}
