//! The sentences about who is told outside the console how things stand.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[console.digests]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DigestsPhrases {
    /// The heading, and the link to it.
    pub heading: String,
    /// What they are.
    pub lead: String,
    /// Nobody is told.
    pub none: String,
    /// The link and the button that add one.
    pub add: String,
    /// The link to one, and the heading over it.
    pub change: String,
    /// How it is sent.
    pub courier: String,
    /// Each way, by its code.
    pub couriers: BTreeMap<String, String>,
    /// Where to.
    pub address: String,
    /// What that is for each way.
    pub address_hint: String,
    /// Where it is sent now, and how to keep it so. `{place}`.
    pub address_kept: String,
    /// What signs it.
    pub secret: String,
    /// What that is for.
    pub secret_hint: String,
    /// That it is signed, and how to keep it so.
    pub secret_kept: String,
    /// How often.
    pub rhythm: String,
    /// Each rhythm, by its code.
    pub rhythms: BTreeMap<String, String>,
    /// At which hour.
    pub hour: String,
    /// On which clock.
    pub hour_hint: String,
    /// The office.
    pub office: String,
    /// Every office.
    pub all: String,
    /// The language.
    pub language: String,
    /// Whether it is told at once of those who want to be called.
    pub calls: String,
    /// That it is.
    pub tells_calls: String,
    /// When the next digest is due. `{time}`.
    pub next: String,
    /// The button that keeps what was typed.
    pub save: String,
    /// The button that tries it.
    pub test: String,
    /// The button that stops it.
    pub remove: String,
    /// What that does.
    pub remove_hint: String,
    /// It was kept.
    pub saved: String,
    /// It was stopped.
    pub removed: String,
    /// It got there.
    pub arrived: String,
    /// It is on its way.
    pub under_way: String,
    /// It did not get there. `{why}`.
    pub missed: String,
    /// The heading over what was sent.
    pub deliveries: String,
    /// How long that is kept.
    pub deliveries_hint: String,
    /// Nothing was.
    pub no_deliveries: String,
    /// When.
    pub when: String,
    /// What.
    pub what: String,
    /// Where to.
    pub place: String,
    /// How it went.
    pub state: String,
    /// Each kind, by its code.
    pub kinds: BTreeMap<String, String>,
    /// Each state, by its code.
    pub states: BTreeMap<String, String>,
    /// How often it was tried. `{count}`.
    pub tried: String,
    /// When it is tried next. `{time}`.
    pub again_at: String,
    /// The button that tries it again now.
    pub again: String,
    /// There is nothing to try again, or no such one any longer.
    pub gone: String,
    /// Why something did not get there, by its code. `{detail}`.
    pub reasons: BTreeMap<String, String>,
    /// What is wrong with what was typed, by its code.
    pub faults: BTreeMap<String, String>,
}

impl DigestsPhrases {
    /// The sentence for a code; the code where there is none.
    pub fn named<'a>(names: &'a BTreeMap<String, String>, code: &'a str) -> &'a str {
        names.get(code).map_or(code, String::as_str)
    }
}
