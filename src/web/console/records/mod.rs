//! What residents have left as records: looked up by receipt, held, erased, registered in the diary; and the record of what
//! has been deleted.

mod acts;
mod diary;
mod holding;
mod list;
mod one;
mod purged;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::section::{Section, home};
use crate::knowledge::Language;
use crate::web::site::Site;

pub(super) use holding::{fields as hold_fields, why_of};

const PATH: &str = Section::Records.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let all = format!("{home}/{PATH}");
    let one = format!("{all}/of/{{receipt}}");
    Router::new()
        .route(&all, get(list::show))
        .route(&format!("{all}/person"), post(list::erase_person))
        .route(&format!("{all}/purged"), get(purged::show))
        .route(&format!("{all}/purged.csv"), get(purged::csv))
        .route(&format!("{all}/diary.xsd"), get(diary::schema))
        .route(&one, get(one::show))
        .route(&format!("{one}/data.json"), get(one::file))
        .route(&format!("{one}/hold"), post(acts::hold))
        .route(&format!("{one}/release"), post(acts::release))
        .route(&format!("{one}/erase"), post(acts::erase))
        .route(&format!("{one}/diary"), post(diary::register))
}

/// The address of the record of a receipt.
pub(super) fn place(language: Language, receipt: &str) -> String {
    format!("{}/{PATH}/of/{receipt}", home(language))
}

/// A file to be saved, by a name.
fn file(kind: &'static str, name: &str, body: String) -> Response {
    let head = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (head, body).into_response()
}
