//! The API as a program meets it.

mod asking;
mod callbacks;
mod paths;
mod reading;
mod refusing;

use lots::config::WebSettings;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

use super::site::Site;
use crate::stage::provby;

/// A site where nobody is held back.
pub(super) async fn open() -> Site {
    let settings = WebSettings {
        rate: 6_000,
        ..WebSettings::default()
    };
    Site::with(provby(), settings).await
}

pub(super) fn request(site: &Site, method: Method, path: &str) -> RequestBuilder {
    reqwest::Client::new().request(method, site.url(&format!("/api/v1{path}")))
}

/// The status and the JSON of an answer.
pub(super) async fn send(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let kind = response.headers()["content-type"].to_str().unwrap();
    let expected = if status.is_success() {
        "application/json"
    } else {
        "application/problem+json"
    };
    assert_eq!(kind, expected);
    (status, response.json().await.unwrap())
}

pub(super) async fn post(site: &Site, path: &str, body: &Value) -> (StatusCode, Value) {
    send(request(site, Method::POST, path).json(body)).await
}

pub(super) async fn get(site: &Site, path: &str) -> (StatusCode, Value) {
    send(request(site, Method::GET, path)).await
}

/// The blocks of a kind.
pub(super) fn blocks<'a>(answer: &'a Value, kind: &str) -> Vec<&'a Value> {
    let all = answer["blocks"].as_array().unwrap().iter();
    all.filter(|b| b["block"] == kind).collect()
}

/// Where the faults of a problem are.
pub(super) fn faults(problem: &Value) -> Vec<&str> {
    let errors = problem["errors"].as_array().unwrap().iter();
    errors
        .map(|e| e["pointer"].as_str().or(e["parameter"].as_str()).unwrap())
        .collect()
}
