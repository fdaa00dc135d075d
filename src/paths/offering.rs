//! What can be pressed at a place, and what people call it when they type.

use super::guide::{Guide, STOP};
use super::path::{Given, Path};
use super::step::{Set, Situation, Step, YES};
use super::understanding::Named;
use crate::answering::{Block, Link, LinkKind};
use crate::knowledge::{EntryId, Language, PathName, PathTexts};

impl<'a> Guide<'a> {
    /// The name of a step's sentences: what draws someone is asked in other words of the young than of the retired.
    pub(super) fn key(&self, path: &Path, step: &Step) -> &'static str {
        match step.key {
            "interest" => path
                .pick("you", Situation::from_code)
                .unwrap_or(Situation::Adult)
                .code(),
            key => key,
        }
    }
    pub(super) fn links(&self, path: &Path, step: &Step) -> Vec<Link> {
        let say = &self.texts().say;
        let options = self
            .options(path, step)
            .into_iter()
            .map(|(code, label)| Link {
                label,
                code: path.and(Given::Picked(vec![code])).code(),
                kind: LinkKind::Option,
            });
        let unsure = step.set().map(|_| Link {
            label: say.unsure.clone(),
            code: path.and(Given::Unsure).code(),
            kind: LinkKind::Unsure,
        });
        options.chain(unsure).chain(self.ways_out(path)).collect()
    }
    /// Back, and out.
    pub(super) fn ways_out(&self, path: &Path) -> impl Iterator<Item = Link> {
        let say = &self.texts().say;
        let back = path.back().map(|back| Link {
            label: say.back.clone(),
            code: back.code(),
            kind: LinkKind::Back,
        });
        let stop = Link {
            label: say.stop.clone(),
            code: STOP.to_owned(),
            kind: LinkKind::Stop,
        };
        back.into_iter().chain([stop])
    }
    /// What can be pressed once something has been handed over: back to what it came from, and to begin anew.
    pub fn links_after(&self, path: &Path) -> Block {
        let say = &self.texts().say;
        let back = (!path.given().is_empty()).then(|| Link {
            label: say.back.clone(),
            code: path.code(),
            kind: LinkKind::Back,
        });
        let others = PathName::ALL.iter().filter(|name| **name != path.name());
        let links = others.map(|name| self.begin_link(*name)).chain(back);
        Block::Links {
            links: links.collect(),
        }
    }

    /// What can be pressed where a way in has led to something.
    pub(super) fn links_on(&self, path: &Path, first: Option<Link>) -> Block {
        let again = Link {
            label: self.texts().say.again.clone(),
            code: Path::begin(path.name()).code(),
            kind: LinkKind::Begin,
        };
        let called =
            (path.name() != PathName::CallBack).then(|| self.begin_link(PathName::CallBack));
        let links = first.into_iter().chain(called).chain([again]);
        Block::Links {
            links: links.chain(self.ways_out(path)).collect(),
        }
    }
    /// What a step offers: codes, and what stands on them.
    pub(super) fn options(&self, path: &Path, step: &Step) -> Vec<(String, String)> {
        let Some(set) = step.set() else {
            return Vec::new();
        };
        let said = |code: &str| {
            let key = set.key().unwrap_or_default();
            (
                code.to_owned(),
                self.texts().option(key, code).label.clone(),
            )
        };
        match set {
            Set::Interest => {
                let wanted = self.interests(path);
                wanted.into_iter().map(|i| said(i.code())).collect()
            }
            Set::Part => {
                let parts = self.parts().into_iter();
                parts.map(|p| (p.code.clone(), p.name.clone())).collect()
            }
            Set::Office => self.offices(path.words("about")),
            Set::Send => vec![(YES.to_owned(), self.text_of(path).say("yes").to_owned())],
            Set::Who
            | Set::Purpose
            | Set::Audience
            | Set::Scope
            | Set::Soon
            | Set::You
            | Set::Slot
            | Set::Tongue
            | Set::Company
            | Set::With
            | Set::Need
            | Set::Influence
            | Set::Time => set.codes().into_iter().map(said).collect(),
        }
    }
    /// What people call the answers to a step, in every language of the base, the one spoken first.
    pub(super) fn named(&self, path: &Path, step: &Step) -> Vec<Named> {
        let Some(set) = step.set() else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for (language, texts) in self.both_texts() {
            let guide = Guide { language, ..*self };
            let Some(key) = set.key() else {
                all.extend(guide.named_by_base(path, set, step));
                continue;
            };
            for code in set.codes().iter().chain(set.typed()) {
                let option = texts.option(key, code);
                let names = option.words.iter().chain([&option.label]);
                all.push(Named {
                    code: (*code).to_owned(),
                    names: names.cloned().collect(),
                    language,
                });
            }
        }
        all
    }
    /// The same for what the base names: parts of the municipality, offices, and that something is to be done.
    fn named_by_base(&self, path: &Path, set: Set, step: &Step) -> Vec<Named> {
        let language = self.language;
        if set == Set::Part {
            let parts = self.parts().into_iter();
            return parts
                .map(|part| Named {
                    code: part.code.clone(),
                    names: part
                        .also_called
                        .iter()
                        .chain([&part.name])
                        .cloned()
                        .collect(),
                    language,
                })
                .collect();
        }
        self.options(path, step)
            .into_iter()
            .map(|(code, label)| {
                let id = EntryId::parse(&code).ok();
                let entry = id.and_then(|id| self.knowledge().entry(&id));
                let text = entry.map(|e| e.text(language));
                let short = label
                    .split([':', '('])
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                let names = text.into_iter().flat_map(|t| t.also_called.clone());
                Named {
                    code,
                    names: names.chain([short, label]).collect(),
                    language,
                }
            })
            .collect()
    }
    /// The sentences of every language of the base, the one spoken first.
    pub(super) fn both_texts(&self) -> Vec<(Language, &'a PathTexts)> {
        let spoken = &self.knowledge().municipality().languages;
        let others = spoken.iter().filter(|l| **l != self.language);
        [self.language]
            .iter()
            .chain(others)
            .map(|l| (*l, self.knowledge().path_texts(*l)))
            .collect()
    }
}
