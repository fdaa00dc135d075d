//! What pages of the console are made of.

use maud::{Markup, html};

use super::signed_in::SignedIn;
use crate::desk::{LONGEST_PASSWORD, PasswordFault, SHORTEST_PASSWORD, StoreError};
use crate::knowledge::{AccountsPhrases, FramePhrases, fill};

/// What every form brings, to show for whom it was drawn.
pub(super) fn token(signed: &SignedIn) -> Markup {
    html! { input type="hidden" name="token" value=(signed.form_token); }
}

/// That something is done, or is so. It is read aloud when it comes.
pub(super) fn note(text: &str) -> Markup {
    html! { p .note role="status" { (text) } }
}

/// That something could not be done, and what to do about it.
pub(super) fn alarm(text: &str) -> Markup {
    html! { p .note.alarm role="alert" { (text) } }
}

/// A field to choose from a list in, or nothing in particular, which is called `any`.
pub(super) fn choice<'a>(
    (name, label): (&str, &str),
    any: &str,
    chosen: &str,
    options: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Markup {
    html! {
        div .field {
            label for=(name) { (label) }
            select id=(name) name=(name) {
                option value="" { (any) }
                @for (value, text) in options {
                    option value=(value) selected[value == chosen] { (text) }
                }
            }
        }
    }
}

/// A line to write in.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    /// Its name in the form, and its id on the page.
    pub(super) name: &'a str,
    /// What is to be written in it.
    pub(super) label: &'a str,
    /// What may be written in it; empty when that needs no saying.
    pub(super) hint: &'a str,
    /// What has been written in it.
    pub(super) value: &'a str,
    /// What browsers and password managers may put in it.
    pub(super) autocomplete: &'a str,
}

impl Field<'_> {
    /// A line of text.
    pub(super) fn text(&self) -> Markup {
        self.draw("text")
    }

    /// A password. What was written in it is never shown again.
    pub(super) fn password(&self) -> Markup {
        Field { value: "", ..*self }.draw("password")
    }

    fn draw(&self, kind: &str) -> Markup {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let is_code = kind == "password" || self.autocomplete == "username";
        html! {
            div .field {
                label for=(self.name) { (self.label) }
                @if let Some(id) = &hint { p .small id=(id) { (self.hint) } }
                input type=(kind) id=(self.name) name=(self.name) value=(self.value) aria-describedby=[hint]
                    autocomplete=(self.autocomplete) autocapitalize=[is_code.then_some("none")]
                    spellcheck=[is_code.then_some("false")];
            }
        }
    }
}

/// Why something cannot be a password.
pub(super) fn bad_password(fault: PasswordFault, phrases: &AccountsPhrases) -> String {
    match fault {
        PasswordFault::TooShort => least(&phrases.too_short),
        PasswordFault::TooLong => fill(
            &phrases.too_long,
            &[("most", &LONGEST_PASSWORD.to_string())],
        ),
        PasswordFault::IsName => phrases.is_name.clone(),
    }
}

/// A phrase with the length of the shortest password.
pub(super) fn least(phrase: &str) -> String {
    fill(phrase, &[("least", &SHORTEST_PASSWORD.to_string())])
}

/// That the database does not answer.
pub(super) fn away(error: &StoreError, phrases: &FramePhrases) -> String {
    tracing::warn!(%error, "something in the console could not be read or written");
    phrases.away.clone()
}
