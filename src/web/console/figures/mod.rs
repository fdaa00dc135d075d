//! How much is asked and how it goes: over a time, of an office, a language, a channel or a kind of entry; as drawings, as
//! tables, and to take along.

mod drawing;
mod file;
mod log;
mod plot;
mod plots;
mod tables;
mod wanted;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};

use super::asked::Asked;
use super::parts::choice;
use super::refused::refused;
use super::section::{Section, home};
use super::signed_in::SignedIn;
use crate::desk::{Count, FiguresWanted};
use crate::knowledge::{EntryKind, Language, fill};
use crate::web::site::Site;
use drawing::Drawing;
use wanted::{TIMES, Wanted};

const PATH: &str = Section::Figures.path();

pub(super) fn routes(home: &str) -> Router<Arc<Site>> {
    Router::new()
        .route(&format!("{home}/{PATH}"), get(show))
        .route(&format!("{home}/{PATH}/export"), get(file::figures))
        .route(&format!("{home}/{PATH}/questions"), post(file::questions))
}

async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(asked): Asked<Wanted>,
) -> Response {
    let (today, _) = site.desk.local_time();
    let wanted = asked.read(today);
    let review = site.desk.review(&signed.staff);
    let figures = match review.figures_of(&wanted).await {
        Ok(figures) => figures,
        Err(error) => return refused(&site, &signed, Section::Figures, &error),
    };
    let base = site.base();
    let drawing = Drawing::new(&site, &signed, base.knowledge());
    let phrases = drawing.phrases;
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        (choose(&drawing, &wanted, today))
        (filter(&drawing, &wanted, today))
        @if figures.is_empty() {
            p .note { (phrases.empty) }
        } @else {
            (brief(&drawing, &figures.total))
            (plots::draw(&drawing, &figures))
            (tables::draw(&drawing, &figures))
            (log::draw(&drawing, &figures))
            (file::offer(&drawing, &wanted))
        }
    };
    drawing.page(main).into_response()
}

/// The times that are chosen most, one press away.
fn choose(drawing: &Drawing<'_>, wanted: &FiguresWanted, today: jiff::civil::Date) -> Markup {
    let phrases = drawing.phrases;
    html! {
        nav .choose aria-label=(phrases.choose) {
            ul .plain {
                @for days in TIMES {
                    @let other = wanted::of_days(wanted, days, today);
                    li {
                        a href={ (home(drawing.language())) "/" (PATH) (wanted::query(&other)) }
                            aria-current=[(other == *wanted).then_some("true")] {
                            (fill(&phrases.days, &[("days", &days.to_string())]))
                        }
                    }
                }
            }
        }
    }
}

/// One's own dates, and what is looked at.
fn filter(drawing: &Drawing<'_>, wanted: &FiguresWanted, today: jiff::civil::Date) -> Markup {
    let (phrases, queue) = (drawing.phrases, &drawing.console.queue);
    let language = drawing.language();
    let offices = drawing.knowledge.offices(drawing.language());
    let offices: Vec<_> = offices.map(|(id, title)| (id.as_str(), title)).collect();
    let tongues = Language::ALL.map(|l| (l.code(), drawing.tongue(l.code())));
    let channels = queue.channels.iter();
    let channels = channels.map(|(code, name)| (code.as_str(), name.as_str()));
    let browse = &drawing.knowledge.phrases(language).browse;
    // Nothing that is asked of help lines is counted by itself.
    let kinds = EntryKind::ALL.into_iter();
    let kinds = kinds.filter(|kind| *kind != EntryKind::Helplines);
    let kinds = kinds.map(|kind| (kind.folder(), browse.kind(kind)));
    let day = |name: &str, label: &str, value: jiff::civil::Date| {
        html! {
            div .field {
                label for=(name) { (label) }
                input type="date" id=(name) name=(name) value=(value) max=(today) required;
            }
        }
    };
    let office = wanted.office.as_ref().map_or("", |id| id.as_str());
    let kind = wanted.kind.map_or("", EntryKind::folder);
    html! {
        form .filter.many method="get" action={ (home(language)) "/" (PATH) } aria-label=(phrases.filter) {
            (day("from", &phrases.from, wanted.from))
            (day("to", &phrases.to, wanted.to))
            (choice(("office", &queue.office), &queue.any, office, offices))
            (choice(("language", &queue.language), &queue.any, wanted.language.as_deref().unwrap_or_default(), tongues))
            (choice(("channel", &queue.channel), &queue.any, wanted.channel.as_deref().unwrap_or_default(), channels))
            (choice(("kind", &phrases.kind), &queue.any, kind, kinds))
            button { (queue.show) }
        }
    }
}

/// The whole time in a few numbers.
fn brief(drawing: &Drawing<'_>, total: &Count) -> Markup {
    let phrases = drawing.phrases;
    let of_questions = |count: u64| drawing.share(total.share(count));
    let all = [
        (&phrases.questions, total.questions().to_string()),
        (&phrases.answered, of_questions(total.answered)),
        (&phrases.offered, of_questions(total.offered)),
        (&phrases.routed, of_questions(total.routed)),
        (&phrases.unknown, of_questions(total.unknown)),
        (&phrases.helpful, drawing.share(total.helped())),
        (&phrases.small_talk, total.small_talk.to_string()),
        (&phrases.on_paths, total.on_paths.to_string()),
    ];
    html! {
        dl .brief.totals {
            @for (name, value) in all {
                div { dt { (name) } dd { (value) } }
            }
        }
    }
}
