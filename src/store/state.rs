//! Why a question was logged, and how far staff have come with it.

/// Why a question was logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// No entry answered it, but an office was named.
    Routed,
    /// No entry answered it and no office was found for it.
    Unknown,
    /// An entry answered it, and whoever asked said that it did not help.
    Unhelpful,
}

impl Reason {
    /// Every reason, in the order of the variants.
    pub const ALL: [Reason; 3] = [Reason::Routed, Reason::Unknown, Reason::Unhelpful];

    /// The reason as it stands in the table: `routed`, `unknown` or `unhelpful`.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Routed => "routed",
            Reason::Unknown => "unknown",
            Reason::Unhelpful => "unhelpful",
        }
    }

    /// The reason with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// How far staff have come with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody has looked at it.
    New,
    /// An office has been given it.
    Assigned,
    /// It has an answer.
    Answered,
    /// Its answer has been taught: the next one who asks gets it.
    Taught,
    /// It is for someone other than the municipality.
    NotOurs,
    /// It needs no answer.
    Dismissed,
}

impl State {
    /// Every state, in the order of the variants.
    pub const ALL: [State; 6] = [
        State::New,
        State::Assigned,
        State::Answered,
        State::Taught,
        State::NotOurs,
        State::Dismissed,
    ];

    /// The state as it stands in the table and in addresses: `new`, `assigned`, `answered`, `taught`, `not-ours` or
    /// `dismissed`.
    pub fn code(self) -> &'static str {
        match self {
            State::New => "new",
            State::Assigned => "assigned",
            State::Answered => "answered",
            State::Taught => "taught",
            State::NotOurs => "not-ours",
            State::Dismissed => "dismissed",
        }
    }

    /// The state with this code; `None` for any other.
    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|s| s.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        assert!(
            State::ALL
                .into_iter()
                .all(|state| State::from_code(state.code()) == Some(state))
        );
        assert!(
            Reason::ALL
                .into_iter()
                .all(|reason| Reason::from_code(reason.code()) == Some(reason))
        );
        assert_eq!(State::from_code("New"), None);
    }
}
