//! Logging in, and all the ways in which a connection ends.

use serenity::all::GatewayIntents;
use serenity::gateway::GatewayError;

use super::*;

/// A quick heart, so that a lost beat is soon missed.
const QUICK: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_logs_in_and_stays() {
    let stand_in = StandIn::start(Options {
        heartbeat: QUICK,
        ..Options::default()
    })
    .await;
    let role = stand_in.role("personal");
    let other = stand_in.add_channel("personalrum");
    let mut bot = Bot::start(http(&stand_in), INTENTS).await;
    let guild = bot.hears(|heard| match heard {
        Heard::Guild(guild) => Some(guild),
        _ => None,
    });
    let guild = guild.await;
    assert_eq!(guild.id, stand_in.guild());
    assert!(guild.roles.contains_key(&role.into()));
    assert!(
        [stand_in.channel(), other]
            .iter()
            .all(|c| guild.channels.contains_key(&(*c).into()))
    );
    stand_in
        .wait_for("heartbeats", |world| (world.heartbeats() > 2).then_some(()))
        .await;
    let identified = stand_in.identified();
    assert_eq!((identified.len(), identified[0].intents), (1, INTENTS));
    assert_eq!(
        bot.http.get_current_user().await.unwrap().id,
        stand_in.bot_user()
    );
    let application = bot.http.get_current_application_info().await.unwrap();
    assert_eq!(application.id, stand_in.application());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_connection_is_resumed_and_nothing_is_lost() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    type Break = fn(&StandIn);
    let breaks: [Break; 4] = [
        StandIn::break_connections,
        StandIn::ask_to_reconnect,
        |stand_in| stand_in.invalidate_sessions(true),
        |stand_in| stand_in.close_connections(4000),
    ];
    for (i, breaks) in breaks.iter().enumerate() {
        breaks(&stand_in);
        stand_in.say(&asta, stand_in.direct_messages(&asta), "hej");
        assert_eq!(
            bot.hears_message_of(&asta).await.content,
            "hej",
            "break {i}"
        );
    }
    let resumed = stand_in.resumed();
    assert_eq!(resumed.len(), breaks.len());
    // What was said may have come just before the break; then there is nothing to send again.
    assert!(resumed.iter().all(|r| r.accepted), "{resumed:?}");
    assert_eq!(stand_in.identified().len(), 1);
    stand_in.look(|world| assert_eq!(world.closed(), [4000]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_is_gone_is_begun_anew() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    stand_in.invalidate_sessions(false);
    bot.is_ready().await;
    stand_in.forget_sessions();
    stand_in.break_connections();
    bot.is_ready().await;
    let resumed = stand_in.resumed();
    assert_eq!(resumed.len(), 1);
    assert!(
        resumed.iter().all(|r| !r.accepted && r.replayed == 0),
        "{resumed:?}"
    );
    let began: Vec<_> = stand_in.identified().iter().map(|i| i.at).collect();
    assert_eq!(began.len(), 3);
    assert!(
        began
            .windows(2)
            .all(|pair| pair[1] - pair[0] > Duration::from_secs(1))
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zombie_is_left() {
    let stand_in = StandIn::start(Options {
        heartbeat: QUICK,
        ..Options::default()
    })
    .await;
    let mut bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    stand_in.stop_acknowledging();
    bot.is_ready().await;
    stand_in.ready().await;
    assert_eq!(stand_in.identified().len(), 2);
    stand_in.say(&asta, stand_in.direct_messages(&asta), "hej");
    bot.hears_message_of(&asta).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_and_a_forbidden_intent_end_it() {
    let stand_in = StandIn::start(Options::default()).await;
    let content = INTENTS | GatewayIntents::MESSAGE_CONTENT;
    let bot = Bot::start(http(&stand_in), content).await;
    let ended = bot.running.await.unwrap().unwrap_err();
    let disallowed = serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents);
    assert_eq!(ended.to_string(), disallowed.to_string());

    let wrong = Bot::start(http_with_token(&stand_in, "another"), INTENTS).await;
    assert_eq!(refusal(wrong.running.await.unwrap()), (401, 0));
    // Who does not ask how many shards to have only finds out at the gateway.
    let mut client = ClientBuilder::new_with_http(http_with_token(&stand_in, "another"), INTENTS);
    client = client.event_handler(Ear(unbounded_channel().0));
    let ended = client.await.unwrap().start().await.unwrap_err();
    let refused = serenity::Error::Gateway(GatewayError::InvalidAuthentication);
    assert_eq!(ended.to_string(), refused.to_string());
    stand_in.look(|world| assert_eq!(world.closed(), [4014, 4004]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_shards_hear_each_its_own() {
    let stand_in = StandIn::start(Options {
        shards: 2,
        ..Options::default()
    })
    .await;
    let mut bot = Bot::log_in(&stand_in).await;
    let shards: Vec<_> = stand_in.identified().iter().map(|i| i.shard).collect();
    assert_eq!(shards, [(0, 2), (1, 2)]);
    let asta = stand_in.person("asta");
    for (channel, expected) in [
        (stand_in.direct_messages(&asta), 0),
        (stand_in.channel(), 1),
    ] {
        let said = stand_in.say(&asta, channel, "hej");
        let shard = bot.hears(|heard| match heard {
            Heard::Message(shard, message) if message.id == said.id => Some(shard),
            _ => None,
        });
        assert_eq!(shard.await, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn intents_decide_what_is_heard() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    let asta = stand_in.person("asta");
    let mention = format!("<@{}> hej", stand_in.bot_user());
    stand_in.say(&asta, stand_in.channel(), "hej alla");
    stand_in.say(&asta, stand_in.channel(), &mention);
    let mut heard = [
        bot.hears_message_of(&asta).await,
        bot.hears_message_of(&asta).await,
    ];
    heard.sort_by_key(|message| message.id);
    let contents = heard.each_ref().map(|message| message.content.as_str());
    assert_eq!(
        contents,
        ["", &mention],
        "no intent to read what does not concern the bot"
    );

    let guild_only = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::start(http(&stand_in), guild_only).await;
    stand_in.ready().await;
    stand_in.say(&asta, stand_in.direct_messages(&asta), "hej");
    let said = stand_in.say(&asta, stand_in.channel(), "hej alla");
    assert_eq!(bot.hears_message_of(&asta).await.id, said.id);
}
