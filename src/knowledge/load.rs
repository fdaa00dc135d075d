//! The files of a folder become a base.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::clarification::Clarification;
use super::crisis::{CrisisExamples, CrisisRules};
use super::entry::{Entry, EntryId, EntryKind, Text};
use super::language::{Language, Localized};
use super::municipality::{Elsewhere, Foreign, Municipality, SmallTalk};
use super::parse::{ParsedFile, parse_entry, parse_toml};
use super::path_texts::PathTexts;
use super::phrases::Phrases;
use super::problem::{Problem, Severity};
use super::{Files, Knowledge, Loaded};

/// The sentences, words and small talk of the shipped base speak of no municipality, so a base without its own has these.
const DEFAULT_PHRASES: [&str; 2] = [
    include_str!("../../knowledge/phrases.sv.toml"),
    include_str!("../../knowledge/phrases.en.toml"),
];
const DEFAULT_PATHS: [&str; 2] = [
    include_str!("../../knowledge/paths.sv.toml"),
    include_str!("../../knowledge/paths.en.toml"),
];
const DEFAULT_WORDS: &str = include_str!("../../knowledge/words.toml");
const DEFAULT_SMALL_TALK: &str = include_str!("../../knowledge/smalltalk.toml");
const DEFAULT_FOREIGN: &str = include_str!("../../knowledge/foreign.toml");

#[derive(Deserialize, Default)]
struct ElsewhereFile {
    #[serde(default)]
    elsewhere: Vec<Elsewhere>,
}

#[derive(Deserialize, Default)]
struct SmallTalkFile {
    #[serde(default)]
    smalltalk: Vec<SmallTalk>,
}

#[derive(Deserialize, Default)]
struct ClarificationFile {
    #[serde(default)]
    clarification: Vec<Clarification>,
}

#[derive(Deserialize, Default)]
struct ForeignFile {
    #[serde(default)]
    language: Vec<Foreign>,
}

/// The built-in sentences of a language.
pub(super) fn default_phrases(language: Language) -> &'static Phrases {
    static DEFAULTS: LazyLock<[Phrases; 2]> = LazyLock::new(|| {
        Language::ALL.map(|language| {
            default_phrases_table(language)
                .try_into()
                .expect("the built-in phrases are complete, a test reads them")
        })
    });
    &DEFAULTS[language as usize]
}

/// The built-in sentences of a language as they stand in their file.
pub(super) fn default_phrases_table(language: Language) -> toml::Table {
    toml::from_str(DEFAULT_PHRASES[language as usize]).unwrap_or_default()
}

/// The built-in sentences of the guided ways in.
pub(super) fn default_path_texts(language: Language) -> &'static PathTexts {
    static DEFAULTS: LazyLock<[PathTexts; 2]> = LazyLock::new(|| {
        Language::ALL.map(|language| {
            let table: toml::Table =
                toml::from_str(DEFAULT_PATHS[language as usize]).unwrap_or_default();
            table
                .try_into()
                .expect("the built-in sentences are complete, a test reads them")
        })
    });
    &DEFAULTS[language as usize]
}

pub(super) fn load(files: &Files) -> Loaded {
    let mut problems = Vec::new();
    let knowledge = read(files, &mut problems);
    problems.sort_by(|a, b| (&a.path, a.line, a.rule).cmp(&(&b.path, b.line, b.rule)));
    Loaded {
        knowledge,
        problems,
    }
}

fn read(files: &Files, problems: &mut Vec<Problem>) -> Option<Knowledge> {
    let Some(text) = files.get("municipality.toml") else {
        problems.push(Problem::error(
            "municipality.toml",
            1,
            "no-municipality",
            "there is no municipality.toml, so nothing says whose base this is",
            "run `lots init FOLDER` for a small base to start from",
        ));
        return None;
    };
    let municipality: Municipality = parse_toml("municipality.toml", text, 0, problems)?;
    // The entries are about half of the work.
    let (entries, of_entries, rest) = std::thread::scope(|threads| {
        let reading = || {
            let mut problems = Vec::new();
            let entries = read_entries(files, &municipality, &mut problems);
            (entries, problems)
        };
        let thread = threads.spawn(reading);
        let rest = read_rest(files, municipality.clone(), problems);
        // A thread that could not finish is tried once more here, where a fault is reported as usual.
        let (entries, of_entries) = thread.join().unwrap_or_else(|_| reading());
        (entries, of_entries, rest)
    });
    problems.extend(of_entries);
    if entries.is_empty() {
        problems.push(Problem::error(
            "municipality.toml",
            1,
            "no-entries",
            "the base has no entry that can be read",
            "put Markdown files into folders such as `guides` and `offices`",
        ));
        return None;
    }
    let by_id = entries
        .iter()
        .enumerate()
        .map(|(i, e)| (e.id.clone(), i))
        .collect();
    Some(Knowledge {
        entries,
        by_id,
        ..rest
    })
}

/// All of a base but its entries.
fn read_rest(files: &Files, municipality: Municipality, problems: &mut Vec<Problem>) -> Knowledge {
    let mut phrases = Localized::default();
    let mut path_texts = Localized::default();
    for language in Language::ALL {
        phrases.set(language, read_phrases(files, language, problems));
        path_texts.set(language, read_path_texts(files, language, problems));
    }
    Knowledge {
        municipality,
        entries: Vec::new(),
        by_id: HashMap::new(),
        phrases,
        path_texts,
        words: read_or(files, "words.toml", DEFAULT_WORDS, problems),
        crisis: read_or::<CrisisRules>(files, "crisis.toml", "", problems),
        crisis_examples: read_or::<CrisisExamples>(files, "crisis_examples.toml", "", problems),
        elsewhere: read_or::<ElsewhereFile>(files, "elsewhere.toml", "", problems).elsewhere,
        small_talk: read_or::<SmallTalkFile>(files, "smalltalk.toml", DEFAULT_SMALL_TALK, problems)
            .smalltalk,
        clarifications: read_or::<ClarificationFile>(files, "clarifications.toml", "", problems)
            .clarification,
        foreign: read_or::<ForeignFile>(files, "foreign.toml", DEFAULT_FOREIGN, problems).language,
    }
}

/// A file of the base, or what stands in for it when it is missing or unreadable.
fn read_or<T: DeserializeOwned + Default>(
    files: &Files,
    path: &str,
    fallback: &str,
    problems: &mut Vec<Problem>,
) -> T {
    files
        .get(path)
        .and_then(|text| parse_toml(path, text, 0, problems))
        .unwrap_or_else(|| toml::from_str(fallback).unwrap_or_default())
}

/// The phrases of a language: the base's own over the built-in ones.
fn read_phrases(files: &Files, language: Language, problems: &mut Vec<Problem>) -> Phrases {
    let path = format!("phrases.{language}.toml");
    read_over(files, &path, default_phrases_table(language), problems)
        .try_into()
        .unwrap_or_else(|_| default_phrases(language).clone())
}

/// The sentences of the guided ways in: the base's own over the built-in ones.
fn read_path_texts(files: &Files, language: Language, problems: &mut Vec<Problem>) -> PathTexts {
    let path = format!("paths.{language}.toml");
    if !files.contains_key(&path) {
        return default_path_texts(language).clone();
    }
    let built_in = toml::from_str(DEFAULT_PATHS[language as usize]).unwrap_or_default();
    read_over(files, &path, built_in, problems)
        .try_into()
        .unwrap_or_else(|_| default_path_texts(language).clone())
}

/// A table of a base put over the built-in one.
fn read_over(
    files: &Files,
    path: &str,
    mut table: toml::Table,
    problems: &mut Vec<Problem>,
) -> toml::Table {
    if let Some(text) = files.get(path) {
        let own: Option<toml::Table> = parse_toml(path, text, 0, problems);
        for key in put_over(&mut table, own.unwrap_or_default()) {
            problems.push(Problem::error(
                path,
                super::problem::line_of(text, &key),
                "unknown-key",
                format!("`{key}` is not a phrase of lots, or not of the right type"),
                "take it away, or compare with the built-in file of the same name",
            ));
        }
    }
    table
}

/// Puts a base's own phrases over the built-in ones, table by table; the keys that are none of them.
fn put_over(built_in: &mut toml::Table, own: toml::Table) -> Vec<String> {
    let mut unknown = Vec::new();
    for (key, value) in own {
        match (built_in.get_mut(&key), value) {
            (Some(toml::Value::Table(known)), toml::Value::Table(value)) => {
                unknown.extend(put_over(known, value));
            }
            (Some(known), value) if known.same_type(&value) => *known = value,
            (Some(_) | None, _) => unknown.push(key),
        }
    }
    unknown
}

fn read_entries(
    files: &Files,
    municipality: &Municipality,
    problems: &mut Vec<Problem>,
) -> Vec<Entry> {
    let mut parsed: BTreeMap<EntryId, BTreeMap<Language, (String, ParsedFile)>> = BTreeMap::new();
    for (path, text) in files.iter().filter(|(p, _)| p.ends_with(".md")) {
        let Some((id, language)) = name_of(path, municipality.default_language, problems) else {
            continue;
        };
        if let Some(file) = parse_entry(path, text, language, problems) {
            parsed
                .entry(id)
                .or_default()
                .insert(language, (path.clone(), file));
        }
    }
    let mut entries = Vec::new();
    for (id, mut languages) in parsed {
        let Some((path, main)) = languages.remove(&municipality.default_language) else {
            for (path, _) in languages.values() {
                problems.push(Problem::error(
                    path,
                    1,
                    "translation-of-nothing",
                    format!(
                        "this translates `{id}`, which has no file in the base's first language"
                    ),
                    format!("write {id}.md, or take this file away"),
                ));
            }
            continue;
        };
        let mut texts = Localized::default();
        for (language, (path, file)) in languages {
            facts_in_translation(
                &path,
                &file,
                files.get(&path).map_or("", String::as_str),
                problems,
            );
            texts.set(language, text_of(path, file).1);
        }
        let (front, text) = text_of(path, main);
        texts.set(municipality.default_language, text);
        entries.push(Entry {
            office: front
                .office
                .or_else(|| (id.kind() == EntryKind::Offices).then(|| id.clone())),
            organization: front.organization,
            contact: front.contact,
            standing: front.standing,
            replaced_by: front.replaced_by,
            reviewed: front.reviewed,
            reviewed_by: front.reviewed_by,
            review_by: front.review_by,
            see_also: front.see_also,
            not_to_confuse_with: front.not_to_confuse_with,
            sources: front.sources,
            ages: front.ages,
            instead: front.instead,
            terms: front.grant.or(front.award),
            fits: front.fits,
            reach: front.reach,
            texts,
            id,
        });
    }
    entries
}

/// The id and language that a path names: `grants/a.md`, `grants/a.en.md`.
pub(super) fn name_of(
    path: &str,
    default: Language,
    problems: &mut Vec<Problem>,
) -> Option<(EntryId, Language)> {
    let stem = path.strip_suffix(".md")?;
    // A file beside the folders, such as a README, is not an entry.
    stem.contains('/').then_some(())?;
    let (stem, language) = match stem.rsplit_once('.') {
        Some((rest, code)) => match Language::from_code(code) {
            Some(language) => (rest, language),
            None => {
                problems.push(Problem::error(
                    path,
                    1,
                    "unknown-language",
                    format!("`.{code}` is not a language that lots knows"),
                    "name translations NAME.sv.md or NAME.en.md",
                ));
                return None;
            }
        },
        None => (stem, default),
    };
    match EntryId::parse(stem) {
        Ok(id) => Some((id, language)),
        Err(reason) => {
            let folders = EntryKind::ALL.map(EntryKind::folder).join(", ");
            problems.push(Problem::error(
                path,
                1,
                "bad-name",
                reason,
                format!("move or rename the file; the folders are {folders}"),
            ));
            None
        }
    }
}

fn text_of(path: String, file: ParsedFile) -> (super::front_matter::FrontMatter, Text) {
    let mut front = file.front;
    let text = Text {
        path,
        title: std::mem::take(&mut front.title),
        also_called: std::mem::take(&mut front.also_called),
        questions: std::mem::take(&mut front.questions),
        responsible_for: std::mem::take(&mut front.responsible_for),
        summary: file.summary,
        sections: file.sections,
    };
    (front, text)
}

/// Facts stand once, in the first language: in a translation they would drift apart unseen.
fn facts_in_translation(path: &str, file: &ParsedFile, source: &str, problems: &mut Vec<Problem>) {
    let f = &file.front;
    let stray = [
        ("office", f.office.is_some()),
        ("contact", f.contact.is_some()),
        ("sources", !f.sources.is_empty()),
        ("reviewed", f.reviewed.is_some()),
        ("review_by", f.review_by.is_some()),
        ("grant", f.grant.is_some()),
        ("award", f.award.is_some()),
        ("fits", f.fits.is_some()),
        ("reach", f.reach.is_some()),
    ];
    for (key, _) in stray.into_iter().filter(|(_, there)| *there) {
        problems.push(Problem {
            severity: Severity::Error,
            ..Problem::warning(
                path,
                super::problem::line_of(source, key),
                "fact-in-translation",
                format!("`{key}` stands in a translation, where it is not read"),
                "keep it in the file of the first language only",
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_phrases_are_complete() {
        for language in Language::ALL {
            assert_eq!(default_phrases(language).months.len(), 12);
        }
    }

    #[test]
    fn a_base_may_be_minimal() {
        let files = Files::from([
            ("municipality.toml".into(), "name = \"A\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n".into()),
            ("offices/desk.md".into(), "+++\ntitle = \"Desk\"\n+++\nDesk.\n".into()),
            ("guides/x.md".into(), "+++\ntitle = \"X\"\noffice = \"offices/desk\"\n+++\nX.\n".into()),
        ]);
        let loaded = Knowledge::load(&files);
        assert_eq!(loaded.problems, []);
        let knowledge = loaded.knowledge.unwrap();
        assert_eq!(knowledge.entries().len(), 2);
        assert_eq!(knowledge.way_in(Language::Swedish), "Desk");
    }
}
