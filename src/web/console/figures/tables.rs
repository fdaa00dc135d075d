//! What is asked most, and by office, language, channel and kind.

use maud::{Markup, html};

use super::drawing::Drawing;
use crate::desk::{Count, Figures, Group};

/// A column: what it is called, and what stands in it.
type Column<'a> = (&'a str, &'a dyn Fn(&Count) -> String);

/// All the tables of what is counted.
pub(super) fn draw(drawing: &Drawing<'_>, figures: &Figures) -> Markup {
    let phrases = drawing.phrases;
    let browse = &drawing.knowledge.phrases(drawing.language()).browse;
    let queue = &drawing.console.queue;
    let offices = named(&figures.offices, |office| match office {
        Some(id) => drawing.title(id),
        None => &phrases.no_office,
    });
    let tongues = named(&figures.languages, |code| drawing.tongue(code));
    let channels = named(&figures.channels, |channel| queue.channel(channel));
    let kinds = named(&figures.kinds, |kind| browse.kind(*kind));
    let entries = named(&figures.entries, |entry| drawing.title(entry));
    html! {
        (given(drawing, &phrases.entries, &phrases.entry, &entries))
        (asked(drawing, &phrases.by_office, &queue.office, &offices))
        (asked(drawing, &phrases.by_language, &queue.language, &tongues))
        (asked(drawing, &phrases.by_channel, &queue.channel, &channels))
        (given(drawing, &phrases.by_kind, &phrases.kind, &kinds))
    }
}

fn named<'a, K>(
    groups: &'a [Group<K>],
    name: impl Fn(&'a K) -> &'a str,
) -> Vec<(&'a str, &'a Count)> {
    let each = groups.iter();
    each.map(|group| (name(&group.of), &group.count)).collect()
}

/// Groups by how much is asked.
fn asked(drawing: &Drawing<'_>, title: &str, of: &str, groups: &[(&str, &Count)]) -> Markup {
    let phrases = drawing.phrases;
    let columns: [Column<'_>; 6] = [
        (&phrases.questions, &|c| c.questions().to_string()),
        (&phrases.answered, &|c| drawing.share(c.share(c.answered))),
        (&phrases.offered, &|c| drawing.share(c.share(c.offered))),
        (&phrases.routed, &|c| drawing.share(c.share(c.routed))),
        (&phrases.unknown, &|c| drawing.share(c.share(c.unknown))),
        (&phrases.helpful, &|c| drawing.share(c.helped())),
    ];
    table(title, of, groups, &columns, Count::questions)
}

/// Groups by how often they were given.
fn given(drawing: &Drawing<'_>, title: &str, of: &str, groups: &[(&str, &Count)]) -> Markup {
    let phrases = drawing.phrases;
    let columns: [Column<'_>; 4] = [
        (&phrases.given, &|c| c.given().to_string()),
        (&phrases.helpful, &|c| c.helpful.to_string()),
        (&phrases.unhelpful, &|c| c.unhelpful.to_string()),
        (&phrases.share_helpful, &|c| drawing.share(c.helped())),
    ];
    table(title, of, groups, &columns, Count::given)
}

/// A table whose first column has a bar as long as the number.
fn table(
    title: &str,
    of: &str,
    groups: &[(&str, &Count)],
    columns: &[Column<'_>],
    weight: fn(&Count) -> u64,
) -> Markup {
    let most = groups.iter().map(|(_, count)| weight(count)).max();
    let most = most.unwrap_or_default().max(1);
    html! {
        @if !groups.is_empty() {
            section {
                h2 { (title) }
                div .scroll.cards.numbers tabindex="0" role="region" aria-label=(title) {
                    table {
                        thead {
                            tr {
                                th scope="col" { (of) }
                                @for (name, _) in columns { th scope="col" { (name) } }
                            }
                        }
                        tbody {
                            @for (name, count) in groups {
                                tr {
                                    th scope="row" { (name) (bar(weight(count), most)) }
                                    @for (column, value) in columns {
                                        td data-label=(column) { (value(count)) }
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

/// How much something is beside the most, drawn. The number stands next to it.
fn bar(value: u64, most: u64) -> Markup {
    html! {
        svg .meter viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect .rest width="100" height="4" {}
            rect .k-answered width=(value * 100 / most) height="4" {}
        }
    }
}
