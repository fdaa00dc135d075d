//! Every figure against a handful of rows, worked out by hand.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::*;

fn id(text: &str) -> EntryId {
    EntryId::parse(text).unwrap_or_else(|why| panic!("{why}"))
}

/// Rows as `(day of November, what, language, channel, office, entry, count)`.
fn rows() -> BTreeMap<(Date, Occurrence), u64> {
    use Tallied::*;
    let all = [
        (
            2,
            Answered,
            "sv",
            "web",
            "offices/kultur",
            "grants/lovpeng",
            6,
        ),
        (
            2,
            Answered,
            "sv",
            "discord",
            "offices/bygg",
            "guides/altan",
            2,
        ),
        (2, Offered, "sv", "web", "", "", 1),
        (2, Shown, "sv", "web", "offices/kultur", "grants/lovpeng", 1),
        (3, Routed, "en", "web", "offices/bygg", "", 3),
        (3, Unknown, "uk", "web", "", "", 1),
        (3, SmallTalk, "sv", "web", "", "", 4),
        (3, OnPath, "sv", "web", "", "", 5),
        (
            3,
            Helpful,
            "sv",
            "web",
            "offices/kultur",
            "grants/lovpeng",
            2,
        ),
        (
            4,
            Unhelpful,
            "sv",
            "web",
            "offices/kultur",
            "grants/lovpeng",
            1,
        ),
        (
            30,
            Answered,
            "sv",
            "web",
            "offices/kultur",
            "grants/lovpeng",
            100,
        ),
    ];
    let row = |(day, what, language, channel, office, entry, count): (
        i8,
        _,
        &str,
        &str,
        &str,
        &str,
        u64,
    )| {
        let tally = Occurrence {
            what,
            language: language.to_owned(),
            channel: channel.to_owned(),
            office: EntryId::parse(office).ok(),
            entry: EntryId::parse(entry).ok(),
        };
        ((date(2026, 11, day), tally), count)
    };
    all.into_iter().map(row).collect()
}

fn wanted() -> FiguresWanted {
    FiguresWanted::all(date(2026, 11, 1), date(2026, 11, 4))
}

fn figures(wanted: &FiguresWanted) -> Figures {
    let within =
        |((day, _), _): &((Date, Occurrence), u64)| (wanted.from..=wanted.to).contains(day);
    let counts = rows().into_iter().filter(within).collect();
    added_up(wanted, &counts)
}

#[test]
fn everything_adds_up() {
    let figures = figures(&wanted());
    let total = Count {
        answered: 8,
        offered: 1,
        routed: 3,
        unknown: 1,
        small_talk: 4,
        on_paths: 5,
        shown: 1,
        helpful: 2,
        unhelpful: 1,
    };
    assert_eq!(figures.total, total);
    assert_eq!(
        (total.questions(), total.given(), total.judged()),
        (13, 9, 3)
    );
    let shares = [8, 1, 3, 1].map(|some| total.share(some));
    assert_eq!(shares, [Some(62), Some(8), Some(23), Some(8)]);
    assert_eq!(total.helped(), Some(67));
    assert_eq!(
        (Count::default().share(0), Count::default().helped()),
        (None, None)
    );
    let days: Vec<(i8, u64)> = figures
        .spans
        .iter()
        .map(|(span, count)| (span.from.day(), count.questions()))
        .collect();
    assert_eq!(figures.step, Step::Day);
    assert_eq!(days, [(1, 0), (2, 9), (3, 4), (4, 0)]);
}

#[test]
fn every_group_has_its_own() {
    let figures = figures(&wanted());
    let offices: Vec<(Option<&str>, u64, u64)> = figures
        .offices
        .iter()
        .map(|g| {
            (
                g.of.as_ref().map(EntryId::as_str),
                g.count.questions(),
                g.count.judged(),
            )
        })
        .collect();
    let expected = [
        (Some("offices/kultur"), 6, 3),
        (Some("offices/bygg"), 5, 0),
        (None, 2, 0),
    ];
    assert_eq!(offices, expected);
    let of = |groups: &[Group<String>]| -> Vec<(String, u64)> {
        groups
            .iter()
            .map(|g| (g.of.clone(), g.count.questions()))
            .collect()
    };
    let named = |all: &[(&str, u64)]| -> Vec<(String, u64)> {
        all.iter()
            .map(|(name, n)| ((*name).to_owned(), *n))
            .collect()
    };
    assert_eq!(
        of(&figures.languages),
        named(&[("sv", 9), ("en", 3), ("uk", 1)])
    );
    assert_eq!(of(&figures.channels), named(&[("web", 11), ("discord", 2)]));
    let kinds: Vec<_> = figures
        .kinds
        .iter()
        .map(|g| (g.of, g.count.given()))
        .collect();
    assert_eq!(kinds, [(EntryKind::Grants, 7), (EntryKind::Guides, 2)]);
    let entries: Vec<_> = figures
        .entries
        .iter()
        .map(|g| {
            (
                g.of.as_str(),
                g.count.given(),
                g.count.helpful,
                g.count.unhelpful,
            )
        })
        .collect();
    assert_eq!(
        entries,
        [("grants/lovpeng", 7, 2, 1), ("guides/altan", 2, 0, 0)]
    );
}

#[test]
fn what_is_chosen_lets_the_rest_out() {
    let asked = |wanted: FiguresWanted| figures(&wanted).total.questions();
    let all = wanted();
    assert_eq!(
        asked(FiguresWanted {
            office: Some(id("offices/bygg")),
            ..all.clone()
        }),
        5
    );
    assert_eq!(
        asked(FiguresWanted {
            language: Some("en".to_owned()),
            ..all.clone()
        }),
        3
    );
    assert_eq!(
        asked(FiguresWanted {
            channel: Some("discord".to_owned()),
            ..all.clone()
        }),
        2
    );
    assert_eq!(
        asked(FiguresWanted {
            kind: Some(EntryKind::Grants),
            ..all.clone()
        }),
        6
    );
    let none = FiguresWanted {
        channel: Some("api".to_owned()),
        ..all
    };
    assert!(figures(&none).is_empty());
}

#[test]
fn a_long_time_is_cut_into_weeks_and_months() {
    let spans = |from, to| {
        let step = Step::over(from, to);
        let all = step.spans(from, to);
        let days = |s: &Span| s.from.duration_until(s.to).as_hours() / 24 + 1;
        (
            step,
            all.len(),
            days(&all[0]),
            days(&all[1]),
            days(&all[all.len() - 1]),
        )
    };
    // From a Sunday on.
    assert_eq!(
        spans(date(2026, 11, 1), date(2026, 12, 15)),
        (Step::Day, 45, 1, 1, 1)
    );
    assert_eq!(
        spans(date(2026, 11, 1), date(2026, 12, 16)),
        (Step::Week, 8, 1, 7, 3)
    );
    assert_eq!(
        spans(date(2026, 1, 31), date(2026, 12, 5)),
        (Step::Month, 12, 1, 28, 5)
    );
}

#[test]
fn half_and_nine_of_ten_are_those_that_so_many_are_no_longer_than() {
    let minutes = |all: &[i64]| -> Vec<i64> { all.iter().map(|m| m * 60_000 + 999).collect() };
    let of = |all: &[i64]| {
        let waits = Waits::of(&minutes(all));
        (waits.count, waits.median, waits.ninetieth, waits.longest)
    };
    assert_eq!(of(&[]), (0, None, None, None));
    assert_eq!(of(&[7]), (1, Some(7), Some(7), Some(7)));
    assert_eq!(of(&[1, 2, 3, 4]), (4, Some(2), Some(4), Some(4)));
    let ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 50];
    assert_eq!(of(&ten), (10, Some(5), Some(9), Some(50)));
}
