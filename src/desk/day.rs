//! Which day it is, where the municipality is.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Desk;

impl Desk {
    /// The desk on this day, whatever the clock says, so that what depends on last days can be tried. What is written keeps
    /// the time of the clock.
    #[must_use]
    pub fn on(self, day: Date) -> Desk {
        Desk {
            day: Some(day),
            ..self
        }
    }

    pub(super) fn today(&self) -> Date {
        self.day.unwrap_or_else(|| {
            Timestamp::now()
                .to_zoned_datetime(self.library.zone())
                .date()
        })
    }
}
