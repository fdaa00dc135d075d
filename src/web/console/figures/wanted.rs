//! Which figures someone wants to see, as the address says it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use crate::desk::FiguresWanted;
use crate::knowledge::{EntryId, EntryKind};
use crate::web::places::encoded;

/// The times that are chosen most, in days up to today.
pub(super) const TIMES: [i32; 4] = [7, 30, 90, 365];
/// What is shown when nothing is asked for.
const USUAL: i32 = 30;
/// No more days are shown at once: as many as they are kept for.
const MOST: i32 = 3 * 365;

/// What the address says. What makes no sense asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    from: String,
    to: String,
    office: String,
    language: String,
    channel: String,
    kind: String,
    /// In what form it is taken along.
    pub(super) form: String,
}

impl Wanted {
    /// What the desk is asked for.
    pub(super) fn read(&self, today: Date) -> FiguresWanted {
        let given = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        let usual = of_days(&FiguresWanted::all(today, today), USUAL, today);
        let days = (self.from.parse::<Date>(), self.to.parse::<Date>());
        let (from, to) = match days {
            (Ok(from), Ok(to)) => (from.min(to).min(today), to.max(from).min(today)),
            (Ok(_) | Err(_), Ok(_) | Err(_)) => (usual.from, usual.to),
        };
        FiguresWanted {
            from: from.max(to.saturating_sub((MOST - 1).days())),
            to,
            office: EntryId::parse(&self.office).ok(),
            language: given(&self.language),
            channel: given(&self.channel),
            kind: EntryKind::from_folder(&self.kind),
        }
    }
}

/// The same over so many days up to today.
pub(super) fn of_days(wanted: &FiguresWanted, days: i32, today: Date) -> FiguresWanted {
    FiguresWanted {
        from: today.saturating_sub((days - 1).days()),
        to: today,
        ..wanted.clone()
    }
}

/// What the address says of what is wanted, by name; what lets everything through is left out.
pub(super) fn fields(wanted: &FiguresWanted) -> Vec<(&'static str, String)> {
    let parts = [
        ("from", wanted.from.to_string()),
        ("to", wanted.to.to_string()),
        (
            "office",
            wanted
                .office
                .as_ref()
                .map_or(String::new(), ToString::to_string),
        ),
        ("language", wanted.language.clone().unwrap_or_default()),
        ("channel", wanted.channel.clone().unwrap_or_default()),
        ("kind", wanted.kind.map_or("", EntryKind::folder).to_owned()),
    ];
    let given = parts.into_iter().filter(|(_, value)| !value.is_empty());
    given.collect()
}

/// The query of an address that asks for it.
pub(super) fn query(wanted: &FiguresWanted) -> String {
    let fields = fields(wanted);
    let parts: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    format!("?{}", parts.join("&"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn read(from: &str, to: &str) -> (Date, Date) {
        let wanted = Wanted {
            from: from.to_owned(),
            to: to.to_owned(),
            ..Wanted::default()
        };
        let read = wanted.read(TODAY);
        (read.from, read.to)
    }

    #[test]
    fn what_makes_no_sense_is_the_last_month() {
        let usual = (date(2026, 10, 25), TODAY);
        for (from, to) in [("", ""), ("2026-11-01", ""), ("x", "2026-11-01")] {
            assert_eq!(read(from, to), usual, "{from} {to}");
        }
        let backwards = read("2026-11-05", "2026-11-01");
        assert_eq!(backwards, (date(2026, 11, 1), date(2026, 11, 5)));
        assert_eq!(read("2026-11-05", "2027-11-01"), (date(2026, 11, 5), TODAY));
        let (from, to) = read("0001-01-01", "2026-11-23");
        assert_eq!((from.until(to).unwrap().get_days(), to), (MOST - 1, TODAY));
    }

    #[test]
    fn what_is_wanted_can_be_asked_for_again() {
        let wanted = Wanted {
            from: "2026-11-01".to_owned(),
            to: "2026-11-05".to_owned(),
            office: "offices/bygg".to_owned(),
            kind: "grants".to_owned(),
            channel: "å".to_owned(),
            ..Wanted::default()
        };
        assert_eq!(
            query(&wanted.read(TODAY)),
            "?from=2026-11-01&to=2026-11-05&office=offices%2Fbygg&channel=%C3%A5&kind=grants"
        );
    }
}
