//! The fields of a form that holds something, wherever that form is.

use maud::{Markup, html};

use crate::desk::HeldFor;
use crate::knowledge::RecordsPhrases;

/// Why it is held, and more about that.
pub(in crate::web::console) fn fields(chosen: HeldFor, phrases: &RecordsPhrases) -> Markup {
    html! {
        div .field {
            label for="why" { (phrases.why) }
            select #why name="why" {
                @for why in HeldFor::ALL {
                    option value=(why.code()) selected[why == chosen] { (why_of(why, phrases)) }
                }
            }
        }
        div .field {
            label for="note" { (phrases.note) }
            p .small #note-hint { (phrases.note_hint) }
            input #note type="text" name="note" autocomplete="off" maxlength="300" aria-describedby="note-hint";
        }
    }
}

/// Why something is held, in words.
pub(in crate::web::console) fn why_of(why: HeldFor, phrases: &RecordsPhrases) -> &str {
    phrases
        .whys
        .get(why.code())
        .map_or(why.code(), String::as_str)
}
