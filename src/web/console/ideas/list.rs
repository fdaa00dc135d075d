//! All the ideas: those that nobody has answered first, a page at a time.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::{PATH, badge};
use crate::desk::{Idea, IdeaFilter, IdeaState};
use crate::knowledge::fill;
use crate::web::console::asked::Asked;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::places::encoded;
use crate::web::site::Site;

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<IdeaFilter>,
) -> Response {
    let shown = match site.desk.review(&signed.staff).ideas(&wanted).await {
        Ok(shown) => shown,
        Err(error) => return refused(&site, &signed, Section::Ideas, &error),
    };
    let base = site.base();
    let console = &base.knowledge().phrases(signed.language).console;
    let phrases = &console.ideas;
    let waiting = match shown.waiting {
        0 => phrases.waiting_none.clone(),
        1 => phrases.waiting_one.clone(),
        count => fill(&phrases.waiting, &[("count", &count.to_string())]),
    };
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        p { (waiting) }
        (choose(&site, &signed, &wanted))
        @if shown.ideas.is_empty() {
            p .note { @if wanted.state.is_empty() { (phrases.empty) } @else { (phrases.empty_chosen) } }
        } @else {
            (table(&site, &signed, &shown.ideas))
        }
        (pages(&site, &signed, &wanted, shown.next.as_deref()))
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Ideas,
        path: PATH,
        main,
    };
    frame::draw(&site, &signed, &sheet).into_response()
}

/// Which ideas are shown, and others to show.
fn choose(site: &Site, signed: &SignedIn, wanted: &IdeaFilter) -> Markup {
    let base = site.base();
    let phrases = &base.knowledge().phrases(signed.language).console.ideas;
    let all = std::iter::once(("", &phrases.all));
    let states = IdeaState::ALL.map(|state| {
        let name = match state {
            IdeaState::New => &phrases.only_new,
            IdeaState::Answered => &phrases.only_answered,
            IdeaState::Closed => &phrases.only_closed,
        };
        (state.code(), name)
    });
    html! {
        nav .choose aria-label=(phrases.choose) {
            ul .plain {
                @for (code, name) in all.chain(states) {
                    li {
                        a href=(address(signed, code, "")) aria-current=[(wanted.state == code).then_some("true")] { (name) }
                    }
                }
            }
        }
    }
}

fn table(site: &Site, signed: &SignedIn, ideas: &[Idea]) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let console = &knowledge.phrases(signed.language).console;
    let (phrases, queue) = (&console.ideas, &console.queue);
    let heads = [
        &phrases.idea,
        &phrases.state,
        &phrases.handed,
        &phrases.receiver,
        &queue.language,
    ];
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(phrases.heading) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for idea in ideas {
                        tr {
                            th scope="row" {
                                a href={ (home(signed.language)) "/" (PATH) "/" (idea.receipt) } lang=(idea.language) {
                                    span .two { (idea.words) }
                                }
                            }
                            td data-label=(phrases.state) { (badge(idea.state, phrases)) }
                            td data-label=(phrases.handed) { (site.desk.local_minute(idea.asked_at)) }
                            td .free data-label=(phrases.receiver) { (knowledge.title(&idea.receiver, signed.language)) }
                            td data-label=(queue.language) { (queue.tongue(&idea.language)) }
                        }
                    }
                }
            }
        }
    }
}

fn pages(site: &Site, signed: &SignedIn, wanted: &IdeaFilter, next: Option<&str>) -> Markup {
    let base = site.base();
    let queue = &base.knowledge().phrases(signed.language).console.queue;
    html! {
        @if next.is_some() || !wanted.after.is_empty() {
            p .buttons {
                @if !wanted.after.is_empty() {
                    a .button.quiet href=(address(signed, &wanted.state, "")) { (queue.first_page) }
                }
                @if let Some(after) = next {
                    a .button rel="next" href=(address(signed, &wanted.state, after)) { (queue.next) }
                }
            }
        }
    }
}

/// Where the ideas in a state are, from a place on.
fn address(signed: &SignedIn, state: &str, after: &str) -> String {
    let all = format!("{}/{PATH}", home(signed.language));
    let given = [("state", state), ("after", after)];
    let given = given.into_iter().filter(|(_, value)| !value.is_empty());
    let given: Vec<String> = given
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if given.is_empty() {
        all
    } else {
        format!("{all}?{}", given.join("&"))
    }
}
