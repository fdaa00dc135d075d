//! Changes come over the files, one after the other: each sees what those before it have made.

use std::collections::BTreeMap;

use super::list::{ListName, OpenFile};
use super::{Change, Files, Laid, Laying, Place, first_language, hash, is_of, path_of};
use crate::knowledge::entry::{EntryId, EntryKind};
use crate::knowledge::language::Language;

/// Lays changes over the files of a base, in their order. Each sees the base with those before it.
///
/// A file is read once for all wordings that come to it, so hundreds of changes take milliseconds.
pub fn lay(files: &Files, changes: &[Change]) -> Laid {
    let mut layer = Layer::over(files.clone());
    let reached = reached(files, changes);
    let mut outcomes = Vec::with_capacity(changes.len());
    for (number, change) in changes.iter().enumerate() {
        let is_reached = |path: &str| reached.get(path).is_some_and(|last| number <= *last);
        outcomes.push(match change {
            Change::Entry {
                entry,
                files,
                made_on,
            } => layer.lay_entry(entry, files, made_on, is_reached),
            Change::Wording {
                place,
                language,
                wording,
            } => layer.lay_wording(place, *language, wording, is_reached),
        });
    }
    Laid {
        files: layer.close(),
        outcomes,
    }
}

/// The last change that each file has been brought up to already, for files that a change holds as a whole.
///
/// A base may have taken over several changes at once: it then equals none of them but the last, and without this the
/// earlier ones would be conflicts.
fn reached<'a>(files: &Files, changes: &'a [Change]) -> BTreeMap<&'a str, usize> {
    let wholes = changes.iter().filter_map(|change| match change {
        Change::Entry { files, .. } => Some(files.keys()),
        Change::Wording { .. } => None,
    });
    let first = first_language(files);
    let mut reached = BTreeMap::new();
    for path in wholes.flatten() {
        if !reached.contains_key(path.as_str())
            && let Some(text) = files.get(path)
            && let Some(last) = last_to_give(text, path, first, changes)
        {
            reached.insert(path.as_str(), last);
        }
    }
    reached
}

/// The last change that brings the file to this text, when each is laid over the one before it.
fn last_to_give(text: &str, path: &str, first: Language, changes: &[Change]) -> Option<usize> {
    let mut state: Option<Layer> = None;
    let mut last = None;
    for (number, change) in changes.iter().enumerate() {
        match change {
            Change::Entry { files, .. } => {
                let Some(new) = files.get(path) else { continue };
                state = Some(Layer {
                    first,
                    files: Files::from([(path.to_owned(), new.clone())]),
                    open: BTreeMap::new(),
                });
            }
            Change::Wording {
                place,
                language,
                wording,
            } => {
                let Some(layer) = state.as_mut() else {
                    continue;
                };
                if layer.lay_wording(place, *language, wording, |_| false) != Laying::Laid {
                    continue;
                }
                layer.close_file(path);
            }
        }
        let now = state.as_ref().and_then(|layer| layer.files.get(path));
        if now.is_some_and(|now| now == text) {
            last = Some(number);
        }
    }
    last
}

/// The files as far as changes have been laid over them.
struct Layer {
    first: Language,
    files: Files,
    /// Files that wordings come to, by path; their text in `files` is that from before.
    open: BTreeMap<String, OpenFile>,
}

impl Layer {
    fn over(files: Files) -> Layer {
        Layer {
            first: first_language(&files),
            files,
            open: BTreeMap::new(),
        }
    }

    /// All files of the change or none: half an entry would be wrong in one language.
    fn lay_entry(
        &mut self,
        entry: &EntryId,
        files: &BTreeMap<String, String>,
        made_on: &BTreeMap<String, String>,
        is_reached: impl Fn(&str) -> bool,
    ) -> Laying {
        let mut new = Vec::new();
        for (path, text) in files {
            if !is_of(path, entry, self.first) {
                return Laying::Lost;
            }
            self.close_file(path);
            let now = self.files.get(path);
            if is_reached(path) || now == Some(text) {
                continue;
            }
            match (now, made_on.get(path)) {
                (None, None) => {}
                (Some(now), Some(seen)) if hash(now) == *seen => {}
                (None, Some(_)) => return Laying::Lost,
                (Some(_), _) => return Laying::Conflict { path: path.clone() },
            }
            new.push((path.clone(), text.clone()));
        }
        if new.is_empty() {
            return Laying::Merged;
        }
        self.files.extend(new);
        Laying::Laid
    }

    fn lay_wording(
        &mut self,
        place: &Place,
        language: Language,
        wording: &str,
        is_reached: impl Fn(&str) -> bool,
    ) -> Laying {
        let Some((path, list)) = self.list_of(place, language) else {
            return Laying::Lost;
        };
        if is_reached(&path) {
            return Laying::Merged;
        }
        match self.open_file(path).and_then(|f| f.add(&list, wording)) {
            Some(true) => Laying::Laid,
            Some(false) => Laying::Merged,
            None => Laying::Lost,
        }
    }

    /// The file and the list in it where wordings stand that lead to a place; `None` when it cannot have any.
    fn list_of(&self, place: &Place, language: Language) -> Option<(String, ListName)> {
        let of = |entry, key| {
            let path = path_of(&self.files, self.first, entry, language);
            (path, ListName { body: None, key })
        };
        match place {
            Place::Entry(entry) => Some(of(entry, "questions")),
            Place::Office(office) => {
                (office.kind() == EntryKind::Offices).then(|| of(office, "responsible_for"))
            }
            Place::Elsewhere(body) => {
                let list = ListName {
                    body: Some(body.clone()),
                    key: match language {
                        Language::Swedish => "about_sv",
                        Language::English => "about_en",
                    },
                };
                Some(("elsewhere.toml".to_owned(), list))
            }
        }
    }

    /// The file to add to; `None` when it is not there or cannot be read.
    fn open_file(&mut self, path: String) -> Option<&mut OpenFile> {
        if !self.open.contains_key(&path) {
            let file = OpenFile::read(&path, self.files.get(&path)?.clone())?;
            self.open.insert(path.clone(), file);
        }
        self.open.get_mut(&path)
    }

    fn close_file(&mut self, path: &str) {
        if let Some((path, file)) = self.open.remove_entry(path) {
            self.files.insert(path, file.close());
        }
    }

    fn close(mut self) -> Files {
        for (path, file) in std::mem::take(&mut self.open) {
            self.files.insert(path, file.close());
        }
        self.files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Knowledge;
    use crate::knowledge::overlay::tests::{id, shipped};

    const MAIN: &str = "guides/a.md";

    /// A base of a town, an office, a guide and a body.
    fn base() -> Files {
        let files = [
            (
                "municipality.toml",
                "name = \"A\"\nlanguages = [\"sv\", \"en\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n",
            ),
            ("offices/desk.md", "+++\ntitle = \"Desk\"\n+++\nDesk.\n"),
            (MAIN, "+++\ntitle = \"A\"\n+++\nA.\n"),
            ("elsewhere.toml", "[[elsewhere]]\nname_sv = \"Polisen\"\n"),
        ];
        files.map(|(p, t)| (p.to_owned(), t.to_owned())).into()
    }

    fn guide(text: &str) -> BTreeMap<String, String> {
        let text = format!("+++\ntitle = \"A\"\n+++\n{text}\n");
        BTreeMap::from([(MAIN.to_owned(), text)])
    }

    fn wording(place: Place, wording: &str) -> Change {
        Change::Wording {
            place,
            language: Language::Swedish,
            wording: wording.to_owned(),
        }
    }

    fn question(text: &str) -> Change {
        wording(Place::Entry(id("guides/a")), text)
    }

    fn outcomes(files: &Files, changes: &[Change]) -> Vec<Laying> {
        lay(files, changes).outcomes
    }

    fn conflict() -> Laying {
        Laying::Conflict {
            path: MAIN.to_owned(),
        }
    }

    #[test]
    fn wordings_come_to_their_lists() {
        let changes = [
            question("Hur då?"),
            question(" hur  DÅ? "),
            wording(Place::Office(id("offices/desk")), "allt"),
            wording(Place::Elsewhere("Polisen".to_owned()), "pass"),
        ];
        let laid = lay(&base(), &changes);
        use Laying::{Laid, Merged};
        assert_eq!(laid.outcomes, [Laid, Merged, Laid, Laid]);
        let changed = laid.changed(&base());
        assert_eq!(changed.len(), 3);
        assert_eq!(
            changed[MAIN],
            "+++\ntitle = \"A\"\nquestions = [\n  \"Hur då?\",\n]\n+++\nA.\n"
        );
        assert!(changed["offices/desk.md"].contains("responsible_for = [\n  \"allt\",\n]\n"));
        assert!(changed["elsewhere.toml"].contains("about_sv = [\n  \"pass\",\n]\n"));
        let again = lay(&laid.files, &changes);
        assert_eq!(again.outcomes, [Merged, Merged, Merged, Merged]);
        assert_eq!(again.files, laid.files);
    }

    #[test]
    fn what_is_not_there_is_lost() {
        let mut english = question("What?");
        if let Change::Wording { language, .. } = &mut english {
            *language = Language::English;
        }
        let gone = Change::Entry {
            entry: id("guides/b"),
            files: BTreeMap::from([("guides/b.md".to_owned(), "B".to_owned())]),
            made_on: BTreeMap::from([("guides/b.md".to_owned(), hash("C"))]),
        };
        let stray = Change::of_entry(id("guides/b"), guide("Ett."), &base());
        let lost = [
            wording(Place::Entry(id("guides/b")), "x"),
            wording(Place::Office(id("guides/a")), "x"),
            wording(Place::Elsewhere("Tullen".to_owned()), "x"),
            english,
            gone,
            stray,
        ];
        let laid = lay(&base(), &lost);
        assert_eq!(laid.outcomes, vec![Laying::Lost; lost.len()]);
        assert_eq!(laid.files, base());
    }

    #[test]
    fn later_changes_see_earlier_ones() {
        let new = |text: &str, seen: &Files| {
            let path = "guides/b.md".to_owned();
            let text = format!("+++\ntitle = \"B\"\n+++\n{text}\n");
            Change::of_entry(id("guides/b"), BTreeMap::from([(path, text)]), seen)
        };
        let mut changes = vec![new("Ett.", &base())];
        changes.push(wording(Place::Entry(id("guides/b")), "x"));
        let seen = lay(&base(), &changes).files;
        changes.push(new("Två.", &seen));
        changes.push(wording(Place::Entry(id("guides/b")), "y"));
        let laid = lay(&base(), &changes);
        assert_eq!(laid.outcomes, vec![Laying::Laid; 4]);
        assert_eq!(
            laid.files["guides/b.md"],
            "+++\ntitle = \"B\"\nquestions = [\n  \"y\",\n]\n+++\nTvå.\n"
        );
        // Whatever of it the base has taken over is merged, and the rest comes to the same end.
        for taken in 1..=4 {
            let files = lay(&base(), &changes[..taken]).files;
            let rest = lay(&files, &changes);
            let expected = [vec![Laying::Merged; taken], vec![Laying::Laid; 4 - taken]];
            assert_eq!(rest.outcomes, expected.concat());
            assert_eq!(rest.files, laid.files);
        }
    }

    #[test]
    fn a_file_that_has_changed_wins() {
        let change = Change::of_entry(id("guides/a"), guide("Ny."), &base());
        let mut files = base();
        files.extend(guide("Annan."));
        let changes = [change, question("x")];
        let laid = lay(&files, &changes);
        assert_eq!(laid.outcomes, [conflict(), Laying::Laid]);
        assert!(laid.files[MAIN].ends_with("Annan.\n"));
        // A new entry, where git has come to have another of the same name.
        let new = Change::of_entry(id("guides/a"), guide("Ny."), &Files::new());
        assert_eq!(outcomes(&files, std::slice::from_ref(&new)), [conflict()]);
        files.extend(guide("Ny."));
        assert_eq!(outcomes(&files, &[new]), [Laying::Merged]);
    }

    #[test]
    fn half_an_entry_is_never_laid() {
        let mut both = guide("Ny.");
        both.insert("guides/a.en.md".to_owned(), "+++\n+++\nNew.\n".to_owned());
        let change = Change::of_entry(id("guides/a"), both, &base());
        let mut files = base();
        files.extend(guide("Annan."));
        let laid = lay(&files, std::slice::from_ref(&change));
        assert_eq!(laid.outcomes, [conflict()]);
        assert_eq!(laid.files, files);
        let laid = lay(&base(), &[change]);
        assert_eq!(laid.changed(&base()).len(), 2);
    }

    #[test]
    fn hundreds_of_changes_are_laid_over_the_shipped_base() {
        let base = shipped();
        let knowledge = Knowledge::load(&base).knowledge.unwrap();
        let bodies = knowledge.elsewhere().iter().map(|b| b.name_sv.clone());
        let entries = knowledge.entries().iter().map(|e| e.id.clone());
        let places = bodies
            .map(Place::Elsewhere)
            .chain(entries.map(Place::Entry));
        let changes: Vec<Change> = places
            .enumerate()
            .map(|(i, place)| wording(place, &format!("det nya ordet {i}")))
            .collect();
        let laid = lay(&base, &changes);
        assert!(changes.len() > 100);
        assert!(laid.outcomes.iter().all(|o| *o == Laying::Laid));
        assert_eq!(
            Knowledge::load(&laid.files).problems,
            Knowledge::load(&base).problems
        );
    }
}
