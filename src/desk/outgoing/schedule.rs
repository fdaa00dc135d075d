//! When a digest is due: on the clock of the municipality, once a day or once a week, whatever clocks do.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::knowledge::Holiday;
use crate::store::Rhythm;

/// No two days for a digest are further apart than this, in days.
const FURTHEST: i64 = 14;

/// When digests are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Schedule {
    /// How often.
    pub(crate) rhythm: Rhythm,
    /// At which hour, 0 to 23.
    pub(crate) hour: u8,
}

/// What is to be done about a digest that is planned for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// Nothing yet.
    Wait,
    /// It is planned for another time: the clock has been wrong, or the time zone has changed.
    Anew {
        /// When.
        next: Timestamp,
    },
    /// It is due, however long it has been.
    Due {
        /// The day it is the digest of: each has one.
        day: Date,
        /// When the next one is.
        next: Timestamp,
    },
}

impl Schedule {
    /// The first time after another that a digest is due; `None` when it never is.
    pub(crate) fn next(&self, after: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let today = after.to_zoned_datetime(zone.clone()).date();
        let days = (0..FURTHEST).filter_map(|days| today.checked_add(days.days()).ok());
        days.filter(|day| self.is_day(*day))
            .filter_map(|day| self.on(day, zone))
            .find(|time| *time > after)
    }

    /// What is to be done now about a digest that is planned for some time.
    pub(super) fn plan(&self, planned: Timestamp, now: Timestamp, zone: &TimeZone) -> Plan {
        let Some(next) = self.next(now, zone) else {
            return Plan::Wait;
        };
        if planned <= now {
            let day = planned.to_zoned_datetime(zone.clone()).date();
            Plan::Due { day, next }
        } else if planned == next {
            Plan::Wait
        } else {
            Plan::Anew { next }
        }
    }

    /// How far back the first digest tells from when it was set up, in milliseconds.
    pub(crate) fn first_period(&self) -> i64 {
        const DAY: i64 = 24 * 60 * 60 * 1000;
        match self.rhythm {
            Rhythm::Never | Rhythm::Weekdays => DAY,
            Rhythm::Weekly => 7 * DAY,
        }
    }

    fn is_day(&self, day: Date) -> bool {
        match self.rhythm {
            Rhythm::Never => false,
            Rhythm::Weekdays => {
                !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
                    && Holiday::on(day).is_none()
            }
            // Whoever reads it on the Tuesday after Easter has missed nothing.
            Rhythm::Weekly => day.weekday() == Weekday::Monday,
        }
    }

    /// The hour on a day. One that the clocks leap over is an hour later; of one that comes twice it is the first.
    fn on(&self, day: Date, zone: &TimeZone) -> Option<Timestamp> {
        let hour = i8::try_from(self.hour).ok()?;
        let time = day.at(hour, 0, 0, 0).to_zoned_datetime(zone.clone()).ok()?;
        Some(time.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    fn stockholm() -> TimeZone {
        TimeZone::get("Europe/Stockholm").unwrap()
    }

    fn rhythm() -> impl Strategy<Value = Rhythm> {
        prop_oneof![Just(Rhythm::Weekdays), Just(Rhythm::Weekly)]
    }

    /// Some time in thirty years.
    fn time() -> impl Strategy<Value = Timestamp> {
        (1_700_000_000_i64..2_650_000_000).prop_map(|s| Timestamp::from_second(s).unwrap())
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    proptest! {
        #[test]
        fn the_next_is_later_and_on_its_hour(rhythm in rhythm(), hour in 0_u8..24, after in time()) {
            let schedule = Schedule { rhythm, hour };
            let next = schedule.next(after, &stockholm()).unwrap();
            prop_assert!(next > after);
            let local = next.to_zoned_datetime(stockholm());
            // The hour from two to three is leapt over once a year.
            prop_assert!(local.hour() == hour as i8 || (hour == 2 && local.hour() == 3));
            let least = Schedule { rhythm, hour: 0 };
            prop_assert!(least.is_day(local.date()));
        }

        #[test]
        fn every_day_has_its_digest_once(rhythm in rhythm(), hour in 0_u8..24, begin in time()) {
            let schedule = Schedule { rhythm, hour };
            let (mut now, zone) = (begin, stockholm());
            let mut seen = Vec::new();
            for _ in 0..60 {
                now = schedule.next(now, &zone).unwrap();
                seen.push(now.to_zoned_datetime(zone.clone()).date());
            }
            let (first, last) = (seen[0], seen[59]);
            let mut day = first;
            let mut expected = Vec::new();
            while day <= last {
                if schedule.is_day(day) {
                    expected.push(day);
                }
                day = day.tomorrow().unwrap();
            }
            prop_assert_eq!(seen, expected);
        }

        #[test]
        fn however_the_clock_leaps_no_day_is_told_twice(
            rhythm in rhythm(),
            hour in 0_u8..24,
            begin in time(),
            leaps in prop::collection::vec(-400_i64..400, 1..60),
        ) {
            let (schedule, zone) = (Schedule { rhythm, hour }, stockholm());
            let mut planned = schedule.next(begin, &zone).unwrap();
            let (mut now, mut told) = (begin, BTreeSet::new());
            let mut sent = 0;
            for hours in leaps {
                now = now.saturating_add(SignedDuration::from_hours(hours)).unwrap();
                match schedule.plan(planned, now, &zone) {
                    Plan::Wait => {}
                    Plan::Anew { next } => planned = next,
                    Plan::Due { day, next } => {
                        // As the store does: of a day that has been told nothing more is sent.
                        sent += usize::from(told.insert(day));
                        planned = next;
                    }
                }
                prop_assert!(planned > now, "the next one is ahead");
                prop_assert!(planned == schedule.next(now, &zone).unwrap(), "and no further than it must be");
            }
            prop_assert_eq!(sent, told.len());
        }
    }

    #[test]
    fn what_was_missed_is_told_once() {
        let schedule = Schedule {
            rhythm: Rhythm::Weekdays,
            hour: 8,
        };
        let planned = at("2026-11-23T07:00:00Z");
        let now = at("2026-12-03T15:00:00Z");
        let plan = schedule.plan(planned, now, &stockholm());
        let next = at("2026-12-04T07:00:00Z");
        assert_eq!(
            plan,
            Plan::Due {
                day: jiff::civil::date(2026, 11, 23),
                next
            }
        );
        assert_eq!(schedule.plan(next, now, &stockholm()), Plan::Wait);
    }

    #[test]
    fn summer_time_and_holidays_are_kept() {
        let zone = stockholm();
        let daily = Schedule {
            rhythm: Rhythm::Weekdays,
            hour: 8,
        };
        let next =
            |schedule: &Schedule, after: &str| schedule.next(at(after), &zone).unwrap().to_string();
        // The clocks go forward on Sunday 28 March 2027, and Easter is that weekend.
        assert_eq!(next(&daily, "2027-03-25T07:00:00Z"), "2027-03-30T06:00:00Z");
        // They go back on Sunday 31 October 2027.
        assert_eq!(next(&daily, "2027-10-29T07:00:00Z"), "2027-11-01T07:00:00Z");
        // From the day before Christmas Eve to the Monday after.
        assert_eq!(next(&daily, "2026-12-23T07:00:00Z"), "2026-12-28T07:00:00Z");
        let weekly = Schedule {
            rhythm: Rhythm::Weekly,
            hour: 8,
        };
        assert_eq!(
            next(&weekly, "2027-03-25T07:00:00Z"),
            "2027-03-29T06:00:00Z"
        );
        let never = Schedule {
            rhythm: Rhythm::Never,
            hour: 8,
        };
        assert_eq!(never.next(at("2027-03-25T07:00:00Z"), &zone), None);
    }

    #[test]
    fn a_clock_that_was_a_year_ahead_costs_no_digest() {
        let schedule = Schedule {
            rhythm: Rhythm::Weekdays,
            hour: 8,
        };
        let planned = at("2027-11-24T07:00:00Z");
        let plan = schedule.plan(planned, at("2026-11-23T12:00:00Z"), &stockholm());
        assert_eq!(
            plan,
            Plan::Anew {
                next: at("2026-11-24T07:00:00Z")
            }
        );
    }
}
