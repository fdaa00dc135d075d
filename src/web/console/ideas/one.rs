//! One idea: what it is, whom it is for and what it needs, and what whoever has it is told.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{PATH, badge};
use crate::desk::{Idea, IdeaState, LONGEST_REPLY, Receipt, ReviewError, Role};
use crate::knowledge::{Knowledge, Language, fill};
use crate::web::browse;
use crate::web::console::asked::Asked;
use crate::web::console::drafts;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::parts::{note, token};
use crate::web::console::refused::{refused, told};
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::signed_in::{Editor, SignedIn};
use crate::web::site::Site;

/// What the page says of what was just done.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    done: String,
}

/// What staff have written, to the idea as they saw it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    version: i64,
    text: String,
}

/// What could not be done.
struct Refused<'a> {
    /// What was to become of the idea.
    state: IdeaState,
    /// What was written.
    text: &'a str,
    /// Why not.
    why: Vec<String>,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Path(receipt): Path<String>,
    Asked(shown): Asked<Shown>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let idea = match Receipt::parse(&receipt) {
        Some(receipt) => review.idea(&receipt).await,
        None => Err(ReviewError::NotFound),
    };
    let idea = match idea {
        Ok(idea) => idea,
        Err(error) => return refused(&site, &signed, Section::Ideas, &error),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.ideas;
    let said = match shown.done.as_str() {
        "answered" => Some(note(&phrases.done_answered)),
        "closed" => Some(note(&phrases.done_closed)),
        _ => None,
    };
    page(&site, &signed, &idea, said, None).into_response()
}

pub(super) async fn answer(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(receipt): Path<String>,
    Sent(written): Sent<Written>,
) -> Response {
    act(&site, &signed, &receipt, IdeaState::Answered, &written).await
}

pub(super) async fn close(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(receipt): Path<String>,
    Sent(written): Sent<Written>,
) -> Response {
    act(&site, &signed, &receipt, IdeaState::Closed, &written).await
}

/// Answers or closes the idea, and shows it; or says there why that could not be done.
async fn act(
    site: &Site,
    signed: &SignedIn,
    receipt: &str,
    state: IdeaState,
    written: &Written,
) -> Response {
    // A browser sends every line break as two characters, and counts it as one.
    let text = written.text.replace("\r\n", "\n");
    let Some(receipt) = Receipt::parse(receipt) else {
        return refused(site, signed, Section::Ideas, &ReviewError::NotFound);
    };
    let review = site.desk.review(&signed.staff);
    let done = match state {
        IdeaState::Closed => review.close_idea(&receipt, written.version, &text).await,
        IdeaState::Answered | IdeaState::New => {
            review.answer_idea(&receipt, written.version, &text).await
        }
    };
    let Err(error) = done else {
        let place = format!("{}?done={}", place(signed.language, &receipt), state.code());
        return Redirect::to(&place).into_response();
    };
    let idea = match review.idea(&receipt).await {
        Ok(idea) => idea,
        Err(error) => return refused(site, signed, Section::Ideas, &error),
    };
    let (status, why) = why(site, signed, &error);
    let refused = Refused {
        state,
        text: &text,
        why,
    };
    (status, page(site, signed, &idea, None, Some(&refused))).into_response()
}

fn why(site: &Site, signed: &SignedIn, error: &ReviewError) -> (StatusCode, Vec<String>) {
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    match error {
        ReviewError::Problems(problems) => {
            let said = problems.iter().map(|p| drafts::words(p, &console.problems));
            (StatusCode::UNPROCESSABLE_ENTITY, said.collect())
        }
        ReviewError::Changed { by } => {
            let why = fill(&console.ideas.overtaken, &[("name", by)]);
            (StatusCode::CONFLICT, vec![why])
        }
        ReviewError::NotAllowed(_)
        | ReviewError::NotFound
        | ReviewError::NeedsReason(_)
        | ReviewError::Store(_) => {
            let (status, why) = told(site, signed, error);
            (status, vec![why])
        }
    }
}

fn page(
    site: &Site,
    signed: &SignedIn,
    idea: &Idea,
    said: Option<Markup>,
    refused: Option<&Refused<'_>>,
) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let all = knowledge.phrases(signed.language);
    let phrases = &all.console.ideas;
    let main = html! {
        nav .crumbs aria-label=(all.browse.trail) {
            ol { li { a href={ (home(signed.language)) "/" (PATH) } { (phrases.heading) } } }
        }
        h1 { (fill(&phrases.title, &[("receipt", idea.receipt.as_str())])) }
        p { (badge(idea.state, phrases)) }
        @if let Some(said) = said { (said) }
        @if let Some(refused) = refused {
            div .note.alarm role="alert" { @for why in &refused.why { p { (why) } } }
        }
        section .card { p .plainly lang=(idea.language) { (idea.words) } }
        (facts(site, signed, knowledge, idea))
        @if let Some(answer) = &idea.answer {
            section .card {
                h2 { @if idea.state == IdeaState::Closed { (phrases.why_closed) } @else { (phrases.answer) } }
                p .plainly { (answer) }
            }
        }
        @if signed.staff.role() >= Role::Editor { (forms(signed, knowledge, idea, refused)) }
    };
    let path = format!("{PATH}/{}", idea.receipt);
    let title = fill(&phrases.title, &[("receipt", idea.receipt.as_str())]);
    let sheet = Sheet {
        title: &title,
        section: Section::Ideas,
        path: &path,
        main,
    };
    frame::draw(site, signed, &sheet)
}

fn facts(site: &Site, signed: &SignedIn, knowledge: &Knowledge, idea: &Idea) -> Markup {
    let language = signed.language;
    let console = &knowledge.phrases(language).console;
    let (phrases, queue) = (&console.ideas, &console.queue);
    let texts = knowledge.path_texts(language);
    let named = |set: &str, codes: &[&str]| {
        let names = codes
            .iter()
            .map(|code| texts.option(set, code).within.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let audiences: Vec<&str> = idea.audiences.iter().map(|a| a.code()).collect();
    let needs: Vec<&str> = idea.needs.iter().map(|n| n.code()).collect();
    let chosen = [
        (&phrases.audiences, named("audience", &audiences)),
        (&phrases.needs, named("need", &needs)),
        (
            &phrases.company,
            texts.option("with", &idea.company).label.clone(),
        ),
    ];
    let fact = |name: &str, held: Markup| html! { div { dt { (name) } dd { (held) } } };
    html! {
        dl .brief {
            @for (name, value) in chosen {
                @if !value.is_empty() { (fact(name, html! { (value) })) }
            }
            (fact(&phrases.receiver, html! {
                a href=(browse::address(&idea.receiver, language)) { (knowledge.title(&idea.receiver, language)) }
            }))
            (fact(&phrases.handed, html! { (site.desk.local_minute(idea.asked_at)) }))
            (fact(&queue.language, html! { (queue.tongue(&idea.language)) }))
            (fact(&queue.channel, html! { (queue.channel(&idea.channel)) }))
        }
        @if !idea.changed_by.is_empty() {
            @let when = site.desk.local_minute(idea.changed_at);
            p .small { (fill(&console.cluster.changed, &[("by", &idea.changed_by), ("when", &when)])) }
        }
    }
}

/// What can be written to whoever has the idea: an answer, or why nothing will come of it.
fn forms(
    signed: &SignedIn,
    knowledge: &Knowledge,
    idea: &Idea,
    refused: Option<&Refused<'_>>,
) -> Markup {
    let phrases = &knowledge.phrases(signed.language).console.ideas;
    let limit = LONGEST_REPLY.to_string();
    let form = |state: IdeaState, act: &str, label: &str, button: Markup| {
        let refused = refused.filter(|refused| refused.state == state);
        // What stands there is there to be mended.
        let before = idea.answer.as_deref().filter(|_| idea.state == state);
        let text = refused.map_or(before.unwrap_or_default(), |refused| refused.text);
        html! {
            form method="post" action={ (place(signed.language, &idea.receipt)) "/" (act) } {
                (token(signed))
                input type="hidden" name="version" value=(idea.version);
                div .field {
                    label for=(act) { (label) }
                    p .small id={ (act) "-hint" } { (fill(&phrases.hint, &[("limit", &limit)])) }
                    textarea id=(act) name="text" rows="6" required autocomplete="off"
                        aria-describedby={ (act) "-hint" } aria-invalid=[refused.map(|_| "true")] {
                        // A browser leaves out a line break that stands first.
                        "\n" (text)
                    }
                }
                (button)
            }
        }
    };
    let closing = refused.is_some_and(|refused| refused.state == IdeaState::Closed);
    html! {
        div .draft {
            (form(IdeaState::Answered, "answer", &phrases.write_answer, html! {
                button .main { (phrases.send_answer) }
            }))
            details .fold open[closing] {
                summary { (phrases.close) }
                (form(IdeaState::Closed, "close", &phrases.write_why, html! {
                    button .warm { (phrases.send_why) }
                }))
            }
        }
    }
}

fn place(language: Language, receipt: &Receipt) -> String {
    format!("{}/{PATH}/{receipt}", home(language))
}
