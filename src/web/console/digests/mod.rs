//! Who is told outside the console how things stand, and what they have been told. For admins.

mod one;

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
use super::parts::{alarm, note, token};
use super::refused::refused;
use super::section::{Section, home};
use super::sent::Sent;
use super::signed_in::{Admin, SignedIn};
use crate::desk::{Courier, Delivery, DeliveryState, ReviewError, Rhythm, Subscribed};
use crate::knowledge::{DigestsPhrases, fill};
use crate::web::places::encoded;
use crate::web::site::Site;

/// Its path after the console's own: it belongs to the settings.
pub(super) const PATH: &str = "settings/digests";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(list))
        .route(&format!("{home}/{PATH}/again"), post(again))
        .merge(one::routes(home))
}

/// What the list says of what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    done: String,
    tried: String,
}

/// What is to be tried again.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Again {
    delivery: String,
}

async fn list(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Asked(shown): Asked<Shown>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let read = async { Ok((review.subscriptions().await?, review.deliveries("").await?)) };
    let (subscriptions, deliveries) = match read.await {
        Ok(read) => read,
        Err(error) => return refused(&site, &signed, Section::Settings, &error),
    };
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.digests;
    let said = match shown.done.as_str() {
        "saved" => Some(note(&phrases.saved)),
        "removed" => Some(note(&phrases.removed)),
        "gone" => Some(alarm(&phrases.gone)),
        _ => tried(&deliveries, &shown.tried, phrases),
    };
    let home = home(signed.language);
    let main = html! {
        p .crumbs { a href={ (home) "/" (Section::Settings.path()) } { (console.settings.heading) } }
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(said) = said { (said) }
        p .toolbar { a .button.main href={ (home) "/" (PATH) "/new" } { (phrases.add) } }
        @if subscriptions.is_empty() { p .note { (phrases.none) } }
        @else { ul .calls { @for of in &subscriptions { (card(&site, &signed, of, phrases)) } } }
        section {
            h2 { (phrases.deliveries) }
            p .small { (phrases.deliveries_hint) }
            (told(&site, &signed, &subscriptions, &deliveries, phrases))
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Settings,
        path: PATH,
        main,
    };
    frame::draw(&site, &signed, &sheet).into_response()
}

async fn again(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Sent(sent): Sent<Again>,
) -> Response {
    let again = site
        .desk
        .review(&signed.staff)
        .send_again(&sent.delivery)
        .await;
    after(&site, &signed, again)
}

/// Leads to the list, which says what became of a delivery.
fn after(site: &Site, signed: &SignedIn, tried: Result<Delivery, ReviewError>) -> Response {
    let list = format!("{}/{PATH}", home(signed.language));
    match tried {
        Ok(delivery) => {
            Redirect::to(&format!("{list}?tried={}", encoded(&delivery.id))).into_response()
        }
        Err(ReviewError::NotFound) => Redirect::to(&format!("{list}?done=gone")).into_response(),
        Err(error) => refused(site, signed, Section::Settings, &error),
    }
}

/// What became of a delivery that was just tried.
fn tried(deliveries: &[Delivery], id: &str, phrases: &DigestsPhrases) -> Option<Markup> {
    let delivery = deliveries.iter().find(|delivery| delivery.id == id)?;
    Some(match (delivery.state, delivery.why.is_empty()) {
        (DeliveryState::Sent | DeliveryState::Quiet, _) => note(&phrases.arrived),
        (DeliveryState::Waiting, true) => note(&phrases.under_way),
        (DeliveryState::Waiting | DeliveryState::Failed, _) => alarm(&fill(
            &phrases.missed,
            &[("why", &reason(delivery, phrases))],
        )),
    })
}

/// Why something did not get there.
fn reason(delivery: &Delivery, phrases: &DigestsPhrases) -> String {
    let said = DigestsPhrases::named(&phrases.reasons, &delivery.why);
    let detail = if delivery.detail.is_empty() {
        "–"
    } else {
        &delivery.detail
    };
    fill(said, &[("detail", detail)])
}

/// One who is told.
fn card(site: &Site, signed: &SignedIn, of: &Subscribed, phrases: &DigestsPhrases) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let queue = &knowledge.phrases(signed.language).console.queue;
    let path = format!("{}/{PATH}/of/{}", home(signed.language), of.id);
    let office = of.office.as_ref().map_or(phrases.all.as_str(), |office| {
        knowledge.title(office, signed.language)
    });
    html! {
        li .card {
            p .subject { (of.place) }
            p {
                (courier(of.courier, phrases))
                @if of.rhythm != Rhythm::Never { " · " (rhythm(of.rhythm, phrases)) " " (hour(of.hour)) }
            }
            p .small { (office) " · " (queue.tongue(&of.language)) }
            @if of.calls { p .small { (phrases.tells_calls) } }
            @if of.next_at > 0 {
                p .small { (fill(&phrases.next, &[("time", &site.desk.local_minute(of.next_at))])) }
            }
            div .toolbar {
                form method="post" action={ (path) "/test" } {
                    (token(signed))
                    button aria-label={ (phrases.test) ": " (of.place) } { (phrases.test) }
                }
                a .button.quiet href=(path) aria-label={ (phrases.change) ": " (of.place) } { (phrases.change) }
            }
        }
    }
}

/// What they have been told.
fn told(
    site: &Site,
    signed: &SignedIn,
    subscriptions: &[Subscribed],
    deliveries: &[Delivery],
    phrases: &DigestsPhrases,
) -> Markup {
    if deliveries.is_empty() {
        return html! { p { (phrases.no_deliveries) } };
    }
    let place = |delivery: &Delivery| {
        let of = subscriptions
            .iter()
            .find(|of| of.id == delivery.subscription);
        of.map_or("", |of| of.place.as_str())
    };
    let heads = [&phrases.when, &phrases.what, &phrases.place, &phrases.state];
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(phrases.deliveries) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for delivery in deliveries {
                        tr {
                            th scope="row" { (site.desk.local_minute(delivery.created_at)) }
                            td data-label=(phrases.what) { (DigestsPhrases::named(&phrases.kinds, delivery.kind.code())) }
                            td data-label=(phrases.place) { (place(delivery)) }
                            td .free data-label=(phrases.state) { (state(site, signed, delivery, phrases)) }
                        }
                    }
                }
            }
        }
    }
}

/// How it went, and what can be done about it.
fn state(site: &Site, signed: &SignedIn, delivery: &Delivery, phrases: &DigestsPhrases) -> Markup {
    let name = DigestsPhrases::named(&phrases.states, delivery.state.code());
    let is_wrong = !delivery.why.is_empty();
    let waits = delivery.state == DeliveryState::Waiting;
    html! {
        @match delivery.state {
            DeliveryState::Sent => span .badge.good { (name) },
            DeliveryState::Quiet => span .badge { (name) },
            DeliveryState::Waiting => span .badge.due { (name) },
            DeliveryState::Failed => span .badge.bad { (name) },
        }
        @if is_wrong && delivery.state != DeliveryState::Sent {
            p .small {
                (reason(delivery, phrases)) " "
                (fill(&phrases.tried, &[("count", &delivery.attempts.to_string())]))
                @if waits { " " (fill(&phrases.again_at, &[("time", &site.desk.local_minute(delivery.due_at))])) }
            }
            form method="post" action={ (home(signed.language)) "/" (PATH) "/again" } {
                (token(signed))
                button name="delivery" value=(delivery.id) { (phrases.again) }
            }
        }
    }
}

fn courier(courier: Courier, phrases: &DigestsPhrases) -> &str {
    DigestsPhrases::named(&phrases.couriers, courier.code())
}

fn rhythm(rhythm: Rhythm, phrases: &DigestsPhrases) -> &str {
    DigestsPhrases::named(&phrases.rhythms, rhythm.code())
}

/// An hour as it stands on a clock.
fn hour(hour: u8) -> String {
    format!("{hour:02}:00")
}

/// What is wrong with what was typed; `None` when it is something else.
fn fault<'a>(error: &ReviewError, phrases: &'a DigestsPhrases) -> Option<(StatusCode, &'a str)> {
    let ReviewError::Problems(problems) = error else {
        return None;
    };
    let rule = problems.first()?.rule;
    let said = phrases.faults.get(rule).map_or("", String::as_str);
    Some((StatusCode::UNPROCESSABLE_ENTITY, said))
}
