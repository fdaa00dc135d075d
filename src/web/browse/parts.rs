//! What the pages of the entries are put together from.

use maud::{Markup, html};

use super::address::address;
use crate::answering::Contact;
use crate::knowledge::{EntryId, Knowledge, Language};
use crate::web::page::blocks;
use crate::web::places::Place;

/// Where one is: the way from the start, each step with its path, and the page itself.
pub(super) fn crumbs(
    knowledge: &Knowledge,
    language: Language,
    steps: &[(&str, &str)],
    here: &str,
) -> Markup {
    let phrases = &knowledge.phrases(language).browse;
    html! {
        nav .crumbs aria-label=(phrases.trail) {
            ol {
                li { a href=(Place::Talk.path(language)) { (phrases.start) } }
                @for (path, name) in steps {
                    li { a href=(path) { (name) } }
                }
                li { span aria-current="page" { (here) } }
            }
        }
    }
}

/// Who to turn to; the name leads to their own page, unless this is it.
pub(super) fn contact(language: Language, contact: &Contact, page: &EntryId) -> Markup {
    html! {
        div .contact {
            p {
                @if contact.entry == *page {
                    (contact.name)
                } @else {
                    a href=(address(&contact.entry, language)) { (contact.name) }
                }
            }
            (blocks::ways(&contact.ways))
        }
    }
}
