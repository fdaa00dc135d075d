//! The pages for what cannot be shown: each says what to do, in the language of its address, and leads on.

use axum::response::{IntoResponse, Response};
use maud::html;

use crate::knowledge::Language;
use crate::web::layout::{self, Sheet};
use crate::web::places::Place;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// The page for a trouble.
pub(in crate::web) fn page(site: &Site, language: Language, trouble: &Trouble) -> Response {
    let base = site.base();
    let all = base.knowledge().phrases(language);
    let phrases = &all.page;
    // What happens to people who read has words of its own; the rest is told as it is to programs.
    let (heading, text) = match trouble {
        Trouble::NoPage => (&phrases.missing_heading, phrases.missing_text.clone()),
        Trouble::WrongMethod => (&phrases.method_heading, phrases.method_text.clone()),
        Trouble::Broken => (&phrases.failed_heading, phrases.failed_text.clone()),
        Trouble::NoEntry
        | Trouble::NoReceipt
        | Trouble::NoPlace
        | Trouble::SlowBody
        | Trouble::TooLarge
        | Trouble::NotJson
        | Trouble::BrokenJson { .. }
        | Trouble::Wrong(_)
        | Trouble::TooMany { .. }
        | Trouble::Busy
        | Trouble::Ending
        | Trouble::LogAway
        | Trouble::TookTooLong => (&trouble.words(&all.api).title, trouble.detail(&all.api)),
    };
    let onward = [
        (Place::Talk, &phrases.ask_label),
        (Place::Browse, &phrases.browse_link),
        (Place::Human, &phrases.human_link),
    ];
    let main = html! {
        div .narrow {
            h1 { (heading) }
            p .lead { (text) }
            h2 { (phrases.onward) }
            ul .choices {
                @for (place, text) in onward {
                    li { a .button href=(place.path(language)) { (text) } }
                }
            }
        }
    };
    let sheet = Sheet {
        language,
        title: Some(heading),
        path: "",
        other: None,
        head: html! { meta name="robots" content="noindex"; },
        class: "",
        main,
    };
    layout::draw(site, &sheet).into_response()
}
