//! As in production: no proxy, the library's own limiter, `https://discord.com`; only the name leads to loopback.

use std::time::Duration;

use super::stand_in::{Fault, Options};
use super::town::Town;
use crate::stage::KNOWN;

const WAIT: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread")]
async fn without_a_proxy_the_limiter_waits_and_failures_are_tried_again() {
    let town = disguised().await;
    let ada = town.discord.person("Ada");
    let path = "POST /channels/*/messages";
    for fault in [
        Fault::RouteLimit(WAIT),
        Fault::GlobalLimit(WAIT),
        Fault::BareLimit(WAIT),
    ] {
        town.discord.fault(path, 1, fault);
        let before = town.discord.requests(path).len();
        let asked = town.mention(&ada, KNOWN);
        town.discord.answer_to(&asked).await;
        let requests = &town.discord.requests(path)[before..];
        assert_eq!(requests.len(), 2, "{fault:?}");
        let waited = requests[1].at - requests[0].at;
        assert!(waited >= WAIT && waited < WAIT * 4, "{fault:?} {waited:?}");
    }
    for fault in [Fault::Broken(500), Fault::Lost(502)] {
        town.discord
            .fault("PATCH /webhooks/*/*/messages/@original", 1, fault);
        town.discord
            .fault("POST /interactions/*/*/callback", 1, fault);
        assert!(town.ask(&ada, KNOWN).await.text().contains("Lovpeng"));
    }
    let answer = town.ask(&ada, KNOWN).await;
    assert!(
        town.press(&ada, &answer, "När?")
            .await
            .text()
            .contains("31 mars")
    );
    town.end().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_proxy_the_connection_is_resumed_too() {
    let town = disguised().await;
    let ada = town.discord.person("Ada");
    town.discord.break_connections();
    let asked = town.mention(&ada, KNOWN);
    assert!(
        town.discord
            .answer_to(&asked)
            .await
            .text()
            .contains("Lovpeng är")
    );
}

/// A town whose lots believes that it talks to Discord itself.
async fn disguised() -> Town {
    let mut town = Town::open_with(
        Options {
            patience: Duration::from_secs(20),
            ..Options::default()
        },
        |_, _| {},
    )
    .await;
    let disguise = town.discord.disguise().await;
    let certificate = reqwest::Certificate::from_der(&disguise.certificate).unwrap();
    let client = reqwest::Client::builder()
        .resolve("discord.com", disguise.address)
        .add_root_certificate(certificate)
        .build()
        .unwrap();
    town.settings.proxy = None;
    town.restart(Some(client)).await;
    town
}
