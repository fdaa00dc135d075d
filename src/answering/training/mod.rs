//! How the weights are learnt (`lots train`): from the base's own wordings, each asked of a base that does not have it.
//!
//! Ranking: multinomial logistic regression over the targets of each held-out wording. Gate: logistic regression on
//! whether the first target was the right one, over the same wordings and over questions whose entry was taken out
//! altogether, so that nothing is right. Follow-ups: logistic regression on conversations that are labelled with the
//! entry that the last message is about. All are convex, start from zero and take no random step: the same base gives
//! the same weights.

mod regression;

use super::confidence::{Evidence, likelihoods, terms};
use super::conversation::Conversation;
use super::deciding::answerable;
use super::follow_up::Leaning;
use super::index::Target;
use super::matching::Features;
use super::ranking::{Asking, Ranking};
use super::weights::{FollowUp, Gate, Named, Weights};
use super::{Answerer, Question, tongue};
use crate::knowledge::{Knowledge, Language, WordingOf};
use crate::language::Guess;
use regression::{Choice, choose, decide};

/// A conversation and the entries that its last message may be about.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The messages, oldest first.
    pub turns: Vec<String>,
    /// Ids of the entries.
    pub entries: Vec<String>,
}

/// What was learnt.
#[derive(Clone, Debug)]
pub struct Trained {
    /// `weights.toml`.
    pub weights: String,
    /// How many wordings were held out, how many of them found their target first, and how many conversations there were.
    pub held_out: usize,
    /// Of those held out: their own target came first.
    pub found: usize,
    /// Conversations that were learnt from.
    pub conversations: usize,
}

/// The wordings are held out in so many parts.
const PARTS: usize = 4;
/// The entries are taken out in so many parts; every so manieth of their questions is asked.
const ENTRY_PARTS: usize = 8;
const EVERY: usize = 3;
/// What a question whose entry was taken out counts in the gate: a neighbour may answer it after all.
const TAKEN_OUT: f64 = 0.7;
/// Every so manieth example question is asked of a base without any, for the ranking alone.
const BARE_EVERY: usize = 4;
/// What a wording counts in the gate that is no question for an entry: there are fewer of them than people ask.
const NO_ENTRY: f64 = 2.0;
/// How much large weights are held back. Ranking: enough that features which say nearly the same share the weight, so
/// that it holds for wordings of other people too. Follow-ups: there are few conversations.
const RANKING_RIDGE: f64 = 3e-3;
const GATE_RIDGE: f64 = 1e-5;
const FOLLOW_UP_RIDGE: f64 = 1e-3;
/// The place of the feature that the gate looks at.
const COVERAGE: usize = 1;
/// So many targets of each wording are learnt from.
const TARGETS: usize = 24;

/// A wording and what was found for it by a base without it.
struct Observed {
    targets: Vec<(Target, [f32; Features::COUNT])>,
    /// The right one; `None` when the base has none.
    right: Option<Target>,
    evidence: Evidence,
    counts: f64,
}

/// Learns all weights.
///
/// `conversations` may be empty; the weights of follow-ups are then those in force.
pub fn train(knowledge: &Knowledge, conversations: &[Labelled]) -> Trained {
    let observed = observe(knowledge);
    let ranking = ranking(&observed);
    let gate = gate(knowledge, &observed, &ranking);
    let (follow_up, learnt_from) = follow_up(knowledge, conversations);
    let held_out = observed.iter().filter(|o| o.right.is_some());
    let found = held_out.clone().filter(|o| {
        let first = o.targets.iter().map(|(t, f)| (*t, score(f, &ranking)));
        first.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(t, _)| t) == o.right
    });
    Trained {
        held_out: held_out.clone().count(),
        found: found.count(),
        conversations: learnt_from,
        weights: Weights {
            ranking: Named(ranking),
            gate,
            follow_up,
        }
        .to_toml(),
    }
}

fn observe(knowledge: &Knowledge) -> Vec<Observed> {
    let mut all = Vec::new();
    for part in 0..PARTS {
        let (rest, held) = knowledge.hold_out(part, PARTS);
        let answerer = Answerer::new(rest);
        for wording in held {
            let (right, counts) = match wording.of {
                WordingOf::Entry(i) => (Target::Entry(i), 1.0),
                WordingOf::Office(i) => (Target::Office(i), NO_ENTRY),
                WordingOf::Elsewhere(i) => (Target::Elsewhere(i), NO_ENTRY),
                WordingOf::SmallTalk(i) => (Target::SmallTalk(i), NO_ENTRY),
            };
            let observed = look(&answerer, &wording.text, wording.language);
            all.extend(observed.map(|o| Observed {
                right: Some(right),
                counts,
                ..o
            }));
        }
    }
    // A base without examples, as a new one is: what is found by titles and texts alone counts too.
    let (bare, held) = knowledge.hold_out(0, 1);
    let answerer = Answerer::new(bare);
    for wording in held.iter().step_by(BARE_EVERY) {
        if let WordingOf::Entry(i) = wording.of {
            let observed = look(&answerer, &wording.text, wording.language);
            all.extend(observed.map(|o| Observed {
                right: Some(Target::Entry(i)),
                counts: 0.0,
                ..o
            }));
        }
    }
    for part in 0..ENTRY_PARTS {
        let (rest, questions) = knowledge.without_entries(part, ENTRY_PARTS);
        let answerer = Answerer::new(rest);
        for (text, language) in questions.iter().step_by(EVERY) {
            all.extend(look(&answerer, text, *language));
        }
    }
    all
}

fn look(answerer: &Answerer, text: &str, language: Language) -> Option<Observed> {
    let asking = Asking {
        language,
        guess: Guess::Known(tongue(language)),
        subject: text,
        context: &[],
        top: TARGETS,
    };
    let ranking = Ranking::of(answerer, &asking);
    let targets = ranking.ranked.iter().take(TARGETS);
    let targets: Vec<_> = targets
        .map(|r| (r.found.target, r.found.features.values()))
        .collect();
    (!targets.is_empty()).then(|| Observed {
        targets,
        right: None,
        evidence: Evidence {
            familiarity: ranking.familiarity,
            words: text.split_whitespace().count(),
        },
        counts: TAKEN_OUT,
    })
}

fn score(features: &[f32; Features::COUNT], weights: &[f32; Features::COUNT]) -> f32 {
    features.iter().zip(weights).map(|(f, w)| f * w).sum()
}

fn ranking(observed: &[Observed]) -> [f32; Features::COUNT] {
    let choices: Vec<Choice<{ Features::COUNT }>> = observed
        .iter()
        .filter_map(|o| {
            let right = o.targets.iter().position(|(t, _)| Some(*t) == o.right)?;
            Some(Choice {
                options: o.targets.iter().map(|(_, f)| *f).collect(),
                right,
            })
        })
        .collect();
    choose(&choices, RANKING_RIDGE)
}

/// From what the best target has to whether it was right, over those that would be an answer.
fn gate(knowledge: &Knowledge, observed: &[Observed], weights: &[f32; Features::COUNT]) -> Gate {
    let mut rows = Vec::new();
    for o in observed.iter().filter(|o| o.counts > 0.0) {
        let scores: Vec<f32> = o.targets.iter().map(|(_, f)| score(f, weights)).collect();
        let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        let Some(best) = best.filter(|best| answerable(knowledge, o.targets[*best].0)) else {
            continue;
        };
        let (target, features) = o.targets[best];
        let terms = terms(features[COVERAGE], likelihoods(&scores)[best], o.evidence);
        rows.push((terms, Some(target) == o.right, o.counts));
    }
    let [bias, coverage, odds, familiarity, length] = decide(&rows, GATE_RIDGE);
    Gate {
        bias,
        coverage,
        odds,
        familiarity,
        length,
    }
}

fn follow_up(knowledge: &Knowledge, conversations: &[Labelled]) -> (FollowUp, usize) {
    let answerer = Answerer::new(knowledge.clone());
    let mut rows = Vec::new();
    for labelled in conversations {
        let Some((last, earlier)) = labelled.turns.split_last() else {
            continue;
        };
        let mut conversation = Conversation::default();
        for turn in earlier {
            conversation = answerer.answer(&question(turn), &conversation).1;
        }
        let Some(topic) = conversation.topic.clone() else {
            continue;
        };
        if let Some(leaning) = leaning(&answerer, last, &conversation) {
            let same = labelled.entries.iter().any(|e| e == topic.as_str());
            rows.push((leaning.terms(), same, 1.0));
        }
    }
    if rows.is_empty() {
        return (super::weights::WEIGHTS.follow_up, 0);
    }
    let [
        bias,
        asked,
        leans,
        content,
        length,
        coverage,
        lead,
        lead_in_context,
    ] = decide(&rows, FOLLOW_UP_RIDGE);
    let learnt = FollowUp {
        bias,
        asked,
        leans,
        content,
        length,
        coverage,
        lead,
        lead_in_context,
    };
    (learnt, rows.len())
}

fn question(text: &str) -> Question<'_> {
    Question {
        text,
        language: None,
        today: jiff::civil::Date::constant(2026, 1, 1),
        top: 10,
        kept_days: 0,
    }
}

fn leaning(answerer: &Answerer, text: &str, before: &Conversation) -> Option<Leaning> {
    answerer.with_turn(&question(text), before, |turn| turn.leaning())
}
