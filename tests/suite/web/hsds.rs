//! The export for directories of services, held to the specification: names, required fields, and ids that lead somewhere.

use std::collections::BTreeSet;

use lots::config::WebSettings;
use lots::desk::{Origin, open};
use serde_json::Value;

use super::site::{HOME, Site, at_home};
use crate::stage::{provby, shipped_folder};

/// What the specification requires of each record, by the field that holds it.
const REQUIRED: [(&str, &[&str]); 12] = [
    ("organizations", &["id", "name", "description"]),
    ("services", &["id", "name", "status"]),
    ("phones", &["id", "number"]),
    ("contacts", &["id"]),
    ("schedules", &["id"]),
    ("service_at_locations", &["id"]),
    ("location", &["id", "location_type"]),
    ("locations", &["id", "location_type"]),
    (
        "addresses",
        &[
            "id",
            "address_1",
            "city",
            "state_province",
            "postal_code",
            "country",
            "address_type",
        ],
    ),
    (
        "attributes",
        &["id", "link_id", "link_entity", "taxonomy_term_id"],
    ),
    ("taxonomy_terms", &["id", "name", "description"]),
    (
        "metadata",
        &[
            "id",
            "last_action_date",
            "last_action_type",
            "field_name",
            "previous_value",
            "replacement_value",
            "updated_by",
        ],
    ),
];

#[tokio::test]
async fn provby_is_a_directory_of_services() {
    let site = Site::with(provby(), at_home()).await;
    let export = export(&site, "").await;
    assert_eq!(export["language"], "sv");
    let of = |table: &str, name: &str| {
        let records = export[table].as_array().unwrap().iter();
        let found = records.clone().find(|r| r["name"] == name);
        found
            .unwrap_or_else(|| panic!("{name} is not among {table}"))
            .clone()
    };
    let (grant, office) = (of("services", "Lovpeng"), of("organizations", "Kundcenter"));
    assert_eq!(grant["organization_id"], office["id"]);
    assert_eq!(
        office["parent_organization_id"],
        of("organizations", "Provby kommun")["id"]
    );
    assert_eq!(grant["url"], format!("{HOME}/sv/bidrag/lovpeng"));
    assert_eq!(grant["status"], "active");
    assert_eq!(grant["assured_date"], "2026-11-02");
    assert!(grant["alert"].as_str().unwrap().contains("2021"), "{grant}");
    assert!(
        grant["eligibility_description"]
            .as_str()
            .unwrap()
            .contains("föreningar och nätverk")
    );
    assert!(
        grant["application_process"]
            .as_str()
            .unwrap()
            .contains("Skriv en plan")
    );
    assert_eq!(
        grant["fees_description"],
        Value::Null,
        "what is given is no fee"
    );
    assert_eq!(grant["contacts"][0]["name"], "Kundcenter");
    assert_eq!(grant["metadata"][0]["last_action_date"], "2026-11-02");
    let schedules = grant["schedules"].as_array().unwrap();
    let days: BTreeSet<&str> = schedules
        .iter()
        .map(|s| s["bymonthday"].as_str().unwrap())
        .collect();
    assert_eq!(days, BTreeSet::from(["30", "31"]));
    for schedule in schedules {
        assert_eq!(
            (&schedule["freq"], &schedule["interval"]),
            (&"MONTHLY".into(), &12.into())
        );
    }
    let term = export["taxonomy_terms"].as_array().unwrap().iter();
    let term = term.clone().find(|t| t["code"] == "grants").unwrap();
    assert_eq!(grant["attributes"][0]["taxonomy_term_id"], term["id"]);
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_base_keeps_to_the_specification_in_both_languages() {
    let base = open(&Origin::Folder(shipped_folder())).unwrap();
    let entries = base.knowledge().entries().len();
    let site = Site::with(base, WebSettings::default()).await;
    let mut ids_of = Vec::new();
    for language in ["sv", "en"] {
        let export = export(&site, &format!("?language={language}")).await;
        let mut wrong = Vec::new();
        let mut ids = BTreeSet::new();
        hold(&export, "", &mut ids, &mut wrong);
        lead_somewhere(&export, &ids, &mut wrong);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let count = |table: &str| export[table].as_array().unwrap().len();
        assert!(
            count("services") + count("organizations") > entries,
            "everything is there"
        );
        ids_of.push(ids);
    }
    assert_eq!(
        ids_of[0], ids_of[1],
        "ids are the same whatever the language"
    );
    site.close().await;
}

#[tokio::test]
async fn what_cannot_be_exported_is_said() {
    let site = Site::open().await;
    let answer = reqwest::get(site.url("/api/v1/entries/export?language=de"))
        .await
        .unwrap();
    assert_eq!(answer.status(), 422);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    site.close().await;
}

async fn export(site: &Site, query: &str) -> Value {
    let answer = reqwest::get(site.url(&format!("/api/v1/entries/export{query}")))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

/// Holds each record to what is required of it, and every id to being one of its own.
fn hold(value: &Value, table: &str, ids: &mut BTreeSet<String>, wrong: &mut Vec<String>) {
    match value {
        Value::Array(records) => records.iter().for_each(|r| hold(r, table, ids, wrong)),
        Value::Object(record) => {
            let required = REQUIRED.iter().find(|(name, _)| *name == table);
            for key in required.map_or(&[][..], |(_, keys)| keys) {
                if !record.get(*key).is_some_and(Value::is_string) {
                    wrong.push(format!("{table}: no {key} in {value}"));
                }
            }
            if let Some(id) = record.get("id").and_then(Value::as_str) {
                let groups: Vec<usize> = id.split('-').map(str::len).collect();
                if groups != [8, 4, 4, 4, 12] || !ids.insert(id.to_owned()) {
                    wrong.push(format!("{table}: {id} is no id, or not the only one"));
                }
            }
            record
                .iter()
                .for_each(|(key, value)| hold(value, key, ids, wrong));
        }
        _ => {}
    }
}

/// Holds every field that names another record to naming one that is there.
fn lead_somewhere(value: &Value, ids: &BTreeSet<String>, wrong: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|v| lead_somewhere(v, ids, wrong)),
        Value::Object(record) => {
            for (key, value) in record {
                if key.ends_with("_id") && !value.as_str().is_some_and(|id| ids.contains(id)) {
                    wrong.push(format!("{key} {value} leads nowhere"));
                }
                lead_somewhere(value, ids, wrong);
            }
        }
        _ => {}
    }
}
