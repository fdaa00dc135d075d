//! When an office is open, and by when it keeps a promise.

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime, Time, Weekday, time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::Reach;
use super::holidays::Holiday;
use super::terms::is_old;

/// How many days ahead it is looked when something opens.
const AHEAD: usize = 62;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Day {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Day {
        match day {
            Weekday::Monday => Day::Mon,
            Weekday::Tuesday => Day::Tue,
            Weekday::Wednesday => Day::Wed,
            Weekday::Thursday => Day::Thu,
            Weekday::Friday => Day::Fri,
            Weekday::Saturday => Day::Sat,
            Weekday::Sunday => Day::Sun,
        }
    }
}

impl Day {
    /// Every day, from Monday on.
    pub const ALL: [Day; 7] = [
        Day::Mon,
        Day::Tue,
        Day::Wed,
        Day::Thu,
        Day::Fri,
        Day::Sat,
        Day::Sun,
    ];
}

/// How one reaches someone within their hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReachedBy {
    /// By whatever ways there are.
    #[default]
    Any,
    /// By telephone.
    Phone,
    /// By going there.
    Visit,
}

impl ReachedBy {
    /// Every one, in the order in which they are told.
    pub const ALL: [ReachedBy; 3] = [ReachedBy::Any, ReachedBy::Phone, ReachedBy::Visit];

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "what decides whether a field is written is given a reference"
    )]
    fn is_any(&self) -> bool {
        *self == ReachedBy::Any
    }
}

/// Hours that are the same on some days of the week. Holidays are never among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hours {
    /// The days: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.
    pub days: Vec<Day>,
    /// When it opens, as `09:00`.
    #[serde(with = "clock")]
    #[schemars(with = "String")]
    pub from: Time,
    /// When it closes, as `16:00`.
    #[serde(with = "clock")]
    #[schemars(with = "String")]
    pub to: Time,
    /// How one reaches them then: `phone` or `visit`; by any way when it is left out.
    #[serde(default, skip_serializing_if = "ReachedBy::is_any")]
    pub by: ReachedBy,
    /// Whether these are the hours of a day before a public holiday, in place of the usual ones.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_holiday: bool,
    /// The year of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
}

impl Hours {
    /// Whether there is a time of some day that they cover.
    pub fn make_sense(&self) -> bool {
        self.from < self.to && !self.days.is_empty()
    }
}

/// When an office is open: as its entry says, else as offices are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    hours: Vec<Hours>,
    is_stated: bool,
}

/// Whether someone can be reached at a time, and when that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenNow {
    /// It is open.
    Open {
        /// When it closes, the same day.
        until: Time,
        /// Whether it closes then because the next day is a public holiday.
        before_holiday: bool,
    },
    /// It is closed.
    Closed {
        /// The holiday for which it is, on a day of the week when it would be open.
        holiday: Option<Holiday>,
        /// When it opens next; `None` when that is not within two months.
        opens: Option<DateTime>,
    },
}

/// By when something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promise {
    /// The latest time, on the clock of the office: when it closes that day.
    pub by: DateTime,
    /// Whether the hour can be told. It cannot when nobody has said when the office closes.
    pub has_hour: bool,
}

impl Opening {
    /// The opening hours of whom this reaches, as far as they are known to hold on a day. Without any that make sense:
    /// Monday to Friday, 9 to 16.
    pub fn of(reach: Option<&Reach>, today: Date) -> Opening {
        let stated = reach.map_or(&[][..], |reach| &reach.opening);
        let holds = |hours: &&Hours| hours.year.is_none_or(|year| !is_old(year, today));
        let hours: Vec<Hours> = stated.iter().filter(holds).cloned().collect();
        Opening::stated(hours).unwrap_or_else(Opening::usual)
    }

    /// Hours as they are stated; `None` when there are none that make sense.
    pub fn stated(hours: Vec<Hours>) -> Option<Opening> {
        let hours: Vec<Hours> = hours.into_iter().filter(Hours::make_sense).collect();
        let is_stated = true;
        (!hours.is_empty()).then_some(Opening { hours, is_stated })
    }

    /// The hours that most offices keep.
    fn usual() -> Opening {
        let days = vec![Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri];
        let (from, to) = (time(9, 0, 0, 0), time(16, 0, 0, 0));
        Opening {
            hours: vec![Hours {
                days,
                from,
                to,
                by: ReachedBy::Any,
                before_holiday: false,
                year: None,
            }],
            is_stated: false,
        }
    }

    /// When it closes on a day; `None` when it is not open that day.
    pub fn closes(&self, date: Date) -> Option<Time> {
        self.on(date).map(|hours| hours.to).max()
    }

    /// Whether it is open at a time on the clock of the office.
    pub fn now(&self, at: DateTime) -> OpenNow {
        let (date, time) = (at.date(), at.time());
        // Hours that begin where others end are one time.
        let closes = |time: Time| {
            let around = self.on(date).filter(|h| h.from <= time && time < h.to);
            around.map(|h| h.to).max()
        };
        let closings = std::iter::successors(closes(time), |until| closes(*until));
        if let Some(until) = closings.last() {
            return OpenNow::Open {
                until,
                before_holiday: self.on(date).any(|h| h.before_holiday),
            };
        }
        let days = std::iter::successors(Some(date), |day| day.tomorrow().ok());
        let opens = days.take(AHEAD).find_map(|day| {
            let begins = self.on(day).map(|h| day.to_datetime(h.from));
            begins.filter(|begin| *begin > at).min()
        });
        OpenNow::Closed {
            holiday: Holiday::on(date).filter(|_| self.is_open_on(date.weekday().into())),
            opens,
        }
    }

    /// The hours of a day; none on a holiday. Those of days before a holiday, where it has any, take the place of the
    /// others.
    fn on(&self, date: Date) -> impl Iterator<Item = &Hours> {
        let day = Day::from(date.weekday());
        let is_open = Holiday::on(date).is_none();
        let on_day = move |hours: &&Hours| is_open && hours.days.contains(&day);
        let next = date.tomorrow().ok().and_then(Holiday::on);
        let is_before = next.is_some_and(Holiday::is_public)
            && self.hours.iter().filter(on_day).any(|h| h.before_holiday);
        let of_day = self.hours.iter().filter(on_day);
        of_day.filter(move |hours| hours.before_holiday == is_before)
    }

    fn is_open_on(&self, day: Day) -> bool {
        let usual = self.hours.iter().filter(|hours| !hours.before_holiday);
        usual.flat_map(|hours| &hours.days).any(|d| *d == day)
    }

    /// By when something is done that takes at most so many open days. The day on which it was asked for is not counted;
    /// what was asked for after closing counts as asked for on the next open day.
    pub fn promise(&self, asked: &ZonedDateTime, open_days: u8) -> Promise {
        let days = std::iter::successors(Some(asked.date()), |day| day.tomorrow().ok());
        let closings = days.filter_map(|day| Some(day.to_datetime(self.closes(day)?)));
        let mut ahead = closings.skip_while(|closing| *closing <= asked.datetime());
        Promise {
            // After the last day of the calendar there is none to promise.
            by: ahead
                .nth(usize::from(open_days))
                .unwrap_or(asked.datetime()),
            has_hour: self.is_stated,
        }
    }
}

/// A time of day as hours and minutes.
mod clock {
    use jiff::civil::Time;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&time.strftime("%H:%M"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Time, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::custom(format!("`{text}` is not a time: write HH:MM as in 09:00"));
        if text.len() != 5 {
            return Err(wrong());
        }
        Time::strptime("%H:%M", &text).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    const SHORT_FRIDAYS: &str = r#"
        [[opening]]
        days = ["mon", "tue", "wed", "thu"]
        from = "09:00"
        to = "16:00"
        [[opening]]
        days = ["fri"]
        from = "09:00"
        to = "15:00"
    "#;

    fn opening(toml: &str) -> Opening {
        let reach: Reach = toml::from_str(toml).unwrap();
        Opening::of(Some(&reach), date(2026, 11, 23))
    }

    fn asked(at: DateTime) -> ZonedDateTime {
        at.to_zoned_datetime(TimeZone::get("Europe/Stockholm").unwrap())
            .unwrap()
    }

    #[test]
    fn two_open_days_skip_weekends_holidays_and_the_time_after_closing() {
        let office = opening(SHORT_FRIDAYS);
        let by = |asked_at| office.promise(&asked(asked_at), 2).by;
        let at = |month, day, hour| date(2026, month, day).at(hour, 0, 0, 0);
        // Monday morning, noon and evening.
        assert_eq!(by(at(11, 23, 7)), at(11, 25, 16));
        assert_eq!(by(at(11, 23, 12)), at(11, 25, 16));
        assert_eq!(by(at(11, 23, 16)), at(11, 26, 16), "just closed");
        assert_eq!(by(at(11, 25, 12)), at(11, 27, 15), "a short Friday");
        assert_eq!(by(at(11, 28, 12)), at(12, 2, 16), "a Saturday");
        // Over Christmas: Thursday 24 and Friday 25 are closed, and so is New Year's Eve.
        assert_eq!(by(at(12, 23, 12)), at(12, 29, 16));
        assert_eq!(by(at(12, 29, 17)), date(2027, 1, 5).at(16, 0, 0, 0));
        assert!(office.promise(&asked(at(11, 23, 7)), 2).has_hour);
    }

    #[test]
    fn an_office_that_says_nothing_keeps_the_usual_hours_and_promises_a_day() {
        let monday = asked(date(2026, 11, 23).at(12, 0, 0, 0));
        let promise = Promise {
            by: date(2026, 11, 25).at(16, 0, 0, 0),
            has_hour: false,
        };
        let backwards = "[[opening]]\ndays = [\"mon\"]\nfrom = \"16:00\"\nto = \"09:00\"\n[[opening]]\ndays = []\n\
             from = \"08:00\"\nto = \"09:00\"";
        for office in [
            Opening::of(None, date(2026, 11, 23)),
            opening(""),
            opening(backwards),
            opening(
                &format!("{SHORT_FRIDAYS}\nyear = 2019")
                    .replace("to = \"16:00\"", "to = \"16:00\"\nyear = 2019"),
            ),
        ] {
            assert_eq!(office.promise(&monday, 2), promise);
        }
    }

    #[test]
    fn a_time_is_hours_and_minutes() {
        let read = |from: &str| {
            let toml = format!("[[opening]]\ndays = [\"mon\"]\nfrom = \"{from}\"\nto = \"16:00\"");
            toml::from_str::<Reach>(&toml)
        };
        let reach = read("08:30").unwrap();
        assert_eq!(
            toml::from_str::<Reach>(&toml::to_string(&reach).unwrap()),
            Ok(reach)
        );
        for wrong in ["8.30", "24:00", "08:60", "8:30", "08:30:00", "nio"] {
            let said = read(wrong).unwrap_err().to_string();
            assert!(said.contains("write HH:MM"), "{said}");
        }
    }

    const LIBRARY: &str = r#"
        [[opening]]
        days = ["mon", "tue", "wed", "thu", "fri"]
        from = "10:00"
        to = "12:00"
        [[opening]]
        days = ["mon", "tue", "wed", "thu", "fri"]
        from = "12:00"
        to = "14:00"
        [[opening]]
        days = ["mon", "thu"]
        from = "15:00"
        to = "19:00"
        [[opening]]
        days = ["sat"]
        from = "10:00"
        to = "14:00"
        [[opening]]
        days = ["mon", "tue", "wed", "thu", "fri"]
        from = "10:00"
        to = "12:00"
        before_holiday = true
    "#;

    fn open(hour: i8, before_holiday: bool) -> OpenNow {
        let until = time(hour, 0, 0, 0);
        OpenNow::Open {
            until,
            before_holiday,
        }
    }

    fn closed(holiday: Option<Holiday>, opens: DateTime) -> OpenNow {
        let opens = Some(opens);
        OpenNow::Closed { holiday, opens }
    }

    #[test]
    fn it_is_open_until_it_closes_and_closed_until_it_opens() {
        let library = opening(LIBRARY);
        let at = |month, day, hour, minute| date(2026, month, day).at(hour, minute, 0, 0);
        let ten = |month, day| at(month, day, 10, 0);
        for (moment, expected) in [
            // Monday 23 November: hours that meet are one, and there is a break.
            (at(11, 23, 9, 59), closed(None, ten(11, 23))),
            (at(11, 23, 10, 0), open(14, false)),
            (at(11, 23, 12, 0), open(14, false)),
            (at(11, 23, 13, 59), open(14, false)),
            (at(11, 23, 14, 0), closed(None, at(11, 23, 15, 0))),
            (at(11, 23, 18, 30), open(19, false)),
            (at(11, 23, 19, 0), closed(None, ten(11, 24))),
            // Over a weekend.
            (at(11, 28, 14, 0), closed(None, ten(11, 30))),
            (at(11, 29, 12, 0), closed(None, ten(11, 30))),
            // Midsummer: Thursday is no day before a public holiday, Friday and Saturday are closed for one.
            (at(6, 18, 13, 0), open(14, false)),
            (
                at(6, 19, 11, 0),
                closed(Some(Holiday::MidsummerEve), ten(6, 22)),
            ),
            (
                at(6, 20, 11, 0),
                closed(Some(Holiday::Midsummer), ten(6, 22)),
            ),
            (at(6, 21, 11, 0), closed(None, ten(6, 22))),
            // Days before one: Maundy Thursday, and the eve of Ascension Day.
            (at(4, 2, 11, 0), open(12, true)),
            (at(4, 2, 12, 0), closed(None, ten(4, 7))),
            (
                at(4, 6, 12, 0),
                closed(Some(Holiday::EasterMonday), ten(4, 7)),
            ),
            (at(5, 13, 10, 30), open(12, true)),
            // Whit Sunday was never a day of theirs, and Epiphany of the next year is.
            (at(5, 24, 12, 0), closed(None, ten(5, 25))),
            (
                at(12, 31, 12, 0),
                closed(Some(Holiday::NewYearsEve), date(2027, 1, 2).at(10, 0, 0, 0)),
            ),
        ] {
            assert_eq!(library.now(moment), expected, "{moment}");
        }
        let never = opening(
            "[[opening]]\ndays = [\"fri\"]\nfrom = \"10:00\"\nto = \"11:00\"\nbefore_holiday = true",
        );
        assert_eq!(
            never.now(date(2026, 7, 1).at(12, 0, 0, 0)),
            OpenNow::Closed {
                holiday: None,
                opens: None
            }
        );
    }

    #[test]
    fn the_clock_of_the_office_is_what_counts_when_it_is_changed() {
        let sundays = opening("[[opening]]\ndays = [\"sun\"]\nfrom = \"02:30\"\nto = \"04:00\"");
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let at = |utc: &str| {
            let moment: jiff::Timestamp = utc.parse().unwrap();
            sundays.now(moment.to_zoned_datetime(zone.clone()).datetime())
        };
        // 29 March 2026: after 01:59 comes 03:00.
        assert_eq!(
            at("2026-03-29T00:59:00Z"),
            closed(None, date(2026, 3, 29).at(2, 30, 0, 0))
        );
        assert_eq!(at("2026-03-29T01:00:00Z"), open(4, false));
        // 25 October 2026: after 02:59 comes 02:00 once more.
        assert_eq!(at("2026-10-25T00:45:00Z"), open(4, false));
        assert_eq!(
            at("2026-10-25T01:15:00Z"),
            closed(None, date(2026, 10, 25).at(2, 30, 0, 0))
        );
    }

    #[test]
    fn hours_of_a_way_and_of_a_year_are_read_and_written_back() {
        let written = "[[opening]]\ndays = [\"mon\"]\nfrom = \"09:00\"\nto = \"11:00\"\nby = \"phone\"\nyear = 2023\n";
        let reach: Reach = toml::from_str(written).unwrap();
        assert_eq!(reach.opening[0].by, ReachedBy::Phone);
        assert_eq!(toml::to_string(&reach).unwrap(), written);
    }

    proptest! {
        #[test]
        fn a_promise_is_for_an_open_time_ahead_and_never_goes_back(
            minutes in 0_i64..20 * 366 * 24 * 60,
            later in 0_i64..7 * 24 * 60,
            days in 0_u8..20,
            is_stated: bool,
        ) {
            let office = opening(if is_stated { SHORT_FRIDAYS } else { "" });
            let begin = asked(date(2024, 1, 1).at(0, 0, 0, 0));
            let at = |minutes: i64| begin.checked_add(jiff::Span::new().minutes(minutes)).unwrap();
            let (first, second) = (at(minutes), at(minutes + later));
            let by = |asked, days| office.promise(asked, days).by;
            let promised = by(&first, days);
            prop_assert_eq!(office.closes(promised.date()), Some(promised.time()));
            prop_assert!(promised > first.datetime());
            prop_assert!(promised <= by(&second, days));
            prop_assert!(promised < by(&first, days + 1));
        }

        #[test]
        fn what_opens_is_open_then_and_what_is_open_closes(minutes in 0_i64..20 * 366 * 24 * 60) {
            let library = opening(LIBRARY);
            let at = date(2024, 1, 1).at(0, 0, 0, 0) + jiff::Span::new().minutes(minutes);
            match library.now(at) {
                OpenNow::Open { until, .. } => {
                    prop_assert!(until > at.time());
                    let then = library.now(at.date().to_datetime(until));
                    let is_closed = matches!(then, OpenNow::Closed { .. });
                    prop_assert!(is_closed);
                }
                OpenNow::Closed { opens, .. } => {
                    let opens = opens.unwrap();
                    prop_assert!(opens > at);
                    let is_open = matches!(library.now(opens), OpenNow::Open { .. });
                    prop_assert!(is_open);
                    let before = opens - jiff::Span::new().minutes(1);
                    let was_closed = matches!(library.now(before), OpenNow::Closed { .. });
                    prop_assert!(was_closed);
                }
            }
        }
    }
}
