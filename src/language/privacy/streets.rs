//! Street addresses, with flats, lodgers, postal codes and towns.

use super::names::capitals;
use super::numbers::{personal_number, phone};
use super::tokens::{Gap, Kind, Token, gap, is, key};
use super::words::{
    ENGLISH_STREET_WORDS, FLAT_WORDS, PLACES, STAIR_WORDS, no_name, street, street_after, unit,
};

/// A street with a number and what belongs to it.
pub(super) fn address(_: &[Token], ahead: &[Token]) -> Option<usize> {
    let mut end = match postal(ahead) {
        Some(town) => {
            let start = town + usize::from(is(ahead, town, ','));
            start + street_with_number(&ahead[start..])?
        }
        None => care_of(ahead).or_else(|| street_with_number(ahead))?,
    };
    for _ in 0..6 {
        let start = end + usize::from(is(ahead, end, ','));
        let Some(more) = ahead.get(start..).and_then(address_part) else {
            break;
        };
        end = start + more;
    }
    Some(end)
}

/// A flat, a floor, a lodger or a town, after a street or another of these.
fn address_part(ahead: &[Token]) -> Option<usize> {
    let (first, second) = (key(ahead, 0), key(ahead, 1));
    let number = |at: usize| {
        let token = ahead.get(at).filter(|token| token.gap != Gap::Line)?;
        (token.kind == Kind::Number || (token.word() && token.key.len() == 1)).then_some(at + 1)
    };
    if FLAT_WORDS.contains(first) {
        let flat = 1 + usize::from(is(ahead, 1, '.'));
        let rest = ahead.get(flat..)?;
        let somebodys = phone(&[], rest).or_else(|| personal_number(&[], rest));
        return number(flat).filter(|_| somebodys.is_none());
    }
    if STAIR_WORDS.contains(first) {
        return Some(1);
    }
    if STAIR_WORDS.contains(second) && first.len() <= 2 && number(0).is_some() {
        return Some(2);
    }
    care_of(ahead)
        .or_else(|| postal(ahead))
        .or_else(|| street_with_number(ahead))
}

/// "c/o Svensson".
fn care_of(ahead: &[Token]) -> Option<usize> {
    if key(ahead, 0) != "c"
        || !is(ahead, 1, '/')
        || key(ahead, 2) != "o"
        || gap(ahead, 2) != Gap::None
    {
        return None;
    }
    let words = capitals(&ahead[3..])
        .0
        .max(usize::from(ahead.get(3).is_some_and(Token::word)));
    (words > 0).then_some(3 + words)
}

/// "123 45 Exempelby", "SE-17831".
fn postal(ahead: &[Token]) -> Option<usize> {
    let start = if key(ahead, 0) == "se" && is(ahead, 1, '-') {
        2
    } else {
        0
    };
    let numeric = |at, len| {
        ahead
            .get(at)
            .is_some_and(|t: &Token| t.kind == Kind::Number && t.key.len() == len)
    };
    // No postal code begins with a zero, and many a telephone number does.
    if key(ahead, start).starts_with('0') {
        return None;
    }
    let end = match start {
        at if numeric(at, 5) => at + 1,
        at if numeric(at, 3) && numeric(at + 1, 2) && gap(ahead, at + 1) == Gap::Space => at + 2,
        _ => return None,
    };
    let town = ahead.get(end).filter(|token| token.gap == Gap::Space);
    let town = town.filter(|token| {
        PLACES.contains(token.key.as_str()) || (token.capital() && !no_name(&token.key))
    });
    Some(end + usize::from(town.is_some()))
}

/// "Storgatan 5 B", "Karl Johans gata 12", "Main Street 5", "5 Fiktiv Road".
fn street_with_number(ahead: &[Token]) -> Option<usize> {
    let first = ahead.first()?;
    if first.kind == Kind::Number {
        let lettered = gap(ahead, 1) == Gap::None && key(ahead, 1).len() == 1;
        let name = 1 + usize::from(lettered);
        let next_to = |at: &usize| {
            ahead
                .get(*at)
                .is_some_and(|t| t.word() && t.gap == Gap::Space && !unit(&t.key))
        };
        let words = (name..name + 4).take_while(next_to);
        let end = words
            .skip(1)
            .find(|at| ENGLISH_STREET_WORDS.contains(key(ahead, *at)))?;
        let named = ahead[name..end].iter().all(|token| !no_name(&token.key));
        return (named && first.key.len() <= 4).then_some(end + 1);
    }
    for (at, token) in ahead.iter().take(4).enumerate() {
        if !token.word() || (at > 0 && token.gap != Gap::Space) {
            return None;
        }
        let before = at.checked_sub(1).map_or("", |last| key(ahead, last));
        let english = at > 0 && ENGLISH_STREET_WORDS.contains(token.key.as_str());
        if english || street(&token.key, token.capital()) || street_after(before, &token.key) {
            // "Ekuddsv. 5"
            let dot = usize::from(token.key.ends_with("sv") && is(ahead, at + 1, '.'));
            return Some(at + 1 + dot + house_number(&ahead[at + 1 + dot..])?);
        }
        let part = token.capital() && !no_name(&token.key);
        if !part && !street_after(&token.key, key(ahead, at + 1)) {
            return None;
        }
    }
    None
}

/// "5", "5-7", "5 B", "nr 5", but not "5 personer", "12 juni" or "18.00".
fn house_number(ahead: &[Token]) -> Option<usize> {
    let marked = ["nr", "nummer", "no", "number"].contains(&key(ahead, 0));
    let at = usize::from(marked) + usize::from(marked && is(ahead, 1, '.'));
    let number = ahead
        .get(at)
        .filter(|token| token.kind == Kind::Number && token.gap != Gap::Line)?;
    if number.key.starts_with('0')
        || personal_number(&[], &ahead[at..]).is_some()
        || number.key.len() > 4
        || (number.key.len() == 4 && (number.key.starts_with("19") || number.key.starts_with("20")))
    {
        return None;
    }
    let mut end = at + 1;
    let ranged = (is(ahead, end, '-') || is(ahead, end, '/')) && gap(ahead, end) == Gap::None;
    if ranged
        && ahead
            .get(end + 1)
            .is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::None && t.key.len() < 4)
    {
        end += 2;
    }
    if let Some(token) = ahead
        .get(end)
        .filter(|token| token.word() && token.gap != Gap::Line)
    {
        let letter = token.key.len() == 1
            && !is(ahead, end + 1, '/')
            && (token.gap == Gap::None || ("a"..="h").contains(&token.key.as_str()));
        let counted = unit(&token.key)
            || (["ar", "arig"].contains(&token.key.as_str()) && !token.text.contains('ä'));
        if counted {
            return None;
        }
        end += usize::from(letter);
    }
    let percent = is(ahead, end, '%');
    let time = (is(ahead, end, ':') || is(ahead, end, '.')) && gap(ahead, end + 1) == Gap::None;
    (!percent && !time).then_some(end)
}
