//! A site of Provby's on a free port, and someone who visits it.

use std::net::SocketAddr;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use lots::answering::Answerer;
use lots::config::WebSettings;
use lots::desk::{Desk, Origin, Practice, open};
use lots::web;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::stage::{copy, desk_of, provby, provby_folder, sqlite};

/// The address that residents use of a site that has one of its own.
pub(crate) const HOME: &str = "https://lots.provby.example";

/// The settings of such a site.
pub(crate) fn at_home() -> WebSettings {
    WebSettings {
        address: Some(HOME.to_owned()),
        ..WebSettings::default()
    }
}

/// A site that is served until it is dropped or told to end.
pub(crate) struct Site {
    address: SocketAddr,
    desk: Arc<Desk>,
    folder: TempDir,
    end: Option<oneshot::Sender<()>>,
    serving: JoinHandle<anyhow::Result<()>>,
}

impl Site {
    /// Provby's site as it is when nothing is set.
    pub(crate) async fn open() -> Site {
        Site::with(provby(), WebSettings::default()).await
    }

    /// A site on a base with settings; where it listens is always a free port.
    pub(crate) async fn with(base: Answerer, settings: WebSettings) -> Site {
        // On the heap: a test that opens several would else be more than its thread can hold.
        Box::pin(Site::at(tempfile::tempdir().unwrap(), base, settings)).await
    }

    /// A site where it is always the same time.
    pub(crate) async fn at_time(base: Answerer, moment: DateTime) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(base, &sqlite(folder.path())).await;
        Site::of(folder, desk.at(moment), WebSettings::default()).await
    }

    /// The same on another day than it is.
    pub(crate) async fn on_a_day(
        base: Answerer,
        settings: WebSettings,
        day: impl Fn(Date) -> Date,
    ) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(base, &sqlite(folder.path())).await;
        let (today, _) = desk.local_time();
        Site::of(folder, desk.on(day(today)), settings).await
    }

    /// The same with a database that may have been there before.
    async fn at(folder: TempDir, base: Answerer, settings: WebSettings) -> Site {
        let desk = desk_of(base, &sqlite(folder.path())).await;
        let desk = desk.with_practice(stated(&settings));
        Site::of(folder, desk, settings).await
    }

    /// Provby's site as it is when something is set up that residents are told of.
    pub(crate) async fn practising(practice: Practice) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(provby(), &sqlite(folder.path())).await;
        Site::of(folder, desk.with_practice(practice), WebSettings::default()).await
    }

    /// A site on Provby's files and some more, so that staff can change what is there.
    pub(crate) async fn on_files(more: &[(&str, &str)]) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("base");
        copy(&provby_folder(), &files);
        for (path, text) in more {
            std::fs::write(files.join(path), text).unwrap();
        }
        let origin = Origin::Folder(files);
        let base = open(&origin).unwrap();
        let desk = desk_of(base, &sqlite(folder.path())).await;
        Site::of(folder, desk.with_files_of(origin), WebSettings::default()).await
    }

    /// Provby's site with something more at the desk.
    pub(crate) async fn with_desk(more: impl FnOnce(Desk) -> Desk) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let desk = desk_of(provby(), &sqlite(folder.path())).await;
        Site::of(folder, more(desk), WebSettings::default()).await
    }

    async fn of(folder: TempDir, desk: Desk, settings: WebSettings) -> Site {
        let desk = Arc::new(desk);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let serving = tokio::spawn({
            let desk = Arc::clone(&desk);
            async move { web::run(desk, &settings, listener, async { _ = ended.await }).await }
        });
        Site {
            address,
            desk,
            folder,
            end: Some(end),
            serving,
        }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The desk behind it.
    pub(crate) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The folder of its database.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Tells it to end, and waits until it has.
    pub(crate) async fn close(mut self) {
        self.end().await;
    }

    /// Ends it and opens it again on the same database, as it is when nothing is set.
    pub(crate) async fn restarted(mut self) -> Site {
        self.end().await;
        self.desk.close().await;
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        Site::at(folder, provby(), WebSettings::default()).await
    }

    async fn end(&mut self) {
        _ = self.end.take().map(|end| end.send(()));
        (&mut self.serving).await.unwrap().unwrap();
    }
}

/// What the municipality states, as the program takes it from its settings.
fn stated(settings: &WebSettings) -> Practice {
    Practice {
        archive_decision: settings.about.archive_decision.clone(),
        data_protection: settings.about.data_protection.clone(),
        ..Practice::default()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
