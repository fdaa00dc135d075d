//! Reading the entries, and the documentation.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{blocks, faults, get, open};

#[tokio::test]
async fn the_entries_can_be_listed_searched_and_read() {
    let site = open().await;
    let titles = |found: &Value| -> Vec<String> {
        let all = found["entries"].as_array().unwrap().iter();
        all.map(|e| e["entry"].as_str().unwrap().to_owned())
            .collect()
    };
    let (status, all) = get(&site, "/entries").await;
    assert_eq!((status, &all["total"]), (StatusCode::OK, &json!(6)));
    let (_, second) = get(&site, "/entries?size=4&page=2").await;
    assert_eq!(titles(&second), titles(&all)[4..]);
    let (_, beyond) = get(&site, "/entries?page=10000").await;
    assert!(titles(&beyond).is_empty());
    let (_, grants) = get(&site, "/entries?kind=grants&language=en").await;
    assert_eq!(grants["total"], 2);
    assert_eq!(grants["entries"][0]["language"], "en");
    let (_, found) = get(&site, "/entries?q=lovpneg").await;
    assert_eq!(titles(&found)[0], "grants/lovpeng");
    let (_, found) = get(&site, "/entries?q=%20&kind=guides").await;
    assert_eq!(titles(&found), ["guides/lana-lokal"]);
    for (query, fault) in [
        ("size=0", "size"),
        ("size=201", "size"),
        ("page=x", "page"),
        ("page=99999999999999999999", "page"),
        ("kind=cats", "kind"),
        ("language=fi", "language"),
        ("sort=title", "sort"),
    ] {
        let (status, problem) = get(&site, &format!("/entries?{query}")).await;
        assert_eq!(
            (status, faults(&problem)),
            (StatusCode::UNPROCESSABLE_ENTITY, vec![fault])
        );
    }
    let (status, entry) = get(&site, "/entries/grants/lovpeng?language=sv").await;
    assert_eq!(
        (status, &entry["title"]),
        (StatusCode::OK, &json!("Lovpeng"))
    );
    assert_eq!(
        (&entry["standing"], &entry["reviewed"]),
        (&json!("confirm"), &json!("2026-11-02"))
    );
    assert!(blocks(&entry, "notice").is_empty());
    assert!(blocks(&entry, "section").len() >= 4);
    site.close().await;
}

#[tokio::test]
async fn the_document_describes_what_is_served() {
    let site = open().await;
    let (status, document) = get(&site, "/openapi.json").await;
    assert_eq!(
        (status, &document["openapi"]),
        (StatusCode::OK, &json!("3.1.0"))
    );
    let paths = document["paths"].as_object().unwrap();
    for (path, method) in [
        ("/api/v1/ask", "post"),
        ("/api/v1/show", "post"),
        ("/api/v1/feedback", "post"),
        ("/api/v1/call-backs", "post"),
        ("/api/v1/conversations/{conversation}", "delete"),
        ("/api/v1/receipts/{code}", "get"),
        ("/api/v1/entries", "get"),
        ("/api/v1/entries/{kind}/{name}", "get"),
    ] {
        let operation = &paths[path][method];
        assert!(operation["summary"].is_string(), "{path}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.contains_key("503") && responses.contains_key("500"),
            "{path}"
        );
        for (status, response) in responses.iter().filter(|(status, _)| *status != "200") {
            let examples = &response["content"]["application/problem+json"]["examples"];
            let examples = examples
                .as_object()
                .unwrap_or_else(|| panic!("{path} {status}"));
            assert!(
                examples
                    .values()
                    .all(|e| e["value"]["status"] == status.parse::<u16>().unwrap())
            );
        }
    }
    // Every schema that is referred to is there.
    let text = document.to_string();
    for named in text.split("#/components/schemas/").skip(1) {
        let name = named.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"][name].is_object(),
            "{name}"
        );
    }
    site.close().await;
}

#[tokio::test]
async fn the_documentation_is_a_page_of_our_own() {
    let site = open().await;
    let page = reqwest::get(site.url("/api")).await.unwrap();
    assert_eq!(
        (page.status(), page.url().path()),
        (StatusCode::OK, "/api/")
    );
    let text = page.text().await.unwrap();
    let files = text
        .split('"')
        .filter(|part| part.starts_with("/api/viewer/"));
    let mut count = 0;
    for file in files {
        let file = reqwest::get(site.url(file)).await.unwrap();
        assert_eq!(file.status(), 200);
        count += 1;
    }
    assert_eq!(count, 3);
    let missing = reqwest::get(site.url("/api/viewer/index.html"))
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
    let problems = reqwest::get(site.url("/api/problems")).await.unwrap();
    let problems = problems.text().await.unwrap();
    assert!(problems.contains("id=\"too-many\""), "{problems}");
    site.close().await;
}
