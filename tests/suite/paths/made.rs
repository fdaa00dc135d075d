//! Grants that nobody has, with any terms at all, and everything that can be answered about them.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// A grant or an award with any terms at all: its folder and its file.
pub(super) fn grant() -> impl Strategy<Value = (&'static str, String)> {
    let applicants = ["association", "network", "individual", "company", "school"];
    let deadlines = [
        "11-23",      // today
        "11-22",      // yesterday
        "12-24",      // 31 days from now
        "12-25",      // 32
        "05-25",      // 183
        "05-26",      // 184
        "2026-11-22", // over
        "2027-02-28",
        "02-29",
    ];
    (
        select(vec![("grants", "grant"), ("awards", "award")]),
        select(vec!["current", "confirm", "ended"]),
        subsequence(applicants.to_vec(), 0..=3),
        subsequence(deadlines.to_vec(), 0..=2),
        any::<[bool; 2]>(),
        subsequence(PURPOSES.to_vec(), 0..=3),
        subsequence(AUDIENCES.to_vec(), 0..=3),
        subsequence(SCOPES.to_vec(), 0..=2),
    )
        .prop_map(
            |((kind, table), standing, applicants, days, [open, approved], what, whom, place)| {
                let eligibility = if approved {
                    "[{ about = \"approved_association\" }]"
                } else {
                    "[]"
                };
                let text = format!(
                    "+++\ntitle = \"Ett bidrag\"\nstanding = \"{standing}\"\n\
                     sources = [{{ name = \"A\", url = \"https://example.org\", year = 2026 }}]\n\n\
                     [{table}]\napplicants = {applicants:?}\ndeadlines = {days:?}\n\
                     open_all_year = {open}\neligibility = {eligibility}\n\n\
                     [fits]\naudiences = {whom:?}\npurposes = {what:?}\nscopes = {place:?}\n+++\n\
                     Det här är ett bidrag.\n"
                );
                (kind, text)
            },
        )
}

/// The codes of the answers to a step.
pub(super) fn codes(step: &str) -> &'static [&'static str] {
    match step {
        "who" => &WHO,
        "purpose" => &PURPOSES,
        "whom" => &AUDIENCES,
        "where" => &SCOPES,
        "soon" => &["month", "half", "later"],
        other => panic!("{other} is a new step"),
    }
}

const WHO: [&str; 6] = [
    "approved",
    "association",
    "network",
    "individual",
    "school",
    "company",
];
const PURPOSES: [&str; 10] = [
    "activity", "event", "learning", "project", "premises", "holidays", "person", "honour",
    "social", "partner",
];
const AUDIENCES: [&str; 7] = [
    "young",
    "old",
    "disability",
    "newcomers",
    "relatives",
    "exposed",
    "everyone",
];
const SCOPES: [&str; 3] = ["here", "sweden", "abroad"];
