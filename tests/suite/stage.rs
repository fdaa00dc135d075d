//! What the tests stand on: the shipped base, a small base that never changes, desks and programs with a folder of
//! their own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use jiff::civil::{Date, date};
use lots::answering::{Answerer, Question};
use lots::cli::Item;
use lots::desk::{CallBack, Desk, Keep, Library, Message, Origin, Receipt, Reply, State, open};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tempfile::TempDir;

/// The day that tests take it to be.
pub(crate) const TODAY: Date = date(2026, 11, 23);

/// The base that is shipped. Reading it takes a while, so it is read once.
pub(crate) static SHIPPED: LazyLock<Answerer> = LazyLock::new(shipped);

/// The base of Provby, which lies in the fixtures: what it answers does not change with the shipped base.
pub(crate) static PROVBY: LazyLock<Answerer> = LazyLock::new(provby);

/// What Provby's base sends to an office.
pub(crate) const ROUTED: &str = "Hur får jag bygglov till en altan?";
/// What nobody in Provby knows.
pub(crate) const UNKNOWN: &str = "Hur många katter bor det på månen?";
/// What Provby's base answers.
pub(crate) const KNOWN: &str = "Vad är lovpeng?";
/// What is met with a help line in Provby.
pub(crate) const CRISIS: &str = "Jag vill inte leva längre, ingen i Kvarnbacken bryr sig.";

pub(crate) fn shipped_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

pub(crate) fn provby_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/fixtures/provby")
}

/// The base that is shipped, read anew.
pub(crate) fn shipped() -> Answerer {
    open(&Origin::Folder(shipped_folder())).unwrap()
}

/// Provby's base, read anew.
pub(crate) fn provby() -> Answerer {
    open(&Origin::Folder(provby_folder())).unwrap()
}

/// Provby's base, whose grant has other last days.
pub(crate) fn provby_due(deadlines: &str, standing: &str, from: i16) -> Answerer {
    let folder = provby_folder_due(deadlines, standing, from);
    open(&Origin::Folder(folder.path().to_owned())).unwrap()
}

/// The same as a folder.
pub(crate) fn provby_folder_due(deadlines: &str, standing: &str, from: i16) -> TempDir {
    let due = |text: String| {
        text.replace("\"03-31\", \"09-30\"", deadlines)
            .replace(
                "standing = \"confirm\"",
                &format!("standing = \"{standing}\""),
            )
            .replace("year = 2021", &format!("year = {from}"))
            .replace("facts_from = 2021", &format!("facts_from = {from}"))
    };
    provby_folder_but("grants/lovpeng.md", due)
}

/// Provby's base with one of its files changed.
pub(crate) fn provby_but(file: &str, change: impl FnOnce(String) -> String) -> Answerer {
    let folder = provby_folder_but(file, change);
    open(&Origin::Folder(folder.path().to_owned())).unwrap()
}

fn provby_folder_but(file: &str, change: impl FnOnce(String) -> String) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&provby_folder(), folder.path());
    let path = folder.path().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, change(text)).unwrap();
    folder
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for item in from.read_dir().unwrap() {
        let path = item.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target)
        } else {
            _ = std::fs::copy(&path, &target).unwrap()
        }
    }
}

/// A file of `tests/questions/`, as text.
pub(crate) fn question_file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/questions")
        .join(name);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{} cannot be read: {e}", path.display()))
}

/// A message as a channel brings it.
pub(crate) fn question(text: &str) -> Question<'_> {
    Question {
        text,
        language: None,
        today: TODAY,
        top: 5,
        kept_days: 180,
    }
}

/// The questions of the development set.
pub(crate) fn dev_questions() -> Vec<Item> {
    questions_of("dev.jsonl")
}

/// The questions of a set.
pub(crate) fn questions_of(file: &str) -> Vec<Item> {
    let text = question_file(file);
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

/// The address of a SQLite file in a folder.
pub(crate) fn sqlite(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("lots.db").display())
}

/// A desk on a base, which keeps everything for half a year.
pub(crate) async fn desk_of(answerer: Answerer, url: &str) -> Desk {
    let keep = Keep {
        questions: State::ALL.map(|state| (state, 180)).to_vec(),
        conversations: 7,
        call_backs: 14,
    };
    Desk::open(Library::new(answerer), url, keep).await.unwrap()
}

/// Asks as the web page does.
pub(crate) async fn ask(desk: &Desk, conversation: &str, text: &str) -> Reply {
    desk.ask(&Message {
        conversation,
        channel: "web",
        text,
        language: None,
    })
    .await
}

/// Those who wait to be called, as everyone who may call sees them.
pub(crate) async fn waiting(desk: &Desk) -> Vec<CallBack> {
    let by = Desk::command_line();
    desk.review(&by).call_backs().await.unwrap()
}

/// Waits until something is so, at most `patience`; whether it became so.
pub(crate) async fn becomes<F: Future<Output = bool>>(
    patience: Duration,
    is_so: impl Fn() -> F,
) -> bool {
    let started = std::time::Instant::now();
    while !is_so().await {
        if started.elapsed() > patience {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    true
}

/// Gives the address of a schema of its own in PostgreSQL, so that runs neither see each other nor leave anything behind.
pub(crate) async fn on_postgres(told: impl AsyncFnOnce(String)) {
    let Ok(url) = std::env::var("LOTS_TEST_POSTGRES") else {
        panic!(
            "LOTS_TEST_POSTGRES is not set: run the tests with tests/run, which starts a PostgreSQL for them"
        );
    };
    let schema = format!(
        "lots_{}",
        Receipt::new().as_str().replace('-', "").to_lowercase()
    );
    let options: sqlx::postgres::PgConnectOptions =
        url.parse().expect("LOTS_TEST_POSTGRES is not an address");
    let mut plain = options
        .connect()
        .await
        .expect("the PostgreSQL of LOTS_TEST_POSTGRES does not answer");
    plain
        .execute(AssertSqlSafe(format!("create schema {schema}")))
        .await
        .unwrap();
    let separator = if url.contains('?') { '&' } else { '?' };
    told(format!(
        "{url}{separator}options=-c%20search_path%3D{schema}"
    ))
    .await;
    plain
        .execute(AssertSqlSafe(format!("drop schema {schema} cascade")))
        .await
        .unwrap();
}

/// Every byte of a database: its file, and what SQLite keeps beside it.
pub(crate) fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut files: Vec<PathBuf> = folder
        .read_dir()
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.retain(|f| {
        f.file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with("lots.db"))
    });
    assert!(
        !files.is_empty(),
        "there is no database in {}",
        folder.display()
    );
    files
        .iter()
        .flat_map(|f| std::fs::read(f).unwrap())
        .collect()
}

/// Whether a text stands somewhere in bytes.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    !text.is_empty() && bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

/// The built program in a folder of its own, on Provby's base.
pub(crate) struct Program {
    folder: TempDir,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    pub(crate) fn new() -> Program {
        Program {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program, ready to start; nothing of the environment of whoever runs the tests reaches its settings.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lots"));
        let ours = |name: &str| name.starts_with("LOTS_") || name == "DISCORD_TOKEN";
        let set = std::env::vars_os().filter(|(name, _)| ours(&name.to_string_lossy()));
        set.for_each(|(name, _)| _ = command.env_remove(name));
        command
            .args(arguments)
            .current_dir(self.folder())
            .env("LOTS_DATABASE_URL", sqlite(self.folder()))
            .env("LOTS_KNOWLEDGE", provby_folder())
            .env("LC_ALL", "sv_SE.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        ended(self.command(arguments).output().unwrap())
    }

    /// Runs it to its end with something to read.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Ended {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        // Beside the reading: a pipe holds only so much, and a program may end before it has read everything.
        let writing =
            std::thread::spawn(move || _ = std::io::Write::write_all(&mut stdin, input.as_bytes()));
        let output = child.wait_with_output().unwrap();
        writing.join().unwrap();
        ended(output)
    }

    /// Runs it and gives what it printed. Fails when it did not succeed.
    pub(crate) fn prints(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.status, Some(0), "lots {arguments:?}: {ended:?}");
        ended.out
    }
}

impl Ended {
    /// Holds a program to having failed with one line of its own about something; what stands before is at most a
    /// warning of the log.
    #[track_caller]
    pub(crate) fn fails_saying(&self, part: &str) {
        assert_eq!((self.status, self.out.as_str()), (Some(1), ""), "{self:?}");
        let lines: Vec<&str> = self.err.lines().collect();
        let Some((last, before)) = lines.split_last() else {
            panic!("nothing was said, and not {part:?}")
        };
        assert!(
            last.starts_with("lots: ") && last.contains(part),
            "{part:?} is not said: {}",
            self.err
        );
        assert!(
            before.iter().all(|line| line.contains(" WARN ")),
            "{}",
            self.err
        );
    }
}

fn ended(output: std::process::Output) -> Ended {
    Ended {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
