//! One question: all who have asked it, why they had no answer, what can be done, and what has been.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::drawing::Drawing;
use super::wanted::waits;
use super::{PATH, place, seen, shortcuts, times, to_do, why};
use crate::desk::{ClusterView, KeptChange, Role, Stage};
use crate::knowledge::{EntryId, fill};
use crate::web::browse;
use crate::web::console::asked::Asked;
use crate::web::console::parts::{alarm, note};
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::site::Site;

/// What was typed on the page of a question, and is shown again when it could not be done.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// Why it needs no answer, as the form sends it.
    pub(super) why: String,
    /// The same in one's own words.
    pub(super) reason: String,
    /// The receipts that were chosen.
    pub(super) receipts: Vec<String>,
}

/// What the page says of what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Path(id): Path<String>,
    Asked(shown): Asked<Shown>,
) -> Response {
    let view = match seen(&site, &signed, &id, false).await {
        Ok(view) => view,
        Err(instead) => return instead,
    };
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let said = drawing.console.cluster.done.get(&shown.done);
    let said = said.map(|text| note(text));
    draw(&drawing, &view, said, &Typed::default()).into_response()
}

/// The question as it is now, with why something could not be done and with what was typed.
pub(super) async fn again(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    (status, why): (StatusCode, String),
    typed: &Typed,
) -> Response {
    let view = match seen(site, signed, id, true).await {
        Ok(view) => view,
        Err(instead) => return instead,
    };
    let base = site.base();
    let drawing = Drawing::new(site, signed, base.knowledge());
    (status, draw(&drawing, &view, Some(alarm(&why)), typed)).into_response()
}

fn draw(drawing: &Drawing<'_>, view: &ClusterView, said: Option<Markup>, typed: &Typed) -> Markup {
    let cluster = &view.cluster;
    let marks = view.marks;
    let may_act = drawing.signed.staff.role() >= Role::Editor;
    let main = html! {
        (drawing.crumbs(None))
        h1 .wording lang=(cluster.language) { (cluster.wording) }
        p { (drawing.state(cluster.state)) (drawing.marks(&marks)) }
        @if let Some(said) = said { (said) }
        (facts(drawing, view))
        @if may_act { (to_do::acts(drawing, view)) }
        div .sides {
            div {
                (wordings(drawing, view))
                (why::draw(drawing, view))
                (times::draw(drawing, view, typed))
            }
            div {
                @if may_act { (to_do::more(drawing, view, typed)) }
                (akin(drawing, view, may_act))
                (changes(drawing, view))
                (trail(drawing, view))
            }
        }
        (shortcuts::draw(&drawing.console.shortcuts))
    };
    drawing.page(&cluster.wording, &format!("{PATH}/{}", cluster.id), main)
}

fn facts(drawing: &Drawing<'_>, view: &ClusterView) -> Markup {
    let (phrases, queue) = (&drawing.console.cluster, &drawing.console.queue);
    let cluster = &view.cluster;
    let channels: Vec<&str> = cluster
        .channels
        .iter()
        .map(|c| drawing.channel(c))
        .collect();
    let office = drawing
        .office(cluster.office.as_ref())
        .unwrap_or(&phrases.no_office);
    let fact = |name: &str, held: Markup| html! { div { dt { (name) } dd { (held) } } };
    html! {
        dl .brief {
            (fact(&queue.count, html! { (cluster.questions) }))
            @if cluster.unhelpful > 0 { (fact(&queue.unhelpful_count, html! { (cluster.unhelpful) })) }
            (fact(&queue.first, drawing.day(cluster.first_at)))
            (fact(&queue.last, drawing.day(cluster.last_at)))
            (fact(&queue.language, html! { (drawing.tongue(&cluster.language)) }))
            (fact(&queue.channel, html! { (channels.join(", ")) }))
            (fact(&queue.office, html! { (office) }))
            @if let Some(entry) = &cluster.entry {
                (fact(&phrases.entry, html! {
                    a href=(browse::address(entry, drawing.language())) { (drawing.knowledge.title(entry, drawing.language())) }
                }))
            }
        }
        @if !cluster.changed_by.is_empty() {
            @let when = drawing.site.desk.local_minute(cluster.changed_at);
            p .small { (fill(&phrases.changed, &[("by", &cluster.changed_by), ("when", &when)])) }
        }
    }
}

fn wordings(drawing: &Drawing<'_>, view: &ClusterView) -> Markup {
    let phrases = &drawing.console.cluster;
    let counted = u64::try_from(view.questions.len()).unwrap_or(u64::MAX);
    html! {
        section .card {
            h2 { (phrases.wordings) }
            ul .said-so {
                @for wording in &view.wordings {
                    li {
                        span lang=(wording.language) { (wording.text) }
                        " " span .small { (drawing.times(u64::try_from(wording.count).unwrap_or(u64::MAX))) }
                    }
                }
            }
            @if counted < view.cluster.questions {
                p .small { (fill(&phrases.newest_only, &[("count", &counted.to_string())])) }
            }
        }
    }
}

/// Others that may be about the same.
fn akin(drawing: &Drawing<'_>, view: &ClusterView, may_act: bool) -> Markup {
    let phrases = &drawing.console.cluster;
    // What is done with is told to those who asked; what is merged into it later would not be.
    let may_merge = may_act && waits(view.cluster.state);
    html! {
        section .card {
            h2 { (phrases.akin) }
            @if view.akin.is_empty() {
                p .small { (phrases.akin_none) }
            } @else {
                @if may_merge { p .small { (phrases.akin_hint) } }
                ul .list {
                    @for other in &view.akin {
                        li {
                            a href=(place(drawing.signed, &other.id)) lang=(other.language) { span .two { (other.wording) } }
                            p .small { (drawing.times(other.questions)) " " (drawing.state(other.state)) }
                            @if may_merge {
                                @let label = fill(&phrases.merge_label, &[("wording", &other.wording)]);
                                (to_do::form(drawing, &view.cluster, "merge", html! {
                                    input type="hidden" name="from" value=(other.id);
                                    input type="hidden" name="from_version" value=(other.version);
                                    button aria-label=(label) { (phrases.merge) }
                                }))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is being written for it, or has been published.
fn changes(drawing: &Drawing<'_>, view: &ClusterView) -> Markup {
    let phrases = &drawing.console.cluster;
    let home = home(drawing.language());
    let place = |change: &KeptChange| match change.stage {
        Stage::Draft => format!("{home}/drafts/{}", change.id),
        Stage::Live | Stage::Undone | Stage::Retired | Stage::Discarded => {
            format!("{home}/{}", Section::Changes.path())
        }
    };
    let named = |names: &BTreeMap<String, String>, code: &str| {
        names.get(code).map_or(code.to_owned(), Clone::clone)
    };
    html! {
        section .card {
            h2 { (phrases.changes) }
            @if view.changes.is_empty() {
                p .small { (phrases.changes_none) }
            } @else {
                ul .list {
                    @for change in &view.changes {
                        @let when = drawing.site.desk.local_minute(change.changed_at);
                        @let by = [("by", change.changed_by.as_str()), ("when", when.as_str())];
                        li {
                            a href=(place(change)) { (named(&phrases.change_acts, &change.act)) ": " (change.title) }
                            p .small {
                                span .badge { (named(&phrases.stages, change.stage.code())) } " "
                                (fill(&phrases.change_by, &by))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn trail(drawing: &Drawing<'_>, view: &ClusterView) -> Markup {
    let phrases = &drawing.console.cluster;
    let acts = &drawing.console.audit.acts;
    html! {
        section .card {
            h2 { (phrases.trail) }
            @if view.trail.is_empty() {
                p .small { (phrases.trail_none) }
            } @else {
                ol .list {
                    @for line in &view.trail {
                        li {
                            p { (acts.get(&line.act).unwrap_or(&line.act)) ", " (line.who) ", " (drawing.minute(line.at)) }
                            p .small {
                                @if !line.before.is_empty() { del { (standing(drawing, &line.before)) } " " }
                                @if !line.after.is_empty() { ins { (standing(drawing, &line.after)) } }
                            }
                            @if !line.reason.is_empty() { p .small { q { (line.reason) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Where a question stood, as the trail has it: a state, and an office.
fn standing(drawing: &Drawing<'_>, text: &str) -> String {
    let (state, rest) = text.split_once(' ').unwrap_or((text, ""));
    let state = drawing.console.states.name(state);
    let office = EntryId::parse(rest).ok();
    let rest = office
        .as_ref()
        .map_or(rest, |id| drawing.knowledge.title(id, drawing.language()));
    format!("{state} {rest}").trim_end().to_owned()
}
