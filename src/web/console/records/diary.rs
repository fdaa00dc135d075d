//! A question for the diary: as a file, or as a page to be printed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, file, place};
use crate::desk::{DIARY_SCHEMA, Diary, Receipt, ReviewError};
use crate::knowledge::fill;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::refused::refused;
use crate::web::console::section::Section;
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Editor, SignedIn};
use crate::web::dossier;
use crate::web::site::Site;

/// What it is wanted as.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(rename = "as")]
    form: String,
}

/// Marks a question as registered, and gives it.
pub(super) async fn register(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(code): Path<String>,
    Sent(wanted): Sent<Wanted>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let made = match Receipt::parse(&code) {
        Some(receipt) => review.register(&receipt).await,
        None => Err(ReviewError::NotFound),
    };
    match made {
        Ok(diary) if wanted.form == "page" => page(&site, &signed, &diary).into_response(),
        Ok(diary) => {
            let name = format!("{}.xml", diary.dossier.receipt);
            file("application/xml; charset=utf-8", &name, diary.xml)
        }
        Err(error) => refused(&site, &signed, Section::Records, &error),
    }
}

/// The schema of the file.
pub(super) async fn schema(_: SignedIn) -> Response {
    let kind = (header::CONTENT_TYPE, "application/xml; charset=utf-8");
    ([kind], DIARY_SCHEMA).into_response()
}

/// All that stands in the file, to be printed.
fn page(site: &Site, signed: &SignedIn, diary: &Diary) -> Markup {
    let base = site.base();
    let all = base.knowledge().phrases(signed.language);
    let phrases = &all.console.records;
    let receipt = diary.dossier.receipt.as_str();
    let heading = fill(&phrases.diary_heading, &[("receipt", receipt)]);
    let made = diary.made_at.parse::<jiff::Timestamp>();
    let made = made.map_or_else(
        |_| String::new(),
        |t| site.desk.local_minute(t.as_millisecond()),
    );
    let main = html! {
        h1 { (heading) }
        p .lead { (diary.dossier.municipality) }
        p .small.unprinted {
            (phrases.print_hint) " "
            a href=(place(signed.language, receipt)) { (fill(&phrases.title, &[("receipt", receipt)])) }
        }
        (dossier::draw_matter(site, signed.language, &diary.dossier))
        p { (fill(&phrases.made, &[("date", &made)])) }
        p .hash { (fill(&phrases.checksum, &[("hash", &diary.checksum)])) }
    };
    let path = format!("{PATH}/of/{receipt}");
    let sheet = Sheet {
        title: &heading,
        section: Section::Records,
        path: &path,
        main,
    };
    frame::draw(site, signed, &sheet)
}
