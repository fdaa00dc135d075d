//! An entry as a form gives it, and the files that it becomes.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Serialize;
use toml_edit::Document;
use unicode_normalization::UnicodeNormalization;

use super::list::{end_of_values, quoted};
use super::{first_language, path_of};
use crate::knowledge::Files;
use crate::knowledge::entry::{EntryId, Source, Standing};
use crate::knowledge::front_matter::FrontMatter;
use crate::knowledge::language::{Language, Localized};
use crate::knowledge::parse::{parse_entry, parse_toml, split};
use crate::knowledge::problem::{Problem, line_at, line_of};

/// An entry as it is written in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub entry: EntryId,
    /// The office that owns the question.
    pub office: Option<EntryId>,
    /// Who to talk to first.
    pub contact: Option<EntryId>,
    /// Whether it holds today.
    pub standing: Standing,
    /// When the text was last gone through.
    pub reviewed: Date,
    /// The role that went through it.
    pub reviewed_by: String,
    /// When it must be gone through again.
    pub review_by: Date,
    /// Where the facts come from.
    pub sources: Vec<Source>,
    /// Further front matter as TOML: what has no field here, such as `see_also` or a `[grant]` table.
    pub more: String,
    /// The words, per language.
    pub texts: Localized<WrittenText>,
}

/// The words of an entry in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenText {
    /// What the entry is called.
    pub title: String,
    /// Other names for it.
    pub also_called: Vec<String>,
    /// Questions that this entry answers, as people put them.
    pub questions: Vec<String>,
    /// What an office handles; empty for other kinds.
    pub responsible_for: Vec<String>,
    /// Markdown: the sentences that answer on their own, and sections under the headings of
    /// [`Facet::headings`](crate::knowledge::Facet::headings).
    pub body: String,
}

/// The keys that have a field of their own.
const FIELDS: [&str; 11] = [
    "title",
    "also_called",
    "questions",
    "responsible_for",
    "office",
    "contact",
    "standing",
    "reviewed",
    "reviewed_by",
    "review_by",
    "sources",
];

impl Written {
    /// The files that it becomes in a base, by path: one per language.
    ///
    /// Fails with the first thing to mend when the base's first language or a title is missing, `more` cannot be read
    /// or says what has a field of its own, or a text has a heading that is not in the list. The line of a problem of
    /// `more` counts from its own first line, that of any other from the top of the file.
    pub fn files(&self, base: &Files) -> Result<BTreeMap<String, String>, Problem> {
        let first = first_language(base);
        let main = path_of(base, first, &self.entry, first);
        if self.texts.get(first).is_none() {
            return Err(Problem::error(
                &main,
                1,
                "translation-of-nothing",
                format!("the entry has no text in `{first}`, the first language of the base"),
                "write it in that language too",
            ));
        }
        let more = Further::read(&main, &self.more)?;
        let mut files = BTreeMap::new();
        for (language, text) in self.texts.iter() {
            let path = path_of(base, first, &self.entry, language);
            let facts = (language == first).then_some(&more);
            let before = base.get(&path).and_then(|file| split(file));
            let front = Front::like(before.map_or("", |(front, _, _)| front));
            let file = self.file(front, text, facts);
            sound(&path, &file, language)?;
            files.insert(path, file);
        }
        Ok(files)
    }

    /// An entry of a base as it is written; `None` when it is not there, cannot be read, or was never gone through.
    ///
    /// What has no field stands in `more` with its comments. Of a translation only what means something is kept.
    pub fn read(base: &Files, entry: &EntryId) -> Option<Written> {
        let first = first_language(base);
        let mut texts = Localized::default();
        let mut facts = None;
        for language in Language::ALL {
            let Some(file) = base.get(&path_of(base, first, entry, language)) else {
                continue;
            };
            let (front, body, _) = split(file)?;
            let mut parsed: FrontMatter = parse_toml("", front, 0, &mut Vec::new())?;
            texts.set(language, WrittenText::take(&mut parsed, body));
            if language == first {
                facts = Some((parsed, front));
            }
        }
        let (facts, front) = facts?;
        let mut more = Document::parse(front).ok()?.into_mut();
        for key in FIELDS {
            more.remove(key);
        }
        Some(Written {
            entry: entry.clone(),
            office: facts.office,
            contact: facts.contact,
            standing: facts.standing,
            reviewed: facts.reviewed?,
            reviewed_by: facts.reviewed_by?,
            review_by: facts.review_by?,
            sources: facts.sources,
            more: more.to_string().trim().to_owned(),
            texts,
        })
    }

    /// A name to suggest for an entry with this title, for after the folder: `Stöd åt kören!` gives `stod-at-koren`.
    /// Empty when the title has no letter of the Latin alphabet and no digit.
    pub fn slug(title: &str) -> String {
        let plain: String = title
            .to_lowercase()
            .nfd()
            .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            .collect();
        plain
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    }

    /// The text of one file; the facts stand in that of the first language only.
    fn file(&self, mut front: Front, text: &WrittenText, facts: Option<&Further>) -> String {
        front.line("title", &quoted(&text.title));
        if !text.also_called.is_empty() {
            front.line("also_called", &one_line(&all_quoted(&text.also_called)));
        }
        if let Some(more) = facts {
            for (key, id) in [("office", &self.office), ("contact", &self.contact)] {
                if let Some(id) = id {
                    front.line(key, &quoted(id.as_str()));
                }
            }
            front.line("standing", &toml_of(&self.standing));
            front.line("reviewed", &self.reviewed.to_string());
            front.line("reviewed_by", &quoted(&self.reviewed_by));
            front.line("review_by", &self.review_by.to_string());
            front.text(&more.values);
            let sources: Vec<String> = self.sources.iter().map(toml_of).collect();
            front.list("sources", &sources);
        }
        front.list("questions", &all_quoted(&text.questions));
        front.list("responsible_for", &all_quoted(&text.responsible_for));
        if let Some(more) = facts.filter(|more| !more.tables.is_empty()) {
            front.toml.push('\n');
            front.text(&more.tables);
        }
        let body = unix_lines(&text.body);
        format!("+++\n{}+++\n{}\n", front.toml, body.trim())
    }
}

impl WrittenText {
    fn take(front: &mut FrontMatter, body: &str) -> WrittenText {
        WrittenText {
            title: std::mem::take(&mut front.title),
            also_called: std::mem::take(&mut front.also_called),
            questions: std::mem::take(&mut front.questions),
            responsible_for: std::mem::take(&mut front.responsible_for),
            body: unix_lines(body).trim().to_owned(),
        }
    }
}

/// The further front matter, in two parts: values must stand before the first table.
struct Further {
    values: String,
    tables: String,
}

impl Further {
    fn read(path: &str, more: &str) -> Result<Further, Problem> {
        let more = unix_lines(more);
        let document = Document::parse(more.as_str()).map_err(|e| {
            Problem::error(
                path,
                e.span().map_or(1, |at| line_at(&more, at.start)),
                "unreadable",
                format!(
                    "the further front matter cannot be read: {}",
                    e.message().lines().next().unwrap_or("not TOML")
                ),
                "correct the value; text stands in double quotes, a table begins with its name in brackets",
            )
        })?;
        if let Some(key) = FIELDS
            .iter()
            .find(|key| document.as_table().contains_key(key))
        {
            return Err(Problem::error(
                path,
                line_of(&more, key),
                "key-twice",
                format!("`{key}` stands in the further front matter, but has a field of its own"),
                "write it in its field and take it away here",
            ));
        }
        let (values, tables) = more.split_at(end_of_values(&more, document.as_table()));
        Ok(Further {
            values: values.trim().to_owned(),
            tables: tables.trim().to_owned(),
        })
    }
}

/// Front matter in the making.
struct Front<'a> {
    toml: String,
    /// The lines of the file before and their indentation, so that a mended entry differs only where it was mended.
    indents: HashMap<&'a str, &'a str>,
}

impl<'a> Front<'a> {
    /// Nothing yet, to look like the front matter from before.
    fn like(before: &'a str) -> Front<'a> {
        let parts = before.lines().map(|line| {
            let text = line.trim();
            (text, line.split_once(text).map_or("", |(indent, _)| indent))
        });
        Front {
            toml: String::new(),
            indents: parts.collect(),
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        self.text(&format!("{key} = {value}"));
    }

    /// A list, an item on each line, or as the file before has it; nothing when it is empty.
    fn list(&mut self, key: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let short = one_line(items);
        if self
            .indents
            .contains_key(format!("{key} = {short}").as_str())
        {
            return self.line(key, &short);
        }
        let lines: String = items
            .iter()
            .map(|item| {
                let line = format!("{item},");
                let indent = self.indents.get(line.as_str()).unwrap_or(&"  ");
                format!("{indent}{line}\n")
            })
            .collect();
        self.line(key, &format!("[\n{lines}]"));
    }

    /// TOML as it is, on lines of its own.
    fn text(&mut self, toml: &str) {
        if !toml.is_empty() {
            self.toml.push_str(toml);
            self.toml.push('\n');
        }
    }
}

/// A value as TOML on one line. All that is written here has a form in TOML; what had none would be missing, which the
/// reading of the finished file says.
fn toml_of(value: &impl Serialize) -> String {
    toml::Value::try_from(value).map_or_else(|_| String::new(), |v| v.to_string())
}

fn one_line(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

fn all_quoted(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| quoted(text)).collect()
}

/// A file that reads without a problem, or the first one.
fn sound(path: &str, file: &str, language: Language) -> Result<(), Problem> {
    let mut problems = Vec::new();
    let parsed = parse_entry(path, file, language, &mut problems);
    if parsed.is_some_and(|p| p.front.title.trim().is_empty()) {
        problems.push(Problem::error(
            path,
            2,
            "no-title",
            "the entry has no title, so nobody could tell what it is about",
            "write what people call it",
        ));
    }
    problems.into_iter().next().map_or(Ok(()), Err)
}

/// Forms send the line ends of Windows.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::knowledge::Knowledge;
    use crate::knowledge::overlay::tests::{id, shipped};

    fn written() -> Written {
        let text = |title: &str, body: &str| WrittenText {
            title: title.to_owned(),
            questions: vec!["Var är \"kören\"?".to_owned()],
            body: body.to_owned(),
            ..WrittenText::default()
        };
        Written {
            entry: id("guides/kor"),
            office: Some(id("offices/desk")),
            contact: None,
            standing: Standing::Confirm,
            reviewed: date(2026, 1, 2),
            reviewed_by: "editor".to_owned(),
            review_by: date(2027, 1, 2),
            sources: vec![Source {
                name: "Kommunen".to_owned(),
                url: None,
                year: Some(2025),
            }],
            more: "[reach]\r\nwebsite = \"https://a.se\"\r\n".to_owned(),
            texts: Localized::both(
                text("Kören", "Kom.\r\n\r\n## När\r\nNu.\r\n"),
                text("The choir", "Come.\n\n## When\nNow."),
            ),
        }
    }

    fn base() -> Files {
        let town = "name = \"A\"\nlanguages = [\"sv\", \"en\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n";
        Files::from([("municipality.toml".to_owned(), town.to_owned())])
    }

    #[test]
    fn an_entry_becomes_its_files_and_comes_back() {
        let mut base = base();
        let files = written().files(&base).unwrap();
        let main = "+++\ntitle = \"Kören\"\noffice = \"offices/desk\"\nstanding = \"confirm\"\nreviewed = 2026-01-02\n\
                    reviewed_by = \"editor\"\nreview_by = 2027-01-02\nsources = [\n  { name = \"Kommunen\", year = 2025 },\n]\n\
                    questions = [\n  \"Var är \\\"kören\\\"?\",\n]\n\n[reach]\nwebsite = \"https://a.se\"\n+++\nKom.\n\n## När\nNu.\n";
        let english = "+++\ntitle = \"The choir\"\nquestions = [\n  \"Var är \\\"kören\\\"?\",\n]\n+++\nCome.\n\n## When\nNow.\n";
        assert_eq!(files["guides/kor.md"], main);
        assert_eq!(files["guides/kor.en.md"], english);
        base.extend(files.clone());
        let read = Written::read(&base, &id("guides/kor")).unwrap();
        assert_eq!(read.more, "[reach]\nwebsite = \"https://a.se\"");
        assert_eq!(read.files(&base).unwrap(), files);
        assert_eq!(Written::read(&base, &id("guides/annat")), None);
    }

    #[test]
    fn every_entry_of_the_shipped_base_stays_the_same() {
        let base = shipped();
        let before = Knowledge::load(&base).knowledge.unwrap();
        let mut after = base.clone();
        let mut alike = 0;
        for entry in before.entries() {
            let files = Written::read(&base, &entry.id).unwrap().files(&base);
            for (path, text) in files.unwrap() {
                alike += usize::from(base[&path] == text);
                assert!(after.insert(path.clone(), text).is_some(), "{path} is new");
            }
        }
        let files = before.entries().iter().flat_map(|e| e.texts.iter()).count();
        assert!(
            alike * 2 > files,
            "only {alike} files are the same to the letter"
        );
        let after = Knowledge::load(&after);
        assert_eq!(after.problems, Knowledge::load(&base).problems);
        for (a, b) in before
            .entries()
            .iter()
            .zip(after.knowledge.unwrap().entries())
        {
            assert_eq!(a, b);
        }
    }

    #[test]
    fn what_cannot_be_kept_is_said_with_its_rule_and_line() {
        let wrong = |change: &dyn Fn(&mut Written)| {
            let mut written = written();
            change(&mut written);
            let problem = written.files(&base()).unwrap_err();
            (problem.path, problem.rule, problem.line)
        };
        let main = |rule, line| ("guides/kor.md".to_owned(), rule, line);
        let of_more = [
            ("ages = [6,\nx]", "unreadable", 2),
            ("ages = [6, 20]\ntitle = \"B\"", "key-twice", 2),
            ("agez = [6, 20]", "unknown-key", 8),
            ("+++\n", "unreadable", 1),
        ];
        for (more, rule, line) in of_more {
            let more = more.to_owned();
            assert_eq!(wrong(&|w| w.more.clone_from(&more)), main(rule, line));
        }
        assert_eq!(
            wrong(&|w| w.texts.get_mut(Language::Swedish).unwrap().title.clear()),
            main("no-title", 2)
        );
        assert_eq!(
            wrong(&|w| w
                .texts
                .get_mut(Language::English)
                .unwrap()
                .body
                .push_str("\n## Huh\n")),
            ("guides/kor.en.md".to_owned(), "unknown-heading", 11)
        );
        let english_only = |w: &mut Written| {
            let english = w.texts.get(Language::English).cloned().unwrap();
            w.texts = Localized::default();
            w.texts.set(Language::English, english);
        };
        assert_eq!(wrong(&english_only), main("translation-of-nothing", 1));
    }

    #[test]
    fn a_name_is_suggested_from_the_title() {
        assert_eq!(
            Written::slug("  Stöd åt kören, år 2026!"),
            "stod-at-koren-ar-2026"
        );
        assert_eq!(Written::slug("Café & Idé – ÄÖ"), "cafe-ide-ao");
        assert_eq!(Written::slug("中文"), "");
    }
}
