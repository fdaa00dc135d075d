//! The addresses of the pages that are there whatever the base holds.

use crate::knowledge::Language;

/// A page that is there whatever the base holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The conversation.
    Talk,
    /// All there is to read, with a field to search it.
    Browse,
    /// How to reach a person.
    Human,
    /// Whether a saved question has been answered.
    Receipt,
    /// What a guided way in has led to, to take along.
    Result,
    /// What residents ask, as open data.
    OpenData,
    /// What is kept, for how long, and by whom.
    Privacy,
    /// How well the pages can be used by everyone.
    Accessibility,
}

impl Place {
    /// Its path in a language.
    pub(super) fn path(self, language: Language) -> &'static str {
        match (self, language) {
            (Place::Talk, Language::Swedish) => "/sv/",
            (Place::Talk, Language::English) => "/en/",
            (Place::Browse, Language::Swedish) => "/sv/lista",
            (Place::Browse, Language::English) => "/en/browse",
            (Place::Human, Language::Swedish) => "/sv/manniska",
            (Place::Human, Language::English) => "/en/human",
            (Place::Receipt, Language::Swedish) => "/sv/kvitto",
            (Place::Receipt, Language::English) => "/en/receipt",
            (Place::Result, Language::Swedish) => "/sv/vagen",
            (Place::Result, Language::English) => "/en/way",
            (Place::OpenData, Language::Swedish) => "/sv/oppna-data",
            (Place::OpenData, Language::English) => "/en/open-data",
            (Place::Privacy, Language::Swedish) => "/sv/om/integritet",
            (Place::Privacy, Language::English) => "/en/about/privacy",
            (Place::Accessibility, Language::Swedish) => "/sv/om/tillganglighet",
            (Place::Accessibility, Language::English) => "/en/about/accessibility",
        }
    }
}

/// The language that a path is in: that of its first part, when it is the code of one.
pub(super) fn language_of(path: &str) -> Option<Language> {
    let first = path.trim_start_matches('/').split('/').next()?;
    Language::from_code(first)
}

/// A text as it can stand in the query of an address.
pub(super) fn encoded(text: &str) -> String {
    let byte = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(b).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn what_was_sought_can_stand_in_an_address() {
        assert_eq!(encoded("å & b=c?"), "%C3%A5%20%26%20b%3Dc%3F");
    }
}
