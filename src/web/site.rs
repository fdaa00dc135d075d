//! What every request has at hand.

use std::sync::Arc;

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
}

impl Site {
    pub(super) fn new(desk: Arc<Desk>, settings: WebSettings) -> Site {
        Site {
            desk,
            settings,
            transcripts: Transcripts::new(),
        }
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
