//! What can be pressed below a message, in rows: at most five, and no two things with the same id.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::card::{Button, Row, cut, limit};
use super::ids::{Id, Press};
use super::render::Place;
use crate::answering::{Answer, Block, Choice, Decision, Link, LinkKind, Match};
use crate::desk::Receipt;
use crate::knowledge::{EntryId, Facet, Language, Phrases, fill};

/// Longer labels are hard to read on a button, and stand in a menu.
const LONGEST_ON_BUTTON: usize = 38;
/// More answers to a step than this are easier to read in a menu.
const MOST_ANSWERS: usize = 10;
/// What an entry can answer further takes so many rows at most.
const FACET_ROWS: usize = 2;
/// The small talk that says how to reach a person.
const HUMAN: &str = "human";

/// Rows under construction.
pub(super) struct Pressing {
    language: Language,
    /// What the message asks to choose among.
    rows: Vec<Row>,
    /// What can be asked further of an entry.
    facets: Vec<Row>,
    /// What reminds of last days.
    remind: Vec<(EntryId, Date)>,
    /// What leads into guided ways, and on from their ends.
    links: Vec<Button>,
    /// What leads aside, for after what leads on.
    aside: Vec<Row>,
    /// What leads out of a step.
    ways_out: Vec<Button>,
    /// The entries that a guided way has led to.
    found: Vec<Choice>,
    /// Whether a step is to be answered, beside which nothing else is to be decided.
    on_step: bool,
    used: BTreeSet<String>,
    menus: u8,
}

impl Pressing {
    pub(super) fn new(language: Language) -> Pressing {
        Pressing {
            language,
            rows: Vec::new(),
            facets: Vec::new(),
            remind: Vec::new(),
            links: Vec::new(),
            aside: Vec::new(),
            ways_out: Vec::new(),
            found: Vec::new(),
            on_step: false,
            used: BTreeSet::new(),
            menus: 0,
        }
    }

    /// A button, unless its id would be too long or is there already.
    pub(super) fn button(&mut self, press: Press, label: &str, main: bool) -> Option<Button> {
        let language = self.language;
        let id = Id { press, language }.print()?;
        self.used.insert(id.clone()).then(|| Button {
            id,
            label: label.to_owned(),
            main,
        })
    }

    /// Entries to choose among, in a menu.
    pub(super) fn menu(&mut self, choices: &[Choice], placeholder: &str) -> Option<Row> {
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
            several: false,
            options: options.collect(),
        })
    }

    /// Entries to choose among: on buttons when they are few and their titles short, else in a menu.
    pub(super) fn choices(&mut self, choices: &[Choice], phrases: &Phrases) {
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

    pub(super) fn see_also(&mut self, choices: &[Choice], phrases: &Phrases) {
        let menu = self.menu(choices, &phrases.label_see_also);
        self.aside.extend(menu);
    }

    /// What else the entry can answer.
    pub(super) fn facets(&mut self, answer: &Answer, facets: &[(Facet, String)]) {
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
        let rows = in_rows(&buttons).take(FACET_ROWS);
        self.facets.extend(rows);
    }

    /// To be reminded of the next last day of an entry.
    pub(super) fn remind(&mut self, entry: &EntryId, day: Date) {
        self.remind.push((entry.clone(), day));
    }

    /// The buttons for that. Of several in one message each says which day it is about.
    fn reminding(&mut self, phrases: &Phrases) -> Vec<Button> {
        let asked = std::mem::take(&mut self.remind);
        let words = &phrases.reminder;
        let is_one = asked.len() == 1;
        let button = |(entry, day): (EntryId, Date)| {
            let date = phrases.date(day);
            let label = if is_one {
                words.button.clone()
            } else {
                fill(&words.button_before, &[("date", &date)])
            };
            self.button(Press::Remind(entry), &label, true)
        };
        asked.into_iter().filter_map(button).collect()
    }

    /// What someone is reminded of, in a menu to take some of it away.
    pub(super) fn reminders(
        &mut self,
        kept: &[(EntryId, String)],
        phrases: &Phrases,
    ) -> Option<Row> {
        let id = Id {
            press: Press::DropReminders,
            language: self.language,
        };
        let options = kept.iter().map(|(id, text)| (id.to_string(), text.clone()));
        Some(Row::Menu {
            id: id.print()?,
            placeholder: phrases.reminder.pick.clone(),
            several: true,
            options: options.collect(),
        })
    }

    /// The answers to a step and the ways out of it. Where it is answered in one's own words that are to stand in a form,
    /// `writes` is the code of the place.
    pub(super) fn step(
        &mut self,
        links: &[Link],
        several: bool,
        writes: Option<&str>,
        phrases: &Phrases,
    ) {
        self.on_step = true;
        let (answers, ways_out): (Vec<&Link>, Vec<&Link>) =
            links.iter().partition(|l| l.kind == LinkKind::Option);
        for link in ways_out {
            let button = self.link(link);
            self.ways_out.extend(button);
        }
        if let Some(code) = writes {
            let press = Press::Write(code.to_owned());
            let button = self.button(press, &phrases.discord.write_answer, true);
            self.rows.extend(button.map(|b| Row::Buttons(vec![b])));
        }
        if several || answers.len() > MOST_ANSWERS || !answers.iter().all(|l| fits_button(l)) {
            let menu = self.answers(&answers, several, phrases);
            self.rows.extend(menu);
            return;
        }
        let buttons: Vec<Button> = answers
            .iter()
            .filter_map(|l| self.button(Press::Path(l.code.clone()), &l.label, true))
            .collect();
        self.rows.extend(in_rows(&buttons));
    }

    /// Answers to a step in a menu, by the codes of where they lead.
    fn answers(&mut self, answers: &[&Link], several: bool, phrases: &Phrases) -> Option<Row> {
        let id = Id {
            press: Press::Answers,
            language: self.language,
        };
        let id = id.print()?;
        let placeholder = if several {
            &phrases.discord.pick_several
        } else {
            &phrases.discord.pick
        };
        let mut seen = BTreeSet::new();
        let options = answers
            .iter()
            .filter(|l| seen.insert(&l.code))
            .map(|l| (l.code.clone(), l.label.clone()));
        self.used.insert(id.clone()).then(|| Row::Menu {
            id,
            placeholder: placeholder.clone(),
            several,
            options: options.collect(),
        })
    }

    /// What leads into guided ways, and on and out from where one has led to something.
    pub(super) fn links(&mut self, links: &[Link]) {
        for link in links {
            let button = self.link(link);
            match link.kind {
                LinkKind::Option | LinkKind::Begin | LinkKind::Send => self.links.extend(button),
                LinkKind::Unsure | LinkKind::Back | LinkKind::Stop => self.ways_out.extend(button),
            }
        }
    }

    fn link(&mut self, link: &Link) -> Option<Button> {
        let main = match link.kind {
            LinkKind::Option | LinkKind::Send => true,
            LinkKind::Begin | LinkKind::Unsure | LinkKind::Back | LinkKind::Stop => false,
        };
        self.button(Press::Path(link.code.clone()), &link.label, main)
    }

    /// The entries that a guided way has led to, to read more about.
    pub(super) fn found(&mut self, matches: &[Match]) {
        self.found.extend(matches.iter().map(|m| Choice {
            entry: m.entry.clone(),
            title: m.title.clone(),
        }));
    }

    /// All of it, with what can be done about the answer in the last rows.
    pub(super) fn rows(mut self, answer: &Answer, phrases: &Phrases, place: Place) -> Vec<Row> {
        let mut about = self.actions(answer, phrases);
        let mut last = std::mem::take(&mut self.ways_out);
        if place.form && answer.decision != Decision::Crisis {
            last.extend(self.button(Press::AskOn, &phrases.discord.ask_on, false));
        }
        let remove = place.removed_by.map(Press::Remove);
        last.extend(remove.and_then(|p| self.button(p, &phrases.discord.remove, false)));
        if about.len() + last.len() <= limit::BUTTONS {
            about.append(&mut last);
        }
        let below: Vec<Row> = in_rows(&about).chain(in_rows(&last)).collect();
        let found = std::mem::take(&mut self.found);
        let found = (!found.is_empty())
            .then(|| self.menu(&found, &phrases.discord.read_more))
            .flatten();
        let mut rows = std::mem::take(&mut self.rows);
        let mut links = std::mem::take(&mut self.links);
        if !self.on_step {
            rows.append(&mut self.facets);
            // Before what leads elsewhere.
            links.splice(..0, self.reminding(phrases));
        }
        rows.extend(found);
        rows.extend(in_rows(&links));
        if !self.on_step {
            rows.append(&mut self.aside);
        }
        rows.truncate(limit::ROWS.saturating_sub(below.len()));
        rows.extend(below);
        rows
    }

    /// What can be done about an answer.
    fn actions(&mut self, answer: &Answer, phrases: &Phrases) -> Vec<Button> {
        let mut buttons = Vec::new();
        let receipt = answer.blocks.iter().find_map(|b| match b {
            Block::Receipt { code, .. } => Receipt::parse(code.as_deref()?),
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
        buttons
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

fn in_rows(buttons: &[Button]) -> impl Iterator<Item = Row> {
    buttons
        .chunks(limit::BUTTONS)
        .map(|row| Row::Buttons(row.to_vec()))
}

/// Whether an answer can stand on a button: its label is short, and where it leads fits into an id.
fn fits_button(link: &Link) -> bool {
    let id = Id {
        press: Press::Path(link.code.clone()),
        language: Language::Swedish,
    };
    link.label.chars().count() <= LONGEST_ON_BUTTON && id.print().is_some()
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
