//! The addresses of pages, for what leaves the site.

use crate::knowledge::{EntryId, Language};
use crate::paths::{Given, Path};
use crate::web::browse;
use crate::web::page::guided;
use crate::web::site::Site;

/// The addresses of pages in a language: whole when the settings say where residents find the site, else from its root.
pub(super) struct Pages {
    root: String,
    language: Language,
}

impl Pages {
    pub(super) fn of(site: &Site, language: Language) -> Pages {
        Pages {
            root: site.settings.address.clone().unwrap_or_default(),
            language,
        }
    }

    /// The page of an entry.
    pub(super) fn entry(&self, id: &EntryId) -> String {
        format!("{}{}", self.root, browse::address(id, self.language))
    }

    /// The page of what a guided way in has led to; `None` for what was written in someone's own words, which only the
    /// conversation that it was written in can show.
    pub(super) fn result(&self, code: &str) -> Option<String> {
        let is_written = |given: &Given| matches!(given, Given::Words(_));
        let path = Path::parse(code)?;
        let shown = !path.given().iter().any(is_written);
        shown.then(|| format!("{}{}", self.root, guided::result(code, self.language)))
    }

    /// The last days of that, for a calendar.
    pub(super) fn result_dates(&self, code: &str) -> String {
        format!("{}{}", self.root, guided::result_dates(code, self.language))
    }
}
