//! How long staff wait for a page of the queue when a hundred thousand questions wait in twenty thousand clusters, beside
//! the same page by the plainest statement, which counts its way there: `cargo bench --bench desk`.
//!
//! SQLite, one file, the shipped base. The questions are put into the tables as the program would have, past the program,
//! which would take a while.

use std::io::Write;
use std::time::{Duration, Instant};

use lots::desk::{Desk, Keep, Library, Order, Origin, QueueFilter, Review, State, open};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

const CLUSTERS: i64 = 20_000;
const QUESTIONS: i64 = 100_000;
/// How often each page is asked for.
const TIMES: usize = 15;
/// How far down the list the far page is.
const FAR: usize = 200;
const PAGE: usize = 50;

const CLUSTER: &str = "insert into cluster (id, wording, seek, language, channels, office, questions, first_at, last_at) \
    values ($1, $2, $3, $4, '|web|', $5, $6, $7, $8)";
const QUESTION: &str = "insert into question (receipt, wording, language, channel, asked_at, changed_at, cluster) \
    values ($1, $2, 'sv', 'web', $3, $3, $4)";
const PLAIN: &str = "select * from cluster where state in ('new', 'assigned') \
    order by questions desc, id desc limit 50 offset $1";

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
    let desk = Desk::open(Library::new(open(&Origin::Bundled)?), &url, keep).await?;
    let mut plain = url.parse::<SqliteConnectOptions>()?.connect().await?;
    fill(&mut plain).await?;

    let staff = Desk::command_line();
    let review = desk.review(&staff);
    let first = QueueFilter::default();
    let far = far(&review).await?;
    let office = QueueFilter {
        office: "offices/ekero-direkt".to_owned(),
        order: Order::Latest,
        ..QueueFilter::default()
    };
    let sought = |text: &str| QueueFilter {
        seek: text.to_owned(),
        ..QueueFilter::default()
    };
    let mut out = std::io::stdout().lock();
    for (name, filter) in [
        ("the first page", first),
        ("the 200th page", far),
        ("one office, the latest first", office),
        ("a search that finds some", sought("ärende 4711")),
        ("a search that finds nothing", sought("finns inte alls")),
    ] {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            review.queue(&filter).await?;
            times.push(began.elapsed());
        }
        writeln!(out, "{name:<30} {}", spread(&mut times))?;
    }
    let cluster = review
        .queue(&QueueFilter::default())
        .await?
        .clusters
        .remove(0);
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        anyhow::ensure!(review.cluster(&cluster.id).await?.is_ok());
        times.push(began.elapsed());
    }
    writeln!(
        out,
        "{:<30} {}",
        "a cluster with all of it",
        spread(&mut times)
    )?;
    for (name, page) in [
        ("the first page, plainly", 0),
        ("the 200th page, plainly", FAR),
    ] {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let began = Instant::now();
            let from = i64::try_from(page * PAGE)?;
            sqlx::query(PLAIN).bind(from).fetch_all(&mut plain).await?;
            times.push(began.elapsed());
        }
        writeln!(out, "{name:<30} {}", spread(&mut times))?;
    }
    Ok(())
}

/// Puts the clusters and their questions into the tables.
async fn fill(database: &mut SqliteConnection) -> anyhow::Result<()> {
    let mut transaction = database.begin().await?;
    for number in 0..CLUSTERS {
        let wording = format!("Hur gör man med ärende {number} i kommunen?");
        let office = (number % 3 == 0).then_some("offices/ekero-direkt");
        // A few are asked very often, most once or twice.
        let count = (QUESTIONS - CLUSTERS) / 10 / (number + 1) + 1;
        sqlx::query(CLUSTER)
            .bind(format!("c{number:09}"))
            .bind(&wording)
            .bind(format!("hur gor man med arende {number} i kommunen"))
            .bind(if number % 5 == 0 { "en" } else { "sv" })
            .bind(office)
            .bind(count)
            .bind(number)
            .bind(number * 7 % 1_000_003)
            .execute(&mut *transaction)
            .await?;
    }
    for number in 0..QUESTIONS {
        sqlx::query(QUESTION)
            .bind(receipt(number))
            .bind(format!(
                "Hur gör man med ärende {} i kommunen?",
                number % CLUSTERS
            ))
            .bind(number)
            .bind(format!("c{:09}", number % CLUSTERS))
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A code that could be a receipt's.
fn receipt(number: i64) -> String {
    const SYMBOLS: &[u8] = b"0123456789ABCDEF";
    let digit =
        |place: u32| char::from(SYMBOLS[usize::try_from(number >> (4 * place) & 15).unwrap_or(0)]);
    let code: String = (0..7).rev().map(digit).collect();
    format!("{}-{}", &code[..4], &code[4..])
}

/// The filter of a page far down the list.
async fn far(review: &Review<'_>) -> anyhow::Result<QueueFilter> {
    let mut filter = QueueFilter::default();
    for _ in 1..FAR {
        match review.queue(&filter).await?.next {
            Some(next) => filter.after = next,
            None => break,
        }
    }
    Ok(filter)
}

fn spread(times: &mut [Duration]) -> String {
    times.sort();
    let least = times.first().copied().unwrap_or_default();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    let most = times.last().copied().unwrap_or_default();
    format!("least {least:.1?}, middle {middle:.1?}, most {most:.1?}")
}
