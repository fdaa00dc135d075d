//! The guided ways in, as a program goes along them.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{blocks, faults, get, open, post, request, send};
use crate::stage::{bytes_of, holds, provby};
use crate::web::site::{HOME, Site, at_home};

#[tokio::test]
async fn a_program_begins_a_way_in_and_goes_along_it() {
    let site = open().await;
    let (status, ways) = get(&site, "/paths?language=en").await;
    assert_eq!((status, &ways["language"]), (StatusCode::OK, &json!("en")));
    let names: Vec<&str> = ways["paths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|way| way["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["grants", "people", "idea", "influence", "call"]);
    let first = &ways["paths"][0];
    assert_eq!(first["title"], "Find a grant");

    let begun = json!({ "code": first["code"], "language": "en" });
    let (status, answer) = post(&site, "/follow", &begun).await;
    assert_eq!(
        (status, &answer["decision"]),
        (StatusCode::OK, &json!("path"))
    );
    assert!(blocks(&answer, "notice").len() == 1, "{answer}");
    let step = blocks(&answer, "step")[0];
    assert_eq!(step["ask"], "Who is applying?");
    let conversation = answer["conversation"].clone();
    let network = code_of(step, "network");

    // Typed or pressed, it leads on.
    let typed = json!({ "conversation": conversation, "text": "a school", "language": "en" });
    let (_, answer) = post(&site, "/ask", &typed).await;
    assert_eq!(answer["decision"], "path");
    let mut pressed = json!({ "conversation": conversation, "code": network, "language": "en" });
    let (_, mut answer) = post(&site, "/follow", &pressed).await;
    assert_eq!(answer["conversation"], conversation);
    while let [step] = blocks(&answer, "step")[..] {
        pressed["code"] = json!(code_of(step, "_"));
        answer = post(&site, "/follow", &pressed).await.1;
    }
    let fits: Vec<&Value> = blocks(&answer, "matches");
    assert_eq!(fits[0]["fit"], "fits");
    let found = &fits[0]["matches"][0];
    assert_eq!(
        (&found["entry"], &found["url"]),
        (&json!("grants/lovpeng"), &json!("/en/grants/lovpeng"))
    );
    let take = blocks(&answer, "take")[0];
    let page = reqwest::get(site.url(take["url"].as_str().unwrap())).await;
    assert_eq!(page.unwrap().status(), 200);
    let dates = reqwest::get(site.url(take["calendar_url"].as_str().unwrap())).await;
    let dates = dates.unwrap().text().await.unwrap();
    assert!(dates.starts_with("BEGIN:VCALENDAR"), "{dates}");

    let stop = json!({ "conversation": conversation, "code": "stop" });
    let (status, _) = post(&site, "/follow", &stop).await;
    assert_eq!(status, 200);
    site.close().await;
}

#[tokio::test]
async fn what_is_written_on_a_way_in_stands_in_no_code_and_is_kept_nowhere() {
    let site = Site::with(provby(), at_home()).await;
    let (_, answer) = post(&site, "/follow", &json!({ "code": "idea" })).await;
    let step = blocks(&answer, "step")[0];
    assert_eq!(step["writes"], true);
    let mut said =
        json!({ "conversation": answer["conversation"], "text": "En damm i Kvarnbacken" });
    let mut answer = post(&site, "/ask", &said).await.1;
    while let [step] = blocks(&answer, "step")[..] {
        assert!(!step.to_string().contains("Kvarnbacken"), "{step}");
        said["text"] = json!("vet inte");
        answer = post(&site, "/ask", &said).await.1;
    }
    assert!(answer["text"].as_str().unwrap().contains("Kvarnbacken"));
    // Nothing but this conversation can show it, so that no page of its own is offered.
    let take = blocks(&answer, "take")[0];
    assert!(take.get("url").is_none(), "{take}");

    let done = json!({ "code": "influence.meeting.young" });
    let (_, answer) = post(&site, "/follow", &done).await;
    let url = blocks(&answer, "take")[0]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(url, format!("{HOME}/sv/vagen?code=influence.meeting.young"));
    assert!(!holds(&bytes_of(site.folder()), "Kvarnbacken"));
    site.close().await;
}

#[tokio::test]
async fn what_leads_nowhere_is_refused() {
    let site = open().await;
    for code in ["castles", "grants.royalty", "grants.", "*"] {
        let (status, problem) = post(&site, "/follow", &json!({ "code": code })).await;
        assert_eq!(status, 404, "{code}");
        assert_eq!(problem["type"], "/api/problems#no-place");
    }
    for (body, wrong) in [
        (json!({}), "/code"),
        (json!({ "code": " " }), "/code"),
        (json!({ "code": 1 }), "/code"),
        (
            json!({ "code": "grants", "conversation": "x" }),
            "/conversation",
        ),
        (json!({ "code": "grants", "entry": "x" }), "/entry"),
    ] {
        let (status, problem) = post(&site, "/follow", &body).await;
        assert_eq!(
            (status, faults(&problem)),
            (StatusCode::UNPROCESSABLE_ENTITY, vec![wrong]),
            "{body}"
        );
    }
    let (status, problem) = get(&site, "/paths?languag=en").await;
    assert_eq!(
        (status, faults(&problem)),
        (StatusCode::UNPROCESSABLE_ENTITY, vec!["languag"])
    );
    let wrong = send(request(&site, Method::POST, "/paths").json(&json!({}))).await;
    assert_eq!(wrong.0, 405);
    site.close().await;
}

/// The code of what is pressed in a step for an answer: its last part.
#[track_caller]
fn code_of(step: &Value, answer: &str) -> String {
    let links = step["links"].as_array().unwrap().iter();
    let mut codes = links.map(|link| link["code"].as_str().unwrap());
    let found = codes.find(|code| code.ends_with(&format!(".{answer}")));
    found
        .unwrap_or_else(|| panic!("{answer}: {step}"))
        .to_owned()
}
