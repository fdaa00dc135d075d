//! Whether a saved question has been answered, for the one who has its receipt.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;

use super::keeping;
use super::visitor::Visitor;
use crate::desk::{Outcome, Receipt};
use crate::knowledge::fill;
use crate::web::client::Client;
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::places::Place;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// More than this of what is no code is not said again.
const LONGEST: usize = 40;

/// What a link to the page can hold.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Looked {
    code: String,
}

/// Shows the page, and what became of a question when a code is given.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    looked: Result<Query<Looked>, QueryRejection>,
) -> Response {
    let code = looked.map(|Query(looked)| looked.code).unwrap_or_default();
    let written: String = code.trim().chars().take(LONGEST).collect();
    let language = visitor.language;
    let base = site.base();
    let all = base.knowledge().phrases(language);
    let phrases = &all.page;
    let receipt = Receipt::parse(&written);
    let is_wrong = receipt.is_none() && !written.is_empty();
    // Otherwise codes could be tried one after another.
    if receipt.is_some()
        && let Err(over) = site.pace.admit(client, || false)
    {
        return Trouble::from(over).told_in(Some(language)).into_response();
    }
    let found = match &receipt {
        Some(receipt) => Some(site.desk.outcome(receipt, language).await),
        None => None,
    };
    let is_there = found.as_ref().is_some_and(|(outcome, _)| match outcome {
        Outcome::Open | Outcome::Assigned | Outcome::Answered | Outcome::Closed => true,
        Outcome::NoSuchReceipt | Outcome::Unavailable => false,
    });
    let main = html! {
        div .narrow {
            h1 { (phrases.receipt_heading) }
            p .lead { (phrases.receipt_lead) }
            form .screen method="get" action=(Place::Receipt.path(language)) role="search" {
                div .field.row {
                    label for="code" { (phrases.receipt_label) }
                    input #code type="text" name="code" required autocomplete="off" autocapitalize="characters"
                        spellcheck="false" maxlength=(LONGEST) value=(written)
                        aria-invalid=[is_wrong.then_some("true")]
                        aria-describedby=[is_wrong.then_some("code-wrong")];
                    button .main { (phrases.receipt_button) }
                }
            }
            @if is_wrong {
                div #code-wrong .note.alarm role="alert" {
                    p { (fill(&phrases.receipt_no_code, &[("text", &written)])) }
                }
            }
            @if let Some((_, text)) = &found {
                div .note role="status" { (markdown::draw(text)) }
            }
            @if let Some(receipt) = receipt.as_ref().filter(|_| is_there) {
                (keeping::ways(&visitor, receipt, &all.keeping))
            }
        }
    };
    let query = match &receipt {
        Some(receipt) => format!("?code={receipt}"),
        None => String::new(),
    };
    let sheet = Sheet {
        language,
        title: Some(&phrases.receipt_heading),
        path: Place::Receipt.path(language),
        other: Some(&format!("{}{query}", Place::Receipt.path(language.other()))),
        // A code is nothing for those who search.
        head: html! { meta name="robots" content="noindex"; },
        class: "",
        main,
    };
    let status = if is_wrong {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    (status, layout::draw(&site, &sheet)).into_response()
}
