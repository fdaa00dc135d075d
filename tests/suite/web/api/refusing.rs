//! What is refused, and how that is told.

use lots::config::WebSettings;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{faults, get, open, request, send};
use crate::stage::{KNOWN, provby};
use crate::web::site::Site;

#[tokio::test]
async fn what_is_wrong_is_told_all_at_once_where_it_is_and_in_ones_own_language() {
    let site = open().await;
    let long = "å".repeat(2_001);
    let remark = "å".repeat(301);
    let talk = "7F3K2QX8M4T9WA5C7R3N6PE2HV9B";
    #[rustfmt::skip]
    let cases: &[(&str, Value, &[&str])] = &[
        ("/ask", json!({}), &["/text"]),
        ("/ask", json!({ "text": "  " }), &["/text"]),
        ("/ask", json!({ "text": 1 }), &["/text"]),
        ("/ask", json!({ "text": null }), &["/text"]),
        ("/ask", json!({ "text": long }), &["/text"]),
        ("/ask", json!({ "text": "hej", "a/b~c": 1 }), &["/a~1b~0c"]),
        ("/ask", json!({ "text": "hej", "language": "fi" }), &["/language"]),
        ("/ask", json!({ "text": "hej", "conversation": "1" }), &["/conversation"]),
        ("/ask", json!({ "text": "hej", "conversation": talk.to_lowercase() }), &["/conversation"]),
        ("/ask", json!({ "txt": "hej", "conversation": 1, "language": 2 }), &["/language", "/conversation", "/text", "/txt"]),
        ("/ask", json!([]), &[""]),
        ("/ask", json!("hej"), &[""]),
        ("/show", json!({ "entry": "Grants/x", "facet": "why" }), &["/entry", "/facet"]),
        ("/show", json!({}), &["/entry"]),
        ("/feedback", json!({}), &["/conversation", "/entry", "/helpful"]),
        ("/feedback", json!({ "conversation": talk, "entry": "grants/lovpeng", "helpful": "no" }), &["/helpful"]),
        ("/feedback", json!({ "conversation": talk, "entry": "grants/lovpeng", "helpful": false, "reason": "ugly", "remark": remark }),
            &["/reason", "/remark"]),
        ("/call-backs", json!({}), &["/subject", "/address"]),
        ("/call-backs", json!({ "subject": "x", "address": "ring" }), &["/address"]),
        ("/call-backs", json!({ "subject": long, "address": "070-174 06 05" }), &["/subject"]),
        ("/call-backs", json!({ "subject": "x", "address": "070-174 06 05", "office": 1 }), &["/office"]),
    ];
    for (path, body, expected) in cases {
        for (language, title) in [
            ("sv", "Något i anropet stämmer inte"),
            ("en", "Something in the request is not right"),
        ] {
            let sent = request(&site, Method::POST, path).json(body);
            let (status, problem) = send(sent.header("accept-language", language)).await;
            assert_eq!(status, 422, "{body}");
            assert_eq!(problem["status"], 422);
            assert_eq!(problem["title"], title, "{body}");
            assert_eq!(problem["instance"], format!("/api/v1{path}"));
            assert_eq!(faults(&problem), *expected, "{body}");
            let errors = problem["errors"].as_array().unwrap();
            assert!(
                errors
                    .iter()
                    .all(|e| e["detail"].as_str().unwrap().ends_with(['.', '…']))
            );
        }
    }
    // The language that is asked for counts for more than the header.
    let asked = json!({ "text": "", "language": "en" });
    let sent = request(&site, Method::POST, "/ask").json(&asked);
    let (_, problem) = send(sent.header("accept-language", "sv")).await;
    assert_eq!(problem["title"], "Something in the request is not right");
    site.close().await;
}

#[tokio::test]
async fn what_is_no_json_is_refused_with_where() {
    let site = open().await;
    let raw = |kind: &'static str, body: &'static str| {
        request(&site, Method::POST, "/ask")
            .header("content-type", kind)
            .header("accept-language", "en")
            .body(body)
    };
    let (status, problem) = send(raw("application/json", "{\n  \"text\": \"hej\",\n}")).await;
    assert_eq!(
        (status, &problem["type"]),
        (StatusCode::BAD_REQUEST, &json!("/api/problems#broken-json"))
    );
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains("line 3, character 1"), "{detail}");
    let deep: &'static str = "[".repeat(10_000).leak();
    for body in ["", "{", "\u{feff}{}", "{\"text\": \"\\ud800\"}", deep] {
        let (status, _) = send(raw("application/json", body)).await;
        assert_eq!(status, 400);
    }
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "",
    ] {
        let (status, problem) = send(raw(kind, "{\"text\": \"hej\"}")).await;
        assert_eq!(
            (status, &problem["type"]),
            (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                &json!("/api/problems#not-json")
            )
        );
    }
    let (status, _) = send(raw(
        "Application/JSON; charset=utf-8",
        "{\"text\": \"hej\"}",
    ))
    .await;
    assert_eq!(status, 200);
    site.close().await;
}

#[tokio::test]
async fn addresses_that_are_not_there_and_methods_that_do_not_fit() {
    let site = open().await;
    for (path, kind) in [
        ("/entries/grants/finns-inte", "no-entry"),
        ("/entries/grants/..%2fpasswd", "no-entry"),
        ("/receipts/7F3K-2QX", "no-receipt"),
        ("/finns-inte", "no-page"),
        ("/receipts/%ff", "no-page"),
    ] {
        let (status, problem) = get(&site, path).await;
        assert_eq!(status, 404, "{path}");
        assert_eq!(problem["type"], format!("/api/problems#{kind}"), "{path}");
    }
    let (status, problem) = get(&site, "/receipts/hej").await;
    assert_eq!(
        (status, faults(&problem)),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["code"])
    );
    let response = request(&site, Method::GET, "/ask").send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["allow"]),
        (405, &"POST".parse().unwrap())
    );
    let (status, problem) = send(request(&site, Method::PUT, "/entries")).await;
    assert_eq!(
        (status, &problem["type"]),
        (
            StatusCode::METHOD_NOT_ALLOWED,
            &json!("/api/problems#wrong-method")
        )
    );
    site.close().await;
}

#[tokio::test]
async fn only_the_sites_that_are_named_may_use_it_from_a_browser() {
    let settings = WebSettings {
        origins: vec!["https://www.provby.example".to_owned()],
        rate: 1,
        ..WebSettings::default()
    };
    let site = Site::with(provby(), settings).await;
    let allowed = |response: &reqwest::Response| {
        let header = response.headers().get("access-control-allow-origin");
        header.map(|v| v.to_str().unwrap().to_owned())
    };
    for (origin, expected) in [
        (
            "https://www.provby.example",
            Some("https://www.provby.example"),
        ),
        ("https://www.provby.example.evil.example", None),
        ("http://www.provby.example", None),
        ("null", None),
    ] {
        let preflight = request(&site, Method::OPTIONS, "/ask")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type");
        let preflight = preflight.send().await.unwrap();
        assert_eq!(allowed(&preflight).as_deref(), expected, "{origin}");
        assert!(
            !preflight
                .headers()
                .contains_key("access-control-allow-credentials")
        );
        // Whoever is refused can read why, too.
        for status in [200, 429] {
            let asked = request(&site, Method::POST, "/ask").json(&json!({ "text": KNOWN }));
            let asked = asked.header("origin", origin).send().await.unwrap();
            assert!(asked.status() == status || asked.status() == 429);
            assert_eq!(allowed(&asked).as_deref(), expected, "{origin}");
        }
    }
    let page = reqwest::Client::new()
        .get(site.url("/healthz"))
        .header("origin", "https://www.provby.example");
    assert_eq!(allowed(&page.send().await.unwrap()), None);
    site.close().await;
}
