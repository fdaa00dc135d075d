//! The gates: how likely it is that a base answers a question at all, learnt from questions with labels and, for bases
//! that have entries alone, from the base's own wordings.

use super::regression::decide;
use super::{Labelled, asking, question};
use crate::answering::Answerer;
use crate::answering::confidence::shares;
use crate::answering::conversation::Conversation;
use crate::answering::deciding::is_answer;
use crate::answering::index::Target;
use crate::answering::ranking::Ranking;
use crate::answering::weights::{Gate, WEIGHTS};
use crate::knowledge::{HeldOut, Knowledge, WordingOf};

/// How much large weights are held back.
const GATE_RIDGE: f64 = 1e-3;
/// What a question counts in the gate that no entry answers: the sets hold more of them than residents ask.
const UNANSWERED: f64 = 0.5;
/// For a base with nothing beside its entries, entries are taken out in so many parts, and every so manieth of
/// their questions is asked.
const ENTRY_PARTS: usize = 8;
const EVERY: usize = 8;
/// What a question whose entry was taken out counts: a neighbour may answer it after all.
const TAKEN_OUT: f64 = 0.7;
/// What a question for offices and others counts: nearly half of what a base of entries alone is asked has no answer
/// there.
const FOR_OTHERS: f64 = 2.0;
/// The sharpness is looked for among so many steps of so much.
const SHARPNESS_STEPS: u8 = 40;
const SHARPNESS_STEP: f32 = 0.1;

/// From what speaks for the best answer to whether it was a right one; how many questions were learnt from.
pub(super) fn gate(knowledge: &Knowledge, questions: &[Labelled]) -> (Gate, usize) {
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
        // How far the best answer is ahead says more than its score.
        let [coverage, length, lead, odds, meaning, _] = evidence.terms();
        let terms = [coverage, length, lead, odds, meaning, 0.0];
        rows.push((terms, rights[0], counts));
        if rights.contains(&true) {
            told_apart.push((scores, rights));
        }
    }
    if rows.is_empty() {
        return (WEIGHTS.gate, 0);
    }
    (learnt_gate(&rows, sharpness(&told_apart)), rows.len())
}

/// The gate of a base that has entries and nothing beside them, as a new one: from questions that it has an entry for,
/// others whose entry was taken out, and what is for offices and others. `bare`: asked of one without example questions.
pub(super) fn gate_alone(knowledge: &Knowledge, sharpness: f32, bare: bool) -> Gate {
    let entries = knowledge.entries_only();
    let (_, all) = knowledge.hold_out(0, 1);
    let is_theirs = |w: &&HeldOut| matches!(w.of, WordingOf::Office(_) | WordingOf::Elsewhere(_));
    let for_others: Vec<&HeldOut> = all.iter().filter(is_theirs).collect();
    let mut rows = Vec::new();
    for part in 0..ENTRY_PARTS {
        let (rest, gone) = entries.without_entries(part, ENTRY_PARTS);
        let (mut rest, held) = rest.hold_out(part, ENTRY_PARTS);
        if bare {
            (rest, _) = rest.hold_out(0, 1);
        }
        let answerer = Answerer::new(rest);
        let mut add = |text: &str, language, right: Option<usize>, counts| {
            let ranking = Ranking::of(&answerer, &asking(text, language));
            let answers = ranking.ranked.iter();
            let mut answers = answers.filter(|r| is_answer(knowledge, r.found.target));
            if let (Some(evidence), Some(first)) = (ranking.evidence, answers.next()) {
                let found = right.is_some_and(|i| first.found.target == Target::Entry(i));
                // There is nothing to be ahead of. The score says all that the rest would, and holds for other bases.
                let [_, _, _, odds, _, score] = evidence.terms();
                let terms = [0.0, 0.0, 0.0, odds, 0.0, score];
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
        for wording in for_others.iter().skip(part).step_by(ENTRY_PARTS) {
            add(&wording.text, wording.language, None, FOR_OTHERS);
        }
    }
    learnt_gate(&rows, sharpness)
}

/// The gate under which the outcomes are likeliest.
fn learnt_gate(rows: &[([f32; 6], bool, f64)], sharpness: f32) -> Gate {
    let [bias, coverage, length, lead, odds, meaning, score] = decide(rows, GATE_RIDGE);
    Gate {
        bias,
        coverage,
        length,
        lead,
        odds,
        meaning,
        score,
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
