//! Keys that do what a button does: what there are, the switch that turns them off, and the script that listens for them.
//! Without it there are none, and nothing is shown of them.

use maud::{Markup, html};

use crate::knowledge::ShortcutsPhrases;
use crate::web::assets::Asset;

/// The list of them, the button that opens it, and the script.
pub(super) fn draw(phrases: &ShortcutsPhrases) -> Markup {
    let keys = [
        ("j", &phrases.next),
        ("k", &phrases.previous),
        ("o", &phrases.open),
        ("/", &phrases.seek),
        ("a", &phrases.answer),
        ("t", &phrases.teach),
        ("p", &phrases.pass_on),
        ("?", &phrases.help),
    ];
    html! {
        script src=(Asset::Keys.address()) defer {}
        p { button .quiet type="button" data-shortcuts hidden { (phrases.heading) } }
        dialog #shortcuts aria-labelledby="shortcuts-heading" {
            h2 #shortcuts-heading { (phrases.heading) }
            p { (phrases.lead) }
            dl .keys {
                @for (key, act) in keys { div { dt { kbd { (key) } } dd { (act) } } }
            }
            label .option { input type="checkbox" data-shortcuts-on checked; (phrases.on) }
            form method="dialog" { button .main { (phrases.close) } }
        }
    }
}
