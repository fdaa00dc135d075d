//! Where the pages of the entries are: the kinds are named in the language of the page.

use jiff::civil::Date;

use crate::knowledge::{EntryId, EntryKind, Language};

/// The path of an entry's page, such as `/sv/bidrag/aktivitetsstod`.
pub(in crate::web) fn address(id: &EntryId, language: Language) -> String {
    format!("{}{}", list(id.kind(), language), name(id))
}

/// The path of the dates of an entry, for a calendar.
pub(super) fn dates(id: &EntryId, language: Language) -> String {
    format!("{}.ics", address(id, language))
}

/// The path of one of those dates alone, to be reminded of.
pub fn reminder(id: &EntryId, language: Language, day: Date) -> String {
    format!("{}?day={day}", dates(id, language))
}

/// The path of the list of a kind, such as `/sv/bidrag/`.
pub(in crate::web) fn list(kind: EntryKind, language: Language) -> String {
    format!("/{}/{}/", language.code(), segment(kind, language))
}

/// The name of an entry within its kind.
pub(super) fn name(id: &EntryId) -> &str {
    id.as_str().split_once('/').map_or("", |(_, name)| name)
}

/// A kind as it stands in an address.
pub(super) fn segment(kind: EntryKind, language: Language) -> &'static str {
    match language {
        // Folders are named in English.
        Language::English => kind.folder(),
        Language::Swedish => match kind {
            EntryKind::Grants => "bidrag",
            EntryKind::Awards => "utmarkelser",
            EntryKind::Councils => "rad",
            EntryKind::Offices => "forvaltningar",
            EntryKind::Contacts => "kontakter",
            EntryKind::Activities => "aktiviteter",
            EntryKind::Networks => "natverk",
            EntryKind::Associations => "foreningar",
            EntryKind::Guides => "guider",
            EntryKind::Helplines => "stodlinjer",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_an_address_in_each_language() {
        let id = EntryId::parse("grants/lok-stod").unwrap();
        assert_eq!(address(&id, Language::Swedish), "/sv/bidrag/lok-stod");
        assert_eq!(address(&id, Language::English), "/en/grants/lok-stod");
        assert_eq!(
            list(EntryKind::Helplines, Language::Swedish),
            "/sv/stodlinjer/"
        );
    }

    #[test]
    fn no_two_kinds_share_an_address() {
        for language in Language::ALL {
            let all = EntryKind::ALL.map(|kind| segment(kind, language));
            let distinct: std::collections::HashSet<_> = all.iter().collect();
            assert_eq!(distinct.len(), all.len());
        }
    }
}
