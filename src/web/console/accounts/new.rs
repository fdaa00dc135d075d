//! The page where an account is made.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, page, password, roles, told};
use crate::desk::{Role, StaffError};
use crate::knowledge::EntryId;
use crate::web::console::parts::{Field, alarm, choice, token};
use crate::web::console::section::home;
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Admin, SignedIn, not_allowed};
use crate::web::places::encoded;
use crate::web::site::Site;

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new().route(&format!("{home}/{PATH}/new"), get(new).post(add))
}

/// An account that is to be made.
#[derive(Default, Deserialize)]
struct New {
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    password: String,
}

async fn new(State(site): State<Arc<Site>>, Admin(signed): Admin) -> Markup {
    form(&site, &signed, &New::default(), None)
}

async fn add(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Sent(new): Sent<New>,
) -> Response {
    let (by, name) = (&signed.staff, new.name.trim());
    let role = Role::from_code(&new.role).unwrap_or(Role::Reader);
    let office = match new.office.as_str() {
        "" => Ok(None),
        id => EntryId::parse(id)
            .map(Some)
            .map_err(|_| StaffError::NoOffice),
    };
    let added = match office {
        Ok(office) => {
            site.desk
                .add_account(by, name, role, office, &new.password)
                .await
        }
        Err(error) => Err(error),
    };
    match added {
        Ok(()) => {
            let home = home(signed.language);
            Redirect::to(&format!("{home}/{PATH}?added={}", encoded(name))).into_response()
        }
        Err(StaffError::NotAllowed(role)) => not_allowed(&site, &signed, role),
        Err(error) => {
            let (status, why) = told(&site, &signed, &error);
            (status, form(&site, &signed, &new, Some(alarm(&why)))).into_response()
        }
    }
}

/// The page where an account is made, with what has been written.
fn form(site: &Site, signed: &SignedIn, new: &New, said: Option<Markup>) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let language = signed.language;
    let console = &knowledge.phrases(language).console;
    let phrases = &console.accounts;
    let path = format!("{PATH}/new");
    let home = home(language);
    let role = Role::from_code(&new.role).unwrap_or(Role::Reader);
    let offices = knowledge.offices(language);
    let offices = offices.map(|(id, title)| (id.as_str(), title));
    let name = Field {
        name: "name",
        label: &phrases.name,
        hint: &phrases.name_hint,
        value: &new.name,
        autocomplete: "off",
    };
    let main = html! {
        p .crumbs { a href={ (home) "/" (PATH) } { (phrases.heading) } }
        h1 { (phrases.add) }
        @if let Some(said) = said { (said) }
        form .slip method="post" action={ (home) "/" (path) } {
            (token(signed))
            (name.text())
            (roles(role, console))
            (choice(("office", &phrases.office), &phrases.no_office, &new.office, offices))
            (password(phrases))
            button .main { (phrases.add) }
        }
    };
    page(site, signed, &phrases.add, &path, main)
}
