//! What every request has at hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Semaphore;

use super::pace::Pace;
use super::page::Transcripts;
use crate::answering::Answerer;
use crate::config::WebSettings;
use crate::desk::Desk;

/// What every request has at hand.
#[derive(Debug)]
pub(super) struct Site {
    /// The door to the answers.
    pub(super) desk: Arc<Desk>,
    /// The settings of the channel.
    pub(super) settings: WebSettings,
    /// The conversations as they are shown on the page.
    pub(super) transcripts: Transcripts,
    /// How often each client may ask.
    pub(super) pace: Pace,
    /// A place for each request that is worked on.
    pub(super) places: Semaphore,
    ending: AtomicBool,
}

impl Site {
    pub(super) fn new(desk: Arc<Desk>, settings: WebSettings) -> Site {
        Site {
            desk,
            pace: Pace::new(settings.rate),
            places: Semaphore::new(settings.concurrent),
            ending: AtomicBool::new(false),
            settings,
            transcripts: Transcripts::new(),
        }
    }

    /// From now on nothing new is begun.
    pub(super) fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
    }

    /// Whether the site has been told to end.
    pub(super) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Relaxed)
    }

    /// The base in use.
    pub(super) fn base(&self) -> Arc<Answerer> {
        self.desk.library().current()
    }

    /// A path as a whole address: for what leaves the site.
    pub(super) fn address(&self, path: &str) -> String {
        match &self.settings.address {
            Some(address) => format!("{address}{path}"),
            None => format!("http://{}{path}", String::from(self.settings.listen)),
        }
    }
}
