//! What is personal goes through every way in and every way out, with everything logged that can be: and stands nowhere.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread::JoinHandle;

use lots::desk::{
    AuditFilter, Desk, Export, HandedIdea, HeldFor, Keep, Library, QueueFilter, Receipt,
    Settlement, State, Wanted,
};
use lots::knowledge::{BestTime, Language};
use reqwest::Client;
use serde_json::{Value, json};

use crate::stage::{Program, UNKNOWN, bytes_of, dev_questions, holds, provby, sqlite};

/// A program that serves the page, and all that it logs.
struct Serving {
    child: Child,
    url: String,
    log: JoinHandle<String>,
}

impl Serving {
    fn begin(program: &Program) -> Serving {
        std::fs::write(program.folder().join("lots.toml"), "[web]\nrate = 6000\n").unwrap();
        let mut child = program
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .env("LOTS_LOG", "trace")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let (tell, told) = mpsc::channel();
        let log = std::thread::spawn(move || {
            let mut whole = String::new();
            loop {
                let begin = whole.len();
                if stderr.read_line(&mut whole).unwrap_or(0) == 0 {
                    return whole;
                }
                if let Some(url) = whole[begin..].strip_prefix("lots: the page is at ") {
                    _ = tell.send(url.trim().to_owned());
                }
            }
        });
        let url = told
            .recv_timeout(std::time::Duration::from_secs(60))
            .unwrap();
        Serving { child, url, log }
    }

    /// Ends it as an operator would, and gives its log.
    fn end(mut self) -> String {
        let pid = self.child.id().to_string();
        let told = std::process::Command::new("kill").arg(&pid).status();
        assert!(told.unwrap().success());
        self.child.wait().unwrap();
        self.log.join().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_personal_stands_nowhere() {
    let program = Program::new();
    let serving = Serving::begin(&program);
    let items: Vec<_> = dev_questions()
        .into_iter()
        .filter(|i| !i.mask.is_empty())
        .collect();
    assert!(items.len() >= 8, "{}", items.len());
    let client = Client::new();
    let post = async |path: &str, body: Value| -> Value {
        let request = client.post(format!("{}/api/v1{path}", serving.url));
        let request = request.header("content-type", "application/json");
        let response = request.body(body.to_string()).send().await.unwrap();
        serde_json::from_str(&response.text().await.unwrap()).unwrap()
    };
    let mut places: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut typed = Vec::new();
    for item in &items {
        let mut conversation = Value::Null;
        for turn in &item.turns {
            typed.push(turn.clone());
            let mut body = json!({ "text": turn });
            if conversation.is_string() {
                body["conversation"] = conversation.clone();
            }
            conversation = post("/ask", body).await["conversation"].clone();
        }
        let last = item.turns.last().unwrap();
        post("/ask", json!({ "text": format!("{last} {UNKNOWN}") })).await;
        let remark: String = last.chars().take(300).collect();
        let said = json!({
            "conversation": conversation, "entry": "grants/lovpeng", "helpful": false,
            "reason": "incomplete", "remark": remark,
        });
        assert!(
            post("/feedback", said).await["receipt"].is_string(),
            "{}",
            item.id
        );
    }
    places.push(("the log of the terminal", at_the_prompt(&program, &typed)));

    let desk = beside(&program).await;
    let by = Desk::command_line();
    let review = desk.review(&by);
    for (number, item) in items.iter().enumerate() {
        let address = format!("boende{number}@exempel.se");
        hand_over(&desk, item.turns.last().unwrap(), &address).await;
    }
    let queue = review.queue(&QueueFilter::default()).await.unwrap();
    assert!(!queue.clusters.is_empty());
    for (cluster, item) in queue.clusters.iter().zip(items.iter().cycle()) {
        let why = item.turns.last().unwrap();
        let seen = (cluster.id.as_str(), cluster.version);
        review
            .hold_cluster(seen, HeldFor::Other, why)
            .await
            .unwrap();
        let begun = review.begin_teach(&cluster.id, "guides/lana-lokal").await;
        begun.unwrap();
        let dismissed = review.settle(seen.0, seen.1, &Settlement::Dismiss, why);
        dismissed.await.unwrap();
    }
    let mut made = String::new();
    for question in desk.questions(None, 500).await.unwrap() {
        let receipt = Receipt::parse(&question.receipt).unwrap();
        made += &review.register(&receipt).await.unwrap().xml;
        made += &serde_json::to_string(&review.dossier(&receipt).await.unwrap()).unwrap();
    }
    assert!(made.contains("<checksum"), "nothing was registered");
    places.push((
        "the files for the diary, or what is given to who asks",
        made.into(),
    ));
    for form in [Export::Json, Export::Csv] {
        places.push(("an export", desk.export(form).await.unwrap().into()));
    }
    desk.purge().await.unwrap();
    let purged = review.purged(desk.this_month()).await.unwrap();
    places.push(("the record", desk.purged_csv(&purged).unwrap().into()));
    let all = AuditFilter {
        limit: 5_000,
        ..AuditFilter::default()
    };
    let trail = desk.audit_lines(&by, &all).await.unwrap();
    places.push(("the trail", format!("{trail:?}").into()));
    desk.close().await;
    places.push(("the database while it is used", bytes_of(program.folder())));
    let exported = program.prints(&["knowledge", "export", "--to", "exported"]);
    places.push(("what the base is exported as", exported.into()));
    places.push((
        "the list of questions",
        program.prints(&["questions", "list"]).into(),
    ));
    places.push(("the log of the program", serving.end().into()));
    places.push(("the closed database", bytes_of(program.folder())));

    let mut kept = Vec::new();
    for item in &items {
        for personal in &item.mask {
            let there = places.iter().filter(|(_, bytes)| holds(bytes, personal));
            kept.extend(there.map(|(place, _)| format!("{}: {personal:?} is in {place}", item.id)));
        }
    }
    assert!(kept.is_empty(), "{}", kept.join("\n"));
    let (_, log) = places
        .iter()
        .find(|(place, _)| *place == "the log of the program")
        .unwrap();
    assert!(holds(log, "/api/v1/ask"), "nothing was logged");
}

/// What a conversation in the terminal logs, in which all of it is said and none of it helps.
fn at_the_prompt(program: &Program, typed: &[String]) -> Vec<u8> {
    let mut child = program
        .command(&["chat"])
        .env("LOTS_LOG", "trace")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines: Vec<String> = typed
        .iter()
        .map(|text| format!("{}\n/nej\n/ny\n", text.replace('\n', " ")))
        .collect();
    let writing = std::thread::spawn(move || stdin.write_all(lines.concat().as_bytes()).unwrap());
    let mut log = Vec::new();
    child.stderr.take().unwrap().read_to_end(&mut log).unwrap();
    writing.join().unwrap();
    assert!(child.wait().unwrap().success());
    assert!(!log.is_empty());
    log
}

/// Another program on the same database, as staff use one.
async fn beside(program: &Program) -> Desk {
    let keep = Keep {
        questions: State::ALL.map(|state| (state, 180)).to_vec(),
        conversations: 7,
        call_backs: 14,
    };
    let url = sqlite(program.folder());
    Desk::open(Library::new(provby()), &url, keep)
        .await
        .unwrap()
}

/// Hands over as an idea what someone has written, and asks to be written to about it.
async fn hand_over(desk: &Desk, words: &str, address: &str) {
    let conversation = Desk::new_conversation();
    let idea = HandedIdea {
        words,
        audiences: &[],
        needs: &[],
        company: words,
        language: Language::Swedish,
    };
    let handed = desk.hand_over_idea(&conversation, "web", &idea).await;
    let subject: String = words.chars().take(200).collect();
    let wanted = Wanted {
        office: None,
        address,
        subject: &subject,
        best_time: BestTime::Anytime,
        language: Language::Swedish,
    };
    let asked = desk.ask_call_back(&conversation, "web", &wanted).await;
    // Of those who are in need nothing is taken.
    _ = (handed, asked);
}
