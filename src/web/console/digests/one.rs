//! The pages where a digest is added, changed, tried and removed.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, after, courier, fault, hour, rhythm};
use crate::desk::{Courier, ReviewError, Rhythm, Subscribed, SubscriptionForm};
use crate::knowledge::{DigestsPhrases, Language, fill};
use crate::web::console::frame::{self, Sheet};
use crate::web::console::parts::{Field, alarm, token};
use crate::web::console::refused::{refused, told};
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::sign_in::Bare;
use crate::web::console::signed_in::{Admin, SignedIn};
use crate::web::site::Site;

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let path = format!("{home}/{PATH}");
    Router::new()
        .route(&format!("{path}/new"), get(new).post(add))
        .route(&format!("{path}/of/{{id}}"), get(show).post(change))
        .route(&format!("{path}/of/{{id}}/test"), post(test))
        .route(&format!("{path}/of/{{id}}/remove"), post(remove))
}

/// What is typed.
#[derive(Deserialize)]
#[serde(default)]
struct Typed {
    courier: String,
    address: String,
    secret: String,
    rhythm: String,
    hour: String,
    office: String,
    language: String,
    calls: Option<String>,
    version: i64,
}

impl Default for Typed {
    fn default() -> Self {
        Typed {
            courier: Courier::Mail.code().to_owned(),
            address: String::new(),
            secret: String::new(),
            rhythm: Rhythm::Weekdays.code().to_owned(),
            hour: "8".to_owned(),
            office: String::new(),
            language: String::new(),
            calls: None,
            version: 0,
        }
    }
}

impl Typed {
    fn form(&self) -> SubscriptionForm {
        SubscriptionForm {
            courier: self.courier.clone(),
            address: self.address.clone(),
            secret: self.secret.clone(),
            rhythm: self.rhythm.clone(),
            hour: self.hour.clone(),
            office: self.office.clone(),
            language: self.language.clone(),
            calls: self.calls.is_some(),
        }
    }

    /// What stands in the form of one that there is. Its address and its secret do not.
    fn of(subscribed: &Subscribed) -> Typed {
        Typed {
            courier: subscribed.courier.code().to_owned(),
            address: String::new(),
            secret: String::new(),
            rhythm: subscribed.rhythm.code().to_owned(),
            hour: subscribed.hour.to_string(),
            office: subscribed
                .office
                .as_ref()
                .map_or_else(String::new, |office| office.to_string()),
            language: subscribed.language.clone(),
            calls: subscribed.calls.then(|| "true".to_owned()),
            version: subscribed.version,
        }
    }
}

async fn new(State(site): State<Arc<Site>>, Admin(signed): Admin) -> Markup {
    let typed = Typed {
        language: signed.language.code().to_owned(),
        ..Typed::default()
    };
    page(&site, &signed, &typed, None, None)
}

async fn add(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Sent(typed): Sent<Typed>,
) -> Response {
    let added = site
        .desk
        .review(&signed.staff)
        .subscribe(&typed.form())
        .await;
    saved(&site, &signed, &typed, None, added.map(|_| ()))
}

async fn show(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(id): Path<String>,
) -> Response {
    match site.desk.review(&signed.staff).subscription(&id).await {
        Ok(subscribed) => {
            let typed = Typed::of(&subscribed);
            page(&site, &signed, &typed, Some(&subscribed), None).into_response()
        }
        Err(error) => refused(&site, &signed, Section::Settings, &error),
    }
}

async fn change(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(id): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let subscribed = match review.subscription(&id).await {
        Ok(subscribed) => subscribed,
        Err(error) => return refused(&site, &signed, Section::Settings, &error),
    };
    let changed = review.resubscribe(&id, typed.version, &typed.form()).await;
    saved(&site, &signed, &typed, Some(&subscribed), changed)
}

async fn test(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(id): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let tried = site.desk.review(&signed.staff).try_subscription(&id).await;
    after(&site, &signed, tried)
}

async fn remove(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Path(id): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    match site.desk.review(&signed.staff).unsubscribe(&id).await {
        Ok(()) => list(&signed, "removed"),
        Err(error) => refused(&site, &signed, Section::Settings, &error),
    }
}

/// Leads to the list, or says on the form what is wrong.
fn saved(
    site: &Site,
    signed: &SignedIn,
    typed: &Typed,
    subscribed: Option<&Subscribed>,
    saved: Result<(), ReviewError>,
) -> Response {
    let Err(error) = saved else {
        return list(signed, "saved");
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.digests;
    let (status, why) = match (fault(&error, phrases), &error) {
        (Some((status, why)), _) => (status, why.to_owned()),
        (None, ReviewError::Changed { .. }) => told(site, signed, &error),
        (None, _) => return refused(site, signed, Section::Settings, &error),
    };
    // Whoever was overtaken sees how it stands now, and goes on from there.
    let now = subscribed.map(Typed::of);
    let now = now.filter(|_| matches!(error, ReviewError::Changed { .. }));
    let shown = now.as_ref().unwrap_or(typed);
    (status, page(site, signed, shown, subscribed, Some(&why))).into_response()
}

fn list(signed: &SignedIn, done: &str) -> Response {
    Redirect::to(&format!("{}/{PATH}?done={done}", home(signed.language))).into_response()
}

fn page(
    site: &Site,
    signed: &SignedIn,
    typed: &Typed,
    subscribed: Option<&Subscribed>,
    wrong: Option<&str>,
) -> Markup {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.digests;
    let (title, path) = match subscribed {
        None => (&phrases.add, format!("{PATH}/new")),
        Some(of) => (&phrases.change, format!("{PATH}/of/{}", of.id)),
    };
    let home = home(signed.language);
    let main = html! {
        p .crumbs { a href={ (home) "/" (PATH) } { (phrases.heading) } }
        h1 { (title) }
        @if let Some(wrong) = wrong { (alarm(wrong)) }
        form .slip method="post" action={ (home) "/" (path) } {
            (token(signed))
            input type="hidden" name="version" value=(typed.version);
            (fields(site, signed, typed, subscribed))
            button .main { (phrases.save) }
        }
        @if subscribed.is_some() {
            section .card {
                form method="post" action={ (home) "/" (path) "/remove" } {
                    (token(signed))
                    p { (phrases.remove_hint) }
                    button .warm { (phrases.remove) }
                }
            }
        }
    };
    let sheet = Sheet {
        title,
        section: Section::Settings,
        path: &path,
        main,
    };
    frame::draw(site, signed, &sheet)
}

fn fields(
    site: &Site,
    signed: &SignedIn,
    typed: &Typed,
    subscribed: Option<&Subscribed>,
) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let console = &knowledge.phrases(signed.language).console;
    let phrases = &console.digests;
    let kept = subscribed.map(|of| fill(&phrases.address_kept, &[("place", &of.place)]));
    let address = Field {
        name: "address",
        label: &phrases.address,
        hint: kept.as_deref().unwrap_or(&phrases.address_hint),
        value: &typed.address,
        autocomplete: "off",
    };
    let is_signed = subscribed.is_some_and(|of| of.is_signed);
    let secret = Field {
        name: "secret",
        label: &phrases.secret,
        hint: if is_signed {
            &phrases.secret_kept
        } else {
            &phrases.secret_hint
        },
        value: "",
        autocomplete: "new-password",
    };
    let hours: Vec<(String, String)> = (0..24).map(|h| (h.to_string(), hour(h))).collect();
    let all = [(String::new(), phrases.all.clone())];
    let offices = knowledge.offices(signed.language);
    let offices = offices.map(|(id, title)| (id.to_string(), title.to_owned()));
    let offices: Vec<_> = all.into_iter().chain(offices).collect();
    let languages = Language::ALL.map(|language| {
        let code = language.code();
        (code.to_owned(), console.queue.tongue(code).to_owned())
    });
    html! {
        (choice("courier", &phrases.courier, "", &couriers(phrases), &typed.courier))
        (address.text())
        (secret.password())
        (choice("rhythm", &phrases.rhythm, "", &rhythms(phrases), &typed.rhythm))
        (choice("hour", &phrases.hour, &phrases.hour_hint, &hours, &typed.hour))
        (choice("office", &phrases.office, "", &offices, &typed.office))
        (choice("language", &phrases.language, "", &languages, &typed.language))
        label .option {
            input type="checkbox" name="calls" value="true" checked[typed.calls.is_some()];
            (phrases.calls)
        }
    }
}

fn couriers(phrases: &DigestsPhrases) -> Vec<(String, String)> {
    let each = Courier::ALL.into_iter();
    each.map(|it| (it.code().to_owned(), courier(it, phrases).to_owned()))
        .collect()
}

fn rhythms(phrases: &DigestsPhrases) -> Vec<(String, String)> {
    let each = Rhythm::ALL.into_iter();
    each.map(|it| (it.code().to_owned(), rhythm(it, phrases).to_owned()))
        .collect()
}

/// A list to choose one thing from: each as it is sent, and as it is called.
fn choice(
    name: &str,
    label: &str,
    hint: &str,
    choices: &[(String, String)],
    chosen: &str,
) -> Markup {
    let id = (!hint.is_empty()).then(|| format!("{name}-hint"));
    html! {
        div .field {
            label for=(name) { (label) }
            @if let Some(id) = &id { p .small id=(id) { (hint) } }
            select id=(name) name=(name) aria-describedby=[id] {
                @for (value, text) in choices {
                    option value=(value) selected[value == chosen] { (text) }
                }
            }
        }
    }
}
