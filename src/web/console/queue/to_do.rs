//! What can be done about a question: answer, teach or pass on, and what is needed less often.

use maud::{Markup, html};

use super::drawing::Drawing;
use super::one::Typed;
use super::place;
use super::wanted::waits;
use crate::desk::{Cluster, ClusterView, HeldFor};
use crate::knowledge::{EntryId, fill};
use crate::web::console::parts::token;
use crate::web::console::records;

/// Why a question needs no answer: as forms send it.
pub(super) const WHY_DISMISSED: [&str; 3] = ["spam", "abuse", "other"];

/// The three acts, each with what it does.
pub(super) fn acts(drawing: &Drawing<'_>, view: &ClusterView) -> Markup {
    let phrases = &drawing.console.cluster;
    let at = place(drawing.signed, &view.cluster.id);
    html! {
        section .acts aria-label=(phrases.acts) {
            div {
                (form(drawing, &view.cluster, "answer", html! {
                    button .main data-key="a" aria-describedby="answer-hint" { (phrases.answer) }
                }))
                p .small #answer-hint { (phrases.answer_hint) }
            }
            div {
                a .button href={ (at) "/teach" } data-key="t" aria-describedby="teach-hint" { (phrases.teach) }
                p .small #teach-hint { (phrases.teach_hint) }
            }
            div {
                a .button href={ (at) "/pass-on" } data-key="p" aria-describedby="pass-hint" { (phrases.pass_on) }
                p .small #pass-hint { (phrases.pass_on_hint) }
            }
        }
    }
}

/// What is needed less often: mending what did not help, dismissing, opening again.
pub(super) fn more(drawing: &Drawing<'_>, view: &ClusterView, typed: &Typed) -> Markup {
    let phrases = &drawing.console.cluster;
    let cluster = &view.cluster;
    let unhelpful = unhelpful(view);
    html! {
        div .more {
            @if !unhelpful.is_empty() {
                p .small { (phrases.mend_hint) }
                @for entry in &unhelpful {
                    @let title = drawing.knowledge.title(entry, drawing.language());
                    (form(drawing, cluster, "mend", html! {
                        input type="hidden" name="entry" value=(entry);
                        button { (fill(&phrases.mend, &[("title", title)])) }
                    }))
                }
            }
            @if waits(cluster.state) {
                (dismiss(drawing, cluster, typed))
            } @else {
                (form(drawing, cluster, "reopen", html! {
                    button aria-describedby="reopen-hint" { (phrases.reopen) }
                }))
                p .small #reopen-hint { (phrases.reopen_hint) }
            }
            (hold(drawing, cluster))
        }
    }
}

/// Keeping all of them although their time is up.
fn hold(drawing: &Drawing<'_>, cluster: &Cluster) -> Markup {
    let phrases = &drawing.console.records;
    html! {
        details .fold {
            summary { (phrases.hold) }
            (form(drawing, cluster, "hold", html! {
                p .small { (phrases.hold_hint) }
                (records::hold_fields(HeldFor::Request, phrases))
                button .warm { (phrases.hold_all) }
            }))
        }
    }
}

fn dismiss(drawing: &Drawing<'_>, cluster: &Cluster, typed: &Typed) -> Markup {
    let phrases = &drawing.console.cluster;
    let chosen = WHY_DISMISSED.into_iter().find(|why| *why == typed.why);
    let chosen = chosen.unwrap_or(WHY_DISMISSED[0]);
    let name = |why: &str| why_dismissed(drawing, why);
    html! {
        details .fold open[!typed.why.is_empty()] {
            summary { (phrases.dismiss) }
            (form(drawing, cluster, "dismiss", html! {
                p .small { (phrases.dismiss_hint) }
                @for why in WHY_DISMISSED {
                    label .option {
                        input type="radio" name="why" value=(why) checked[why == chosen];
                        (name(why))
                    }
                }
                div .field {
                    label for="reason" { (phrases.reason) }
                    input #reason type="text" name="reason" value=(typed.reason) autocomplete="off" maxlength="300";
                }
                button .warm { (phrases.dismiss_confirm) }
            }))
        }
    }
}

/// Why a question needs no answer, in a word.
pub(super) fn why_dismissed<'a>(drawing: &Drawing<'a>, why: &str) -> &'a str {
    let phrases = &drawing.console.cluster;
    match why {
        "spam" => &phrases.spam,
        "abuse" => &phrases.abuse,
        _ => &phrases.other,
    }
}

/// A form that acts on a question as it was seen.
pub(super) fn form(drawing: &Drawing<'_>, cluster: &Cluster, act: &str, held: Markup) -> Markup {
    html! {
        form method="post" action={ (place(drawing.signed, &cluster.id)) "/" (act) } {
            (token(drawing.signed))
            input type="hidden" name="version" value=(cluster.version);
            (held)
        }
    }
}

/// The entries that were given and did not help, each once.
fn unhelpful(view: &ClusterView) -> Vec<EntryId> {
    let given = view.questions.iter().filter(|q| q.reason == "unhelpful");
    let entries = given.filter_map(|q| EntryId::parse(&q.nearest.first()?.0).ok());
    let mut all: Vec<EntryId> = Vec::new();
    for entry in entries {
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    all
}
