//! When something that did not get there is tried again: soon first, then ever later, and not for ever.

use std::time::Duration;

/// How much earlier or later than planned, as a part of the wait, so that many do not come back at the same moment.
const JITTER: f64 = 0.2;
/// Each wait is so many times as long as the one before.
const FACTOR: u32 = 4;

/// How soon and for how long something is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// After it was tried the first time.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
    /// After so long it is given up.
    pub whole: Duration,
    /// How often it is looked whether something is to be sent.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            first: Duration::from_secs(60),
            longest: Duration::from_secs(6 * 3_600),
            whole: Duration::from_secs(24 * 3_600),
            look: Duration::from_secs(5),
        }
    }
}

impl Pace {
    /// How long to wait after it has been tried so many times, for `tried_for` in all; `None` when it is given up. `chance` is
    /// from 0 to 1. `asked` is how long the other side asks to be left alone.
    pub(super) fn wait(
        &self,
        attempts: u32,
        tried_for: Duration,
        chance: f64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        if tried_for >= self.whole {
            return None;
        }
        let times = FACTOR.saturating_pow(attempts.saturating_sub(1));
        let planned = self.first.saturating_mul(times).min(self.longest);
        let jittered = planned.mul_f64(1.0 + JITTER * (2.0 * chance.clamp(0.0, 1.0) - 1.0));
        Some(
            jittered
                .max(asked.unwrap_or_default())
                .min(self.longest.mul_f64(1.0 + JITTER)),
        )
    }
}

/// By chance, from 0 to 1.
pub(super) fn chance() -> f64 {
    let drawn = getrandom::u32().unwrap_or(u32::MAX / 2);
    f64::from(drawn) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_wait_is_within_bounds(attempts in 0_u32..200, chance in 0.0..=1.0, asked in prop::option::of(0_u64..100_000)) {
            let pace = Pace::default();
            let asked = asked.map(Duration::from_secs);
            let wait = pace.wait(attempts, Duration::ZERO, chance, asked).unwrap();
            prop_assert!(wait >= pace.first.mul_f64(0.8) && wait <= pace.longest.mul_f64(1.2));
        }
    }

    #[test]
    fn it_is_tried_ever_later_and_then_given_up() {
        let pace = Pace::default();
        let minutes = |attempts| {
            pace.wait(attempts, Duration::ZERO, 0.5, None)
                .unwrap()
                .as_secs()
                / 60
        };
        assert_eq!([1, 2, 3, 4, 5, 6].map(minutes), [1, 4, 16, 64, 256, 360]);
        assert_eq!(pace.wait(9, pace.whole, 0.5, None), None);
        let asked = pace.wait(1, Duration::ZERO, 0.5, Some(Duration::from_secs(600)));
        assert_eq!(asked, Some(Duration::from_secs(600)));
        let whole: Duration = (1..20)
            .map(|n| pace.wait(n, Duration::ZERO, 0.5, None).unwrap())
            .scan(Duration::ZERO, |sum, wait| {
                *sum += wait;
                Some(*sum)
            })
            .take_while(|sum| *sum < pace.whole)
            .last()
            .unwrap();
        assert!(
            whole > Duration::from_secs(18 * 3_600),
            "it is tried for most of a day"
        );
    }

    #[test]
    fn chance_is_from_nothing_to_one() {
        let drawn: Vec<f64> = (0..100).map(|_| chance()).collect();
        assert!(drawn.iter().all(|c| (0.0..=1.0).contains(c)));
        assert!(drawn.iter().any(|c| *c > 0.5) && drawn.iter().any(|c| *c < 0.5));
    }
}
