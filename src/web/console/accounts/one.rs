//! The page of an account, and what can be done with it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, failed, page, password, roles, state, told, way};
use crate::desk::{Role, StaffError, Way};
use crate::web::console::asked::Asked;
use crate::web::console::parts::{alarm, note, token};
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::sign_in::Bare;
use crate::web::console::sign_on;
use crate::web::console::signed_in::{Admin, SignedIn};
use crate::web::places::encoded;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let one = format!("{home}/{PATH}/of/{{name}}");
    Router::new()
        .route(&one, get(show))
        .route(&format!("{one}/role"), post(set_role))
        .route(&format!("{one}/password"), post(reset_password))
        .route(&format!("{one}/codes"), post(reset_codes))
        .route(&format!("{one}/close"), post(close))
        .route(&format!("{one}/reopen"), post(reopen))
}

/// What the page says of what was just done.
#[derive(Default, Deserialize)]
struct Shown {
    done: Option<String>,
}

#[derive(Deserialize)]
struct NewRole {
    #[serde(default)]
    role: String,
}

#[derive(Deserialize)]
struct NewPassword {
    #[serde(default)]
    password: String,
}

async fn show(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(name): Path<String>,
    Asked(shown): Asked<Shown>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.accounts;
    one(
        &site,
        &signed,
        &name,
        shown.done.map(|_| note(&phrases.done)),
    )
    .await
}

async fn set_role(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(name): Path<String>,
    Sent(fields): Sent<NewRole>,
) -> Response {
    let Some(role) = Role::from_code(&fields.role) else {
        return one(&site, &signed, &name, None).await;
    };
    let done = site.desk.set_role(&signed.staff, &name, role).await;
    after(&site, &signed, &name, done).await
}

async fn reset_password(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(name): Path<String>,
    Sent(fields): Sent<NewPassword>,
) -> Response {
    let reset = site
        .desk
        .reset_password(&signed.staff, &name, &fields.password);
    let done = reset.await;
    after(&site, &signed, &name, done).await
}

async fn reset_codes(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(name): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let done = site.desk.reset_codes(&signed.staff, &name).await;
    after(&site, &signed, &name, done).await
}

async fn close(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(name): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let done = site.desk.close_account(&signed.staff, &name).await;
    after(&site, &signed, &name, done).await
}

async fn reopen(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(name): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let done = site.desk.reopen_account(&signed.staff, &name).await;
    after(&site, &signed, &name, done).await
}

/// Leads back to the page of an account, or says there why something could not be done.
async fn after(
    site: &Site,
    signed: &SignedIn,
    name: &str,
    done: Result<(), StaffError>,
) -> Response {
    let Err(error) = done else {
        let home = home(signed.language);
        let place = format!("{home}/{PATH}/of/{}?done=1", encoded(name));
        return Redirect::to(&place).into_response();
    };
    let (status, why) = told(site, signed, &error);
    let mut response = one(site, signed, name, Some(alarm(&why))).await;
    if response.status().is_success() {
        *response.status_mut() = status;
    }
    response
}

/// The page of an account.
async fn one(site: &Site, signed: &SignedIn, name: &str, said: Option<Markup>) -> Response {
    let account = match site.desk.account(&signed.staff, name).await {
        Ok(account) => account,
        Err(StaffError::Unknown) => return Trouble::NoPage.into_response(),
        Err(error) => return failed(site, signed, error),
    };
    let base = site.base();
    let knowledge = base.knowledge();
    let language = signed.language;
    let console = &knowledge.phrases(language).console;
    let phrases = &console.accounts;
    let path = format!("{PATH}/of/{}", account.name);
    let home = home(language);
    let act = |act: &str, held: Markup| {
        html! { form .slip method="post" action={ (home) "/" (path) "/" (act) } { (token(signed)) (held) } }
    };
    let about = encoded(&format!("account/{}", account.name));
    let main = html! {
        p .crumbs { a href={ (home) "/" (PATH) } { (phrases.heading) } }
        h1 { (account.name) " " (state(&account, phrases)) }
        @if let Some(said) = said { (said) }
        dl .facts {
            div { dt { (phrases.role) } dd { (console.frame.role(account.role.code())) } }
            @if let Some(office) = &account.office {
                div { dt { (phrases.office) } dd { (knowledge.title(office, language)) } }
            }
            div { dt { (phrases.way) } dd { (way(&account, phrases)) } }
            div { dt { (phrases.changed) } dd { (site.desk.local_minute(account.changed_at)) } }
        }
        p { a href={ (home) "/" (Section::Audit.path()) "?about=" (about) } { (phrases.trail) } }
        @match account.way {
            Way::SignOn => p { (sign_on::signs_in(site, &console.sign_on)) },
            Way::Password => {
                section .card {
                    h2 { (phrases.set_role) }
                    p { (phrases.set_role_hint) }
                    (act("role", html! { (roles(account.role, console)) button { (phrases.set_role) } }))
                }
                section .card {
                    h2 { (phrases.reset) }
                    p { (phrases.reset_hint) }
                    (act("password", html! { (password(phrases)) button { (phrases.reset) } }))
                }
                @if account.has_codes {
                    section .card {
                        h2 { (phrases.reset_codes) }
                        p { (phrases.reset_codes_hint) }
                        (act("codes", html! { button { (phrases.reset_codes) } }))
                    }
                }
            }
        }
        section .card {
            @if account.is_open {
                h2 { (phrases.close) }
                p { (phrases.close_hint) }
                (act("close", html! { button .warm { (phrases.close) } }))
            } @else {
                (act("reopen", html! { button { (phrases.reopen) } }))
            }
        }
    };
    page(site, signed, &account.name, &path, main).into_response()
}
