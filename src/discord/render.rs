//! An answer as a message on Discord. Pure.

use std::collections::BTreeSet;

use super::card::{Button, Card, Drawing, Field, Row, cut, limit};
use super::ids::{Id, Press, Tag};
use super::markdown::{from_base, link, literal};
use crate::answering::{Answer, Block, Choice, Contact, Decision, Fact, SourceNote, Way};
use crate::knowledge::{EntryId, Facet, Language, Phrases};

/// Longer titles are hard to read on a button, and stand in a menu.
const LONGEST_ON_BUTTON: usize = 38;
/// The small talk that says how to reach a person.
const HUMAN: &str = "human";
/// Shorter facts stand beside each other.
const SHORT_FACT: usize = 40;

/// Where an answer is shown, and to whom.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The one who may remove it; nobody where Discord has a button of its own for that.
    pub removed_by: Option<Tag>,
    /// Whether a form is offered to ask on in: where nobody can simply write.
    pub form: bool,
}

/// An answer as cards and things to press, within Discord's limits.
pub fn render(answer: &Answer, phrases: &Phrases, place: Place) -> Drawing {
    let mut notice = None;
    let mut cards: Vec<Card> = Vec::new();
    let mut card = Card::default();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut pressing = Pressing::new(answer.language);
    for block in &answer.blocks {
        match block {
            Block::Notice { text } => notice = Some(literal(text)),
            Block::Caution { text } => paragraphs.push(format!("> ⚠️ {}", literal(text))),
            Block::Title { text, .. } => {
                // Of several questions in a message, each has a card of its own.
                if !card.title.is_empty() {
                    card.text = std::mem::take(&mut paragraphs).join("\n\n");
                    cards.push(std::mem::take(&mut card));
                }
                card.title = literal(text);
            }
            Block::Text { text } => paragraphs.push(from_base(text)),
            Block::Section { heading, text, .. } => {
                paragraphs.push(format!("**{}**\n{}", literal(heading), from_base(text)));
            }
            Block::Facts { facts } => card.fields.extend(facts.iter().map(fact)),
            Block::Contact { contact } => card.fields.push(reached(contact, phrases)),
            Block::Line { contact, text } => card.fields.push(line(contact, text)),
            Block::Sources { sources, reviewed } => {
                card.fields.extend(rests_on(sources, phrases));
                card.footer = reviewed.clone().unwrap_or_default();
            }
            Block::Choices { choices } => pressing.choices(choices, phrases),
            Block::SeeAlso { choices } => pressing.see_also(choices, phrases),
            Block::Facets { facets } => pressing.facets(answer, facets),
            Block::Receipt { text, .. } => paragraphs.push(literal(text)),
            Block::Step { .. } | Block::Matches { .. } => {
                paragraphs.push(literal(&block.plain_text()));
            }
            Block::Links { .. } | Block::Take { .. } => {}
        }
    }
    card.text = paragraphs.join("\n\n");
    pressing.actions(answer, phrases, place);
    let notice = notice.map(|text| Card {
        text,
        quiet: true,
        ..Card::default()
    });
    Drawing {
        cards: notice.into_iter().chain(cards).chain([card]).collect(),
        rows: pressing.rows,
    }
    .fitted()
}

/// A sentence or two of the bot's own as a message.
pub(super) fn said(text: &str) -> Drawing {
    Drawing {
        cards: vec![Card {
            text: from_base(text),
            ..Card::default()
        }],
        rows: Vec::new(),
    }
    .fitted()
}

/// A message with one thing more to press.
pub(super) fn with_button(
    mut drawing: Drawing,
    press: Press,
    label: &str,
    language: Language,
) -> Drawing {
    let button = Pressing::new(language).button(press, label, true);
    drawing
        .rows
        .extend(button.map(|button| Row::Buttons(vec![button])));
    drawing.fitted()
}

/// A sentence above menus of entries, 25 in each.
pub(super) fn menus(
    text: &str,
    choices: &[Choice],
    language: Language,
    phrases: &Phrases,
) -> Drawing {
    let mut pressing = Pressing::new(language);
    for part in choices.chunks(limit::OPTIONS).take(limit::ROWS) {
        let menu = pressing.menu(part, &phrases.discord.pick);
        pressing.rows.extend(menu);
    }
    Drawing {
        rows: pressing.rows,
        ..said(text)
    }
    .fitted()
}

fn fact(fact: &Fact) -> Field {
    Field {
        name: literal(&fact.label),
        value: literal(&fact.value),
        short: fact.value.chars().count() <= SHORT_FACT,
    }
}

fn reached(contact: &Contact, phrases: &Phrases) -> Field {
    let label = literal(&phrases.label_contact);
    let name = literal(&contact.name);
    if contact.ways.is_empty() {
        return Field {
            name: label,
            value: name,
            short: false,
        };
    }
    Field {
        name: format!("{label}: {name}"),
        value: ways(contact),
        short: false,
    }
}

/// A help line: who it is, the number, and what it does.
fn line(contact: &Contact, text: &str) -> Field {
    let way = |way: &Way| format!("**{}: {}**", literal(&way.label), value(way));
    let ways = contact.ways.iter().map(way);
    Field {
        name: literal(&contact.name),
        value: ways.chain([from_base(text)]).collect::<Vec<_>>().join("\n"),
        short: false,
    }
}

fn ways(contact: &Contact) -> String {
    let way = |way: &Way| {
        let note = way
            .note
            .as_ref()
            .map(|n| format!(" ({})", literal(n)))
            .unwrap_or_default();
        format!("{}: {}{note}", literal(&way.label), value(way))
    };
    contact.ways.iter().map(way).collect::<Vec<_>>().join("\n")
}

/// The value of a way to reach someone; a web address stays as it is, for Discord to link.
fn value(way: &Way) -> String {
    let is_page = way.link.as_deref() == Some(way.value.as_str());
    if is_page {
        way.value.clone()
    } else {
        literal(&way.value)
    }
}

fn rests_on(sources: &[SourceNote], phrases: &Phrases) -> Option<Field> {
    let source = |source: &SourceNote| {
        let name = match &source.url {
            Some(url) => link(&source.name, url),
            None => literal(&source.name),
        };
        match source.year {
            Some(year) => format!("{name} ({year})"),
            None => name,
        }
    };
    (!sources.is_empty()).then(|| Field {
        name: literal(&phrases.label_sources),
        value: sources.iter().map(source).collect::<Vec<_>>().join("\n"),
        short: false,
    })
}

/// Rows under construction. Discord refuses a message in which two things have the same id.
struct Pressing {
    language: Language,
    rows: Vec<Row>,
    /// What leads aside, for after what leads on.
    aside: Vec<Row>,
    used: BTreeSet<String>,
    menus: u8,
}

impl Pressing {
    fn new(language: Language) -> Pressing {
        Pressing {
            language,
            rows: Vec::new(),
            aside: Vec::new(),
            used: BTreeSet::new(),
            menus: 0,
        }
    }

    /// A button, unless its id would be too long or is there already.
    fn button(&mut self, press: Press, label: &str, main: bool) -> Option<Button> {
        let language = self.language;
        let id = Id { press, language }.print()?;
        self.used.insert(id.clone()).then(|| Button {
            id,
            label: label.to_owned(),
            main,
        })
    }

    /// Entries to choose among: on buttons when they are few and their titles short, else in a menu.
    fn choices(&mut self, choices: &[Choice], phrases: &Phrases) {
        let short = |c: &Choice| c.title.chars().count() <= LONGEST_ON_BUTTON;
        if choices.len() > limit::BUTTONS || !choices.iter().all(short) {
            let menu = self.menu(choices, &phrases.discord.pick);
            self.rows.extend(menu);
            return;
        }
        let buttons = choices.iter().enumerate().filter_map(|(i, choice)| {
            let press = Press::Show {
                entry: choice.entry.clone(),
                facet: None,
            };
            // With its number, for those who write it.
            self.button(press, &format!("{}. {}", i + 1, choice.title), true)
        });
        let buttons = buttons.collect();
        self.rows.push(Row::Buttons(buttons));
    }

    fn see_also(&mut self, choices: &[Choice], phrases: &Phrases) {
        let menu = self.menu(choices, &phrases.label_see_also);
        self.aside.extend(menu);
    }

    fn menu(&mut self, choices: &[Choice], placeholder: &str) -> Option<Row> {
        let id = Id {
            press: Press::Pick(self.menus),
            language: self.language,
        };
        let id = id.print()?;
        self.menus += 1;
        let mut seen = BTreeSet::new();
        let options = choices
            .iter()
            .filter(|c| seen.insert(&c.entry))
            .map(|c| (c.entry.to_string(), c.title.clone()));
        Some(Row::Menu {
            id,
            placeholder: placeholder.to_owned(),
            options: options.collect(),
        })
    }

    /// What else the entry can answer, two rows at most.
    fn facets(&mut self, answer: &Answer, facets: &[(Facet, String)]) {
        let Some(entry) = answer.shown.first() else {
            return;
        };
        let buttons: Vec<Button> = facets
            .iter()
            .filter(|(facet, _)| facet.describes())
            .filter_map(|(facet, heading)| {
                let press = Press::Show {
                    entry: entry.clone(),
                    facet: Some(*facet),
                };
                self.button(press, &asking(*facet, heading), true)
            })
            .collect();
        for row in buttons.chunks(limit::BUTTONS).take(2) {
            self.rows.push(Row::Buttons(row.to_vec()));
        }
    }

    /// What can be done about an answer, in a last row.
    fn actions(&mut self, answer: &Answer, phrases: &Phrases, place: Place) {
        let mut buttons = Vec::new();
        let receipt = answer.blocks.iter().find_map(|b| match b {
            Block::Receipt { code, .. } => crate::desk::Receipt::parse(code.as_deref()?),
            _ => None,
        });
        let about = answer.shown.first().cloned();
        let tell = receipt.map(Press::Tell);
        buttons.extend(tell.and_then(|p| self.button(p, &phrases.discord.tell_me, true)));
        match answer.decision {
            Decision::Answer => {
                buttons.extend(
                    about
                        .and_then(|entry| self.judging(entry, phrases))
                        .into_iter()
                        .flatten(),
                );
                buttons.extend(self.button(Press::Human, &phrases.discord.human, false));
            }
            Decision::Route | Decision::Unknown => {
                buttons.extend(self.button(Press::CallBack, &phrases.callback.heading, false));
                buttons.extend(self.button(Press::Human, &phrases.discord.human, false));
            }
            Decision::Choice => {
                buttons.extend(self.button(Press::Human, &phrases.discord.human, false));
            }
            Decision::SmallTalk if answer.small_talk.as_deref() == Some(HUMAN) => {
                buttons.extend(self.button(Press::CallBack, &phrases.callback.heading, true));
            }
            // Someone in need sees the help lines and nothing to decide about.
            Decision::Crisis | Decision::SmallTalk | Decision::Path => {}
        }
        if place.form && answer.decision != Decision::Crisis {
            buttons.extend(self.button(Press::AskOn, &phrases.discord.ask_on, false));
        }
        let remove = place.removed_by.map(Press::Remove);
        buttons.extend(remove.and_then(|p| self.button(p, &phrases.discord.remove, false)));
        self.rows.append(&mut self.aside);
        self.rows.truncate(limit::ROWS - 1);
        self.rows.push(Row::Buttons(buttons));
    }

    fn judging(&mut self, entry: EntryId, phrases: &Phrases) -> Option<[Button; 2]> {
        let helpful = self.button(
            Press::Helpful(entry.clone()),
            &phrases.discord.helpful,
            false,
        )?;
        let unhelpful = self.button(Press::Unhelpful(entry), &phrases.discord.unhelpful, false)?;
        Some([helpful, unhelpful])
    }
}

/// A heading as the question that a button asks.
fn asking(facet: Facet, heading: &str) -> String {
    let asks = match facet {
        Facet::Who | Facet::When | Facet::Where => true,
        Facet::How
        | Facet::Cost
        | Facet::Requirements
        | Facet::Afterwards
        | Facet::Distinct
        | Facet::Unverified => false,
    };
    if asks {
        format!("{}?", cut(heading, limit::LABEL - 1))
    } else {
        heading.to_owned()
    }
}
