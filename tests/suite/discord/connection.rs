//! The connection: resumed, made anew, and given up with one clear sentence when Discord refuses for good.

use std::time::{Duration, Instant};

use lots::config::{Secret, Shards};

use super::stand_in::{Fault, Options};
use super::town::{Town, until};
use crate::stage::KNOWN;

/// Discord wants five seconds between two logins, and so does the client.
fn patient() -> Options {
    Options {
        heartbeat: Duration::from_secs(1),
        patience: Duration::from_secs(25),
        ..Options::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_while_the_connection_was_broken_is_answered() {
    let town = Town::open_with(patient(), |_, _| {}).await;
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
    assert!(town.discord.resumed().iter().all(|r| r.accepted));
    assert_eq!(
        town.discord.identified().len(),
        1,
        "resumed, not logged in anew"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lots_reconnects_when_it_is_asked_to_and_when_its_session_is_over() {
    let town = Town::open_with(patient(), |_, _| {}).await;
    let ada = town.discord.person("Ada");
    type Make = fn(&Town);
    let trouble: [(&str, Make); 4] = [
        ("op 7", |t| t.discord.ask_to_reconnect()),
        ("op 9, resumable", |t| t.discord.invalidate_sessions(true)),
        ("op 9", |t| t.discord.invalidate_sessions(false)),
        ("close 4000", |t| t.discord.close_connections(4000)),
    ];
    for (what, make) in trouble {
        let (before, resumed) = (
            town.discord.identified().len(),
            town.discord.resumed().len(),
        );
        make(&town);
        let again =
            || town.discord.identified().len() > before || town.discord.resumed().len() > resumed;
        until(what, again).await;
        town.discord.ready().await;
        let asked = town.mention(&ada, KNOWN);
        let text = town.discord.answer_to(&asked).await.text();
        assert!(text.contains("Lovpeng"), "{what}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_only_seems_alive_is_made_anew() {
    let town = Town::open_with(patient(), |_, _| {}).await;
    let ada = town.discord.person("Ada");
    town.discord.stop_acknowledging();
    let again = || town.discord.identified().len() > 1 || !town.discord.resumed().is_empty();
    until("a new connection", again).await;
    town.discord.ready().await;
    let asked = town.mention(&ada, KNOWN);
    assert!(
        town.discord
            .answer_to(&asked)
            .await
            .text()
            .contains("Lovpeng är")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_ends_the_channel_with_what_to_do() {
    let mut town = Town::start(Options::default(), |_, settings| {
        settings.token = Some(Secret::new("fel.token.hemligt"));
    })
    .await;
    let error = format!("{:#}", town.ended().await.unwrap_err());
    assert!(
        error.contains("LOTS_DISCORD_TOKEN") && error.contains("Bot"),
        "{error}"
    );
    assert!(
        !error.contains("hemligt") && error.lines().count() == 1,
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_refuses_while_connected_ends_the_channel_too() {
    for (code, part) in [
        (4004, "LOTS_DISCORD_TOKEN"),
        (4013, "page Bot"),
        (4014, "page Bot"),
    ] {
        let mut town = Town::open().await;
        town.discord.close_connections(code);
        let error = format!("{:#}", town.ended().await.unwrap_err());
        assert!(error.contains(part), "{code}: {error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_bot_keeps_several_connections() {
    let options = Options {
        shards: 2,
        ..patient()
    };
    let town = Town::open_with(options, |_, _| {}).await;
    let ada = town.discord.person("Ada");
    let shards: Vec<(u64, u64)> = town.discord.identified().iter().map(|i| i.shard).collect();
    assert_eq!(shards, [(0, 2), (1, 2)]);
    let here = town.mention(&ada, KNOWN);
    town.discord.answer_to(&here).await;
    let direct = town
        .discord
        .say(&ada, town.discord.direct_messages(&ada), KNOWN);
    town.discord.answer_to(&direct).await;

    let one = Town::open_with(patient(), |_, settings| settings.shards = Shards::Count(1)).await;
    assert_eq!(one.discord.identified()[0].shard, (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_gateway_of_the_proxy_is_dialled() {
    // Where the client's own question goes unanswered, it would fall back on Discord's gateway.
    let discord_is_away = |town: &Town| {
        town.discord
            .fault("GET /gateway", 1_000, Fault::Broken(500))
    };
    let mut town = Town::open().await;
    discord_is_away(&town);
    town.restart(None).await;
    let ada = town.discord.person("Ada");
    let asked = town.mention(&ada, KNOWN);
    town.discord.answer_to(&asked).await;
    assert_eq!(town.discord.identified().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn lots_waits_for_a_discord_that_is_away_and_ends_when_it_is_told_to() {
    let options = patient();
    let town = Town::start(options, |discord, _| {
        discord.fault("GET /oauth2/applications/@me", 5, Fault::Broken(503));
        discord.fault("PUT /applications/*/commands", 5, Fault::Broken(503));
    })
    .await;
    town.discord.ready().await;
    let registered = || town.discord.look(|w| !w.registered(true).is_empty());
    until("the commands to be registered", registered).await;
    let began = Instant::now();
    town.end().await.unwrap();
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );

    let away = Town::start(patient(), |discord, _| {
        discord.fault("GET /oauth2/applications/@me", 1_000, Fault::Broken(503));
    })
    .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    away.end().await.unwrap();
}
