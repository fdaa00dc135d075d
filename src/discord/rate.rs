//! How often one person may ask.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::names::Tag;

/// The time that questions are counted over.
const WINDOW: Duration = Duration::from_secs(60);
/// With more people than this in memory, those who have been quiet are forgotten.
const MANY: usize = 5_000;

/// Counts the questions of each person over the last minute. Knows people by their short names only.
#[derive(Debug)]
pub(super) struct Rate {
    most: usize,
    people: Mutex<HashMap<Tag, Person>>,
}

/// Whether a question is within the rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is.
    Within,
    /// It is not.
    Over {
        /// How many seconds until the next question would be, at least 1.
        seconds: u64,
        /// Whether this is the first time in a row, so that it is said once.
        first: bool,
    },
}

#[derive(Debug, Default)]
struct Person {
    asked: VecDeque<Instant>,
    told: bool,
}

impl Rate {
    /// At most so many questions a minute.
    pub(super) fn new(most: u32) -> Rate {
        Rate {
            most: usize::try_from(most).unwrap_or(usize::MAX).max(1),
            people: Mutex::default(),
        }
    }

    /// Counts a question that is asked now.
    pub(super) fn count(&self, who: Tag, now: Instant) -> Verdict {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        if people.len() >= MANY {
            people.retain(|_, p| {
                p.asked
                    .back()
                    .is_some_and(|at| now.duration_since(*at) < WINDOW)
            });
        }
        let person = people.entry(who).or_default();
        while person
            .asked
            .front()
            .is_some_and(|at| now.duration_since(*at) >= WINDOW)
        {
            person.asked.pop_front();
        }
        match person.asked.front() {
            Some(oldest) if person.asked.len() >= self.most => {
                let wait = WINDOW.saturating_sub(now.duration_since(*oldest));
                let first = !std::mem::replace(&mut person.told, true);
                Verdict::Over {
                    seconds: wait.as_secs() + 1,
                    first,
                }
            }
            _ => {
                person.asked.push_back(now);
                person.told = false;
                Verdict::Within
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_room_for_so_many_and_the_rest_is_said_once() {
        let rate = Rate::new(3);
        let (ada, bo): (Tag, Tag) = (
            "0000000000000001".parse().unwrap(),
            "0000000000000002".parse().unwrap(),
        );
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        for second in [0, 10, 20] {
            assert_eq!(rate.count(ada, at(second)), Verdict::Within);
        }
        assert_eq!(
            rate.count(ada, at(30)),
            Verdict::Over {
                seconds: 31,
                first: true
            }
        );
        assert_eq!(
            rate.count(ada, at(40)),
            Verdict::Over {
                seconds: 21,
                first: false
            }
        );
        assert_eq!(
            rate.count(bo, at(40)),
            Verdict::Within,
            "each for themselves"
        );
        assert_eq!(rate.count(ada, at(61)), Verdict::Within);
        assert_eq!(
            rate.count(ada, at(62)),
            Verdict::Over {
                seconds: 9,
                first: true
            }
        );
    }

    #[test]
    fn the_quiet_are_forgotten() {
        let rate = Rate::new(1);
        let start = Instant::now();
        for number in 0..MANY {
            let who = format!("{number:016x}").parse().unwrap();
            rate.count(who, start);
        }
        rate.count("ffffffffffffffff".parse().unwrap(), start + WINDOW);
        assert_eq!(rate.people.lock().unwrap().len(), 1);
    }
}
