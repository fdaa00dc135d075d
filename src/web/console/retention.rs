//! How long questions and the rest are kept: shown to everyone, and set by admins.

use maud::{Markup, html};

use super::parts::{Field, token};
use super::section::home;
use super::settings::PATH;
use super::signed_in::SignedIn;
use crate::desk::{KEPT_FOR, KeptDays, ReviewFigures, Role, State};
use crate::knowledge::{ConsolePhrases, fill};

/// How many questions there are in each state, and how many days everything is kept.
pub(super) fn table(
    signed: &SignedIn,
    figures: &ReviewFigures,
    kept: &KeptDays,
    console: &ConsolePhrases,
) -> Markup {
    let phrases = &console.settings;
    let may_set = signed.staff.role() >= Role::Admin;
    let rows = html! {
        div .scroll tabindex="0" role="region" aria-label=(phrases.kept) {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.state) }
                        th scope="col" { (phrases.count) }
                        th scope="col" { (phrases.time) }
                    }
                }
                tbody {
                    @for state in State::ALL {
                        @let (field, days) = of_state(kept, state);
                        (row(console.states.name(state.code()), Some(count(figures, state)), field, days, may_set, console))
                    }
                    (row(&phrases.conversations, None, "conversations", kept.conversations, may_set, console))
                    (row(&phrases.call_backs, None, "call_backs", kept.call_backs, may_set, console))
                }
            }
        }
    };
    if !may_set {
        return rows;
    }
    let reason = Field {
        name: "reason",
        label: &phrases.reason,
        hint: "",
        value: "",
        autocomplete: "off",
    };
    html! {
        form method="post" action={ (home(signed.language)) "/" (PATH) "/retention" } {
            (token(signed))
            (rows)
            div .slip { (reason.text()) }
            p { (phrases.keep_hint) }
            div .toolbar {
                button .main { (phrases.keep) }
                button name="as_started" value="1" formnovalidate { (phrases.as_started) }
            }
        }
    }
}

/// A line of the table: what is kept, how much there is of it, and for how many days.
fn row(
    what: &str,
    count: Option<i64>,
    field: &str,
    days: u32,
    may_set: bool,
    console: &ConsolePhrases,
) -> Markup {
    let said = fill(&console.settings.days, &[("days", &days.to_string())]);
    html! {
        tr {
            th scope="row" { (what) }
            td { @if let Some(count) = count { (count) } }
            td {
                @if may_set {
                    input type="number" name=(field) value=(days) min=(KEPT_FOR.start()) max=(KEPT_FOR.end()) required
                        aria-label={ (what) ", " (console.settings.time) };
                } @else { (said) }
            }
        }
    }
}

fn count(figures: &ReviewFigures, state: State) -> i64 {
    let found = figures.states.iter().find(|(s, _)| *s == state);
    found.map_or(0, |(_, count)| *count)
}

/// The field for a state, and its days.
fn of_state(kept: &KeptDays, state: State) -> (&'static str, u32) {
    match state {
        State::New => ("new", kept.new),
        State::Assigned => ("assigned", kept.assigned),
        State::Answered => ("answered", kept.answered),
        State::Taught => ("taught", kept.taught),
        State::NotOurs => ("not_ours", kept.not_ours),
        State::Dismissed => ("dismissed", kept.dismissed),
    }
}
