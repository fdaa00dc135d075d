//! A base that is edited while it answers: what passes the check is in use moments later, what does not changes nothing,
//! and the log says why.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lots::answering::{Answerer, Decision};
use lots::desk::{Desk, Origin, Watched, open};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::stage::{KNOWN, Program, ask, becomes, copy, desk_of, provby_folder, sqlite};

/// Long enough for a slow machine; what is waited for is mostly there at once.
const PATIENCE: Duration = Duration::from_secs(30);
/// An entry of the base that the tests edit.
const GRANT: &str = "grants/lovpeng.md";
/// What an edit puts there.
const EDITED: &str = "Numera är lovpeng pengar till alla som simmar.";

#[tokio::test]
async fn what_is_saved_is_answered_with() {
    let base = Edited::open().await;
    assert!(!base.answer().await.contains(EDITED));
    base.edit(EDITED);
    assert!(base.comes_to_answer(EDITED).await);
    // As editors save that never leave half a file.
    let beside = base.folder().join("grants/lovpeng.md.tmp");
    fs::write(&beside, base.text("Och till dem som ror.")).unwrap();
    fs::rename(beside, base.folder().join(GRANT)).unwrap();
    assert!(base.comes_to_answer("Och till dem som ror.").await);
}

#[tokio::test]
async fn what_does_not_pass_the_check_changes_nothing() {
    let base = Edited::open().await;
    let before = base.desk.library().current();
    let started = base.desk.library().standing().since;
    base.break_it();
    assert!(becomes(PATIENCE, async || base.is_refused()).await);
    let standing = base.desk.library().standing();
    let refused = standing.refused.as_ref().unwrap();
    assert_eq!(refused.problems, 1);
    assert!(
        refused.first.starts_with("grants/lovpeng.md:4: "),
        "{refused:?}"
    );
    assert_eq!(standing.since, started);
    assert!(Arc::ptr_eq(&before, &base.desk.library().current()));
    assert!(base.answer().await.contains("Lovpeng är pengar"));

    base.edit(EDITED);
    assert!(base.comes_to_answer(EDITED).await);
    assert!(!base.is_refused());
    assert!(base.desk.library().standing().since > started);
}

#[tokio::test]
async fn a_base_that_was_broken_from_the_start_is_known_to_be() {
    let folder = tempfile::tempdir().unwrap();
    copy(&provby_folder(), &folder.path().join("base"));
    break_grant(&folder.path().join("base"));
    let base = Edited::watch(folder).await;
    assert!(becomes(PATIENCE, async || base.is_refused()).await);
    base.edit(EDITED);
    assert!(base.comes_to_answer(EDITED).await);
    assert!(!base.is_refused());
}

#[tokio::test]
async fn an_entry_may_go_while_it_is_talked_of() {
    let base = Edited::open().await;
    assert_eq!(
        ask(&base.desk, "a", KNOWN).await.answer.decision,
        Decision::Answer
    );
    for name in ["guides/lana-lokal.md", "municipality.toml"] {
        let path = base.folder().join(name);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("grants/lovpeng", "grants/scenpeng")).unwrap();
    }
    for name in ["grants/lovpeng.md", "grants/lovpeng.en.md"] {
        fs::remove_file(base.folder().join(name)).unwrap();
    }
    assert!(becomes(PATIENCE, async || !base.has_grant()).await);
    let reply = ask(&base.desk, "a", "Vem kan söka det?").await;
    let mut shown = reply.answer.shown.iter();
    assert!(
        shown.all(|id| id.as_str() != "grants/lovpeng"),
        "{:?}",
        reply.answer
    );
    assert!(!reply.answer.plain_text().is_empty());
}

#[tokio::test]
async fn a_folder_may_go_and_come_back() {
    let base = Edited::open().await;
    let away = base.home.path().join("away");
    fs::rename(base.folder(), &away).unwrap();
    assert!(becomes(PATIENCE, async || base.is_refused()).await);
    assert!(base.answer().await.contains("Lovpeng är pengar"));

    let grant = away.join(GRANT);
    fs::write(
        &grant,
        with_summary(&fs::read_to_string(&grant).unwrap(), EDITED),
    )
    .unwrap();
    fs::rename(&away, base.folder()).unwrap();
    assert!(base.comes_to_answer(EDITED).await);
    assert!(!base.is_refused());
    // And what comes after is noticed there too.
    base.edit("Lovpeng är till för alla.");
    assert!(base.comes_to_answer("Lovpeng är till för alla.").await);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_may_be_turned_to_another_folder() {
    use std::os::unix::fs::symlink;
    let home = tempfile::tempdir().unwrap();
    let (first, second) = (home.path().join("1"), home.path().join("2"));
    copy(&provby_folder(), &first);
    copy(&provby_folder(), &second);
    let grant = second.join(GRANT);
    fs::write(
        &grant,
        with_summary(&fs::read_to_string(&grant).unwrap(), EDITED),
    )
    .unwrap();
    symlink(&first, home.path().join("base")).unwrap();
    let base = Edited::watch(home).await;
    assert!(!base.answer().await.contains(EDITED));
    // As a release is put in place, and a mounted configuration.
    symlink(&second, base.home.path().join("next")).unwrap();
    fs::rename(base.home.path().join("next"), base.folder()).unwrap();
    assert!(base.comes_to_answer(EDITED).await);
}

#[tokio::test]
async fn many_saves_in_a_row_are_one_change() {
    let base = Edited::open().await;
    let seen = Arc::new(Mutex::new(Vec::<Arc<Answerer>>::new()));
    let looking = tokio::spawn({
        let (desk, seen) = (Arc::clone(&base.desk), Arc::clone(&seen));
        async move {
            loop {
                note(&seen, desk.library().current());
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
    });
    for n in 0..60 {
        base.edit(&format!("Lovpeng nummer {n} är pengar."));
    }
    assert!(base.comes_to_answer("Lovpeng nummer 59 är pengar.").await);
    looking.abort();
    // The one at the start and the one at the end.
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_are_answered_all_the_while() {
    let base = Edited::open().await;
    let asking = |n: usize| {
        let desk = Arc::clone(&base.desk);
        tokio::spawn(async move {
            let mut asked = 0;
            loop {
                let reply = ask(&desk, &format!("{n}-{asked}"), KNOWN).await;
                assert_eq!(reply.answer.decision, Decision::Answer);
                let text = reply.answer.plain_text();
                assert!(text.contains("Lovpeng"), "{text}");
                asked += 1;
            }
        })
    };
    let all: Vec<JoinHandle<()>> = (0..4).map(asking).collect();
    for n in 0..3 {
        base.break_it();
        assert!(becomes(PATIENCE, async || base.is_refused()).await);
        let text = format!("Lovpeng är pengar, för {n}:e gången.");
        base.edit(&text);
        assert!(base.comes_to_answer(&text).await);
    }
    for asking in all {
        assert!(!asking.is_finished(), "{:?}", asking.await);
        asking.abort();
    }
}

#[tokio::test]
async fn what_follows_from_the_base_follows_it() {
    let base = Edited::open().await;
    let municipality = base.folder().join("municipality.toml");
    let text = fs::read_to_string(&municipality).unwrap();
    let text = text
        .replace("Europe/Stockholm", "Pacific/Kiritimati")
        .replace("Provby kommun", "Nyby kommun");
    fs::write(&municipality, text).unwrap();
    let is_renamed = async || {
        let current = base.desk.library().current();
        current.knowledge().municipality().name == "Nyby kommun"
    };
    assert!(becomes(PATIENCE, is_renamed).await);
    let zone = base.desk.library().zone();
    assert_eq!(zone.iana_name(), Some("Pacific/Kiritimati"));
}

#[test]
fn the_log_says_why_a_base_is_not_used_and_when_it_is_again() {
    let program = Program::new();
    let folder = program.folder().join("base");
    copy(&provby_folder(), &folder);
    let serving = Serving::start(&program);
    serving.says("the page is at", 1);
    break_grant(&folder);
    serving.says("grants/lovpeng.md:4: ", 1);
    serving.says("offices/ingen", 1);
    serving.says("name an entry that exists", 1);
    serving.says("the one before it stays in use", 1);
    let grant = folder.join(GRANT);
    let text = fs::read_to_string(&grant).unwrap();
    fs::write(&grant, text.replace("offices/ingen", "offices/kundcenter")).unwrap();
    serving.says("in order again and in use", 1);
    let log = serving.end();
    assert_eq!(log.matches("grants/lovpeng.md:4").count(), 1, "{log}");
}

/// Notes a base, unless it is the one that was noted last.
fn note(seen: &Mutex<Vec<Arc<Answerer>>>, current: Arc<Answerer>) {
    let mut seen = seen.lock().unwrap();
    if !seen.last().is_some_and(|last| Arc::ptr_eq(last, &current)) {
        seen.push(current);
    }
}

/// A desk on a base that is watched, in a folder of its own.
struct Edited {
    desk: Arc<Desk>,
    home: TempDir,
    _database: TempDir,
    watching: JoinHandle<()>,
}

impl Edited {
    async fn open() -> Edited {
        let home = tempfile::tempdir().unwrap();
        copy(&provby_folder(), &home.path().join("base"));
        Edited::watch(home).await
    }

    /// Watches the `base` in a folder.
    async fn watch(home: TempDir) -> Edited {
        let origin = Origin::Folder(home.path().join("base"));
        let watched = Watched::begin(&origin).unwrap();
        let database = tempfile::tempdir().unwrap();
        let desk = Arc::new(desk_of(open(&origin).unwrap(), &sqlite(database.path())).await);
        let watching = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { desk.watch(watched).await }
        });
        Edited {
            desk,
            home,
            _database: database,
            watching,
        }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("base")
    }

    /// The grant as it is, with other words first.
    fn text(&self, summary: &str) -> String {
        let text = fs::read_to_string(self.folder().join(GRANT)).unwrap();
        with_summary(&text, summary).replace("offices/ingen", "offices/kundcenter")
    }

    fn edit(&self, summary: &str) {
        fs::write(self.folder().join(GRANT), self.text(summary)).unwrap();
    }

    fn break_it(&self) {
        break_grant(&self.folder());
    }

    fn is_refused(&self) -> bool {
        self.desk.library().standing().refused.is_some()
    }

    fn has_grant(&self) -> bool {
        let current = self.desk.library().current();
        let mut entries = current.knowledge().entries().iter();
        entries.any(|e| e.id.as_str() == "grants/lovpeng")
    }

    /// What is answered to someone new.
    async fn answer(&self) -> String {
        let reply = ask(&self.desk, &Desk::new_conversation(), KNOWN).await;
        reply.answer.plain_text()
    }

    async fn comes_to_answer(&self, text: &str) -> bool {
        becomes(PATIENCE, async || self.answer().await.contains(text)).await
    }
}

impl Drop for Edited {
    fn drop(&mut self) {
        self.watching.abort();
    }
}

/// The program while it serves a base in its folder, and what it says.
struct Serving {
    child: Child,
    log: Arc<Mutex<String>>,
    reading: Option<std::thread::JoinHandle<()>>,
}

impl Serving {
    fn start(program: &Program) -> Serving {
        let mut child = program
            .command(&["--knowledge", "base", "serve", "--listen", "127.0.0.1:0"])
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let reading = std::thread::spawn({
            let log = Arc::clone(&log);
            move || {
                for line in lines.map_while(Result::ok) {
                    *log.lock().unwrap() += &format!("{line}\n");
                }
            }
        });
        Serving {
            child,
            log,
            reading: Some(reading),
        }
    }

    /// Waits until something has been said so many times.
    #[track_caller]
    fn says(&self, part: &str, times: usize) {
        let started = std::time::Instant::now();
        while self.log.lock().unwrap().matches(part).count() < times {
            assert!(
                started.elapsed() < PATIENCE,
                "{part:?} is not said:\n{}",
                self.log.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it; all that it said.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        self.reading.take().unwrap().join().unwrap();
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended; a test that failed leaves nothing running.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// A text with other words between its front matter and its first heading.
fn with_summary(text: &str, summary: &str) -> String {
    let (front, body) = text.split_at(text.rfind("+++\n").unwrap() + 4);
    let sections = body.find("\n## ").map_or("", |at| &body[at..]);
    format!("{front}{summary}\n{sections}")
}

/// Names an office that there is not.
fn break_grant(folder: &Path) {
    let grant = folder.join(GRANT);
    let text = fs::read_to_string(&grant).unwrap();
    let broken = text.replace(
        "office = \"offices/kundcenter\"",
        "office = \"offices/ingen\"",
    );
    fs::write(&grant, broken).unwrap();
}
