//! Whether the clock of the machine is to be deleted by: what a wrong clock says is old is gone when it has been set right.

use std::time::Duration;

use tokio::time::Instant;

/// A clock that goes ahead by more than this, beside the time that has passed, was wrong before or is wrong now. Things are
/// kept for days, so that less does no harm; and a machine that has slept is right about the time.
const JUMP: i64 = 24 * 60 * 60 * 1000;
/// So long it is given to be set right.
const TRIAL: Duration = Duration::from_secs(24 * 60 * 60);

/// The clock of the machine, beside the time that has passed.
#[derive(Debug)]
pub(super) struct Clock {
    seen: (i64, Instant),
    doubted_until: Option<Instant>,
}

impl Clock {
    /// A clock that is taken to be right. `now` is in milliseconds UTC.
    pub(super) fn new(now: i64, at: Instant) -> Clock {
        Clock {
            seen: (now, at),
            doubted_until: None,
        }
    }

    /// Looks at the clock; whether it is to be deleted by. After it has jumped ahead it is not for a day, unless it jumps
    /// back.
    pub(super) fn is_trusted(&mut self, now: i64, at: Instant) -> bool {
        let (before, then) = self.seen;
        let passed = i64::try_from(at.duration_since(then).as_millis()).unwrap_or(i64::MAX);
        let ahead = now.saturating_sub(before).saturating_sub(passed);
        self.seen = (now, at);
        if ahead > JUMP {
            tracing::warn!(
                days = ahead / JUMP,
                "the clock has jumped ahead; nothing is deleted for a day, so that it can be set right if it is wrong"
            );
            self.doubted_until = at.checked_add(TRIAL);
        } else if ahead < -JUMP {
            self.doubted_until = None;
        }
        self.doubted_until.is_none_or(|until| at >= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(60 * 60);
    const YEAR: i64 = 365 * JUMP;

    fn after(hours: u32) -> (i64, Duration) {
        (i64::from(hours) * 60 * 60 * 1000, HOUR * hours)
    }

    #[tokio::test]
    async fn a_clock_that_jumps_ahead_is_doubted_for_a_day() {
        let begun = Instant::now();
        let mut clock = Clock::new(0, begun);
        let mut look = |hours, ahead| {
            let (now, passed) = after(hours);
            clock.is_trusted(now + ahead, begun + passed)
        };
        assert!(look(1, 0));
        assert!(!look(2, YEAR), "it jumped");
        assert!(!look(25, YEAR), "not yet a day ago");
        assert!(look(26, YEAR), "nobody has set it right");
        assert!(look(27, YEAR));
        assert!(look(28, 0), "less is deleted, not more");
    }

    #[tokio::test]
    async fn a_clock_that_is_set_right_is_trusted_at_once() {
        let begun = Instant::now();
        let mut clock = Clock::new(0, begun);
        assert!(!clock.is_trusted(YEAR, begun + HOUR));
        let (now, passed) = after(2);
        assert!(clock.is_trusted(now, begun + passed));
        // A machine that has slept over night.
        assert!(clock.is_trusted(now + JUMP / 2, begun + passed + HOUR));
    }
}
