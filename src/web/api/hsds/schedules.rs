//! The last days of an entry, and when it can be reached, as schedules.

use super::Directory;
use super::record::Schedule;
use crate::knowledge::{Day, Deadline, Entry, ReachedBy};

impl Directory<'_> {
    /// The last days to apply. The specification has no yearly frequency: every twelfth month is the same.
    pub(super) fn schedules(&self, entry: &Entry, service: &str) -> Vec<Schedule> {
        let label = &self.knowledge.phrases(self.language).label_deadline;
        let deadlines = entry.terms.iter().flat_map(|terms| &terms.deadlines);
        deadlines
            .map(|deadline| {
                let once = Schedule {
                    id: self.id(
                        "schedule",
                        &format!("{} {}", entry.id, String::from(*deadline)),
                    ),
                    service_id: Some(service.to_owned()),
                    description: label.clone(),
                    ..Schedule::default()
                };
                match *deadline {
                    Deadline::Once(day) => Schedule {
                        dtstart: Some(day.to_string()),
                        valid_to: Some(day.to_string()),
                        count: Some(1),
                        ..once
                    },
                    Deadline::Yearly { day, .. } => Schedule {
                        dtstart: deadline.next(self.today).map(|next| next.to_string()),
                        freq: Some("MONTHLY"),
                        interval: Some(12),
                        bymonthday: Some(day.to_string()),
                        ..once
                    },
                }
            })
            .collect()
    }

    /// The hours of a week that are known to hold, of a service or of a place. Holidays, which no week has, are left to
    /// whoever shows them.
    pub(super) fn hours(&self, entry: &Entry, of: &ScheduleOf) -> Vec<Schedule> {
        let phrases = &self.knowledge.phrases(self.language).opening;
        let holds = entry
            .hours_that_hold(self.today)
            .filter(|h| !h.before_holiday);
        let held = holds.filter(|hours| match of {
            ScheduleOf::Service(_) => true,
            // Nobody goes to a telephone.
            ScheduleOf::Place(_) => hours.by != ReachedBy::Phone,
        });
        held.map(|hours| {
            let days: Vec<&str> = hours.days.iter().map(|day| day_of(*day)).collect();
            let (opens, closes) = (hours.from.to_string(), hours.to.to_string());
            let (service_id, location_id) = match of {
                ScheduleOf::Service(id) => (Some(id.clone()), None),
                ScheduleOf::Place(id) => (None, Some(id.clone())),
            };
            let name = format!("{} {of:?} {days:?} {opens} {:?}", entry.id, hours.by);
            Schedule {
                id: self.id("schedule", &name),
                service_id,
                location_id,
                freq: Some("WEEKLY"),
                interval: Some(1),
                byday: Some(days.join(",")),
                opens_at: Some(opens),
                closes_at: Some(closes),
                description: phrases.label_of(hours.by).to_owned(),
                ..Schedule::default()
            }
        })
        .collect()
    }
}

/// What a schedule is of, by its id.
#[derive(Debug)]
pub(super) enum ScheduleOf {
    /// Of a service.
    Service(String),
    /// Of a place.
    Place(String),
}

fn day_of(day: Day) -> &'static str {
    match day {
        Day::Mon => "MO",
        Day::Tue => "TU",
        Day::Wed => "WE",
        Day::Thu => "TH",
        Day::Fri => "FR",
        Day::Sat => "SA",
        Day::Sun => "SU",
    }
}
