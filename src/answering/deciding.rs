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
    /// Ask this back, by its place in the base.
    Clarify(usize),
    /// Name the office at this place.
    Route(usize),
    /// Name the body, by its place in `elsewhere`.
    Elsewhere(usize),
    /// Talk of this kind, by its place in the base.
    SmallTalk(usize),
    /// Say that nothing is known.
    Unknown,
}

/// Confidence from which an entry is the answer, or something is asked back. With a wrong answer at five times the cost of
/// a missed one and an offer at half, the sets of tests/questions cost nearly the same from 0.5 to 0.8 (traps and what is
/// nobody's counted a quarter, for residents ask that seldom); at 0.5 most is answered.
pub(crate) const ACCEPT: f32 = 0.5;
/// In a question of fewer words than this every word tells: an entry that has less of it than so much, 0..1, may share a
/// word of a name by chance, and must be surer.
const SHORT: usize = 8;
const COVERED: f32 = 0.6;
const SURE: f32 = 0.8;
/// Confidence from which a question is about an office itself, not for it.
const ABOUT_OFFICE: f32 = 0.6;
/// Confidence from which a message is small talk.
const TALK: f32 = 0.7;
/// What comes before everything else and has so much of a message, 0..1, is what the message is about.
const WHOLLY: f32 = 0.8;
/// But it must be clear of the next answer by this much.
const CLEAR: f32 = 1.0;
/// A question to ask back is left out for an entry that scores no more than this below it and has so much of its title,
/// 0..1, in the message: whoever names a thing means it.
const NEARLY: f32 = 1.2;
const NAMED: f32 = 0.3;
/// Where a message tells more than a question to ask back has of it, an entry that scores no more than this below it is
/// the answer.
const CLOSE: f32 = 1.8;
/// By so much must an office's own entry exceed every concern of offices: else the question is one for an office.
const ABOUT: f32 = 1.0;
/// The best answer is one of several when the next is this nearly as likely.
const TIE: f32 = 0.8;
/// The same for two entries that say of each other what they are not: people mix them up.
const MIXED_UP: f32 = 0.5;
/// The same where both have all of a message, 0..1.
const ALL_OF_IT: f32 = 0.99;
/// Together, the entries that are offered must be at least this likely to hold the right one.
const OFFER: f32 = 0.35;
/// An entry is offered when it is at least this likely.
const LEAST_OFFERED: f32 = 0.05;
/// Score from which a help line is offered: to someone who asks about something else it would be alarming.
const HELPLINE: f32 = 8.0;
/// At most so many are offered.
const MOST_OFFERED: usize = 4;
/// Score from which an office or another body is named.
const CONCERN: f32 = 5.0;
/// What the lesser of an office's two scores adds to the greater.
const BOTH: f32 = 0.05;

/// What to do with a question by itself.
pub(crate) fn decide(knowledge: &Knowledge, ranking: &Ranking) -> Verdict {
    let Some(best) = ranking.ranked.first() else {
        return Verdict::Unknown;
    };
    if let Some(verdict) = at_its_word(knowledge, ranking, best) {
        return verdict;
    }
    match best.found.target {
        Target::SmallTalk(kind) if best.confidence >= TALK => return Verdict::SmallTalk(kind),
        Target::Entry(i)
            if !answerable(knowledge, best.found.target)
                && best.confidence >= ABOUT_OFFICE
                && best.found.score >= concern(ranking) + ABOUT =>
        {
            return Verdict::Answer(i);
        }
        _ => {}
    }
    let mut answers = ranking.ranked.iter();
    if let Some(first) = answers.find(|r| is_answer(knowledge, r.found.target))
        && first.confidence >= accepted(ranking).max(owned(ranking))
        && answers
            .find(|r| is_answer(knowledge, r.found.target))
            .is_none_or(|next| next.confidence < first.confidence * tie(knowledge, first, next))
    {
        match first.found.target {
            Target::Entry(i) => return Verdict::Answer(i),
            Target::Clarification(i) => {
                let told = told_more(knowledge, ranking, first, i);
                return told.map_or(Verdict::Clarify(i), Verdict::Answer);
            }
            Target::Office(_) | Target::Elsewhere(_) | Target::SmallTalk(_) => {}
        }
    }
    let offered = offered(knowledge, ranking);
    if offered.len() >= 2 && offered.iter().map(|(_, c)| c).sum::<f32>() >= OFFER {
        return Verdict::Choice(offered.into_iter().map(|(i, _)| i).collect());
    }
    owner(knowledge, ranking)
}

/// The verdict on a message that holds no word of anything but what fits it best: how likely it is that the base answers
/// such a message is then no question.
pub(super) fn at_its_word(
    knowledge: &Knowledge,
    ranking: &Ranking,
    best: &Ranked,
) -> Option<Verdict> {
    let wholly = |r: &&Ranked| r.found.features.coverage >= WHOLLY;
    let all = ranking.ranked.iter();
    let mut answers = all.filter(|r| is_answer(knowledge, r.found.target));
    match best.found.target {
        Target::Clarification(i) if wholly(&best) => {
            let named = answers.filter(wholly).find_map(|r| match r.found.target {
                Target::Entry(entry)
                    if r.found.features.title >= NAMED
                        && r.found.score >= best.found.score - NEARLY =>
                {
                    Some(Verdict::Answer(entry))
                }
                _ => None,
            });
            Some(named.unwrap_or(Verdict::Clarify(i)))
        }
        Target::Entry(i) if wholly(&best) && answerable(knowledge, best.found.target) => {
            let named = best.found.features.title >= NAMED;
            let next = answers.find(|r| match r.found.target {
                Target::Clarification(_) => !named,
                other => other != best.found.target,
            });
            let clear = next.is_none_or(|r| r.found.score + CLEAR < best.found.score);
            clear.then_some(Verdict::Answer(i))
        }
        _ => None,
    }
}

/// The entry that a message tells more of than `asks`, the best answer, which would only ask back: a question to ask back
/// is for a message that says nothing else.
fn told_more(
    knowledge: &Knowledge,
    ranking: &Ranking,
    asks: &Ranked,
    clarification: usize,
) -> Option<usize> {
    let covered = asks.found.features.coverage;
    let choices = &knowledge.clarifications()[clarification].entries;
    let mut entries = ranking.ranked.iter().filter_map(|r| match r.found.target {
        Target::Entry(i) if answerable(knowledge, r.found.target) => Some((i, &r.found)),
        _ => None,
    });
    let (entry, found) = entries.find(|(i, _)| choices.contains(&knowledge.entries()[*i].id))?;
    let fits = found.score + CLOSE >= asks.found.score && found.features.coverage >= covered;
    (covered < WHOLLY && fits).then_some(entry)
}

/// How nearly as likely the next answer must be for the best to be one of several.
fn tie(knowledge: &Knowledge, first: &Ranked, next: &Ranked) -> f32 {
    let wholly = |r: &Ranked| r.found.features.coverage >= ALL_OF_IT;
    if wholly(first) && wholly(next) {
        return MIXED_UP;
    }
    let (Target::Entry(first), Target::Entry(next)) = (first.found.target, next.found.target)
    else {
        return TIE;
    };
    let [first, next] = [first, next].map(|i| &knowledge.entries()[i]);
    let mixed_up = first.not_to_confuse_with.contains(&next.id)
        || next.not_to_confuse_with.contains(&first.id);
    if mixed_up { MIXED_UP } else { TIE }
}

/// The score of the best concern of an office.
fn concern(ranking: &Ranking) -> f32 {
    let mut all = ranking.ranked.iter();
    all.find(|r| matches!(r.found.target, Target::Office(_)))
        .map_or(f32::MIN, |r| r.found.score)
}

/// How likely it is, at most, that an office or another body owns the question: an answer must be at least as likely.
fn owned(ranking: &Ranking) -> f32 {
    let owners = ranking.ranked.iter();
    let owners =
        owners.filter(|r| matches!(r.found.target, Target::Office(_) | Target::Elsewhere(_)));
    owners.map(|r| r.confidence).fold(0.0, f32::max)
}

/// The confidence from which the best answer is given.
fn accepted(ranking: &Ranking) -> f32 {
    let by_chance = ranking
        .evidence
        .is_some_and(|e| e.words < SHORT && e.coverage < COVERED);
    if by_chance { SURE } else { ACCEPT }
}

/// The entries to choose among, each with how likely it is: by itself, and as one of those that a question to ask back
/// leaves open.
fn offered(knowledge: &Knowledge, ranking: &Ranking) -> Vec<(usize, f32)> {
    let mut likely: Vec<(usize, f32)> = Vec::new();
    let mut add = |entry: usize, by: f32| match likely.iter_mut().find(|(i, _)| *i == entry) {
        Some((_, likelihood)) => *likelihood += by,
        None => likely.push((entry, by)),
    };
    for Ranked {
        found, confidence, ..
    } in &ranking.ranked
    {
        match found.target {
            Target::Entry(i) if answerable(knowledge, found.target) => {
                let kind = knowledge.entries()[i].id.kind();
                if kind != EntryKind::Helplines || found.score >= HELPLINE {
                    add(i, *confidence);
                }
            }
            Target::Clarification(i) => {
                let ids = &knowledge.clarifications()[i].entries;
                let places = ids.iter().filter_map(|id| knowledge.place(id));
                places.for_each(|place| add(place, confidence / ids.len() as f32));
            }
            _ => {}
        }
    }
    likely.retain(|(_, likelihood)| *likelihood >= LEAST_OFFERED);
    likely.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    likely.truncate(MOST_OFFERED);
    likely
}

/// Whether a target is one that answers: an entry but an office, or a question to ask back.
pub(crate) fn is_answer(knowledge: &Knowledge, target: Target) -> bool {
    matches!(target, Target::Clarification(_)) || answerable(knowledge, target)
}

/// Whether a target is an entry that a question can be answered with; an office is where a question goes.
pub(crate) fn answerable(knowledge: &Knowledge, target: Target) -> bool {
    matches!(target, Target::Entry(i) if knowledge.entries()[i].id.kind() != EntryKind::Offices)
}

/// The office that a message names, by its place.
pub(crate) fn named_office(knowledge: &Knowledge, ranking: &Ranking) -> Option<usize> {
    ranking.ranked.iter().find_map(|r| match r.found.target {
        Target::Entry(i)
            if knowledge.entries()[i].id.kind() == EntryKind::Offices
                && r.found.features.title >= NAMED =>
        {
            Some(i)
        }
        _ => None,
    })
}

/// The office whose concern a message plainly is, by its place.
pub(crate) fn concerned(knowledge: &Knowledge, ranking: &Ranking) -> Option<usize> {
    let (office, score) = best_office(knowledge, ranking)?;
    (score >= CONCERN).then_some(office)
}

/// Who owns a question that no entry answers.
fn owner(knowledge: &Knowledge, ranking: &Ranking) -> Verdict {
    let office = best_office(knowledge, ranking);
    let elsewhere = ranking.ranked.iter().find_map(|r| match r.found.target {
        Target::Elsewhere(i) if has_some(r) => Some((i, r.found.score)),
        _ => None,
    });
    let ours = office.map_or(f32::MIN, |(_, score)| score);
    match (elsewhere, office) {
        (Some((i, theirs)), _) if theirs > ours && theirs >= CONCERN => Verdict::Elsewhere(i),
        (_, Some((i, ours))) if ours >= CONCERN => Verdict::Route(i),
        _ => Verdict::Unknown,
    }
}

/// Whether a target has some word of the question: with none but function words nobody owns it.
fn has_some(ranked: &Ranked) -> bool {
    ranked.found.features.coverage > 0.0
}

/// The office that the question most likely belongs to, and how well that fits: by one of its concerns, by its own
/// entry, and better when both speak for it.
fn best_office(knowledge: &Knowledge, ranking: &Ranking) -> Option<(usize, f32)> {
    let mut offices: Vec<(usize, f32, f32)> = Vec::new();
    for Ranked { found, .. } in ranking.ranked.iter().filter(|r| has_some(r)) {
        let place = match found.target {
            Target::Office(i) => i,
            Target::Entry(i) if knowledge.entries()[i].id.kind() == EntryKind::Offices => i,
            _ => continue,
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
