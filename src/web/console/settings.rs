//! What is switched for everyone, and how things stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::digests;
use super::frame::{self, Sheet};
use super::parts::{Field, alarm, note, token};
use super::refused::refused;
use super::retention;
use super::section::{Section, home};
use super::sent::Sent;
use super::signed_in::{Admin, SignedIn};
use crate::desk::{KEPT_FOR, KeptDays, ReviewError, ReviewFigures, Role, Setting};
use crate::knowledge::{SettingsPhrases, fill};
use crate::web::site::Site;

pub(super) const PATH: &str = Section::Settings.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/rest"), post(rest))
        .route(&format!("{home}/{PATH}/retention"), post(keep_for))
}

#[derive(Default, Deserialize)]
struct Shown {
    done: Option<String>,
}

/// Which way the switch goes, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Switching {
    to: String,
    reason: String,
}

async fn rest(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Sent(sent): Sent<Switching>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    match review.rest(sent.to == "rest", &sent.reason).await {
        Ok(()) => {
            let place = format!("{}/{PATH}?done=1", home(signed.language));
            Redirect::to(&place).into_response()
        }
        Err(error) => refused(&site, &signed, Section::Settings, &error),
    }
}

/// How many days things are to be kept, and why.
#[derive(Deserialize)]
struct Keeping {
    #[serde(flatten)]
    days: BTreeMap<String, String>,
    #[serde(default)]
    reason: String,
}

impl Keeping {
    /// What was typed; 0, which is refused, for what is no number.
    fn days(&self) -> KeptDays {
        let of = |field: &str| {
            let typed = self.days.get(field).map_or("", String::as_str);
            typed.trim().parse().unwrap_or_default()
        };
        KeptDays {
            new: of("new"),
            assigned: of("assigned"),
            answered: of("answered"),
            taught: of("taught"),
            not_ours: of("not_ours"),
            dismissed: of("dismissed"),
            conversations: of("conversations"),
            call_backs: of("call_backs"),
        }
    }
}

async fn keep_for(
    State(site): State<Arc<Site>>,
    Admin(signed): Admin,
    Sent(sent): Sent<Keeping>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    // The other button goes back to what the program was started with.
    let days = (!sent.days.contains_key("as_started")).then(|| sent.days());
    match review.keep_for(days, &sent.reason).await {
        Ok(()) => {
            let place = format!("{}/{PATH}?done=1", home(signed.language));
            Redirect::to(&place).into_response()
        }
        Err(ReviewError::Problems(_)) => {
            let base = site.base();
            let phrases = &base.knowledge().phrases(signed.language).console.settings;
            let (least, most) = (KEPT_FOR.start().to_string(), KEPT_FOR.end().to_string());
            let why = fill(&phrases.wrong_days, &[("least", &least), ("most", &most)]);
            let mut page = page(&site, &signed, &sent.days(), Some(alarm(&why))).await;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            page
        }
        Err(error) => refused(&site, &signed, Section::Settings, &error),
    }
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(shown): Asked<Shown>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.settings;
    let said = shown.done.map(|_| note(&phrases.done));
    page(&site, &signed, &site.desk.kept(), said).await
}

async fn page(site: &Site, signed: &SignedIn, days: &KeptDays, said: Option<Markup>) -> Response {
    let review = site.desk.review(&signed.staff);
    let read = async { Ok((review.resting().await?, review.figures().await?)) };
    let (resting, figures) = match read.await {
        Ok(read) => read,
        Err(error) => return refused(site, signed, Section::Settings, &error),
    };
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.settings;
    let main = html! {
        h1 { (phrases.heading) }
        @if let Some(said) = said { (said) }
        section .card { (switch(site, signed, &resting, phrases)) }
        @if signed.staff.role() >= Role::Admin {
            section .card {
                h2 { (console.digests.heading) }
                p { (console.digests.lead) }
                p { a .button href={ (home(signed.language)) "/" (digests::PATH) } { (console.digests.heading) } }
            }
        }
        section .card {
            h2 { (phrases.figures) }
            (standing(&figures, phrases))
        }
        section .card {
            h2 { (phrases.kept) }
            p { (phrases.kept_hint) }
            (retention::table(signed, &figures, days, console))
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Settings,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet).into_response()
}

/// The switch that has lots rest.
fn switch(site: &Site, signed: &SignedIn, setting: &Setting, phrases: &SettingsPhrases) -> Markup {
    let rests = site.desk.is_resting();
    let at = site.desk.local_minute(setting.changed_at);
    let reason = Field {
        name: "reason",
        label: &phrases.reason,
        hint: "",
        value: "",
        autocomplete: "off",
    };
    html! {
        h2 {
            (phrases.switch) " "
            @if rests { span .badge.bad { (phrases.rests) } } @else { span .badge.good { (phrases.answers) } }
        }
        p { (phrases.switch_hint) }
        p .small {
            @if setting.version == 0 { (phrases.never) }
            @else { (fill(&phrases.switched, &[("by", &setting.changed_by), ("at", &at)])) }
        }
        @if signed.staff.role() >= Role::Admin {
            form .slip method="post" action={ (home(signed.language)) "/" (PATH) "/rest" } {
                (token(signed))
                (reason.text())
                @if rests { button .main name="to" value="answer" { (phrases.go_on) } }
                @else { button .warm name="to" value="rest" { (phrases.rest) } }
            }
        } @else { p { (phrases.only_admins) } }
    }
}

fn standing(figures: &ReviewFigures, phrases: &SettingsPhrases) -> Markup {
    let filled = |phrase: &str, values: &[(&str, u64)]| {
        let values: Vec<(&str, String)> = values
            .iter()
            .map(|(name, n)| (*name, n.to_string()))
            .collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        fill(phrase, &values)
    };
    let waiting = [
        ("clusters", figures.waiting),
        ("questions", figures.waiting_questions),
    ];
    let (right, judged) = (figures.rightly_routed, figures.judged);
    // To the nearest whole per cent.
    let percent = (right * 100 + judged / 2).checked_div(judged);
    html! {
        dl .facts {
            div { dt { (phrases.waiting) } dd { (filled(&phrases.waiting_count, &waiting)) } }
            div {
                dt { (phrases.routed) }
                dd {
                    @match percent {
                        Some(percent) => (filled(
                            &phrases.routed_count,
                            &[("percent", percent), ("right", right), ("judged", judged)],
                        )),
                        None => (phrases.routed_none),
                    }
                }
            }
        }
    }
}
