//! What staff write before it is published: an answer, wordings for an entry, wordings for someone else.

mod fields;
mod forms;
mod problems;
mod typed;

use std::collections::BTreeMap;
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
use super::sign_in::Bare;
use super::signed_in::{Editor, SignedIn};
use crate::desk::{Checkup, Draft, Form, ReviewError, Role, Stage, Wording};
use crate::knowledge::{DraftsPhrases, EntryId, FieldWords, Knowledge, Language, fill};
use crate::web::assets::Asset;
use crate::web::browse;
use crate::web::site::Site;
use fields::Fields;
use forms::Drawing;
use typed::Typed;

pub(super) use problems::words;

/// Where drafts are, after the console's own path.
pub(super) const PATH: &str = "drafts";

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let one = format!("{home}/{PATH}/{{id}}");
    Router::new()
        .route(&one, get(show).post(save))
        .route(&format!("{one}/check"), post(check))
        .route(&format!("{one}/discard"), post(discard))
}

#[derive(Default, Deserialize)]
struct Shown {
    saved: Option<String>,
}

/// A draft as its page shows it.
struct Page<'a> {
    /// How it is kept, as far as that is known.
    draft: Option<&'a Draft>,
    id: &'a str,
    /// What stands in the fields.
    typed: &'a Typed,
    /// The version that is saved over.
    version: i64,
    checkup: &'a Checkup,
    /// What is said above the form.
    said: Markup,
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Path(id): Path<String>,
    Asked(shown): Asked<Shown>,
) -> Response {
    let draft = match site.desk.review(&signed.staff).draft(&id).await {
        Ok(draft) => draft,
        Err(error) => return refused(&site, &signed, Section::Changes, &error),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.drafts;
    let said = match (draft.kept.stage, shown.saved) {
        (Stage::Draft, None) => html! {},
        (Stage::Draft, Some(_)) if draft.checkup.is_passed() => note(&phrases.saved_whole),
        (Stage::Draft, Some(_)) => note(&phrases.saved),
        (Stage::Live | Stage::Undone | Stage::Retired | Stage::Discarded, _) => {
            note(&phrases.settled)
        }
    };
    let page = Page {
        draft: Some(&draft),
        id: &id,
        typed: &Typed::of(&draft.form),
        version: draft.kept.version,
        checkup: &draft.checkup,
        said,
    };
    drawn(&site, &signed, &page).await.into_response()
}

async fn save(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(fields): Sent<BTreeMap<String, String>>,
) -> Response {
    let typed = Typed::sent(fields);
    let form = typed.form();
    let review = site.desk.review(&signed.staff);
    let place = format!("{}/{PATH}/{id}", home(signed.language));
    match review.save(&id, typed.version(), &form).await {
        Ok(draft) if typed.get("then") == "try" && draft.checkup.is_passed() => {
            Redirect::to(&format!("{place}/replay")).into_response()
        }
        Ok(_) => Redirect::to(&format!("{place}?saved=1")).into_response(),
        Err(error @ ReviewError::NotFound) => refused(&site, &signed, Section::Changes, &error),
        Err(error) => unsaved(&site, &signed, &id, &typed, &error).await,
    }
}

/// The form as it was typed, when it could not be saved.
async fn unsaved(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    typed: &Typed,
    error: &ReviewError,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let form = typed.form();
    let theirs = review.draft(id).await.ok();
    let is_theirs = |draft: &&Draft| draft.kept.stage == Stage::Draft;
    let open = theirs.as_ref().filter(is_theirs);
    let checkup = review.check(&form).await.unwrap_or_default();
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.drafts;
    let (status, why) = told(site, signed, error);
    let said = match (error, open) {
        (ReviewError::Changed { by }, Some(draft)) => html! {
            (alarm(&fill(&phrases.changed, &[("by", by)])))
            (others(typed, &Typed::of(&draft.form), by, phrases))
        },
        (_, _) => alarm(&why),
    };
    let page = Page {
        draft: theirs.as_ref(),
        id,
        typed,
        // Whoever saves again has seen what the other has saved.
        version: open.map_or(typed.version(), |draft| draft.kept.version),
        checkup: &checkup,
        said,
    };
    (status, drawn(site, signed, &page).await).into_response()
}

/// Checks what is typed and keeps nothing: the list of what is wrong, for our script.
async fn check(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(_): Path<String>,
    Sent(fields): Sent<BTreeMap<String, String>>,
) -> Response {
    let typed = Typed::sent(fields);
    let checkup = match site.desk.review(&signed.staff).check(&typed.form()).await {
        Ok(checkup) => checkup,
        Err(error) => return refused(&site, &signed, Section::Changes, &error),
    };
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let wrong = problems::in_words(&checkup, &typed, base.knowledge(), console);
    problems::list(&wrong, &console.drafts).into_response()
}

async fn discard(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let discarded = async {
        let cluster = review.draft(&id).await?.kept.cluster;
        review.discard(&id).await.map(|()| cluster)
    };
    match discarded.await {
        Ok(cluster) => Redirect::to(&cluster_or_changes(signed.language, &cluster)).into_response(),
        Err(error) => refused(&site, &signed, Section::Changes, &error),
    }
}

/// The page of the cluster that a draft is for, or the list of changes.
fn cluster_or_changes(language: Language, cluster: &str) -> String {
    let home = home(language);
    match cluster {
        "" => format!("{home}/{}", Section::Changes.path()),
        cluster => format!("{home}/{}/{cluster}", Section::Queue.path()),
    }
}

async fn drawn(site: &Site, signed: &SignedIn, page: &Page<'_>) -> Markup {
    let asked = wordings(site, signed, page).await;
    let base = site.base();
    let knowledge = base.knowledge();
    let console = &knowledge.phrases(signed.language).console;
    let phrases = &console.drafts;
    let form = page.typed.form();
    let wrong = problems::in_words(page.checkup, page.typed, knowledge, console);
    let stage = page.draft.map_or(Stage::Draft, |draft| draft.kept.stage);
    let may_change = stage == Stage::Draft && signed.staff.role() >= Role::Editor;
    let drawing = Drawing {
        fields: Fields {
            typed: page.typed,
            wrong: &wrong,
        },
        phrases,
        knowledge,
        language: signed.language,
        asked: &asked,
    };
    let (heading, lead) = heading(&form, knowledge, signed.language, phrases);
    let path = format!("{PATH}/{}", page.id);
    let place = format!("{}/{path}", home(signed.language));
    let cluster = page.draft.map_or("", |draft| draft.kept.cluster.as_str());
    let main = html! {
        p .crumbs { (crumb(site, signed, cluster)) }
        h1 { (heading) }
        p .lead { (lead) }
        (page.said)
        @if stage == Stage::Draft && !may_change { (note(&phrases.only_read)) }
        @if stage == Stage::Draft {
            section .card aria-labelledby="problems-heading" {
                h2 #problems-heading { (phrases.problems) }
                div #problems role="status" { (problems::list(&wrong, phrases)) }
            }
        }
        form .draft method="post" action=(place) data-check={ (place) "/check" } {
            (token(signed))
            input type="hidden" name="version" value=(page.version);
            input type="hidden" name="act" value=(form.act());
            @if let Form::Answer(answer) = &form {
                input type="hidden" name="mends" value=(answer.mends);
                @if !answer.mends.is_empty() {
                    input type="hidden" name="kind" value=(answer.kind);
                    input type="hidden" name="slug" value=(answer.slug);
                }
            }
            fieldset disabled[!may_change] { (drawing.draw(&form)) }
            @if may_change {
                p .buttons {
                    button .main name="then" value="save" { (phrases.save) }
                    " "
                    button name="then" value="try" { (phrases.try_out) }
                }
            }
        }
        (preview(site, signed, &form).await)
        @if may_change {
            details .fold {
                summary { (phrases.discard) }
                form method="post" action={ (place) "/discard" } {
                    (token(signed))
                    p { (phrases.discard_hint) }
                    button .warm { (phrases.discard) }
                }
            }
            script src=(Asset::Drafts.address()) defer {}
        }
    };
    let sheet = Sheet {
        title: &heading,
        section: if cluster.is_empty() {
            Section::Changes
        } else {
            Section::Queue
        },
        path: &path,
        main,
    };
    frame::draw(site, signed, &sheet)
}

/// What is written, as residents would read it; nothing while it cannot be read.
async fn preview(site: &Site, signed: &SignedIn, form: &Form) -> Markup {
    let preview = site.desk.review(&signed.staff).preview(form).await;
    let Ok(Some(preview)) = preview else {
        return html! {};
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.drafts;
    html! {
        details .fold.preview open {
            summary { (phrases.preview) }
            div .beside {
                @for (language, blocks) in &preview.pages {
                    article lang=(language.code()) {
                        h2 { (preview.entry.text(*language).title) }
                        (browse::inside(&preview.knowledge, *language, &preview.entry, blocks))
                    }
                }
            }
        }
    }
}

/// What residents have written whom the draft is for.
async fn wordings(site: &Site, signed: &SignedIn, page: &Page<'_>) -> Vec<Wording> {
    let cluster = page.draft.map_or("", |draft| draft.kept.cluster.as_str());
    if cluster.is_empty() {
        return Vec::new();
    }
    // What was asked is a help, and no more.
    let wordings = site.desk.review(&signed.staff).wordings(cluster).await;
    wordings.unwrap_or_default()
}

/// The link to where one came from.
fn crumb(site: &Site, signed: &SignedIn, cluster: &str) -> Markup {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let text = match cluster {
        "" => &console.changes.heading,
        _ => &console.drafts.to_cluster,
    };
    html! { a href=(cluster_or_changes(signed.language, cluster)) { (text) } }
}

fn heading<'a>(
    form: &Form,
    knowledge: &Knowledge,
    language: Language,
    phrases: &'a DraftsPhrases,
) -> (String, &'a str) {
    match form {
        Form::Answer(form) if form.mends.is_empty() => {
            (phrases.answer.clone(), &phrases.answer_lead)
        }
        Form::Answer(form) => {
            let entry = EntryId::parse(&form.mends).ok();
            let title = entry.as_ref().map(|id| knowledge.title(id, language));
            let title = title.unwrap_or(&form.mends);
            (fill(&phrases.mend, &[("entry", title)]), &phrases.mend_lead)
        }
        Form::Teach(_) => (phrases.teach.clone(), &phrases.teach_lead),
        Form::PassOn(_) => (phrases.pass_on.clone(), &phrases.pass_on_lead),
    }
}

/// What another has saved that differs from what is typed here.
fn others(typed: &Typed, theirs: &Typed, by: &str, phrases: &DraftsPhrases) -> Markup {
    html! {
        section .card {
            h2 { (fill(&phrases.theirs, &[("by", by)])) }
            dl .facts {
                @for (name, text) in typed.others(theirs) {
                    div {
                        dt { (label(name, phrases)) }
                        dd { pre .plainly { (text) } }
                    }
                }
            }
        }
    }
}

/// What a field is called.
fn label(name: &str, phrases: &DraftsPhrases) -> String {
    let (language, part) = name.split_once('.').unwrap_or(("", name));
    let words: Option<&FieldWords> = match part {
        "kind" => Some(&phrases.kind),
        "slug" => Some(&phrases.slug),
        "office" => Some(&phrases.office),
        "contact" => Some(&phrases.contact),
        "sources" => Some(&phrases.sources),
        "standing" => Some(&phrases.standing),
        "review_by" => Some(&phrases.review_by),
        "more" => Some(&phrases.more),
        "title" => Some(&phrases.title),
        "also_called" => Some(&phrases.also_called),
        "questions" => Some(&phrases.questions),
        "responsible_for" => Some(&phrases.responsible_for),
        "body" => Some(&phrases.body),
        "entry" => Some(&phrases.entry),
        "wordings" => Some(&phrases.wordings),
        "language" => Some(&phrases.language),
        "to" => Some(&phrases.to),
        _ => None,
    };
    let label = words.map_or(name, |words| words.label.as_str());
    match Language::from_code(language) {
        Some(Language::Swedish) => format!("{label} ({})", phrases.swedish),
        Some(Language::English) => format!("{label} ({})", phrases.english),
        None => label.to_owned(),
    }
}
