//! An answer as a message on Discord. Pure.

use super::card::{Button, Card, Drawing, Field, Row, limit};
use super::found::{Detail, found};
use super::ids::{Press, Tag};
use super::markdown::{from_base, link, literal};
use super::pressing::Pressing;
use crate::answering::{Answer, Block, Choice, Contact, Fact, SourceNote, Way};
use crate::knowledge::{EntryId, Language, Phrases};

/// Shorter facts stand beside each other.
const SHORT_FACT: usize = 40;

/// Where an answer is shown, and to whom.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The one who may remove it; nobody where Discord has a button of its own for that.
    pub removed_by: Option<Tag>,
    /// Whether a form is offered to ask on in: where nobody can simply write.
    pub form: bool,
    /// Whether others are there: what is to be said in one's own words is then written in a form.
    pub shared: bool,
}

/// An answer as cards and things to press, within Discord's limits.
pub fn render(answer: &Answer, phrases: &Phrases, place: Place) -> Drawing {
    let mut drawing = drawn(answer, phrases, place, Detail::Whole);
    for detail in Detail::LESS {
        if drawing.has_room() {
            break;
        }
        drawing = drawn(answer, phrases, place, detail);
    }
    drawing.fitted()
}

/// The same, with so much about what a guided way in has led to.
fn drawn(answer: &Answer, phrases: &Phrases, place: Place, detail: Detail) -> Drawing {
    let mut notice = None;
    let mut cards = Cards::default();
    let mut pressing = Pressing::new(answer.language);
    let mut blocks = answer.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Notice { text } => notice = Some(literal(text)),
            Block::Caution { text } => cards.say(format!("> ⚠️ {}", literal(text))),
            Block::Title { text, .. } => {
                // Of several questions in a message, each has a card of its own.
                if !cards.card.title.is_empty() {
                    cards.turn();
                }
                cards.card.title = literal(text);
            }
            Block::Text { text } => {
                // What leads back to a step is no part of the answer that was given in between.
                if matches!(blocks.peek(), Some(Block::Step { .. })) {
                    cards.turn_from_an_answer();
                }
                cards.say(from_base(text));
            }
            Block::Section { heading, text, .. } => {
                cards.say(format!("**{}**\n{}", literal(heading), from_base(text)));
            }
            Block::Facts { facts } => cards.card.fields.extend(facts.iter().map(fact)),
            Block::Remind { entry, day } => pressing.remind(entry, *day),
            Block::Contact { contact } => cards.card.fields.push(reached(contact, phrases)),
            Block::Line { contact, text } => cards.card.fields.push(line(contact, text)),
            Block::Sources { sources, reviewed } => {
                cards.card.fields.extend(rests_on(sources, phrases));
                cards.card.footer = reviewed.clone().unwrap_or_default();
            }
            Block::Choices { choices } => pressing.choices(choices, phrases),
            Block::SeeAlso { choices } => pressing.see_also(choices, phrases),
            Block::Facets { facets } => pressing.facets(answer, facets),
            Block::Receipt { text, .. } => cards.say(literal(text)),
            Block::Step {
                code,
                place: step,
                ask,
                hint,
                links,
                writes,
                several,
            } => {
                cards.turn_from_an_answer();
                cards.say(format!("**{}**", literal(ask)));
                cards.say(hint.as_deref().map(literal).unwrap_or_default());
                cards.card.footer.clone_from(step);
                let writes = (*writes && place.shared).then_some(code.as_str());
                pressing.step(links, *several, writes, phrases);
            }
            Block::Matches {
                heading,
                fit,
                matches,
            } => {
                cards.turn();
                cards.done.push(found(heading, *fit, matches, detail));
                pressing.found(matches);
            }
            Block::Links { links } => pressing.links(links),
            Block::Take { .. } => {}
        }
    }
    let notice = notice.map(|text| Card {
        text,
        quiet: true,
        ..Card::default()
    });
    cards.turn();
    Drawing {
        cards: notice.into_iter().chain(cards.done).collect(),
        rows: pressing.rows(answer, phrases, place),
    }
}

/// Cards under construction.
#[derive(Default)]
struct Cards {
    done: Vec<Card>,
    /// The one that is being written.
    card: Card,
    paragraphs: Vec<String>,
}

impl Cards {
    fn say(&mut self, paragraph: String) {
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph);
        }
    }

    /// Begins another card.
    fn turn(&mut self) {
        self.card.text = std::mem::take(&mut self.paragraphs).join("\n\n");
        let card = std::mem::take(&mut self.card);
        if !card.is_empty() {
            self.done.push(card);
        }
    }

    /// Begins another card where there is more on this one than sentences.
    fn turn_from_an_answer(&mut self) {
        let Card { title, fields, .. } = &self.card;
        if !title.is_empty() || !fields.is_empty() {
            self.turn();
        }
    }
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

/// A message with a row of more to press, the first of which leads on.
pub(super) fn with_buttons<'a>(
    mut drawing: Drawing,
    buttons: impl IntoIterator<Item = (Press, &'a str)>,
    language: Language,
) -> Drawing {
    let mut pressing = Pressing::new(language);
    let buttons = buttons.into_iter().enumerate();
    let buttons = buttons.filter_map(|(i, (press, label))| pressing.button(press, label, i == 0));
    let buttons: Vec<Button> = buttons.collect();
    if !buttons.is_empty() {
        drawing.rows.push(Row::Buttons(buttons));
    }
    drawing.fitted()
}

/// A sentence above a menu of what someone is reminded of, to take some of it away.
pub(super) fn reminders(
    kept: &[(EntryId, String)],
    language: Language,
    phrases: &Phrases,
) -> Drawing {
    let row = Pressing::new(language).reminders(kept, phrases);
    Drawing {
        rows: row.into_iter().collect(),
        ..said(&phrases.reminder.list)
    }
    .fitted()
}

/// A sentence above menus of entries, 25 in each.
pub(super) fn menus(
    text: &str,
    choices: &[Choice],
    language: Language,
    phrases: &Phrases,
) -> Drawing {
    let mut pressing = Pressing::new(language);
    let parts = choices.chunks(limit::OPTIONS).take(limit::ROWS);
    let rows = parts.filter_map(|part| pressing.menu(part, &phrases.discord.pick));
    Drawing {
        rows: rows.collect(),
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
