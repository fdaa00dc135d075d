//! The addresses of the web that a base leads to: of its sources, of whom to reach, and in its texts.

use std::collections::{BTreeMap, BTreeSet};

use super::Knowledge;
use super::entry::{Entry, EntryId};
use super::language::Language;

/// How an address begins.
const SCHEMES: [&str; 2] = ["https://", "http://"];

impl Entry {
    /// Every address that the entry leads to, without what follows `#`, which leads to a part of the same page.
    pub fn addresses(&self) -> BTreeSet<String> {
        let sources = self.sources.iter().filter_map(|s| s.url.as_deref());
        let website = self.reach.iter().filter_map(|r| r.website.as_deref());
        let texts = self.texts.iter().flat_map(|(_, text)| {
            let sections = text.sections.iter().map(|s| s.body.as_str());
            std::iter::once(text.summary.as_str()).chain(sections)
        });
        sources
            .chain(website)
            .chain(texts.flat_map(in_text))
            .filter_map(page)
            .collect()
    }
}

impl Knowledge {
    /// Every address that the base leads to, with the entries that do; none for one that stands only beside them, with
    /// the bodies outside the municipality.
    pub fn addresses(&self) -> BTreeMap<String, Vec<EntryId>> {
        let mut all: BTreeMap<String, Vec<EntryId>> = BTreeMap::new();
        for entry in self.entries() {
            for address in entry.addresses() {
                all.entry(address).or_default().push(entry.id.clone());
            }
        }
        for body in self.elsewhere() {
            let texts = Language::ALL.map(|language| body.text(language));
            let named = texts.into_iter().flat_map(in_text);
            for address in body
                .website
                .as_deref()
                .into_iter()
                .chain(named)
                .filter_map(page)
            {
                all.entry(address).or_default();
            }
        }
        all
    }
}

/// The page that an address leads to; `None` for what is no address.
fn page(address: &str) -> Option<String> {
    let page = address.trim().split('#').next().unwrap_or_default();
    let is_address = SCHEMES
        .iter()
        .any(|s| page.len() > s.len() && page.starts_with(s));
    is_address.then(|| page.to_owned())
}

/// The addresses in a text, as Markdown or as they are.
fn in_text(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = SCHEMES.iter().filter_map(|s| rest.find(s)).min()?;
        let address = &rest[start..start + length(&rest[start..])];
        rest = &rest[start + address.len()..];
        Some(address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']))
    })
}

/// How long the address is that a text begins with, in bytes: a bracket ends it unless it was opened in it.
fn length(text: &str) -> usize {
    let mut open = 0_usize;
    let end = text.char_indices().find(|(_, c)| match c {
        '(' => {
            open += 1;
            false
        }
        ')' if open > 0 => {
            open -= 1;
            false
        }
        c => {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, ')' | ']' | '>' | '<' | '"' | '`' | '|' | '”')
        }
    });
    end.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_a_text() {
        let text = "Se [sidan](https://a.se/x_(y)#del), <http://b.se> eller https://c.se/d. Mejla a@b.se, www.e.se.";
        let found: Vec<&str> = in_text(text).collect();
        assert_eq!(
            found,
            ["https://a.se/x_(y)#del", "http://b.se", "https://c.se/d"]
        );
        let pages: Vec<String> = found.into_iter().filter_map(page).collect();
        assert_eq!(pages[0], "https://a.se/x_(y)");
        assert_eq!(page("https://"), None);
        assert_eq!(page("mailto:a@b.se"), None);
    }
}
