//! All that is kept about a receipt, for the one who has it: to read, as a file, and to be erased.

use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::draft::Draft;
use super::outcome::{refuse, unread};
use super::visitor::Visitor;
use crate::desk::{Dossier, Receipt};
use crate::knowledge::{KeepingPhrases, Language, fill};
use crate::web::client::Client;
use crate::web::dossier;
use crate::web::layout::{self, Sheet};
use crate::web::markdown;
use crate::web::places::Place;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// The receipt, as the address has it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Looked {
    code: String,
}

/// What is to be erased.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Erasing {
    token: String,
    code: String,
    all: bool,
}

/// Something that can be done with a receipt.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// See all that is kept.
    Look,
    /// Have it as a file.
    File,
    /// Have it erased.
    Erase,
}

impl Act {
    /// Where that is.
    pub(super) fn path(self, language: Language) -> String {
        let name = match self {
            Act::Look => "data",
            Act::File => "data.json",
            Act::Erase => "erase",
        };
        format!("{}/{name}", Place::Receipt.path(language))
    }
}

/// The ways from a receipt to all that is kept about it, and to having it erased.
pub(super) fn ways(visitor: &Visitor, receipt: &Receipt, phrases: &KeepingPhrases) -> Markup {
    let language = visitor.language;
    html! {
        p .screen { a href={ (Act::Look.path(language)) "?code=" (receipt) } { (phrases.link) } }
        details .fold.forget.screen {
            summary { (phrases.erase) }
            form method="post" action=(Act::Erase.path(language)) {
                @if let Some(session) = &visitor.session {
                    input type="hidden" name="token" value=(session.token());
                }
                input type="hidden" name="code" value=(receipt);
                p { (phrases.erase_hint) }
                label .option {
                    input type="checkbox" name="all" value="true";
                    " " (phrases.erase_all)
                }
                button { (phrases.erase_button) }
            }
        }
    }
}

/// All that is kept, as a page.
pub(super) async fn show(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    looked: Result<Query<Looked>, QueryRejection>,
) -> Response {
    let dossier = match found(&site, client, &visitor, looked).await {
        Ok(dossier) => dossier,
        Err(instead) => return instead,
    };
    let language = visitor.language;
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).keeping;
    let receipt = dossier.receipt.as_str();
    let heading = fill(&phrases.heading, &[("receipt", receipt)]);
    let query = format!("?code={receipt}");
    let main = html! {
        div .narrow {
            h1 { (heading) }
            p .lead { (phrases.lead) }
            (dossier::draw(&site, language, &dossier))
            p .screen { a href={ (Act::File.path(language)) (query) } download={ (receipt) ".json" } { (phrases.file) } }
            p .screen { a href={ (Place::Receipt.path(language)) (query) } { (phrases.back) } }
        }
    };
    let other = format!("{}{query}", Act::Look.path(language.other()));
    let sheet = Sheet {
        language,
        title: Some(&heading),
        path: &Act::Look.path(language),
        other: Some(&other),
        head: html! { meta name="robots" content="noindex"; },
        class: "",
        main,
    };
    layout::draw(&site, &sheet).into_response()
}

/// The same as JSON.
pub(super) async fn file(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    looked: Result<Query<Looked>, QueryRejection>,
) -> Response {
    match found(&site, client, &visitor, looked).await {
        Ok(dossier) => {
            let text = serde_json::to_string_pretty(&dossier).unwrap_or_default();
            ([(header::CONTENT_TYPE, "application/json")], text).into_response()
        }
        Err(instead) => instead,
    }
}

/// Erases what has the receipt.
pub(super) async fn erase(
    State(site): State<Arc<Site>>,
    client: Client,
    visitor: Visitor,
    form: Result<Form<Erasing>, FormRejection>,
) -> Response {
    let Form(sent) = match form {
        Ok(form) => form,
        Err(rejection) => return unread(&site, &visitor, &rejection),
    };
    if let Err(refusal) = visitor.may_send(&sent.token) {
        return refuse(&site, &visitor, refusal, Draft::default());
    }
    let language = visitor.language;
    let receipt = match admitted(&site, client, &sent.code) {
        Ok(receipt) => receipt,
        Err(trouble) => return trouble.told_in(Some(language)).into_response(),
    };
    let base = site.base();
    let all = base.knowledge().phrases(language);
    match site.desk.erase_receipt(&receipt, sent.all).await {
        Ok((erased, conversation)) => {
            // It may still be shown there.
            if let Some(conversation) = conversation {
                site.transcripts.forget(&conversation);
            }
            let text = site.desk.erased_receipt_text(&receipt, &erased, language);
            let status = match erased.is_any() {
                true => StatusCode::OK,
                false => StatusCode::NOT_FOUND,
            };
            told(&site, language, status, &text)
        }
        Err(error) => {
            tracing::warn!(%error, "what has a receipt could not be erased");
            let status = StatusCode::SERVICE_UNAVAILABLE;
            told(&site, language, status, &all.erase_unavailable)
        }
    }
}

/// A page that says what became of erasing.
fn told(site: &Site, language: Language, status: StatusCode, text: &str) -> Response {
    let base = site.base();
    let all = base.knowledge().phrases(language);
    let sheet = Sheet {
        language,
        title: Some(&all.keeping.erase),
        path: Place::Receipt.path(language),
        other: Some(Place::Receipt.path(language.other())),
        head: html! { meta name="robots" content="noindex"; },
        class: "",
        main: html! {
            div .narrow {
                h1 { (all.keeping.erase) }
                div .note role="status" { (markdown::draw(text)) }
                p { a .button.main href=(Place::Talk.path(language)) { (all.page.start_again) } }
            }
        },
    };
    (status, layout::draw(site, &sheet)).into_response()
}

/// What is kept about the receipt of an address. Fails with what to answer instead.
async fn found(
    site: &Site,
    client: Client,
    visitor: &Visitor,
    looked: Result<Query<Looked>, QueryRejection>,
) -> Result<Dossier, Response> {
    let code = looked.map(|Query(looked)| looked.code).unwrap_or_default();
    let language = Some(visitor.language);
    let receipt = admitted(site, client, &code);
    let receipt = receipt.map_err(|trouble| trouble.told_in(language).into_response())?;
    match site.desk.dossier(&receipt).await {
        Ok(Some(dossier)) => Ok(dossier),
        Ok(None) => Err(Trouble::NoReceipt.told_in(language).into_response()),
        Err(error) => {
            tracing::warn!(%error, "what is kept about a receipt could not be read");
            Err(Trouble::LogAway.told_in(language).into_response())
        }
    }
}

/// A receipt, when one may be looked up now: otherwise codes could be tried one after another.
fn admitted(site: &Site, client: Client, code: &str) -> Result<Receipt, Trouble> {
    let receipt = Receipt::parse(code).ok_or(Trouble::NoReceipt)?;
    site.pace.admit(client, || false).map_err(Trouble::from)?;
    Ok(receipt)
}
