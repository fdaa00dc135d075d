//! Why an answer did not help, as whoever asked has said.

/// Why an answer did not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Complaint {
    /// It is about something else than what was asked.
    WrongSubject,
    /// It cannot be understood.
    HardToUnderstand,
    /// It no longer holds.
    OutOfDate,
    /// Something is missing from it.
    Incomplete,
}

impl Complaint {
    /// Every complaint, in the order of the variants.
    pub const ALL: [Complaint; 4] = [
        Complaint::WrongSubject,
        Complaint::HardToUnderstand,
        Complaint::OutOfDate,
        Complaint::Incomplete,
    ];

    /// The complaint as it stands in the table and in forms: `wrong_subject`, `hard_to_understand`, `out_of_date` or
    /// `incomplete`.
    pub fn code(self) -> &'static str {
        match self {
            Complaint::WrongSubject => "wrong_subject",
            Complaint::HardToUnderstand => "hard_to_understand",
            Complaint::OutOfDate => "out_of_date",
            Complaint::Incomplete => "incomplete",
        }
    }

    /// The complaint with this code; `None` for any other.
    pub fn parse(code: &str) -> Option<Complaint> {
        Complaint::ALL.into_iter().find(|c| c.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::Complaint;

    #[test]
    fn codes_are_read_back() {
        for complaint in Complaint::ALL {
            assert_eq!(Complaint::parse(complaint.code()), Some(complaint));
        }
        assert_eq!(Complaint::parse("Incomplete"), None);
    }
}
