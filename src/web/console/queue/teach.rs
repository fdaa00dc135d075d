//! Showing lots which of its answers a question wanted.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::drawing::Drawing;
use super::target::Target;
use super::to_do::form;
use super::{PATH, Told, seen, to_draft, told};
use crate::desk::ClusterView;
use crate::knowledge::{EntryId, EntryKind};
use crate::web::console::parts::alarm;
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::Editor;
use crate::web::site::Site;

/// The entry that was chosen.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Lesson {
    version: i64,
    entry: String,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
) -> Response {
    let view = match seen(&site, &signed, &id, false).await {
        Ok(view) => view,
        Err(instead) => return instead,
    };
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    page(&drawing, &view, None, "").into_response()
}

pub(super) async fn begin(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Lesson>,
) -> Response {
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let is_there =
        EntryId::parse(&sent.entry).is_ok_and(|id| base.knowledge().entry(&id).is_some());
    let review = site.desk.review(&signed.staff);
    let begun = match review.hold_to(&id, sent.version).await {
        Ok(()) if !is_there => {
            let why = drawing.console.cluster.teach_missing.clone();
            Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, why)))
        }
        Ok(()) => review.begin_teach(&id, &sent.entry).await.map(Ok),
        Err(error) => Err(error),
    };
    let (status, why) = match begun {
        Ok(Ok(draft)) => return to_draft(&signed, &draft),
        Ok(Err(why)) => why,
        Err(error) => match told(&site, &signed, error) {
            Told::Here(why) => why,
            Told::Apart(instead) => return instead,
        },
    };
    match seen(&site, &signed, &id, true).await {
        Ok(view) => (
            status,
            page(&drawing, &view, Some(alarm(&why)), &sent.entry),
        )
            .into_response(),
        Err(instead) => instead,
    }
}

fn page(drawing: &Drawing<'_>, view: &ClusterView, said: Option<Markup>, chosen: &str) -> Markup {
    let phrases = &drawing.console.cluster;
    let cluster = &view.cluster;
    let nearest = nearest(drawing, view);
    let main = html! {
        (drawing.crumbs(Some((&cluster.id, &cluster.wording))))
        h1 { (phrases.teach_heading) }
        p .lead { (phrases.teach_lead) }
        @if let Some(said) = said { (said) }
        @if !nearest.is_empty() {
            section .slip {
                h2 { (phrases.teach_nearest) }
                (form(drawing, cluster, "teach", html! {
                    ul .choices {
                        @for entry in &nearest {
                            li { button name="entry" value=(entry) { (drawing.knowledge.title(entry, drawing.language())) } }
                        }
                    }
                }))
            }
        }
        div .slip {
            (form(drawing, cluster, "teach", html! {
                div .field {
                    label for="entry" { (phrases.teach_entry) }
                    (entries(drawing, chosen))
                }
                button .main { (phrases.teach_button) }
            }))
        }
    };
    drawing.page(
        &phrases.teach_heading,
        &format!("{PATH}/{}/teach", cluster.id),
        main,
    )
}

/// Every entry, by its kind.
fn entries(drawing: &Drawing<'_>, chosen: &str) -> Markup {
    let language = drawing.language();
    let all = drawing.knowledge.entries();
    let of = |kind| all.iter().filter(move |entry| entry.id.kind() == kind);
    let kinds = EntryKind::ALL
        .into_iter()
        .filter(|kind| of(*kind).next().is_some());
    let names = &drawing.knowledge.phrases(language).browse;
    html! {
        select #entry name="entry" {
            option value="" { (drawing.console.cluster.teach_choose) }
            @for kind in kinds {
                optgroup label=(names.kind(kind)) {
                    @for entry in of(kind) {
                        option value=(entry.id) selected[entry.id.as_str() == chosen] {
                            (drawing.knowledge.title(&entry.id, language))
                        }
                    }
                }
            }
        }
    }
}

/// The entries that lie nearest to its wordings, each once.
fn nearest(drawing: &Drawing<'_>, view: &ClusterView) -> Vec<EntryId> {
    let weighed = view.explained.iter().flat_map(|(_, e)| &e.weighed);
    let mut all: Vec<EntryId> = Vec::new();
    for weighed in weighed {
        let Some(Target::Entry(id)) = Target::read(&weighed.target) else {
            continue;
        };
        if drawing.knowledge.entry(&id).is_some() && !all.contains(&id) {
            all.push(id);
        }
    }
    all
}
