//! What a draft would change, and publishing it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::drafts;
use super::frame::{self, Sheet};
use super::outcome::InWords;
use super::parts::{Field, alarm, token};
use super::refused::{refused, told};
use super::section::{Section, home};
use super::sent::Sent;
use super::signed_in::{Editor, SignedIn};
use crate::desk::{Draft, Form, Replay, ReplayLine, ReviewError, Role};
use crate::knowledge::{ReplayPhrases, fill};
use crate::web::site::Site;

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    let one = format!("{home}/{}/{{id}}", drafts::PATH);
    Router::new()
        .route(&format!("{one}/replay"), get(show))
        .route(&format!("{one}/publish"), post(publish))
}

/// What is sent to publish.
#[derive(Default, Deserialize)]
struct Publishing {
    #[serde(default)]
    version: i64,
    #[serde(default)]
    reason: String,
}

async fn show(State(site): State<Arc<Site>>, signed: SignedIn, Path(id): Path<String>) -> Response {
    page(&site, &signed, &id, "", None).await
}

async fn publish(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path(id): Path<String>,
    Sent(sent): Sent<Publishing>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let published = review.publish(&id, sent.version, &sent.reason).await;
    match published {
        Ok(published) => {
            let changes = Section::Changes.path();
            let (home, kept, left) = (home(signed.language), published.kept, published.left);
            let place = format!("{home}/{changes}?published=1&kept={kept}&left={left}");
            Redirect::to(&place).into_response()
        }
        Err(error) => page(&site, &signed, &id, &sent.reason, Some(&error)).await,
    }
}

/// The page, with what is typed as the reason and why it could not be published.
async fn page(
    site: &Site,
    signed: &SignedIn,
    id: &str,
    reason: &str,
    error: Option<&ReviewError>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let draft = match review.draft(id).await {
        Ok(draft) => draft,
        Err(error) => return refused(site, signed, Section::Changes, &error),
    };
    let replay = match review.replay(id).await {
        Ok(replay) => Ok(replay),
        Err(ReviewError::Problems(problems)) => Err(ReviewError::Problems(problems)),
        // It is no draft any longer: whoever wanted to publish it is told who was faster.
        Err(again) => return refused(site, signed, Section::Changes, error.unwrap_or(&again)),
    };
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.replay;
    let why_not = error.or(replay.as_ref().err());
    let why_not = why_not.map(|error| told(site, signed, error));
    let place = format!("{}/{}/{id}", home(signed.language), drafts::PATH);
    let main = html! {
        p .crumbs { a href=(place) { (phrases.back) } }
        h1 { (phrases.heading) }
        p .lead { (title(&draft)) }
        @if let Some((_, why)) = &why_not { (alarm(why)) }
        @if let Ok(replay) = &replay {
            (found(site, signed, &draft, replay))
            @if signed.staff.role() >= Role::Editor {
                (publishing(signed, &draft, replay, reason, phrases))
            }
        }
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Changes,
        path: &format!("{}/{id}/replay", drafts::PATH),
        main,
    };
    let drawn = frame::draw(site, signed, &sheet);
    match (error, why_not) {
        (Some(_), Some((status, _))) => (status, drawn).into_response(),
        (None, _) | (_, None) => drawn.into_response(),
    }
}

/// The entry that is written, which the base does not have yet, or not with this title.
fn written(draft: &Draft) -> Option<(&str, &str)> {
    match draft.form {
        Form::Answer(_) => Some((&draft.kept.about, &draft.kept.title)),
        Form::Teach(_) | Form::PassOn(_) => None,
    }
}

/// What it is called; what it is about when it has no title.
fn title(draft: &Draft) -> &str {
    match draft.kept.title.as_str() {
        "" => &draft.kept.about,
        title => title,
    }
}

/// What was found by trying.
fn found(site: &Site, signed: &SignedIn, draft: &Draft, replay: &Replay) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(signed.language).console.replay;
    let words = InWords {
        knowledge,
        language: signed.language,
        phrases,
        written: written(draft),
    };
    let (broken, others): (Vec<_>, Vec<_>) = replay.lines.iter().partition(|l| l.is_broken());
    // Those of the cluster have a list of their own.
    let is_own = |line: &&ReplayLine| replay.own.iter().any(|own| own.wording == line.wording);
    let others: Vec<_> = others.into_iter().filter(|line| !is_own(line)).collect();
    let count = |count: usize| count.to_string();
    let (tried, changed) = (count(replay.tried), count(replay.lines.len()));
    html! {
        p {
            (fill(&phrases.summary, &[("tried", &tried), ("changed", &changed)])) " "
            (fill(&phrases.regressions, &[("count", &count(replay.regressions))]))
        }
        @if !replay.own.is_empty() { (own(draft, &replay.own, words)) }
        @if !broken.is_empty() {
            section .card {
                h2 { (phrases.broken) " " span .badge.bad { (broken.len()) } }
                p { (phrases.broken_hint) }
                (table(&broken, &phrases.broken, true, words))
            }
        }
        section .card {
            h2 { (phrases.others) }
            @if others.is_empty() { p { (phrases.no_others) } }
            @else { (table(&others, &phrases.others, false, words)) }
        }
    }
}

/// The wordings of the cluster, and whether each comes to what is meant.
fn own(draft: &Draft, lines: &[ReplayLine], words: InWords<'_>) -> Markup {
    let phrases = words.phrases;
    let expected = draft.expected();
    let is_meant = |line: &ReplayLine| expected.as_ref() == Some(&line.after);
    html! {
        section .card {
            h2 { (phrases.own) }
            ul .list.outcomes {
                @for line in lines {
                    li {
                        p { q { (line.wording) } }
                        p {
                            @if is_meant(line) { span .badge.good { (phrases.as_meant) } }
                            @else { span .badge.due { (phrases.otherwise) } }
                            " " (words.say(&line.after))
                        }
                    }
                }
            }
            @if !lines.iter().all(is_meant) { p .small { (phrases.otherwise_hint) } }
        }
    }
}

fn table(lines: &[&ReplayLine], name: &str, has_must: bool, words: InWords<'_>) -> Markup {
    let phrases = words.phrases;
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(name) {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.wording) }
                        th scope="col" { (phrases.before) }
                        th scope="col" { (phrases.after) }
                        @if has_must { th scope="col" { (phrases.must) } }
                        th scope="col" { (phrases.asked) }
                    }
                }
                tbody {
                    @for line in lines {
                        tr {
                            th .free scope="row" { (line.wording) }
                            td .free data-label=(phrases.before) { (words.say(&line.before)) }
                            td .free data-label=(phrases.after) { (words.say(&line.after)) }
                            @if has_must {
                                td .free data-label=(phrases.must) { @if let Some(must) = &line.expected { (words.say(must)) } }
                            }
                            td data-label=(phrases.asked) { (line.asked) }
                        }
                    }
                }
            }
        }
    }
}

fn publishing(
    signed: &SignedIn,
    draft: &Draft,
    replay: &Replay,
    reason: &str,
    phrases: &ReplayPhrases,
) -> Markup {
    let is_needed = replay.broken > 0;
    let field = Field {
        name: "reason",
        label: &phrases.reason,
        hint: if is_needed {
            &phrases.reason_needed
        } else {
            &phrases.reason_hint
        },
        value: reason,
        autocomplete: "off",
    };
    let (home, id) = (home(signed.language), &draft.kept.id);
    html! {
        section .card {
            h2 { (phrases.publish_heading) }
            p { (phrases.publish_hint) }
            form .slip method="post" action={ (home) "/" (drafts::PATH) "/" (id) "/publish" } {
                (token(signed))
                input type="hidden" name="version" value=(draft.kept.version);
                (field.text())
                button .main { (phrases.publish) }
            }
        }
    }
}
