//! What residents ask, as open data: a page that says what it is and how it is made, and the numbers as a file. It is there
//! when the operator has said so; otherwise the page says that it is not.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde_json::{Value, json};

use super::address::address;
use super::fresh;
use super::head::{self, Head};
use super::indexes::Versions;
use super::parts;
use crate::desk::{OPEN_DATA_FLOOR, OpenData, OpenTopic, Subject};
use crate::knowledge::{Knowledge, Language, OpenDataPhrases, fill};
use crate::web::layout::{self, Sheet};
use crate::web::places::Place;
use crate::web::site::Site;
use crate::web::trouble::Trouble;

/// The licence of the data: nobody has any right in them.
pub(in crate::web) const LICENCE: &str = "https://creativecommons.org/publicdomain/zero/1.0/";

/// Where the data are for programs.
pub(in crate::web) const JSON: &str = "/api/v1/open-data";

/// Where the data are as comma-separated values.
pub(super) fn csv_path(language: Language) -> String {
    format!("{}.csv", Place::OpenData.path(language))
}

/// The page.
pub(super) async fn page(site: Arc<Site>, language: Language) -> Response {
    if !site.settings.open_data {
        return off(&site, language);
    }
    match site.desk.open_data().await {
        Ok(data) => draw(&site, language, &data).into_response(),
        Err(error) => away(&error),
    }
}

/// The data as comma-separated values.
pub(super) async fn csv(site: Arc<Site>, language: Language, headers: HeaderMap) -> Response {
    if !site.settings.open_data {
        return Trouble::NoPage.into_response();
    }
    match site.desk.open_data().await {
        Ok(data) => {
            let text = data.csv(site.base().knowledge(), language);
            fresh::file(&headers, "text/csv; charset=utf-8", text, data.made_at)
        }
        Err(error) => away(&error),
    }
}

fn away(error: &crate::desk::StoreError) -> Response {
    tracing::warn!(%error, "the open data could not be worked out");
    Trouble::LogAway.into_response()
}

/// The page where there are no open data.
fn off(site: &Site, language: Language) -> Response {
    let base = site.base();
    let phrases = &base.knowledge().phrases(language).open_data;
    let main = html! { div .narrow { h1 { (phrases.title) } p .lead { (phrases.off) } } };
    let page = sheet(site, language, &phrases.title, head::unlisted(), main);
    (StatusCode::NOT_FOUND, page).into_response()
}

fn draw(site: &Site, language: Language, data: &OpenData) -> Markup {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).open_data;
    let floor = OPEN_DATA_FLOOR.to_string();
    let days = [
        ("from", data.from.to_string()),
        ("to", data.to.to_string()),
        ("floor", floor),
        ("municipality", knowledge.municipality().name.clone()),
    ];
    let days: Vec<(&str, &str)> = days.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let lead = fill(&phrases.lead, &days);
    let versions = Versions::of_all(knowledge, |l| Place::OpenData.path(l).to_owned());
    let main = html! {
        div .narrow {
            (parts::crumbs(knowledge, language, &[], &phrases.title))
            h1 { (phrases.title) }
            p .lead { (lead) }
            p { (fill(&phrases.period, &days)) }
            h2 { (phrases.files) }
            ul {
                li { a href=(csv_path(language)) { (phrases.csv) } }
                li { a href={ (JSON) "?language=" (language.code()) } { (phrases.json) } }
            }
            p { (phrases.licence) " " a href=(LICENCE) rel="license" { "CC0 1.0" } "." }
            h2 { (phrases.months) }
            @if data.months.is_empty() { p { (fill(&phrases.no_months, &days)) } } @else { (months(data, phrases)) }
            h2 { (phrases.topics) }
            p { (fill(&phrases.topics_lead, &days)) }
            @if data.topics.is_empty() { p { (fill(&phrases.no_topics, &days)) } } @else { (topics(knowledge, language, data)) }
            h2 { (phrases.made) }
            ul { @for point in &phrases.made_so { li { (fill(point, &days)) } } }
        }
    };
    let head = Head {
        language,
        title: &phrases.title,
        about: &lead,
        versions: &versions,
        dates: None,
        data: Some(dataset(site, language, data, &lead)),
    };
    sheet(
        site,
        language,
        &phrases.title,
        head::draw(site, &head),
        main,
    )
}

fn sheet(site: &Site, language: Language, title: &str, head: Markup, main: Markup) -> Markup {
    layout::draw(
        site,
        &Sheet {
            language,
            title: Some(title),
            path: Place::OpenData.path(language),
            other: Some(Place::OpenData.path(language.other())),
            head,
            class: "",
            main,
        },
    )
}

fn months(data: &OpenData, phrases: &OpenDataPhrases) -> Markup {
    let at_least = |count: u64| at_least(count, phrases);
    html! {
        div .scroll tabindex="0" role="region" aria-label=(phrases.months) {
            table {
                thead {
                    tr {
                        th scope="col" { (phrases.month) }
                        th scope="col" { (phrases.questions) }
                        th scope="col" { (phrases.answered) }
                        th scope="col" { (phrases.routed) }
                        th scope="col" { (phrases.unknown) }
                    }
                }
                tbody {
                    // The latest first.
                    @for month in data.months.iter().rev() {
                        tr {
                            th .month scope="row" { (month.month.strftime("%Y-%m")) }
                            td { (at_least(month.questions)) }
                            td { (at_least(month.answered)) }
                            td { (at_least(month.routed)) }
                            td { (at_least(month.unknown)) }
                        }
                    }
                }
            }
        }
    }
}

/// What many have asked about: first what can be told, then how much else there is, by office.
fn topics(knowledge: &Knowledge, language: Language, data: &OpenData) -> Markup {
    let phrases = &knowledge.phrases(language).open_data;
    let all = data.topics.iter();
    let (untold, told): (Vec<&OpenTopic>, Vec<&OpenTopic>) =
        all.partition(|topic| topic.subject == Subject::Untold);
    html! {
        @if !told.is_empty() {
            ul .list { @for topic in told { li { (self::told(knowledge, language, topic)) } } }
        }
        @if !untold.is_empty() {
            h3 { (phrases.others) }
            p { (phrases.others_lead) }
            div .scroll tabindex="0" role="region" aria-label=(phrases.others) {
                table {
                    thead {
                        tr {
                            th scope="col" { (phrases.office) }
                            th scope="col" { (phrases.state) }
                            th scope="col" { (phrases.askers) }
                        }
                    }
                    tbody {
                        @for topic in untold {
                            tr {
                                th scope="row" {
                                    @match &topic.office {
                                        Some(office) => (knowledge.title(office, language)),
                                        None => (phrases.no_office),
                                    }
                                }
                                td { @if topic.is_open { (phrases.waits) } @else { (phrases.settled) } }
                                td { (at_least(topic.askers, phrases)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A topic that can be told.
fn told(knowledge: &Knowledge, language: Language, topic: &OpenTopic) -> Markup {
    let phrases = &knowledge.phrases(language).open_data;
    html! {
        (what(knowledge, language, topic))
        p {
            (fill(&phrases.asked_by, &[("count", &topic.askers.to_string())]))
            @if let Some(office) = &topic.office {
                " " (fill(&phrases.owned_by, &[("office", knowledge.title(office, language))]))
            }
        }
        @if !topic.months.is_empty() {
            p .small {
                @for (place, (month, askers)) in topic.months.iter().rev().enumerate() {
                    @if place > 0 { " · " }
                    (month.strftime("%Y-%m")) ": " (at_least(*askers, phrases))
                }
            }
        }
    }
}

fn what(knowledge: &Knowledge, language: Language, topic: &OpenTopic) -> Markup {
    let name = topic.name(knowledge, language);
    match &topic.subject {
        Subject::Entry(id) => html! { a href=(address(id, language)) { (name) } },
        Subject::Wording { language, .. } => html! { strong lang=(language) { (name) } },
        Subject::Untold => html! { strong { (name) } },
    }
}

/// A number that is rounded down.
fn at_least(count: u64, phrases: &OpenDataPhrases) -> String {
    if count == 0 {
        let floor = OPEN_DATA_FLOOR.to_string();
        fill(&phrases.fewer, &[("floor", &floor)])
    } else {
        fill(&phrases.at_least, &[("count", &count.to_string())])
    }
}

/// What the page says to programs: that there are data, and where.
fn dataset(site: &Site, language: Language, data: &OpenData, about: &str) -> Value {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).open_data;
    let page = site.address(Place::OpenData.path(language));
    let file = |format: &str, path: &str| json!({ "@type": "DataDownload", "encodingFormat": format, "contentUrl": site.address(path) });
    json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": page,
        "url": page,
        "name": phrases.title,
        "description": about,
        "inLanguage": language.code(),
        "license": LICENCE,
        "isAccessibleForFree": true,
        "temporalCoverage": format!("{}/{}", data.from, data.to),
        "dateModified": data.made_at.to_string(),
        "creator": { "@type": "GovernmentOrganization", "name": knowledge.municipality().name },
        "distribution": [
            file("text/csv", &csv_path(language)),
            file("application/json", &format!("{JSON}?language={}", language.code())),
        ],
    })
}
