//! The strict rules of what an entry fits, by which the guided ways in choose, and of where they are offered.

use std::collections::BTreeSet;

use super::{At, Check, quoted};
use crate::knowledge::Knowledge;
use crate::knowledge::entry::{Entry, EntryKind};
use crate::knowledge::fits::{Audience, Fits, Influence, Interest, PathName, Purpose, Scope};
use crate::knowledge::municipality::Municipality;

impl Check<'_> {
    pub(super) fn fits(&mut self, entry: &Entry, path: &str, municipality: &Municipality) {
        let kind = entry.id.kind();
        let Some(fits) = &entry.fits else {
            return self.no_fits(kind, path);
        };
        for facet in demanded(kind, fits).into_iter().filter(|f| f.is_empty) {
            self.error(
                self.at(path, "", "[fits]"),
                "no-facet",
                format!(
                    "`[fits]` says nothing in `{}`, so no guided way in leads here",
                    facet.key
                ),
                format!("add `{}` with some of {}", facet.key, facet.codes),
            );
        }
        let of_terms = [
            ("purposes", fits.purposes.is_empty()),
            ("scopes", fits.scopes.is_empty()),
            ("documents", fits.documents.is_empty()),
        ];
        for (key, _) in of_terms.into_iter().filter(|(_, empty)| !empty) {
            if entry.terms.is_none() {
                self.error(
                    self.at(path, key, ""),
                    "facet-without-terms",
                    format!("`{key}` is about money, and the entry has no `[grant]` or `[award]`"),
                    "take it away, or add the terms",
                );
            }
        }
        self.values_twice(fits, path);
        for code in &fits.parts {
            if municipality.parts.iter().all(|part| part.code != *code) {
                self.error(
                    self.at(path, "parts", &quoted(code)),
                    "unknown-part",
                    format!("`{code}` is no part of the municipality, so nobody finds it there"),
                    "name the code of a `[[part]]` in municipality.toml, or add that part",
                );
            }
        }
        for code in fits.languages.iter().filter(|code| !is_language(code)) {
            self.error(
                self.at(path, "languages", &quoted(code)),
                "unknown-language",
                format!("`{code}` is not the code of a language"),
                "write its BCP 47 code, such as `ar`, `so` or `zh-Hant`",
            );
        }
    }

    /// What a guided way in has to know of an entry is an error when it is missing; any other may go without.
    fn no_fits(&mut self, kind: EntryKind, path: &str) {
        let at = At { path, line: 1 };
        let rule = "no-fits";
        let reason = "the entry has no `[fits]`, so no guided way in leads to it";
        let lists: Vec<String> = demanded(kind, &Fits::default())
            .into_iter()
            .map(|facet| format!("`{}` (some of {})", facet.key, facet.codes))
            .collect();
        if lists.is_empty() {
            let mend = "add `[fits]` last in the facts, empty when there is nothing to say";
            self.warning(at, rule, reason, mend);
        } else {
            let lists = lists.join(", ");
            let mend = format!("add `[fits]` last in the facts, with {lists}");
            self.error(at, rule, reason, mend);
        }
    }

    fn values_twice(&mut self, fits: &Fits, path: &str) {
        let lists = toml::Table::try_from(fits).unwrap_or_default();
        for (key, list) in &lists {
            let values = list.as_array().map_or(&[] as &[toml::Value], Vec::as_slice);
            for (i, value) in values.iter().enumerate() {
                if values[..i].contains(value) {
                    self.error(
                        self.at(path, key, &value.to_string()),
                        "value-twice",
                        format!("{value} stands twice in `{key}`"),
                        "write it once",
                    );
                }
            }
        }
    }

    /// The parts of the municipality, and `[paths]`.
    pub(super) fn paths(&mut self, knowledge: &Knowledge) {
        let path = "municipality.toml";
        let municipality = knowledge.municipality();
        let mut seen = BTreeSet::new();
        for code in municipality.parts.iter().map(|part| part.code.as_str()) {
            let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            if code.is_empty() || !code.chars().all(allowed) {
                self.error(
                    self.at(path, "code", &quoted(code)),
                    "part-code",
                    format!("`{code}` may hold only a–z and 0–9, as it stands in buttons"),
                    "write it without spaces, hyphens, å, ä and ö",
                );
            } else if !seen.insert(code) {
                self.error(
                    self.at(path, "code", &quoted(code)),
                    "part-twice",
                    format!("two parts have the code `{code}`"),
                    "give each a code of its own, or make them one",
                );
            }
        }
        for code in municipality.parts.iter().filter_map(|p| p.within.as_ref()) {
            if !seen.contains(code.as_str()) {
                self.error(
                    self.at(path, "within", &quoted(code)),
                    "unknown-part",
                    format!("`{code}` is no part of the municipality"),
                    "add it as a [[part]], or mend the code",
                );
            }
        }
        if let Some(id) = &municipality.paths.ideas {
            self.id(|c| c.at(path, "ideas", &quoted(id)), "ideas", id, knowledge);
        }
        for (key, ids) in &municipality.paths.offered_with {
            if PathName::from_code(key).is_none() {
                self.error(
                    self.at(path, key, ""),
                    "unknown-path",
                    format!("`{key}` is no guided way in, so it is never offered"),
                    format!("name one of {}", codes(PathName::ALL, PathName::code)),
                );
            }
            for id in ids {
                self.id(|c| c.at(path, key, &quoted(id)), key, id, knowledge);
            }
        }
    }
}

/// A list of `[fits]` that a kind of entry cannot do without.
struct Demanded {
    key: &'static str,
    is_empty: bool,
    codes: String,
}

fn demanded(kind: EntryKind, fits: &Fits) -> Vec<Demanded> {
    let facet = |key, is_empty, codes| Demanded {
        key,
        is_empty,
        codes,
    };
    let audiences = || {
        let codes = codes(Audience::ALL, Audience::code);
        facet("audiences", fits.audiences.is_empty(), codes)
    };
    match kind {
        EntryKind::Grants | EntryKind::Awards => {
            let purposes = codes(Purpose::ALL, Purpose::code);
            let scopes = codes(Scope::ALL, Scope::code);
            vec![
                audiences(),
                facet("purposes", fits.purposes.is_empty(), purposes),
                facet("scopes", fits.scopes.is_empty(), scopes),
            ]
        }
        EntryKind::Activities | EntryKind::Networks | EntryKind::Associations => {
            let interests = codes(Interest::ALL, Interest::code);
            vec![
                audiences(),
                facet("interests", fits.interests.is_empty(), interests),
            ]
        }
        EntryKind::Councils => {
            let influence = codes(Influence::ALL, Influence::code);
            vec![facet("influence", fits.influence.is_empty(), influence)]
        }
        EntryKind::Offices | EntryKind::Contacts | EntryKind::Guides | EntryKind::Helplines => {
            Vec::new()
        }
    }
}

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> String {
    let codes: Vec<&str> = all.iter().map(|value| code(*value)).collect();
    codes.join(", ")
}

/// Whether a text has the form of a BCP 47 code: a language of two or three letters, then script, region and so on.
fn is_language(code: &str) -> bool {
    let mut subtags = code.split('-');
    let language = subtags.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}
