//! What the log says: what is asked most without an answer, how long staff take, and whether the right office was named.

use maud::{Markup, html};

use super::drawing::Drawing;
use crate::desk::{AskedMost, Figures, RoutedTo, Waits};
use crate::knowledge::fill;
use crate::web::console::section::{Section, home};

/// All that the log says.
pub(super) fn draw(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    html! {
        @if !figures.clusters.is_empty() { (clusters(drawing, &figures.clusters)) }
        (times(drawing, &figures.answered, &figures.waiting))
        (routed(drawing, figures))
    }
}

fn clusters(drawing: &Drawing<'_>, clusters: &[AskedMost]) -> Markup {
    let (phrases, queue) = (drawing.phrases, &drawing.console.queue);
    let home = home(drawing.language());
    html! {
        section {
            h2 { (phrases.clusters) }
            p .small { (phrases.clusters_hint) }
            div .scroll.cards.numbers tabindex="0" role="region" aria-label=(phrases.clusters) {
                table {
                    thead {
                        tr {
                            th scope="col" { (queue.wording) }
                            th scope="col" { (queue.count) }
                            th .words scope="col" { (queue.state) }
                            th .words scope="col" { (queue.office) }
                        }
                    }
                    tbody {
                        @for cluster in clusters {
                            tr {
                                th scope="row" {
                                    a href={ (home) "/" (Section::Queue.path()) "/" (cluster.cluster) } lang=(cluster.language) {
                                        span .two { (cluster.wording) }
                                    }
                                }
                                td data-label=(queue.count) { (cluster.questions) }
                                td .words data-label=(queue.state) { (drawing.console.states.name(cluster.state.code())) }
                                td .free.words data-label=(queue.office) {
                                    @match &cluster.office {
                                        Some(office) => (drawing.title(office)),
                                        None => (phrases.no_office),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn times(drawing: &Drawing<'_>, answered: &Waits, waiting: &Waits) -> Markup {
    let phrases = drawing.phrases;
    let all = [
        (&phrases.answered_by_staff, answered),
        (&phrases.waiting, waiting),
    ];
    html! {
        section {
            h2 { (phrases.times) }
            p .small { (phrases.times_hint) }
            div .scroll.cards.numbers tabindex="0" role="region" aria-label=(phrases.times) {
                table {
                    thead {
                        tr {
                            th scope="col" { (phrases.which) }
                            th scope="col" { (phrases.questions) }
                            th scope="col" { (phrases.median) }
                            th scope="col" { (phrases.ninetieth) }
                            th scope="col" { (phrases.longest) }
                        }
                    }
                    tbody {
                        @for (name, waits) in all {
                            tr {
                                th scope="row" { (name) }
                                td data-label=(phrases.questions) { (waits.count) }
                                td data-label=(phrases.median) { (drawing.minutes(waits.median)) }
                                td data-label=(phrases.ninetieth) { (drawing.minutes(waits.ninetieth)) }
                                td data-label=(phrases.longest) { (drawing.minutes(waits.longest)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn routed(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    let phrases = drawing.phrases;
    let (judged, right) = figures.judged();
    let percent = |right: u64, judged: u64| (right * 100 + judged / 2).checked_div(judged);
    html! {
        section {
            h2 { (phrases.routing) }
            @if judged == 0 {
                p { (phrases.routing_none) }
            } @else {
                p {
                    (fill(&phrases.routing_total, &[
                        ("percent", &drawing.share(percent(right, judged))),
                        ("judged", &judged.to_string()),
                    ]))
                }
                div .scroll.cards.numbers tabindex="0" role="region" aria-label=(phrases.routing) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (phrases.named) }
                                th scope="col" { (phrases.judged) }
                                th scope="col" { (phrases.right) }
                                th scope="col" { (phrases.share_right) }
                            }
                        }
                        tbody {
                            @for RoutedTo { office, judged, right } in &figures.routed {
                                tr {
                                    th scope="row" { (drawing.title(office)) }
                                    td data-label=(phrases.judged) { (judged) }
                                    td data-label=(phrases.right) { (right) }
                                    td data-label=(phrases.share_right) { (drawing.share(percent(*right, *judged))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
