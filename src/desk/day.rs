//! Which day and which hour it is, where the municipality is.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::Desk;
use crate::answering::{Block, say_hours};
use crate::knowledge::Language;

/// The hour that it is taken to be on a day that was named.
const NOON: i8 = 12;

impl Desk {
    /// The desk on this day at noon, whatever the clock says, so that what depends on last days can be tried. What is
    /// written keeps the time of the clock.
    #[must_use]
    pub fn on(self, day: Date) -> Desk {
        self.at(day.at(NOON, 0, 0, 0))
    }

    /// The same at a time of that day, on the clock of the municipality.
    #[must_use]
    pub fn at(self, moment: DateTime) -> Desk {
        Desk {
            moment: Some(moment),
            ..self
        }
    }

    /// The hour and the day it is where the municipality is.
    pub fn local_time(&self) -> (Date, i8) {
        let now = self.local_now();
        (now.date(), now.hour())
    }

    /// Says in every contact of some blocks whether it is open now. To be called when they are shown and not before, for it
    /// holds no longer than that.
    pub fn say_hours(&self, blocks: &mut [Block], language: Language) {
        let answerer = self.library.current();
        let phrases = answerer.knowledge().phrases(language);
        say_hours(blocks, phrases, self.local_now());
    }

    pub(super) fn today(&self) -> Date {
        self.local_now().date()
    }

    fn local_now(&self) -> DateTime {
        self.moment.unwrap_or_else(|| {
            Timestamp::now()
                .to_zoned_datetime(self.library.zone())
                .datetime()
        })
    }
}
