//! What staff decide in a console, kept as changes that are laid over the files of the base.
//!
//! A change holds until the files say the same: it is exported, gone through in git, and then retires. Where the files
//! have gone another way in the meantime, the files win and the change waits for someone to look at it.

mod laying;
mod list;
mod reviewing;
mod writing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::entry::EntryId;
use super::language::Language;
use super::municipality::Municipality;
use super::problem::Problem;
use super::{Files, load};

pub use laying::lay;
pub use reviewing::Reviewed;
pub use writing::{Written, WrittenText};

/// What was decided in a console: a value to keep as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Change {
    /// An entry as a whole: new, or in place of the one in the files. [`Change::of_entry`] makes one.
    Entry {
        /// The entry.
        entry: EntryId,
        /// Its files, by path.
        files: BTreeMap<String, String>,
        /// The [`hash`] of each file that it was made on, by path; nothing for a file that is new.
        made_on: BTreeMap<String, String>,
    },
    /// A wording that leads somewhere from now on.
    Wording {
        /// Where it leads.
        place: Place,
        /// The language it is in.
        language: Language,
        /// The wording.
        wording: String,
    },
}

/// Where a wording leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// To an entry, as one of its example questions.
    Entry(EntryId),
    /// To an office, as one of its concerns.
    Office(EntryId),
    /// To a body outside the municipality, by its Swedish name in `elsewhere.toml`.
    Elsewhere(String),
}

/// A base with changes laid over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// The files of the base with the changes.
    pub files: Files,
    /// What became of each change, in their order.
    pub outcomes: Vec<Laying>,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Laying {
    /// It is laid over the files.
    Laid,
    /// The files, or an earlier change, say it already: the change can retire.
    Merged,
    /// A file has changed since the change was made on it, so the file wins and the change is not laid.
    Conflict {
        /// The file.
        path: String,
    },
    /// The entry, office or body is not there, not in this language, or cannot be read; the change is not laid.
    Lost,
}

impl Change {
    /// An entry's new files, made on those that were `seen`: the base with every change until then.
    pub fn of_entry(entry: EntryId, files: BTreeMap<String, String>, seen: &Files) -> Change {
        let made_on = |path: &String| Some((path.clone(), hash(seen.get(path)?)));
        Change::Entry {
            made_on: files.keys().filter_map(made_on).collect(),
            entry,
            files,
        }
    }
}

impl Laid {
    /// The files that are not as they are in the base: what an export writes.
    pub fn changed(&self, base: &Files) -> Files {
        let differs = |(path, text): &(&String, &String)| base.get(*path) != Some(*text);
        let changed = self.files.iter().filter(differs);
        changed.map(|(p, t)| (p.clone(), t.clone())).collect()
    }
}

/// The SHA-256 of a text, in hexadecimal digits.
pub fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}

/// The problems that lie in one of these files, such as those of a change.
pub fn problems_of<'a>(
    problems: &'a [Problem],
    files: &BTreeMap<String, String>,
) -> Vec<&'a Problem> {
    let inside = |p: &&Problem| files.contains_key(&p.path);
    problems.iter().filter(inside).collect()
}

/// The language of files without a language in their name.
fn first_language(files: &Files) -> Language {
    let municipality = files.get("municipality.toml");
    municipality
        .and_then(|text| toml::from_str::<Municipality>(text).ok())
        .map_or(Language::Swedish, |m| m.default_language)
}

/// The path of an entry's file in a language: of the one that there is, or of a new one.
fn path_of(files: &Files, first: Language, entry: &EntryId, language: Language) -> String {
    let named = format!("{entry}.{language}.md");
    if language != first || files.contains_key(&named) {
        named
    } else {
        format!("{entry}.md")
    }
}

/// Whether a path is that of a file of this entry.
fn is_of(path: &str, entry: &EntryId, first: Language) -> bool {
    load::name_of(path, first, &mut Vec::new()).is_some_and(|(id, _)| id == *entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files of the shipped base.
    pub(super) fn shipped() -> Files {
        fn read(folder: &std::path::Path, under: &str, files: &mut Files) {
            for item in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                let name = format!("{under}{}", item.file_name().to_string_lossy());
                if item.path().is_dir() {
                    read(&item.path(), &format!("{name}/"), files);
                } else {
                    files.insert(name, std::fs::read_to_string(item.path()).unwrap());
                }
            }
        }
        let mut files = Files::new();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");
        read(folder.as_ref(), "", &mut files);
        files
    }

    pub(super) fn id(text: &str) -> EntryId {
        EntryId::parse(text).unwrap()
    }

    #[test]
    fn changes_are_kept_as_json_that_stays_readable() {
        let texts = |text: &str| BTreeMap::from([("guides/a.md".to_owned(), text.to_owned())]);
        let entry = Change::Entry {
            entry: id("guides/a"),
            files: texts("A"),
            made_on: texts("6dcd"),
        };
        let wording = |place| Change::Wording {
            place,
            language: Language::English,
            wording: "hi".to_owned(),
        };
        let kept = [
            (
                entry,
                r#"{"kind":"entry","entry":"guides/a","files":{"guides/a.md":"A"},"made_on":{"guides/a.md":"6dcd"}}"#,
            ),
            (
                wording(Place::Entry(id("guides/a"))),
                r#"{"kind":"wording","place":{"entry":"guides/a"},"language":"en","wording":"hi"}"#,
            ),
            (
                wording(Place::Office(id("offices/a"))),
                r#"{"kind":"wording","place":{"office":"offices/a"},"language":"en","wording":"hi"}"#,
            ),
            (
                wording(Place::Elsewhere("Polisen".to_owned())),
                r#"{"kind":"wording","place":{"elsewhere":"Polisen"},"language":"en","wording":"hi"}"#,
            ),
        ];
        for (change, json) in kept {
            assert_eq!(serde_json::to_string(&change).unwrap(), json);
            assert_eq!(serde_json::from_str::<Change>(json).unwrap(), change);
        }
    }

    #[test]
    fn a_hash_is_that_of_other_tools() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hash("abc"), abc);
    }

    #[test]
    fn problems_are_those_of_the_files() {
        let problems = ["a.md", "b.md"].map(|p| Problem::error(p, 1, "unreadable", "", ""));
        let files = BTreeMap::from([("b.md".to_owned(), String::new())]);
        assert_eq!(problems_of(&problems, &files), [&problems[1]]);
    }
}
