//! The typed terms of a grant or an award: who can apply, how much, by when.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Information from a source older than this many years is shown with its year.
const OLD_AFTER_YEARS: i16 = 2;

/// Whether information from a year is so old that it is shown with its year.
pub fn is_old(year: i16, today: Date) -> bool {
    year < today.year() - OLD_AFTER_YEARS
}

/// Who may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Applicant {
    /// A non-profit association or organisation.
    Association,
    /// People who do something together without being an association.
    Network,
    /// A person.
    Individual,
    /// A company.
    Company,
    /// A school.
    School,
}

/// An amount in Swedish kronor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// Never more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exactly: Option<u32>,
    /// Usually from this …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u32>,
    /// … up to this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
}

/// A last day to apply: every year (`02-25`) or once (`2027-02-25`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Deadline {
    /// On this month and day each year.
    Yearly {
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
    },
    /// On this day only.
    Once(Date),
}

impl Deadline {
    /// The next such day, today included; `None` when it has passed for good.
    pub fn next(self, today: Date) -> Option<Date> {
        match self {
            Deadline::Once(date) => (date >= today).then_some(date),
            Deadline::Yearly { month, day } => (today.year()..=today.year() + 4)
                .filter_map(|y| Date::new(y, month, day).ok())
                .find(|d| *d >= today),
        }
    }
}

impl TryFrom<String> for Deadline {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is not a day: write MM-DD for every year or YYYY-MM-DD for one");
        if let Ok(date) = text.parse::<Date>() {
            return Ok(Deadline::Once(date));
        }
        let (month, day) = text.split_once('-').ok_or_else(wrong)?;
        let (month, day) = (
            month.parse().map_err(|_| wrong())?,
            day.parse().map_err(|_| wrong())?,
        );
        // 2024 is a leap year, so that 29 February is a day.
        Date::new(2024, month, day).map_err(|_| wrong())?;
        Ok(Deadline::Yearly { month, day })
    }
}

impl From<Deadline> for String {
    fn from(deadline: Deadline) -> String {
        match deadline {
            Deadline::Once(date) => date.to_string(),
            Deadline::Yearly { month, day } => format!("{month:02}-{day:02}"),
        }
    }
}

/// What a condition of eligibility is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// How many members, and of what age.
    Members,
    /// The applicant's age.
    Age,
    /// How many years the applicant has been active.
    YearsActive,
    /// That the municipality has approved and registered the association.
    ApprovedAssociation,
    /// That the applicant does not work for profit.
    NonProfit,
    /// That the association belongs to a national body.
    NationalBody,
    /// Where the applicant or the activity is.
    Place,
}

/// One condition that an applicant must meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Eligibility {
    /// What it is about.
    pub about: Condition,
    /// At least so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// From this age to this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<[u8; 2]>,
    /// Anything else, in a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// The terms of a grant or an award.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Terms {
    /// Who may apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<Applicant>,
    /// How much, in kronor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Last days to apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Whether one can apply at any time.
    #[serde(default)]
    pub open_all_year: bool,
    /// The year of the source that amount and deadlines come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts_from: Option<i16>,
    /// What an applicant must meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligibility: Vec<Eligibility>,
}

impl Terms {
    /// The next last day to apply, today included; `None` when all have passed for good, and when there is none.
    pub fn next_deadline(&self, today: Date) -> Option<Date> {
        self.deadlines.iter().filter_map(|d| d.next(today)).min()
    }

    /// Whether a day is a last day to apply.
    pub fn is_deadline(&self, day: Date) -> bool {
        self.deadlines.iter().any(|d| d.next(day) == Some(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_yearly_deadline_comes_back_next_year() {
        let d = Deadline::try_from("02-25".to_owned()).unwrap();
        assert_eq!(d.next(date(2026, 2, 25)), Some(date(2026, 2, 25)));
        assert_eq!(d.next(date(2026, 2, 26)), Some(date(2027, 2, 25)));
    }

    #[test]
    fn the_leap_day_waits_for_a_leap_year() {
        let d = Deadline::try_from("02-29".to_owned()).unwrap();
        assert_eq!(d.next(date(2026, 3, 1)), Some(date(2028, 2, 29)));
    }

    #[test]
    fn a_single_deadline_passes() {
        let d = Deadline::try_from("2026-08-25".to_owned()).unwrap();
        assert_eq!(d.next(date(2026, 8, 26)), None);
        assert!(Deadline::try_from("13-45".to_owned()).is_err());
    }
}
