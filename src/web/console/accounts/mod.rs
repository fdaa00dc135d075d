//! The accounts of staff, which admins see to.

mod new;
mod one;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::parts::{Field, alarm, away, bad_password, least, note};
use super::section::{Section, home};
use super::sign_on;
use super::signed_in::{Admin, SignedIn, not_allowed};
use crate::desk::{Account, Role, StaffError, Way};
use crate::knowledge::{AccountsPhrases, ConsolePhrases, fill};
use crate::web::site::Site;

const PATH: &str = Section::Accounts.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(list))
        .merge(new::routes(home))
        .merge(one::routes(home))
}

/// What the list says of what was just done.
#[derive(Default, Deserialize)]
struct Shown {
    #[serde(default)]
    added: String,
}

async fn list(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Asked(shown): Asked<Shown>,
) -> Response {
    let base = site.base();
    let knowledge = base.knowledge();
    let language = signed.language;
    let console = &knowledge.phrases(language).console;
    let phrases = &console.accounts;
    let accounts = match site.desk.accounts(&signed.staff).await {
        Ok(accounts) => accounts,
        Err(error) => return failed(&site, &signed, error),
    };
    let is_added = accounts.iter().any(|account| account.name == shown.added);
    let home = home(language);
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if is_added { (note(&fill(&phrases.added, &[("name", &shown.added)]))) }
        p .toolbar { a .button.main href={ (home) "/" (PATH) "/new" } { (phrases.add) } }
        div .scroll tabindex="0" role="region" aria-label=(phrases.heading) {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.name) }
                        th scope="col" { (phrases.role) }
                        th scope="col" { (phrases.office) }
                        th scope="col" { (phrases.way) }
                        th scope="col" { (phrases.state) }
                        th scope="col" { (phrases.changed) }
                    }
                }
                tbody {
                    @for account in &accounts {
                        tr {
                            th scope="row" { a href={ (home) "/" (PATH) "/of/" (account.name) } { (account.name) } }
                            td { (console.frame.role(account.role.code())) }
                            td {
                                @match &account.office {
                                    Some(office) => (knowledge.title(office, language)),
                                    None => (phrases.no_office),
                                }
                            }
                            td { (way(account, phrases)) }
                            td { (state(account, phrases)) }
                            td { (site.desk.local_minute(account.changed_at)) }
                        }
                    }
                }
            }
        }
    };
    page(&site, &signed, &phrases.heading, PATH, main).into_response()
}

fn page(site: &Site, signed: &SignedIn, title: &str, path: &str, main: Markup) -> Markup {
    let sheet = Sheet {
        title,
        section: Section::Accounts,
        path,
        main,
    };
    frame::draw(site, signed, &sheet)
}

fn roles(chosen: Role, console: &ConsolePhrases) -> Markup {
    let phrases = &console.accounts;
    html! {
        div .field {
            label for="role" { (phrases.role) }
            p .small #role-hint { (phrases.role_hint) }
            select #role name="role" aria-describedby="role-hint" {
                @for role in Role::ALL {
                    option value=(role.code()) selected[role == chosen] { (console.frame.role(role.code())) }
                }
            }
        }
    }
}

fn password(phrases: &AccountsPhrases) -> Markup {
    let hint = least(&phrases.password_hint);
    let field = Field {
        name: "password",
        label: &phrases.password,
        hint: &hint,
        value: "",
        autocomplete: "new-password",
    };
    field.password()
}

/// How someone signs in.
fn way<'a>(account: &Account, phrases: &'a AccountsPhrases) -> &'a str {
    match account.way {
        Way::SignOn => &phrases.by_sign_on,
        Way::Password if account.has_codes => &phrases.by_codes,
        Way::Password => &phrases.by_password,
    }
}

fn state(account: &Account, phrases: &AccountsPhrases) -> Markup {
    if account.is_open {
        html! { span .badge.good { (phrases.open) } }
    } else {
        html! { span .badge { (phrases.closed) } }
    }
}

/// Why something could not be done, and the status that goes with it.
fn told(site: &Site, signed: &SignedIn, error: &StaffError) -> (StatusCode, String) {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.accounts;
    let why = match error {
        StaffError::Store(error) => {
            return (StatusCode::SERVICE_UNAVAILABLE, away(error, &console.frame));
        }
        StaffError::NotAllowed(_) => {
            return (StatusCode::FORBIDDEN, console.frame.not_allowed.clone());
        }
        StaffError::BadPassword(fault) => bad_password(*fault, phrases),
        StaffError::Taken => phrases.taken.clone(),
        StaffError::BadName => phrases.bad_name.clone(),
        StaffError::NoOffice => phrases.bad_office.clone(),
        StaffError::LastAdmin => phrases.last_admin.clone(),
        StaffError::Elsewhere => sign_on::signs_in(site, &console.sign_on),
        StaffError::Unknown
        | StaffError::WrongPassword
        | StaffError::WrongCode
        | StaffError::CodesRequired => phrases.unknown.clone(),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, why)
}

/// The page when the accounts themselves cannot be shown.
fn failed(site: &Site, signed: &SignedIn, error: StaffError) -> Response {
    if let StaffError::NotAllowed(role) = error {
        return not_allowed(site, signed, role);
    }
    let (status, why) = told(site, signed, &error);
    let base = site.base();
    let heading = &base
        .knowledge()
        .phrases(signed.language)
        .console
        .accounts
        .heading;
    let main = html! { h1 { (heading) } (alarm(&why)) };
    (status, page(site, signed, heading, PATH, main)).into_response()
}
