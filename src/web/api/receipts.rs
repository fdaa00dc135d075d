//! Looking up what became of what someone has left.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};

use super::read::Fields;
use super::refusals::OfReceipt;
use super::wire::{Language, Receipt, ReceiptState};
use crate::desk::Outcome;
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
    let Path(code) = path.map_err(|_| Trouble::NoPage)?;
    let mut fields = Fields::of_address(&[("code", &code)], &uri, &headers, &site);
    let language = fields.language();
    let receipt = fields.receipt("code");
    let receipt = fields.finish(receipt)?;
    // Otherwise codes could be tried one after another.
    site.pace
        .admit(client, || false)
        .map_err(|over| Trouble::from(over).told_in(language))?;
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
