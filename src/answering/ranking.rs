//! All targets in all languages, weighed against each other: answer, choice, route, elsewhere or unknown.

use std::collections::HashMap;

use super::Answerer;
use super::answer::Candidate;
use super::confidence::{Evidence, confidence};
use super::index::{Index, Origin, Target};
use super::matching::{Features, Match, matches};
use super::query::{Meant, Query};
use crate::knowledge::{EntryKind, Knowledge, Language};
use crate::language::{Guess, Tongue};

/// What to do with a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Answer with the entry at this place.
    Answer(usize),
    /// Ask which of these entries is meant.
    Choice(Vec<usize>),
    /// Name the office at this place.
    Route(usize),
    /// Name the body, by its place in `elsewhere`.
    Elsewhere(usize),
    /// Say that nothing is known.
    Unknown,
}

/// A target with its match in the language where it fits best.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub(crate) found: Match,
    pub(crate) language: Language,
    pub(crate) confidence: f32,
}

/// The targets of a question, best first.
pub(crate) struct Ranking {
    pub(crate) ranked: Vec<Ranked>,
    /// The same with what was said before taken into account; empty without a conversation.
    pub(crate) in_context: Vec<Ranked>,
    /// The share of the question's weight that the base has words for, 0..1.
    pub(crate) familiarity: f32,
}

/// So many units are kept of the question's language, and of the other.
const DEPTH: usize = 40;
const DEPTH_OF_OTHER: usize = 16;
/// The negative logarithm of a chance that counts as none.
const LEAST_LIKELY: f32 = 10.0;
/// What a match in the language that the question is not in counts.
const OTHER_LANGUAGE: f32 = 0.9;

/// Thresholds on confidence. A wrong answer costs five times a missed one, so an answer needs better than even odds of
/// five to one only against being silent; against offering a choice it needs less.
pub(crate) const ACCEPT: f32 = 0.45;
const OFFER: f32 = 0.3;
/// An entry is offered beside the best one when it is at least this likely compared with it.
const NEAR_TIE: f32 = 0.82;
const LOWEST_TIE: f32 = 0.2;
/// An entry is offered beside one that is likely, but not likely enough, when it has at least this confidence.
const LOWEST_CHOICE: f32 = 0.08;
/// A question that stands on its own is answered on its own from here, whatever was said before.
const PLAIN: f32 = 0.85;
/// So is one that something else fits this well, and this much better than the subject.
const CLEAR: f32 = 0.26;
const AHEAD: f32 = 0.08;
/// Score from which an office's or another body's concern decides.
const CONCERN: f32 = 0.3;
const WEAK_CONCERN: f32 = 0.15;
/// What the lesser of an office's two likenesses adds to the greater.
const BOTH: f32 = 0.25;

impl Ranking {
    /// Weighs every target for a question.
    pub(crate) fn of(
        answerer: &Answerer,
        language: Language,
        guess: Guess,
        subject: &str,
        context: &[(&str, f32)],
        top: usize,
    ) -> Ranking {
        let (ranked, familiarity) = rank(answerer, language, guess, subject, &[], top);
        let in_context = if context.is_empty() {
            Vec::new()
        } else {
            rank(answerer, language, guess, subject, context, top).0
        };
        Ranking {
            ranked,
            in_context,
            familiarity,
        }
    }

    /// Whether the question can be understood on its own.
    pub(crate) fn stands_alone(&self, topic: Option<Target>) -> bool {
        let Some(best) = self.ranked.first() else {
            return false;
        };
        let topics = topic.map_or(0.0, |t| self.own_score(t));
        let another = Some(best.found.target) != topic;
        best.confidence >= PLAIN
            || (another && best.found.score >= CLEAR && best.found.score > topics + AHEAD)
    }

    /// Whether something in the base or of an office plainly fits; what does not may still be small talk.
    pub(crate) fn is_settled(&self) -> bool {
        let concern =
            |r: &Ranked| !matches!(r.found.target, Target::Entry(_)) && r.found.score >= CONCERN;
        [&self.ranked, &self.in_context].iter().any(|l| {
            l.first()
                .is_some_and(|r| r.confidence >= ACCEPT || concern(r))
        })
    }

    /// What to do. `leaning` says that the question makes sense only with what was said before.
    pub(crate) fn verdict(
        &self,
        knowledge: &Knowledge,
        topic: Option<Target>,
        leaning: bool,
    ) -> Verdict {
        if leaning && let Some(Target::Entry(i)) = topic {
            // The subject may move to another entry, but only when that one fits clearly better.
            let moved = self
                .in_context
                .first()
                .filter(|r| r.confidence >= ACCEPT && r.found.target != Target::Entry(i));
            return match moved.map(|r| {
                (
                    r.found.target,
                    self.own_score(r.found.target),
                    self.own_score(Target::Entry(i)),
                )
            }) {
                Some((Target::Entry(other), own, topics)) if own > topics + AHEAD => {
                    Verdict::Answer(other)
                }
                _ => Verdict::Answer(i),
            };
        }
        let alone = decide(knowledge, &self.ranked);
        if self.in_context.is_empty() || matches!(alone, Verdict::Answer(_)) {
            return alone;
        }
        match decide(knowledge, &self.in_context) {
            Verdict::Answer(i) => Verdict::Answer(i),
            in_context => match alone {
                Verdict::Unknown => in_context,
                alone => alone,
            },
        }
    }

    /// How much of the question occurs in a target, 0..1.
    pub(crate) fn coverage(&self, target: Option<Target>) -> f32 {
        let found = self.ranked.iter().find(|r| Some(r.found.target) == target);
        found.map_or(0.0, |r| r.found.features.coverage)
    }

    fn own_score(&self, target: Target) -> f32 {
        self.ranked
            .iter()
            .find(|r| r.found.target == target)
            .map_or(0.0, |r| r.found.score)
    }

    /// The entries among the targets with their confidence, best first.
    pub(crate) fn candidates(&self, knowledge: &Knowledge, top: usize) -> Vec<Candidate> {
        let list = if self.in_context.is_empty()
            || self.ranked.first().is_some_and(|r| r.confidence >= ACCEPT)
        {
            &self.ranked
        } else {
            &self.in_context
        };
        list.iter()
            .filter_map(|r| match r.found.target {
                Target::Entry(i) => Some(Candidate {
                    entry: knowledge.entries()[i].id.clone(),
                    confidence: r.confidence,
                }),
                Target::Office(_) | Target::Elsewhere(_) | Target::SmallTalk(_) => None,
            })
            .take(top)
            .collect()
    }
}

fn rank(
    answerer: &Answerer,
    language: Language,
    guess: Guess,
    subject: &str,
    context: &[(&str, f32)],
    top: usize,
) -> (Vec<Ranked>, f32) {
    let mut best: HashMap<Target, (Match, Language)> = HashMap::new();
    let mut familiarity: f32 = 0.0;
    // The index of the question's language comes first: it knows what the words mean.
    let (own, other): (Vec<&Index>, Vec<&Index>) =
        answerer.indexes.iter().partition(|i| i.language == language);
    let mut meant: Option<Vec<Meant>> = None;
    let mut learnt: HashMap<Target, f32> = HashMap::new();
    for index in own.into_iter().chain(other) {
        let own = index.language == language || guess == Guess::Unclear;
        let depth = if own { DEPTH } else { DEPTH_OF_OTHER };
        let query = Query::new(index, subject, context, meant.as_deref().filter(|_| !own));
        meant.get_or_insert_with(|| query.meant.clone());
        if own {
            for (target, log) in index.log_probabilities(&query) {
                let likely = (1.0 + log / LEAST_LIKELY).max(0.0);
                let known = learnt.entry(target).or_default();
                *known = likely.max(*known);
            }
        }
        if query.is_empty() {
            continue;
        }
        if own || !matches!(guess, Guess::Known(_)) {
            familiarity = familiarity.max(query.familiarity());
        }
        for mut found in matches(index, &query, depth.max(top)) {
            if !own {
                found.score *= OTHER_LANGUAGE;
            }
            found.features.learnt = learnt.get(&found.target).copied().unwrap_or_default();
            match best.get(&found.target) {
                Some((other, _)) if other.score >= found.score => {}
                _ => {
                    best.insert(found.target, (found, index.language));
                }
            }
        }
    }
    let mut all: Vec<(Match, Language)> = best.into_values().collect();
    all.sort_by(|a, b| {
        b.0.score
            .total_cmp(&a.0.score)
            .then(a.0.target.cmp(&b.0.target))
    });
    let first = all.first().map_or(0.0, |a| a.0.score);
    let second = all.get(1).map_or(0.0, |a| a.0.score);
    let evidence = Evidence {
        familiarity,
        words: subject.split_whitespace().count(),
    };
    let ranked = all
        .into_iter()
        .enumerate()
        .map(|(i, (found, language))| {
            let other = if i == 0 { second } else { first };
            Ranked {
                confidence: confidence(&found, other, evidence),
                found,
                language,
            }
        })
        .collect();
    (ranked, familiarity)
}

fn decide(knowledge: &Knowledge, ranked: &[Ranked]) -> Verdict {
    let Some(best) = ranked.first() else {
        return Verdict::Unknown;
    };
    let office = best_office(knowledge, ranked);
    let elsewhere = ranked.iter().find_map(|r| match r.found.target {
        Target::Elsewhere(i) => Some((i, r.found.score)),
        Target::Entry(_) | Target::Office(_) | Target::SmallTalk(_) => None,
    });
    let concern = match (office, elsewhere) {
        (Some((_, ours)), Some((i, theirs))) if theirs > ours => {
            Some((Verdict::Elsewhere(i), theirs))
        }
        (None, Some((i, theirs))) => Some((Verdict::Elsewhere(i), theirs)),
        (Some((i, ours)), _) => Some((Verdict::Route(i), ours)),
        (None, None) => None,
    };
    let is_concern = matches!(best.found.target, Target::Office(_) | Target::Elsewhere(_));
    if let Some((verdict, score)) = &concern
        && is_concern
        && *score >= CONCERN
    {
        return verdict.clone();
    }
    let entries: Vec<(usize, &Ranked)> = ranked
        .iter()
        .filter_map(|r| match r.found.target {
            Target::Entry(i) => Some((i, r)),
            Target::Office(_) | Target::Elsewhere(_) | Target::SmallTalk(_) => None,
        })
        .collect();
    if let Some((i, first)) = entries.first() {
        let is_office = |i: usize| knowledge.entries()[i].id.kind() == EntryKind::Offices;
        let beside = |least: f32| {
            entries
                .iter()
                .take(4)
                .filter(move |(j, r)| r.confidence >= least && (j == i || !is_office(*j)))
                .map(|(j, _)| *j)
        };
        let tied: Vec<usize> = beside(LOWEST_TIE.max(first.confidence * NEAR_TIE)).collect();
        // An office that is only likely is where the question goes; it is no choice beside answers.
        if is_office(*i) && first.confidence < ACCEPT {
            return concern
                .filter(|(_, score)| *score >= WEAK_CONCERN)
                .map_or(Verdict::Unknown, |(v, _)| v);
        }
        if first.confidence >= ACCEPT && (tied.len() < 2 || is_office(*i)) {
            return Verdict::Answer(*i);
        }
        if first.confidence >= OFFER && tied.len() >= 2 {
            return Verdict::Choice(tied);
        }
        let some: Vec<usize> = beside(LOWEST_CHOICE).take(3).collect();
        if first.confidence >= OFFER && some.len() >= 2 {
            return Verdict::Choice(some);
        }
    }
    concern
        .filter(|(_, score)| *score >= WEAK_CONCERN)
        .map_or(Verdict::Unknown, |(v, _)| v)
}

/// The office that the question most likely belongs to, and how well that fits: by one of its concerns, by its own
/// entry, and better when both speak for it.
fn best_office(knowledge: &Knowledge, ranked: &[Ranked]) -> Option<(usize, f32)> {
    let mut offices: HashMap<usize, (f32, f32)> = HashMap::new();
    for r in ranked {
        match r.found.target {
            Target::Office(i) => offices.entry(i).or_default().0 = r.found.score,
            Target::Entry(i) if knowledge.entries()[i].id.kind() == EntryKind::Offices => {
                offices.entry(i).or_default().1 = r.found.score
            }
            Target::Entry(_) | Target::Elsewhere(_) | Target::SmallTalk(_) => {}
        }
    }
    offices
        .into_iter()
        .map(|(i, (concern, own))| (i, concern.max(own) + BOTH * concern.min(own)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
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
            (Target::Office(i) | Target::Entry(i), Origin::Title | Origin::Sentence(_)) => {
                entry(i).map_or("", |t| &t.title)
            }
        }
    }

    /// The features, for explanations.
    pub(crate) fn features(&self) -> &Features {
        &self.found.features
    }
}

/// The index of a language.
pub(crate) fn index_of(answerer: &Answerer, language: Language) -> Option<&Index> {
    answerer.indexes.iter().find(|i| i.language == language)
}

/// The language of a tongue.
pub(crate) fn language(tongue: Tongue) -> Language {
    match tongue {
        Tongue::Swedish => Language::Swedish,
        Tongue::English => Language::English,
    }
}
