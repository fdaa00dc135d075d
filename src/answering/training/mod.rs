//! How the weights are learnt (`lots train`): from the base's own wordings, each asked of a base that does not have it.
//!
//! Ranking: multinomial logistic regression over the targets of each held-out wording. Gate: logistic regression on
//! whether the best answer to a labelled question is a right one, and the sharpness under which the right ones are
//! likeliest. Follow-ups: logistic regression on conversations that are labelled with the entry that the last message
//! is about, and on questions put one after another that have nothing to do with each other. All are convex, start from zero and take no random step: the same base and the same weights in force, which
//! say what targets are looked at, give the same weights.

mod regression;

use super::confidence::shares;
use super::conversation::Conversation;
use super::deciding::is_answer;
use super::follow_up::Leaning;
use super::index::Target;
use super::matching::Features;
use super::ranking::{Asking, Ranking};
use super::weights::{FollowUp, Gate, Named, Weights};
use super::{Answerer, Question, tongue};
use crate::knowledge::{EntryId, Knowledge, Language, WordingOf};
use crate::language::Guess;
use regression::{Choice, choose, decide};

/// A conversation and the entries that its last message may be about; none when the base does not answer it.
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
    /// How many wordings were held out.
    pub held_out: usize,
    /// Of those held out: their own target came first.
    pub found: usize,
    /// Labelled questions that the gate was learnt from.
    pub questions: usize,
    /// Conversations that follow-ups were learnt from, the made ones with them.
    pub conversations: usize,
}

/// The wordings are held out in so many parts.
const PARTS: usize = 4;
/// Every so manieth example question is asked of a base without any, for the ranking alone.
const BARE_EVERY: usize = 4;
/// How much large weights are held back. Ranking: enough that features which say nearly the same share the weight, so
/// that it holds for wordings of other people too. Follow-ups: there are few conversations.
const RANKING_RIDGE: f64 = 3e-3;
const GATE_RIDGE: f64 = 1e-3;
const FOLLOW_UP_RIDGE: f64 = 1e-3;
/// What a question counts in the gate that no entry answers: the sets hold more of them than residents ask.
const UNANSWERED: f64 = 0.5;
/// For a base with nothing beside its entries, entries are taken out in so many parts, and every so manieth of
/// their questions is asked.
const ENTRY_PARTS: usize = 8;
const EVERY: usize = 8;
/// What a question whose entry was taken out counts: a neighbour may answer it after all.
const TAKEN_OUT: f64 = 0.7;
/// The sharpness is looked for among so many steps of so much.
const SHARPNESS_STEPS: u8 = 40;
const SHARPNESS_STEP: f32 = 0.1;
/// So many targets of each wording are learnt from.
const TARGETS: usize = 24;

/// A wording and what was found for it by a base without it.
struct Observed {
    targets: Vec<(Target, [f32; Features::COUNT])>,
    right: Target,
    bare: bool,
}

/// Learns all weights: those of the ranking from the base, the others from questions and conversations with labels.
///
/// `questions` and `conversations` may be empty; what would be learnt from them is then as it is in force.
pub fn train(knowledge: &Knowledge, questions: &[Labelled], conversations: &[Labelled]) -> Trained {
    let observed = observe(knowledge);
    let ranking = ranking(&observed);
    let (gate, asked) = gate(knowledge, questions);
    let (follow_up, conversations) = follow_up(knowledge, conversations, questions);
    let held_out = observed.iter().filter(|o| !o.bare);
    let found = held_out.clone().filter(|o| {
        let first = o.targets.iter().map(|(t, f)| (*t, score(f, &ranking)));
        first.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(t, _)| t) == Some(o.right)
    });
    Trained {
        held_out: held_out.clone().count(),
        found: found.count(),
        questions: asked,
        conversations,
        weights: Weights {
            ranking: Named(ranking),
            gate,
            gate_alone: gate_alone(knowledge, gate.sharpness),
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
        all.extend(held.iter().filter_map(|wording| {
            let right = match wording.of {
                WordingOf::Entry(i) => Target::Entry(i),
                WordingOf::Office(i) => Target::Office(i),
                WordingOf::Elsewhere(i) => Target::Elsewhere(i),
                WordingOf::Clarification(i) => Target::Clarification(i),
                WordingOf::SmallTalk(i) => Target::SmallTalk(i),
            };
            look(&answerer, &wording.text, wording.language, right, false)
        }));
    }
    // A base without examples, as a new one is: what is found by titles and texts alone counts too.
    let (bare, held) = knowledge.hold_out(0, 1);
    let answerer = Answerer::new(bare);
    all.extend(held.iter().step_by(BARE_EVERY).filter_map(|wording| {
        let WordingOf::Entry(i) = wording.of else {
            return None;
        };
        let right = Target::Entry(i);
        look(&answerer, &wording.text, wording.language, right, true)
    }));
    all
}

fn asking(text: &str, language: Language) -> Asking<'_> {
    Asking {
        language,
        guess: Guess::Known(tongue(language)),
        subject: text,
        context: &[],
        top: TARGETS,
    }
}

fn look(
    answerer: &Answerer,
    text: &str,
    language: Language,
    right: Target,
    bare: bool,
) -> Option<Observed> {
    let ranking = Ranking::of(answerer, &asking(text, language));
    let targets = ranking.ranked.iter().take(TARGETS);
    let targets: Vec<_> = targets
        .map(|r| (r.found.target, r.found.features.values()))
        .collect();
    (!targets.is_empty()).then_some(Observed {
        targets,
        right,
        bare,
    })
}

fn score(features: &[f32; Features::COUNT], weights: &[f32; Features::COUNT]) -> f32 {
    features.iter().zip(weights).map(|(f, w)| f * w).sum()
}

fn ranking(observed: &[Observed]) -> [f32; Features::COUNT] {
    let choices: Vec<Choice<{ Features::COUNT }>> = observed
        .iter()
        .filter_map(|o| {
            let right = o.targets.iter().position(|(t, _)| *t == o.right)?;
            Some(Choice {
                options: o.targets.iter().map(|(_, f)| *f).collect(),
                right,
            })
        })
        .collect();
    choose(&choices, RANKING_RIDGE)
}

/// From what speaks for the best answer to whether it was a right one; how many questions were learnt from.
fn gate(knowledge: &Knowledge, questions: &[Labelled]) -> (Gate, usize) {
    let answerer = Answerer::new(knowledge.clone());
    let mut rows = Vec::new();
    let mut told_apart: Vec<(Vec<f32>, Vec<bool>)> = Vec::new();
    for labelled in questions {
        let [text] = labelled.turns.as_slice() else {
            continue;
        };
        let first = Conversation::default();
        let ranking = answerer.with_turn(&question(text), &first, |turn| turn.alone());
        let Some(evidence) = ranking.evidence else {
            continue;
        };
        let answers = ranking.ranked.iter();
        let answers = answers.filter(|r| is_answer(knowledge, r.found.target));
        let right = |target: Target| match target {
            Target::Entry(i) => labelled.is(&knowledge.entries()[i].id),
            Target::Clarification(i) => {
                let mut entries = knowledge.clarifications()[i].entries.iter();
                entries.any(|id| labelled.is(id))
            }
            Target::Office(_) | Target::Elsewhere(_) | Target::SmallTalk(_) => false,
        };
        let (scores, rights): (Vec<f32>, Vec<bool>) = answers
            .map(|r| (r.found.score, right(r.found.target)))
            .unzip();
        let counts = if rights.contains(&true) {
            1.0
        } else {
            UNANSWERED
        };
        // Of what residents ask, the base knows nearly every word: how many it knows says nothing here.
        let [coverage, _, length, lead, odds, meaning] = evidence.terms();
        let terms = [coverage, 0.0, length, lead, odds, meaning];
        rows.push((terms, rights[0], counts));
        if rights.contains(&true) {
            told_apart.push((scores, rights));
        }
    }
    if rows.is_empty() {
        return (super::weights::WEIGHTS.gate, 0);
    }
    (learnt_gate(&rows, sharpness(&told_apart)), rows.len())
}

/// The gate of a base that has entries and nothing beside them, as a new one: from questions that it has an entry for
/// and others whose entry was taken out.
fn gate_alone(knowledge: &Knowledge, sharpness: f32) -> Gate {
    let entries = knowledge.entries_only();
    let mut rows = Vec::new();
    for part in 0..ENTRY_PARTS {
        let (rest, gone) = entries.without_entries(part, ENTRY_PARTS);
        let (rest, held) = rest.hold_out(part, ENTRY_PARTS);
        let answerer = Answerer::new(rest);
        let mut add = |text: &str, language, right: Option<usize>, counts| {
            let ranking = Ranking::of(&answerer, &asking(text, language));
            let answers = ranking.ranked.iter();
            let mut answers = answers.filter(|r| is_answer(knowledge, r.found.target));
            if let (Some(evidence), Some(first)) = (ranking.evidence, answers.next()) {
                let found = right.is_some_and(|i| first.found.target == Target::Entry(i));
                // There is nothing to be ahead of.
                let [coverage, familiarity, length, _, odds, meaning] = evidence.terms();
                let terms = [coverage, familiarity, length, 0.0, odds, meaning];
                rows.push((terms, found, counts));
            }
        };
        for wording in &held {
            if let WordingOf::Entry(i) = wording.of {
                add(&wording.text, wording.language, Some(i), 1.0);
            }
        }
        for (text, language) in gone.iter().step_by(EVERY) {
            add(text, *language, None, TAKEN_OUT);
        }
    }
    learnt_gate(&rows, sharpness)
}

/// The gate under which the outcomes are likeliest.
fn learnt_gate(rows: &[([f32; 6], bool, f64)], sharpness: f32) -> Gate {
    let [bias, coverage, familiarity, length, lead, odds, meaning] = decide(rows, GATE_RIDGE);
    Gate {
        bias,
        coverage,
        familiarity,
        length,
        lead,
        odds,
        meaning,
        sharpness,
    }
}

/// The sharpness under which the right answers are likeliest.
fn sharpness(told_apart: &[(Vec<f32>, Vec<bool>)]) -> f32 {
    let likelihood = |sharpness: f32| -> f64 {
        let of = told_apart.iter().map(|(scores, rights)| {
            let right: f32 = (shares(scores, sharpness).iter().zip(rights))
                .filter(|(_, right)| **right)
                .map(|(share, _)| share)
                .sum();
            f64::from(right.max(1e-4)).ln()
        });
        of.sum()
    };
    (1..=SHARPNESS_STEPS)
        .map(|n| f32::from(n) * SHARPNESS_STEP)
        .max_by(|a, b| likelihood(*a).total_cmp(&likelihood(*b)))
        .unwrap_or(1.0)
}

impl Labelled {
    fn is(&self, id: &EntryId) -> bool {
        self.entries.iter().any(|e| e == id.as_str())
    }
}

/// So many questions further on stands the one whose subject comes before a question in a made conversation: sets keep
/// questions of one kind together.
const FURTHER_ON: usize = 97;
/// What a made conversation counts beside one that was written: there are many more of them.
const MADE: f64 = 0.1;

/// Each question after another one that has an answer: none of them asks on about that.
fn changes_of_subject(questions: &[Labelled]) -> impl Iterator<Item = Labelled> + '_ {
    let single = || questions.iter().filter(|q| q.turns.len() == 1);
    let answered: Vec<&Labelled> = single().filter(|q| !q.entries.is_empty()).collect();
    single().enumerate().filter_map(move |(nth, question)| {
        let first = answered.get((nth * FURTHER_ON) % answered.len().max(1))?;
        let apart = question.entries.iter().all(|e| !first.entries.contains(e));
        apart.then(|| Labelled {
            turns: [first.turns.as_slice(), &question.turns].concat(),
            entries: question.entries.clone(),
        })
    })
}

fn follow_up(
    knowledge: &Knowledge,
    conversations: &[Labelled],
    questions: &[Labelled],
) -> (FollowUp, usize) {
    let answerer = Answerer::new(knowledge.clone());
    let mut rows = Vec::new();
    let written = conversations.iter().cloned().map(|c| (c, 1.0));
    let made = changes_of_subject(questions).map(|c| (c, MADE));
    for (labelled, counts) in written.chain(made) {
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
            rows.push((leaning.terms(), labelled.is(&topic), counts));
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
