//! The sentences about when someone can be reached.

use serde::Deserialize;

use crate::knowledge::{Holiday, ReachedBy};

/// `[opening]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OpeningPhrases {
    /// Label of hours.
    pub label: String,
    /// Label of the hours of a telephone.
    pub label_phone: String,
    /// Label of the hours of a place to visit.
    pub label_visit: String,
    /// All seven days.
    pub every_day: String,
    /// Before the hours of days before a public holiday.
    pub before_holiday: String,
    /// Hours that nobody has confirmed.
    pub unsure: String,
    /// It is open. `{time}`.
    pub open: String,
    /// It is open, and closes early. `{time}`.
    pub open_before_holiday: String,
    /// It is closed for a holiday. `{holiday}`.
    pub closed_for: String,
    /// It is closed, and nothing is known of when it opens.
    pub closed: String,
    /// It opens later today. `{time}`.
    pub opens_today: String,
    /// It opens tomorrow. `{time}`.
    pub opens_tomorrow: String,
    /// It opens within a week. `{day}`, `{time}`.
    pub opens_day: String,
    /// It opens later. `{day}`, `{date}`, `{time}`.
    pub opens_date: String,
    /// What the holidays are called.
    pub holidays: HolidayNames,
}

/// `[opening.holidays]` of a phrases file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct HolidayNames {
    /// 1 January.
    pub new_year: String,
    /// 6 January.
    pub epiphany: String,
    /// The Friday before Easter.
    pub good_friday: String,
    /// The Saturday before Easter.
    pub easter_eve: String,
    /// Easter Sunday.
    pub easter: String,
    /// The Monday after Easter.
    pub easter_monday: String,
    /// 1 May.
    pub may_day: String,
    /// The 39th day after Easter.
    pub ascension: String,
    /// The 49th day after Easter.
    pub whitsun: String,
    /// 6 June.
    pub national_day: String,
    /// The Friday of midsummer.
    pub midsummer_eve: String,
    /// The Saturday of midsummer.
    pub midsummer: String,
    /// The Saturday of All Saints.
    pub all_saints: String,
    /// 24 December.
    pub christmas_eve: String,
    /// 25 December.
    pub christmas: String,
    /// 26 December.
    pub boxing_day: String,
    /// 31 December.
    pub new_years_eve: String,
}

impl OpeningPhrases {
    /// The label of hours.
    pub fn label_of(&self, by: ReachedBy) -> &str {
        match by {
            ReachedBy::Any => &self.label,
            ReachedBy::Phone => &self.label_phone,
            ReachedBy::Visit => &self.label_visit,
        }
    }
}

impl HolidayNames {
    /// The name of a holiday.
    pub fn of(&self, holiday: Holiday) -> &str {
        match holiday {
            Holiday::NewYear => &self.new_year,
            Holiday::Epiphany => &self.epiphany,
            Holiday::GoodFriday => &self.good_friday,
            Holiday::EasterEve => &self.easter_eve,
            Holiday::Easter => &self.easter,
            Holiday::EasterMonday => &self.easter_monday,
            Holiday::MayDay => &self.may_day,
            Holiday::Ascension => &self.ascension,
            Holiday::Whitsun => &self.whitsun,
            Holiday::NationalDay => &self.national_day,
            Holiday::MidsummerEve => &self.midsummer_eve,
            Holiday::Midsummer => &self.midsummer,
            Holiday::AllSaints => &self.all_saints,
            Holiday::ChristmasEve => &self.christmas_eve,
            Holiday::Christmas => &self.christmas,
            Holiday::BoxingDay => &self.boxing_day,
            Holiday::NewYearsEve => &self.new_years_eve,
        }
    }
}
