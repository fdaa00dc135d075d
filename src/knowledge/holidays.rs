//! The Swedish days when offices are closed: the public holidays of the law, and the eves that are kept as they are.
//!
//! The holidays are those of lagen (1989:253) om allmänna helgdagar, in its wording since 2005. The crates that list holidays
//! are either unkept or take in the whole world; the law is one page.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Holidays and eves that fall on the same day of the year every year: month and day.
const FIXED: [(i8, i8); 8] = [
    (1, 1),
    (1, 6),
    (5, 1),
    (6, 6),
    // Christmas Eve, Christmas Day and the day after.
    (12, 24),
    (12, 25),
    (12, 26),
    // New Year's Eve.
    (12, 31),
];

/// Holidays that follow Easter Sunday: how many days after it. Good Friday, Easter itself, the day after, Ascension Day and
/// Whit Sunday.
const FROM_EASTER: [i32; 5] = [-2, 0, 1, 39, 49];

/// Whether offices are closed all over the country: on public holidays, and on the eves of Christmas, New Year and
/// Midsummer. That Saturdays and Sundays are none of their days is not said here.
pub fn is_holiday(day: Date) -> bool {
    FIXED.contains(&(day.month(), day.day())) || follows_easter(day) || is_movable(day)
}

/// The days that the law ties to a weekday: Midsummer's Eve is the Friday from 19 to 25 June and Midsummer Day the Saturday
/// after it; All Saints' Day is the Saturday from 31 October to 6 November.
fn is_movable(day: Date) -> bool {
    match (day.weekday(), day.month()) {
        (Weekday::Friday, 6) => (19..=25).contains(&day.day()),
        (Weekday::Saturday, 6) => (20..=26).contains(&day.day()),
        (Weekday::Saturday, 10) => day.day() == 31,
        (Weekday::Saturday, 11) => day.day() <= 6,
        (_, _) => false,
    }
}

fn follows_easter(day: Date) -> bool {
    let Some(easter) = easter(day.year()) else {
        return false;
    };
    FROM_EASTER
        .into_iter()
        .any(|days| easter.checked_add(days.days()).is_ok_and(|d| d == day))
}

/// Easter Sunday of a year, by the anonymous Gregorian algorithm (Jean Meeus, *Astronomical Algorithms*, chapter 8, where the
/// letters are those used here); `None` for a year before the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let (month, day) = (i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?);
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn easter_is_when_the_almanac_says() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), Some(date(year, month, day)), "{year}");
        }
        assert_eq!(easter(1500), None);
    }

    /// Every day of a year when offices are closed, as month and day.
    fn closed(year: i16) -> Vec<(i8, i8)> {
        let days = date(year, 1, 1).series(1.day());
        days.take_while(|day| day.year() == year)
            .filter(|day| is_holiday(*day))
            .map(|day| (day.month(), day.day()))
            .collect()
    }

    #[test]
    fn the_holidays_are_those_of_the_almanac() {
        // Good Friday, Easter, the day after, Ascension Day, Whit Sunday; Midsummer's Eve, Midsummer Day, All Saints' Day.
        type Moving = [(i8, i8); 8];
        #[rustfmt::skip]
        let moving: [(i16, Moving); 7] = [
            (2024, [(3, 29), (3, 31), (4, 1), (5, 9), (5, 19), (6, 21), (6, 22), (11, 2)]),
            (2025, [(4, 18), (4, 20), (4, 21), (5, 29), (6, 8), (6, 20), (6, 21), (11, 1)]),
            (2026, [(4, 3), (4, 5), (4, 6), (5, 14), (5, 24), (6, 19), (6, 20), (10, 31)]),
            (2027, [(3, 26), (3, 28), (3, 29), (5, 6), (5, 16), (6, 25), (6, 26), (11, 6)]),
            (2028, [(4, 14), (4, 16), (4, 17), (5, 25), (6, 4), (6, 23), (6, 24), (11, 4)]),
            (2029, [(3, 30), (4, 1), (4, 2), (5, 10), (5, 20), (6, 22), (6, 23), (11, 3)]),
            (2030, [(4, 19), (4, 21), (4, 22), (5, 30), (6, 9), (6, 21), (6, 22), (11, 2)]),
        ];
        for (year, moving) in moving {
            let mut expected: Vec<_> = FIXED.into_iter().chain(moving).collect();
            expected.sort_unstable();
            assert_eq!(closed(year), expected, "{year}");
        }
    }
}
