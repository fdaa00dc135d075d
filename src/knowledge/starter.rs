//! A small base for another municipality to start from.

use jiff::Span;
use jiff::civil::Date;

use super::Files;

/// A base that passes `check` on the day it is made: an office, a grant, a guide and a help line in
/// Swedish and English, a crisis file, and a README that says how to go on.
///
/// What only the municipality knows is clearly made up, and every entry that holds some of it says
/// that it is not confirmed.
pub fn starter_files(name: &str, today: Date) -> Files {
    // The name is put into quoted TOML, where these would end the text.
    let name: String = name
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\\'))
        .collect();
    let review_by = today.saturating_add(Span::new().months(6)).to_string();
    let today = today.to_string();
    let values = [
        ("{{name}}", name.trim()),
        ("{{today}}", &today),
        ("{{review_by}}", &review_by),
    ];
    let fill = |text: &str| {
        values
            .iter()
            .fold(text.to_owned(), |t, (mark, v)| t.replace(mark, v))
    };
    TEMPLATES
        .iter()
        .map(|(path, text)| ((*path).to_owned(), fill(text)))
        .collect()
}

const TEMPLATES: [(&str, &str); 11] = [
    ("README.md", include_str!("starter/README.md")),
    (
        "municipality.toml",
        include_str!("starter/municipality.toml"),
    ),
    ("crisis.toml", include_str!("starter/crisis.toml")),
    (
        "offices/kontaktcenter.md",
        include_str!("starter/offices/kontaktcenter.md"),
    ),
    (
        "offices/kontaktcenter.en.md",
        include_str!("starter/offices/kontaktcenter.en.md"),
    ),
    (
        "grants/foreningsbidrag.md",
        include_str!("starter/grants/foreningsbidrag.md"),
    ),
    (
        "grants/foreningsbidrag.en.md",
        include_str!("starter/grants/foreningsbidrag.en.md"),
    ),
    (
        "guides/starta-forening.md",
        include_str!("starter/guides/starta-forening.md"),
    ),
    (
        "guides/starta-forening.en.md",
        include_str!("starter/guides/starta-forening.en.md"),
    ),
    ("helplines/112.md", include_str!("starter/helplines/112.md")),
    (
        "helplines/112.en.md",
        include_str!("starter/helplines/112.en.md"),
    ),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::knowledge::{EntryId, Knowledge, Language, check};

    #[test]
    fn the_starter_passes_check_with_no_problem_at_all() {
        for today in [date(2026, 11, 23), date(2028, 2, 29), date(2027, 8, 31)] {
            assert_eq!(check(&starter_files("Exempel kommun", today), today), []);
        }
    }

    #[test]
    fn the_starter_carries_its_name_and_its_day() {
        let files = starter_files("Exempel kommun", date(2026, 11, 23));
        let knowledge = Knowledge::load(&files).knowledge.unwrap();
        assert_eq!(knowledge.municipality().name, "Exempel kommun");
        let grant = knowledge
            .entry(&EntryId::parse("grants/foreningsbidrag").unwrap())
            .unwrap();
        assert_eq!(grant.reviewed, Some(date(2026, 11, 23)));
        assert_eq!(grant.review_by, Some(date(2027, 5, 23)));
        assert!(
            knowledge
                .way_in(Language::Swedish)
                .starts_with("Kontaktcenter")
        );
        assert!(files.values().all(|text| !text.contains("{{")));
        assert_eq!(
            knowledge.crisis().situation[0].lines[0].as_str(),
            "helplines/112"
        );
    }

    #[test]
    fn a_name_cannot_break_the_files() {
        let today = date(2026, 11, 23);
        let files = starter_files(" Öckerö \"ö\"\\\nkommun ", today);
        assert_eq!(check(&files, today), []);
        let name = Knowledge::load(&files)
            .knowledge
            .unwrap()
            .municipality()
            .name
            .clone();
        assert_eq!(name, "Öckerö ökommun");
    }
}
