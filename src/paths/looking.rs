//! What is shown at a place: a step, or what the way in has led to.

use super::guide::{Act, Guide, View, read_all};
use super::path::{Given, Path};
use super::step::{Step, Takes, steps};
use crate::answering::{Block, Fit, Link, LinkKind};
use crate::knowledge::{Audience, BestTime, EntryId, Need, PathName, fill};

/// What is asked for in someone's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnWords<'a> {
    /// What the way in is called.
    pub way_in: &'a str,
    /// The question.
    pub ask: &'a str,
    /// What helps to answer it.
    pub hint: Option<&'a str>,
    /// More characters are not taken.
    pub longest: usize,
}

impl Guide<'_> {
    /// What is shown at a place.
    pub fn look(&self, path: &Path) -> View {
        if let Some(back) = path.forgotten() {
            let mut view = self.look(&back);
            let text = self.texts().say.forgotten.clone();
            view.blocks.insert(0, Block::Text { text });
            return view;
        }
        let path = self.settled(path);
        let step = path.step().filter(|step| step.key != "send");
        let blocks = match step {
            Some(step) => self.asking(&path, step),
            None => self.result(&path),
        };
        View {
            act: self.act(&path),
            step: step.map(|step| step.key),
            blocks,
            path,
        }
    }
    /// The step at a place once more, without what stands around it the first time; nothing where all have been answered.
    pub fn again(&self, path: &Path) -> Option<Block> {
        let path = self.settled(path);
        let step = path.step()?;
        (step.key != "send").then(|| self.step_block(&path, step))
    }
    /// What is asked at a place whose step is answered in one's own words; `None` where it is answered otherwise.
    pub fn own_words_asked(&self, path: &Path) -> Option<OwnWords<'_>> {
        let step = path.step()?;
        let Takes::Words { longest } = step.takes else {
            return None;
        };
        let text = self.text_of(path);
        let said = text.step(step.key);
        Some(OwnWords {
            way_in: &text.name,
            ask: &said.ask,
            hint: said.hint.as_deref(),
            longest,
        })
    }
    /// What leads into the ways in that go with an entry.
    pub fn offered_with(&self, entry: &EntryId) -> Option<Block> {
        let offered = &self.knowledge().municipality().paths.offered_with;
        let fitting = PathName::ALL.iter().filter(|name| {
            offered
                .get(name.code())
                .is_some_and(|entries| entries.contains(entry))
        });
        let links: Vec<Link> = fitting.map(|name| self.begin_link(*name)).collect();
        (!links.is_empty()).then_some(Block::Links { links })
    }
    /// What leads into a way in.
    pub fn begin_link(&self, name: PathName) -> Link {
        Link {
            label: self.texts().of(name).name.clone(),
            code: Path::begin(name).code(),
            kind: LinkKind::Begin,
        }
    }
    /// Everything that a way in has led to so far, as far as another answer could change it.
    pub(super) fn outcome(&self, path: &Path) -> Vec<(EntryId, Fit)> {
        match path.name() {
            PathName::Grants => self.grants_found(path),
            PathName::People => self.people_found(path),
            PathName::Influence => self.influence_found(path),
            PathName::Idea | PathName::CallBack => Vec::new(),
        }
    }
    /// The place with the steps passed over that could change nothing of what it leads to.
    pub(super) fn settled(&self, path: &Path) -> Path {
        let mut path = path.clone();
        while let Some(step) = path.step()
            && !self.matters(&path, step)
        {
            path = path.and(Given::Skipped);
        }
        path
    }
    pub(super) fn matters(&self, path: &Path, step: &Step) -> bool {
        match path.name() {
            PathName::Idea | PathName::CallBack => true,
            PathName::Grants | PathName::People | PathName::Influence => {
                if path.given().is_empty() {
                    return true;
                }
                if path.name() == PathName::People && !self.people_ask(path, step) {
                    return false;
                }
                let options = self.options(path, step);
                let mut outcomes = options
                    .iter()
                    .map(|(code, _)| self.outcome(&path.and(Given::Picked(vec![code.clone()]))));
                let without = self.outcome(&path.and(Given::Skipped));
                outcomes.any(|with| with != without)
            }
        }
    }
    /// The step and, at the beginning, what this is.
    pub(super) fn asking(&self, path: &Path, step: &Step) -> Vec<Block> {
        let lead = path.given().is_empty().then(|| Block::Text {
            text: format!("{} {}", self.text_of(path).lead, self.texts().say.private),
        });
        lead.into_iter()
            .chain([self.step_block(path, step)])
            .collect()
    }
    pub(super) fn step_block(&self, path: &Path, step: &Step) -> Block {
        let text = self.text_of(path);
        let said = text.step(self.key(path, step));
        let answered = path.given().iter().filter(|g| **g != Given::Skipped);
        let number = (answered.count() + 1).to_string();
        let values = [("path", text.name.as_str()), ("number", &number)];
        Block::Step {
            code: path.code(),
            place: fill(&self.texts().say.place, &values),
            ask: said.ask.clone(),
            hint: said.hint.clone(),
            links: self.links(path, step),
            writes: matches!(step.takes, Takes::Words { .. }),
            several: matches!(step.takes, Takes::Many(_)),
        }
    }
    pub(super) fn result(&self, path: &Path) -> Vec<Block> {
        match path.name() {
            PathName::Grants => self.grants(path),
            PathName::People => self.people(path),
            PathName::Idea => self.idea(path),
            PathName::Influence => self.influence(path),
            // What it comes to is said by whoever does it.
            PathName::CallBack => Vec::new(),
        }
    }
    pub(super) fn act(&self, path: &Path) -> Option<Act> {
        if path.given().len() < steps(path.name()).len() {
            return None;
        }
        match path.name() {
            PathName::Grants | PathName::People | PathName::Influence => None,
            PathName::Idea => (!path.picks("send").is_empty()).then(|| Act::HandOver {
                words: path.words("idea").to_owned(),
                audiences: read_all(path.picks("whom"), Audience::from_code),
                needs: read_all(path.picks("need"), Need::from_code),
                with: path.picks("with").concat(),
            }),
            PathName::CallBack => Some(Act::CallBack {
                about: path.words("about").to_owned(),
                office: path.pick("office", |id| EntryId::parse(id).ok()),
                time: path
                    .pick("time", BestTime::from_code)
                    .unwrap_or(BestTime::Anytime),
                address: path.words("address").to_owned(),
            }),
        }
    }
}
