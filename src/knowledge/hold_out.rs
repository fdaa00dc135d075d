//! A base without some of its wordings: what is held out can be asked, to see whether the rest finds it.

use super::{Knowledge, Language};

/// A wording that was taken out, and what it stood for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldOut {
    /// The wording.
    pub text: String,
    /// The language it is in.
    pub language: Language,
    /// What it stood for.
    pub of: WordingOf,
}

/// What a wording stands for, by its place in the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordingOf {
    /// An example question of this entry.
    Entry(usize),
    /// A concern of the office that this entry is.
    Office(usize),
    /// A concern of this body.
    Elsewhere(usize),
    /// An example of this kind of small talk.
    SmallTalk(usize),
    /// An example of this question to ask back.
    Clarification(usize),
}

impl Knowledge {
    /// The base without every wording whose place in its list is `part` when counted in turns of `of`, and those.
    pub fn hold_out(&self, part: usize, of: usize) -> (Knowledge, Vec<HeldOut>) {
        let mut rest = self.clone();
        let mut held = Vec::new();
        let mut take = |list: &mut Vec<String>, language: Language, what: WordingOf| {
            let mut place = 0;
            list.retain(|text| {
                let kept = place % of.max(1) != part;
                place += 1;
                if !kept {
                    held.push(HeldOut {
                        text: text.clone(),
                        language,
                        of: what,
                    });
                }
                kept
            });
        };
        for language in Language::ALL {
            for (i, entry) in rest.entries.iter_mut().enumerate() {
                if let Some(text) = entry.texts.get_mut(language) {
                    take(&mut text.questions, language, WordingOf::Entry(i));
                    take(&mut text.responsible_for, language, WordingOf::Office(i));
                }
            }
            for (i, body) in rest.elsewhere.iter_mut().enumerate() {
                take(body.about_mut(language), language, WordingOf::Elsewhere(i));
            }
            for (i, talk) in rest.small_talk.iter_mut().enumerate() {
                take(
                    talk.examples_mut(language),
                    language,
                    WordingOf::SmallTalk(i),
                );
            }
            for (i, asks) in rest.clarifications.iter_mut().enumerate() {
                take(
                    asks.examples_mut(language),
                    language,
                    WordingOf::Clarification(i),
                );
            }
        }
        (rest, held)
    }

    /// The base with its entries and nothing beside them: no concerns of offices or others, nothing asked back, no small
    /// talk.
    pub fn entries_only(&self) -> Knowledge {
        let mut rest = self.clone();
        for language in Language::ALL {
            let texts = rest.entries.iter_mut();
            for text in texts.filter_map(|e| e.texts.get_mut(language)) {
                text.responsible_for.clear();
            }
        }
        rest.elsewhere.clear();
        rest.clarifications.clear();
        rest.small_talk.clear();
        rest
    }

    /// The base without every entry, offices aside, whose place is `part` when counted in turns of `of`, and the example
    /// questions that nothing answers any more.
    pub fn without_entries(&self, part: usize, of: usize) -> (Knowledge, Vec<(String, Language)>) {
        let mut rest = self.clone();
        let mut questions = Vec::new();
        let mut place = 0;
        for entry in &mut rest.entries {
            if entry.id.kind() == super::EntryKind::Offices {
                continue;
            }
            place += 1;
            if place % of.max(1) != part {
                continue;
            }
            for language in Language::ALL {
                // The entry stays, so that every other one keeps its place, but without a word to find it by.
                let text = entry.texts.get_mut(language).map(std::mem::take);
                let asked = text.into_iter().flat_map(|t| t.questions);
                questions.extend(asked.map(|q| (q, language)));
            }
        }
        (rest, questions)
    }
}
