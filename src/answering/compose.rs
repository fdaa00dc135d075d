//! Entries become blocks: the text, the facts that apply, the contact, the source, and what to be careful about.

use jiff::civil::Date;

use super::answer::{Block, Choice, SourceNote};
use super::contact::{Contact, Way};
use super::follow_up::Asked;
use crate::knowledge::{
    Entry, EntryId, Facet, Knowledge, Language, Phrases, Reach, Section, Standing, fill,
};

/// Puts answers together in one language on one day.
#[derive(Clone, Copy)]
pub(crate) struct Composer<'a> {
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) language: Language,
    pub(crate) today: Date,
}

impl<'a> Composer<'a> {
    /// The bot's own sentences.
    pub(crate) fn phrases(&self) -> &'a Phrases {
        self.knowledge.phrases(self.language)
    }

    /// The answer of an entry; `asked` is the part the question is about, when it is about one.
    pub(crate) fn entry(&self, entry: &Entry, asked: Option<Asked>) -> Vec<Block> {
        let text = entry.text(self.language);
        let mut blocks = self.opening(entry);
        let section = asked.and_then(|a| match a {
            Asked::Facet(facet) => text.section(facet),
            Asked::Contact => None,
        });
        blocks.extend(section.map(block_of));
        blocks.extend(self.facts(entry));
        blocks.extend(self.remind(entry));
        blocks.extend(self.contact_block(entry));
        blocks.push(self.sources(entry));
        blocks.extend(self.see_also(entry));
        blocks.extend(self.facets(entry, section.map(|s| s.facet)));
        blocks
    }

    /// Everything that an entry says, to be read and not only asked about.
    pub(crate) fn whole(&self, entry: &Entry) -> Vec<Block> {
        let text = entry.text(self.language);
        let mut blocks = self.opening(entry);
        blocks.extend(self.facts(entry));
        blocks.extend(self.remind(entry));
        blocks.extend(text.sections.iter().map(block_of));
        blocks.extend(self.contact_block(entry));
        blocks.push(self.sources(entry));
        blocks.extend(self.see_also(entry));
        blocks
    }

    /// What every answer with an entry begins with: its title, what to be careful about, and its summary.
    fn opening(&self, entry: &Entry) -> Vec<Block> {
        let text = entry.text(self.language);
        let mut blocks = vec![Block::Title {
            entry: entry.id.clone(),
            text: text.title.clone(),
        }];
        blocks.extend(self.caution(entry));
        blocks.push(Block::Text {
            text: text.summary.clone(),
        });
        blocks
    }

    /// The answer to a follow-up on an entry: only what was asked for, with what to be careful about.
    pub(crate) fn part(&self, entry: &Entry, asked: Asked) -> Vec<Block> {
        let text = entry.text(self.language);
        let about = fill(&self.phrases().about, &[("title", &text.title)]);
        let mut blocks = vec![Block::Title {
            entry: entry.id.clone(),
            text: about,
        }];
        let (facet, section) = match asked {
            Asked::Facet(facet) => (Some(facet), text.section(facet)),
            Asked::Contact => (None, None),
        };
        match section {
            Some(s) => {
                blocks.push(block_of(s));
                if matches!(s.facet, Facet::When | Facet::Cost | Facet::Who) {
                    blocks.extend(self.facts(entry));
                    blocks.extend(self.remind(entry).filter(|_| s.facet == Facet::When));
                }
            }
            None if facet.is_some() => {
                let values = [
                    ("title", text.title.as_str()),
                    ("contact", &self.contact_name(entry)),
                ];
                blocks.push(Block::Text {
                    text: fill(&self.phrases().facet_missing, &values),
                });
            }
            None => {}
        }
        blocks.extend(self.caution(entry));
        blocks.extend(self.contact_block(entry));
        blocks.push(self.sources(entry));
        blocks.extend(self.facets(entry, facet));
        blocks
    }

    /// What the reader must know before relying on an entry: it has ended, is old, is overdue.
    fn caution(&self, entry: &Entry) -> Option<Block> {
        let phrases = self.phrases();
        let contact = self.contact_name(entry);
        let text = match (entry.standing, &entry.replaced_by) {
            (Standing::Ended, Some(other)) => fill(
                &phrases.replaced,
                &[("title", self.knowledge.title(other, self.language))],
            ),
            (Standing::Ended, None) => phrases.ended.clone(),
            (Standing::Confirm, _) => match entry.source_years() {
                Some(years) => fill(&phrases.confirm, &[("year", &years), ("contact", &contact)]),
                None => fill(&phrases.confirm_no_year, &[("contact", &contact)]),
            },
            (Standing::Current, _) => match entry.review_by.filter(|day| *day < self.today) {
                Some(day) => fill(
                    &phrases.overdue,
                    &[("date", &self.date(day)), ("contact", &contact)],
                ),
                None => return None,
            },
        };
        let overdue = entry
            .review_by
            .filter(|day| *day < self.today && entry.standing == Standing::Confirm);
        let text = match overdue {
            Some(day) => format!(
                "{text} {}",
                fill(
                    &phrases.overdue,
                    &[("date", &self.date(day)), ("contact", &contact)]
                )
            ),
            None => text,
        };
        Some(Block::Caution { text })
    }

    /// The entry to turn to first: the contact, else the office, else the way in.
    fn contact_of(&self, entry: &Entry) -> EntryId {
        let own = entry.reach.is_some().then(|| entry.id.clone());
        own.or_else(|| entry.contact.clone())
            .or_else(|| entry.office.clone())
            .filter(|id| self.knowledge.entry(id).is_some())
            .unwrap_or_else(|| self.knowledge.municipality().way_in.clone())
    }

    fn contact_name(&self, entry: &Entry) -> String {
        // An entry that can be reached itself is asked itself, unless only a web page is known.
        short_title(self.knowledge.title(&self.contact_of(entry), self.language)).to_owned()
    }

    /// How to reach the contact of an entry; where the contact has no telephone or mail, the way in follows.
    fn contact_block(&self, entry: &Entry) -> Vec<Block> {
        let first = self.contact_of(entry);
        let mut blocks: Vec<Block> = self
            .contact(&first)
            .map(|contact| Block::Contact { contact })
            .into_iter()
            .collect();
        let can_be_called = |id: &EntryId| {
            self.knowledge
                .entry(id)
                .and_then(|e| e.reach.as_ref())
                .is_some_and(|r| !r.phones.is_empty() || !r.emails.is_empty())
        };
        let way_in = &self.knowledge.municipality().way_in;
        if !can_be_called(&first) && first != *way_in {
            let next = entry
                .office
                .as_ref()
                .filter(|o| can_be_called(o))
                .unwrap_or(way_in);
            blocks.extend(self.contact(next).map(|contact| Block::Contact { contact }));
        }
        blocks
    }

    /// Who an entry is and how to reach it.
    pub(crate) fn contact(&self, id: &EntryId) -> Option<Contact> {
        let entry = self.knowledge.entry(id)?;
        let ways = entry.reach.iter().flat_map(|r| self.ways(r));
        let ways = ways.chain(self.hours_of(entry)).collect();
        Some(Contact {
            entry: id.clone(),
            name: short_title(self.knowledge.title(id, self.language)).to_owned(),
            ways,
        })
    }

    fn ways(&self, reach: &Reach) -> Vec<Way> {
        let phrases = self.phrases();
        let note = |year: Option<i16>| {
            year.filter(|y| self.is_old(*y))
                .map(|y| fill(&phrases.from_year, &[("year", &y.to_string())]))
        };
        let mut ways = Vec::new();
        for phone in &reach.phones {
            let digits: String = phone
                .number
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect();
            ways.push(Way {
                label: phrases.label_phone.clone(),
                value: phone.number.clone(),
                link: Some(format!("tel:{digits}")),
                note: note(phone.year),
                hours: Vec::new(),
            });
        }
        for email in &reach.emails {
            ways.push(Way {
                label: phrases.label_email.clone(),
                value: email.address.clone(),
                link: Some(format!("mailto:{}", email.address)),
                note: note(email.year),
                hours: Vec::new(),
            });
        }
        if let Some(website) = &reach.website {
            ways.push(Way {
                label: phrases.label_website.clone(),
                value: website.clone(),
                link: Some(website.clone()),
                note: None,
                hours: Vec::new(),
            });
        }
        if let Some(visit) = &reach.visit {
            let value = [Some(visit.street.as_str()), visit.place.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ");
            ways.push(Way {
                label: phrases.label_visit.clone(),
                value,
                link: None,
                note: note(visit.year),
                hours: Vec::new(),
            });
        }
        if let Some(post) = &reach.post {
            ways.push(Way {
                label: phrases.label_post.clone(),
                value: post.clone(),
                link: None,
                note: None,
                hours: Vec::new(),
            });
        }
        ways
    }

    fn sources(&self, entry: &Entry) -> Block {
        let sources = entry
            .sources
            .iter()
            .map(|s| SourceNote {
                name: s.name.clone(),
                url: s.url.clone(),
                year: s.year,
            })
            .collect();
        let reviewed = entry
            .reviewed
            .map(|day| fill(&self.phrases().reviewed, &[("date", &self.date(day))]));
        Block::Sources { sources, reviewed }
    }

    fn see_also(&self, entry: &Entry) -> Option<Block> {
        let ids = entry.replaced_by.iter().chain(&entry.see_also);
        let choices = self.choices(ids);
        (!choices.is_empty()).then_some(Block::SeeAlso { choices })
    }

    /// Entries by title.
    pub(crate) fn choices<'b>(&self, ids: impl Iterator<Item = &'b EntryId>) -> Vec<Choice> {
        ids.filter(|id| self.knowledge.entry(id).is_some())
            .map(|id| Choice {
                entry: id.clone(),
                title: self.knowledge.title(id, self.language).to_owned(),
            })
            .collect()
    }

    fn facets(&self, entry: &Entry, shown: Option<Facet>) -> Option<Block> {
        let text = entry.text(self.language);
        let facets: Vec<_> = text
            .sections
            .iter()
            .filter(|s| Some(s.facet) != shown)
            .map(|s| (s.facet, s.heading.clone()))
            .collect();
        (!facets.is_empty()).then_some(Block::Facets { facets })
    }

    /// A help line: number first, then what it is and when it answers.
    pub(crate) fn line(&self, id: &EntryId) -> Option<Block> {
        let entry = self.knowledge.entry(id)?;
        let mut contact = self.contact(id)?;
        // In need, nobody wants to read from which year a number is; and hours that may no longer hold keep nobody from
        // calling.
        let holds = self.hours_of(entry).filter(|way| way.note.is_none());
        contact.ways = entry.reach.iter().flat_map(|r| self.ways(r)).collect();
        contact.ways.iter_mut().for_each(|way| way.note = None);
        contact.ways.extend(holds);
        let text = entry.text(self.language).summary.clone();
        Some(Block::Line { contact, text })
    }
}

fn block_of(section: &Section) -> Block {
    Block::Section {
        facet: section.facet,
        heading: section.heading.clone(),
        text: section.body.clone(),
    }
}

/// A title up to its colon: who it is, without what it does.
pub(crate) fn short_title(title: &str) -> &str {
    title.split(':').next().unwrap_or(title).trim()
}
