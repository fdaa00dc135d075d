//! What requests may be refused for, as the documentation has it. Made of the same words as the refusals themselves.

use std::collections::BTreeMap;

use serde_json::json;
use utoipa::IntoResponses;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{ContentBuilder, Object, Ref, RefOr, Response, ResponseBuilder, Type};

use crate::knowledge::{Language, Phrases};
use crate::web::trouble::{Fault, PROBLEM, Problem, Trouble};

/// What every request may be refused for.
const ALWAYS: [Trouble; 4] = [
    Trouble::Broken,
    Trouble::Busy,
    Trouble::Ending,
    Trouble::TookTooLong,
];

/// Refusals of what is asked with a body.
pub(super) struct OfBody;
/// Refusals of what is asked with a body about an entry.
pub(super) struct OfEntryInBody;
/// Refusals of going along a guided way in.
pub(super) struct OfFollowing;
/// Refusals of the list of guided ways in.
pub(super) struct OfPaths;
/// Refusals of looking something up that has been saved.
pub(super) struct OfReceipt;
/// Refusals of erasing.
pub(super) struct OfErasing;
/// Refusals of a search.
pub(super) struct OfSearch;
/// Refusals of an entry.
pub(super) struct OfEntry;
/// Refusals of everything at once.
pub(super) struct OfExport;
/// Refusals of the open data.
pub(super) struct OfOpenData;

impl IntoResponses for OfBody {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("ask", &with_body())
    }
}

impl IntoResponses for OfEntryInBody {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut all = with_body();
        all.push(Trouble::NoEntry);
        refusals("show", &all)
    }
}

impl IntoResponses for OfFollowing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut all = with_body();
        all.push(Trouble::NoPlace);
        refusals("follow", &all)
    }
}

impl IntoResponses for OfPaths {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("paths", &[wrong()])
    }
}

impl IntoResponses for OfReceipt {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut all = vec![Trouble::NoReceipt, Trouble::LogAway];
        all.extend(counted());
        refusals("receipts/7F3K-2QX", &all)
    }
}

impl IntoResponses for OfErasing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let mut all = vec![Trouble::LogAway];
        all.extend(counted());
        refusals("conversations/…", &all)
    }
}

impl IntoResponses for OfSearch {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("entries", &counted())
    }
}

impl IntoResponses for OfEntry {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("entries/grants/lovpeng", &[Trouble::NoEntry, wrong()])
    }
}

impl IntoResponses for OfExport {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("entries/export", &[wrong()])
    }
}

impl IntoResponses for OfOpenData {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        refusals("open-data", &[Trouble::NoPage, Trouble::LogAway, wrong()])
    }
}

fn with_body() -> Vec<Trouble> {
    let mut all = vec![
        Trouble::BrokenJson {
            line: 1,
            column: 12,
        },
        Trouble::SlowBody,
        Trouble::TooLarge,
        Trouble::NotJson,
    ];
    all.extend(counted());
    all
}

fn counted() -> [Trouble; 2] {
    [wrong(), Trouble::TooMany { seconds: 2 }]
}

/// What one status looks like for each trouble that has it.
fn refusals(path: &str, some: &[Trouble]) -> BTreeMap<String, RefOr<Response>> {
    let phrases = &Phrases::built_in(Language::English).api;
    let instance = format!("/api/v1/{path}");
    let mut by_status: BTreeMap<String, Vec<&Trouble>> = BTreeMap::new();
    for trouble in some.iter().chain(&ALWAYS) {
        let status = trouble.status().as_str().to_owned();
        by_status.entry(status).or_default().push(trouble);
    }
    let response = |troubles: &[&Trouble]| {
        let titles: Vec<&str> = troubles
            .iter()
            .map(|t| t.words(phrases).title.as_str())
            .collect();
        let examples = troubles.iter().map(|trouble| {
            let problem = Problem::of(trouble, phrases, &instance);
            let example = ExampleBuilder::new()
                .summary(trouble.words(phrases).title.clone())
                .value(Some(json!(problem)));
            (trouble.name(), example.build())
        });
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .examples_from_iter(examples)
            .build();
        let mut response = ResponseBuilder::new()
            .description(titles.join(" · "))
            .content(PROBLEM, content);
        if troubles.iter().any(|t| t.retry_after().is_some()) {
            let header = HeaderBuilder::new()
                .schema(Some(Object::with_type(Type::Integer)))
                .description(Some("After how many seconds it may go better."))
                .build();
            response = response.header("Retry-After", header);
        }
        RefOr::T(response.build())
    };
    by_status
        .iter()
        .map(|(status, troubles)| (status.clone(), response(troubles)))
        .collect()
}

fn wrong() -> Trouble {
    let phrases = &Phrases::built_in(Language::English).api;
    Trouble::Wrong(vec![Fault {
        pointer: Some("/text".to_owned()),
        parameter: None,
        detail: phrases.field_missing.clone(),
    }])
}
