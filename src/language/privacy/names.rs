//! Names of people, by what stands before them or by what names look like.

use super::PersonalData;
use super::cues::{Cue, cues};
use super::tokens::{Gap, Kind, Token, gap, is, key};
use super::words::{ADVERBS, PARTICLES, ambiguous, first_name, no_name, organisation, surname};

/// A name, by what stands before it or by what names look like.
pub(super) fn name(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let first = ahead.first().filter(|token| token.word())?;
    let cue = announced(before);
    let (tokens, words) = capitals(ahead);
    if words == 0 {
        return uncapitalised(cue, ahead);
    }
    let inner = ahead.get(1..tokens).unwrap_or_default();
    let known = first_name(&first.key) && !no_name(&first.key);
    // "Kontakta Kim Ek": the name begins later.
    let later = !known && words > 2 && inner.iter().take(1).any(|token| first_name(&token.key));
    let full =
        words > 1 && !later && ((known && !ambiguous(&first.key)) || inner.iter().any(family));
    let accepted = match cue {
        Some(Cue::Named | Cue::Related) => return Some(tokens),
        Some(Cue::Signed | Cue::Closing) => known || words > 1 || closes(ahead, tokens),
        Some(Cue::Introduced) => known || words > 1,
        Some(Cue::Known) => known || full,
        _ => full,
    };
    // "Anna Lindhs plats", "Lions Club"
    let owner = !known
        || ahead
            .get(tokens - 1)
            .is_some_and(|token| token.key.ends_with('s'));
    let owned = ahead
        .get(tokens)
        .is_some_and(|token| token.gap == Gap::Space && organisation(&token.key));
    (accepted && !(owner && owned)).then_some(tokens)
}

/// The surest sign that a name follows.
fn announced(before: &[Token]) -> Option<Cue> {
    let (last, less) = before.split_last()?;
    let slash =
        last.is('/') && (last.gap != Gap::None || less.last().is_some_and(|token| token.is('/')));
    // "mina barn Kim, Ella och Bo"
    let linked = [",", "och", "and", "samt", "&"].contains(&last.text)
        && less
            .last()
            .is_some_and(|token| token.kind == Kind::Masked(PersonalData::Name));
    let marks = before
        .iter()
        .rev()
        .take(4)
        .take_while(|t| matches!(t.kind, Kind::Mark(m) if ",:.!/-(*\"”".contains(m)));
    let rest = &before[..before.len() - marks.count()];
    // After "mr." or "m.v.h." a name may follow, after a sentence only below a greeting.
    let ends = |token: &Token| token.is('!') || token.is('.');
    let stopped = key(before, rest.len().saturating_sub(1)).len() > 2
        && before[rest.len()..].iter().any(ends);
    let sure = |cue: &Cue| {
        *cue <= Cue::Known
            && (!stopped || !matches!(cue, Cue::Named | Cue::Related | Cue::Introduced))
    };
    let adverb = || {
        rest.split_last()
            .filter(|(last, _)| ADVERBS.contains(last.key.as_str()))
    };
    let found = cues(rest).filter(sure).min();
    let found = found.or_else(|| cues(adverb()?.1).find(|cue| *cue == Cue::Named));
    let weak = if slash {
        Some(Cue::Closing)
    } else {
        linked.then_some(Cue::Known)
    };
    [found, weak].into_iter().flatten().min()
}

/// How many tokens and words a name in capital letters has: three words at most, "von" and initials between.
pub(super) fn capitals(ahead: &[Token]) -> (usize, usize) {
    let (mut at, mut words) = (0, 0);
    while words < 3
        && let Some(token) = ahead
            .get(at)
            .filter(|token| token.word() && (at == 0 || token.gap == Gap::Space))
    {
        let free = !no_name(&token.key) || (token.capital() && first_name(&token.key));
        let particle = words > 0
            && PARTICLES.contains(token.key.as_str())
            && ahead.get(at + 1).is_some_and(Token::capital);
        if free && (token.capital() || (words > 0 && (family(token) || listed(token)))) {
            words += 1;
        } else if !particle {
            break;
        }
        at += 1;
        at +=
            usize::from(token.key.len() == 1 && is(ahead, at, '.') && gap(ahead, at) == Gap::None);
    }
    (at, words)
}

/// The tokens of a name in lower case: one or two words.
fn uncapitalised(cue: Option<Cue>, ahead: &[Token]) -> Option<usize> {
    let plain =
        |token: &&Token| token.word() && token.key.chars().nth(1).is_some() && !no_name(&token.key);
    let first = ahead.first().filter(plain)?;
    let second = ahead
        .get(1)
        .filter(|token| token.gap == Gap::Space)
        .filter(plain);
    let surname = second.is_some_and(|token| family(token) || listed(token));
    let ended = second.is_some() && closes(ahead, 2);
    let followed = second.is_some() && ahead.get(2).is_some_and(|token| no_name(&token.key));
    let known = listed(first);
    let (accepted, two) = match cue {
        Some(Cue::Named) => (true, surname || ended || followed),
        Some(Cue::Signed) => (known || ended || closes(ahead, 1), surname || ended),
        Some(Cue::Closing) => (known, surname || ended),
        Some(_) => (known, surname),
        None => (known && second.is_some_and(family), true),
    };
    accepted.then_some(1 + usize::from(two))
}

/// Whether a token is a first name even in lower case.
fn listed(token: &Token) -> bool {
    first_name(&token.key) && !ambiguous(&token.key) && !no_name(&token.key)
}

/// Whether a token looks like a surname; islands look like it without their accent.
fn family(token: &Token) -> bool {
    surname(&token.key)
        && !token
            .text
            .to_lowercase()
            .trim_end_matches('s')
            .ends_with("ön")
}

/// Whether nothing is said after a place on its line, or only numbers.
fn closes(ahead: &[Token], at: usize) -> bool {
    let ends = |t: &Token| {
        matches!(t.kind, Kind::Number | Kind::Mark(_) | Kind::Personal(_))
            && !t.is('-')
            && !t.is('/')
    };
    gap(ahead, at) == Gap::Line || ahead.get(at).is_some_and(ends)
}
