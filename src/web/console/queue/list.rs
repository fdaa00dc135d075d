//! All the questions that wait, or that staff are done with: chosen, in an order, a page at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::drawing::Drawing;
use super::wanted::{DONE, Wanted, code, name, waits};
use super::{PATH, place, shortcuts};
use crate::desk::{Cluster, MarkCount, Order, Queue, State as Stage};
use crate::knowledge::{Language, fill};
use crate::web::console::asked::Asked;
use crate::web::console::parts::choice;
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::site::Site;

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let queue = match site
        .desk
        .review(&signed.staff)
        .queue(&wanted.filter())
        .await
    {
        Ok(queue) => queue,
        Err(error) => return refused(&site, &signed, Section::Queue, &error),
    };
    let marked = match site.desk.review(&signed.staff).marked_clusters().await {
        Ok(marked) => marked,
        Err(error) => return refused(&site, &signed, Section::Queue, &error),
    };
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let phrases = &drawing.console.queue;
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (waiting(&drawing, &queue)) }
        div .toolbar { (filter(&drawing, &wanted)) }
        (chosen(&drawing, &wanted))
        @if queue.clusters.is_empty() {
            p .note { (nothing(&drawing, &wanted)) }
        } @else {
            (table(&drawing, &queue.clusters, &marked))
        }
        (pages(&drawing, &wanted, queue.next.as_deref()))
        (shortcuts::draw(&drawing.console.shortcuts))
    };
    drawing.page(&phrases.heading, PATH, main).into_response()
}

/// How much waits.
fn waiting(drawing: &Drawing<'_>, queue: &Queue) -> String {
    let phrases = &drawing.console.queue;
    let asked = drawing.times(queue.waiting_questions);
    let phrase = match queue.waiting {
        0 => return phrases.waiting_none.clone(),
        1 => &phrases.waiting_one,
        _ => &phrases.waiting,
    };
    let count = queue.waiting.to_string();
    fill(phrase, &[("count", &count), ("asked", &asked)])
}

fn nothing<'a>(drawing: &Drawing<'a>, wanted: &Wanted) -> &'a str {
    let phrases = &drawing.console.queue;
    let is_all = |state: &str| {
        let all = Wanted {
            state: state.to_owned(),
            order: wanted.order,
            ..Wanted::default()
        };
        *wanted == all
    };
    if is_all("") {
        &phrases.empty
    } else if is_all(DONE) {
        &phrases.empty_done
    } else {
        &phrases.empty_chosen
    }
}

fn filter(drawing: &Drawing<'_>, wanted: &Wanted) -> Markup {
    let phrases = &drawing.console.queue;
    let language = drawing.language();
    let states = Stage::ALL.into_iter();
    let (waiting, done): (Vec<Stage>, Vec<Stage>) = states.partition(|state| waits(*state));
    let state = |state: Stage| (state.code(), drawing.console.states.name(state.code()));
    let grouped = [("", &phrases.waits, waiting), (DONE, &phrases.done, done)];
    let offices = drawing.knowledge.offices(language);
    let offices = offices.map(|(id, title)| (id.as_str(), title));
    let tongues = Language::ALL.map(|l| (l.code(), drawing.tongue(l.code())));
    let channels = phrases
        .channels
        .iter()
        .map(|(c, name)| (c.as_str(), name.as_str()));
    let orders = [Order::Most, Order::Latest, Order::Oldest];
    html! {
        form .filter.many method="get" action={ (home(language)) "/" (PATH) } role="search" aria-label=(phrases.filter) {
            div .field {
                label for="q" { (phrases.seek) }
                input #q type="search" name="q" value=(wanted.q) autocomplete="off" data-search;
            }
            div .field {
                label for="state" { (phrases.state) }
                select #state name="state" {
                    @for (all, name, states) in grouped {
                        option value=(all) selected[wanted.state == all] { (name) }
                        @for (code, name) in states.into_iter().map(state) {
                            option value=(code) selected[wanted.state == code] { "– " (name) }
                        }
                    }
                }
            }
            (choice(("office", &phrases.office), &phrases.any, &wanted.office, offices))
            (choice(("language", &phrases.language), &phrases.any, &wanted.language, tongues))
            (choice(("channel", &phrases.channel), &phrases.any, &wanted.channel, channels))
            div .field {
                label for="order" { (phrases.order) }
                select #order name="order" {
                    @for order in orders {
                        option value=(code(order)) selected[wanted.order == order] { (name(order, phrases)) }
                    }
                }
            }
            label .option {
                input type="checkbox" name="unhelpful" value="true" checked[wanted.unhelpful];
                (phrases.unhelpful)
            }
            button { (phrases.show) }
        }
    }
}

/// What was chosen, in words, with ways to choose otherwise.
fn chosen(drawing: &Drawing<'_>, wanted: &Wanted) -> Markup {
    let phrases = &drawing.console.queue;
    let all = format!("{}/{PATH}", home(drawing.language()));
    let choices = wanted.in_words(drawing);
    let own = drawing.signed.staff.office();
    let own = own.filter(|office| wanted.office != office.as_str());
    html! {
        @if own.is_some() || !choices.is_empty() {
            div .chosen {
                @if !choices.is_empty() {
                    p { (phrases.chosen) }
                    ul .plain { @for choice in &choices { li { (choice) } } }
                    a href=(all) { (phrases.clear) }
                }
                @if let Some(office) = own {
                    a href={ (all) (Wanted::of_office(office).query("")) } { (phrases.own) }
                }
            }
        }
    }
}

fn table(
    drawing: &Drawing<'_>,
    clusters: &[Cluster],
    marked: &BTreeMap<String, MarkCount>,
) -> Markup {
    let phrases = &drawing.console.queue;
    let heads = [
        &phrases.wording,
        &phrases.state,
        &phrases.count,
        &phrases.first,
        &phrases.last,
        &phrases.language,
        &phrases.channel,
        &phrases.office,
    ];
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(phrases.heading) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for cluster in clusters { (row(drawing, cluster, marked.get(&cluster.id))) } }
            }
        }
    }
}

fn row(drawing: &Drawing<'_>, cluster: &Cluster, marks: Option<&MarkCount>) -> Markup {
    let phrases = &drawing.console.queue;
    let channels: Vec<&str> = cluster
        .channels
        .iter()
        .map(|c| drawing.channel(c))
        .collect();
    let cell = |label: &str, held: Markup| html! { td data-label=(label) { (held) } };
    html! {
        tr data-row {
            th scope="row" {
                a href=(place(drawing.signed, &cluster.id)) lang=(cluster.language) { span .two { (cluster.wording) } }
            }
            (cell(&phrases.state, html! {
                (drawing.state(cluster.state))
                @if let Some(marks) = marks { (drawing.marks(marks)) }
            }))
            (cell(&phrases.count, html! {
                (cluster.questions)
                @if cluster.unhelpful > 0 {
                    " " span .badge.due { (fill(&phrases.unhelpful_badge, &[("count", &cluster.unhelpful.to_string())])) }
                }
            }))
            (cell(&phrases.first, drawing.day(cluster.first_at)))
            (cell(&phrases.last, drawing.day(cluster.last_at)))
            (cell(&phrases.language, html! { (drawing.tongue(&cluster.language)) }))
            (cell(&phrases.channel, html! { (channels.join(", ")) }))
            td .free data-label=(phrases.office) {
                (drawing.office(cluster.office.as_ref()).unwrap_or(&drawing.console.cluster.no_office))
            }
        }
    }
}

fn pages(drawing: &Drawing<'_>, wanted: &Wanted, next: Option<&str>) -> Markup {
    let phrases = &drawing.console.queue;
    let all = format!("{}/{PATH}", home(drawing.language()));
    html! {
        @if next.is_some() || !wanted.after.is_empty() {
            p .buttons {
                @if !wanted.after.is_empty() { a .button.quiet href={ (all) (wanted.query("")) } { (phrases.first_page) } }
                @if let Some(after) = next { a .button rel="next" href={ (all) (wanted.query(after)) } { (phrases.next) } }
            }
        }
    }
}
