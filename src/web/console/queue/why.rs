//! Why a question had no answer: in plain words first, then in figures.

use maud::{Markup, html};

use super::drawing::Drawing;
use super::target::Target;
use crate::answering::{Explanation, Weighed};
use crate::desk::ClusterView;
use crate::knowledge::{Language, fill};

/// Less than this share of a question known is worth telling.
const FEW_KNOWN: f32 = 0.5;
/// Two whose confidences differ by less are about as near,
const CLOSE: f32 = 0.1;
/// when both come at least this near.
pub(super) const LIKELY: f32 = 0.25;

/// Why a question had no answer, or one that did not help.
pub(super) fn draw(drawing: &Drawing<'_>, view: &ClusterView) -> Markup {
    let phrases = &drawing.console.cluster;
    let heading = match view.cluster.unhelpful == view.cluster.questions {
        true => &phrases.why_unhelpful,
        false => &phrases.why,
    };
    html! {
        @if !view.explained.is_empty() {
            section .card {
                h2 { (heading) }
                @for (wording, explanation) in &view.explained {
                    (explained(drawing, wording, explanation, view.explained.len() > 1))
                }
            }
        }
    }
}

fn explained(
    drawing: &Drawing<'_>,
    wording: &str,
    explanation: &Explanation,
    is_one_of_several: bool,
) -> Markup {
    html! {
        @if is_one_of_several { h3 lang=(explanation.language) { (wording) } }
        ul { @for reason in reasons(drawing, explanation) { li { (reason) } } }
        @if !explanation.weighed.is_empty() { (figures(drawing, wording, explanation)) }
    }
}

/// What speaks for it, in plain words.
fn reasons(drawing: &Drawing<'_>, explanation: &Explanation) -> Vec<String> {
    let phrases = &drawing.console.cluster;
    let mut all = Vec::new();
    if explanation.crisis_pattern {
        all.push(phrases.why_crisis.clone());
    }
    all.push(nearest(drawing, explanation));
    if let [first, second, ..] = explanation.weighed.as_slice()
        && (first.confidence - second.confidence).abs() < CLOSE
        && first.confidence.min(second.confidence) >= LIKELY
    {
        all.push(phrases.why_close.clone());
    }
    if explanation.familiarity < FEW_KNOWN {
        let share = percent(explanation.familiarity);
        all.push(fill(&phrases.why_unknown_words, &[("share", &share)]));
    }
    all
}

/// What lies nearest, and what lots makes of that.
fn nearest(drawing: &Drawing<'_>, explanation: &Explanation) -> String {
    let phrases = &drawing.console.cluster;
    let first = explanation.weighed.first();
    let Some((first, target)) = first.and_then(|w| Some((w, Target::read(&w.target)?))) else {
        return phrases.why_nothing.clone();
    };
    let name = target.name(drawing);
    match target {
        Target::Entry(_) => {
            let is_sure = first.confidence >= explanation.accept;
            let phrase = if is_sure {
                &phrases.why_answered
            } else {
                &phrases.why_unsure
            };
            let (confidence, accept) = (percent(first.confidence), percent(explanation.accept));
            fill(
                phrase,
                &[
                    ("title", &name),
                    ("confidence", &confidence),
                    ("accept", &accept),
                ],
            )
        }
        Target::Office(_) | Target::Elsewhere(_) => fill(&phrases.why_passed, &[("name", &name)]),
        Target::Talk(_) => fill(&phrases.why_talk, &[("name", &name)]),
        Target::Ask(_) => fill(&phrases.why_ask, &[("name", &name)]),
    }
}

fn figures(drawing: &Drawing<'_>, wording: &str, explanation: &Explanation) -> Markup {
    let phrases = &drawing.console.cluster;
    let accept = fill(&phrases.accept, &[("accept", &percent(explanation.accept))]);
    html! {
        div .scroll tabindex="0" role="region" aria-label={ (phrases.target) ": " (wording) } {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.target) }
                        th scope="col" { (phrases.confidence) }
                        th scope="col" { (phrases.nearest) }
                    }
                }
                tbody {
                    @for weighed in &explanation.weighed {
                        tr {
                            th scope="row" { (name(drawing, weighed)) }
                            td { (percent(weighed.confidence)) " %" }
                            td .free { (weighed.wording) }
                        }
                    }
                }
            }
        }
        p .small { (accept) }
        details .fold {
            summary { (phrases.figures) }
            div {
                @if !explanation.words.is_empty() {
                    p .label { (phrases.words) }
                    ul .small { @for word in &explanation.words { li { code { (word) } } } }
                }
                @for weighed in &explanation.weighed { (shares(drawing, wording, weighed)) }
            }
        }
    }
}

/// What each feature of a target comes to.
fn shares(drawing: &Drawing<'_>, wording: &str, weighed: &Weighed) -> Markup {
    let phrases = &drawing.console.cluster;
    let title = Target::read(&weighed.target).map_or(weighed.target.clone(), |t| t.name(drawing));
    let heading = fill(&phrases.shares, &[("title", &title)]);
    html! {
        div .scroll tabindex="0" role="region" aria-label={ (heading) ": " (wording) } {
            table {
                caption { (heading) ": " (figure(drawing, weighed.score)) }
                thead {
                    tr {
                        th scope="col" { (phrases.feature) }
                        th scope="col" { (phrases.value) }
                        th scope="col" { (phrases.share) }
                    }
                }
                tbody {
                    @for (name, value, share) in &weighed.features {
                        tr {
                            th scope="row" { (phrases.features.get(*name).map_or(*name, String::as_str)) }
                            td { (figure(drawing, *value)) }
                            td { (figure(drawing, *share)) }
                        }
                    }
                }
            }
        }
    }
}

fn name(drawing: &Drawing<'_>, weighed: &Weighed) -> Markup {
    match Target::read(&weighed.target) {
        Some(target) => target.draw(drawing),
        None => html! { (weighed.target) },
    }
}

/// A share, 0..1, in per cent.
fn percent(share: f32) -> String {
    format!("{:.0}", share * 100.0)
}

/// A figure with two decimals, as the language writes it.
fn figure(drawing: &Drawing<'_>, figure: f32) -> String {
    // What is rounded to nothing has no sign.
    let rounded = (figure * 100.0).round() / 100.0 + 0.0;
    let text = format!("{rounded:.2}").replace('-', "−");
    match drawing.language() {
        Language::Swedish => text.replace('.', ","),
        Language::English => text,
    }
}
