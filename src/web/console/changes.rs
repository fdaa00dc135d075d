//! What staff have changed in what lots knows: by stage, with what became of it, and the way back.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::asked::Asked;
use super::frame::{self, Sheet};
use super::parts::{alarm, note, token};
use super::refused::{refused, told};
use super::section::{Section, home};
use super::sent::Sent;
use super::signed_in::{Editor, SignedIn};
use super::{drafts, regressions};
use crate::desk::{ChangeLine, ReviewError, Role, Stage};
use crate::knowledge::{ChangesPhrases, EntryId, Knowledge, Language, Laying, fill};
use crate::web::site::Site;

const PATH: &str = Section::Changes.path();
/// What a change is called that only says that an entry holds.
const REVIEW: &str = "review";
/// How many changes the desk gives at a time.
const PAGE: usize = 50;

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/{{id}}/undo"), post(undo))
}

/// Which changes someone wants to see, and what was just done.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    stage: String,
    after: String,
    published: Option<String>,
    kept: usize,
    left: usize,
    undone: Option<String>,
}

#[derive(Default, Deserialize)]
struct Undoing {
    #[serde(default)]
    reason: String,
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.changes;
    let said = done(&wanted, phrases);
    page(&site, &signed, &wanted, said).await
}

async fn undo(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Undoing>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    match review.undo(&id, &sent.reason).await {
        Ok(()) => {
            let place = format!("{}/{PATH}?undone=1", home(signed.language));
            Redirect::to(&place).into_response()
        }
        Err(error @ (ReviewError::Changed { .. } | ReviewError::Problems(_))) => {
            let (status, mut why) = told(&site, &signed, &error);
            if matches!(error, ReviewError::Problems(_)) {
                let base = site.base();
                let console = &base.knowledge().phrases(signed.language).console;
                why.clone_from(&console.changes.built_on);
            }
            let page = page(&site, &signed, &Wanted::default(), alarm(&why)).await;
            (status, page).into_response()
        }
        Err(error) => refused(&site, &signed, Section::Changes, &error),
    }
}

/// What is said of what was just done.
fn done(wanted: &Wanted, phrases: &ChangesPhrases) -> Markup {
    let count = |phrase: &str, count: usize| fill(phrase, &[("count", &count.to_string())]);
    html! {
        @if wanted.undone.is_some() { (note(&phrases.undone)) }
        @if wanted.published.is_some() {
            div .note role="status" {
                p { (phrases.done) " " (count(&phrases.kept, wanted.kept)) }
                @if wanted.left > 0 { p { (count(&phrases.left, wanted.left)) } }
            }
        }
    }
}

async fn page(site: &Site, signed: &SignedIn, wanted: &Wanted, said: Markup) -> Response {
    let stage = Stage::from_code(&wanted.stage);
    let after = wanted.after.split_once('.');
    let after = after.and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    let lines = match site.desk.review(&signed.staff).changes(stage, after).await {
        Ok(lines) => lines,
        Err(error) => return refused(site, signed, Section::Changes, &error),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.changes;
    let home = home(signed.language);
    let older = lines.last().filter(|_| lines.len() >= PAGE);
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        (said)
        (stages(home, stage, phrases))
        @if lines.is_empty() { p { (phrases.none) } }
        @else { ul .list { @for line in &lines { (one(site, signed, line)) } } }
        @if let Some(line) = older {
            p {
                a .button href={
                    (home) "/" (PATH) "?stage=" (stage.map_or("", Stage::code)) "&after=" (line.kept.changed_at) "." (line.kept.id)
                } { (phrases.older) }
            }
        }
        p { a href={ (home) "/" (regressions::PATH) } { (phrases.regressions) } }
        section .card {
            h2 { (phrases.git) }
            p { (phrases.git_text) }
            pre tabindex="0" { code { "lots knowledge export --to knowledge" } }
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Changes,
        path: PATH,
        main,
    };
    frame::draw(site, signed, &sheet).into_response()
}

/// Links to the changes of each stage.
fn stages(home: &str, current: Option<Stage>, phrases: &ChangesPhrases) -> Markup {
    let link = |stage: Option<Stage>, text: &str| {
        let query = stage.map_or(String::new(), |stage| format!("?stage={}", stage.code()));
        let is_current = (stage == current).then_some("true");
        html! { li { a href={ (home) "/" (PATH) (query) } aria-current=[is_current] { (text) } } }
    };
    html! {
        nav .choose aria-label=(phrases.filter) {
            ul .plain {
                (link(None, &phrases.all))
                @for stage in Stage::ALL { (link(Some(stage), stage_name(stage, phrases))) }
            }
        }
    }
}

fn one(site: &Site, signed: &SignedIn, line: &ChangeLine) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(signed.language).console.changes;
    let (kept, home) = (&line.kept, home(signed.language));
    let title = match kept.title.as_str() {
        "" => &phrases.untitled,
        title => title,
    };
    let by = |phrase: &str, by: &str, at: i64| {
        fill(phrase, &[("by", by), ("at", &site.desk.local_minute(at))])
    };
    let may_undo = kept.stage == Stage::Live && signed.staff.role() >= Role::Editor;
    html! {
        li #(kept.id) {
            h2 { a href={ (home) "/" (drafts::PATH) "/" (kept.id) } { (title) } " " (badge(kept.stage, phrases)) }
            p {
                @let act = if line.is_review { REVIEW } else { kept.act.as_str() };
                (phrases.acts.get(act).unwrap_or(&kept.act))
                @if !kept.about.is_empty() { ": " (about(&kept.about, knowledge, signed.language)) }
            }
            @if let Some(text) = laid(line.laying.as_ref(), phrases) { (text) }
            p .small {
                (by(&phrases.made, &kept.made_by, kept.made_at)) ". "
                @if kept.published_at > 0 { (by(&phrases.published, &kept.published_by, kept.published_at)) ". " }
                @else if kept.changed_at > kept.made_at { (by(&phrases.changed, &kept.changed_by, kept.changed_at)) ". " }
                @if !kept.reason.is_empty() { (fill(&phrases.reason, &[("reason", &kept.reason)])) }
            }
            @if !kept.cluster.is_empty() {
                p { a href={ (home) "/" (Section::Queue.path()) "/" (kept.cluster) } { (phrases.cluster) } }
            }
            @if may_undo {
                form .filter method="post" action={ (home) "/" (PATH) "/" (kept.id) "/undo" } {
                    (token(signed))
                    @let field = format!("reason-{}", kept.id);
                    div .field {
                        label for=(field) { (phrases.undo_reason) }
                        input type="text" id=(field) name="reason" autocomplete="off";
                    }
                    button .warm aria-label={ (phrases.undo) ": " (title) } { (phrases.undo) }
                }
            }
        }
    }
}

/// What a change is about, by title where there is one.
fn about(about: &str, knowledge: &Knowledge, language: Language) -> String {
    match (about.strip_prefix("⇢ "), EntryId::parse(about)) {
        (Some(body), _) => body.to_owned(),
        (None, Ok(entry)) => knowledge.title(&entry, language).to_owned(),
        (None, Err(_)) => about.to_owned(),
    }
}

fn badge(stage: Stage, phrases: &ChangesPhrases) -> Markup {
    let name = stage_name(stage, phrases);
    match stage {
        Stage::Live => html! { span .badge.good { (name) } },
        Stage::Draft => html! { span .badge.due { (name) } },
        Stage::Undone | Stage::Retired | Stage::Discarded => html! { span .badge { (name) } },
    }
}

fn stage_name(stage: Stage, phrases: &ChangesPhrases) -> &str {
    let name = phrases.stages.get(stage.code());
    name.map_or(stage.code(), String::as_str)
}

/// What became of a change, when it is not simply in use.
fn laid(laying: Option<&Laying>, phrases: &ChangesPhrases) -> Option<Markup> {
    match laying? {
        Laying::Laid => None,
        Laying::Merged => Some(html! { p .note { (phrases.merged) } }),
        Laying::Conflict { path } => {
            let text = fill(&phrases.conflict, &[("path", path)]);
            Some(html! { p .note.caution { (text) } })
        }
        Laying::Lost => Some(html! { p .note.caution { (phrases.lost) } }),
    }
}
