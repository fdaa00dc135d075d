//! What the municipality states about itself on the pages about privacy and accessibility.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

/// `[web.about]` in `lots.toml`. What is not set, the pages say has not been stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AboutSettings {
    /// Who is the controller of personal data, such as a board of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<Wording>,
    /// The legal basis for what is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<Wording>,
    /// The mail address of the data protection officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_protection: Option<String>,
    /// The decision that the times of deletion rest on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive_decision: Option<String>,
    /// How well the pages can be used by everyone.
    pub accessibility: AccessibilitySettings,
}

/// `[web.about.accessibility]` in `lots.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessibilitySettings {
    /// How well the requirements are met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Compliance>,
    /// The day of the last test.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "day")]
    pub tested: Option<Date>,
    /// The mail address to report to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// What is known not to work.
    pub limits: Vec<Wording>,
}

/// How well the requirements of accessibility are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compliance {
    /// All of them.
    Full,
    /// Not all of them.
    Partial,
    /// They are not.
    Not,
}

/// A text of the municipality's: the same for everyone, or one for each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Wording {
    /// The same for everyone.
    Same(String),
    /// One for each language.
    Each {
        /// In Swedish.
        sv: String,
        /// In English.
        en: String,
    },
}

impl Wording {
    /// The text for readers of a language, by its code.
    pub fn of(&self, language: &str) -> &str {
        match self {
            Wording::Same(text) => text,
            Wording::Each { en, .. } if language == "en" => en,
            Wording::Each { sv, .. } => sv,
        }
    }
}

impl AboutSettings {
    /// Fails when a value makes no sense, with what to mend.
    pub(super) fn reasonable(&self) -> anyhow::Result<()> {
        let mails = [
            ("data_protection", &self.data_protection),
            ("accessibility.contact", &self.accessibility.contact),
        ];
        for (name, mail) in mails {
            let Some(mail) = mail else { continue };
            anyhow::ensure!(
                is_mail(mail),
                "web.about.{name} must be a mail address, such as kontakt@example.se, not {mail:?}"
            );
        }
        Ok(())
    }
}

/// Whether a text can stand in a `mailto:` link as it is.
fn is_mail(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && name.chars().all(allowed)
            && host.chars().all(allowed)
    })
}

/// A day, as TOML's own or as text.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Toml(toml::value::Datetime),
        Text(String),
    }
    let text = match Written::deserialize(deserializer)? {
        Written::Toml(day) => day.to_string(),
        Written::Text(text) => text,
    };
    let read = text.parse().map(Some);
    read.map_err(|_| {
        serde::de::Error::custom(format!("{text:?} must be a day, such as 2026-11-23"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<AboutSettings> {
        let settings: AboutSettings = toml::from_str(text)?;
        settings.reasonable()?;
        Ok(settings)
    }

    #[test]
    fn what_is_stated_is_read_and_shown_again() {
        let text = r#"
            controller = "Kommunstyrelsen"
            legal_basis = { sv = "Allmänt intresse", en = "Public interest" }
            data_protection = "dataskydd@provby.example"
            [accessibility]
            status = "partial"
            tested = 2026-11-20
            limits = ["Kartan", { sv = "Filmen", en = "The film" }]
        "#;
        let read = read(text).unwrap();
        let basis = read.legal_basis.as_ref().unwrap();
        assert_eq!(
            (basis.of("sv"), basis.of("en")),
            ("Allmänt intresse", "Public interest")
        );
        let shown = toml::to_string_pretty(&read).unwrap();
        assert_eq!(toml::from_str::<AboutSettings>(&shown).unwrap(), read);
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_to_mend() {
        for (text, said) in [
            ("data_protection = \"ring oss\"", "must be a mail address"),
            (
                "[accessibility]\ncontact = \"a@b\"",
                "accessibility.contact",
            ),
            ("[accessibility]\ntested = \"i fjol\"", "must be a day"),
            ("[accessibility]\nstatus = \"good\"", "partial"),
            ("controler = \"x\"", "controler"),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.contains(said), "{text}: {error}");
        }
    }
}
