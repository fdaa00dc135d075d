//! Many at once for a while, on the built program.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::operations::Serving;
use crate::stage::{CRISIS, KNOWN, Program, ROUTED, UNKNOWN};

const CLIENTS: usize = 200;
const TIME: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half a minute; `tests/contract/run` runs it"]
async fn two_hundred_ask_for_half_a_minute_and_each_is_answered() {
    let program = Program::new();
    let settings = "[web]\nrate = 6000\ntrusted_proxies = [\"127.0.0.1\"]\n";
    std::fs::write(program.folder().join("lots.toml"), settings).unwrap();
    let serving = Arc::new(Serving::start(&program, &[]).await);
    let began = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|number| tokio::spawn(client(number, Arc::clone(&serving), began)))
        .collect();
    let (mut asked, mut saved) = (0, 0);
    for client in clients {
        let (questions, receipts) = client.await.unwrap();
        asked += questions;
        saved += receipts;
    }
    assert!(
        asked >= CLIENTS && saved > 0,
        "{asked} were asked, {saved} saved"
    );
    let readiness = serving.readiness().await;
    assert_eq!(
        (&readiness["status"], &readiness["waiting"]),
        (&json!("ready"), &json!(0))
    );
    let serving = Arc::into_inner(serving).unwrap();
    serving.tell_to_end();
    let (status, log) = serving.ended().await;
    assert_eq!((status, log.contains("WARN")), (Some(0), false), "{log}");
}

/// Asks one question after another; how many, and how many of them were saved.
async fn client(number: usize, serving: Arc<Serving>, began: Instant) -> (usize, usize) {
    let client = reqwest::Client::new();
    let (mut asked, mut saved) = (0, 0);
    let mut last = None;
    while began.elapsed() < TIME {
        let text = [KNOWN, UNKNOWN, "Och när är sista dag?", CRISIS, ROUTED][asked % 5];
        let question = client
            .post(serving.url("/api/v1/ask"))
            .header(
                "x-forwarded-for",
                format!("10.0.{}.{}", number / 256, number % 256),
            )
            .json(&json!({ "text": text }));
        let answer = question.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{text}");
        let answer: serde_json::Value = answer.json().await.unwrap();
        asked += 1;
        if let Some(receipt) = answer["receipt"].as_str() {
            saved += 1;
            last = Some(receipt.to_owned());
        }
    }
    // What was given a receipt is there.
    if let Some(receipt) = last {
        let path = format!("/api/v1/receipts/{receipt}");
        let (status, text) = serving.get(&path).await.unwrap();
        assert_eq!(status, 200, "{text}");
    }
    (asked, saved)
}
