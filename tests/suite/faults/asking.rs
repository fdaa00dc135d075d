//! Those who ask while something goes wrong, and what they are held to have been told.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use crate::stage::{Program, UNKNOWN};

/// What someone was told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) conversation: String,
    /// The receipt, when the question was said to be saved.
    pub(super) receipt: Option<String>,
    pub(super) asked: Instant,
    pub(super) took: Duration,
}

/// Lets everyone ask as often as they can; who they are stands in a header, as behind a proxy.
pub(super) fn let_all_ask(program: &Program) {
    let settings = "[web]\nrate = 6000\ntrusted_proxies = [\"127.0.0.1\"]\n";
    std::fs::write(program.folder().join("lots.toml"), settings).unwrap();
}

/// Asks again and again what nobody knows, each time as someone else and in a new conversation, until nobody listens. Fails
/// when something else than an answer comes back.
pub(super) async fn ask_on(
    site: String,
    pause: Duration,
    told: UnboundedSender<Told>,
) -> Result<(), String> {
    static WHO: AtomicU32 = AtomicU32::new(0x0a00_0001);
    let client = reqwest::Client::new();
    while !told.is_closed() {
        let asked = Instant::now();
        let who = Ipv4Addr::from(WHO.fetch_add(1, Ordering::Relaxed));
        let question = client
            .post(format!("{site}/api/v1/ask"))
            .header("x-forwarded-for", who.to_string())
            .json(&json!({ "text": UNKNOWN }));
        let answer = question.send().await.map_err(|e| e.to_string())?;
        let status = answer.status();
        let answer: Value = answer.json().await.map_err(|e| e.to_string())?;
        if status != 200 || answer["decision"] != "unknown" {
            return Err(format!("{status}: {answer}"));
        }
        // Nobody listens any longer: that is the end.
        _ = told.send(Told {
            conversation: answer["conversation"].as_str().unwrap().to_owned(),
            receipt: answer["receipt"].as_str().map(str::to_owned),
            asked,
            took: asked.elapsed(),
        });
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

/// What is wrong with what the log holds, as receipts and conversations, for those who were told something.
pub(super) fn wrong_with(told: &[Told], kept: &[(String, String)]) -> Vec<String> {
    let by_receipt: BTreeMap<&str, &str> = kept
        .iter()
        .map(|(receipt, conversation)| (receipt.as_str(), conversation.as_str()))
        .collect();
    let shown = told
        .iter()
        .filter_map(|t| Some((t.receipt.as_deref()?, t.conversation.as_str())));
    shown
        .filter_map(
            |(receipt, conversation)| match by_receipt.get(receipt).copied() {
                Some(kept) if kept == conversation => None,
                Some(kept) => Some(format!("{receipt} is another's: {kept}")),
                None => Some(format!("{receipt} was shown and is gone")),
            },
        )
        .collect()
}
