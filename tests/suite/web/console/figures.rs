//! The figures: that they are those of what was asked, and what can be taken along.

use lots::desk::{Desk, Export, Role};

use super::{signed_in, staffed};
use crate::stage::{CRISIS, KNOWN, ROUTED, UNKNOWN, ask};
use crate::web::site::Site;

const FORMULA: &str = "=Hur många katter bor det på månen nu?";

async fn asked(site: &Site) {
    for text in [KNOWN, KNOWN, KNOWN, ROUTED, UNKNOWN, CRISIS, "hej"] {
        ask(site.desk(), &Desk::new_conversation(), text).await;
    }
}

#[tokio::test]
async fn the_figures_are_drawn_and_stand_in_tables() {
    let site = staffed().await;
    let mut rut = signed_in(&site, Role::Reader).await;
    let page = rut.open("/en/console/figures").await;
    page.says("There is nothing to show");
    page.does_not_say("<svg class=\"broad\"");
    asked(&site).await;
    let page = rut.open("/en/console/figures").await;
    for part in [
        "<dt>Questions</dt><dd>5</dd>",
        "<dt>Answered</dt><dd>60%</dd>",
        "<dt>To an office</dt><dd>20%</dd>",
        "<dt>No answer</dt><dd>20%</dd>",
        "<dt>Small talk</dt><dd>1</dd>",
        "Questions a day",
        "role=\"img\" aria-labelledby=\"asked-broad-title asked-broad-about\"",
        "<title id=\"asked-slender-title\">Questions a day</title>",
        "Bars. Most questions: 5,",
        "Show the figures",
        "Answers given most",
        "Hur många katter bor det på månen?",
        "Nobody has judged any question",
    ] {
        page.says(part);
    }
    page.does_not_say("Questions</h3>");
    let ways = [
        ("?language=en", "There is nothing to show"),
        ("?channel=discord", "There is nothing to show"),
        ("?kind=grants", "<dt>Questions</dt><dd>3</dd>"),
        (
            "?office=offices/byggkontoret",
            "<dt>To an office</dt><dd>100%</dd>",
        ),
        (
            "?from=2020-01-01&to=2020-12-31",
            "<dt>Questions</dt><dd>0</dd>",
        ),
        (
            "?from=nonsense&to=2020-12-31",
            "<dt>Questions</dt><dd>5</dd>",
        ),
    ];
    for (query, part) in ways {
        rut.open(&format!("/en/console/figures{query}"))
            .await
            .says(part);
    }
    let page = rut
        .open("/sv/konsol/figures?from=2026-01-01&to=2026-12-31")
        .await;
    page.says("Frågor per");
    site.close().await;
}

#[tokio::test]
async fn figures_are_taken_along_in_every_form() {
    let site = staffed().await;
    asked(&site).await;
    let mut rut = signed_in(&site, Role::Reader).await;
    let path = "/en/console/figures/export";
    let csv = rut.open(&format!("{path}?form=csv")).await;
    assert_eq!(csv.status, 200);
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    let name = csv.headers["content-disposition"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        name.starts_with("attachment; filename=\"lots-figures-20"),
        "{name}"
    );
    let mut reader = csv_of(&csv.text, b',');
    let heads: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        heads,
        ["figure", "from", "to", "by", "key", "name", "value"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let value = |figure: &str, by: &str, key: &str| {
        let row = rows
            .iter()
            .find(|r| (&r[0], &r[3], &r[4]) == (figure, by, key));
        row.map(|row| row[6].parse::<u64>().unwrap())
    };
    assert_eq!(value("questions", "", ""), Some(5));
    assert_eq!(value("answered", "channel", "web"), Some(3));
    assert_eq!(value("given", "entry", "grants/lovpeng"), Some(3));
    assert_eq!(value("routed", "office", "offices/byggkontoret"), Some(1));
    assert_eq!(value("waiting", "", ""), Some(2));
    assert!(!csv.text.contains("katter"), "no wording is in the figures");

    let excel = rut.open(&format!("{path}?form=excel")).await;
    assert!(
        excel.text.starts_with("\u{feff}figure;from;to;"),
        "{}",
        excel.text
    );
    let json = rut.open(&format!("{path}?form=json")).await;
    let lines: Vec<serde_json::Value> = serde_json::from_str(&json.text).unwrap();
    assert_eq!(lines.len(), rows.len());
    let questions = lines
        .iter()
        .find(|l| l["figure"] == "questions" && l["by"] == "")
        .unwrap();
    assert_eq!(questions["value"], 5);
    site.close().await;
}

#[tokio::test]
async fn questions_are_taken_by_editors_alone_and_the_trail_says_so() {
    let site = staffed().await;
    asked(&site).await;
    ask(site.desk(), &Desk::new_conversation(), FORMULA).await;
    let path = "/en/console/figures/questions";
    let mut rut = signed_in(&site, Role::Reader).await;
    rut.open("/en/console/figures")
        .await
        .does_not_say("figures/questions");
    assert_eq!(rut.submit(path, &[("form", "csv")]).await.status, 403);
    let mut eva = signed_in(&site, Role::Editor).await;
    eva.open("/en/console/figures")
        .await
        .says("figures/questions");
    let csv = eva.submit(path, &[("form", "csv")]).await;
    assert_eq!(csv.status, 200, "{}", csv.text);
    let rows: Vec<csv::StringRecord> = csv_of(&csv.text, b',')
        .records()
        .map(Result::unwrap)
        .collect();
    let wordings: Vec<&str> = rows.iter().map(|row| &row[6]).collect();
    let formula = format!("'{FORMULA}");
    assert_eq!(wordings, [formula.as_str(), UNKNOWN, ROUTED]);
    let all = site.desk().export(Export::Csv).await.unwrap();
    let receipts = csv_of(&all, b',')
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect::<Vec<_>>();
    assert_eq!(receipts.len(), 3);
    let json = eva
        .submit(
            path,
            &[("form", "json"), ("office", "offices/byggkontoret")],
        )
        .await;
    let taken: Vec<serde_json::Value> = serde_json::from_str(&json.text).unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0]["wording"], ROUTED);
    for text in [&csv.text, &json.text] {
        assert!(
            receipts
                .iter()
                .all(|receipt| !text.contains(receipt.as_str()))
        );
    }
    let trail = eva.open("/en/console/audit").await;
    trail.says("Questions taken as a file");
    trail.does_not_say("katter");
    site.close().await;
}

fn csv_of(text: &str, between: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(between)
        .from_reader(text.as_bytes())
}
