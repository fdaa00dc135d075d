//! That an entry was gone through and holds: its dates change, and not a letter of the rest.

use jiff::civil::Date;
use toml_edit::{DocumentMut, Item, Value, value};

use super::{Change, first_language, path_of};
use crate::knowledge::Files;
use crate::knowledge::entry::EntryId;
use crate::knowledge::parse::split;

/// That an entry was gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// The entry.
    pub entry: EntryId,
    /// When.
    pub on: Date,
    /// By which role.
    pub by: String,
    /// When it must be gone through again.
    pub again_by: Date,
}

impl Reviewed {
    /// The change that says so in a base; `None` when the entry is not there or its file cannot be read.
    pub fn change(&self, base: &Files) -> Option<Change> {
        let first = first_language(base);
        let path = path_of(base, first, &self.entry, first);
        let file = base.get(&path)?;
        let (front, _, _) = split(file)?;
        let mut facts: DocumentMut = front.parse().ok()?;
        set(&mut facts, "reviewed", date(self.on)?);
        set(&mut facts, "reviewed_by", value(self.by.as_str()));
        set(&mut facts, "review_by", date(self.again_by)?);
        // The front matter stands in the file as it was split off, so that what is around it stays.
        let at = file.find(front)?;
        let text = format!("{}{facts}{}", &file[..at], &file[at + front.len()..]);
        let files = Files::from([(path, text)]);
        Some(Change::of_entry(self.entry.clone(), files, base))
    }
}

fn date(day: Date) -> Option<Item> {
    Some(value(day.to_string().parse::<toml_edit::Datetime>().ok()?))
}

/// Sets a value where it stands, with what is written beside it; one that is not there comes after the others.
fn set(facts: &mut DocumentMut, key: &str, new: Item) {
    let decor = facts
        .get(key)
        .and_then(Item::as_value)
        .map(|v: &Value| v.decor().clone());
    let item = facts.entry(key).or_insert(Item::None);
    *item = new;
    if let (Some(decor), Some(value)) = (decor, item.as_value_mut()) {
        *value.decor_mut() = decor;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::overlay::tests::{id, shipped};
    use crate::knowledge::{Knowledge, lay};
    use jiff::civil::date as day;

    fn reviewed(entry: &str) -> Reviewed {
        Reviewed {
            entry: id(entry),
            on: day(2026, 11, 28),
            by: "editor".to_owned(),
            again_by: day(2027, 5, 28),
        }
    }

    #[test]
    fn only_the_dates_change() {
        let town = "name = \"A\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n";
        let file = "+++\n# En kommentar\ntitle=\"A\"\nreviewed = 2025-01-02 # av oss\nquestions = [ 'a',\n  \"b\" ]\n\n[reach]\n\
                    website = \"https://a.se\"\n+++\nText.\n\n## När\nNu.\n";
        let base = Files::from([
            ("municipality.toml".to_owned(), town.to_owned()),
            ("guides/a.md".to_owned(), file.to_owned()),
        ]);
        let change = reviewed("guides/a").change(&base).unwrap();
        let expected = "+++\n# En kommentar\ntitle=\"A\"\nreviewed = 2026-11-28 # av oss\nquestions = [ 'a',\n  \"b\" ]\n\
                        reviewed_by = \"editor\"\nreview_by = 2027-05-28\n\n[reach]\n\
                        website = \"https://a.se\"\n+++\nText.\n\n## När\nNu.\n";
        assert_eq!(lay(&base, &[change]).files["guides/a.md"], expected);
        assert_eq!(reviewed("guides/b").change(&base), None);
    }

    #[test]
    fn every_entry_of_the_shipped_base_can_be_gone_through() {
        let base = shipped();
        let before = Knowledge::load(&base).knowledge.unwrap();
        let changes: Vec<Change> = before
            .entries()
            .iter()
            .map(|e| reviewed(e.id.as_str()).change(&base).unwrap())
            .collect();
        let after = Knowledge::load(&lay(&base, &changes).files)
            .knowledge
            .unwrap();
        for (before, after) in before.entries().iter().zip(after.entries()) {
            let mut expected = before.clone();
            expected.reviewed = Some(day(2026, 11, 28));
            expected.reviewed_by = Some("editor".to_owned());
            expected.review_by = Some(day(2027, 5, 28));
            assert_eq!(*after, expected);
        }
    }
}
