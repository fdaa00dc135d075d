//! All targets in all languages, weighed against each other.

use rustc_hash::FxHashMap;

use super::Answerer;
use super::answer::Candidate;
use super::confidence::{Evidence, shares};
use super::deciding::is_answer;
use super::index::{Index, Origin, Target};
use super::matching::{Features, Match, matches};
use super::query::Query;
use super::small_talk::is_frame;
use super::weights::WEIGHTS;
use crate::knowledge::{EntryId, Knowledge, Language};
use crate::language::{Guess, Tongue};

/// A target with its match in the language where it fits best.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub(crate) found: Match,
    pub(crate) language: Language,
    /// How likely it is that this is what the question means, 0..1; of all targets together 1.
    pub(crate) confidence: f32,
}

/// The targets of a question, best first.
#[derive(Debug, Default)]
pub(crate) struct Ranking {
    pub(crate) ranked: Vec<Ranked>,
    /// What bears on whether the base answers; `None` when no answer was found at all.
    pub(crate) evidence: Option<Evidence>,
}

/// A question to rank targets for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking<'a> {
    pub(crate) language: Language,
    pub(crate) guess: Guess,
    /// The message without what was masked.
    pub(crate) subject: &'a str,
    /// What was said before, with how much it counts.
    pub(crate) context: &'a [(&'a str, f32)],
    /// At least so many targets are kept.
    pub(crate) top: usize,
}

/// So many units are kept of each language.
const DEPTH: usize = 40;
/// Who searches is shown what has so much of what is sought, 0..1 …
const COVERED: f32 = 0.5;
/// … and this score, and is not this far behind what fits best.
const SOUGHT: f32 = 6.0;
const FAR_BEHIND: f32 = 5.0;
/// A frame has so much less of a message than what it is put around, 0..1.
const FRAMED: f32 = 0.2;
/// The score of a target that has nothing of the question.
const NOT_FOUND: f32 = 2.0;

impl Ranking {
    /// Weighs every target for a question.
    pub(crate) fn of(answerer: &Answerer, asking: &Asking<'_>) -> Ranking {
        let mut best: FxHashMap<Target, (Match, Language)> = FxHashMap::default();
        let mut familiarity: f32 = 0.0;
        // A question that could be in any language is looked for in all.
        let known = matches!(asking.guess, Guess::Known(_));
        let indexes = answerer.indexes.iter();
        for index in indexes.filter(|i| !known || i.language == asking.language) {
            let query = Query::new(index, asking.subject, asking.context);
            if query.is_empty() {
                continue;
            }
            familiarity = familiarity.max(query.familiarity());
            for found in matches(index, &query, DEPTH.max(asking.top)) {
                match best.get(&found.target) {
                    Some((other, _)) if other.score >= found.score => {}
                    _ => {
                        best.insert(found.target, (found, index.language));
                    }
                }
            }
        }
        let mut all: Vec<(Match, Language)> = best.into_values().collect();
        all.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
        let knowledge = &answerer.knowledge;
        let (answers, others): (Vec<&Match>, Vec<&Match>) = all
            .iter()
            .map(|(found, _)| found)
            .partition(|m| is_answer(knowledge, m.target));
        let scores: Vec<f32> = answers.iter().map(|m| m.score).collect();
        // A greeting or thanks around a question does not speak against it.
        let covered = answers.first().map_or(0.0, |m| m.features.coverage) - FRAMED;
        let frames = |m: &Match| match m.target {
            Target::SmallTalk(kind) => is_frame(&knowledge.small_talk()[kind]),
            _ => false,
        };
        let mut others = others.iter();
        let other = others.find(|m| !(frames(m) && m.features.coverage <= covered));
        let share = shares(&scores, 1.0).first().copied().unwrap_or_default();
        let evidence = answers.first().map(|m| Evidence {
            coverage: m.features.coverage,
            familiarity,
            words: asking.subject.split_whitespace().count(),
            lead: m.score - other.map_or(NOT_FOUND, |m| m.score),
            odds: (share / (1.0 - share).max(f32::MIN_POSITIVE)).ln(),
            meaning: m.features.meaning_centroid,
            score: m.score,
        });
        Ranking {
            ranked: weighed(knowledge, all, evidence),
            evidence,
        }
    }

    /// What was found of a target.
    pub(crate) fn get(&self, target: Target) -> Option<&Ranked> {
        self.ranked.iter().find(|r| r.found.target == target)
    }

    /// By how much the score of a target exceeds that of the best other one; negative when it is behind.
    pub(crate) fn lead(&self, target: Target) -> f32 {
        let score = |r: Option<&Ranked>| r.map_or(NOT_FOUND, |r| r.found.score);
        let other = self.ranked.iter().find(|r| r.found.target != target);
        score(self.get(target)) - score(other)
    }

    /// The entries among the targets with their confidence, best first.
    pub(crate) fn candidates(&self, knowledge: &Knowledge, top: usize) -> Vec<Candidate> {
        let entries = self.ranked.iter().filter_map(|r| match r.found.target {
            Target::Entry(i) => Some(Candidate {
                entry: knowledge.entries()[i].id.clone(),
                confidence: r.confidence,
            }),
            Target::Office(_)
            | Target::Elsewhere(_)
            | Target::SmallTalk(_)
            | Target::Clarification(_) => None,
        });
        entries.take(top).collect()
    }
}

impl Ranking {
    /// The entries that are worth showing to someone who searches, best first: not only the one that answers, but none
    /// that is far behind what fits best. For a concern its office is shown, and what is asked back is shown at once.
    pub(crate) fn worth_showing(&self, knowledge: &Knowledge) -> Vec<EntryId> {
        let best = self.ranked.first().map_or(0.0, |r| r.found.score);
        let least = (best - FAR_BEHIND).max(SOUGHT);
        let fits = |r: &&Ranked| r.found.features.coverage >= COVERED && r.found.score >= least;
        let id = |i: usize| knowledge.entries()[i].id.clone();
        let mut shown: Vec<EntryId> = Vec::new();
        for ranked in self.ranked.iter().filter(fits) {
            let ids = match ranked.found.target {
                Target::Entry(i) | Target::Office(i) => vec![id(i)],
                Target::Clarification(i) => knowledge.clarifications()[i].entries.clone(),
                Target::Elsewhere(_) | Target::SmallTalk(_) => Vec::new(),
            };
            for id in ids {
                if !shown.contains(&id) {
                    shown.push(id);
                }
            }
        }
        shown
    }
}

/// What no target at all scores among those that are no answer: one of them must fit by itself, not only best.
const NOTHING: f32 = 7.5;

/// The targets with their confidence: the answers share the likelihood that there is one, the others what is left.
fn weighed(
    knowledge: &Knowledge,
    all: Vec<(Match, Language)>,
    evidence: Option<Evidence>,
) -> Vec<Ranked> {
    let gate = WEIGHTS.gate_of(knowledge);
    let answered = evidence.map_or(0.0, |e| e.likelihood(gate));
    let shares_of = |answers: bool| {
        let of_kind = all
            .iter()
            .filter(|(m, _)| is_answer(knowledge, m.target) == answers);
        let mut scores: Vec<f32> = of_kind.map(|(m, _)| m.score).collect();
        if !answers {
            scores.push(NOTHING);
        }
        shares(&scores, gate.sharpness).into_iter()
    };
    let (mut answers, mut others) = (shares_of(true), shares_of(false));
    all.into_iter()
        .map(|(found, language)| {
            let confidence = if is_answer(knowledge, found.target) {
                answered * answers.next().unwrap_or_default()
            } else {
                (1.0 - answered) * others.next().unwrap_or_default()
            };
            Ranked {
                found,
                language,
                confidence,
            }
        })
        .collect()
}

impl Ranked {
    /// The wording that fits best, as text.
    pub(crate) fn wording<'a>(&self, knowledge: &'a Knowledge) -> &'a str {
        let entry = |i: usize| knowledge.entries()[i].texts.get(self.language);
        let nth = |list: &'a [String], n: u16| list.get(usize::from(n)).map_or("", String::as_str);
        match (self.found.target, self.found.wording) {
            (Target::Elsewhere(i), Origin::Concern(n)) => {
                nth(knowledge.elsewhere()[i].about(self.language), n)
            }
            (Target::Elsewhere(i), _) => knowledge.elsewhere()[i].name(self.language),
            (Target::Clarification(i), Origin::Question(n)) => {
                nth(knowledge.clarifications()[i].examples(self.language), n)
            }
            (Target::Clarification(i), _) => knowledge.clarifications()[i].ask(self.language),
            (Target::SmallTalk(i), Origin::Question(n)) => {
                nth(knowledge.small_talk()[i].examples(self.language), n)
            }
            (Target::SmallTalk(i), _) => &knowledge.small_talk()[i].name,
            (Target::Office(i) | Target::Entry(i), Origin::Concern(n)) => {
                entry(i).map_or("", |t| nth(&t.responsible_for, n))
            }
            (Target::Office(i) | Target::Entry(i), Origin::Name(n)) => {
                entry(i).map_or("", |t| nth(&t.also_called, n))
            }
            (Target::Office(i) | Target::Entry(i), Origin::Question(n)) => {
                entry(i).map_or("", |t| nth(&t.questions, n))
            }
            (
                Target::Office(i) | Target::Entry(i),
                Origin::Title | Origin::Sentence | Origin::Passage,
            ) => entry(i).map_or("", |t| &t.title),
        }
    }

    /// The features, for explanations.
    pub(crate) fn features(&self) -> &Features {
        &self.found.features
    }
}

/// The index of a language.
pub(crate) fn index_of(answerer: &Answerer, language: Language) -> Option<&Index> {
    let mut indexes = answerer.indexes.iter().map(|i| i.as_ref());
    indexes.find(|i| i.language == language)
}

/// The language of a tongue.
pub(crate) fn language(tongue: Tongue) -> Language {
    match tongue {
        Tongue::Swedish => Language::Swedish,
        Tongue::English => Language::English,
    }
}
