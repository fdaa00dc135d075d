//! What the pages about codes are made of.

use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use crate::desk::CodeSetUp;
use crate::knowledge::CodesPhrases;

/// How many pixels a module of the drawing is wide.
const MODULE: u32 = 4;

/// What an app is given: to scan, and to type where nothing can be scanned.
pub(super) fn scanned(set_up: &CodeSetUp, phrases: &CodesPhrases) -> Markup {
    html! {
        ol {
            li { (phrases.step_app) }
            li {
                (phrases.step_scan)
                @if let Some(drawing) = drawing(&set_up.address) {
                    div .qr role="img" aria-label=(phrases.drawing) { (PreEscaped(drawing)) }
                }
                p { (phrases.step_type) " " code .secret { (spaced(&set_up.secret)) } }
            }
            li { (phrases.step_code) }
        }
    }
}

/// The secret that has been shown, for the form that confirms it.
pub(super) fn given(set_up: &CodeSetUp) -> Markup {
    html! { input type="hidden" name="secret" value=(set_up.secret); }
}

/// The line where a code is written, for which telephones show figures and password managers know what to do.
pub(super) fn code_field(id: &str, label: &str, hint: &str) -> Markup {
    let hint_id = format!("{id}-hint");
    html! {
        div .field {
            label for=(id) { (label) }
            p .small id=(hint_id) { (hint) }
            input type="text" id=(id) name="code" aria-describedby=(hint_id) autocomplete="one-time-code" required
                autocapitalize="none" spellcheck="false" size="20";
        }
    }
}

/// The recovery codes, which are shown this once.
pub(super) fn recovery(codes: &[String], phrases: &CodesPhrases) -> Markup {
    html! {
        p .lead { (phrases.recovery_lead) }
        ul .codes {
            @for code in codes { li { code { (code) } } }
        }
        p { (phrases.recovery_keep) }
    }
}

/// A text as it can be scanned; `None` when it is too long for that.
fn drawing(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    let drawing = code
        .render::<svg::Color<'_>>()
        .module_dimensions(MODULE, MODULE)
        .build();
    // Within a page it is no document of its own.
    let (_, svg) = drawing.split_once("?>")?;
    Some(svg.to_owned())
}

/// A secret in groups of four, as it is easier to type.
fn spaced(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = signs
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_scanned_is_drawn_and_what_is_to_be_typed_is_spaced() {
        let svg = drawing("otpauth://totp/Lots:eva?secret=GEZDGNBVGY3TQOJQ&issuer=Lots").unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
        assert_eq!(drawing(&"x".repeat(5000)), None);
        assert_eq!(spaced("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
