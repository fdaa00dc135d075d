//! Searching what there is to read.

use super::html::Page;
use super::site::Site;
use crate::stage::CRISIS;

#[tokio::test]
async fn a_search_finds_what_is_meant_however_it_is_spelt() {
    let site = Site::open().await;
    for (query, found) in [
        ("lovpeng", "/sv/bidrag/lovpeng"),
        ("lovpäng", "/sv/bidrag/lovpeng"),
        ("pengar till konsert", "/sv/bidrag/scenpeng"),
        ("hyra lokal", "/sv/guider/lana-lokal"),
        ("bygglov", "/sv/forvaltningar/byggkontoret"),
    ] {
        let page = search(&site, "/sv/lista", query).await;
        assert_eq!(page.status, 200);
        let hits = page.hits();
        assert!(hits.iter().any(|l| l == found), "{query}: {hits:?}");
        assert_eq!(page.robots(), ["noindex"]);
        assert_eq!(page.attribute("input[type=search]", "value"), [query]);
    }
    let first = search(&site, "/en/browse", "lovpeng").await.hits();
    assert_eq!(first[0], "/en/grants/lovpeng");
    site.close().await;
}

#[tokio::test]
async fn what_nothing_fits_leads_to_the_conversation() {
    let site = Site::open().await;
    let query = "kvantfysik & \"katter\" <på> månen";
    let page = search(&site, "/sv/lista", query).await;
    assert_eq!(page.hits(), [] as [String; 0], "{}", page.text());
    assert!(
        page.text().contains("Det finns inget att läsa om"),
        "{}",
        page.text()
    );
    let link = page
        .links()
        .into_iter()
        .find(|l| l.starts_with("/sv/?q="))
        .unwrap();
    let talk = Page::get(&site, &link).await;
    assert!(
        talk.texts("textarea").contains(&query.to_owned()),
        "{}",
        talk.body
    );
    site.close().await;
}

#[tokio::test]
async fn whoever_searches_in_need_is_shown_help_and_nothing_else() {
    let site = Site::open().await;
    let page = search(&site, "/sv/lista", CRISIS).await;
    assert!(page.links().iter().any(|l| l == "tel:112"), "{}", page.body);
    assert!(
        !page.body.contains(CRISIS),
        "what they wrote is not repeated"
    );
    assert!(page.hits().is_empty());
    site.close().await;
}

#[tokio::test]
async fn hostile_searches_are_only_text() {
    let site = Site::open().await;
    let long = "ö".repeat(4_000);
    for query in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE questions; --",
        "{{7*7}} ${7*7} {query}",
        "\u{0}\u{202e}\u{feff}",
        "\r\nSet-Cookie: a=b",
        "💩💩💩",
        &long,
    ] {
        let page = search(&site, "/sv/lista", query).await;
        assert_eq!(page.status, 200, "{query:?}");
        for part in ["<script>alert", "<img src=x", "49"] {
            assert!(!page.body.contains(part), "{query:?}: {}", page.body);
        }
    }
    for nothing in ["", "   ", "\t\n"] {
        let page = search(&site, "/sv/lista", nothing).await;
        assert_eq!(page.texts("h1"), ["Allt som finns att läsa"]);
    }
    // What is no query is none, or is refused; it is never an error of the server's.
    for path in [
        "/sv/lista?q",
        "/sv/lista?q=%FF",
        "/sv/lista?q=a&q=b",
        "/sv/lista?x=1",
        "/sv/lista?q[]=a",
    ] {
        let status = reqwest::get(site.url(path)).await.unwrap().status();
        assert!(
            status.is_success() || status.is_client_error(),
            "{path}: {status}"
        );
    }
    site.close().await;
}

async fn search(site: &Site, path: &str, query: &str) -> Page {
    let url = reqwest::Url::parse_with_params(&site.url(path), [("q", query)]).unwrap();
    Page::of(reqwest::get(url).await.unwrap()).await
}
