//! The guided ways in seen from outside: those that can be begun, where a conversation is on one, and what was pressed.

use super::Desk;
use crate::answering::{Block, Link};
use crate::knowledge::{EntryId, Language, PathName};
use crate::paths::Path;

impl Desk {
    /// What leads into each of the ways in.
    pub fn ways_in(&self, language: Language) -> Vec<Link> {
        let answerer = self.library.current();
        let guide = self.guide(&answerer, language);
        PathName::ALL
            .iter()
            .map(|name| guide.begin_link(*name))
            .collect()
    }

    /// What leads into the ways in that go with an entry.
    pub fn ways_in_with(&self, entry: &EntryId, language: Language) -> Vec<Link> {
        let answerer = self.library.current();
        match self.guide(&answerer, language).offered_with(entry) {
            Some(Block::Links { links }) => links,
            Some(_) | None => Vec::new(),
        }
    }

    /// What leads into the way in that a code is of; `None` when it is the code of none.
    pub fn way_in_of(&self, code: &str, language: Language) -> Option<Link> {
        let answerer = self.library.current();
        let path = Path::parse(code)?;
        Some(self.guide(&answerer, language).begin_link(path.name()))
    }

    /// What a way in begins with, before anyone has begun it.
    pub fn beginning(&self, name: PathName, language: Language) -> Vec<Block> {
        let answerer = self.library.current();
        self.guide(&answerer, language)
            .look(&Path::begin(name))
            .blocks
    }

    /// What is shown where a conversation is on a way in, in a language; `None` when it is on none.
    pub fn whereabouts(&self, conversation: &str, language: Language) -> Option<Vec<Block>> {
        let answerer = self.library.current();
        let at = self.walks.get(conversation)?;
        let view = self.guide(&answerer, language).look(&at);
        view.act.is_none().then_some(view.blocks)
    }

    /// What stands on what was pressed in a conversation, by its code; `None` when that is none.
    pub fn pressed(&self, conversation: &str, code: &str, language: Language) -> Option<String> {
        let answerer = self.library.current();
        let at = self.walks.get(conversation);
        self.guide(&answerer, language).label(code, at.as_ref())
    }

    /// What the result at a code is called; `None` when it is the code of none.
    pub fn result_title(&self, code: &str, language: Language) -> Option<String> {
        let answerer = self.library.current();
        let path = Path::parse(code)?;
        let guide = self.guide(&answerer, language);
        Some(guide.result_title(path.name()).to_owned())
    }
}
