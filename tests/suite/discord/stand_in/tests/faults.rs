//! What goes wrong on the way, seen through the proxy's address and as Discord itself.

use std::net::SocketAddr;
use std::time::Instant;

use super::*;

const WAIT: Duration = Duration::from_millis(700);
const SENDING: &str = "POST /channels/*/messages";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_meet_so_many_requests() {
    let stand_in = StandIn::start(Options::default()).await;
    let bot = Bot::log_in(&stand_in).await;
    let say = async || {
        let body = json!({ "content": "hej" });
        bot.http
            .send_message(stand_in.channel().into(), Vec::new(), &body)
            .await
    };
    let limits = [
        Fault::RouteLimit(WAIT),
        Fault::GlobalLimit(WAIT),
        Fault::BareLimit(WAIT),
    ];
    for fault in limits {
        stand_in.fault(SENDING, 1, fault);
        assert_eq!(refusal(say().await).0, 429, "{fault:?}");
        assert!(say().await.is_ok());
    }
    stand_in.fault(SENDING, 2, Fault::Broken(502));
    assert_eq!(refusal(say().await), (502, -1));
    stand_in.clear_faults();
    let before = stand_in.messages_in(stand_in.channel()).len();
    stand_in.fault("* *", 1, Fault::Lost(500));
    assert_eq!(refusal(say().await).0, 500);
    assert_eq!(stand_in.messages_in(stand_in.channel()).len(), before + 1);
    stand_in.fault(SENDING, 1, Fault::Slow(WAIT));
    let started = Instant::now();
    assert!(say().await.is_ok() && started.elapsed() >= WAIT);
    let statuses: Vec<_> = stand_in
        .requests(SENDING)
        .iter()
        .filter_map(|r| r.status)
        .collect();
    assert_eq!(statuses, [429, 200, 429, 200, 429, 200, 502, 500, 200]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_is_away_is_tried_until_it_is_back() {
    let stand_in = StandIn::start(Options::default()).await;
    let mut bot = Bot::log_in(&stand_in).await;
    stand_in.fault("GET /", 2, Fault::Broken(503));
    stand_in.break_connections();
    let asta = stand_in.person("asta");
    bot.is_ready().await;
    stand_in.say(&asta, stand_in.direct_messages(&asta), "hej");
    bot.hears_message_of(&asta).await;
    let attempts = stand_in.requests("GET /");
    let statuses: Vec<_> = attempts.iter().filter_map(|r| r.status).collect();
    assert_eq!(statuses, [101, 503, 503, 101]);
    assert!(attempts.is_sorted_by_key(|r| r.at));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clients_own_limiter_waits_as_it_is_told() {
    let stand_in = StandIn::start(Options::default()).await;
    let disguise = stand_in.disguise().await;
    let certificate = reqwest::Certificate::from_der(&disguise.certificate).unwrap();
    let address: SocketAddr = disguise.address;
    let client = reqwest::Client::builder()
        .use_rustls_tls()
        .resolve("discord.com", address)
        .add_root_certificate(certificate)
        .build()
        .unwrap();
    let http = HttpBuilder::new(stand_in.token()).client(client).build();
    let mut bot = Bot::start(http, INTENTS).await;
    bot.is_ready().await;
    let say = async || {
        let body = json!({ "content": "hej" });
        bot.http
            .send_message(stand_in.channel().into(), Vec::new(), &body)
            .await
    };
    for fault in [Fault::RouteLimit(WAIT), Fault::GlobalLimit(WAIT)] {
        stand_in.fault(SENDING, 1, fault);
        let started = Instant::now();
        assert!(say().await.is_ok());
        assert!(
            started.elapsed() >= WAIT,
            "{fault:?}: {:?}",
            started.elapsed()
        );
    }
    stand_in.fault(SENDING, 1, Fault::BareLimit(WAIT));
    assert_eq!(refusal(say().await).0, 429);
}
