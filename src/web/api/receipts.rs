//! Looking up what became of what someone has left, and all that is kept about it; and erasing it.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};

use super::read::Fields;
use super::refusals::OfReceipt;
use super::wire::{Dossier, Erased, Language, Receipt, ReceiptState};
use crate::desk::{self, Outcome};
use crate::knowledge;
use crate::web::client::Client;
use crate::web::site::Site;
use crate::web::trouble::{Told, Trouble};

/// Look up a receipt
///
/// What became of the question, the idea or the wish to be called with this code.
#[utoipa::path(
    get, path = "/api/v1/receipts/{code}", tag = "receipts", operation_id = "receipt",
    params(
        ("code" = String, Path, description = "The code, as it was given or as someone has typed it: in any case, with or without the hyphen", pattern = "^[0-9A-TV-Za-tv-z]{4}[- ]?[0-9A-TV-Za-tv-z]{3}$", example = "7F3K-2QX"),
        ("language" = Option<Language>, Query, description = "The language to be told in"),
    ),
    responses((status = 200, description = "What became of it", body = Receipt), OfReceipt)
)]
pub(super) async fn receipt(
    State(site): State<Arc<Site>>,
    client: Client,
    path: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Receipt>, Told> {
    let (receipt, language) = admitted(&site, client, path, &uri, &headers)?;
    let told_in = language.unwrap_or_else(|| site.desk.default_language());
    let (outcome, text) = site.desk.outcome(&receipt, told_in).await;
    match ReceiptState::of(outcome) {
        Some(state) => Ok(Json(Receipt {
            code: receipt.to_string(),
            state,
            language: told_in.into(),
            text,
        })),
        None if outcome == Outcome::Unavailable => Err(Trouble::LogAway.told_in(language)),
        None => Err(Trouble::NoReceipt.told_in(language)),
    }
}

/// All that is kept about a receipt
///
/// Everything that is kept of the question, the idea or the wish to be called with this code: what was written with personal
/// data masked, what was answered, what has been done by which role, and until when it is kept. Of an address to call or
/// write to only the end is told.
#[utoipa::path(
    get, path = "/api/v1/receipts/{code}/data", tag = "receipts", operation_id = "data",
    params(
        ("code" = String, Path, description = "The code, as it was given or as someone has typed it: in any case, with or without the hyphen", pattern = "^[0-9A-TV-Za-tv-z]{4}[- ]?[0-9A-TV-Za-tv-z]{3}$", example = "7F3K-2QX"),
        ("language" = Option<Language>, Query, description = "The language to be told in"),
    ),
    responses((status = 200, description = "All that is kept", body = Dossier), OfReceipt)
)]
pub(super) async fn data(
    State(site): State<Arc<Site>>,
    client: Client,
    path: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Dossier>, Told> {
    let (receipt, language) = admitted(&site, client, path, &uri, &headers)?;
    match site.desk.dossier(&receipt).await {
        Ok(Some(dossier)) => Ok(Json(Dossier::of(dossier))),
        Ok(None) => Err(Trouble::NoReceipt.told_in(language)),
        Err(_) => Err(Trouble::LogAway.told_in(language)),
    }
}

/// Erase what has a receipt
///
/// Erases the question, the idea or the wish to be called with this code, and what is remembered of its conversation. A
/// question that the municipality must keep stays until it need not be kept any longer.
#[utoipa::path(
    delete, path = "/api/v1/receipts/{code}", tag = "receipts", operation_id = "erase_receipt",
    params(
        ("code" = String, Path, description = "The code, as it was given or as someone has typed it: in any case, with or without the hyphen", pattern = "^[0-9A-TV-Za-tv-z]{4}[- ]?[0-9A-TV-Za-tv-z]{3}$", example = "7F3K-2QX"),
        ("language" = Option<Language>, Query, description = "The language to be told in"),
    ),
    responses((status = 200, description = "What was erased", body = Erased), OfReceipt)
)]
pub(super) async fn erase(
    State(site): State<Arc<Site>>,
    client: Client,
    path: Result<Path<String>, PathRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Erased>, Told> {
    let (receipt, language) = admitted(&site, client, path, &uri, &headers)?;
    let erased = site.desk.erase_receipt(&receipt, false).await;
    let (erased, conversation) = erased.map_err(|_| Trouble::LogAway.told_in(language))?;
    if !erased.is_any() {
        return Err(Trouble::NoReceipt.told_in(language));
    }
    if let Some(conversation) = conversation {
        site.transcripts.forget(&conversation);
    }
    let told_in = language.unwrap_or_else(|| site.desk.default_language());
    Ok(Json(Erased {
        questions: erased.questions,
        held: erased.held,
        language: told_in.into(),
        text: site.desk.erased_receipt_text(&receipt, &erased, told_in),
    }))
}

/// A receipt, and the language to be told in, when one may be looked up now: otherwise codes could be tried one after
/// another.
fn admitted(
    site: &Site,
    client: Client,
    path: Result<Path<String>, PathRejection>,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(desk::Receipt, Option<knowledge::Language>), Told> {
    let Path(code) = path.map_err(|_| Trouble::NoPage)?;
    let mut fields = Fields::of_address(&[("code", &code)], uri, headers, site);
    let language = fields.language();
    let receipt = fields.receipt("code");
    let receipt = fields.finish(receipt)?;
    site.pace
        .admit(client, || false)
        .map_err(|over| Trouble::from(over).told_in(language))?;
    Ok((receipt, language))
}
