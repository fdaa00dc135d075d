//! Wordings are added to the lists of a file, and not a character beside them changes.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use toml_edit::{Array, Document, Item, Table, Value};

use crate::knowledge::parse::front_matter;

/// Which list of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ListName {
    /// The body of `elsewhere.toml` that it is of, by its Swedish name; `None` for a list of an entry's own.
    pub(super) body: Option<String>,
    /// Its key.
    pub(super) key: &'static str,
}

/// A file whose lists are added to. It is read once, however many wordings come to it.
pub(super) struct OpenFile {
    text: String,
    /// Where in the text the TOML begins.
    start: usize,
    toml: Document<String>,
    lists: HashMap<ListName, Additions>,
}

/// What is added to a list.
struct Additions {
    /// The wordings there are, old and new, each as [`folded`].
    known: HashSet<String>,
    /// The new ones as TOML, in the order they came.
    new: Vec<String>,
}

/// A piece of the TOML, and what comes in its stead.
type Edit = (Range<usize>, String);

impl OpenFile {
    /// Reads a file: the front matter of an entry, or TOML as a whole. `None` when it cannot be read.
    pub(super) fn read(path: &str, text: String) -> Option<OpenFile> {
        let toml = if path.ends_with(".md") {
            front_matter(&text)?
        } else {
            0..text.len()
        };
        Some(OpenFile {
            start: toml.start,
            toml: Document::parse(text[toml].to_owned()).ok()?,
            text,
            lists: HashMap::new(),
        })
    }

    /// Adds a wording to a list: whether it was new. `None` when the file can have no such list.
    pub(super) fn add(&mut self, name: &ListName, wording: &str) -> Option<bool> {
        if !self.lists.contains_key(name) {
            let additions = Additions::to(self.table(name)?.get(name.key))?;
            self.lists.insert(name.clone(), additions);
        }
        let list = self.lists.get_mut(name)?;
        let wording = wording.split_whitespace().collect::<Vec<_>>().join(" ");
        let new = !wording.is_empty() && list.known.insert(folded(&wording));
        if new {
            list.new.push(quoted(&wording));
        }
        Some(new)
    }

    /// The text with all that was added.
    pub(super) fn close(self) -> String {
        let added = self.lists.iter().filter(|(_, list)| !list.new.is_empty());
        let mut edits: Vec<Edit> = added
            .filter_map(|(name, list)| Some((name, self.table(name)?, list)))
            .flat_map(|(name, table, list)| self.edits(name.key, table, &list.new))
            .collect();
        // From the end, so that the places of those before it still hold. Two lists that are both new come at the same
        // place, in the order of their keys.
        edits.sort_by(|(a, x), (b, y)| (b.start, b.end, y).cmp(&(a.start, a.end, x)));
        let mut text = self.text;
        for (at, new) in edits {
            text.replace_range(self.start + at.start..self.start + at.end, &new);
        }
        text
    }

    /// The table that a list stands in.
    fn table(&self, name: &ListName) -> Option<&Table> {
        let root = self.toml.as_table();
        let Some(body) = &name.body else {
            return Some(root);
        };
        let named = |t: &&Table| t.get("name_sv").and_then(Item::as_str) == Some(body);
        let bodies = root.get("elsewhere")?.as_array_of_tables()?;
        bodies.iter().find(named)
    }

    fn edits(&self, key: &str, table: &Table, new: &[String]) -> Vec<Edit> {
        let toml = self.toml.raw();
        let end = if toml.contains("\r\n") { "\r\n" } else { "\n" };
        match table.get(key).and_then(Item::as_array) {
            Some(array) => edits_of_array(toml, array, new, end),
            None => {
                let list = multi_line(new.iter().map(String::as_str), end);
                let at = end_of_values(toml, table);
                let text = match at {
                    0 => format!("{key} = {list}{end}"),
                    _ => format!("{end}{key} = {list}"),
                };
                vec![(at..at, text)]
            }
        }
    }
}

impl Additions {
    /// None yet, to the list that this is; `None` when it is something else than a list.
    fn to(item: Option<&Item>) -> Option<Additions> {
        let known = match item {
            None => HashSet::new(),
            Some(item) => {
                let wordings = item.as_array()?.iter().filter_map(Value::as_str);
                wordings.map(folded).collect()
            }
        };
        Some(Additions {
            known,
            new: Vec::new(),
        })
    }
}

/// A text as TOML in double quotes, which is how a base writes its texts. JSON writes it in the same way, but lets one
/// character stand that TOML does not.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text)
        .to_string()
        .replace('\u{7f}', "\\u007F")
}

/// The end of the line with the last value of a table, before any table inside it; 0 when there is no value.
pub(super) fn end_of_values(toml: &str, table: &Table) -> usize {
    fn last(table: &Table) -> Option<usize> {
        let end = |(_, item): (&str, &Item)| match item {
            Item::Value(value) => Some(value.span()?.end),
            // `a.b = 1` is a value of the table that it stands in.
            Item::Table(table) if table.is_dotted() => last(table),
            Item::None | Item::Table(_) | Item::ArrayOfTables(_) => None,
        };
        table.iter().filter_map(end).max()
    }
    let Some(end) = last(table) else { return 0 };
    let line = toml[end..].split('\n').next().unwrap_or_default();
    end + line.trim_end_matches('\r').len()
}

/// Wordings at the end of an array: a line each, after the last, or the array anew when it stands on one line.
fn edits_of_array(toml: &str, array: &Array, new: &[String], end: &str) -> Vec<Edit> {
    let Some(whole) = array.span() else {
        return Vec::new();
    };
    let items: Vec<Range<usize>> = array.iter().filter_map(Value::span).collect();
    let after_items = items.last().map_or(whole.start + 1, |last| last.end);
    let bracket = whole.end - 1;
    let indent = indent_of(toml, items.last());
    let lines: String = new.iter().map(|w| format!("{indent}{w},{end}")).collect();
    // What stands between the last wording and the bracket: a comma, line ends, comments.
    let gap = &toml[after_items..bracket];
    if let Some(last_line) = gap.rfind('\n') {
        let at = after_items + last_line + 1;
        let comma = |line: &str| line.split('#').next().is_some_and(|l| l.contains(','));
        let mut edits = vec![(at..at, lines)];
        if !items.is_empty() && !gap.lines().any(comma) {
            edits.push((after_items..after_items, ",".to_owned()));
        }
        return edits;
    }
    if toml[whole.start..after_items].contains('\n') {
        return vec![(after_items..bracket, format!(",{end}{lines}"))];
    }
    let old = items.iter().map(|item| &toml[item.clone()]);
    let all = old.chain(new.iter().map(String::as_str));
    vec![(whole, multi_line(all, end))]
}

/// What the line of a wording begins with, when nothing else stands before it.
fn indent_of<'a>(toml: &'a str, item: Option<&Range<usize>>) -> &'a str {
    item.and_then(|item| toml[..item.start].rsplit('\n').next())
        .filter(|before| before.trim().is_empty())
        .unwrap_or("  ")
}

fn multi_line<'a>(items: impl Iterator<Item = &'a str>, end: &str) -> String {
    let lines: String = items.map(|item| format!("  {item},{end}")).collect();
    format!("[{end}{lines}]")
}

/// A wording as it is compared with others: in small letters, with single spaces.
fn folded(wording: &str) -> String {
    wording
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;
    use crate::knowledge::overlay::tests::shipped;
    use crate::knowledge::{Files, Knowledge, Language};

    const QUESTIONS: ListName = ListName {
        body: None,
        key: "questions",
    };

    fn added(text: &str, wordings: &[&str]) -> String {
        let mut file = OpenFile::read("a.toml", text.to_owned()).unwrap();
        for wording in wordings {
            assert_eq!(file.add(&QUESTIONS, wording), Some(true));
        }
        file.close()
    }

    #[test]
    fn a_list_is_added_to_as_it_is_written() {
        let cases = [
            (
                "questions = [\n  \"a\",\n]\n",
                "questions = [\n  \"a\",\n  \"x\",\n]\n",
            ),
            // The comma that was missing.
            (
                "questions = [\n\t\"a\" # b, c\n]\n",
                "questions = [\n\t\"a\", # b, c\n\t\"x\",\n]\n",
            ),
            (
                "questions = [\n  \"a\", # b\n  # c\n ]\n",
                "questions = [\n  \"a\", # b\n  # c\n  \"x\",\n ]\n",
            ),
            (
                "questions = [\n  # b\n]\n",
                "questions = [\n  # b\n  \"x\",\n]\n",
            ),
            (
                "questions = [\n  \"a\", ]\n",
                "questions = [\n  \"a\",\n  \"x\",\n]\n",
            ),
            (
                "questions = ['a', \"]\"] # b\n",
                "questions = [\n  'a',\n  \"]\",\n  \"x\",\n] # b\n",
            ),
            ("questions = []", "questions = [\n  \"x\",\n]"),
            (
                "a.b = 1 # c\n\n[d]\ne = 2\n",
                "a.b = 1 # c\nquestions = [\n  \"x\",\n]\n\n[d]\ne = 2\n",
            ),
            ("[d]\ne = 2\n", "questions = [\n  \"x\",\n]\n[d]\ne = 2\n"),
            (
                "a = 1\r\nb = 2\r\n",
                "a = 1\r\nb = 2\r\nquestions = [\r\n  \"x\",\r\n]\r\n",
            ),
            (
                "questions = [\r\n  \"a\",\r\n]\r\n",
                "questions = [\r\n  \"a\",\r\n  \"x\",\r\n]\r\n",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(added(before, &["x"]), after);
        }
    }

    #[test]
    fn several_wordings_keep_their_order_and_repeated_ones_are_known() {
        let text = "+++\ntitle = \"A\"\n+++\nA.\n";
        let concerns = ListName {
            body: None,
            key: "responsible_for",
        };
        let mut file = OpenFile::read("a.md", text.to_owned()).unwrap();
        assert_eq!(file.add(&concerns, "ett"), Some(true));
        assert_eq!(file.add(&QUESTIONS, "två  \n tre"), Some(true));
        assert_eq!(file.add(&QUESTIONS, "sa du \"ja\"?"), Some(true));
        assert_eq!(file.add(&QUESTIONS, " TVÅ tre"), Some(false));
        assert_eq!(file.add(&QUESTIONS, "  "), Some(false));
        assert_eq!(
            file.close(),
            "+++\ntitle = \"A\"\nquestions = [\n  \"två tre\",\n  \"sa du \\\"ja\\\"?\",\n]\nresponsible_for = [\n  \"ett\",\n]\n+++\nA.\n"
        );
    }

    #[test]
    fn what_is_no_list_is_left_alone() {
        let mut file = OpenFile::read("a.toml", "questions = 1\n".to_owned()).unwrap();
        assert_eq!(file.add(&QUESTIONS, "x"), None);
        assert_eq!(file.close(), "questions = 1\n");
        assert!(OpenFile::read("a.md", "no front matter".to_owned()).is_none());
        assert!(OpenFile::read("a.toml", "x = [".to_owned()).is_none());
    }

    /// Every list of the shipped base that wordings come to: path and name.
    fn lists(files: &Files) -> Vec<(String, ListName)> {
        let knowledge = Knowledge::load(files).knowledge.unwrap();
        let list = |body: Option<&String>, key| ListName {
            body: body.cloned(),
            key,
        };
        let texts = knowledge.entries().iter().flat_map(|e| e.texts.iter());
        let of_entries = texts.flat_map(|(_, text)| {
            let keys: &[_] = match text.responsible_for.is_empty() {
                true => &["questions"],
                false => &["questions", "responsible_for"],
            };
            keys.iter().map(|key| (text.path.clone(), list(None, key)))
        });
        let of_bodies = knowledge.elsewhere().iter().flat_map(|b| {
            ["about_sv", "about_en"]
                .map(|key| ("elsewhere.toml".to_owned(), list(Some(&b.name_sv), key)))
        });
        of_entries.chain(of_bodies).collect()
    }

    /// Whether `after` is `before` with one line more.
    fn one_line_more(before: &str, after: &str) -> bool {
        let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        old.len() + 1 == new.len() && old[same..] == new[same + 1..]
    }

    #[test]
    fn every_list_of_the_shipped_base_finds_its_new_wording() {
        let mut files = shipped();
        let lists = lists(&files);
        for (i, (path, list)) in lists.iter().enumerate() {
            let before = files[path].clone();
            let mut file = OpenFile::read(path, before.clone()).unwrap();
            assert_eq!(file.add(list, &format!("ordet nr {i}.")), Some(true));
            let after = file.close();
            assert!(one_line_more(&before, &after), "{path} {list:?}");
            files.insert(path.clone(), after);
        }
        let knowledge = Knowledge::load(&files).knowledge.unwrap();
        let mut found = Vec::new();
        for language in Language::ALL {
            for text in knowledge
                .entries()
                .iter()
                .filter_map(|e| e.texts.get(language))
            {
                found.extend(text.questions.last());
                found.extend(text.responsible_for.last());
            }
            found.extend(
                knowledge
                    .elsewhere()
                    .iter()
                    .filter_map(|b| b.about(language).last()),
            );
        }
        found.sort();
        let mut expected: Vec<_> = (0..lists.len()).map(|i| format!("ordet nr {i}.")).collect();
        expected.sort();
        assert_eq!(found, expected.iter().collect::<Vec<_>>());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_wording_is_one_line_more_and_reads_as_it_was(
            wordings in prop::collection::vec("\\PC{1,40}|[\"'\\\\#,\\[\\]+]{1,6}", 1..4),
            place in any::<Index>(),
        ) {
            static SHIPPED: std::sync::LazyLock<(Files, Vec<(String, ListName)>)> =
                std::sync::LazyLock::new(|| {
                    let files = shipped();
                    let lists = lists(&files);
                    (files, lists)
                });
            let (path, list) = place.get(&SHIPPED.1);
            let mut text = SHIPPED.0[path].clone();
            for wording in wordings {
                let mut file = OpenFile::read(path, text.clone()).unwrap();
                let new = file.add(list, &wording).unwrap();
                let after = file.close();
                prop_assert_eq!(new, one_line_more(&text, &after));
                prop_assert_eq!(!new, text == after);
                if new {
                    let file = OpenFile::read(path, after.clone()).unwrap();
                    let array = file.table(list).and_then(|t| t.get(list.key)?.as_array()).unwrap();
                    let last = array.iter().last().and_then(Value::as_str).unwrap();
                    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                    prop_assert_eq!(words(last), words(&wording));
                }
                text = after;
            }
        }
    }
}
