//! To be called, as a program asks for it.

use lots::desk::Desk;
use lots::knowledge::BestTime;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{faults, open, post, request, send};
use crate::stage::{CRISIS, ROUTED, bytes_of, holds, waiting};

const NUMBER: &str = "070-174 06 05";

#[tokio::test]
async fn a_program_is_told_who_calls_and_by_when_and_erases_it_with_the_conversation() {
    let site = open().await;
    let asked =
        json!({ "subject": ROUTED, "address": NUMBER, "language": "en", "best_time": "midday" });
    let (status, told) = post(&site, "/call-backs", &asked).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let promise = &told["promise"];
    assert_eq!(promise["office"], "offices/byggkontoret");
    assert_eq!(
        (&promise["by"], &promise["time"]),
        (&json!("phone"), &json!("11:00"))
    );
    let text = promise["text"].as_str().unwrap();
    let receipt = promise["receipt"].as_str().unwrap();
    assert!(text.contains(receipt), "{text}");
    assert_eq!(waiting(site.desk()).await[0].best_time, BestTime::Midday);
    let looked_up = request(&site, Method::GET, &format!("/receipts/{receipt}"));
    let (status, found) = send(looked_up).await;
    assert_eq!((status, &found["state"]), (StatusCode::OK, &json!("open")));
    assert!(text.contains("Building office calls you by "), "{text}");
    assert!(
        promise["day"]
            .as_str()
            .unwrap()
            .parse::<jiff::civil::Date>()
            .is_ok()
    );

    let conversation = told["conversation"].as_str().unwrap();
    let by_mail = json!({
        "subject": "x", "address": "anna@provby.example", "office": "offices/kundcenter", "conversation": conversation,
    });
    let (_, told) = post(&site, "/call-backs", &by_mail).await;
    let promise = &told["promise"];
    assert_eq!(
        (&promise["by"], promise.get("time")),
        (&json!("email"), None),
        "{told}"
    );

    assert!(holds(&bytes_of(site.folder()), NUMBER));
    let path = format!("/conversations/{conversation}");
    send(request(&site, Method::DELETE, &path)).await;
    let bytes = bytes_of(site.folder());
    assert!(!holds(&bytes, NUMBER) && !holds(&bytes, "anna@provby.example"));
    site.close().await;
}

#[tokio::test]
async fn a_fourth_is_refused_and_someone_in_need_is_answered() {
    let site = open().await;
    let conversation = Desk::new_conversation();
    let ask = async |subject: &str| {
        let asked = json!({ "subject": subject, "address": NUMBER, "conversation": conversation });
        post(&site, "/call-backs", &asked).await
    };
    for subject in ["one", "two", "three", "three"] {
        assert_eq!(ask(subject).await.0, StatusCode::OK);
    }
    let (status, problem) = ask("four").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(faults(&problem), ["/conversation"]);

    let wrong = json!({ "subject": "x", "address": NUMBER, "best_time": "night" });
    let (_, problem) = post(&site, "/call-backs", &wrong).await;
    assert_eq!(faults(&problem), ["/best_time"]);
    let gone = json!({ "subject": "x", "address": NUMBER, "office": "offices/gone" });
    let (status, problem) = post(&site, "/call-backs", &gone).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(problem["type"], "/api/problems#no-entry");

    let (status, told) = ask(CRISIS).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["answer"]["decision"], "crisis");
    assert!(told.get("promise").is_none());
    assert!(!holds(&bytes_of(site.folder()), "Kvarnbacken"));
    site.close().await;
}
