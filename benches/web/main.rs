//! How many questions the API answers in a second, and how long one waits, beside what the same server does with a
//! handler that returns a constant: `cargo bench --bench web`.
//!
//! Both are asked over the same number of connections, in turns, by the same client in the same process, which is part of
//! both figures. The base is the shipped one, the log a file of SQLite, and one question of five is written to it. Each
//! client asks five questions in a conversation and then begins a new one. They are asked as most people ask, by the same
//! buttons and in the same words, and then in words that nobody has used before: each has to be worked out. The client is
//! told apart by `X-Forwarded-For`, as behind a proxy, so that nobody is held back.

mod client;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use lots::config::WebSettings;
use lots::desk::{Desk, Keep, Library, Origin, State, open};
use lots::web;
use tokio::net::TcpListener;

use client::Connection;

const CONNECTIONS: usize = 64;
/// How long each is asked in a turn.
const TURN: Duration = Duration::from_secs(5);
const TURNS: usize = 3;
/// The fourth is one that nothing answers.
const QUESTIONS: [&str; 5] = [
    "Hur startar man en förening?",
    "Vilka bidrag kan vår förening söka?",
    "Who can I call about volunteering?",
    "Hur många katter bor det på månen?",
    "när är sista dag för att söka aktivitetsstöd?",
];

fn main() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("lots.db").display());
    let keep = Keep {
        questions: State::ALL.map(|state| (state, 180)).to_vec(),
        conversations: 7,
        call_backs: 14,
    };
    let desk = Arc::new(Desk::open(Library::new(open(&Origin::Bundled)?), &url, keep).await?);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let settings = WebSettings {
        trusted_proxies: vec![address.ip()],
        rate: 6_000,
        ..WebSettings::default()
    };
    let serving = Arc::clone(&desk);
    tokio::spawn(
        async move { web::run(serving, &settings, listener, std::future::pending()).await },
    );

    let before = saved(&desk).await?;
    let mut constant = Figures::default();
    let (mut again, mut anew) = (Figures::default(), Figures::default());
    // Once for nothing: the first of everything is slower.
    turn(address, Work::Constant, TURN / 5).await?;
    turn(address, Work::AskAgain, TURN / 5).await?;
    for _ in 0..TURNS {
        constant.add(turn(address, Work::Constant, TURN).await?);
        again.add(turn(address, Work::AskAgain, TURN).await?);
        anew.add(turn(address, Work::AskAnew, TURN).await?);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "a constant                       {}", constant.told())?;
    for (name, figures) in [
        ("POST /api/v1/ask, the same words", &mut again),
        ("POST /api/v1/ask, new words     ", &mut anew),
    ] {
        let share = figures.rate() / constant.rate();
        writeln!(
            out,
            "{name} {}, {share:.3} of the constant's rate",
            figures.told()
        )?;
    }
    writeln!(out, "{} questions were saved", saved(&desk).await? - before)?;
    Ok(())
}

async fn saved(desk: &Desk) -> anyhow::Result<i64> {
    Ok(desk.counts().await?.iter().map(|(_, count)| count).sum())
}

#[derive(Clone, Copy)]
enum Work {
    Constant,
    AskAgain,
    AskAnew,
}

/// The same question with an end that no other question has.
fn anew(text: &str, number: usize) -> String {
    let marks = (0..24).map(|bit| if number >> bit & 1 == 0 { '!' } else { '?' });
    text.chars().chain(marks).collect()
}

/// Asks over every connection for a time.
async fn turn(address: SocketAddr, work: Work, time: Duration) -> anyhow::Result<Figures> {
    static CLIENTS: AtomicUsize = AtomicUsize::new(0);
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let began = Instant::now();
    let mut all = Vec::new();
    for _ in 0..CONNECTIONS {
        all.push(tokio::spawn(async move {
            let mut connection = Connection::open(address).await?;
            let (mut times, mut number) = (Vec::new(), 0);
            let (mut conversation, mut who) = (None, 0);
            while began.elapsed() < time {
                let sent = Instant::now();
                match work {
                    Work::Constant => connection.constant().await?,
                    Work::AskAgain | Work::AskAnew => {
                        if number % QUESTIONS.len() == 0 {
                            conversation = None;
                            who = CLIENTS.fetch_add(1, Ordering::Relaxed);
                        }
                        let text = QUESTIONS[number % QUESTIONS.len()];
                        let text = match work {
                            Work::AskAnew => anew(text, ASKED.fetch_add(1, Ordering::Relaxed)),
                            Work::Constant | Work::AskAgain => text.to_owned(),
                        };
                        let told = connection.ask(who, &text, conversation.as_deref()).await?;
                        conversation.get_or_insert(told);
                    }
                }
                times.push(sent.elapsed());
                number += 1;
            }
            anyhow::Ok(times)
        }));
    }
    let mut figures = Figures::default();
    for connection in all {
        figures.times.extend(connection.await??);
    }
    figures.took = began.elapsed();
    Ok(figures)
}

#[derive(Default)]
struct Figures {
    times: Vec<Duration>,
    took: Duration,
}

impl Figures {
    fn add(&mut self, other: Figures) {
        self.times.extend(other.times);
        self.took += other.took;
    }

    fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    fn told(&mut self) -> String {
        self.times.sort_unstable();
        let at = |share: f64| {
            let place = (self.times.len() as f64 * share) as usize;
            self.times
                .get(place.min(self.times.len().saturating_sub(1)))
                .copied()
                .unwrap_or_default()
        };
        format!(
            "{:>6.0} a second, p50 {:.1?}, p99 {:.1?}, longest {:.1?}",
            self.rate(),
            at(0.5),
            at(0.99),
            at(1.0)
        )
    }
}
