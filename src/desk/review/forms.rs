//! What staff type, as they typed it: kept with a draft, so that nothing of it is lost, and read into what it stands for.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::knowledge::{
    EntryId, EntryKind, Files, Language, Localized, Problem, Source, Standing, Written, WrittenText,
};

/// What is typed for one of the acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Form {
    /// An entry is written or mended.
    Answer(Box<AnswerForm>),
    /// A wording is taught as one of an entry's example questions.
    Teach(TeachForm),
    /// A wording is taught as a concern of an office or of another body.
    PassOn(PassOnForm),
}

/// An entry, as it is typed. Lists are typed with one item on each line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// The entry that is mended; empty for a new one.
    pub mends: String,
    /// The folder of its kind.
    pub kind: String,
    /// Its name within the folder; made of the title when it is empty.
    pub slug: String,
    /// The office that owns it.
    pub office: String,
    /// Who to talk to first.
    pub contact: String,
    /// `current`, `confirm` or `ended`.
    pub standing: String,
    /// The day by which it must be gone through again.
    pub review_by: String,
    /// Where the facts come from: `name | address | year` on each line, the last two as known.
    pub sources: String,
    /// Further front matter, as TOML.
    pub more: String,
    /// The words in Swedish.
    pub sv: TextForm,
    /// The words in English.
    pub en: TextForm,
}

/// The words of an entry in one language, as they are typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextForm {
    /// What it is called.
    pub title: String,
    /// Other names.
    pub also_called: String,
    /// What people ask.
    pub questions: String,
    /// What an office handles.
    pub responsible_for: String,
    /// The answer, and sections under the headings of the list.
    pub body: String,
}

/// A wording that is to be answered with an entry that is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TeachForm {
    /// The entry.
    pub entry: String,
    /// The wordings, one on each line.
    pub wordings: String,
    /// The code of their language.
    pub language: String,
}

/// A wording that is to be sent to an office or to another body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PassOnForm {
    /// Who: the id of an office, or the Swedish name of a body after `⇢ `.
    pub to: String,
    /// The wordings, one on each line; none when nothing is to be learnt of them.
    pub wordings: String,
    /// The code of their language.
    pub language: String,
}

/// Who a question is passed on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// An office of the municipality.
    Office(EntryId),
    /// A body outside it, by its Swedish name.
    Elsewhere(String),
}

impl Receiver {
    /// Reads one as [`PassOnForm::to`] names it; `None` when it is neither.
    pub fn parse(text: &str) -> Option<Receiver> {
        match text.strip_prefix("⇢ ") {
            Some(name) => Some(Receiver::Elsewhere(name.to_owned())),
            None => {
                let office = EntryId::parse(text).ok()?;
                (office.kind() == EntryKind::Offices).then_some(Receiver::Office(office))
            }
        }
    }
}

impl Form {
    /// A form for an act in which nothing has been typed.
    pub(super) fn empty(act: &str) -> Form {
        match act {
            "teach" => Form::Teach(TeachForm::default()),
            "pass-on" => Form::PassOn(PassOnForm::default()),
            _ => Form::Answer(Box::default()),
        }
    }

    /// Which act it is for: `answer`, `mend`, `teach` or `pass-on`.
    pub fn act(&self) -> &'static str {
        match self {
            Form::Answer(form) if form.mends.is_empty() => "answer",
            Form::Answer(_) => "mend",
            Form::Teach(_) => "teach",
            Form::PassOn(_) => "pass-on",
        }
    }
}

impl AnswerForm {
    /// The form for an entry that is there.
    pub(super) fn of(written: &Written) -> AnswerForm {
        let text = |language| written.texts.get(language).map(TextForm::of);
        let id = |id: &Option<EntryId>| id.as_ref().map_or(String::new(), ToString::to_string);
        let (folder, slug) = split(&written.entry);
        AnswerForm {
            mends: written.entry.to_string(),
            kind: folder.to_owned(),
            slug: slug.to_owned(),
            office: id(&written.office),
            contact: id(&written.contact),
            standing: standing_code(written.standing).to_owned(),
            review_by: written.review_by.to_string(),
            sources: lines(written.sources.iter().map(source_line)),
            more: written.more.clone(),
            sv: text(Language::Swedish).unwrap_or_default(),
            en: text(Language::English).unwrap_or_default(),
        }
    }

    /// What the form stands for, gone through today by a role. Fails with what is wrong in its fields; the path of such a
    /// problem is the name of the field.
    pub(super) fn read(&self, today: Date, role: &str) -> Result<Written, Vec<Problem>> {
        let mut problems = Vec::new();
        let entry = self.id().map_err(|p| problems.push(p)).ok();
        let mut named = |field: &str, text: &str| {
            let text = text.trim();
            let id = (!text.is_empty()).then(|| EntryId::parse(text)).transpose();
            id.unwrap_or_else(|reason| {
                problems.push(wrong(field, reason, "choose one of the list"));
                None
            })
        };
        let office = named("office", &self.office);
        let contact = named("contact", &self.contact);
        let review_by = self.review_by.trim().parse::<Date>();
        if review_by.is_err() {
            let reason = format!("`{}` is not a day", self.review_by.trim());
            problems.push(wrong("review_by", reason, "write it as in 2027-05-23"));
        }
        let standing = standing_of(&self.standing);
        let (Some(entry), Ok(review_by), true) = (entry, review_by, problems.is_empty()) else {
            return Err(problems);
        };
        let mut texts = Localized::default();
        for (language, form) in [(Language::Swedish, &self.sv), (Language::English, &self.en)] {
            if !form.is_empty() {
                texts.set(language, form.read());
            }
        }
        Ok(Written {
            entry,
            office,
            contact,
            standing,
            reviewed: today,
            reviewed_by: role.to_owned(),
            review_by,
            sources: items(&self.sources).map(source_of).collect(),
            more: self.more.clone(),
            texts,
        })
    }

    /// The entry that it is about, as far as can be told.
    pub(super) fn id(&self) -> Result<EntryId, Problem> {
        let slug = match self.slug.trim() {
            "" => Written::slug(&self.sv.title),
            slug => slug.to_owned(),
        };
        if slug.is_empty() {
            return Err(wrong(
                "sv.title",
                "there is no title to make a name of",
                "give the entry a title",
            ));
        }
        EntryId::parse(&format!("{}/{slug}", self.kind)).map_err(|reason| {
            wrong(
                "slug",
                reason,
                "use small letters a to z, digits and hyphens",
            )
        })
    }

    /// Its files in a base, by path. Fails with what is wrong.
    pub(super) fn files(
        &self,
        base: &Files,
        today: Date,
        role: &str,
    ) -> Result<(EntryId, Files), Vec<Problem>> {
        let written = self.read(today, role)?;
        let is_new = self.mends.is_empty();
        let files = written.files(base).map_err(|problem| vec![problem])?;
        if is_new && files.keys().any(|path| base.contains_key(path)) {
            return Err(vec![wrong(
                "slug",
                format!("there is an entry {} already", written.entry),
                "give the new one another name, or mend the one that is there",
            )]);
        }
        Ok((written.entry, files))
    }
}

impl TextForm {
    fn of(text: &WrittenText) -> TextForm {
        TextForm {
            title: text.title.clone(),
            also_called: lines(text.also_called.iter().cloned()),
            questions: lines(text.questions.iter().cloned()),
            responsible_for: lines(text.responsible_for.iter().cloned()),
            body: text.body.clone(),
        }
    }

    fn read(&self) -> WrittenText {
        let list = |text: &str| items(text).map(str::to_owned).collect();
        WrittenText {
            title: self.title.trim().to_owned(),
            also_called: list(&self.also_called),
            questions: list(&self.questions),
            responsible_for: list(&self.responsible_for),
            body: format!("{}\n", self.body.replace("\r\n", "\n").trim()),
        }
    }

    fn is_empty(&self) -> bool {
        [&self.title, &self.body]
            .iter()
            .all(|t| t.trim().is_empty())
    }
}

/// The lines of a field that say something.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// A problem of a field: its path is the name of the field.
pub(super) fn wrong(field: &str, reason: impl Into<String>, mend: &str) -> Problem {
    Problem::error(field, 1, "field", reason, mend)
}

fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

fn split(entry: &EntryId) -> (&str, &str) {
    entry
        .as_str()
        .split_once('/')
        .unwrap_or(("", entry.as_str()))
}

fn source_line(source: &Source) -> String {
    let year = source.year.map(|y| y.to_string());
    let parts = [
        Some(source.name.as_str()),
        source.url.as_deref(),
        year.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

fn source_of(line: &str) -> Source {
    let mut source = Source {
        name: String::new(),
        url: None,
        year: None,
    };
    for part in line.split('|').map(str::trim).filter(|p| !p.is_empty()) {
        if part.starts_with("http://") || part.starts_with("https://") {
            source.url = Some(part.to_owned());
        } else if let (Ok(year), 4) = (part.parse(), part.len()) {
            source.year = Some(year);
        } else if source.name.is_empty() {
            source.name = part.to_owned();
        } else {
            source.name = format!("{} | {part}", source.name);
        }
    }
    source
}

fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "current",
        Standing::Confirm => "confirm",
        Standing::Ended => "ended",
    }
}

fn standing_of(code: &str) -> Standing {
    match code {
        "confirm" => Standing::Confirm,
        "ended" => Standing::Ended,
        _ => Standing::Current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_it_is_written() {
        for line in [
            "Kommunen: Lokaler | https://example.se/lokaler | 2026",
            "PM om civilsamhället | 2018",
            "Muntligt från kontoret",
        ] {
            assert_eq!(source_line(&source_of(line)), line);
        }
    }

    #[test]
    fn a_form_says_which_field_is_wrong() {
        let form = AnswerForm {
            kind: "guides".to_owned(),
            office: "kontoret".to_owned(),
            review_by: "snart".to_owned(),
            ..AnswerForm::default()
        };
        let today = jiff::civil::date(2026, 11, 28);
        let problems = form.read(today, "editor").unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(fields, ["sv.title", "office", "review_by"]);
    }
}
