//! The fields of a draft's form, each with what is wrong with it.

use maud::{Markup, html};

use super::problems::Wrong;
use super::typed::Typed;
use crate::knowledge::FieldWords;

/// What is typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) typed: &'a Typed,
    pub(super) wrong: &'a [Wrong],
}

/// Something to choose: what is sent, and what is read.
pub(super) type Choice = (String, String);

/// How something is typed.
pub(super) enum Control {
    /// On a line.
    Line,
    /// As a day.
    Day,
    /// On so many lines.
    Lines(u8),
    /// As one of these, in groups with a name; one without a name stands by itself.
    Choose(Vec<(String, Vec<Choice>)>),
    /// On a line, with these to choose from while typing.
    Suggest(Vec<Choice>),
}

impl Fields<'_> {
    /// A field with its label, and what is wrong with it.
    pub(super) fn draw(self, name: &str, words: &FieldWords, control: &Control) -> Markup {
        let hint = (!words.hint.is_empty()).then(|| format!("{name}-hint"));
        let wrong: Vec<&Wrong> = self.wrong.iter().filter(|w| w.field == name).collect();
        let said = (!wrong.is_empty()).then(|| format!("{name}-wrong"));
        let described: Vec<&str> = hint.iter().chain(&said).map(String::as_str).collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let is_wrong = wrong.iter().any(|w| w.is_error).then_some("true");
        let value = self.typed.get(name);
        html! {
            div .field {
                label for=(name) { (words.label) }
                @if let Some(id) = &hint { p .small id=(id) { (words.hint) } }
                @if let Some(id) = &said {
                    ul .wrong id=(id) { @for wrong in &wrong { li { (wrong.text) } } }
                }
                @match control {
                    Control::Line | Control::Suggest(_) => {
                        @let list = matches!(control, Control::Suggest(_)).then(|| format!("{name}-list"));
                        input type="text" id=(name) name=(name) value=(value) list=[list] autocomplete="off"
                            aria-describedby=[described] aria-invalid=[is_wrong];
                    }
                    Control::Day => {
                        input type="date" id=(name) name=(name) value=(value)
                            aria-describedby=[described] aria-invalid=[is_wrong];
                    }
                    Control::Lines(rows) => {
                        // A browser leaves out the first line end.
                        textarea id=(name) name=(name) rows=(rows) aria-describedby=[described]
                            aria-invalid=[is_wrong] { "\n" (value) }
                    }
                    Control::Choose(groups) => {
                        select id=(name) name=(name) aria-describedby=[described] aria-invalid=[is_wrong] {
                            @for (group, choices) in groups {
                                @if group.is_empty() { (options(choices, value)) }
                                @else { optgroup label=(group) { (options(choices, value)) } }
                            }
                            @if !groups.iter().flat_map(|(_, all)| all).any(|(code, _)| code == value) {
                                option value=(value) selected { (value) }
                            }
                        }
                    }
                }
                @if let Control::Suggest(choices) = control {
                    datalist id={ (name) "-list" } {
                        @for (code, title) in choices { option value=(code) { (title) } }
                    }
                }
            }
        }
    }
}

fn options(choices: &[Choice], value: &str) -> Markup {
    html! {
        @for (code, title) in choices { option value=(code) selected[code == value] { (title) } }
    }
}
