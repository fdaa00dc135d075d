//! Trying an idea: what a coach would ask, then at once what helps, on one page.

use super::grants::{Sought, audiences, group, welcomes};
use super::guide::{Guide, read_all};
use super::path::{Given, Path};
use super::step::{Applying, Set, With, YES};
use crate::answering::{Block, Fact, Fit, Link, LinkKind, Match};
use crate::knowledge::{Audience, Entry, EntryId, EntryKind, Need, Purpose, Standing, fill};
use crate::language::mask;

/// So many are shown for each need.
const MOST: usize = 3;
/// So much money is shown: what an idea is to become is not known, and each is for something of its own.
const MOST_MONEY: usize = 4;
/// So many that are found by the words of the idea are looked at.
const SOUGHT: usize = 12;

/// The heading of what helps with a need, by its name in the files of sentences.
fn heading(need: Need) -> &'static str {
    match need {
        Need::Money => "helps_money",
        Need::Premises => "helps_premises",
        Need::People => "helps_people",
        Need::Advice => "helps_advice",
        Need::Permit => "helps_permit",
        Need::Spread => "helps_spread",
        Need::Decision => "helps_decision",
    }
}

impl<'a> Guide<'a> {
    /// The plan for an idea: what was said, what helps, and what to do next.
    pub(super) fn idea(&self, path: &Path) -> Vec<Block> {
        let text = self.text_of(path);
        let mut blocks = vec![self.own(path)];
        let needs = read_all(path.picks("need"), Need::from_code);
        let words = path.words("idea");
        let mut shown: Vec<EntryId> = Vec::new();
        for need in wanted(&needs) {
            let mut matches = self.helps(need, path, &shown);
            if matches.is_empty() && needs.contains(&need) {
                matches.extend(self.helper().map(|e| self.plain_match(e)));
            }
            shown.extend(matches.iter().map(|m| m.entry.clone()));
            blocks.extend(group(text.say(heading(need)), Fit::Fits, matches));
        }
        let alike = self.alike(words, &shown);
        shown.extend(alike.iter().map(|m| m.entry.clone()));
        blocks.extend(group(text.say("alike"), Fit::Fits, alike));
        // Whoever decides is said even when nobody asked.
        if !needs.contains(&Need::Decision) {
            blocks.extend(group(
                text.say("helps_decision"),
                Fit::Fits,
                self.deciding(words),
            ));
        }
        blocks.push(self.next_steps(path, &shown));
        blocks.push(Block::Take {
            code: path.code(),
            print: self.texts().say.print.clone(),
            calendar: None,
        });
        let receiver = self.receiver();
        if receiver.is_some() {
            let hint = text.step("send").hint.clone().unwrap_or_default();
            blocks.push(Block::Text { text: hint });
        }
        let send = receiver.map(|receiver| Link {
            label: fill(text.say("send"), &[("receiver", receiver)]),
            code: path.and(Given::Picked(vec![YES.to_owned()])).code(),
            kind: LinkKind::Send,
        });
        blocks.push(self.links_on(path, send));
        blocks
    }

    /// Who takes ideas, by name.
    fn receiver(&self) -> Option<&str> {
        let id = self.knowledge().municipality().paths.ideas.as_ref()?;
        self.knowledge()
            .entry(id)
            .map(|entry| self.name_of(&entry.id))
    }

    /// Whom to turn to with a need that no entry helps with.
    fn helper(&self) -> Option<&'a Entry> {
        let municipality = self.knowledge().municipality();
        let receiver = municipality.paths.ideas.as_ref();
        self.knowledge()
            .entry(receiver.unwrap_or(&municipality.way_in))
    }

    /// What was said, in the person's own words where they wrote some.
    fn own(&self, path: &Path) -> Block {
        let text = self.text_of(path);
        let said = |set: Set, key: &str| {
            let names: Vec<&str> = path
                .picks(key)
                .iter()
                .map(|code| self.within(set, code))
                .collect();
            self.list(&names)
        };
        let rows = [
            ("idea", mask(path.words("idea")).text),
            ("for_whom", said(Set::Audience, "whom")),
            ("needs", said(Set::Need, "need")),
            ("company", said(Set::With, "with")),
        ];
        let facts = rows
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(key, value)| Fact {
                label: text.say(key).to_owned(),
                value,
            });
        Block::Facts {
            facts: facts.collect(),
        }
    }

    /// The entries that help with a need.
    fn helps(&self, need: Need, path: &Path, shown: &[EntryId]) -> Vec<Match> {
        let whom = audiences(path, "whom").first().copied();
        if need == Need::Money {
            let sought = Sought {
                who: path.pick("with", With::from_code).map(applying),
                whom,
                ..Sought::default()
            };
            let mut money = self.grants_for(&sought);
            money.retain(|m| {
                let entry = self.knowledge().entry(&m.entry);
                entry.is_some_and(|e| has(e, Need::Money))
            });
            // What the words of the idea are about comes first, then what is for something new, then what is nearest.
            let about = self.sought(path.words("idea"));
            money.sort_by_key(|m| {
                let place = about.iter().position(|id| *id == m.entry);
                let entry = self.knowledge().entry(&m.entry);
                (place.unwrap_or(usize::MAX), !entry.is_some_and(is_for_new))
            });
            money.truncate(MOST_MONEY);
            return money;
        }
        let mut first = if need == Need::Decision {
            self.deciding(path.words("idea"))
        } else {
            Vec::new()
        };
        let mut helping: Vec<&Entry> = self
            .knowledge()
            .entries()
            .iter()
            .filter(|e| has(e, need) && e.standing != Standing::Ended && !shown.contains(&e.id))
            // Of the offices the one that decides is named already.
            .filter(|e| need != Need::Decision || e.id.kind() != EntryKind::Offices)
            .filter(|e| {
                whom.is_none_or(|w| e.fits.as_ref().is_none_or(|f| welcomes(&f.audiences, w)))
            })
            .collect();
        let sought = self.sought(path.words("idea"));
        helping.sort_by_key(|e| {
            let named = whom.is_some_and(|w| {
                w != Audience::Everyone && e.fits.as_ref().is_some_and(|f| f.audiences.contains(&w))
            });
            // What helps with fewer things was made for this one.
            let things = e.fits.as_ref().map_or(0, |f| f.needs.len());
            let place = sought.iter().position(|id| *id == e.id);
            (
                !named,
                things,
                place.unwrap_or(usize::MAX),
                e.id.kind(),
                e.id.clone(),
            )
        });
        first.extend(helping.into_iter().map(|e| self.plain_match(e)));
        first.truncate(MOST);
        first
    }

    /// Others who do the like, found by the words of the idea.
    fn alike(&self, words: &str, shown: &[EntryId]) -> Vec<Match> {
        let kinds = [
            EntryKind::Activities,
            EntryKind::Associations,
            EntryKind::Networks,
        ];
        let found = self.sought(words).into_iter();
        found
            .filter(|id| kinds.contains(&id.kind()) && !shown.contains(id))
            .filter_map(|id| self.knowledge().entry(&id))
            .filter(|e| e.standing != Standing::Ended)
            .take(MOST)
            .map(|e| self.plain_match(e))
            .collect()
    }

    /// The office whose concern such things are; where none plainly is, the one that every question may go to.
    fn deciding(&self, words: &str) -> Vec<Match> {
        let way_in = &self.knowledge().municipality().way_in;
        let owner = self.answerer.concern(words, self.language);
        let entry = self.knowledge().entry(owner.as_ref().unwrap_or(way_in));
        entry.map(|e| self.plain_match(e)).into_iter().collect()
    }

    fn sought(&self, words: &str) -> Vec<EntryId> {
        self.answerer.search(words, self.language, SOUGHT)
    }

    /// What to do next, in an order that anyone can follow.
    fn next_steps(&self, path: &Path, shown: &[EntryId]) -> Block {
        let text = self.text_of(path);
        let titled = |key: &str, title: &str| fill(text.say(key), &[("title", title)]);
        let alone = path.pick("with", With::from_code) == Some(With::Alone);
        // Whom to talk to is a step of its own.
        let is_read = |id: &&EntryId| match id.kind() {
            EntryKind::Grants
            | EntryKind::Awards
            | EntryKind::Councils
            | EntryKind::Activities
            | EntryKind::Networks
            | EntryKind::Associations
            | EntryKind::Guides
            | EntryKind::Helplines => true,
            EntryKind::Offices | EntryKind::Contacts => false,
        };
        let first = shown.iter().find(is_read);
        let read = first.map(|id| titled("step_read", self.name_of(id)));
        let talk = self.receiver().map(|title| titled("step_talk", title));
        let steps = alone
            .then(|| text.say("step_people").to_owned())
            .into_iter()
            .chain(read)
            .chain(talk)
            .chain([text.say("step_small").to_owned()]);
        let numbered: Vec<String> = steps
            .enumerate()
            .map(|(i, step)| format!("{}. {step}", i + 1))
            .collect();
        Block::Text {
            text: format!("{}\n\n{}", text.say("next"), numbered.join("\n")),
        }
    }
}

/// What is looked for: what is needed, or what every idea needs when that was not said.
fn wanted(needs: &[Need]) -> Vec<Need> {
    if needs.is_empty() {
        vec![Need::Advice, Need::Money, Need::Premises]
    } else {
        needs.to_vec()
    }
}

fn has(entry: &Entry, need: Need) -> bool {
    entry.fits.as_ref().is_some_and(|f| f.needs.contains(&need))
}

/// Whether money is for what an idea may become: something new, or something for all.
fn is_for_new(entry: &Entry) -> bool {
    let purposes = entry.fits.iter().flat_map(|f| &f.purposes);
    let mut new = purposes.filter(|p| matches!(p, Purpose::Project | Purpose::Event));
    new.next().is_some()
}

/// As whom someone applies who has these with them.
fn applying(with: With) -> Applying {
    match with {
        // Whoever has nobody yet is on the way to having some.
        With::Alone | With::Friends => Applying::Network,
        With::Association => Applying::Association,
        With::School => Applying::School,
        With::Company => Applying::Company,
    }
}
