//! Passing a question on to whoever has it: once, or from now on.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::acts::to_done;
use super::drawing::Drawing;
use super::target::Target;
use super::to_do::form;
use super::why::LIKELY;
use super::{PATH, Told, seen, to_draft, told};
use crate::desk::{ClusterView, Receiver, ReviewError, Settlement};
use crate::knowledge::Knowledge;
use crate::web::console::parts::alarm;
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Editor, SignedIn};
use crate::web::site::Site;

/// In the field of what is passed on: all such questions, from now on.
const TEACH: &str = "teach";

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Passing {
    version: i64,
    to: String,
    what: String,
    reason: String,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
) -> Response {
    let view = match seen(&site, &signed, &id, false).await {
        Ok(view) => view,
        Err(instead) => return instead,
    };
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let likely = Passing {
        to: likely(&view),
        ..Passing::default()
    };
    page(&drawing, &view, None, &likely).into_response()
}

pub(super) async fn pass(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Passing>,
) -> Response {
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let to = Receiver::parse(&sent.to).filter(|to| is_there(base.knowledge(), to));
    let (status, why) = match to {
        None => {
            let why = drawing.console.pass_on.missing.clone();
            (StatusCode::UNPROCESSABLE_ENTITY, why)
        }
        Some(to) => match pass_to(&site, &signed, &id, &sent, to).await {
            Ok(passed) => return passed,
            Err(error) => match told(&site, &signed, error) {
                Told::Here(why) => why,
                Told::Apart(instead) => return instead,
            },
        },
    };
    match seen(&site, &signed, &id, true).await {
        Ok(view) => (status, page(&drawing, &view, Some(alarm(&why)), &sent)).into_response(),
        Err(instead) => instead,
    }
}

async fn pass_to(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    sent: &Passing,
    to: Receiver,
) -> Result<Response, ReviewError> {
    let review = site.desk.review(&signed.staff);
    if sent.what == TEACH {
        review.hold_to(id, sent.version).await?;
        let draft = review.begin_pass_on(id, &sent.to).await?;
        return Ok(to_draft(signed, &draft));
    }
    let (settlement, done) = match to {
        Receiver::Office(office) => (Settlement::Assign(office), "assigned"),
        Receiver::Elsewhere(body) => (Settlement::NotOurs(body), "passed"),
    };
    review
        .settle(id, sent.version, &settlement, &sent.reason)
        .await?;
    Ok(to_done(signed, id, done))
}

fn page(
    drawing: &Drawing<'_>,
    view: &ClusterView,
    said: Option<Markup>,
    typed: &Passing,
) -> Markup {
    let phrases = &drawing.console.pass_on;
    let cluster = &view.cluster;
    let main = html! {
        (drawing.crumbs(Some((&cluster.id, &cluster.wording))))
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(said) = said { (said) }
        div .slip {
            (form(drawing, cluster, "pass-on", html! {
                div .field { label for="to" { (phrases.to) } (receivers(drawing, &typed.to)) }
                (what(drawing, typed))
                div .field {
                    label for="reason" { (phrases.reason) }
                    p .small #reason-hint { (phrases.reason_hint) }
                    input #reason type="text" name="reason" value=(typed.reason) aria-describedby="reason-hint"
                        autocomplete="off" maxlength="300";
                }
                button .main { (phrases.button) }
            }))
        }
    };
    drawing.page(
        &phrases.heading,
        &format!("{PATH}/{}/pass-on", cluster.id),
        main,
    )
}

/// Everyone who may have the question.
fn receivers(drawing: &Drawing<'_>, chosen: &str) -> Markup {
    let phrases = &drawing.console.pass_on;
    let language = drawing.language();
    let bodies = drawing.knowledge.elsewhere();
    html! {
        select #to name="to" {
            option value="" { (phrases.choose) }
            optgroup label=(phrases.offices) {
                @for (office, title) in drawing.knowledge.offices(language) {
                    option value=(office) selected[office.as_str() == chosen] { (title) }
                }
            }
            @if !bodies.is_empty() {
                optgroup label=(phrases.elsewhere) {
                    @for body in bodies {
                        @let value = format!("⇢ {}", body.name_sv);
                        option value=(value) selected[value == chosen] { (body.name(language)) }
                    }
                }
            }
        }
    }
}

fn what(drawing: &Drawing<'_>, typed: &Passing) -> Markup {
    let phrases = &drawing.console.pass_on;
    let is_lesson = typed.what == TEACH;
    let choices = [
        ("only", &phrases.only, &phrases.only_hint, !is_lesson),
        (TEACH, &phrases.teach, &phrases.teach_hint, is_lesson),
    ];
    html! {
        fieldset .field {
            legend { (phrases.what) }
            div {
                @for (value, label, hint, is_chosen) in choices {
                    label .option {
                        input type="radio" name="what" value=(value) checked[is_chosen];
                        span { (label) " " span .small { (hint) } }
                    }
                }
            }
        }
    }
}

/// Who has the question by all that is known: the office that was named when it was asked, else what it comes near to.
fn likely(view: &ClusterView) -> String {
    let weighed = view.explained.iter().flat_map(|(_, e)| &e.weighed);
    let near = weighed.filter(|weighed| weighed.confidence >= LIKELY);
    let mut receivers = near.filter_map(|weighed| Target::read(&weighed.target)?.receiver());
    let named = view.cluster.office.as_ref().map(ToString::to_string);
    named.or_else(|| receivers.next()).unwrap_or_default()
}

fn is_there(knowledge: &Knowledge, receiver: &Receiver) -> bool {
    match receiver {
        Receiver::Office(office) => knowledge.entry(office).is_some(),
        Receiver::Elsewhere(name) => knowledge
            .elsewhere()
            .iter()
            .any(|body| body.name_sv == *name),
    }
}
