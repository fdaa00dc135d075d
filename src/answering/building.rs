//! From a base to what answers from it: anew, or from what answered from the base before it.

use std::sync::Arc;

use super::Answerer;
use super::crisis::CrisisDetector;
use super::index::Index;
use super::recalling::Recalled;
use super::small_talk::SmallTalkMatcher;
use crate::knowledge::{Knowledge, Language};
use crate::language::LanguageGuesser;

impl Answerer {
    /// Indexes a base.
    pub fn new(knowledge: Knowledge) -> Answerer {
        Answerer::after(None, knowledge)
    }

    /// Indexes a base that comes after this one. What would be made of the same texts is taken over instead of made again,
    /// so that a changed sentence in one language costs a fraction of the time. The answers are those of [`Answerer::new`].
    pub fn renewed(&self, knowledge: Knowledge) -> Answerer {
        Answerer::after(Some(self), knowledge)
    }

    fn after(before: Option<&Answerer>, knowledge: Knowledge) -> Answerer {
        let ours = &knowledge.municipality().languages;
        let languages = Language::ALL.into_iter().filter(|l| ours.contains(l));
        let languages: Vec<Language> = languages.collect();
        let (indexes, crisis) = build(&knowledge, &languages, before);
        let small_talk = indexes
            .iter()
            .map(|i| SmallTalkMatcher::new(&knowledge, i.language, &i.analyzer))
            .collect();
        let surfaces = |l: Language| {
            let of_language = indexes.iter().filter(move |i| i.language == l);
            of_language.flat_map(|i| i.surfaces())
        };
        let guesser =
            LanguageGuesser::new(surfaces(Language::Swedish), surfaces(Language::English));
        Answerer {
            knowledge,
            indexes,
            small_talk,
            crisis,
            guesser,
            recalled: Recalled::default(),
        }
    }
}

/// The indexes and the crisis detector of a base: the first index, mostly the largest, on a thread of its own, the rest
/// beside it one after another, for each takes much room while it is built.
fn build(
    knowledge: &Knowledge,
    languages: &[Language],
    before: Option<&Answerer>,
) -> (Vec<Arc<Index>>, Arc<CrisisDetector>) {
    let index = |language: &Language| {
        let before = before.and_then(|b| b.indexes.iter().find(|i| i.language == *language));
        Index::renewed(knowledge, *language, before)
    };
    let crisis = || CrisisDetector::renewed(knowledge, before.map(|b| &b.crisis));
    let Some((first, others)) = languages.split_first() else {
        return (Vec::new(), crisis());
    };
    std::thread::scope(|threads| {
        let of_first = threads.spawn(|| index(first));
        let others: Vec<Arc<Index>> = others.iter().map(index).collect();
        let crisis = crisis();
        // A thread that could not finish is tried once more here, where a fault is reported as usual.
        let of_first = of_first.join().unwrap_or_else(|_| index(first));
        (std::iter::once(of_first).chain(others).collect(), crisis)
    })
}
