//! What the ways in and what can be pressed on them are called, for where that is said again.

use super::guide::{Guide, Heard};
use super::path::Path;
use crate::answering::{Block, Link};
use crate::knowledge::PathName;

impl<'a> Guide<'a> {
    /// What stands on what leads to a code: where someone is, else at the step before the place that it leads to. `None` when
    /// the code is none.
    pub fn label(&self, code: &str, at: Option<&Path>) -> Option<String> {
        let Heard::To(to) = Guide::place(code, at)? else {
            return Some(self.texts().say.stop.clone());
        };
        let seen = at.cloned().into_iter().chain(to.back());
        let mut links = seen
            .flat_map(|path| self.look(&path).blocks)
            .flat_map(links_of);
        let pressed = links.find(|link| link.code == code);
        Some(pressed.map_or_else(|| self.text_of(&to).name.clone(), |link| link.label))
    }

    /// What a result of a way in is called on a page of its own.
    pub fn result_title(&self, name: PathName) -> &'a str {
        let text = self.texts().of(name);
        match name {
            PathName::Idea => text.say("plan_title"),
            PathName::Grants | PathName::People | PathName::Influence | PathName::CallBack => {
                &text.name
            }
        }
    }
}

/// What can be pressed in a block.
fn links_of(block: Block) -> Vec<Link> {
    let (Block::Step { links, .. } | Block::Links { links }) = block else {
        return Vec::new();
    };
    links
}
