//! The last days to apply as an iCalendar feed: of everything, and of an entry by itself.
//!
//! The same base gives the same bytes all day, so that a calendar sees that nothing has changed.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property, Trigger};
use jiff::ToSpan;
use jiff::civil::Date;

use super::address::{address, name};
use super::fresh;
use super::plain::{first_sentence, plain};
use crate::answering::Block;
use crate::knowledge::{Deadline, Entry, Knowledge, Language, fill, is_old};
use crate::web::site::Site;

/// How far ahead dates that come back each year are given.
const AHEAD_YEARS: i16 = 2;
/// How many days before the day a calendar reminds, and how long that is before it begins: at nine in the morning, not at
/// midnight.
const REMINDS: [(u8, &str); 2] = [(14, "-P13DT15H"), (2, "-P1DT15H")];
/// How often a calendar may look for news.
const REFRESH: &str = "P1D";

/// The path of all last days.
pub(in crate::web) fn feed(language: Language) -> &'static str {
    match language {
        Language::Swedish => "/kalender.ics",
        Language::English => "/calendar.ics",
    }
}

/// All last days, in a language.
pub(super) async fn all(site: Arc<Site>, language: Language, headers: HeaderMap) -> Response {
    let base = site.base();
    let entries: Vec<&Entry> = base.knowledge().entries().iter().collect();
    of(&site, &headers, language, &entries)
}

/// The last days of some entries.
pub(in crate::web) fn of(
    site: &Site,
    headers: &HeaderMap,
    language: Language,
    entries: &[&Entry],
) -> Response {
    let (today, _) = site.desk.local_time();
    let all = entries.iter().map(|entry| (*entry, days(entry, today)));
    file(site, headers, language, all, today)
}

/// The last days of an entry, or one of them alone. Where that is none of them any longer, it is all of them.
pub(super) fn of_entry(
    site: &Site,
    headers: &HeaderMap,
    language: Language,
    entry: &Entry,
    day: Option<Date>,
) -> Response {
    let (today, _) = site.desk.local_time();
    let mut days = days(entry, today);
    if let Some(day) = day.filter(|day| days.contains(day)) {
        days = vec![day];
    }
    file(
        site,
        headers,
        language,
        std::iter::once((entry, days)),
        today,
    )
}

fn file<'a>(
    site: &Site,
    headers: &HeaderMap,
    language: Language,
    days: impl Iterator<Item = (&'a Entry, Vec<Date>)>,
    today: Date,
) -> Response {
    let body = draw(site, language, days, today);
    // It changes with the base, and at midnight, when a day has passed.
    let library = site.desk.library();
    let midnight = today
        .to_zoned_datetime(library.zone())
        .map(|day| day.timestamp());
    let since = library.standing().since;
    let changed = midnight.map_or(since, |midnight| midnight.max(since));
    fresh::file(headers, "text/calendar; charset=utf-8", body, changed)
}

/// The days of an entry that a calendar is told of, from today on.
pub(super) fn days(entry: &Entry, today: Date) -> Vec<Date> {
    let deadlines = entry
        .terms_that_hold()
        .into_iter()
        .flat_map(|terms| &terms.deadlines);
    let mut days: Vec<Date> = deadlines.flat_map(|d| coming(*d, today)).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// When a deadline comes, from today on: a day that comes back as far ahead as dates are given, a leap day only in the
/// years that have it.
fn coming(deadline: Deadline, today: Date) -> Vec<Date> {
    let until = today.saturating_add(AHEAD_YEARS.years());
    match deadline {
        Deadline::Once(day) => Vec::from_iter((day >= today).then_some(day)),
        Deadline::Yearly { month, day } => (today.year()..=until.year())
            .filter_map(|year| Date::new(year, month, day).ok())
            .filter(|day| (today..=until).contains(day))
            .collect(),
    }
}

fn draw<'a>(
    site: &Site,
    language: Language,
    all: impl Iterator<Item = (&'a Entry, Vec<Date>)>,
    today: Date,
) -> String {
    let base = site.base();
    let knowledge = base.knowledge();
    let phrases = &knowledge.phrases(language).browse;
    let municipality = [("municipality", knowledge.municipality().name.as_str())];
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//lots//lots//SV"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-PUBLISHED-TTL", REFRESH),
        ("X-WR-TIMEZONE", &knowledge.municipality().timezone),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(
        Property::new("REFRESH-INTERVAL", REFRESH)
            .add_parameter("VALUE", "DURATION")
            .done(),
    );
    calendar.name(&fill(&phrases.calendar_name, &municipality));
    calendar.description(&fill(&phrases.calendar_about, &municipality));
    for (entry, days) in all {
        for day in days {
            calendar.push(event(site, knowledge, entry, language, day, today));
        }
    }
    calendar.to_string()
}

fn event(
    site: &Site,
    knowledge: &Knowledge,
    entry: &Entry,
    language: Language,
    day: Date,
    today: Date,
) -> Event {
    let phrases = &knowledge.phrases(language).browse;
    let text = entry.text(language);
    let caution = caution(site, entry, language, today);
    let title = [("title", text.title.as_str())];
    let page = site.address(&address(&entry.id, language));
    let about = [
        Some(plain(first_sentence(&text.summary))),
        caution.clone(),
        Some(page.clone()),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let stamp = entry
        .reviewed
        .unwrap_or(today)
        .strftime("%Y%m%dT000000Z")
        .to_string();
    let uid = uid(site, entry, day);
    let on = |key: &str, day: Date| {
        Property::new(key, day.strftime("%Y%m%d").to_string())
            .add_parameter("VALUE", "DATE")
            .done()
    };
    let mut event = Event::with_uid(&uid);
    event
        .append_property(on("DTSTART", day))
        .append_property(on("DTEND", day.saturating_add(1.day())))
        .add_property("DTSTAMP", &stamp)
        .add_property("TRANSP", "TRANSPARENT")
        .summary(&fill(
            if caution.is_some() {
                &phrases.event_unsure
            } else {
                &phrases.event
            },
            &title,
        ))
        .description(&about.join("\n\n"))
        .url(&page)
        .status(if caution.is_some() {
            EventStatus::Tentative
        } else {
            EventStatus::Confirmed
        });
    for (days, before) in REMINDS {
        let days = days.to_string();
        let said = fill(&phrases.event_reminder, &[title[0], ("days", &days)]);
        // Read without its sign, which the library does not read, and written with it.
        let read = Property::new("TRIGGER", before.trim_start_matches('-'));
        if let Ok(trigger) = Trigger::try_from(&read) {
            let mut alarm = Alarm::display(&said, trigger);
            alarm
                .add_property("TRIGGER", before)
                .add_property("UID", format!("reminder-{days}-{uid}"))
                .add_property("DTSTAMP", &stamp);
            event.alarm(alarm);
        }
    }
    event
}

/// Why the day may not be the day, when there is a reason to doubt it.
fn caution(site: &Site, entry: &Entry, language: Language, today: Date) -> Option<String> {
    let base = site.base();
    let blocks = base.page(&entry.id, language, today).unwrap_or_default();
    let said = blocks.into_iter().find_map(|block| match block {
        Block::Caution { text } => Some(text),
        _ => None,
    });
    let phrases = &base.knowledge().phrases(language).browse;
    let year = entry.terms.as_ref().and_then(|terms| terms.facts_from);
    said.or_else(|| {
        year.filter(|year| is_old(*year, today))
            .map(|year| fill(&phrases.event_old, &[("year", &year.to_string())]))
    })
}

/// The same for the same day of the same entry, for ever, and another for every other site.
fn uid(site: &Site, entry: &Entry, day: Date) -> String {
    let site = site.address("");
    let host = site
        .split_once("://")
        .map_or(site.as_str(), |(_, host)| host);
    format!(
        "{}.{}.{day}@{host}",
        entry.id.kind().folder(),
        name(&entry.id)
    )
}
