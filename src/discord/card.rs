//! A message as lots draws it on Discord: cards and rows of things to press, always within Discord's limits.

use serde::Serialize;

/// Discord's limits. It counts characters; UTF-16 units are counted here, of which there are never fewer.
pub mod limit {
    /// The title of a card.
    pub const TITLE: usize = 256;
    /// The text of a card.
    pub const TEXT: usize = 4_096;
    /// Fields of a card.
    pub const FIELDS: usize = 25;
    /// The name of a field.
    pub const NAME: usize = 256;
    /// The value of a field.
    pub const VALUE: usize = 1_024;
    /// The line below a card.
    pub const FOOTER: usize = 2_048;
    /// All text of all cards of a message.
    pub const MESSAGE: usize = 6_000;
    /// Cards of a message.
    pub const CARDS: usize = 10;
    /// Rows of a message.
    pub const ROWS: usize = 5;
    /// Buttons of a row.
    pub const BUTTONS: usize = 5;
    /// The label of a button.
    pub const LABEL: usize = 80;
    /// The address of a page that a button opens.
    pub const ADDRESS: usize = 512;
    /// Options of a menu.
    pub const OPTIONS: usize = 25;
    /// The label of an option, its value, and the id of anything to press.
    pub const OPTION: usize = 100;
    /// What stands in a menu before something is chosen.
    pub const PLACEHOLDER: usize = 150;
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// The cards, which Discord calls embeds.
    pub cards: Vec<Card>,
    /// What can be pressed, in rows.
    pub rows: Vec<Row>,
}

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Its text, in Discord's Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Facts, contacts, sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The line below.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub footer: String,
    /// Whether it matters less than the others.
    pub quiet: bool,
}

/// A field of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value, in Discord's Markdown.
    pub value: String,
    /// Whether it may stand beside others.
    pub short: bool,
}

/// A row of things to press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// One to five buttons that open pages.
    Pages(Vec<Page>),
    /// A menu of one to 25 options.
    Menu {
        /// Its id.
        id: String,
        /// What stands in it before something is chosen.
        placeholder: String,
        /// Whether more than one may be chosen.
        several: bool,
        /// Value and label of each.
        options: Vec<(String, String)>,
    },
}

/// A button that opens a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What stands on it.
    pub label: String,
    /// The address of the page.
    pub address: String,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Button {
    /// Its id.
    pub id: String,
    /// What stands on it.
    pub label: String,
    /// Whether it leads on with the subject, and not aside.
    pub main: bool,
}

impl Drawing {
    /// Whether there is room for all text of all cards.
    pub(super) fn has_room(&self) -> bool {
        self.cards.iter().map(Card::length).sum::<usize>() <= limit::MESSAGE
    }

    /// The message within Discord's limits: what is too long is cut where a reader would, and what there is no room for
    /// is left out, the last first.
    pub fn fitted(mut self) -> Drawing {
        let mut room = limit::MESSAGE;
        self.cards.truncate(limit::CARDS);
        self.cards = self
            .cards
            .into_iter()
            .map(|c| c.fitted(&mut room))
            .collect();
        self.cards.retain(|c| !c.is_empty());
        self.rows = self.rows.into_iter().filter_map(Row::fitted).collect();
        self.rows.truncate(limit::ROWS);
        self
    }
}

impl Card {
    /// How long its texts are, in all.
    fn length(&self) -> usize {
        let fields = self.fields.iter().flat_map(|f| [&f.name, &f.value]);
        let texts = [&self.title, &self.text, &self.footer];
        texts.into_iter().chain(fields).map(|t| length(t)).sum()
    }

    /// Whether there is nothing on it.
    pub(super) fn is_empty(&self) -> bool {
        self.title.is_empty() && self.text.is_empty() && self.fields.is_empty()
    }

    fn fitted(self, room: &mut usize) -> Card {
        let mut take = |text: &str, most: usize| {
            let cut = cut(text, most.min(*room));
            *room -= length(&cut);
            cut
        };
        let title = take(&self.title, limit::TITLE);
        let footer = take(&self.footer, limit::FOOTER);
        let text = take(&self.text, limit::TEXT);
        let mut fields = Vec::new();
        for field in self.fields.into_iter().take(limit::FIELDS) {
            let value = cut(&field.value, limit::VALUE);
            let name = cut(&field.name, limit::NAME);
            let needed = length(&name) + length(&value);
            // A field is shown whole or not at all: half a telephone number helps nobody.
            if name.is_empty() || value.is_empty() || needed > *room {
                continue;
            }
            *room -= needed;
            fields.push(Field {
                name,
                value,
                short: field.short,
            });
        }
        Card {
            title,
            text,
            fields,
            footer,
            quiet: self.quiet,
        }
    }
}

impl Row {
    fn fitted(self) -> Option<Row> {
        let row = match self {
            Row::Buttons(mut buttons) => {
                buttons.truncate(limit::BUTTONS);
                for button in &mut buttons {
                    button.label = cut(&button.label, limit::LABEL);
                }
                buttons.retain(|b| !b.label.is_empty());
                Row::Buttons(buttons)
            }
            Row::Pages(mut pages) => {
                pages.truncate(limit::BUTTONS);
                for page in &mut pages {
                    page.label = cut(&page.label, limit::LABEL);
                }
                pages.retain(|p| !p.label.is_empty() && length(&p.address) <= limit::ADDRESS);
                Row::Pages(pages)
            }
            Row::Menu {
                id,
                placeholder,
                several,
                mut options,
            } => {
                options.truncate(limit::OPTIONS);
                for (_, label) in &mut options {
                    *label = cut(label, limit::OPTION);
                }
                options
                    .retain(|(value, label)| !label.is_empty() && length(value) <= limit::OPTION);
                Row::Menu {
                    id,
                    placeholder: cut(&placeholder, limit::PLACEHOLDER),
                    several,
                    options,
                }
            }
        };
        let is_empty = match &row {
            Row::Buttons(buttons) => buttons.is_empty(),
            Row::Pages(pages) => pages.is_empty(),
            Row::Menu { options, .. } => options.is_empty(),
        };
        (!is_empty).then_some(row)
    }
}

/// How long a text is, in UTF-16 units.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text in at most `most` units. A longer one ends at a paragraph, a line or a word where there is one in its second
/// half, with an ellipsis; never in the middle of a link.
pub(super) fn cut(text: &str, most: usize) -> String {
    let text = text.trim();
    if length(text) <= most {
        return text.to_owned();
    }
    let Some(room) = most.checked_sub(ELLIPSIS_LENGTH) else {
        return String::new();
    };
    let mut used = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            used += c.len_utf16();
            used > room
        })
        .map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let place = ["\n\n", "\n", " "]
        .iter()
        .find_map(|mark| head.rfind(mark).filter(|at| *at > head.len() / 2));
    let head = without_half_a_link(&head[..place.unwrap_or(head.len())]);
    // A backslash that has lost what it stood before would take the ellipsis for it.
    let odd = head.bytes().rev().take_while(|b| *b == b'\\').count() % 2;
    format!("{}{ELLIPSIS}", head[..head.len() - odd].trim_end())
}

const ELLIPSIS: &str = " …";
const ELLIPSIS_LENGTH: usize = 2;

fn without_half_a_link(text: &str) -> &str {
    let opened = text
        .rmatch_indices('[')
        .map(|(at, _)| at)
        .find(|at| !text[..*at].ends_with('\\'));
    match opened {
        Some(at) if !text[at..].contains(')') => &text[..at],
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_cut_where_a_reader_would() {
        assert_eq!(cut("ett två tre", 11), "ett två tre");
        assert_eq!(cut("ett två tre fyra", 12), "ett två …");
        assert_eq!(cut("första stycket\n\nandra", 19), "första stycket …");
        assert_eq!(
            cut(
                "läs [sidan om bidrag](https://provby.example/bidrag) nu",
                45
            ),
            "läs …"
        );
        assert_eq!(cut("abcdefgh", 6), "abcd …");
        assert_eq!(cut("abcd\\*efgh", 7), "abcd …");
        assert_eq!(cut("abc", 1), "");
        assert_eq!(length("🌲"), 2);
    }

    proptest! {
        #[test]
        fn nothing_is_longer_than_it_may_be(text in any::<String>(), most in 0_usize..60) {
            prop_assert!(length(&cut(&text, most)) <= most);
        }
    }
}
