//! One entry that is gone through: why, what it says, that it holds, and the way to mend it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::words::InWords;
use super::{PATH, place};
use crate::desk::{Doubted, GoneThrough, ReviewBounds, ReviewError, Role};
use crate::knowledge::{EntryId, fill};
use crate::web::browse;
use crate::web::console::drafts;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::parts::{alarm, token};
use crate::web::console::refused::{refused, told};
use crate::web::console::section::{Section, home};
use crate::web::console::sent::Sent;
use crate::web::console::sign_in::Bare;
use crate::web::console::signed_in::{Editor, SignedIn};
use crate::web::site::Site;

/// What could not be done: what was typed, and why not.
struct Refused<'a> {
    said: &'a GoneThrough,
    why: &'a str,
}

/// An entry as its page shows it.
struct Shown {
    doubted: Doubted,
    seen: String,
    bounds: ReviewBounds,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Path((kind, name)): Path<(String, String)>,
) -> Response {
    match shown(&site, &signed, &kind, &name).await {
        Ok(shown) => page(&site, &signed, &shown, None).into_response(),
        Err(error) => refused(&site, &signed, Section::Freshness, &error),
    }
}

pub(super) async fn holds(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path((kind, name)): Path<(String, String)>,
    Sent(said): Sent<GoneThrough>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let done = async {
        let entry = entry(&kind, &name)?;
        review.go_through(&entry, &said).await.map(|()| entry)
    };
    let error = match done.await {
        Ok(entry) => {
            let place = format!("{}/{PATH}?done={entry}", home(signed.language));
            return Redirect::to(&place).into_response();
        }
        Err(error) => error,
    };
    let shown = match shown(&site, &signed, &kind, &name).await {
        Ok(shown) => shown,
        Err(error) => return refused(&site, &signed, Section::Freshness, &error),
    };
    let (status, why) = why(&site, &signed, &shown.bounds, &error);
    let refused = Refused {
        said: &said,
        why: &why,
    };
    (status, page(&site, &signed, &shown, Some(&refused))).into_response()
}

pub(super) async fn mend(
    State(site): State<Arc<Site>>,
    Editor(signed): Editor,
    Path((kind, name)): Path<(String, String)>,
    Sent(Bare {}): Sent<Bare>,
) -> Response {
    let review = site.desk.review(&signed.staff);
    let begun = async { review.begin_mend(None, &entry(&kind, &name)?).await };
    match begun.await {
        Ok(draft) => {
            let place = format!("{}/{}/{draft}", home(signed.language), drafts::PATH);
            Redirect::to(&place).into_response()
        }
        Err(error) => refused(&site, &signed, Section::Freshness, &error),
    }
}

fn entry(kind: &str, name: &str) -> Result<EntryId, ReviewError> {
    EntryId::parse(&format!("{kind}/{name}")).map_err(|_| ReviewError::NotFound)
}

async fn shown(
    site: &Site,
    signed: &SignedIn,
    kind: &str,
    name: &str,
) -> Result<Shown, ReviewError> {
    let review = site.desk.review(&signed.staff);
    let entry = entry(kind, name)?;
    Ok(Shown {
        doubted: review.doubts_of(&entry).await?,
        seen: review.seen(&entry)?,
        bounds: review.review_bounds(),
    })
}

/// Why it was not done.
fn why(
    site: &Site,
    signed: &SignedIn,
    bounds: &ReviewBounds,
    error: &ReviewError,
) -> (StatusCode, String) {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.freshness;
    let unusable = StatusCode::UNPROCESSABLE_ENTITY;
    match error {
        ReviewError::NeedsReason(_) => (unusable, phrases.reason_needed.clone()),
        ReviewError::Problems(_) => (unusable, within(&phrases.bad_day, bounds)),
        ReviewError::Changed { .. } => (StatusCode::CONFLICT, phrases.changed.clone()),
        ReviewError::NotAllowed(_) | ReviewError::NotFound | ReviewError::Store(_) => {
            told(site, signed, error)
        }
    }
}

fn within(phrase: &str, bounds: &ReviewBounds) -> String {
    let (first, last) = (bounds.first.to_string(), bounds.last.to_string());
    fill(phrase, &[("first", &first), ("last", &last)])
}

fn page(site: &Site, signed: &SignedIn, shown: &Shown, refused: Option<&Refused<'_>>) -> Markup {
    let base = site.base();
    let words = InWords {
        site,
        knowledge: base.knowledge(),
        language: signed.language,
    };
    let (phrases, entry) = (words.phrases(), &shown.doubted.entry);
    let heading = fill(
        &phrases.title,
        &[("title", words.knowledge.title(entry, signed.language))],
    );
    let main = html! {
        nav .crumbs aria-label=(words.all().browse.trail) {
            ol { li { a href={ (home(signed.language)) "/" (PATH) } { (phrases.heading) } } }
        }
        h1 { (heading) }
        @if let Some(refused) = refused { (alarm(refused.why)) }
        (facts(words, shown))
        div .sides {
            div {
                section .card {
                    h2 { (phrases.why) }
                    @if shown.doubted.doubts.is_empty() { p { (phrases.no_doubt) } }
                    @else {
                        ul .list {
                            @for doubt in &shown.doubted.doubts {
                                li { (words.badge(doubt.kind())) " " (words.say(doubt)) }
                            }
                        }
                    }
                }
                (text(words, entry))
            }
            @if signed.staff.role() >= Role::Editor { div { (forms(signed, words, shown, refused)) } }
        }
    };
    let path = format!("{PATH}/{entry}");
    let sheet = Sheet {
        title: &heading,
        section: Section::Freshness,
        path: &path,
        main,
    };
    frame::draw(site, signed, &sheet)
}

fn facts(words: InWords<'_>, shown: &Shown) -> Markup {
    let (phrases, doubted) = (words.phrases(), &shown.doubted);
    let fact = |name: &str, held: Markup| html! { div { dt { (name) } dd { (held) } } };
    let title = |entry: &EntryId| words.knowledge.title(entry, words.language).to_owned();
    html! {
        dl .brief {
            (fact(&phrases.entry, html! {
                a href=(browse::address(&doubted.entry, words.language)) { (title(&doubted.entry)) }
            }))
            @if let Some(office) = &doubted.office { (fact(&phrases.office, html! { (title(office)) })) }
            @if let Some(day) = doubted.reviewed { (fact(&phrases.reviewed, html! { (words.all().date(day)) })) }
            @if let Some(day) = doubted.review_by { (fact(&phrases.review_by, html! { (words.all().date(day)) })) }
        }
    }
}

/// What residents read.
fn text(words: InWords<'_>, id: &EntryId) -> Markup {
    let base = words.site.base();
    let (today, _) = words.site.desk.local_time();
    html! {
        @if let Some(entry) = words.knowledge.entry(id) {
            section .card {
                h2 { (words.phrases().text) }
                @for language in &words.knowledge.municipality().languages {
                    @if entry.texts.get(*language).is_some() {
                        @let blocks = base.page(id, *language, today).unwrap_or_default();
                        details .fold open[*language == words.language] lang=(language.code()) {
                            summary { (words.knowledge.title(id, *language)) }
                            (browse::inside(words.knowledge, *language, entry, &blocks))
                        }
                    }
                }
            }
        }
    }
}

/// That the entry holds, and the way to mend it.
fn forms(
    signed: &SignedIn,
    words: InWords<'_>,
    shown: &Shown,
    refused: Option<&Refused<'_>>,
) -> Markup {
    let phrases = words.phrases();
    let place = place(words.language, &shown.doubted.entry);
    let bounds = &shown.bounds;
    let said = refused.map(|refused| refused.said);
    let usual = bounds.usual.to_string();
    let day = said
        .map(|said| said.review_by.as_str())
        .filter(|day| !day.is_empty());
    html! {
        section .card {
            h2 #holds { (phrases.holds) }
            p .small { (phrases.holds_hint) }
            form .slip method="post" action={ (place) "/holds" } aria-labelledby="holds" {
                (token(signed))
                input type="hidden" name="seen" value=(shown.seen);
                div .field {
                    label for="review_by" { (phrases.again_by) }
                    p .small #day-hint { (within(&phrases.again_by_hint, bounds)) }
                    input #review_by type="date" name="review_by" value=(day.unwrap_or(&usual)) min=(bounds.first)
                        max=(bounds.last) required aria-describedby="day-hint";
                }
                @if shown.doubted.needs_reason() {
                    div .field {
                        label for="reason" { (phrases.reason) }
                        p .small #reason-hint { (phrases.reason_hint) }
                        textarea #reason name="reason" rows="3" required autocomplete="off" aria-describedby="reason-hint" {
                            // A browser leaves out a line break that stands first.
                            "\n" (said.map_or("", |said| &said.reason))
                        }
                    }
                }
                button .main { (phrases.holds) }
            }
        }
        section .card {
            h2 { (phrases.mend) }
            p .small { (phrases.mend_hint) }
            form method="post" action={ (place) "/mend" } {
                (token(signed))
                button { (phrases.mend) }
            }
        }
    }
}
