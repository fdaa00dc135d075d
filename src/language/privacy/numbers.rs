//! Personal numbers, accounts and telephone numbers, and numbers that only look like them.

use super::cues::{Cue, told};
use super::dates::{date, plausible};
use super::tokens::{Gap, Kind, Token, gap, is, key};
use super::words::MONEY;

/// One of the digit groups of a number.
pub(super) struct Group<'a> {
    pub(super) digits: &'a str,
    /// What stands before it: a space or a mark.
    pub(super) joint: char,
    /// How many tokens end with it.
    pub(super) end: usize,
}

/// The digit groups that a number consists of, in every reading; a recogniser takes as many as it needs.
pub(super) fn groups<'a>(ahead: &'a [Token]) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    let (mut at, mut joint) = (0, ' ');
    while let Some(token) = ahead.get(at).filter(|token| token.kind == Kind::Number)
        && (at == 0 || token.gap != Gap::Line)
        && token.key.len() <= 20
        && groups.len() < 12
    {
        at += 1;
        groups.push(Group {
            digits: &token.key,
            joint,
            end: at,
        });
        joint = ' ';
        for _ in 0..2 {
            let Some(Token {
                kind: Kind::Mark(mark),
                gap: before,
                ..
            }) = ahead.get(at)
            else {
                break;
            };
            let tight = *before == Gap::None && gap(ahead, at + 1) == Gap::None;
            if *before == Gap::Line || !("-+()/_".contains(*mark) || (tight && *mark == '.')) {
                break;
            }
            joint = if joint == ' ' { *mark } else { joint };
            at += 1;
        }
    }
    groups
}

/// The lengths of the groups, against which a shape is held.
pub(super) fn lengths(groups: &[Group]) -> Vec<usize> {
    groups.iter().map(|group| group.digits.len()).collect()
}

/// The digits of all groups in one.
pub(super) fn digits(groups: &[Group]) -> String {
    groups.iter().map(|group| group.digits).collect()
}

/// Amounts, numbers of associations and cases, and telephone numbers that everybody calls.
pub(super) fn public(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let groups = groups(ahead);
    let first = groups.first()?;
    if told(before, Cue::Public) {
        let shape = groups
            .get(1)
            .is_some_and(|second| second.digits.len() == 4 && first.digits.len() >= 6);
        let whole = groups
            .iter()
            .skip(1)
            .take_while(|group| group.joint != ' ')
            .count();
        return groups
            .get(whole.max(usize::from(shape)))
            .map(|group| group.end);
    }
    let thousands = groups
        .iter()
        .skip(1)
        .take_while(|group| group.joint == ' ' && group.digits.len() == 3)
        .count();
    let amount = groups.get(thousands).map_or(0, |group| group.end);
    let money = MONEY.contains(key(ahead, amount))
        || (is(ahead, amount, ':') && is(ahead, amount + 1, '-'));
    if money && first.digits.len() <= 3 && !first.digits.starts_with('0') {
        return Some(amount);
    }
    let start: Vec<_> = groups.iter().take(2).map(|group| group.digits).collect();
    let helpline = match *start {
        ["112" | "1177" | "11313" | "11414" | "90101", ..] => 1,
        ["113", "13"] | ["114", "14"] => 2,
        ["116", rest] if rest.len() == 3 => 2,
        [number, ..] if number.starts_with("116") && number.len() == 6 => 1,
        _ => 0,
    };
    if helpline > 0 {
        return groups.get(helpline - 1).map(|group| group.end);
    }
    // Whoever was born in 2002 has a number that begins as one that costs nothing to call.
    let is_birth = personal_number(before, ahead).is_some();
    let mut all = 0;
    let free = groups.iter().take_while(|group| {
        all += group.digits.len();
        all <= 10
    });
    let free = free
        .last()
        .filter(|_| first.digits.starts_with("020") && first.digits.len() != 4 && !is_birth);
    free.map(|group| group.end)
}

/// The digit groups of a whole personnummer.
const NUMBERS: [&[usize]; 9] = [
    &[12],
    &[10],
    &[8, 4],
    &[6, 4],
    &[8, 2, 2],
    &[6, 2, 2],
    &[4, 4, 4],
    &[4, 2, 2, 4],
    &[2, 2, 2, 4],
];
/// The digit groups of its date alone.
const DATES: [&[usize]; 4] = [&[8], &[6], &[4, 2, 2], &[2, 2, 2]];

/// A personnummer or samordningsnummer, by its shape: people mistype, and a wrong one is somebody's too.
pub(super) fn personal_number(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let groups = groups(ahead);
    let announced = || told(before, Cue::PersonalNumber);
    if let Some(number) = shaped(&groups, &NUMBERS)
        && (announced() || somebodys(number, ahead))
    {
        return number.last().map(|group| group.end);
    }
    let date = shaped(&groups, &DATES)?;
    let end = date.last()?.end;
    (plausible(&digits(date)) || announced()).then(|| hidden(ahead, end))?
}

/// The first groups, when they have one of the shapes.
fn shaped<'a, 'b>(groups: &'a [Group<'b>], shapes: &[&[usize]]) -> Option<&'a [Group<'b>]> {
    let lengths = lengths(groups);
    let shape = shapes.iter().find(|shape| lengths.starts_with(shape))?;
    groups.get(..shape.len())
}

/// Whether a number of the right shape is no telephone number and no time.
fn somebodys(number: &[Group], ahead: &[Token]) -> bool {
    let [first, .., last] = number else {
        // Ten digits that begin with a zero are dialled.
        return number.iter().all(|group| {
            let date = group.digits.split_at(group.digits.len() - 4).0;
            plausible(date) && !(date.len() == 6 && date.starts_with('0'))
        });
    };
    let all = digits(number);
    let (date, tail) = all.split_at(all.len() - 4);
    let year = ["19", "20"].iter().any(|century| tail.starts_with(century));
    let clock = tail < "2400" && &tail[2..] < "60" && tail.ends_with(['0', '5']);
    // "2026-02-25 1830" is a meeting, and "2026-02-25 - 2026-03-01" a time between.
    let meeting = last.joint == ' ' && (clock || year) && !luhn(&all[all.len() - 10..]);
    let range = year && continues(ahead, last.end);
    plausible(date) && !(first.digits.len() < 6 && (meeting || range))
}

/// Whether a number goes on, also when what follows is masked already.
fn continues(ahead: &[Token], end: usize) -> bool {
    let marks = ahead
        .iter()
        .skip(end)
        .take(2)
        .take_while(|token| token.is('-') || token.is('/'));
    let marks = marks.count();
    let next = ahead.get(end + marks).map(|token| token.kind);
    marks > 0 && matches!(next, Some(Kind::Number | Kind::Masked(_)))
}

/// Where four characters end that stand for the last digits, some of them hidden: "-xxxx", " ****", "-12XX".
fn hidden(ahead: &[Token], date: usize) -> Option<usize> {
    let start = date + usize::from(is(ahead, date, '-') || is(ahead, date, '+'));
    let (mut count, mut veiled) = (0, false);
    for (at, token) in ahead.iter().enumerate().skip(start).take(4) {
        let veil = token.text.chars().all(|c| "xX*•_?#".contains(c));
        if token.gap == Gap::Line
            || (at > start && token.gap != Gap::None)
            || !(veil || token.kind == Kind::Number)
        {
            return None;
        }
        count += token.text.chars().take(5).count();
        veiled |= veil;
        if count >= 4 {
            return (count == 4 && veiled).then_some(at + 1);
        }
    }
    None
}

/// Whether the check digit is right that personal numbers and cards end with.
fn luhn(digits: &str) -> bool {
    let values = digits.bytes().rev().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = values
        .enumerate()
        .map(|(i, v)| {
            if i % 2 == 0 {
                v
            } else {
                v * 2 / 10 + v * 2 % 10
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A card number by its shape, an account number after a word that says so.
pub(super) fn account(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let groups = groups(ahead);
    let first = groups.first()?.digits;
    let years = groups
        .iter()
        .all(|group| group.digits.starts_with("19") || group.digits.starts_with("20"));
    let card = match *lengths(&groups) {
        [13..=19, ..] if luhn(first) => 1,
        [4, 4, 4, 4, ..] if !years => 4,
        [4, 6, 5, ..] if luhn(&digits(&groups[..3])) => 3,
        _ => 0,
    };
    if card > 0 {
        return groups.get(card - 1).map(|group| group.end);
    }
    // A clearing number, and then the rest: "8327-9, 123 456 789-0".
    let clearing = matches!(*lengths(&groups), [4, 1, ..]) && groups[1].joint == '-';
    let mut end = groups.last()?.end;
    let mut count = digits(&groups).len();
    if is(ahead, end, ',') && first.len() == 4 {
        let more = self::groups(&ahead[end + 1..]);
        count += digits(&more).len();
        end += more.last().map_or(0, |group| group.end + 1);
    }
    let dated = date(ahead).is_some_and(|(end, _)| end > 1);
    let announced = told(before, Cue::Account) && count >= 7 && !dated;
    (announced || (clearing && count >= 11)).then_some(end)
}

/// An IBAN by its check digits, a Swedish one also when they are wrong.
pub(super) fn iban(_: &[Token], ahead: &[Token]) -> Option<usize> {
    let country = ahead
        .first()
        .filter(|token| token.word() && token.key.len() == 2)?;
    if gap(ahead, 1) != Gap::None || key(ahead, 1).len() < 2 {
        return None;
    }
    let (mut all, mut end) = (String::new(), None);
    for (i, token) in ahead.iter().take(12).enumerate() {
        let part = token.word() || token.kind == Kind::Number;
        if !part || (i > 0 && token.gap == Gap::Line) || all.len() + token.key.len() > 34 {
            break;
        }
        all.push_str(&token.key);
        let swedish = country.key == "se" && all.len() == 24;
        if all.len() >= 15 && (swedish || checked(&all)) {
            end = Some(i + 1);
        }
    }
    end
}

/// Whether the letters and digits of an IBAN leave one when divided by 97.
fn checked(iban: &str) -> bool {
    let turned = iban.chars().skip(4).chain(iban.chars().take(4));
    let values = turned.map(|c| c.to_digit(36));
    values.into_iter().try_fold(0, |sum, value| {
        value.map(|v| (sum * if v > 9 { 100 } else { 10 } + v) % 97)
    }) == Some(1)
}

/// A telephone number in any grouping.
pub(super) fn phone(before: &[Token], ahead: &[Token]) -> Option<usize> {
    let prefix = ahead
        .iter()
        .take(2)
        .take_while(|token| token.is('(') || token.is('+'))
        .count();
    let plus = prefix > 0 && is(ahead, prefix - 1, '+') && gap(ahead, prefix) == Gap::None;
    let groups = groups(ahead.get(prefix..)?);
    let first = groups.first()?.digits;
    let glued = gap(ahead, 0) == Gap::None;
    // "KS08/123", "2024-0123": the end of another number.
    let tail = match before {
        [.., code] if code.word() => {
            code.text.len() <= 4 && code.key != "tel" && !code.capital() && code.text != code.key
        }
        [.., number, mark] => {
            number.kind == Kind::Number && mark.gap == Gap::None && "-/.:".contains(mark.text)
        }
        _ => false,
    };
    if prefix == 0 && glued && tail {
        return None;
    }
    let foreign = (plus && !first.starts_with('0'))
        || (first.starts_with("00") && first.as_bytes().get(2).is_some_and(|digit| *digit > b'0'));
    let swedish =
        first.starts_with('0') && first.as_bytes().get(1).is_some_and(|digit| *digit > b'0');
    let bare = first.starts_with("467") && first.len() == 11;
    let (least, enough, most) = match () {
        () if foreign => (8, 13, 17),
        () if swedish || bare => (8, 10, 12),
        () if told(before, Cue::Phone) && date(&ahead[prefix..]).is_none() => (6, 10, 12),
        () => return None,
    };
    let (mut count, mut taken) = (0, 0);
    for group in &groups {
        let colon = prefix + group.end;
        let minutes = ahead
            .get(colon + 1)
            .is_some_and(|token| token.kind == Kind::Number);
        let time = taken > 0 && minutes && is(ahead, colon, ':');
        let another = taken > 0 && group.joint == '+';
        if count >= enough || count + group.digits.len() > most || time || another {
            break;
        }
        count += group.digits.len();
        taken += 1;
    }
    let enough = count >= least && !(swedish && timetable(&groups[..taken]));
    enough.then(|| groups.get(taken - 1).map(|group| prefix + group.end))?
}

/// Whether digit groups are hours and days: "08.00-16.30", "0800-1630", "08-16 09-17", "01.02.2026".
fn timetable(groups: &[Group]) -> bool {
    let below = |most: &str| {
        groups
            .iter()
            .all(|group| group.digits.len() == 2 && group.digits < most)
    };
    let clock = |group: &Group| {
        group.digits.len() == 4 && group.digits < "2400" && &group.digits[2..] < "60"
    };
    let dotted = groups.get(1).is_some_and(|group| group.joint == '.');
    let dated = matches!(groups, [day, month, year, ..] if day.digits.len() == 2
        && month.digits.len() == 2
        && (year.digits.starts_with("19") || year.digits.starts_with("20"))
        && year.digits.len() == 4);
    below("32") || (dotted && below("60")) || dated || groups.iter().all(clock)
}
