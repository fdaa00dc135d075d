//! Whose knowledge base this is, and what stands beside the entries: who owns what the municipality does not,
//! small talk, the words of the field, and what is said in languages the base does not have.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::entry::EntryId;
use super::language::Language;
use super::terms::Applicant;

/// `municipality.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// What residents call it.
    pub name: String,
    /// The languages of the base.
    pub languages: Vec<Language>,
    /// The language of files without a language in their name.
    pub default_language: Language,
    /// The time zone that deadlines are in, as an IANA name.
    #[serde(default = "stockholm")]
    pub timezone: String,
    /// The office of last resort, where every question may be asked.
    pub way_in: EntryId,
    /// Where those are sent whom an entry's terms rule out.
    #[serde(default)]
    pub instead: Alternatives,
    /// The parts of the municipality that entries say they are in.
    #[serde(default, rename = "part", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// What the guided ways in need to know.
    #[serde(default)]
    pub paths: PathSettings,
    /// Whether the municipality has adopted the base; until then the bot says that it is unofficial.
    #[serde(default)]
    pub adopted: bool,
}

impl Municipality {
    /// Its time zone. Fails where no such zone is known.
    pub fn zone(&self) -> Result<TimeZone, jiff::Error> {
        TimeZone::get(&self.timezone)
    }

    /// The date and the time it is there at a moment; of UTC where its zone is not known.
    pub fn local(&self, moment: Timestamp) -> DateTime {
        let zone = self.zone().unwrap_or(TimeZone::UTC);
        moment.to_zoned_datetime(zone).datetime()
    }
}

/// A part of the municipality: an island, a village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the entries' `parts`: small letters and digits.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// Other names of it, and of what lies there.
    #[serde(default)]
    pub also_called: Vec<String>,
    /// The code of the larger part that it lies in; that one is not named beside it.
    #[serde(default)]
    pub within: Option<String>,
}

/// `[paths]` of municipality.toml: where the guided ways in lead to, and where they are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PathSettings {
    /// Who takes ideas and answers them; without one, ideas are handed to nobody.
    pub ideas: Option<EntryId>,
    /// How to form an association, for those who would need one to apply for money.
    pub association: Option<EntryId>,
    /// The entries whose answers offer a guided way in, by its name.
    pub offered_with: BTreeMap<String, Vec<EntryId>>,
}

/// The entries for those whom the terms of another rule out, by what they say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alternatives {
    /// For people who do something together without being an association.
    pub network: Option<EntryId>,
    /// For a person.
    pub individual: Option<EntryId>,
    /// For a company.
    pub company: Option<EntryId>,
    /// For a school.
    pub school: Option<EntryId>,
    /// For an association that the municipality has not approved.
    pub unapproved: Option<EntryId>,
}

impl Alternatives {
    /// The entry for an applicant of a kind.
    pub fn of(&self, kind: Applicant) -> Option<&EntryId> {
        match kind {
            Applicant::Association => None,
            Applicant::Network => self.network.as_ref(),
            Applicant::Individual => self.individual.as_ref(),
            Applicant::Company => self.company.as_ref(),
            Applicant::School => self.school.as_ref(),
        }
    }

    /// Every entry that is named, with its key.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &EntryId)> {
        let all = [
            ("network", &self.network),
            ("individual", &self.individual),
            ("company", &self.company),
            ("school", &self.school),
            ("unapproved", &self.unapproved),
        ];
        all.into_iter()
            .filter_map(|(key, id)| Some((key, id.as_ref()?)))
    }
}

fn stockholm() -> String {
    "Europe/Stockholm".to_owned()
}

/// A body that owns what the municipality does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Its name in Swedish.
    pub name_sv: String,
    /// Its name in English.
    #[serde(default)]
    pub name_en: String,
    /// Its web page.
    #[serde(default)]
    pub website: Option<String>,
    /// Who to turn to, in Swedish.
    #[serde(default)]
    pub text_sv: String,
    /// Who to turn to, in English.
    #[serde(default)]
    pub text_en: String,
    /// What residents ask that belongs there, in Swedish.
    #[serde(default)]
    pub about_sv: Vec<String>,
    /// What residents ask that belongs there, in English.
    #[serde(default)]
    pub about_en: Vec<String>,
}

impl Elsewhere {
    /// The body's name in a language.
    pub fn name(&self, language: Language) -> &str {
        either(language, &self.name_sv, &self.name_en)
    }

    /// Who to turn to, in a language.
    pub fn text(&self, language: Language) -> &str {
        either(language, &self.text_sv, &self.text_en)
    }

    /// What residents ask that belongs there, in a language.
    pub fn about(&self, language: Language) -> &[String] {
        match language {
            Language::Swedish => &self.about_sv,
            Language::English => &self.about_en,
        }
    }

    pub(super) fn about_mut(&mut self, language: Language) -> &mut Vec<String> {
        match language {
            Language::Swedish => &mut self.about_sv,
            Language::English => &mut self.about_en,
        }
    }
}

/// A kind of small talk and what is said to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallTalk {
    /// Its name, such as `greeting`; `human`, `erase` and `privacy` have a meaning to the channels.
    pub name: String,
    /// Whole messages of this kind, in Swedish.
    #[serde(default)]
    pub examples_sv: Vec<String>,
    /// Whole messages of this kind, in English.
    #[serde(default)]
    pub examples_en: Vec<String>,
    /// What is said to it, in Swedish.
    #[serde(default)]
    pub reply_sv: String,
    /// What is said to it, in English.
    #[serde(default)]
    pub reply_en: String,
}

impl SmallTalk {
    /// Whole messages of this kind in a language.
    pub fn examples(&self, language: Language) -> &[String] {
        match language {
            Language::Swedish => &self.examples_sv,
            Language::English => &self.examples_en,
        }
    }

    pub(super) fn examples_mut(&mut self, language: Language) -> &mut Vec<String> {
        match language {
            Language::Swedish => &mut self.examples_sv,
            Language::English => &mut self.examples_en,
        }
    }

    /// What is said to it in a language.
    pub fn reply(&self, language: Language) -> &str {
        either(language, &self.reply_sv, &self.reply_en)
    }
}

pub(super) fn either<'a>(language: Language, swedish: &'a str, english: &'a str) -> &'a str {
    let (first, second) = match language {
        Language::Swedish => (swedish, english),
        Language::English => (english, swedish),
    };
    if first.is_empty() { second } else { first }
}

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct WordList {
    /// A word or fixed phrase, and the words it stands for; nothing when it is to be dropped.
    pub expand: BTreeMap<String, String>,
    /// Groups of words that mean nearly the same.
    pub synonyms: Vec<Vec<String>>,
    /// First parts of compounds, in their linking form.
    pub compound_parts: Vec<String>,
    /// Last parts of compounds.
    pub compound_heads: Vec<String>,
    /// Words that say nothing about the subject, beside the function words of the language.
    pub stop: Vec<String>,
}

/// `words.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Words {
    /// The words of Swedish.
    pub sv: WordList,
    /// The words of English.
    pub en: WordList,
    /// Words that mean the same across the languages.
    pub across: Across,
}

impl Words {
    /// The words of a language.
    pub fn of(&self, language: Language) -> &WordList {
        match language {
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }
}

/// Words that mean the same across the languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Across {
    /// A Swedish word and the English word for it.
    pub sv_en: BTreeMap<String, String>,
}

/// What is said in a language that the base does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// The BCP 47 code.
    pub code: String,
    /// That the bot knows only Swedish and English, and how to reach a human; `{way_in}` is replaced.
    pub unknown: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_day_that_it_is_in_the_municipality() {
        let late: Timestamp = "2026-11-28T23:30:00Z".parse().unwrap();
        let municipality = |zone: &str| {
            let text = format!(
                "name = \"Provby\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/kontaktcenter\"\ntimezone = \"{zone}\"\n"
            );
            toml::from_str::<Municipality>(&text).unwrap()
        };
        for (zone, day) in [("Europe/Stockholm", 29), ("UTC", 28), ("Provby/Torget", 28)] {
            assert_eq!(municipality(zone).local(late).day(), day, "{zone}");
        }
    }
}
