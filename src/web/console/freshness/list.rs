//! All the entries that are to be gone through: chosen by office and reason, a page at a time.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};

use super::words::{InWords, outward};
use super::{PATH, place};
use crate::desk::{Doubted, Freshness, FreshnessFilter};
use crate::knowledge::{EntryId, fill};
use crate::web::console::asked::Asked;
use crate::web::console::frame::{self, Sheet};
use crate::web::console::parts::{choice, note};
use crate::web::console::refused::refused;
use crate::web::console::section::{Section, home};
use crate::web::console::signed_in::SignedIn;
use crate::web::places::encoded;
use crate::web::site::Site;

/// What someone wants to see, and what was just done.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    #[serde(flatten)]
    filter: Chosen,
    done: String,
}

/// What a query chooses: all of it text, so that nothing that makes no sense is refused.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Chosen {
    office: String,
    doubt: String,
    page: String,
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    signed: SignedIn,
    Asked(wanted): Asked<Wanted>,
) -> Response {
    let filter = FreshnessFilter {
        office: wanted.filter.office,
        doubt: wanted.filter.doubt,
        page: wanted.filter.page.parse().unwrap_or_default(),
    };
    let freshness = match site.desk.review(&signed.staff).freshness(&filter).await {
        Ok(freshness) => freshness,
        Err(error) => return refused(&site, &signed, Section::Freshness, &error),
    };
    let base = site.base();
    let words = InWords {
        site: &site,
        knowledge: base.knowledge(),
        language: signed.language,
    };
    let phrases = words.phrases();
    let done = EntryId::parse(&wanted.done).ok();
    let count = match freshness.total {
        0 => None,
        1 => Some(phrases.count_one.clone()),
        count => Some(fill(&phrases.count, &[("count", &count.to_string())])),
    };
    let main = html! {
        h1 { (phrases.heading) }
        p .lead { (phrases.lead) }
        @if let Some(entry) = done.filter(|entry| words.knowledge.entry(entry).is_some()) {
            (note(&fill(&phrases.done, &[("title", words.knowledge.title(&entry, signed.language))])))
        }
        @if let Some(count) = count { p { (count) } }
        @if !freshness.overlaps_are_known { p .small { (phrases.working) } }
        div .toolbar { (choose(words, &freshness, &filter)) }
        (shortcuts(&signed, words, &filter))
        @if freshness.chosen == 0 {
            p .note { @if freshness.total == 0 && filter.office.is_empty() { (phrases.none) } @else { (phrases.none_chosen) } }
        } @else {
            (table(words, &freshness.entries))
        }
        (pages(&signed, words, &freshness, &filter))
        (beside(words, &freshness))
    };
    let sheet = Sheet {
        title: &phrases.heading,
        section: Section::Freshness,
        path: PATH,
        main,
    };
    frame::draw(&site, &signed, &sheet).into_response()
}

fn choose(words: InWords<'_>, freshness: &Freshness, filter: &FreshnessFilter) -> Markup {
    let phrases = words.phrases();
    let offices = words.knowledge.offices(words.language);
    let offices = offices.map(|(id, title)| (id.as_str(), title));
    html! {
        form .filter method="get" action={ (home(words.language)) "/" (PATH) } role="search" aria-label=(phrases.filter) {
            div .field {
                label for="doubt" { (phrases.doubt) }
                select #doubt name="doubt" {
                    option value="" { (fill(&phrases.choice, &[("name", &phrases.any), ("count", &freshness.total.to_string())])) }
                    @for (kind, count) in freshness.counts.iter().filter(|(k, n)| *n > 0 || k.code() == filter.doubt) {
                        option value=(kind.code()) selected[kind.code() == filter.doubt] {
                            (fill(&phrases.choice, &[("name", words.kind(*kind)), ("count", &count.to_string())]))
                        }
                    }
                }
            }
            (choice(("office", &phrases.office), &phrases.any, &filter.office, offices))
            button { (phrases.show) }
        }
    }
}

/// Ways to choose otherwise.
fn shortcuts(signed: &SignedIn, words: InWords<'_>, filter: &FreshnessFilter) -> Markup {
    let phrases = words.phrases();
    let own = signed.staff.office();
    let own = own.filter(|office| filter.office != office.as_str());
    let is_chosen = !filter.office.is_empty() || !filter.doubt.is_empty();
    let everything = FreshnessFilter::default();
    html! {
        @if own.is_some() || is_chosen {
            div .chosen {
                @if is_chosen { a href=(address(signed, &everything, 0)) { (phrases.clear) } }
                @if let Some(office) = own {
                    @let of_office = FreshnessFilter { office: office.to_string(), ..FreshnessFilter::default() };
                    a href=(address(signed, &of_office, 0)) { (phrases.own) }
                }
            }
        }
    }
}

fn table(words: InWords<'_>, entries: &[Doubted]) -> Markup {
    let phrases = words.phrases();
    let heads = [
        &phrases.entry,
        &phrases.doubt,
        &phrases.office,
        &phrases.reviewed,
        &phrases.review_by,
    ];
    let day =
        |day: Option<Date>| html! { @if let Some(day) = day { time datetime=(day) { (day) } } };
    html! {
        div .scroll.cards tabindex="0" role="region" aria-label=(phrases.heading) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody {
                    @for doubted in entries {
                        tr {
                            th scope="row" {
                                a href=(place(words.language, &doubted.entry)) {
                                    (words.knowledge.title(&doubted.entry, words.language))
                                }
                            }
                            td .free data-label=(phrases.doubt) { (kinds(words, doubted)) }
                            td data-label=(phrases.office) {
                                @if let Some(office) = &doubted.office { (words.knowledge.title(office, words.language)) }
                            }
                            td data-label=(phrases.reviewed) { (day(doubted.reviewed)) }
                            td data-label=(phrases.review_by) { (day(doubted.review_by)) }
                        }
                    }
                }
            }
        }
    }
}

/// The kinds of doubt about an entry, each once.
fn kinds(words: InWords<'_>, doubted: &Doubted) -> Markup {
    let mut kinds = Vec::new();
    for kind in doubted.doubts.iter().map(crate::desk::Doubt::kind) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    html! { @for kind in kinds { (words.badge(kind)) " " } }
}

fn pages(
    signed: &SignedIn,
    words: InWords<'_>,
    freshness: &Freshness,
    filter: &FreshnessFilter,
) -> Markup {
    let phrases = words.phrases();
    html! {
        @if freshness.next.is_some() || filter.page > 0 {
            p .buttons {
                @if filter.page > 0 { a .button.quiet href=(address(signed, filter, 0)) { (phrases.first_page) } }
                @if let Some(next) = freshness.next {
                    a .button rel="next" href=(address(signed, filter, next)) { (phrases.next) }
                }
            }
        }
    }
}

/// Dead links that stand in no entry.
fn beside(words: InWords<'_>, freshness: &Freshness) -> Markup {
    html! {
        @if !freshness.beside.is_empty() {
            section .card {
                h2 { (words.phrases().beside) }
                ul .list {
                    @for link in &freshness.beside {
                        @if let (Some(finding), Some(since)) = (link.finding, link.failed_at) {
                            li { (outward(&link.address)) " " (words.dead(finding, since)) }
                        }
                    }
                }
            }
        }
    }
}

/// Where the same is shown from a page on.
fn address(signed: &SignedIn, filter: &FreshnessFilter, page: usize) -> String {
    let page = page.to_string();
    let given = [
        ("office", filter.office.as_str()),
        ("doubt", &filter.doubt),
        ("page", if page == "0" { "" } else { &page }),
    ];
    let given = given.into_iter().filter(|(_, value)| !value.is_empty());
    let given: Vec<String> = given
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let all = format!("{}/{PATH}", home(signed.language));
    if given.is_empty() {
        all
    } else {
        format!("{all}?{}", given.join("&"))
    }
}
