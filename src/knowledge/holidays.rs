//! The Swedish days when offices are closed: the public holidays of the law, and the eves that are kept as they are.
//!
//! The holidays are those of lagen (1989:253) om allmänna helgdagar, in its wording since 2005. The crates that list holidays
//! are either unkept or take in the whole world; the law is one page.

use jiff::civil::{Date, Weekday};

/// A day when offices are closed all over the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// 6 January.
    Epiphany,
    /// The Friday before Easter.
    GoodFriday,
    /// The Saturday before Easter, which is no public holiday and kept as one.
    EasterEve,
    /// Easter Sunday.
    Easter,
    /// The Monday after Easter.
    EasterMonday,
    /// 1 May.
    MayDay,
    /// The Thursday 39 days after Easter.
    Ascension,
    /// The Sunday 49 days after Easter.
    Whitsun,
    /// 6 June.
    NationalDay,
    /// The Friday from 19 to 25 June, which is no public holiday and kept as one.
    MidsummerEve,
    /// The Saturday from 20 to 26 June.
    Midsummer,
    /// The Saturday from 31 October to 6 November.
    AllSaints,
    /// 24 December, which is no public holiday and kept as one.
    ChristmasEve,
    /// 25 December.
    Christmas,
    /// 26 December.
    BoxingDay,
    /// 31 December, which is no public holiday and kept as one.
    NewYearsEve,
}

impl Holiday {
    /// The holiday that a day is; `None` when it is none. That Saturdays and Sundays are days of rest is not said here.
    ///
    /// Where two fall together, as Ascension Day and 1 May in 2008, it is the one of the fixed date.
    pub fn on(day: Date) -> Option<Holiday> {
        fixed(day)
            .or_else(|| follows_easter(day))
            .or_else(|| on_a_weekday(day))
    }

    /// Whether the law makes it a public holiday, a red day of the almanac. The eves are none: they are only kept as such.
    pub fn is_public(self) -> bool {
        match self {
            Holiday::EasterEve
            | Holiday::MidsummerEve
            | Holiday::ChristmasEve
            | Holiday::NewYearsEve => false,
            Holiday::NewYear
            | Holiday::Epiphany
            | Holiday::GoodFriday
            | Holiday::Easter
            | Holiday::EasterMonday
            | Holiday::MayDay
            | Holiday::Ascension
            | Holiday::Whitsun
            | Holiday::NationalDay
            | Holiday::Midsummer
            | Holiday::AllSaints
            | Holiday::Christmas
            | Holiday::BoxingDay => true,
        }
    }
}

/// The days that fall on the same day of the year every year.
fn fixed(day: Date) -> Option<Holiday> {
    match (day.month(), day.day()) {
        (1, 1) => Some(Holiday::NewYear),
        (1, 6) => Some(Holiday::Epiphany),
        (5, 1) => Some(Holiday::MayDay),
        (6, 6) => Some(Holiday::NationalDay),
        (12, 24) => Some(Holiday::ChristmasEve),
        (12, 25) => Some(Holiday::Christmas),
        (12, 26) => Some(Holiday::BoxingDay),
        (12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    }
}

/// The days that are counted from Easter Sunday.
fn follows_easter(day: Date) -> Option<Holiday> {
    match (day - easter(day.year())?).get_days() {
        -2 => Some(Holiday::GoodFriday),
        -1 => Some(Holiday::EasterEve),
        0 => Some(Holiday::Easter),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        49 => Some(Holiday::Whitsun),
        _ => None,
    }
}

/// The days that the law ties to a weekday.
fn on_a_weekday(day: Date) -> Option<Holiday> {
    match (day.weekday(), day.month(), day.day()) {
        (Weekday::Friday, 6, 19..=25) => Some(Holiday::MidsummerEve),
        (Weekday::Saturday, 6, 20..=26) => Some(Holiday::Midsummer),
        (Weekday::Saturday, 10, 31) | (Weekday::Saturday, 11, 1..=6) => Some(Holiday::AllSaints),
        (_, _, _) => None,
    }
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
    use jiff::ToSpan;
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
            .filter(|day| Holiday::on(*day).is_some())
            .map(|day| (day.month(), day.day()))
            .collect()
    }

    const FIXED: [(i8, i8); 8] = [
        (1, 1),
        (1, 6),
        (5, 1),
        (6, 6),
        (12, 24),
        (12, 25),
        (12, 26),
        (12, 31),
    ];

    #[test]
    fn the_holidays_are_those_of_the_almanac() {
        // Good Friday, Easter Eve, Easter, the day after, Ascension Day, Whit Sunday; Midsummer's Eve, Midsummer Day, All
        // Saints' Day.
        type Moving = [(i8, i8); 9];
        #[rustfmt::skip]
        let moving: [(i16, Moving); 12] = [
            (2015, [(4, 3), (4, 4), (4, 5), (4, 6), (5, 14), (5, 24), (6, 19), (6, 20), (10, 31)]),
            (2018, [(3, 30), (3, 31), (4, 1), (4, 2), (5, 10), (5, 20), (6, 22), (6, 23), (11, 3)]),
            (2019, [(4, 19), (4, 20), (4, 21), (4, 22), (5, 30), (6, 9), (6, 21), (6, 22), (11, 2)]),
            (2020, [(4, 10), (4, 11), (4, 12), (4, 13), (5, 21), (5, 31), (6, 19), (6, 20), (10, 31)]),
            (2023, [(4, 7), (4, 8), (4, 9), (4, 10), (5, 18), (5, 28), (6, 23), (6, 24), (11, 4)]),
            (2024, [(3, 29), (3, 30), (3, 31), (4, 1), (5, 9), (5, 19), (6, 21), (6, 22), (11, 2)]),
            (2025, [(4, 18), (4, 19), (4, 20), (4, 21), (5, 29), (6, 8), (6, 20), (6, 21), (11, 1)]),
            (2026, [(4, 3), (4, 4), (4, 5), (4, 6), (5, 14), (5, 24), (6, 19), (6, 20), (10, 31)]),
            (2027, [(3, 26), (3, 27), (3, 28), (3, 29), (5, 6), (5, 16), (6, 25), (6, 26), (11, 6)]),
            (2028, [(4, 14), (4, 15), (4, 16), (4, 17), (5, 25), (6, 4), (6, 23), (6, 24), (11, 4)]),
            (2029, [(3, 30), (3, 31), (4, 1), (4, 2), (5, 10), (5, 20), (6, 22), (6, 23), (11, 3)]),
            (2030, [(4, 19), (4, 20), (4, 21), (4, 22), (5, 30), (6, 9), (6, 21), (6, 22), (11, 2)]),
        ];
        for (year, moving) in moving {
            let mut expected: Vec<_> = FIXED.into_iter().chain(moving).collect();
            expected.sort_unstable();
            assert_eq!(closed(year), expected, "{year}");
        }
    }

    #[test]
    fn every_year_of_a_century_has_all_of_them_and_thirteen_are_red() {
        for year in 2005..2105 {
            let days = date(year, 1, 1).series(1.day());
            let days = days.take_while(|day| day.year() == year);
            let all: Vec<(Date, Holiday)> = days
                .filter_map(|day| Some((day, Holiday::on(day)?)))
                .collect();
            let red = all.iter().filter(|(_, h)| h.is_public()).count();
            // Ascension Day falls on 1 May when Easter falls on 23 March, as in 2008.
            let fall_together = easter(year) == Some(date(year, 3, 23));
            let whitsun_on_6_june = easter(year) == Some(date(year, 4, 18));
            let fewer = usize::from(fall_together) + usize::from(whitsun_on_6_june);
            assert_eq!((all.len(), red), (17 - fewer, 13 - fewer), "{year}");
            for (day, holiday) in all {
                let weekday = match holiday {
                    Holiday::Easter | Holiday::Whitsun => Some(Weekday::Sunday),
                    Holiday::EasterMonday => Some(Weekday::Monday),
                    Holiday::Ascension => Some(Weekday::Thursday),
                    Holiday::GoodFriday | Holiday::MidsummerEve => Some(Weekday::Friday),
                    Holiday::EasterEve | Holiday::Midsummer | Holiday::AllSaints => {
                        Some(Weekday::Saturday)
                    }
                    Holiday::NewYear
                    | Holiday::Epiphany
                    | Holiday::MayDay
                    | Holiday::NationalDay
                    | Holiday::ChristmasEve
                    | Holiday::Christmas
                    | Holiday::BoxingDay
                    | Holiday::NewYearsEve => None,
                };
                assert!(
                    weekday.is_none_or(|weekday| weekday == day.weekday()),
                    "{day} {holiday:?}"
                );
            }
        }
    }
}
