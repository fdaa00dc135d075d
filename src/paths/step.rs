//! The steps of every way in: what is asked, and what can be answered. How it is said stands in the base.

use crate::knowledge::{
    Audience, BestTime, Company, EntryId, EntryKind, Influence, Interest, Need, PathName, Purpose,
    Scope, Slot, coded,
};

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name, in the files of sentences and in the figures.
    pub key: &'static str,
    /// How it is answered.
    pub takes: Takes,
}

/// How a step is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// With one of a set.
    One(Set),
    /// With one or more of a set.
    Many(Set),
    /// In one's own words.
    Words {
        /// More characters are not taken.
        longest: usize,
    },
}

/// What can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// [`Applying`].
    Who,
    /// [`Purpose`].
    Purpose,
    /// [`Audience`].
    Audience,
    /// [`Scope`].
    Scope,
    /// [`Soon`].
    Soon,
    /// [`Situation`].
    You,
    /// [`Interest`].
    Interest,
    /// [`Slot`], and in words a day of the week.
    Slot,
    /// [`Tongue`].
    Tongue,
    /// A part of the municipality, by its code.
    Part,
    /// [`Company`].
    Company,
    /// [`With`].
    With,
    /// [`Need`].
    Need,
    /// [`Influence`].
    Influence,
    /// [`BestTime`].
    Time,
    /// An office, by its id.
    Office,
    /// Only that it is to be done.
    Send,
}

coded! {
    /// Who applies for money.
    Applying {
        /// An association that the municipality has approved.
        Approved = "approved",
        /// An association that it has not, or not yet.
        Association = "association",
        /// People who do something together without being an association.
        Network = "network",
        /// A person.
        Individual = "individual",
        /// A school.
        School = "school",
        /// A company.
        Company = "company",
    }
}

coded! {
    /// How soon money is needed.
    Soon {
        /// Within a month.
        Month = "month",
        /// Within half a year.
        Half = "half",
        /// It can wait.
        Later = "later",
    }
}

coded! {
    /// Where in life someone is.
    Situation {
        /// Under 25.
        Young = "young",
        /// New in Sweden.
        Newcomer = "newcomer",
        /// Retired.
        Retired = "retired",
        /// None of these.
        Adult = "adult",
    }
}

coded! {
    /// What someone wants to speak.
    Tongue {
        /// Swedish.
        Swedish = "sv",
        /// A little Swedish.
        Easy = "easy",
        /// English.
        English = "en",
    }
}

coded! {
    /// Who is with someone who has an idea.
    With {
        /// Nobody yet.
        Alone = "alone",
        /// Friends or neighbours.
        Friends = "friends",
        /// An association.
        Association = "association",
        /// A school.
        School = "school",
        /// A company.
        Company = "company",
    }
}

/// The days of the week, which can be typed where a time is asked for.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// That something is to be done.
pub(super) const YES: &str = "yes";
/// The longest idea, in characters: what a channel takes in one message.
const LONGEST_IDEA: usize = 1_500;
/// What someone wants to be called about may be so long, in characters.
pub const LONGEST_SUBJECT: usize = 300;
const LONGEST_ADDRESS: usize = 120;

const fn one(key: &'static str, set: Set) -> Step {
    Step {
        key,
        takes: Takes::One(set),
    }
}

const fn words(key: &'static str, longest: usize) -> Step {
    Step {
        key,
        takes: Takes::Words { longest },
    }
}

const GRANTS: [Step; 5] = [
    one("who", Set::Who),
    one("purpose", Set::Purpose),
    one("whom", Set::Audience),
    one("where", Set::Scope),
    one("soon", Set::Soon),
];
const PEOPLE: [Step; 6] = [
    one("you", Set::You),
    one("interest", Set::Interest),
    one("when", Set::Slot),
    one("tongue", Set::Tongue),
    one("part", Set::Part),
    one("company", Set::Company),
];
const IDEA: [Step; 5] = [
    words("idea", LONGEST_IDEA),
    one("whom", Set::Audience),
    Step {
        key: "need",
        takes: Takes::Many(Set::Need),
    },
    one("with", Set::With),
    one("send", Set::Send),
];
const INFLUENCE: [Step; 2] = [one("wish", Set::Influence), one("whom", Set::Audience)];
const CALL_BACK: [Step; 4] = [
    words("about", LONGEST_SUBJECT),
    one("office", Set::Office),
    one("time", Set::Time),
    words("address", LONGEST_ADDRESS),
];

/// The steps of a way in, in their order.
pub fn steps(name: PathName) -> &'static [Step] {
    match name {
        PathName::Grants => &GRANTS,
        PathName::People => &PEOPLE,
        PathName::Idea => &IDEA,
        PathName::Influence => &INFLUENCE,
        PathName::CallBack => &CALL_BACK,
    }
}

impl Step {
    /// What it can be answered with, unless in one's own words.
    pub(super) fn set(self) -> Option<Set> {
        match self.takes {
            Takes::One(set) | Takes::Many(set) => Some(set),
            Takes::Words { .. } => None,
        }
    }
}

impl Set {
    /// Its name in the files of sentences; `None` where the words are those of the base's entries.
    pub(super) fn key(self) -> Option<&'static str> {
        match self {
            Set::Who => Some("who"),
            Set::Purpose => Some("purpose"),
            Set::Audience => Some("audience"),
            Set::Scope => Some("scope"),
            Set::Soon => Some("soon"),
            Set::You => Some("you"),
            Set::Interest => Some("interest"),
            Set::Slot => Some("slot"),
            Set::Tongue => Some("tongue"),
            Set::Company => Some("company"),
            Set::With => Some("with"),
            Set::Need => Some("need"),
            Set::Influence => Some("influence"),
            Set::Time => Some("time"),
            Set::Part | Set::Office | Set::Send => None,
        }
    }

    /// Every answer of a set that is the same in every base, in the order in which they are offered.
    pub(super) fn codes(self) -> Vec<&'static str> {
        match self {
            Set::Who => all(Applying::ALL, Applying::code),
            Set::Purpose => all(Purpose::ALL, Purpose::code),
            Set::Audience => all(Audience::ALL, Audience::code),
            Set::Scope => all(Scope::ALL, Scope::code),
            Set::Soon => all(Soon::ALL, Soon::code),
            Set::You => all(Situation::ALL, Situation::code),
            Set::Interest => all(Interest::ALL, Interest::code),
            Set::Slot => all(Slot::ALL, Slot::code),
            Set::Tongue => all(Tongue::ALL, Tongue::code),
            Set::Company => all(Company::ALL, Company::code),
            Set::With => all(With::ALL, With::code),
            Set::Need => all(Need::ALL, Need::code),
            Set::Influence => all(Influence::ALL, Influence::code),
            Set::Time => all(BestTime::ALL, BestTime::code),
            Set::Send => vec![YES],
            Set::Part | Set::Office => Vec::new(),
        }
    }

    /// What can be typed beside what is offered.
    pub(super) fn typed(self) -> &'static [&'static str] {
        match self {
            Set::Slot => &DAYS,
            Set::Who
            | Set::Purpose
            | Set::Audience
            | Set::Scope
            | Set::Soon
            | Set::You
            | Set::Interest
            | Set::Tongue
            | Set::Part
            | Set::Company
            | Set::With
            | Set::Need
            | Set::Influence
            | Set::Time
            | Set::Office
            | Set::Send => &[],
        }
    }

    /// Whether a code can be one of it. Of parts and offices, whether it is written as one.
    pub(super) fn has(self, code: &str) -> bool {
        match self {
            Set::Office => EntryId::parse(code).is_ok_and(|id| id.kind() == EntryKind::Offices),
            Set::Part => {
                let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                !code.is_empty() && code.len() <= 20 && code.chars().all(allowed)
            }
            Set::Who
            | Set::Purpose
            | Set::Audience
            | Set::Scope
            | Set::Soon
            | Set::You
            | Set::Interest
            | Set::Slot
            | Set::Tongue
            | Set::Company
            | Set::With
            | Set::Need
            | Set::Influence
            | Set::Time
            | Set::Send => self.codes().contains(&code) || self.typed().contains(&code),
        }
    }
}

fn all<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Files, Knowledge, Language};

    #[test]
    fn everything_that_can_be_asked_and_answered_is_said_in_every_language() {
        let files = Files::from([
            ("municipality.toml".into(), "name = \"A\"\nlanguages = [\"sv\", \"en\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n".into()),
            ("offices/desk.md".into(), "+++\ntitle = \"Desk\"\n+++\nDesk.\n".into()),
        ]);
        let knowledge = Knowledge::load(&files).knowledge.unwrap();
        for language in Language::ALL {
            let texts = knowledge.path_texts(language);
            for name in PathName::ALL {
                let text = texts.of(*name);
                assert!(!text.name.is_empty() && !text.lead.is_empty(), "{name:?}");
                assert!(!text.begins.is_empty() && !text.commands.is_empty());
                for step in steps(*name) {
                    let keys = match step.key {
                        "interest" => vec!["young", "newcomer", "retired", "adult"],
                        key => vec![key],
                    };
                    for key in keys {
                        assert!(!text.step(key).ask.is_empty(), "{language}: {name:?} {key}");
                    }
                    let Some(set) = step.set() else { continue };
                    let Some(key) = set.key() else { continue };
                    for code in set.codes().iter().chain(set.typed()) {
                        let said = texts.option(key, code);
                        assert!(!said.label.is_empty(), "{language}: {key} {code}");
                        assert!(!said.within.is_empty(), "{language}: {key} {code}");
                    }
                }
            }
        }
    }
}
