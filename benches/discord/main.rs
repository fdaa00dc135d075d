//! A load figure for Discord: a thousand questions by command in ten seconds, through the stand-in of the tests.
//!
//! `cargo bench --bench discord`. What is measured is the time from when an event is sent to when its interaction is
//! answered for the first time, for which Discord gives three seconds, and to when the answer is there. The stand-in runs
//! in the same process and is part of the figure; the base is the shipped one, the database a file of SQLite.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lots::config::{DiscordSettings, Secret};
use lots::desk::{Desk, Keep, Library, Origin, State, open};
use lots::discord;

#[path = "../../tests/suite/discord/stand_in/mod.rs"]
#[expect(
    clippy::unwrap_used,
    dead_code,
    unused_imports,
    reason = "written for the tests, which use more of it and end at what they did not expect"
)]
mod stand_in;

use stand_in::{Options, Person, StandIn};

const INTERACTIONS: usize = 1_000;
const WITHIN: Duration = Duration::from_secs(10);
const PEOPLE: usize = 200;
/// Some that the base answers, some that it asks back about, some that have to be written down.
const QUESTIONS: [&str; 6] = [
    "Hur startar man en förening?",
    "Vilka bidrag kan vår förening söka?",
    "när är sista dag?",
    "Hur många katter bor det på månen?",
    "Who can I call about volunteering?",
    "Hur får jag bygglov till en altan?",
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
    let base = Library::new(open(&Origin::Bundled)?);
    let desk = Arc::new(Desk::open(base, &url, keep).await?);
    let discord = Arc::new(
        StandIn::start(Options {
            patience: Duration::from_secs(60),
            ..Options::default()
        })
        .await,
    );
    let settings = DiscordSettings {
        token: Some(Secret::new(discord.token())),
        proxy: Some(discord.proxy()),
        rate: 600,
        ..DiscordSettings::default()
    };
    tokio::spawn(async move { discord::run(desk, &settings, None, std::future::pending()).await });
    discord.ready().await;
    let people: Vec<Person> = (0..PEOPLE)
        .map(|n| discord.person(&format!("person {n}")))
        .collect();

    let began = Instant::now();
    let mut asked = Vec::new();
    for n in 0..INTERACTIONS {
        let due = WITHIN * u32::try_from(n)? / u32::try_from(INTERACTIONS)?;
        tokio::time::sleep_until((began + due).into()).await;
        let (discord, person) = (Arc::clone(&discord), people[n % PEOPLE].clone());
        asked.push(tokio::spawn(async move {
            let began = Instant::now();
            let text = QUESTIONS[n % QUESTIONS.len()];
            let asked = discord.call(&person, discord.channel(), "/fråga", &[("fråga", text)]);
            discord.reply_to(&asked).await;
            let answered = began.elapsed();
            let responded = discord.look(|w| w.interaction(asked.id).responded_after());
            (responded, answered)
        }));
    }
    let sent = began.elapsed();
    let (mut responded, mut answered) = (Vec::new(), Vec::new());
    for asked in asked {
        // One that gets no answer fails its task.
        let Ok((Some(first), last)) = asked.await else {
            continue;
        };
        responded.push(first);
        answered.push(last);
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} of {INTERACTIONS} interactions, sent in {sent:.1?}, were answered",
        answered.len()
    )?;
    writeln!(out, "event to callback: {}", spread(&mut responded))?;
    writeln!(out, "event to answer:   {}", spread(&mut answered))?;
    anyhow::ensure!(answered.len() == INTERACTIONS, "some were lost");
    Ok(())
}

fn spread(times: &mut [Duration]) -> String {
    times.sort();
    let at = |share: f64| {
        let place = (times.len() as f64 * share) as usize;
        times
            .get(place.min(times.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    format!(
        "p50 {:.1?}, p99 {:.1?}, longest {:.1?}",
        at(0.5),
        at(0.99),
        at(1.0)
    )
}
