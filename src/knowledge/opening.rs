//! When an office is open, and by when it keeps a promise.

use jiff::ZonedDateTime;
use jiff::civil::{Date, DateTime, Time, Weekday, time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::Reach;
use super::holidays::is_holiday;

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
}

/// When an office is open: as its entry says, else as offices are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    hours: Vec<Hours>,
    is_stated: bool,
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
    /// The opening hours of whom this reaches. Without any that make sense: Monday to Friday, 9 to 16.
    pub fn of(reach: Option<&Reach>) -> Opening {
        let stated = reach.map_or(&[][..], |reach| &reach.opening);
        let hours: Vec<Hours> = stated
            .iter()
            .filter(|hours| hours.from < hours.to && !hours.days.is_empty())
            .cloned()
            .collect();
        if hours.is_empty() {
            Opening::usual()
        } else {
            Opening {
                hours,
                is_stated: true,
            }
        }
    }

    /// The hours that most offices keep.
    fn usual() -> Opening {
        let days = vec![Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri];
        let (from, to) = (time(9, 0, 0, 0), time(16, 0, 0, 0));
        Opening {
            hours: vec![Hours { days, from, to }],
            is_stated: false,
        }
    }

    /// When it closes on a day; `None` when it is not open that day.
    pub fn closes(&self, date: Date) -> Option<Time> {
        if is_holiday(date) {
            return None;
        }
        let day = Day::from(date.weekday());
        let open = self.hours.iter().filter(|hours| hours.days.contains(&day));
        open.map(|hours| hours.to).max()
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
        Opening::of(Some(&reach))
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
        for office in [Opening::of(None), opening(""), opening(backwards)] {
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
    }
}
