//! What an entry fits, in types: for whom, for what, when and where. The guided ways in choose by these, never by its name.
//!
//! Every list that is empty means that no source says so: it rules nobody out.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::opening::Day;
use super::terms::Deadline;

/// Makes an enum whose variants have a code each, the same in the front matter, in the files of sentences and in buttons.
macro_rules! coded {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every one, in the order in which they are offered.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// Its code.
            pub fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code,)+
                }
            }

            /// The one with this code; `None` when there is none.
            pub fn from_code(code: &str) -> Option<$name> {
                match code {
                    $($code => Some($name::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use coded;

coded! {
    /// A guided way in.
    PathName {
        /// To the grants that fit.
        Grants = "grants",
        /// To people and things to join in.
        People = "people",
        /// From an idea to a plan.
        Idea = "idea",
        /// From a wish to the fitting way to have a say.
        Influence = "influence",
        /// To be called by the right office.
        CallBack = "call",
    }
}

coded! {
    /// Whom something is for.
    Audience {
        /// Children and young people, to about 25.
        Young = "young",
        /// Older people.
        Old = "old",
        /// People with a disability.
        Disability = "disability",
        /// People new in Sweden.
        Newcomers = "newcomers",
        /// Those who stand close to someone who is ill, addicted or in need of care.
        Relatives = "relatives",
        /// People who have it hard.
        Exposed = "exposed",
        /// Anyone.
        Everyone = "everyone",
    }
}

coded! {
    /// What money is for.
    Purpose {
        /// What goes on week after week: trainings, meetings.
        Activity = "activity",
        /// Something open to the public.
        Event = "event",
        /// Courses, and an association that develops itself.
        Learning = "learning",
        /// Something new, or larger.
        Project = "project",
        /// Premises.
        Premises = "premises",
        /// Something to do in the holidays.
        Holidays = "holidays",
        /// A person's own studies, art or sport.
        Person = "person",
        /// To honour someone.
        Honour = "honour",
        /// Social work: people who need support.
        Social = "social",
        /// To work together with the municipality for years.
        Partnership = "partner",
    }
}

coded! {
    /// Where an applicant or what they do may be.
    Scope {
        /// In the municipality.
        Here = "here",
        /// Anywhere in the country.
        Sweden = "sweden",
        /// Abroad, or together with someone abroad.
        Abroad = "abroad",
    }
}

coded! {
    /// What draws someone.
    Interest {
        /// To meet people.
        Meet = "meet",
        /// To meet people who are new in Sweden.
        Newcomers = "newcomers",
        /// To practise Swedish.
        Swedish = "swedish",
        /// To be there for older people.
        Old = "old",
        /// To be there for children and young people.
        Young = "young",
        /// To help those who have it hard.
        Aid = "aid",
        /// To do things with people with a disability.
        Disability = "disability",
        /// Someone who understands: support for oneself.
        Support = "support",
        /// Culture, music, heritage.
        Culture = "culture",
        /// Growing things, nature, animals.
        Nature = "nature",
        /// Sport, to move about.
        Sport = "sport",
        /// To learn something.
        Learn = "learn",
        /// Safer evenings and streets.
        Safety = "safety",
        /// To have a say.
        Influence = "say",
        /// To make an idea of one's own real.
        Create = "create",
        /// Paid work or a summer job.
        Work = "work",
    }
}

coded! {
    /// When something goes on, or when someone can.
    Slot {
        /// On weekdays in the daytime.
        Daytime = "day",
        /// In the evening.
        Evening = "evening",
        /// At the weekend.
        Weekend = "weekend",
        /// In the school holidays.
        Holidays = "holidays",
        /// Whenever one wants.
        Anytime = "anytime",
    }
}

coded! {
    /// Whether one comes by oneself.
    Company {
        /// By oneself.
        Alone = "alone",
        /// Together with others whom one knows.
        Together = "together",
    }
}

coded! {
    /// What an idea needs.
    Need {
        /// Money.
        Money = "money",
        /// Somewhere to be.
        Premises = "premises",
        /// People who join in.
        People = "people",
        /// Someone to talk it through with.
        Advice = "advice",
        /// A permit, or to know the rules.
        Permit = "permit",
        /// To be seen and heard of.
        Spread = "spread",
        /// A decision of the municipality.
        Decision = "decision",
    }
}

coded! {
    /// A way to have a say.
    Influence {
        /// To say that something does not work.
        Report = "report",
        /// To propose something.
        Suggest = "suggest",
        /// Through a council, by way of its associations.
        Council = "council",
        /// To talk to a politician.
        Politician = "politician",
        /// To go to an open meeting.
        Meeting = "meeting",
        /// To do it together with others.
        Together = "together",
    }
}

coded! {
    /// What must be ready before one applies.
    Document {
        /// The statutes of the association.
        Statutes = "statutes",
        /// The minutes of its annual meeting.
        AnnualMeeting = "annual_meeting",
        /// Its report of the year.
        AnnualReport = "annual_report",
        /// Its accounts.
        Accounts = "accounts",
        /// A budget.
        Budget = "budget",
        /// A plan of what is to be done.
        Plan = "plan",
        /// A list of members.
        Members = "members",
        /// A record of who took part, and when.
        Attendance = "attendance",
        /// A routine for checking leaders against the police register.
        RegisterCheck = "register_check",
        /// A written reason.
        Reason = "reason",
        /// An organisation number.
        OrganisationNumber = "organisation_number",
        /// The account that is paid to.
        BankAccount = "bank_account",
        /// What became of money received before.
        FollowUp = "follow_up",
    }
}

coded! {
    /// When someone wants to be called.
    BestTime {
        /// In the morning.
        Morning = "morning",
        /// In the middle of the day.
        Midday = "midday",
        /// In the afternoon.
        Afternoon = "afternoon",
        /// Whenever suits the one who calls.
        Anytime = "anytime",
    }
}

/// An open meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Meetings {
    /// The days that are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Deadline>,
    /// The page that tells the days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_at: Option<String>,
}

impl Meetings {
    /// The next day that is known, today included.
    pub fn next(&self, today: Date) -> Option<Date> {
        self.days.iter().filter_map(|day| day.next(today)).min()
    }
}

/// What an entry fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fits {
    /// Whom it is for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// What its money is for; grants and awards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// Where those who are to have its money, or what they do, may be; grants and awards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<Scope>,
    /// What must be ready before one applies; grants and awards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// What it has for someone who wants to join in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interests: Vec<Interest>,
    /// When it goes on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// On which days of the week.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<Day>,
    /// Where it goes on: the codes of `[[part]]` in municipality.toml.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Whether one comes by oneself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub company: Vec<Company>,
    /// The BCP 47 codes of the languages that are spoken there, when Swedish is not needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What it has for someone with an idea.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// How one has a say through it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub influence: Vec<Influence>,
    /// Its open meetings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meetings: Option<Meetings>,
}
