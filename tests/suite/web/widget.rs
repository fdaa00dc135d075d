//! The script that other sites load, and the page that shows it.

use lots::config::WebSettings;
use reqwest::header::{
    CACHE_CONTROL, CONTENT_TYPE, COOKIE, ETAG, HeaderMap, IF_NONE_MATCH, SET_COOKIE,
};
use reqwest::{Response, StatusCode};

use super::site::Site;
use crate::stage::provby;

#[tokio::test]
async fn any_site_may_load_the_script_and_keep_it_for_an_hour() {
    let site = Site::open().await;
    let response = reqwest::get(site.url("/widget.js")).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let headers = response.headers().clone();
    assert_eq!(headers[CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert_eq!(headers[CACHE_CONTROL], "public, max-age=3600");
    assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
    assert!(!headers.contains_key(SET_COOKIE), "{headers:?}");
    assert!(response.bytes().await.unwrap().len() > 1_000);

    let known = again(&site, &headers).await;
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(known.headers()[ETAG], headers[ETAG]);
    assert!(known.bytes().await.unwrap().is_empty());
    site.close().await;
}

#[tokio::test]
async fn the_script_carries_what_it_says_in_every_language() {
    let site = Site::open().await;
    let script = script(&site).await;
    for sentence in [
        "Lots i Provby kommun",
        "Fråga lots",
        "Ask lots",
        "sparar jag frågan i 180 dagar",
        "Kundcenter",
        "wrong_subject",
    ] {
        assert!(script.contains(sentence), "{sentence} is not said");
    }
    let (swedish, english) = (script.find("Fråga lots"), script.find("Ask lots"));
    assert!(swedish < english, "the language of the base comes first");
    site.close().await;
}

/// What a host with a strict policy would refuse, and what would let a text be read as HTML.
#[tokio::test]
async fn the_script_builds_everything_of_elements_and_text() {
    let site = Site::open().await;
    let script = script(&site).await;
    let forbidden = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
        "DOMParser",
        "document.cookie",
        "localStorage",
        "setAttribute(\"style\"",
    ];
    let found: Vec<&str> = forbidden
        .into_iter()
        .filter(|f| script.contains(f))
        .collect();
    assert!(found.is_empty(), "{found:?}");
    site.close().await;
}

#[tokio::test]
async fn the_page_shows_the_line_with_the_address_that_residents_use() {
    let settings = WebSettings {
        address: Some("https://lots.example.se".to_owned()),
        ..WebSettings::default()
    };
    let site = Site::with(provby(), settings).await;
    for (path, language) in [("/widget", "sv"), ("/sv/panel", "sv"), ("/en/panel", "en")] {
        let page = reqwest::get(site.url(path)).await.unwrap();
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let page = page.text().await.unwrap();
        assert!(
            page.contains(&format!("<html lang=\"{language}\"")),
            "{page}"
        );
        let line = format!(
            "&lt;script src=&quot;https://lots.example.se/widget.js&quot; data-lang=&quot;{language}&quot; defer&gt;"
        );
        assert!(page.contains(&line), "{path}: {page}");
        assert!(
            page.contains("connect-src https://lots.example.se"),
            "{page}"
        );
    }
    site.close().await;
}

async fn script(site: &Site) -> String {
    let response = reqwest::get(site.url("/widget.js")).await.unwrap();
    response.text().await.unwrap()
}

/// Asks for the script as a browser that has it.
async fn again(site: &Site, headers: &HeaderMap) -> Response {
    let request = reqwest::Client::new().get(site.url("/widget.js"));
    let request = request.header(IF_NONE_MATCH, &headers[ETAG]);
    request.header(COOKIE, "a=b").send().await.unwrap()
}
