//! Birth dates: a date is one after "född" or a name, and nowhere else.

use super::PersonalData;
use super::cues::{Cue, told};
use super::numbers::{digits, groups, lengths, personal_number, phone};
use super::tokens::{Gap, Kind, Token, gap, is, key};
use super::words::MONTHS;

/// A date after "född" or right after a name.
pub(super) fn birth_date(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let (end, full) = date(ahead)?;
    let marks = before
        .iter()
        .rev()
        .take(2)
        .take_while(|token| token.is(',') || token.is('('))
        .count();
    let named = before
        .iter()
        .nth_back(marks)
        .is_some_and(|token| token.kind == Kind::Masked(PersonalData::Name));
    ((named && full) || told(before, Cue::Born) || told(before, Cue::PersonalNumber)).then_some(end)
}

/// Any other date, as a whole, so that nothing is taken to begin inside it; but what is somebody's may, after numbers that only
/// stand before it: a personnummer anywhere, a telephone number after a space.
pub(super) fn other_date(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let (end, _) = date(ahead).filter(|(end, full)| *full && *end > 1)?;
    let year_first = key(ahead, 0).len() == 4;
    let begins = |at: usize| {
        personal_number(before, &ahead[at..]).is_some()
            || (!year_first
                && gap(ahead, at) != Gap::None
                && phone(&ahead[..at], &ahead[at..]).is_some())
    };
    (!(1..end).any(begins)).then_some(end)
}

/// Where a date ends, and whether it has a year.
///
/// It may be written with a month, or in digit groups with the year first or last.
pub(super) fn date(ahead: &[Token]) -> Option<(usize, bool)> {
    let number = |at, most: u32| {
        key(ahead, at)
            .parse()
            .is_ok_and(|n: u32| (1..=most).contains(&n))
            && key(ahead, at).len() < 3
    };
    let month = |at| MONTHS.contains(key(ahead, at));
    let day = |at: usize| {
        let mark = usize::from(is(ahead, at + 1, ':') || is(ahead, at + 1, '.'));
        let ordinal = ["st", "nd", "rd", "th", "e", "a"].contains(&key(ahead, at + 1 + mark));
        number(at, 31).then(|| at + 1 + mark + usize::from(ordinal))
    };
    let written = if month(0) {
        // "i mars 08-465 …" goes on with somebody's number.
        day(1).filter(|_| phone(&ahead[..1], &ahead[1..]).is_none())
    } else {
        let end = day(0).map(|end| end + usize::from(key(ahead, end) == "of"));
        end.filter(|end| month(*end)).map(|end| end + 1)
    };
    if let Some(end) = written {
        let mark = end + usize::from(is(ahead, end, ',') || is(ahead, end, '-'));
        let year = key(ahead, mark);
        let full = is_year(year) || (year.len() == 2 && is(ahead, end, '-'));
        return Some(if full { (mark + 1, true) } else { (end, false) });
    }
    let mut groups = groups(ahead);
    // A plus begins the number of another country, or the last digits of someone born a hundred years ago.
    let plus = groups.iter().skip(1).position(|group| group.joint == '+');
    groups.truncate(plus.map_or(groups.len(), |at| at + 1));
    let count = match *lengths(&groups) {
        [6 | 8, ..] => 1,
        [4, 2, 2, ..] | [2, 2, 2, ..] if plausible(&digits(&groups[..3])) => 3,
        [1 | 2, 1 | 2, 2, ..] if number(0, 31) => 3,
        [1 | 2, 1 | 2, 4, ..] if number(0, 31) && is_year(groups[2].digits) => 3,
        [1 | 2, 1 | 2, ..] if groups[1].joint == '/' && number(0, 31) => 2,
        _ => return None,
    };
    Some((groups.get(count - 1)?.end, count != 2))
}

/// Whether a number is the year of a date that people write about.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && digits.parse().is_ok_and(|y: u32| (1850..2100).contains(&y))
}

/// Whether six or eight digits can be a date, with sixty added to the day in a samordningsnummer.
pub(super) fn plausible(date: &str) -> bool {
    let Some((year, (month, day))) = date
        .split_at_checked(date.len().saturating_sub(4))
        .map(|(y, md)| (y, md.split_at(2)))
    else {
        return false;
    };
    let century = year.len() == 2
        || (year.len() == 4 && ["18", "19", "20"].iter().any(|c| year.starts_with(c)));
    century
        && ("01"..="12").contains(&month)
        && (("01"..="31").contains(&day) || ("61"..="91").contains(&day))
}
