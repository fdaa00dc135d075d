//! How the weights are learnt (`lots train`): from the base's own wordings, each asked of a base that does not have it.
//!
//! Ranking: multinomial logistic regression over the targets of each held-out wording. Gate: logistic regression on
//! whether the best answer to a labelled question is a right one, and the sharpness under which the right ones are
//! likeliest. Follow-ups: logistic regression on conversations that are labelled with the entry that the last message
//! is about, and on questions put one after another that have nothing to do with each other. All are convex, start from zero and take no random step: the same base and the same weights in force, which
//! say what targets are looked at, give the same weights.

mod gates;
mod regression;

use super::conversation::Conversation;
use super::follow_up::Leaning;
use super::index::Target;
use super::matching::Features;
use super::ranking::{Asking, Ranking};
use super::weights::{FollowUp, Named, Weights};
use super::{Answerer, Question, tongue};
use crate::knowledge::{EntryId, Knowledge, Language, WordingOf};
use crate::language::Guess;
use gates::{gate, gate_alone};
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
/// that it holds for wordings of other people too. Text: only enough for a base that tells nothing of it. Follow-ups:
/// there are few conversations.
const RANKING_RIDGE: f64 = 3e-3;
const TEXT_RIDGE: f64 = 1e-5;
const FOLLOW_UP_RIDGE: f64 = 1e-3;
/// The place of the feature of the running text.
const TEXT: usize = Features::COUNT - 1;
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
            gate_alone: gate_alone(knowledge, gate.sharpness, false),
            gate_bare: gate_alone(knowledge, gate.sharpness, true),
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

/// The weights of the features. That of the running text, which only a target without anybody's wording has, is learnt
/// from those alone, with the others as they are.
fn ranking(observed: &[Observed]) -> [f32; Features::COUNT] {
    let without_text = choices(observed.iter(), |features| {
        let mut features = *features;
        features[TEXT] = 0.0;
        features
    });
    let mut weights = choose(&without_text, RANKING_RIDGE);
    let bare = observed.iter().filter(|o| o.bare);
    let of_text = choices(bare, |features| [score(features, &weights), features[TEXT]]);
    let [others, text] = choose(&of_text, TEXT_RIDGE);
    if others > 0.0 {
        weights[TEXT] = text / others;
    }
    weights
}

/// What there was to choose from for each wording whose target was found, as some of its features.
fn choices<'a, const N: usize>(
    observed: impl Iterator<Item = &'a Observed>,
    of: impl Fn(&[f32; Features::COUNT]) -> [f32; N],
) -> Vec<Choice<N>> {
    let choices = observed.filter_map(|o| {
        let right = o.targets.iter().position(|(t, _)| *t == o.right)?;
        Some(Choice {
            options: o.targets.iter().map(|(_, f)| of(f)).collect(),
            right,
        })
    });
    choices.collect()
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
