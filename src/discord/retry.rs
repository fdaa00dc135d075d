//! When a call to Discord failed: what of it can pass, and when to try again.

use std::time::Duration;

use serde::Deserialize;

/// How often a call is tried.
const MOST: u32 = 5;
/// The first wait after a failure of Discord's own; each one after is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The wait when Discord does not say how long.
const UNSAID: Duration = Duration::from_secs(1);
/// Longer than this nobody waits for an answer.
const LONGEST: Duration = Duration::from_secs(60);

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// Discord said no.
    #[error("Discord refused with status {status} and code {code}")]
    Refused {
        /// The status of HTTP.
        status: u16,
        /// Discord's own code; 0 when there was none.
        code: i64,
        /// How long to wait, when it was refused for going too fast and the library has not waited itself.
        wait: Option<Duration>,
    },
    /// Discord has done it already, by an attempt whose outcome was lost.
    #[error("Discord had done it already")]
    DoneBefore,
    /// No answer that can be read came.
    #[error("Discord cannot be reached: {0}")]
    Unreachable(String),
}

/// What a refusal means to whoever called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The token is no longer, or never was, one of Discord's.
    WrongToken,
    /// The channel, the message, or the user is gone.
    Gone,
    /// A permission is missing.
    Forbidden,
    /// The person takes no direct messages.
    NoDirectMessages,
    /// The interaction is too old, or has been answered.
    TooLate,
    /// Something that may pass.
    Passing,
    /// Something that will not pass.
    Lasting,
}

impl Failure {
    /// What the failure means.
    pub(super) fn meaning(&self) -> Meaning {
        match self {
            Failure::Unreachable(_) => Meaning::Passing,
            Failure::DoneBefore => Meaning::TooLate,
            Failure::Refused { status, code, .. } => match (status, code) {
                (_, 50_007 | 50_278) => Meaning::NoDirectMessages,
                (_, 10_062 | 40_060 | 10_015 | 50_027) => Meaning::TooLate,
                (_, 50_001 | 50_013) => Meaning::Forbidden,
                (_, 10_003 | 10_004 | 10_008 | 10_013) => Meaning::Gone,
                (401, _) => Meaning::WrongToken,
                (429 | 500..=599, _) => Meaning::Passing,
                (403, _) => Meaning::Forbidden,
                (404, _) => Meaning::Gone,
                _ => Meaning::Lasting,
            },
        }
    }

    /// The failure that a response of Discord's or of a proxy stands for.
    pub(super) async fn of_response(response: reqwest::Response) -> Failure {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Body {
            code: i64,
            retry_after: Option<f64>,
        }
        let status = response.status().as_u16();
        let header = response
            .headers()
            .get("retry-after")
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.trim().parse::<f64>().ok());
        let body: Body = response.json().await.unwrap_or_default();
        let seconds = header.or(body.retry_after).filter(|_| status == 429);
        Failure::Refused {
            status,
            code: body.code,
            wait: seconds.and_then(|s| Duration::try_from_secs_f64(s).ok()),
        }
    }
}

/// The attempts of one call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attempts {
    made: u32,
}

impl Attempts {
    /// How long to wait before the next attempt; `None` when it would not help, or has been tried often enough.
    pub(super) fn again_in(&mut self, failure: &Failure) -> Option<Duration> {
        self.made += 1;
        if self.made >= MOST {
            return None;
        }
        let backoff = FIRST_WAIT * 2_u32.pow(self.made - 1);
        match failure {
            Failure::Refused {
                status: 429, wait, ..
            } => Some(wait.unwrap_or(UNSAID)).filter(|w| *w <= LONGEST),
            Failure::Refused {
                status: 500..=599, ..
            }
            | Failure::Unreachable(_) => Some(backoff),
            Failure::Refused { .. } | Failure::DoneBefore => None,
        }
    }

    /// The failure of the last attempt, as it is to be taken after those before it.
    pub(super) fn outcome(self, failure: Failure) -> Failure {
        let answered = matches!(failure, Failure::Refused { code: 40_060, .. });
        if answered && self.made > 1 {
            Failure::DoneBefore
        } else {
            failure
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: i64, wait: Option<u64>) -> Failure {
        Failure::Refused {
            status,
            code,
            wait: wait.map(Duration::from_millis),
        }
    }

    #[test]
    fn what_can_pass_is_tried_again_and_the_rest_is_not() {
        let first = |failure: &Failure| Attempts::default().again_in(failure);
        assert_eq!(
            first(&refused(429, 0, Some(700))),
            Some(Duration::from_millis(700))
        );
        assert_eq!(first(&refused(429, 0, None)), Some(UNSAID));
        assert_eq!(
            first(&refused(429, 0, Some(3_600_000))),
            None,
            "nobody waits an hour"
        );
        assert_eq!(first(&refused(503, 0, None)), Some(FIRST_WAIT));
        assert_eq!(
            first(&Failure::Unreachable("gone".to_owned())),
            Some(FIRST_WAIT)
        );
        for (status, code) in [(400, 50_035), (401, 0), (403, 50_013), (404, 10_062)] {
            assert_eq!(first(&refused(status, code, None)), None);
        }
        let mut attempts = Attempts::default();
        let waits: Vec<_> =
            std::iter::from_fn(|| attempts.again_in(&refused(500, 0, None))).collect();
        assert_eq!(waits.len(), 4);
        assert!(
            waits.iter().sum::<Duration>() < Duration::from_secs(4),
            "{waits:?}"
        );
    }

    #[test]
    fn what_an_earlier_attempt_has_done_is_done() {
        let answered = refused(400, 40_060, None);
        let mut attempts = Attempts::default();
        attempts.again_in(&answered);
        assert_eq!(
            attempts.outcome(answered.clone()),
            answered,
            "by another replica"
        );
        let mut attempts = Attempts::default();
        attempts.again_in(&refused(502, 0, None));
        attempts.again_in(&answered);
        assert_eq!(attempts.outcome(answered), Failure::DoneBefore);
    }

    #[test]
    fn refusals_mean_something() {
        for (status, code, meaning) in [
            (401, 0, Meaning::WrongToken),
            (403, 50_013, Meaning::Forbidden),
            (403, 50_007, Meaning::NoDirectMessages),
            (404, 10_008, Meaning::Gone),
            (404, 10_062, Meaning::TooLate),
            (400, 40_060, Meaning::TooLate),
            (429, 0, Meaning::Passing),
            (502, 0, Meaning::Passing),
            (400, 50_035, Meaning::Lasting),
        ] {
            assert_eq!(
                refused(status, code, None).meaning(),
                meaning,
                "{status} {code}"
            );
        }
    }
}
