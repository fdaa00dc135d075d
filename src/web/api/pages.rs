//! The addresses of pages, for what leaves the site.

use jiff::civil::Date;

use crate::answering::Block;
use crate::knowledge::{EntryId, Language};
use crate::paths::{Given, Path};
use crate::web::browse;
use crate::web::page::guided;
use crate::web::site::Site;

/// The addresses of pages in a language: whole when the settings say where residents find the site, else from its root.
pub(super) struct Pages<'a> {
    site: &'a Site,
    root: String,
    language: Language,
}

impl Pages<'_> {
    pub(super) fn of(site: &Site, language: Language) -> Pages<'_> {
        Pages {
            site,
            root: site.settings.address.clone().unwrap_or_default(),
            language,
        }
    }

    /// The page of an entry.
    pub(super) fn entry(&self, id: &EntryId) -> String {
        format!("{}{}", self.root, browse::address(id, self.language))
    }

    /// A last day of an entry, for a calendar that reminds of it; what leads there, and where it is.
    pub(super) fn reminder(&self, id: &EntryId, day: Date) -> (String, String) {
        let base = self.site.base();
        let label = &base.knowledge().phrases(self.language).reminder.calendar;
        let path = browse::reminder(id, self.language, day);
        (label.clone(), format!("{}{path}", self.root))
    }

    /// Blocks as they are shown now: with whether it is open.
    pub(super) fn said_now(&self, blocks: &[Block]) -> Vec<Block> {
        let mut blocks = blocks.to_vec();
        self.site.desk.say_hours(&mut blocks, self.language);
        blocks
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
