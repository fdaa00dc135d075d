//! When someone can be reached: their hours in words, and what they come to at a time.
//!
//! The hours stand in a block as they are in the base. That it is open now is said by whoever shows the block, who has a
//! clock; so nothing that is kept of an answer says so for longer than it is true.

use jiff::Unit;
use jiff::civil::{DateTime, Time};

use super::answer::Block;
use super::compose::Composer;
use super::contact::Way;
use crate::knowledge::{
    Day, Entry, EntryKind, Hours, OpenNow, Opening, Phrases, ReachedBy, Standing, fill,
};

impl Composer<'_> {
    /// The hours of an entry that has not ended, a line for each way of reaching it. From an older source, or of an entry that
    /// is to be confirmed, they say so, and never that it is open now.
    pub(super) fn hours_of(&self, entry: &Entry) -> impl Iterator<Item = Way> {
        let phrases = self.phrases();
        let has_ended = entry.standing == Standing::Ended;
        let reach = entry.reach.as_ref().filter(|_| !has_ended);
        let line = move |by: ReachedBy| {
            let stated = reach.iter().flat_map(|reach| &reach.opening);
            let hours = stated.filter(|hours| hours.by == by && hours.make_sense());
            let hours: Vec<Hours> = hours.cloned().collect();
            let old = hours.iter().filter_map(|h| h.year).min();
            let old = old.filter(|year| self.is_old(*year));
            let note = match (old, entry.standing) {
                (Some(year), _) => Some(fill(&phrases.from_year, &[("year", &year.to_string())])),
                (None, Standing::Confirm) => Some(phrases.opening.unsure.clone()),
                (None, Standing::Current | Standing::Ended) => None,
            };
            (!hours.is_empty()).then(|| Way {
                label: phrases.opening.label_of(by).to_owned(),
                value: in_words(&hours, phrases),
                link: None,
                // Whoever needs a help line is told when it answers, and never that it is closed.
                hours: if note.is_some() || entry.id.kind() == EntryKind::Helplines {
                    Vec::new()
                } else {
                    hours
                },
                note,
            })
        };
        ReachedBy::ALL.into_iter().filter_map(line)
    }
}

/// Says in every contact whether it is open at a time on the clock of the municipality, beside the hours that it has.
pub fn say_hours(blocks: &mut [Block], phrases: &Phrases, now: DateTime) {
    for block in blocks {
        if let Block::Contact { contact } | Block::Line { contact, .. } = block {
            for way in &mut contact.ways {
                if let Some(opening) = Opening::stated(std::mem::take(&mut way.hours)) {
                    let said = now_in_words(opening.now(now), phrases, now);
                    way.note = Some(std::mem::replace(&mut way.value, said));
                }
            }
        }
    }
}

/// Whether it is open: `Öppet nu till 16:00`.
fn now_in_words(open: OpenNow, phrases: &Phrases, now: DateTime) -> String {
    let words = &phrases.opening;
    match open {
        OpenNow::Open {
            until,
            before_holiday,
        } => {
            let phrase = if before_holiday {
                &words.open_before_holiday
            } else {
                &words.open
            };
            fill(phrase, &[("time", &clock(until))])
        }
        OpenNow::Closed { holiday, opens } => {
            let opens = opens.map(|at| opens_in_words(at, phrases, now));
            let holiday = holiday.map(|h| words.holidays.of(h));
            let closed = holiday.map(|name| fill(&words.closed_for, &[("holiday", name)]));
            match (closed, opens) {
                (Some(closed), Some(opens)) => format!("{closed} {opens}"),
                (Some(said), None) | (None, Some(said)) => said,
                (None, None) => words.closed.clone(),
            }
        }
    }
}

fn opens_in_words(at: DateTime, phrases: &Phrases, now: DateTime) -> String {
    let words = &phrases.opening;
    let days = now
        .date()
        .until((Unit::Day, at.date()))
        .map_or(i32::MAX, |span| span.get_days());
    let phrase = match days {
        0 => &words.opens_today,
        1 => &words.opens_tomorrow,
        // The same day of the next week would be taken for today.
        2..7 => &words.opens_day,
        _ => &words.opens_date,
    };
    let values = [
        ("time", clock(at.time())),
        ("day", phrases.weekday(at.weekday().into()).to_owned()),
        ("date", phrases.date(at.date())),
    ];
    fill(phrase, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
}

/// Hours by the days of the week: `måndag–torsdag 09:00–16:00, fredag 09:00–15:00`.
fn in_words(hours: &[Hours], phrases: &Phrases) -> String {
    let of_week = |before_holiday: bool| {
        let some = hours.iter().filter(|h| h.before_holiday == before_holiday);
        let some: Vec<&Hours> = some.collect();
        Day::ALL.map(|day| times_of(&some, day, &phrases.and))
    };
    let (usual, before) = (of_week(false), of_week(true));
    let mut said = Vec::new();
    let mut first = 0;
    while first < usual.len() {
        let alike = usual[first..].iter().take_while(|t| **t == usual[first]);
        let last = first + alike.count() - 1;
        if !usual[first].is_empty() {
            said.push(format!("{} {}", days(first, last, phrases), usual[first]));
        }
        first = last + 1;
    }
    let mut before: Vec<&String> = before.iter().filter(|times| !times.is_empty()).collect();
    before.dedup();
    let label = &phrases.opening.before_holiday;
    said.extend(before.iter().map(|times| format!("{label} {times}")));
    said.join(", ")
}

/// The times of a day: `09:00–12:00 och 13:00–16:00`.
fn times_of(hours: &[&Hours], day: Day, and: &str) -> String {
    let mut of_day: Vec<(Time, Time)> = hours
        .iter()
        .filter(|h| h.days.contains(&day))
        .map(|h| (h.from, h.to))
        .collect();
    of_day.sort_unstable();
    let times = of_day
        .iter()
        .map(|(from, to)| format!("{}–{}", clock(*from), clock(*to)));
    times.collect::<Vec<_>>().join(&format!(" {and} "))
}

/// Days that follow on each other, by their places in the week.
fn days(first: usize, last: usize, phrases: &Phrases) -> String {
    let name = |place: usize| phrases.weekday(Day::ALL[place]);
    match last - first {
        0 => name(first).to_owned(),
        1 => format!("{} {} {}", name(first), phrases.and, name(last)),
        6 => phrases.opening.every_day.clone(),
        _ => format!("{}–{}", name(first), name(last)),
    }
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::answering::Contact;
    use crate::knowledge::{EntryId, Language, Reach};

    fn hours(toml: &str) -> Vec<Hours> {
        let reach: Reach = toml::from_str(&format!("opening = [{toml}]")).unwrap();
        reach.opening
    }

    const WEEK: &str = r#"{ days = ["mon", "tue", "wed", "thu"], from = "08:00", to = "16:00" },
        { days = ["fri"], from = "08:00", to = "12:00" }, { days = ["fri"], from = "13:00", to = "15:00" },
        { days = ["mon", "tue", "wed", "thu", "fri"], from = "08:00", to = "12:00", before_holiday = true }"#;

    fn said(toml: &str, language: Language, now: DateTime) -> (String, Option<String>) {
        let phrases = Phrases::built_in(language);
        let hours = hours(toml);
        let way = Way {
            label: String::new(),
            value: in_words(&hours, phrases),
            link: None,
            note: None,
            hours,
        };
        let contact = Contact {
            entry: EntryId::parse("offices/desk").unwrap(),
            name: String::new(),
            ways: vec![way],
        };
        let mut blocks = [Block::Contact { contact }];
        say_hours(&mut blocks, phrases, now);
        let once = blocks.clone();
        say_hours(
            &mut blocks,
            phrases,
            now.saturating_add(jiff::Span::new().days(1)),
        );
        assert_eq!(blocks, once, "what has been said stays as it was said");
        let [Block::Contact { contact }] = blocks else {
            panic!()
        };
        (contact.ways[0].value.clone(), contact.ways[0].note.clone())
    }

    fn at(day: Date, hour: i8) -> DateTime {
        day.at(hour, 0, 0, 0)
    }

    #[test]
    fn that_it_is_open_is_said_as_people_say_it() {
        let d = |month, day| date(2026, month, day);
        for (now, sv, en) in [
            (
                at(d(11, 23), 9),
                "Öppet nu till 16:00",
                "Open now until 16:00",
            ),
            (
                at(d(11, 23), 7),
                "Öppnar i dag 08:00",
                "Opens today at 08:00",
            ),
            (
                at(d(11, 27), 12),
                "Öppnar i dag 13:00",
                "Opens today at 13:00",
            ),
            (
                at(d(11, 23), 16),
                "Öppnar i morgon 08:00",
                "Opens tomorrow at 08:00",
            ),
            (
                at(d(11, 27), 15),
                "Öppnar måndag 08:00",
                "Opens on Monday at 08:00",
            ),
            (
                at(d(6, 19), 9),
                "Stängt: midsommarafton. Öppnar måndag 08:00",
                "Closed: Midsummer's Eve. Opens on Monday at 08:00",
            ),
            (
                at(d(4, 2), 9),
                "Öppet nu. Stänger 12:00 i dag (dag före röd dag)",
                "Open now. Closes at 12:00 today (day before a public holiday)",
            ),
            // Over the change of the year.
            (
                at(d(12, 31), 9),
                "Stängt: nyårsafton. Öppnar måndag 08:00",
                "Closed: New Year's Eve. Opens on Monday at 08:00",
            ),
            (
                at(d(12, 24), 9),
                "Stängt: julafton. Öppnar måndag 08:00",
                "Closed: Christmas Eve. Opens on Monday at 08:00",
            ),
        ] {
            assert_eq!(said(WEEK, Language::Swedish, now).0, sv);
            assert_eq!(said(WEEK, Language::English, now).0, en);
        }
        let mondays = "{ days = [\"mon\"], from = \"09:00\", to = \"10:00\" }";
        assert_eq!(
            said(mondays, Language::Swedish, at(date(2026, 12, 28), 10)).0,
            "Öppnar måndag 4 januari 2027 09:00",
            "next Monday is not this one"
        );
    }

    #[test]
    fn the_hours_of_a_week_are_told_in_one_line() {
        let now = at(date(2026, 11, 23), 9);
        for (toml, sv, en) in [
            (
                WEEK,
                "måndag–torsdag 08:00–16:00, fredag 08:00–12:00 och 13:00–15:00, dag före röd dag 08:00–12:00",
                "Monday–Thursday 08:00–16:00, Friday 08:00–12:00 and 13:00–15:00, day before a public holiday 08:00–12:00",
            ),
            (
                "{ days = [\"mon\", \"tue\"], from = \"11:00\", to = \"18:00\" }, { days = [\"thu\"], from = \"16:00\", to = \"21:00\" }",
                "måndag och tisdag 11:00–18:00, torsdag 16:00–21:00",
                "Monday and Tuesday 11:00–18:00, Thursday 16:00–21:00",
            ),
            (
                "{ days = [\"sun\", \"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\"], from = \"09:00\", to = \"19:00\" }",
                "alla dagar 09:00–19:00",
                "every day 09:00–19:00",
            ),
        ] {
            let note = |language| said(toml, language, now).1.unwrap();
            assert_eq!(note(Language::Swedish), sv);
            assert_eq!(note(Language::English), en);
        }
    }
}
