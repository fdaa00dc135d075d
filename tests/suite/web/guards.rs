//! What guards the site: nobody can take it from the others, by sending much, slowly, often or at once.

use std::net::SocketAddr;
use std::time::Duration;

use lots::config::WebSettings;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::site::Site;
use crate::stage::{CRISIS, KNOWN, provby};

/// A site that lets each client ask so often in a minute.
async fn with_rate(rate: u32) -> Site {
    let settings = WebSettings {
        rate,
        trusted_proxies: vec!["127.0.0.3".parse().unwrap()],
        ..WebSettings::default()
    };
    Site::with(provby(), settings).await
}

/// Someone at one of the addresses of this machine.
fn at(address: &str) -> reqwest::Client {
    let address: std::net::IpAddr = address.parse().unwrap();
    reqwest::Client::builder()
        .local_address(address)
        .build()
        .unwrap()
}

/// A connection from one of the addresses of this machine.
async fn connect(from: &str, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    socket.connect(to).await.unwrap()
}

async fn ask(site: &Site, client: &reqwest::Client, text: &str) -> reqwest::Response {
    let asked = client.post(site.url("/api/v1/ask"));
    asked.json(&json!({ "text": text })).send().await.unwrap()
}

#[tokio::test]
async fn each_client_has_a_rate_of_its_own_and_someone_in_need_none() {
    let site = with_rate(3).await;
    let (ada, bo) = (at("127.0.0.1"), at("127.0.0.2"));
    for _ in 0..3 {
        assert_eq!(ask(&site, &ada, KNOWN).await.status(), 200);
    }
    let refused = ask(&site, &ada, KNOWN).await;
    assert_eq!(refused.status(), 429);
    let seconds: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=20).contains(&seconds), "{seconds}");
    let problem: Value = refused.json().await.unwrap();
    assert!(
        problem["detail"]
            .as_str()
            .unwrap()
            .contains(&seconds.to_string()),
        "{problem}"
    );
    // Codes cannot be tried one after another either.
    let code = ada.get(site.url("/api/v1/receipts/7F3K-2QX"));
    assert_eq!(code.send().await.unwrap().status(), 429);

    let in_need: Value = ask(&site, &ada, CRISIS).await.json().await.unwrap();
    assert_eq!(in_need["decision"], "crisis");
    assert_eq!(ask(&site, &bo, KNOWN).await.status(), 200);
    site.close().await;
}

#[tokio::test]
async fn whoever_is_turned_away_on_the_page_keeps_what_they_wrote() {
    let site = with_rate(1).await;
    let client = at("127.0.0.1");
    let form = |text: &str| {
        let form = client.post(site.url("/en/ask")).form(&[("text", text)]);
        form.send()
    };
    assert_eq!(form(KNOWN).await.unwrap().status(), 200);
    let refused = form("What is <lovpeng>?").await.unwrap();
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    let page = refused.text().await.unwrap();
    assert!(page.contains("Try again in"), "{page}");
    assert!(page.contains("What is &lt;lovpeng&gt;?"), "{page}");
    let code = client.get(site.url("/en/receipt?code=7F3K-2QX"));
    assert_eq!(code.send().await.unwrap().status(), 429);
    let in_need = form(CRISIS).await.unwrap();
    assert_eq!(in_need.status(), 200);
    site.close().await;
}

#[tokio::test]
async fn for_whom_a_proxy_asks_counts_only_when_it_is_trusted() {
    let site = with_rate(1).await;
    let status = async |from: &str, forwarded: &str| {
        let asked = at(from)
            .post(site.url("/api/v1/ask"))
            .header("x-forwarded-for", forwarded);
        let asked = asked.json(&json!({ "text": KNOWN })).send().await.unwrap();
        asked.status().as_u16()
    };
    // Anyone can write the header.
    assert_eq!(status("127.0.0.2", "192.0.2.1").await, 200);
    assert_eq!(status("127.0.0.2", "192.0.2.2").await, 429);
    let proxy = "127.0.0.3";
    assert_eq!(status(proxy, "192.0.2.1").await, 200);
    assert_eq!(status(proxy, "192.0.2.2").await, 200);
    assert_eq!(status(proxy, "198.51.100.9, 192.0.2.2").await, 429);
    assert_eq!(status(proxy, "192.0.2.3, 127.0.0.3").await, 200);
    assert_eq!(status(proxy, "192.0.2.3").await, 429);
    // All of a network of IPv6 is one client.
    assert_eq!(status(proxy, "2001:db8::1").await, 200);
    assert_eq!(status(proxy, "2001:db8::2").await, 429);
    site.close().await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_what_is_just_not_is_taken() {
    let site = with_rate(6_000).await;
    let send = async |length: usize, chunked: bool| {
        let shell = r#"{"text":"hej","language":"sv"}"#.len();
        let body = format!(
            r#"{{"text":"hej","language":"sv"{}}}"#,
            " ".repeat(length - shell)
        );
        let asked = at("127.0.0.1")
            .post(site.url("/api/v1/ask"))
            .header("content-type", "application/json");
        let asked = if chunked {
            let parts: Vec<_> = body
                .into_bytes()
                .chunks(10_000)
                .map(|c| Ok(c.to_vec()))
                .collect();
            asked.body(reqwest::Body::wrap(Chunks(parts)))
        } else {
            asked.body(body)
        };
        asked.send().await.unwrap()
    };
    for chunked in [false, true] {
        assert_eq!(send(64 * 1024, chunked).await.status(), 200);
        for length in [64 * 1024 + 1, 500_000] {
            let refused = send(length, chunked).await;
            assert_eq!(refused.status(), 413, "{length}");
            let problem: Value = refused.json().await.unwrap();
            assert!(
                problem["detail"].as_str().unwrap().contains("64 kB"),
                "{problem}"
            );
        }
    }
    site.close().await;
}

/// A body of which nobody knows beforehand how long it is.
struct Chunks(Vec<Result<Vec<u8>, std::io::Error>>);

impl axum::body::HttpBody for Chunks {
    type Data = axum::body::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        std::task::Poll::Ready(
            next.map(|part| part.map(|part| hyper::body::Frame::data(part.into()))),
        )
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_on_to_connections_does_not_keep_out_the_others() {
    let site = with_rate(6_000).await;
    // One client opens far more connections than it may hold, and says nothing on any of them.
    let mut silent = Vec::new();
    for _ in 0..600 {
        silent.push(connect("127.0.0.2", site.address()).await);
    }
    let neighbour = at("127.0.0.1");
    assert_eq!(ask(&site, &neighbour, KNOWN).await.status(), 200);
    // Of those, the last were not let in.
    let mut byte = [0];
    let last = silent.last_mut().unwrap();
    assert!(matches!(last.read(&mut byte).await, Ok(0) | Err(_)));
    // When it lets go, there is room for it again.
    drop(silent);
    let again = at("127.0.0.2");
    let patience = Duration::from_secs(10);
    let let_in = crate::stage::becomes(patience, || async {
        again.get(site.url("/healthz")).send().await.is_ok()
    });
    assert!(let_in.await);
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_half_of_something_is_waited_for_only_so_long() {
    let site = with_rate(6_000).await;
    let mut halves = Vec::new();
    for (half, told) in [
        (
            "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{\"te",
            "408",
        ),
        ("GET /healthz HTTP/1.1\r\nHost: a\r\nX-Half: ", ""),
        ("", ""),
    ] {
        let mut stream = connect("127.0.0.2", site.address()).await;
        stream.write_all(half.as_bytes()).await.unwrap();
        halves.push(tokio::spawn(async move {
            let mut answer = String::new();
            // Until the site has closed the connection.
            _ = stream.read_to_string(&mut answer).await;
            assert!(answer.contains(told), "{half:?}: {answer}");
        }));
    }
    assert_eq!(ask(&site, &at("127.0.0.1"), KNOWN).await.status(), 200);
    for half in halves {
        let closed = tokio::time::timeout(Duration::from_secs(30), half).await;
        closed.expect("it is still waited for").unwrap();
    }
    site.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_as_a_request_costs_nobody_anything() {
    let site = with_rate(6_000).await;
    let many_headers = format!(
        "GET / HTTP/1.1\r\nHost: a\r\n{}\r\n",
        "X: y\r\n".repeat(500)
    );
    let long_line = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(500_000));
    for raw in [
        "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        many_headers.as_str(),
        long_line.as_str(),
    ] {
        let mut stream = connect("127.0.0.2", site.address()).await;
        // The site may have had enough before everything is written.
        _ = stream.write_all(raw.as_bytes()).await;
        _ = stream.shutdown().await;
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer).await;
        assert!(!answer.starts_with(b"HTTP/1.1 2"), "{raw:.80}");
        assert!(!answer.starts_with(b"HTTP/1.1 500"), "{raw:.80}");
    }
    assert_eq!(ask(&site, &at("127.0.0.1"), KNOWN).await.status(), 200);
    site.close().await;
}

#[tokio::test]
async fn every_answer_says_what_it_may_load_and_who_may_keep_it() {
    let site = with_rate(6_000).await;
    let client = at("127.0.0.1");
    for (path, status) in [
        ("/healthz", 200),
        ("/api/v1/entries", 200),
        ("/api/v1/finns-inte", 404),
        ("/finns-inte", 404),
        ("/assets/style.css", 200),
        ("/api/", 200),
    ] {
        let answer = client.get(site.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        let head = answer.headers();
        let says = |name: &str| head.get(name).map_or("", |v| v.to_str().unwrap());
        let policy = says("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("http"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(says("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(says("x-frame-options"), "DENY", "{path}");
        assert_eq!(says("referrer-policy"), "same-origin", "{path}");
        assert!(says("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(says("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(!says("cross-origin-resource-policy").is_empty(), "{path}");
        assert!(!says("cache-control").is_empty(), "{path}");
        assert_eq!(
            says("strict-transport-security"),
            "",
            "it is not served over TLS"
        );
        assert_eq!(says("server"), "");
    }
    let asked = ask(&site, &client, KNOWN).await;
    assert_eq!(asked.headers()["cache-control"], "no-store");
    site.close().await;

    let secure = WebSettings {
        address: Some("https://lots.provby.example".to_owned()),
        ..WebSettings::default()
    };
    let site = Site::with(provby(), secure).await;
    let answer = client.get(site.url("/healthz")).send().await.unwrap();
    assert_eq!(
        answer.headers()["strict-transport-security"],
        "max-age=31536000"
    );
    site.close().await;
}

#[tokio::test]
async fn what_is_everyones_is_compressed_and_what_is_someones_is_not() {
    let site = with_rate(6_000).await;
    let client = at("127.0.0.1");
    let encoding = async |request: reqwest::RequestBuilder| {
        let answer = request
            .header("accept-encoding", "gzip")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.headers().contains_key("content-encoding")
    };
    assert!(encoding(client.get(site.url("/api/v1/openapi.json"))).await);
    let ask = client
        .post(site.url("/api/v1/ask"))
        .json(&json!({ "text": KNOWN }));
    assert!(!encoding(ask).await);
    let someones = client
        .get(site.url("/api/v1/openapi.json"))
        .header("cookie", "lots=1");
    assert!(!encoding(someones).await);
    site.close().await;
}

#[tokio::test]
async fn a_page_that_is_not_there_is_said_so_in_the_language_of_its_address() {
    let site = with_rate(6_000).await;
    for (path, accepted, title) in [
        ("/sv/finns-inte", "en", "Sidan finns inte"),
        ("/en/finns-inte", "sv", "There is no such page"),
        ("/finns-inte", "en", "There is no such page"),
        ("/finns-inte", "fi", "Sidan finns inte"),
    ] {
        let asked = at("127.0.0.1")
            .get(site.url(path))
            .header("accept-language", accepted);
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert!(
            answer.headers()["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/html")
        );
        let text = answer.text().await.unwrap();
        assert!(text.contains(title), "{path}: {text}");
    }
    site.close().await;
}
