//! The last days of an entry as schedules of its service.

use super::Directory;
use super::record::Schedule;
use crate::knowledge::{Deadline, Entry};

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
                    service_id: service.to_owned(),
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
}
