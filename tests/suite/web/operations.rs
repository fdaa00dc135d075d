//! The built program as an operator runs it: how it is doing, its figures, its log, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::stage::{CRISIS, KNOWN, Program, UNKNOWN, becomes};

/// Everything takes its time on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program while it serves.
pub(crate) struct Serving {
    program: Child,
    page: SocketAddr,
    figures: SocketAddr,
    log: JoinHandle<String>,
}

impl Serving {
    /// Starts it on free ports.
    pub(crate) async fn start(program: &Program, set: &[(&str, &str)]) -> Serving {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.envs(set.iter().copied());
        Serving::begin(command).await
    }

    /// The same with a command that serves on free ports.
    pub(crate) async fn begin(mut command: Command) -> Serving {
        command.env("LOTS_METRICS", "127.0.0.1:0");
        let mut started = command.spawn().unwrap();
        let mut err = BufReader::new(started.stderr.take().unwrap());
        let mut line = String::new();
        let mut address = |of: &str| loop {
            line.clear();
            assert!(err.read_line(&mut line).unwrap() > 0, "it ended");
            if let Some(at) = line.strip_prefix(&format!("lots: the {of} at http://")) {
                break at.trim_end().trim_end_matches("/metrics").parse().unwrap();
            }
        };
        let (page, figures) = (address("page is"), address("figures are"));
        let log = std::thread::spawn(move || {
            let mut rest = String::new();
            _ = err.read_to_string(&mut rest);
            rest
        });
        let serving = Serving {
            program: started,
            page,
            figures,
            log,
        };
        // Until the base is read, connections wait.
        let alive = becomes(PATIENCE, || async {
            serving.get("/healthz").await.is_some()
        });
        assert!(alive.await, "it is not there");
        serving
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.program.id()
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.page)
    }

    /// The status and the text at a path.
    pub(crate) async fn get(&self, path: &str) -> Option<(u16, String)> {
        let answer = reqwest::get(self.url(path)).await.ok()?;
        Some((answer.status().as_u16(), answer.text().await.ok()?))
    }

    pub(crate) async fn readiness(&self) -> Value {
        let (_, text) = self.get("/readyz").await.unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Asks by the API; the answer.
    pub(crate) async fn ask(&self, text: &str) -> Value {
        let asked = reqwest::Client::new().post(self.url("/api/v1/ask"));
        let answer = asked.json(&json!({ "text": text })).send().await.unwrap();
        answer.json().await.unwrap()
    }

    /// Tells it to end, as systems do.
    pub(crate) fn tell_to_end(&self) {
        let id = self.program.id().to_string();
        assert!(Command::new("kill").arg(id).status().unwrap().success());
    }

    /// Waits until it has ended; its status and what it logged.
    pub(crate) async fn ended(mut self) -> (Option<i32>, String) {
        let status = tokio::task::spawn_blocking(move || {
            let status = self.program.wait().unwrap();
            (status.code(), self.log.join().unwrap())
        });
        tokio::time::timeout(PATIENCE, status)
            .await
            .unwrap()
            .unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_finished_and_what_is_new_is_told_to_come_again() {
    let program = Program::new();
    let serving = Serving::start(&program, &[]).await;
    let body = json!({ "text": KNOWN }).to_string();
    let (begun, rest) = body.split_at(5);
    let head = format!(
        "POST /api/v1/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut slow = TcpStream::connect(serving.page).await.unwrap();
    slow.write_all(format!("{head}{begun}").as_bytes())
        .await
        .unwrap();
    let mut idle = TcpStream::connect(serving.page).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");

    serving.tell_to_end();
    let ending = becomes(PATIENCE, || async {
        matches!(serving.get("/readyz").await, Some((503, text)) if text.contains("ending"))
    });
    assert!(ending.await, "it does not say that it is ending");
    let (status, text) = serving.get("/sv/").await.unwrap();
    assert_eq!(status, 503, "{text}");
    // Who says nothing is not waited for.
    let mut left = String::new();
    idle.read_to_string(&mut left).await.unwrap();

    slow.write_all(rest.as_bytes()).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("grants/lovpeng"), "{answer}");
    let (status, log) = serving.ended().await;
    assert_eq!(status, Some(0), "{log}");
    assert_eq!(
        log.matches("WARN").count() + log.matches("ERROR").count(),
        0,
        "{log}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_count_what_happens_and_name_nobody() {
    let program = Program::new();
    let serving = Serving::start(&program, &[]).await;
    for text in [KNOWN, CRISIS] {
        serving.ask(text).await;
    }
    let saved = serving.ask(UNKNOWN).await;
    let code = saved["receipt"].as_str().unwrap();
    serving.get(&format!("/api/v1/receipts/{code}")).await;
    serving.get("/hemligheten?q=hemligheten").await;
    let feedback = json!({ "conversation": saved["conversation"], "entry": "grants/lovpeng", "helpful": true });
    let said = reqwest::Client::new().post(serving.url("/api/v1/feedback"));
    assert_eq!(said.json(&feedback).send().await.unwrap().status(), 200);

    let figures = reqwest::get(format!("http://{}/metrics", serving.figures))
        .await
        .unwrap();
    let figures = figures.text().await.unwrap();
    for line in [
        "lots_http_requests_total{method=\"POST\",route=\"/api/v1/ask\",status=\"200\"} 3",
        "lots_http_requests_total{method=\"GET\",route=\"/api/v1/receipts/{code}\",status=\"200\"} 1",
        "lots_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "lots_http_request_duration_seconds_count{method=\"POST\",route=\"/api/v1/ask\"} 3",
        "lots_answers_total{decision=\"answer\",channel=\"api\",language=\"sv\"} 1",
        "lots_answers_total{decision=\"crisis\",channel=\"api\",language=\"sv\"} 1",
        "lots_answers_total{decision=\"unknown\",channel=\"api\",language=\"sv\"} 1",
        "lots_questions_saved_total{reason=\"unknown\"} 1",
        "lots_questions_waiting 0",
        "lots_feedback_total{helpful=\"true\",channel=\"api\"} 1",
        concat!(
            "lots_build_info{version=\"",
            env!("CARGO_PKG_VERSION"),
            "\"} 1"
        ),
    ] {
        assert!(figures.lines().any(|l| l == line), "{line}\n{figures}");
    }
    for secret in ["emligheten", "katter", code, "127.0.0.1"] {
        assert!(!figures.contains(secret), "{secret}\n{figures}");
    }
    // What everyone can reach does not have them.
    assert_eq!(serving.get("/metrics").await.unwrap().0, 404);
    serving.tell_to_end();
    assert_eq!(serving.ended().await.0, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_a_line_for_each_request_and_no_word_of_it() {
    let program = Program::new();
    let set = [("LOTS_LOG", "trace"), ("LOTS_LOG_FORMAT", "json")];
    let serving = Serving::start(&program, &set).await;
    serving
        .ask("Mitt namn är Hemligheten, vad är lovpeng?")
        .await;
    serving.get("/sv/hemligheten?q=hemligheten").await;
    serving.get("/api/v1/entries?q=hemligheten").await;
    serving.get("/sv/vagen?code=grants.school").await;
    serving.tell_to_end();
    let (_, log) = serving.ended().await;
    // What is said at the start is for whoever started it.
    let lines = log.lines().filter(|l| !l.starts_with("lots: "));
    let lines: Vec<Value> = lines.map(|l| serde_json::from_str(l).unwrap()).collect();
    let asked = lines
        .iter()
        .find(|l| l["route"] == "/api/v1/ask")
        .expect("it is not logged");
    assert_eq!(
        (&asked["level"], &asked["method"], &asked["status"]),
        (&json!("INFO"), &json!("POST"), &json!(200))
    );
    assert!(asked["milliseconds"].is_u64());
    assert!(
        lines
            .iter()
            .any(|l| l["route"] == "none" && l["status"] == 404)
    );
    assert!(!log.to_lowercase().contains("hemligheten"), "{log}");
    assert!(!log.contains("grants.school"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_database_it_answers_and_says_what_is_amiss() {
    let program = Program::new();
    let nowhere = format!("sqlite://{}/nowhere/lots.db", program.folder().display());
    let serving = Serving::start(&program, &[("LOTS_DATABASE_URL", &nowhere)]).await;
    let answer = serving.ask(UNKNOWN).await;
    assert_eq!(answer["decision"], "unknown");
    assert!(answer.get("receipt").is_none());
    let readiness = serving.readiness().await;
    assert_eq!(
        (&readiness["status"], &readiness["waiting"]),
        (&json!("degraded"), &json!(1))
    );
    assert!(
        readiness["reasons"][0]
            .as_str()
            .unwrap()
            .contains("without the log"),
        "{readiness}"
    );
    for (path, method) in [
        ("receipts/7F3K-2QX", "GET"),
        ("conversations/7F3K2QX8M4T9WA5C7R3N6PE2HV9B", "DELETE"),
    ] {
        let request = reqwest::Client::new().request(
            method.parse().unwrap(),
            format!("http://{}/api/v1/{path}", serving.page),
        );
        let refused = request.send().await.unwrap();
        assert_eq!(
            (refused.status().as_u16(), &refused.headers()["retry-after"]),
            (503, &"10".parse().unwrap())
        );
    }
    // When it is there, what waited is written.
    std::fs::create_dir(program.folder().join("nowhere")).unwrap();
    let mended = becomes(PATIENCE, || async {
        serving.readiness().await["status"] == "ready"
    });
    assert!(mended.await, "{}", serving.readiness().await);
    assert!(
        becomes(PATIENCE, || async {
            serving.readiness().await["waiting"] == 0
        })
        .await
    );
    serving.tell_to_end();
    assert_eq!(serving.ended().await.0, Some(0));
}

#[test]
fn what_cannot_be_served_is_said_with_what_to_set() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let program = Program::new();
    let run = |name: &str, value: &str| {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        let output = command.env(name, value).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let said = run("LOTS_METRICS", &taken);
    assert!(
        said.contains("set LOTS_METRICS to another address"),
        "{said}"
    );
    let said = run("LOTS_LOG_FORMAT", "xml");
    assert!(
        said.contains("LOTS_LOG_FORMAT must be text or json"),
        "{said}"
    );
}
