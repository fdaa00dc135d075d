//! A result of a guided way in to take along: it is on a page, which is linked to where there is one.

use super::card::{Drawing, Page, Row};
use crate::answering::{Answer, Block};
use crate::knowledge::Language;
use crate::paths::{Given, Path};

/// Where the pages are that a result can be taken along from.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The address that residents reach them at: scheme and host.
    pub address: String,
    /// The path of the page to print, by the code of the result.
    pub print: fn(&str, Language) -> String,
    /// The path of the last days for a calendar.
    pub calendar: fn(&str, Language) -> String,
}

impl Pages {
    /// A message with links to the pages of the result that is in it, if one is.
    pub(super) fn beside(&self, mut drawing: Drawing, answer: &Answer) -> Drawing {
        let taken = answer.blocks.iter().find_map(|block| match block {
            Block::Take {
                code,
                print,
                calendar,
            } if can_be_read_there(code) => Some((code, print, calendar)),
            _ => None,
        });
        let Some((code, print, calendar)) = taken else {
            return drawing;
        };
        let page = |label: &str, path: fn(&str, Language) -> String| Page {
            label: label.to_owned(),
            address: format!("{}{}", self.address, path(code, answer.language)),
        };
        let mut pages = vec![page(print, self.print)];
        pages.extend(calendar.iter().map(|label| page(label, self.calendar)));
        // Above what leads out.
        let last = drawing.rows.len().saturating_sub(1);
        drawing.rows.insert(last, Row::Pages(pages));
        drawing.fitted()
    }
}

/// Whether a page can show what the code leads to: what someone wrote here in their own words is known nowhere else.
fn can_be_read_there(code: &str) -> bool {
    let words = |given: &Given| matches!(given, Given::Words(_));
    Path::parse(code).is_some_and(|path| !path.given().iter().any(words))
}
