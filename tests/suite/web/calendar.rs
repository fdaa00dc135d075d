//! The last days to apply, as a calendar reads them.

use std::collections::BTreeSet;

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use jiff::ToSpan;
use jiff::civil::Date;
use lots::config::WebSettings;
use lots::desk::{Origin, open};
use reqwest::StatusCode;
use reqwest::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};

use super::site::Site;
use crate::stage::{provby_due, provby_folder_due, shipped_folder};

/// A last day as a calendar shows it.
#[derive(Debug)]
struct Shown {
    uid: String,
    day: Date,
    summary: String,
    about: String,
    url: String,
    status: String,
}

#[tokio::test]
async fn the_feed_holds_every_last_day_for_two_years() {
    let site = Site::open().await;
    let today = site.desk().local_time().0;
    let calendar = fetch(&site, "/kalender.ics").await;
    assert_eq!(calendar.get_name(), Some("Sista dagar i Provby kommun"));
    assert_eq!(calendar.property_value("METHOD"), Some("PUBLISH"));
    for key in ["REFRESH-INTERVAL", "X-PUBLISHED-TTL"] {
        assert_eq!(calendar.property_value(key), Some("P1D"));
    }
    let shown = shown(&calendar);
    let days: Vec<Date> = shown.iter().map(|s| s.day).collect();
    assert_eq!(days, yearly(today, &[(3, 31), (9, 30)]));
    let first = &shown[0];
    // What is old says so, and is no promise.
    assert_eq!(first.summary, "Kanske sista dag: Lovpeng");
    assert_eq!(first.status, "TENTATIVE");
    for part in [
        "Lovpeng är pengar till",
        "Uppgifterna är från 2021",
        "/sv/bidrag/lovpeng",
    ] {
        assert!(first.about.contains(part), "{part:?}: {}", first.about);
    }
    assert!(first.url.ends_with("/sv/bidrag/lovpeng"), "{}", first.url);
    let uids: BTreeSet<&String> = shown.iter().map(|s| &s.uid).collect();
    assert_eq!(uids.len(), shown.len());
    site.close().await;
}

#[tokio::test]
async fn a_calendar_reminds_two_weeks_and_two_days_before() {
    let site = Site::open().await;
    let text = text(&site, "/sv/bidrag/lovpeng.ics").await;
    let events = text.matches("BEGIN:VEVENT").count();
    assert!(events > 0);
    // At nine in the morning: a last day begins at midnight, wherever the calendar is.
    for (line, times) in [
        ("BEGIN:VALARM\r\n", 2),
        ("ACTION:DISPLAY\r\n", 2),
        ("TRIGGER:-P13DT15H\r\n", 1),
        ("TRIGGER:-P1DT15H\r\n", 1),
        ("DESCRIPTION:14 dagar kvar: Lovpeng\r\n", 1),
        ("DESCRIPTION:2 dagar kvar: Lovpeng\r\n", 1),
    ] {
        assert_eq!(
            text.matches(line).count(),
            events * times,
            "{line:?}:\n{text}"
        );
    }
    let days = text.lines().filter(|line| line.starts_with("DTSTART"));
    for line in days {
        assert!(
            line.starts_with("DTSTART;VALUE=DATE:"),
            "a day has no time and no zone: {line}"
        );
    }
    site.close().await;
}

#[tokio::test]
async fn one_day_can_be_had_by_itself() {
    let site = Site::open().await;
    let today = site.desk().local_time().0;
    let next = yearly(today, &[(3, 31), (9, 30)])[0];
    let page = text(&site, "/sv/bidrag/lovpeng").await;
    let path = format!("/sv/bidrag/lovpeng.ics?day={next}");
    let link = format!("href=\"{path}\">Påminn mig i kalendern</a>");
    // Not on the day itself, when it is too late.
    assert_eq!(page.contains(&link), next > today, "{page}");
    let shown_days = async |query: &str| {
        let calendar = fetch(&site, &format!("/sv/bidrag/lovpeng.ics{query}")).await;
        shown(&calendar).iter().map(|s| s.day).collect::<Vec<_>>()
    };
    let all = shown_days("").await;
    assert_eq!(shown_days(&format!("?day={next}")).await, [next]);
    // What is no last day any longer, or no day at all, gives those that are.
    for query in ["?day=2020-01-01", "?day=snart", "?dag=1"] {
        assert_eq!(shown_days(query).await, all, "{query}");
    }
    let one = text(&site, &path).await;
    let event = |text: &str| {
        text[text.find("BEGIN:VEVENT").unwrap()..text.find("END:VEVENT").unwrap()].to_owned()
    };
    let same = text(&site, "/sv/bidrag/lovpeng.ics").await;
    assert_eq!(
        event(&one),
        event(&same),
        "a calendar takes it for the same day"
    );
    site.close().await;
}

#[tokio::test]
async fn every_line_is_as_the_standard_has_it() {
    let site = Site::open().await;
    for path in ["/kalender.ics", "/calendar.ics", "/en/grants/lovpeng.ics"] {
        let text = text(&site, path).await;
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
    }
    site.close().await;
}

#[tokio::test]
async fn days_at_the_edges_of_the_calendar_are_right() {
    let entry = |deadlines: &str| provby_due(deadlines, "current", 2026);
    let cases: [(&str, &[(i8, i8)]); 3] = [
        ("\"12-31\", \"01-01\"", &[(1, 1), (12, 31)]),
        ("\"02-29\"", &[(2, 29)]),
        ("\"02-28\", \"02-28\"", &[(2, 28)]),
    ];
    for (deadlines, days) in cases {
        let site = Site::with(entry(deadlines), WebSettings::default()).await;
        let today = site.desk().local_time().0;
        let shown: Vec<Date> = shown(&fetch(&site, "/kalender.ics").await)
            .iter()
            .map(|s| s.day)
            .collect();
        assert_eq!(shown, yearly(today, days), "{deadlines}");
        site.close().await;
    }
}

#[tokio::test]
async fn a_single_day_is_told_of_until_it_has_passed() {
    let probe = Site::open().await;
    let today = probe.desk().local_time().0;
    probe.close().await;
    let (yesterday, far) = (today - 1.day(), today.saturating_add(5.years()));
    let deadlines = format!("\"{yesterday}\", \"{today}\", \"{far}\"");
    let base = provby_due(&deadlines, "current", today.year());
    let site = Site::with(base, WebSettings::default()).await;
    let shown = shown(&fetch(&site, "/calendar.ics").await);
    assert_eq!(
        shown.iter().map(|s| s.day).collect::<Vec<_>>(),
        [today, far]
    );
    assert_eq!(shown[0].summary, "Last day: Holiday grant (lovpeng)");
    assert_eq!(shown[0].status, "CONFIRMED");
    site.close().await;
}

#[tokio::test]
async fn the_same_base_gives_the_same_bytes_and_is_not_sent_twice() {
    let (one, other) = (Site::open().await, Site::open().await);
    let client = reqwest::Client::new();
    for path in ["/kalender.ics", "/sv/bidrag/lovpeng.ics", "/sitemap.xml"] {
        let first = reqwest::get(one.url(path)).await.unwrap();
        let (tag, changed) = (
            first.headers()[ETAG].clone(),
            first.headers()[LAST_MODIFIED].clone(),
        );
        let here = first.text().await.unwrap();
        // Where there is no address of its own, the address is where it listens, as it was set.
        assert_eq!(here, text(&other, path).await, "{path}");
        for (name, value) in [(IF_NONE_MATCH, tag.clone()), (IF_MODIFIED_SINCE, changed)] {
            let again = client
                .get(one.url(path))
                .header(name, value)
                .send()
                .await
                .unwrap();
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
            assert_eq!(again.headers()[ETAG], tag);
            assert_eq!(again.text().await.unwrap(), "");
        }
        let newer = client
            .get(one.url(path))
            .header(IF_NONE_MATCH, "\"other\"")
            .send()
            .await
            .unwrap();
        assert_eq!(newer.status(), StatusCode::OK);
    }
    one.close().await;
    other.close().await;
}

#[tokio::test]
async fn calendars_follow_the_base() {
    let site = Site::open().await;
    let before = text(&site, "/kalender.ics").await;
    let folder = provby_folder_due("\"06-15\"", "current", 2026);
    let files = lots::desk::read(&Origin::Folder(folder.path().to_owned())).unwrap();
    let problems = site
        .desk()
        .library()
        .replace(&files, site.desk().local_time().0);
    assert!(problems.is_empty(), "{problems:?}");
    let after = shown(&fetch(&site, "/kalender.ics").await);
    assert_ne!(before, text(&site, "/kalender.ics").await);
    assert!(
        after
            .iter()
            .all(|s| (s.day.month(), s.day.day()) == (6, 15)),
        "{after:?}"
    );
    site.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shipped_base_has_a_calendar_in_both_languages() {
    let site = Site::with(
        open(&Origin::Folder(shipped_folder())).unwrap(),
        WebSettings::default(),
    )
    .await;
    let swedish = shown(&fetch(&site, "/kalender.ics").await);
    let english = shown(&fetch(&site, "/calendar.ics").await);
    let keys = |all: &[Shown]| {
        all.iter()
            .map(|s| (s.uid.clone(), s.day))
            .collect::<Vec<_>>()
    };
    assert!(!swedish.is_empty());
    assert_eq!(
        keys(&swedish),
        keys(&english),
        "one day is one event, whatever the language"
    );
    site.close().await;
}

/// The days that come back each year, from today until two years from now.
fn yearly(today: Date, days: &[(i8, i8)]) -> Vec<Date> {
    let until = today.saturating_add(2.years());
    let mut all: Vec<Date> = (today.year()..=until.year())
        .flat_map(|year| {
            days.iter()
                .filter_map(move |(m, d)| Date::new(year, *m, *d).ok())
        })
        .filter(|day| (today..=until).contains(day))
        .collect();
    all.sort();
    all
}

async fn text(site: &Site, path: &str) -> String {
    let answer = reqwest::get(site.url(path)).await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn fetch(site: &Site, path: &str) -> Calendar {
    let answer = reqwest::get(site.url(path)).await.unwrap();
    let media_type = answer.headers()["content-type"].to_str().unwrap();
    assert_eq!(media_type, "text/calendar; charset=utf-8");
    answer.text().await.unwrap().parse().unwrap()
}

fn shown(calendar: &Calendar) -> Vec<Shown> {
    let events = calendar.components.iter().filter_map(|c| match c {
        CalendarComponent::Event(event) => Some(event),
        _ => None,
    });
    let mut shown: Vec<Shown> = events
        .map(|event| {
            let (start, end) = (event.get_start().unwrap(), event.get_end().unwrap());
            assert_eq!(date(&end), date(&start) + 1.day(), "a whole day");
            let of = |key: &str| event.property_value(key).unwrap_or_default().to_owned();
            Shown {
                uid: event.get_uid().unwrap().to_owned(),
                day: date(&start),
                summary: of("SUMMARY"),
                about: of("DESCRIPTION"),
                url: of("URL"),
                status: of("STATUS"),
            }
        })
        .collect();
    shown.sort_by_key(|s| s.day);
    shown
}

/// A day without a time.
fn date(when: &DatePerhapsTime) -> Date {
    match when {
        DatePerhapsTime::Date(day) => day.to_string().parse().unwrap(),
        DatePerhapsTime::DateTime(_) => panic!("a last day has no time: {when:?}"),
    }
}
