//! Examples for the documentation.

use serde_json::{Value, json};

/// The conversation of every example.
pub(in crate::web::api) const CONVERSATION: &str = "7F3K2QX8M4T9WA5C7R3N6PE2HV9B";

/// An answer.
pub(in crate::web::api) fn answer() -> Value {
    json!({
        "conversation": CONVERSATION,
        "decision": "answer",
        "shown": ["grants/lovpeng"],
        "office": "offices/kundcenter",
        "language": "en",
        "blocks": [
            { "block": "title", "entry": "grants/lovpeng", "url": "/en/grants/lovpeng", "text": "Lovpeng" },
            { "block": "text", "text": "Lovpeng is money for associations that arrange something for children in the holidays." },
            { "block": "facts", "facts": [{ "label": "Last day", "value": "31 March, in 8 days" }] },
            { "block": "facets", "entry": "grants/lovpeng", "facets": [{ "facet": "who", "heading": "Who can apply" }] },
        ],
        "text": "Lovpeng\n\nLovpeng is money for associations that arrange something for children in the holidays.\n\nLast day: 31 March, in 8 days",
    })
}
