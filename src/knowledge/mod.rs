//! What we know: entries, offices, phrases, and the rules they must keep. Pure: text in, values out.
//!
//! This room uses nothing of ours, opens no file and reads no clock.

mod addresses;
mod check;
mod clarification;
mod contradictions;
mod crisis;
mod entry;
mod facet;
mod fits;
mod front_matter;
mod hold_out;
mod holidays;
mod language;
mod load;
mod municipality;
mod opening;
mod overlay;
mod parse;
mod path_texts;
mod phrases;
mod plain_language;
mod problem;
mod schema;
mod starter;
mod terms;

use std::collections::{BTreeMap, HashMap};

pub use check::{check, check_loaded, private_data_in};
pub use clarification::Clarification;
pub use contradictions::{Contradiction, Disputed};
pub use crisis::{CrisisExamples, CrisisRules, Instead, Patterns, Situation, Told};
pub use entry::{
    Email, Entry, EntryId, EntryKind, Phone, Reach, Section, Source, Standing, Text, Visit,
};
pub use facet::Facet;
pub(crate) use fits::coded;
pub use fits::{
    Audience, BestTime, Company, Document, Fits, Influence, Interest, Meetings, Need, PathName,
    Purpose, Scope, Slot,
};
pub use hold_out::{HeldOut, WordingOf};
pub use holidays::Holiday;
pub use language::{Language, Localized};
pub use municipality::{
    Across, Alternatives, Elsewhere, Foreign, Municipality, Part, PathSettings, SmallTalk,
    WordList, Words,
};
pub use opening::{Day, Hours, OpenNow, Opening, Promise, ReachedBy};
pub use overlay::{
    Change, Laid, Laying, Place, Reviewed, Written, WrittenText, hash, lay, problems_of,
};
pub use path_texts::{OptionText, PathSayings, PathText, PathTexts, StepText};
pub use phrases::{
    AccessibilityPhrases, AccountPhrases, AccountsPhrases, ApiPhrases, AuditPhrases, BestTimeNames,
    BrowsePhrases, CallBackPhrases, CallsPhrases, ChangesPhrases, ClusterPhrases, CodesPhrases,
    ConsolePhrases, DigestPhrases, DigestsPhrases, DiscordPhrases, DraftsPhrases, FieldWords,
    FiguresPhrases, FramePhrases, FreshnessPhrases, GuidedPhrases, HolidayNames, IdeaPhrases,
    IdeasPhrases, KeepingPhrases, OpenDataPhrases, OpeningPhrases, PagePhrases, PanelPagePhrases,
    PanelPhrases, PassOnPhrases, PathsPhrases, Phrases, PrivacyPhrases, ProblemWords, QueuePhrases,
    RecordsPhrases, RegressionsPhrases, ReminderPhrases, ReplayPhrases, SettingsPhrases,
    ShortcutsPhrases, SignInPhrases, SignOnPhrases, StatesPhrases, WidgetPhrases, fill,
};
pub use problem::{Problem, Severity};
pub use schema::front_matter_schema;
pub use starter::starter_files;
pub use terms::{Amount, Applicant, Condition, Deadline, Eligibility, Terms, is_old};

/// The files of a base: path relative to its folder, with `/` between folders, and text.
pub type Files = BTreeMap<String, String>;

/// A base and what is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The base; `None` when not even a part of it can be used.
    pub knowledge: Option<Knowledge>,
    /// What was found on the way, by file and line.
    pub problems: Vec<Problem>,
}

/// A knowledge base: immutable, looked up by id.
#[derive(Clone, Debug)]
pub struct Knowledge {
    municipality: Municipality,
    entries: Vec<Entry>,
    by_id: HashMap<EntryId, usize>,
    phrases: Localized<Phrases>,
    path_texts: Localized<PathTexts>,
    words: Words,
    crisis: CrisisRules,
    crisis_examples: CrisisExamples,
    elsewhere: Vec<Elsewhere>,
    small_talk: Vec<SmallTalk>,
    clarifications: Vec<Clarification>,
    foreign: Vec<Foreign>,
}

impl Knowledge {
    /// Reads a base from its files, as leniently as can be: an entry that cannot be read is left out, missing phrases
    /// and words fall back to the built-in ones.
    ///
    /// Gives no base only when `municipality.toml` or every entry is missing or unreadable.
    pub fn load(files: &Files) -> Loaded {
        load::load(files)
    }

    /// Whose base this is.
    pub fn municipality(&self) -> &Municipality {
        &self.municipality
    }

    /// Every entry, by id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with this id.
    pub fn entry(&self, id: &EntryId) -> Option<&Entry> {
        self.by_id.get(id).map(|i| &self.entries[*i])
    }

    /// The place in `entries` of the entry with this id.
    pub fn place(&self, id: &EntryId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The bot's sentences in a language.
    pub fn phrases(&self, language: Language) -> &Phrases {
        self.phrases
            .best(language)
            .map_or_else(|| load::default_phrases(language), |(_, p)| p)
    }

    /// The sentences of the guided ways in, in a language.
    pub fn path_texts(&self, language: Language) -> &PathTexts {
        self.path_texts
            .best(language)
            .map_or_else(|| load::default_path_texts(language), |(_, p)| p)
    }

    /// The words of the field.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// How someone in need is recognised.
    pub fn crisis(&self) -> &CrisisRules {
        &self.crisis
    }

    /// What the recognising of someone in need is learnt from.
    pub fn crisis_examples(&self) -> &CrisisExamples {
        &self.crisis_examples
    }

    /// Who owns what the municipality does not.
    pub fn elsewhere(&self) -> &[Elsewhere] {
        &self.elsewhere
    }

    /// Small talk and what is said to it.
    pub fn small_talk(&self) -> &[SmallTalk] {
        &self.small_talk
    }

    /// Whether the base knows of anything that its entries do not answer: concerns of offices or of other bodies.
    pub fn knows_of_others(&self) -> bool {
        let concerns = |e: &Entry| {
            let languages = Language::ALL.into_iter();
            let mut texts = languages.filter_map(|l| e.texts.get(l));
            texts.any(|t| !t.responsible_for.is_empty())
        };
        !self.elsewhere.is_empty() || self.entries.iter().any(concerns)
    }

    /// Whether any entry has example questions.
    pub fn has_questions(&self) -> bool {
        let asked = |e: &Entry| {
            let mut texts = Language::ALL.into_iter().filter_map(|l| e.texts.get(l));
            texts.any(|t| !t.questions.is_empty())
        };
        self.entries.iter().any(asked)
    }

    /// What is asked back when a message fits several entries alike.
    pub fn clarifications(&self) -> &[Clarification] {
        &self.clarifications
    }

    /// What is said in languages that the base does not have.
    pub fn foreign(&self) -> &[Foreign] {
        &self.foreign
    }

    /// The title of an entry in a language; the id when there is no such entry.
    pub fn title<'a>(&'a self, id: &'a EntryId, language: Language) -> &'a str {
        self.entry(id)
            .map(|e| e.text(language).title.as_str())
            .filter(|t| !t.is_empty())
            .unwrap_or(id.as_str())
    }

    /// Every office with its title in a language, by id.
    pub fn offices(&self, language: Language) -> impl Iterator<Item = (&EntryId, &str)> {
        let offices = self
            .entries
            .iter()
            .filter(|e| e.id.kind() == EntryKind::Offices);
        offices.map(move |office| (&office.id, self.title(&office.id, language)))
    }

    /// The way in to the municipality in one line: name, telephone, mail.
    pub fn way_in(&self, language: Language) -> String {
        let id = &self.municipality.way_in;
        let name = self
            .title(id, language)
            .split(':')
            .next()
            .unwrap_or_default();
        let reach = self.entry(id).and_then(|e| e.reach.as_ref());
        let phone = reach
            .and_then(|r| r.phones.first())
            .map(|p| p.number.as_str());
        let email = reach
            .and_then(|r| r.emails.first())
            .map(|e| e.address.as_str());
        [Some(name), phone, email]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }
}
