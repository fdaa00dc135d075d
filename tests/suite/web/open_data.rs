//! The page of the open data: there when it is switched on, and nowhere else.

use jiff::ToSpan;
use lots::config::WebSettings;
use lots::desk::Desk;
use serde_json::Value;

use super::site::{HOME, Site, at_home};
use crate::stage::{ROUTED, UNKNOWN, ask, provby};

const PATHS: [&str; 4] = [
    "/sv/oppna-data",
    "/en/open-data",
    "/sv/oppna-data.csv",
    "/api/v1/open-data",
];

async fn get(site: &Site, path: &str) -> (u16, String, String) {
    let response = reqwest::get(site.url(path)).await.unwrap();
    let kind = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (
        response.status().as_u16(),
        kind,
        response.text().await.unwrap(),
    )
}

#[tokio::test]
async fn it_is_nowhere_unless_it_is_switched_on() {
    let site = Site::open().await;
    for path in PATHS {
        let (status, _, text) = get(&site, path).await;
        assert_eq!(status, 404, "{path}");
        let is_page = !path.contains("/api/");
        assert_eq!(text.contains("noindex"), is_page, "{path}: {text}");
    }
    let (_, _, text) = get(&site, "/sv/oppna-data").await;
    assert!(text.contains("Öppna data är inte påslaget"), "{text}");
    for path in ["/sv/", "/sitemap.xml"] {
        assert!(!get(&site, path).await.2.contains("oppna-data"), "{path}");
    }
    site.close().await;
}

#[tokio::test]
async fn it_says_what_many_ask_in_every_form() {
    let settings = WebSettings {
        open_data: true,
        ..at_home()
    };
    let site = Site::on_a_day(provby(), settings, |today| today.saturating_add(1.days())).await;
    for _ in 0..6 {
        ask(site.desk(), &Desk::new_conversation(), ROUTED).await;
    }
    ask(site.desk(), &Desk::new_conversation(), UNKNOWN).await;
    let (status, _, page) = get(&site, "/sv/oppna-data").await;
    assert_eq!(status, 200);
    for part in [
        "Ämnen som vi bara räknar",
        "minst 5",
        "Byggkontoret",
        "CC0 1.0",
        "Så är siffrorna gjorda",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        !page.contains("bygglov till en altan") && !page.contains("katter"),
        "{page}"
    );
    let (_, data) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let data: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
    assert_eq!(data["@type"], "Dataset");
    assert_eq!(
        data["distribution"][0]["contentUrl"],
        format!("{HOME}/sv/oppna-data.csv")
    );

    let (status, kind, csv) = get(&site, "/en/open-data.csv").await;
    assert_eq!((status, kind.as_str()), (200, "text/csv; charset=utf-8"));
    let asked = csv.lines().filter(|line| line.contains("askers"));
    assert_eq!(asked.clone().count(), 2, "in all, and in the month: {csv}");
    assert!(
        asked
            .clone()
            .all(|line| line.ends_with(",offices/byggkontoret,yes,5")),
        "{csv}"
    );

    let (status, _, json) = get(&site, "/api/v1/open-data?language=en").await;
    assert_eq!(status, 200);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["floor"], 5);
    assert_eq!(json["topics"][0]["askers"], 5);
    assert_eq!(
        json["topics"][0]["topic"],
        "A question that waits for an answer"
    );
    for path in ["/sv/", "/sitemap.xml"] {
        assert!(
            get(&site, path).await.2.contains("/sv/oppna-data"),
            "{path}"
        );
    }
    site.close().await;
}
