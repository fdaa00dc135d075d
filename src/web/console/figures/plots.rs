//! The drawings of the page, each with what its colours mean and a table of the same numbers.

use maud::{Markup, html};

use super::drawing::Drawing;
use super::plot::{self, Class, Kind, Plot, Series};
use crate::desk::{Count, Figures, Step};
use crate::knowledge::fill;

/// How much is asked, how it goes, and whether it helps.
pub(super) fn draw(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    html! {
        div .plots {
            (asked(drawing, figures))
            (shares(drawing, figures))
            @if figures.total.judged() > 0 { (helped(drawing, figures)) }
        }
    }
}

/// What becomes of questions: what it is called, how it looks, and how it is counted.
type Fate<'a> = (&'a str, Class, fn(&Count) -> u64);
/// A column of a table: what it is called, and what stands in it.
type Column<'a> = (&'a str, fn(&Count) -> String);

/// What becomes of questions.
fn fates<'a>(drawing: &Drawing<'a>) -> [Fate<'a>; 4] {
    let phrases = drawing.phrases;
    [
        (&phrases.answered, Class::Answered, |count| count.answered),
        (&phrases.offered, Class::Offered, |count| count.offered),
        (&phrases.routed, Class::Routed, |count| count.routed),
        (&phrases.unknown, Class::Unknown, |count| count.unknown),
    ]
}

fn asked(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    let phrases = drawing.phrases;
    let title = match figures.step {
        Step::Day => &phrases.asked_by_day,
        Step::Week => &phrases.asked_by_week,
        Step::Month => &phrases.asked_by_month,
    };
    // Of those that are asked as much, the latest.
    let most = figures
        .spans
        .iter()
        .max_by_key(|(_, count)| count.questions());
    let about = most.map_or(String::new(), |(span, count)| {
        let (when, count) = (drawing.days(span), count.questions().to_string());
        fill(&phrases.asked_about, &[("when", &when), ("count", &count)])
    });
    let series = fates(drawing).map(|(name, class, of)| Series {
        name,
        class,
        values: figures
            .spans
            .iter()
            .map(|(_, count)| Some(of(count)))
            .collect(),
    });
    let total = |count: &Count| count.questions().to_string();
    let number = |value: Option<u64>| value.unwrap_or_default().to_string();
    let first = Some((phrases.questions.as_str(), total as fn(&Count) -> String));
    figure(
        drawing,
        figures,
        "asked",
        title,
        &about,
        &series,
        Kind::Bars,
        first,
        number,
    )
}

fn shares(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    let phrases = drawing.phrases;
    let share = |count: &Count, of: fn(&Count) -> u64| drawing.share(count.share(of(count)));
    let [answered, offered, routed, unknown] =
        fates(drawing).map(|(_, _, of)| share(&figures.total, of));
    let about = fill(
        &phrases.shares_about,
        &[
            ("answered", &answered),
            ("offered", &offered),
            ("routed", &routed),
            ("unknown", &unknown),
        ],
    );
    let series = fates(drawing).map(|(name, class, of)| Series {
        name,
        class,
        values: figures
            .spans
            .iter()
            .map(|(_, count)| count.share(of(count)))
            .collect(),
    });
    let number = |value| drawing.share(value);
    figure(
        drawing,
        figures,
        "shares",
        &phrases.shares,
        &about,
        &series,
        Kind::Shares,
        None,
        number,
    )
}

fn helped(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    let phrases = drawing.phrases;
    let total = &figures.total;
    let about = fill(
        &phrases.helped_about,
        &[
            ("percent", &drawing.share(total.helped())),
            ("judged", &total.judged().to_string()),
        ],
    );
    let series = [Series {
        name: &phrases.helpful,
        class: Class::Helpful,
        values: figures
            .spans
            .iter()
            .map(|(_, count)| count.helped())
            .collect(),
    }];
    let number = |value| drawing.share(value);
    let judged = |count: &Count| count.judged().to_string();
    let first = Some((phrases.judged.as_str(), judged as fn(&Count) -> String));
    figure(
        drawing,
        figures,
        "helped",
        &phrases.helped,
        &about,
        &series,
        Kind::Shares,
        first,
        number,
    )
}

/// A drawing with its table, which has a column for each series, and one before them when it is given.
#[expect(
    clippy::too_many_arguments,
    reason = "each is another part of the one figure"
)]
fn figure(
    drawing: &Drawing<'_>,
    figures: &Figures,
    id: &str,
    title: &str,
    about: &str,
    series: &[Series<'_>],
    kind: Kind,
    first: Option<Column<'_>>,
    number: impl Fn(Option<u64>) -> String,
) -> Markup {
    let phrases = drawing.phrases;
    let is_month = figures.step == Step::Month;
    let spans = figures.spans.iter();
    let labels: Vec<String> = spans
        .map(|(span, _)| drawing.short(span, is_month))
        .collect();
    let plot = Plot {
        id,
        title,
        about,
        labels: &labels,
        series,
        kind,
    };
    html! {
        div .plot {
            h2 { (title) }
            @if series.len() > 1 {
                ul .legend {
                    @for series in series {
                        li {
                            span class={ "swatch k-" (series.class.name()) } aria-hidden="true" {}
                            (series.name)
                        }
                    }
                }
            }
            (plot::draw(&plot))
            details .fold {
                summary { (phrases.table) span .spoken { ": " (title) } }
                div .scroll.numbers tabindex="0" role="region" aria-label=(title) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (phrases.when) }
                                @if let Some((name, _)) = first { th scope="col" { (name) } }
                                @for series in series { th scope="col" { (series.name) } }
                            }
                        }
                        tbody {
                            // The latest first, as everywhere else in the console.
                            @for (place, (span, count)) in figures.spans.iter().enumerate().rev() {
                                tr {
                                    th scope="row" { (drawing.days(span)) }
                                    @if let Some((_, of)) = first { td { (of(count)) } }
                                    @for series in series {
                                        td { (number(series.values.get(place).copied().flatten())) }
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
