//! What is indexed: the texts of every entry, office, body elsewhere and kind of small talk, and the words of the base.

use rustc_hash::FxHashMap;

use super::index::{Origin, Target};
use crate::knowledge::{Knowledge, Language, Text};
use crate::language::{Analyzer, Lexicon, Tongue, each_word, sentences};

/// The texts of one unit before they are indexed.
#[derive(Hash)]
pub(super) struct UnitSource<'a> {
    pub(super) target: Target,
    pub(super) texts: Vec<(Origin, &'a str)>,
}

impl UnitSource<'_> {
    /// Whether nobody's wording of it is known, only what it is called and its text.
    pub(super) fn is_bare(&self) -> bool {
        let asked = |origin: &Origin| matches!(origin, Origin::Question(_) | Origin::Concern(_));
        !self.texts.iter().any(|(origin, _)| asked(origin))
    }

    /// The folded words of its running text, its names before them; none without such a text.
    pub(super) fn words(&self, analyzer: &Analyzer) -> Vec<String> {
        let is_text = |(origin, _): &(Origin, &str)| *origin == Origin::Sentence;
        if !self.texts.iter().any(is_text) {
            return Vec::new();
        }
        let each = self.texts.iter().filter(|(o, _)| *o != Origin::Passage);
        each.flat_map(|(_, text)| analyzer.plain_words(text))
            .collect()
    }
}

/// Every text to index in a language, by what it stands for.
pub(super) fn sources(knowledge: &Knowledge, language: Language) -> Vec<UnitSource<'_>> {
    let mut out = Vec::new();
    for (i, entry) in knowledge.entries().iter().enumerate() {
        // What is not translated is found in the language that it has.
        let Some((_, text)) = entry.texts.best(language) else {
            continue;
        };
        out.push(UnitSource {
            target: Target::Entry(i),
            texts: texts_of(text),
        });
        for (n, concern) in text.responsible_for.iter().enumerate() {
            out.push(UnitSource {
                target: Target::Office(i),
                texts: vec![(Origin::Concern(n as u16), concern)],
            });
        }
    }
    for (i, body) in knowledge.elsewhere().iter().enumerate() {
        for (n, about) in body.about(language).iter().enumerate() {
            out.push(UnitSource {
                target: Target::Elsewhere(i),
                texts: vec![(Origin::Concern(n as u16), about)],
            });
        }
        out.push(UnitSource {
            target: Target::Elsewhere(i),
            texts: vec![(Origin::Title, body.name(language))],
        });
    }
    for (i, talk) in knowledge.small_talk().iter().enumerate() {
        let examples = talk.examples(language).iter().enumerate();
        out.push(UnitSource {
            target: Target::SmallTalk(i),
            texts: examples
                .map(|(n, e)| (Origin::Question(n as u16), e.as_str()))
                .collect(),
        });
    }
    for (i, asks) in knowledge.clarifications().iter().enumerate() {
        let examples = asks.examples(language).iter().enumerate();
        out.push(UnitSource {
            target: Target::Clarification(i),
            texts: examples
                .map(|(n, e)| (Origin::Question(n as u16), e.as_str()))
                .collect(),
        });
    }
    out
}

fn texts_of(text: &Text) -> Vec<(Origin, &str)> {
    let mut out = vec![(Origin::Title, text.title.as_str())];
    out.extend(
        text.also_called
            .iter()
            .enumerate()
            .map(|(i, n)| (Origin::Name(i as u16), n.as_str())),
    );
    out.extend(
        text.questions
            .iter()
            .enumerate()
            .map(|(i, q)| (Origin::Question(i as u16), q.as_str())),
    );
    let parts = std::iter::once(text.summary.as_str()).chain(
        text.sections
            .iter()
            .filter(|s| s.facet.describes())
            .map(|s| s.body.as_str()),
    );
    if text.questions.is_empty() {
        let several = |part: &&str| sentences(part).nth(1).is_some();
        let whole = parts.clone().filter(several);
        out.extend(whole.map(|part| (Origin::Passage, part)));
    }
    out.extend(parts.flat_map(sentences).map(|s| (Origin::Sentence, s)));
    out
}

/// The analysis of a language, with the words of the base as parts of compounds.
pub(super) fn analyzer(
    knowledge: &Knowledge,
    language: Language,
    sources: &[UnitSource<'_>],
) -> Analyzer {
    let list = knowledge.words().of(language);
    let pairs = &knowledge.words().across.sv_en;
    let (tongue, across) = match language {
        Language::Swedish => (
            Tongue::Swedish,
            pairs.iter().map(|(s, e)| (e.clone(), s.clone())).collect(),
        ),
        Language::English => (
            Tongue::English,
            pairs.iter().map(|(s, e)| (s.clone(), e.clone())).collect(),
        ),
    };
    let lexicon = Lexicon {
        expand: list
            .expand
            .iter()
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect(),
        synonyms: list.synonyms.clone(),
        compound_parts: list.compound_parts.clone(),
        compound_heads: list.compound_heads.clone(),
        stop: list.stop.clone(),
        across,
    };
    let mut analyzer = Analyzer::new(tongue, &lexicon);
    if tongue == Tongue::Swedish {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        for (_, text) in sources.iter().flat_map(|s| &s.texts) {
            each_word(text, |word| match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => _ = counts.insert(word.to_owned(), 1),
            });
        }
        // A word seen once may itself be a compound or a name; seen twice it is a word of the field.
        let learnt: Vec<&str> = counts
            .iter()
            .filter(|(w, n)| **n >= 2 && (4..=10).contains(&w.len()) && !analyzer.is_stop(w))
            .map(|(w, _)| w.as_str())
            .collect();
        analyzer.learn_parts(learnt);
    }
    analyzer
}
