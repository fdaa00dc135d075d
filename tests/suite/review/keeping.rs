//! What is published is laid over the files while they are edited, until the files say it themselves.

use std::fs;
use std::time::Duration;

use lots::desk::{Origin, Stage, Watched};

use super::{Town, cats};
use crate::stage::{KNOWN, UNKNOWN, ask, becomes};

/// Long enough for a slow machine; what is waited for is mostly there at once.
const PATIENCE: Duration = Duration::from_secs(30);
const CATS: &str = "guides/katter-pa-manen";

#[tokio::test]
async fn what_the_files_say_by_now_is_let_go_of() {
    let town = Town::new().await;
    let watched = Watched::begin(&Origin::Folder(town.base())).unwrap();
    let cluster = town.cluster(UNKNOWN).await;
    let id = town.publishes(&cluster.id, cats()).await;
    let files = town.desk.published_files().unwrap();
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        ["guides/katter-pa-manen.en.md", "guides/katter-pa-manen.md"]
    );
    let work = async {
        for (path, text) in &files {
            fs::write(town.base().join(path), text).unwrap();
        }
        let is_retired = async || {
            let retired = town.review().changes(Some(Stage::Retired), None).await;
            retired.unwrap().iter().any(|c| c.kept.id == id)
        };
        assert!(becomes(PATIENCE, is_retired).await);
        assert_eq!(town.answered_with(UNKNOWN).await.as_deref(), Some(CATS));
        assert!(town.desk.published_files().unwrap().is_empty());
        let kept = town.review().regressions().await.unwrap();
        assert_eq!(kept.len(), 1, "it must still be answered so");
        // From now on the files have it.
        for path in files.keys() {
            fs::remove_file(town.base().join(path)).unwrap();
        }
        let is_gone = async || town.answered_with(UNKNOWN).await.is_none();
        assert!(becomes(PATIENCE, is_gone).await);
    };
    tokio::select! {
        () = town.desk.watch(watched) => {}
        () = work => {}
    }
    let acts = town.acts().await;
    assert_eq!(
        acts,
        [
            "eva draft-begun",
            "eva change-published",
            "lots change-retired"
        ]
    );
    town.holds_its_trail().await;
}

#[tokio::test]
async fn the_files_are_edited_below_what_is_published() {
    let town = Town::new().await;
    let watched = Watched::begin(&Origin::Folder(town.base())).unwrap();
    let cluster = town.cluster(UNKNOWN).await;
    town.publishes(&cluster.id, cats()).await;
    let edited = "Numera är lovpeng pengar till alla som simmar.";
    let grant = town.base().join("grants/lovpeng.md");
    let text = fs::read_to_string(&grant).unwrap();
    let office = town.base().join("offices");
    let away = town.folder.path().join("away");
    let work = async {
        let says = async || {
            let reply = ask(&town.desk, "known", KNOWN).await;
            reply.answer.plain_text().contains(edited)
        };
        let (front, body) = text.rsplit_once("+++\n").unwrap();
        let (_, rest) = body.split_once('\n').unwrap();
        fs::write(&grant, format!("{front}+++\n{edited}\n{rest}")).unwrap();
        assert!(becomes(PATIENCE, says).await);
        assert_eq!(town.answered_with(UNKNOWN).await.as_deref(), Some(CATS));

        // The office of what was published is gone: it no longer passes, but the files do.
        fs::create_dir(&away).unwrap();
        for name in ["byggkontoret.md", "byggkontoret.en.md"] {
            fs::rename(office.join(name), away.join(name)).unwrap();
        }
        let is_off = async || town.answered_with(UNKNOWN).await.is_none();
        assert!(becomes(PATIENCE, is_off).await);
        assert!(says().await, "the files are in use");
        for name in ["byggkontoret.md", "byggkontoret.en.md"] {
            fs::rename(away.join(name), office.join(name)).unwrap();
        }
        let is_on = async || town.answered_with(UNKNOWN).await.as_deref() == Some(CATS);
        assert!(becomes(PATIENCE, is_on).await);
    };
    tokio::select! {
        () = town.desk.watch(watched) => {}
        () = work => {}
    }
}
