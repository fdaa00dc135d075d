//! What stands around every page.

use maud::{DOCTYPE, Markup, html};

use super::site::Site;
use crate::knowledge::{Language, fill};

/// A page, and what its head says of it.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The language it is written in.
    pub(super) language: Language,
    /// What it is called, before the name of the site.
    pub(super) title: Option<&'a str>,
    /// What stands in its middle.
    pub(super) main: Markup,
}

/// A whole page.
pub(super) fn draw(site: &Site, sheet: &Sheet<'_>) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(sheet.language).page;
    let name = fill(
        &phrases.title,
        &[("municipality", &knowledge.municipality().name)],
    );
    html! {
        (DOCTYPE)
        html lang=(sheet.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title {
                    @if let Some(title) = sheet.title { (title) " – " }
                    (name)
                }
                link rel="stylesheet" href="/assets/style.css";
            }
            body {
                a .skip href="#main" { (phrases.skip) }
                main #main { (sheet.main) }
            }
        }
    }
}
