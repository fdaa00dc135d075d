//! From weighed targets to what is done with a question: answer, choice, route, elsewhere, small talk or unknown.

use super::index::Target;
use super::ranking::{Ranked, Ranking};
use crate::knowledge::{EntryKind, Knowledge};

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
    /// Talk of this kind, by its place in the base.
    SmallTalk(usize),
    /// Say that nothing is known.
    Unknown,
}

/// Confidence from which an entry is the answer.
pub(crate) const ACCEPT: f32 = 0.36;
/// A question of fewer words than this is answered only by an entry that has so much of it, 0..1.
const SHORT: usize = 8;
const COVERED: f32 = 0.65;
/// Confidence from which a question is about an office itself, not for it.
const ABOUT_OFFICE: f32 = 0.6;
/// Together, the entries that are offered must be at least this likely to hold the right one.
const OFFER: f32 = 0.42;
/// A body elsewhere whose score is this little behind the best owns the question when no entry is likely enough.
const CLOSE: f32 = 0.3;
/// So many times likelier than the best target must an offer be that stands against an owner.
const FAR: f32 = 4.0;
/// Score from which anything is offered at all.
const PLAUSIBLE: f32 = 6.5;
/// An entry is offered when it is at least this likely.
const LEAST_OFFERED: f32 = 0.08;
/// A message of at most so many words, of which the base knows so much, names a subject: the entry that is this likely
/// against all others, or several that are likely enough and together likelier than anything else.
const BARE: usize = 2;
const WELL_KNOWN: f32 = 0.9;
const NAMED: f32 = 0.85;
const LEAST_NAMED: f32 = 0.06;
const MOSTLY: f32 = 0.4;
/// Score from which a help line is offered: to someone who asks about something else it would be alarming.
const HELPLINE: f32 = 8.0;
/// At most so many are offered.
const MOST_OFFERED: usize = 3;
/// Confidence from which a message is small talk.
const TALK: f32 = 0.35;
/// It is not when the entries together are likelier by more than this share.
const BESIDE: f32 = 0.67;
/// Score from which an office or another body is named.
const CONCERN: f32 = 5.0;
/// What the lesser of an office's two scores adds to the greater.
const BOTH: f32 = 0.05;

/// What to do with a question by itself.
pub(crate) fn decide(knowledge: &Knowledge, ranking: &Ranking) -> Verdict {
    let Some(best) = ranking.ranked.first() else {
        return Verdict::Unknown;
    };
    let offered = offered(knowledge, ranking, |r| r.confidence, LEAST_OFFERED);
    // How likely it is that one of these entries is right.
    let in_offer: f32 = offered.iter().map(|(_, c)| c).sum();
    match best.found.target {
        Target::SmallTalk(kind) if best.confidence >= TALK.max(in_offer * BESIDE) => {
            return Verdict::SmallTalk(kind);
        }
        Target::Entry(i) => {
            let enough = if answerable(knowledge, best.found.target) {
                ACCEPT
            } else {
                ABOUT_OFFICE
            };
            // In a short question every word tells: one word of a name in common is not enough.
            let apart = ranking.words < SHORT && best.found.features.coverage < COVERED;
            if best.confidence >= enough && !apart {
                return Verdict::Answer(i);
            }
        }
        Target::SmallTalk(_) | Target::Office(_) | Target::Elsewhere(_) => {}
    }
    // Where an office or another body fits best, entries are offered only when they are far likelier together.
    let owned = ranking.ranked.iter().any(|r| match r.found.target {
        Target::Elsewhere(_) => r.found.score >= best.found.score - CLOSE,
        Target::Office(_) | Target::Entry(_) => {
            r.found.target == best.found.target && !answerable(knowledge, r.found.target)
        }
        Target::SmallTalk(_) => false,
    });
    let least = if owned {
        OFFER.max(FAR * best.confidence)
    } else {
        OFFER
    };
    if offered.len() >= 2 && in_offer >= least && best.found.score >= PLAUSIBLE {
        return Verdict::Choice(offered.into_iter().map(|(i, _)| i).collect());
    }
    // A word or two that the base knows well, such as "bidrag", is a subject without a question.
    if ranking.words <= BARE && ranking.familiarity >= WELL_KNOWN && !owned {
        if let Target::Entry(i) = best.found.target
            && best.likelihood >= NAMED
        {
            return Verdict::Answer(i);
        }
        let named = offered_by_likelihood(knowledge, ranking);
        if named.len() >= 2 {
            return Verdict::Choice(named);
        }
    }
    owner(knowledge, ranking)
}

fn offered_by_likelihood(knowledge: &Knowledge, ranking: &Ranking) -> Vec<usize> {
    let named = offered(knowledge, ranking, |r| r.likelihood, LEAST_NAMED);
    if named.iter().map(|(_, p)| p).sum::<f32>() < MOSTLY {
        return Vec::new();
    }
    named.into_iter().map(|(i, _)| i).collect()
}

/// The entries to choose among, each with how likely it is, of those that are likely enough.
fn offered(
    knowledge: &Knowledge,
    ranking: &Ranking,
    likely: impl Fn(&Ranked) -> f32,
    least: f32,
) -> Vec<(usize, f32)> {
    let entries = ranking.ranked.iter().filter_map(|r| match r.found.target {
        Target::Entry(i) if likely(r) >= least => Some((i, likely(r), r.found.score)),
        _ => None,
    });
    entries
        .filter(|(i, _, score)| {
            let kind = knowledge.entries()[*i].id.kind();
            answerable(knowledge, Target::Entry(*i))
                && (kind != EntryKind::Helplines || *score >= HELPLINE)
        })
        .map(|(i, likely, _)| (i, likely))
        .take(MOST_OFFERED)
        .collect()
}

/// Whether a target is an entry that a question can be answered with; an office is where a question goes.
pub(crate) fn answerable(knowledge: &Knowledge, target: Target) -> bool {
    matches!(target, Target::Entry(i) if knowledge.entries()[i].id.kind() != EntryKind::Offices)
}

/// Who owns a question that no entry answers.
fn owner(knowledge: &Knowledge, ranking: &Ranking) -> Verdict {
    let office = best_office(knowledge, ranking);
    let elsewhere = ranking.ranked.iter().find_map(|r| match r.found.target {
        Target::Elsewhere(i) => Some((i, r.found.score)),
        Target::Entry(_) | Target::Office(_) | Target::SmallTalk(_) => None,
    });
    let ours = office.map_or(f32::MIN, |(_, score)| score);
    match (elsewhere, office) {
        (Some((i, theirs)), _) if theirs > ours && theirs >= CONCERN => Verdict::Elsewhere(i),
        (_, Some((i, ours))) if ours >= CONCERN => Verdict::Route(i),
        _ => Verdict::Unknown,
    }
}

/// The office that the question most likely belongs to, and how well that fits: by one of its concerns, by its own
/// entry, and better when both speak for it.
fn best_office(knowledge: &Knowledge, ranking: &Ranking) -> Option<(usize, f32)> {
    let mut offices: Vec<(usize, f32, f32)> = Vec::new();
    for Ranked { found, .. } in &ranking.ranked {
        let place = match found.target {
            Target::Office(i) => i,
            Target::Entry(i) if knowledge.entries()[i].id.kind() == EntryKind::Offices => i,
            Target::Entry(_) | Target::Elsewhere(_) | Target::SmallTalk(_) => continue,
        };
        match offices.iter_mut().find(|(i, ..)| *i == place) {
            Some((_, _, lesser)) => *lesser = found.score,
            None => offices.push((place, found.score, 0.0)),
        }
    }
    offices
        .into_iter()
        .map(|(i, greater, lesser)| (i, greater + BOTH * lesser.max(0.0)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}
