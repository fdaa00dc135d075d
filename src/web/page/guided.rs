//! The guided ways in as HTML: a step with what can be pressed, what a way in has led to, and what can be taken along.

use maud::{Markup, html};

use super::blocks;
use super::forms::{Act, Forms};
use crate::answering::{Fit, Link, LinkKind, Match};
use crate::knowledge::{GuidedPhrases, Language, Phrases};
use crate::web::browse;
use crate::web::markdown;
use crate::web::places::{Place, encoded};

/// A step as an answer has it.
pub(super) struct Asked<'a> {
    /// Which step it is, in words.
    pub(super) place: &'a str,
    /// The question.
    pub(super) ask: &'a str,
    /// What helps to answer it.
    pub(super) hint: Option<&'a str>,
    /// What can be pressed.
    pub(super) links: &'a [Link],
    /// Whether it is answered in one's own words.
    pub(super) writes: bool,
}

/// Entries that have something in common, as an answer has them.
pub(in crate::web) struct Found<'a> {
    /// What they have in common.
    pub(in crate::web) heading: &'a str,
    /// How well they fit.
    pub(in crate::web) fit: Fit,
    /// The entries.
    pub(in crate::web) matches: &'a [Match],
}

/// A step: the question with its answers, and in a row of their own the ways out.
pub(super) fn step(asked: &Asked<'_>, forms: &Forms<'_>) -> Markup {
    let (answers, ways_out): (Vec<&Link>, Vec<&Link>) = asked
        .links
        .iter()
        .partition(|link| link.kind == LinkKind::Option);
    let question = html! { h2 { (asked.ask) } };
    let hint = html! { @if let Some(hint) = asked.hint { p .small { (hint) } } };
    let held = html! {
        p .label { (asked.place) }
        @if answers.is_empty() {
            (question)
            (hint)
        } @else {
            fieldset {
                legend { (question) }
                (hint)
                ul .buttons { @for link in answers { li { (button(link)) } } }
            }
        }
        ul .buttons.out { @for link in ways_out { li { (button(link)) } } }
    };
    let class = if asked.writes { "step writes" } else { "step" };
    follow(forms, class, &held)
}

/// What leads on, or into a way in.
pub(super) fn links(links: &[Link], forms: &Forms<'_>) -> Markup {
    let held = html! {
        ul .buttons { @for link in links { li { (button(link)) } } }
    };
    follow(forms, "ways", &held)
}

/// The ways in, to begin one of them.
pub(super) fn ways_in(links: &[Link], forms: &Forms<'_>, label: &str) -> Markup {
    let held = html! {
        p .label { (label) }
        ul .buttons { @for link in links { li { (button(link)) } } }
    };
    follow(forms, "ways", &held)
}

/// Entries and why each is shown. Those that do not fit are folded away.
pub(in crate::web) fn matches(found: &Found<'_>, language: Language, phrases: &Phrases) -> Markup {
    let list = html! {
        ul .matches { @for one in found.matches { li { (entry(one, found.fit, language, phrases)) } } }
    };
    match found.fit {
        Fit::Fits | Fit::Nearly => html! { h2 { (found.heading) } (list) },
        Fit::Not => html! {
            details .fold {
                summary { (found.heading) " (" (found.matches.len()) ")" }
                (list)
            }
        },
    }
}

/// What leads to the result on paper, and to its last days for a calendar.
pub(super) fn take(code: &str, print: &str, calendar: Option<&str>, language: Language) -> Markup {
    html! {
        ul .buttons.screen {
            li { a .button href=(result(code, language)) { (print) } }
            @if let Some(calendar) = calendar {
                li { a .button href=(result_dates(code, language)) { (calendar) } }
            }
        }
    }
}

/// The path of a result on a page of its own.
pub fn result(code: &str, language: Language) -> String {
    format!("{}?code={}", Place::Result.path(language), encoded(code))
}

/// The path of the last days of a result.
pub fn result_dates(code: &str, language: Language) -> String {
    format!(
        "{}.ics?code={}",
        Place::Result.path(language),
        encoded(code)
    )
}

/// The path of the conversation where the way in with this code begins.
pub(in crate::web) fn begun(code: &str, language: Language) -> String {
    let key = match language {
        Language::Swedish => "vag",
        Language::English => "way",
    };
    format!("{}?{key}={}", Place::Talk.path(language), encoded(code))
}

fn follow(forms: &Forms<'_>, class: &str, held: &Markup) -> Markup {
    let held = html! {
        input type="hidden" name="in" value=(forms.led_in.code());
        (held)
    };
    forms.form(Act::Follow, Some(class), &held)
}

fn button(link: &Link) -> Markup {
    let class = match link.kind {
        LinkKind::Option | LinkKind::Begin => None,
        LinkKind::Unsure | LinkKind::Back | LinkKind::Stop => Some("quiet"),
        LinkKind::Send => Some("main"),
    };
    html! { button class=[class] name="code" value=(link.code) { (link.label) } }
}

fn entry(found: &Match, fit: Fit, language: Language, phrases: &Phrases) -> Markup {
    let GuidedPhrases { missing, check, .. } = &phrases.page.guided;
    html! {
        h3 { a href=(browse::address(&found.entry, language)) { (found.title) } }
        @if !found.about.is_empty() { div .about { (markdown::draw(&found.about)) } }
        (points(fit != Fit::Not, None, &found.because))
        (points(false, Some(missing), &found.missing))
        @if !found.facts.is_empty() { (blocks::facts(&found.facts, phrases)) }
        (points(false, Some(check), &found.check))
        (points(false, None, &found.prepare))
    }
}

/// Some sentences, under what they have in common where that is said; `speak_for` it, when they are why it is shown.
fn points(speak_for: bool, label: Option<&str>, sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            @if let Some(label) = label { p .label { (label) } }
            ul .points.why[speak_for] { @for sentence in sentences { li { (sentence) } } }
        }
    }
}
