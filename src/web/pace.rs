//! How often one client may ask.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::client::Client;
use super::trouble::Trouble;

/// How many clients are told apart. It bounds the memory; that two of a thousand who ask at once share a place is rare.
const PLACES: u64 = 1 << 18;

/// A client has asked too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooOften {
    /// After how many seconds it may ask again, at least 1.
    pub(super) seconds: u64,
}

impl From<TooOften> for Trouble {
    fn from(TooOften { seconds }: TooOften) -> Trouble {
        Trouble::TooMany { seconds }
    }
}

/// Counts what clients ask. Knows them by a number that is made of their address with a key of its own, so that no
/// address is kept and nobody can choose whom to share a place with.
#[derive(Debug)]
pub(super) struct Pace {
    limiter: DefaultKeyedRateLimiter<u64>,
    clock: DefaultClock,
    key: RandomState,
}

impl Pace {
    /// At most so many questions at once, and in each minute after that.
    pub(super) fn new(a_minute: u32) -> Pace {
        let a_minute = NonZeroU32::new(a_minute).unwrap_or(NonZeroU32::MIN);
        Pace {
            limiter: RateLimiter::keyed(Quota::per_minute(a_minute)),
            clock: DefaultClock::default(),
            key: RandomState::new(),
        }
    }

    /// Counts something that a client asks, and fails when it is too much. Someone in need is never turned away; whether
    /// they are is only worked out when it matters.
    pub(super) fn admit(
        &self,
        client: Client,
        in_need: impl FnOnce() -> bool,
    ) -> Result<(), TooOften> {
        let place = self.key.hash_one(client) % PLACES;
        match self.limiter.check_key(&place) {
            Ok(()) => Ok(()),
            Err(_) if in_need() => Ok(()),
            Err(until) => {
                let wait = until.wait_time_from(self.clock.now());
                Err(TooOften {
                    seconds: wait.as_secs() + 1,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(address: &str) -> Client {
        Client::at(address.parse().unwrap())
    }

    #[test]
    fn each_has_a_rate_of_their_own_and_someone_in_need_has_none() {
        let pace = Pace::new(3);
        let (ada, bo) = (client("192.0.2.1"), client("192.0.2.2"));
        for _ in 0..3 {
            assert_eq!(pace.admit(ada, || panic!("not asked")), Ok(()));
        }
        let refused = pace.admit(ada, || false);
        assert!(
            matches!(refused, Err(TooOften { seconds: 1..=20 })),
            "{refused:?}"
        );
        assert_eq!(pace.admit(ada, || true), Ok(()));
        assert_eq!(pace.admit(bo, || false), Ok(()));
    }

    #[test]
    fn a_home_has_one_rate_however_many_addresses_it_has() {
        let pace = Pace::new(1);
        assert_eq!(pace.admit(client("2001:db8::1"), || false), Ok(()));
        assert!(pace.admit(client("2001:db8::ffff:2"), || false).is_err());
        assert_eq!(pace.admit(client("2001:db8:0:1::1"), || false), Ok(()));
    }

    #[test]
    fn however_many_ask_the_memory_is_bounded() {
        let pace = Pace::new(1);
        for number in 0..400_000_u32 {
            _ = pace.admit(Client::at(std::net::Ipv4Addr::from(number).into()), || {
                false
            });
        }
        assert!(pace.limiter.len() as u64 <= PLACES);
    }
}
