//! When an office is open, wherever a contact is shown, and as programs read it.

use jiff::civil::{DateTime, date};
use serde_json::{Value, json};

use super::html::Page;
use super::site::Site;
use crate::stage::{ROUTED, provby, provby_but};

const OFFICE: &str = "/sv/forvaltningar/byggkontoret";

async fn at(moment: DateTime) -> Site {
    Site::at_time(provby(), moment).await
}

#[tokio::test]
async fn a_contact_says_whether_it_is_open_now_on_the_page_of_its_office_and_in_an_answer() {
    for (moment, sv, en) in [
        (
            date(2026, 11, 23).at(9, 30, 0, 0),
            "Öppet nu till 11:00 (måndag–fredag 09:00–11:00)",
            "Open now until 11:00 (Monday–Friday 09:00–11:00)",
        ),
        (
            date(2026, 6, 19).at(9, 30, 0, 0),
            "Stängt: midsommarafton. Öppnar måndag 09:00 (måndag–fredag 09:00–11:00)",
            "Closed: Midsummer's Eve. Opens on Monday at 09:00 (Monday–Friday 09:00–11:00)",
        ),
    ] {
        let site = at(moment).await;
        for (path, said) in [(OFFICE, sv), ("/en/offices/byggkontoret", en)] {
            let text = Page::get(&site, path).await.text();
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(said), "{said}: {text}");
        }
        let answer = post(&site, "/api/v1/ask", &json!({ "text": ROUTED })).await;
        assert_eq!(hours_in(&answer), [sv]);
        let read = get(&site, "/api/v1/entries/offices/byggkontoret?language=en").await;
        assert_eq!(hours_in(&read), [en]);
        site.close().await;
    }
}

#[tokio::test]
async fn who_has_stated_no_hours_says_nothing_of_them() {
    let site = at(date(2026, 11, 23).at(9, 30, 0, 0)).await;
    for path in ["/sv/forvaltningar/kundcenter", "/sv/bidrag/lovpeng"] {
        let text = Page::get(&site, path).await.text();
        assert!(!text.contains("Öppe"), "{path}: {text}");
    }
    site.close().await;
}

#[tokio::test]
async fn programs_read_the_hours_of_a_week() {
    let site = at(date(2026, 11, 23).at(9, 30, 0, 0)).await;
    let data = Page::get(&site, OFFICE).await.data();
    let graph = data[0]["@graph"].as_array().unwrap().clone();
    let office = graph
        .iter()
        .find(|t| t["@type"] == "GovernmentOffice")
        .unwrap();
    let hours = &office["openingHoursSpecification"][0];
    assert_eq!(
        (&hours["opens"], &hours["closes"]),
        (&json!("09:00"), &json!("11:00"))
    );
    assert_eq!(hours["dayOfWeek"].as_array().unwrap().len(), 5);
    assert_eq!(hours["dayOfWeek"][4], "https://schema.org/Friday");
    site.close().await;
}

#[tokio::test]
async fn hours_of_an_older_source_are_told_with_their_year_and_never_as_now() {
    let moment = date(2026, 11, 23).at(9, 30, 0, 0);
    let old = |text: String| {
        text.replace(
            "to = \"11:00\" }",
            "to = \"11:00\", by = \"phone\", year = 2021 }",
        )
    };
    let base = provby_but("offices/byggkontoret.md", old);
    let site = Site::at_time(base, moment).await;
    let page = Page::get(&site, OFFICE).await;
    let text = page.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "Telefontider måndag–fredag 09:00–11:00 (uppgift från 2021)";
    assert!(text.contains(said) && !text.contains("Öppet nu"), "{text}");
    let graph = page.data()[0]["@graph"].as_array().unwrap().clone();
    let office = graph
        .iter()
        .find(|t| t["@type"] == "GovernmentOffice")
        .unwrap();
    assert_eq!(office["openingHoursSpecification"], Value::Null);
    site.close().await;
}

#[tokio::test]
async fn a_directory_of_services_has_the_hours_of_a_place_and_of_a_service() {
    let visit = |text: String| {
        text.replace(
            "opening = [",
            "visit = { street = \"Storgatan 1\", place = \"Provby\" }\nopening = [",
        )
    };
    let base = provby_but("offices/byggkontoret.md", visit);
    let site = Site::at_time(base, date(2026, 11, 23).at(9, 30, 0, 0)).await;
    let export = get(&site, "/api/v1/entries/export").await;
    let organizations = export["organizations"].as_array().unwrap();
    let office = organizations
        .iter()
        .find(|o| o["name"] == "Byggkontoret")
        .unwrap();
    let schedule = &office["locations"][0]["schedules"][0];
    assert_eq!(schedule["byday"], "MO,TU,WE,TH,FR");
    assert_eq!(
        (&schedule["freq"], &schedule["opens_at"]),
        (&json!("WEEKLY"), &json!("09:00:00"))
    );
    assert_eq!(schedule["location_id"], office["locations"][0]["id"]);
    assert_eq!(schedule["service_id"], Value::Null);
    site.close().await;
}

async fn get(site: &Site, path: &str) -> Value {
    let answer = reqwest::get(site.url(path)).await.unwrap();
    answer.json().await.unwrap()
}

async fn post(site: &Site, path: &str, body: &Value) -> Value {
    let client = reqwest::Client::new();
    let answer = client.post(site.url(path)).json(body).send().await.unwrap();
    answer.json().await.unwrap()
}

/// What the contacts of an answer say of their hours, as people read it.
fn hours_in(answer: &Value) -> Vec<String> {
    let blocks = answer["blocks"].as_array().unwrap().iter();
    let ways = blocks
        .filter_map(|b| b["contact"]["ways"].as_array())
        .flatten();
    let hours = ways.filter(|w| w["label"] == "Öppettider" || w["label"] == "Opening hours");
    let said = |w: &Value| {
        format!(
            "{} ({})",
            w["value"].as_str().unwrap(),
            w["note"].as_str().unwrap()
        )
    };
    hours.map(said).collect()
}
