//! The newest times that a question was asked, of which some can be moved to a question of their own.

use maud::{Markup, html};

use super::drawing::Drawing;
use super::one::Typed;
use super::place;
use crate::desk::{ClusterView, Complaint, OpenQuestion, Role};
use crate::knowledge::fill;
use crate::web::console::parts::token;
use crate::web::console::records;
use crate::web::page::reason;

/// The newest times, as a form for those who may split them.
pub(super) fn draw(drawing: &Drawing<'_>, view: &ClusterView, typed: &Typed) -> Markup {
    let phrases = &drawing.console.cluster;
    let signed = drawing.signed;
    let may_split = signed.staff.role() >= Role::Editor && view.questions.len() > 1;
    let chosen = may_split.then_some(typed);
    html! {
        section .card {
            h2 { (phrases.questions) }
            @if may_split {
                form method="post" action={ (place(signed, &view.cluster.id)) "/split" } {
                    (token(signed))
                    input type="hidden" name="version" value=(view.cluster.version);
                    (table(drawing, view, chosen))
                    p .small #split-hint { (phrases.split_hint) }
                    button aria-describedby="split-hint" { (phrases.split) }
                }
            } @else {
                (table(drawing, view, chosen))
            }
        }
    }
}

fn table(drawing: &Drawing<'_>, view: &ClusterView, chosen: Option<&Typed>) -> Markup {
    let (phrases, queue) = (&drawing.console.cluster, &drawing.console.queue);
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(phrases.questions) {
            table {
                thead {
                    tr {
                        th scope="col" { (queue.wording) }
                        th scope="col" { (phrases.when) }
                        th scope="col" { (queue.channel) }
                        th scope="col" { (queue.language) }
                        th scope="col" { (phrases.receipt) }
                        th scope="col" { (phrases.said) }
                    }
                }
                tbody { @for question in &view.questions { (row(drawing, question, chosen)) } }
            }
        }
    }
}

fn row(drawing: &Drawing<'_>, question: &OpenQuestion, chosen: Option<&Typed>) -> Markup {
    let (phrases, queue) = (&drawing.console.cluster, &drawing.console.queue);
    let receipt = question.receipt.as_str();
    html! {
        tr {
            th scope="row" .free {
                @if let Some(typed) = chosen {
                    label .option {
                        input type="checkbox" name="receipt" value=(receipt)
                            checked[typed.receipts.iter().any(|r| r == receipt)];
                        span { span lang=(question.language) { (question.wording) } span .spoken { " " (receipt) } }
                    }
                } @else {
                    span lang=(question.language) { (question.wording) }
                }
            }
            td data-label=(phrases.when) { (when(drawing, &question.asked_at)) }
            td data-label=(queue.channel) { (drawing.channel(&question.channel)) }
            td data-label=(queue.language) { (drawing.tongue(&question.language)) }
            td data-label=(phrases.receipt) {
                a href=(records::place(drawing.language(), receipt))
                    aria-label=(fill(&drawing.console.records.open, &[("receipt", receipt)])) { code { (receipt) } }
            }
            td .free data-label=(phrases.said) { (said(drawing, question)) }
        }
    }
}

/// A time as the log has it, to the minute where the municipality is.
fn when(drawing: &Drawing<'_>, time: &str) -> Markup {
    match time.parse::<jiff::Timestamp>() {
        Ok(time) => drawing.minute(time.as_millisecond()),
        Err(_) => html! { (time) },
    }
}

/// What was said of an answer that did not help.
fn said(drawing: &Drawing<'_>, question: &OpenQuestion) -> Markup {
    let page = &drawing.knowledge.phrases(drawing.language()).page;
    let is_unhelpful = question.reason == "unhelpful";
    let complaint = question.complaint.as_deref().and_then(Complaint::parse);
    html! {
        @if is_unhelpful { span .badge.due { (drawing.console.queue.unhelpful_count) } " " }
        @if let Some(complaint) = complaint { (reason(complaint, page)) ". " }
        @if let Some(remark) = &question.remark { q { (remark) } }
    }
}
