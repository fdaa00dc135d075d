//! Entries become blocks: the text, the facts that apply, the contact, the source, and what to be careful about.

use jiff::civil::Date;

use super::answer::{Block, Choice, Contact, Fact, SourceNote, Way};
use super::follow_up::Asked;
use crate::knowledge::{
    Amount, Applicant, Entry, EntryId, Facet, Knowledge, Language, Phrases, Reach, Standing, Terms,
    fill,
};

/// Information from a source older than this many years is shown with its year.
const OLD_AFTER_YEARS: i16 = 2;

/// Puts answers together in one language on one day.
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
        let mut blocks = vec![Block::Title {
            entry: entry.id.clone(),
            text: text.title.clone(),
        }];
        blocks.extend(self.caution(entry));
        blocks.push(Block::Text {
            text: text.summary.clone(),
        });
        let section = asked.and_then(|a| match a {
            Asked::Facet(facet) => text.section(facet),
            Asked::Contact => None,
        });
        blocks.extend(section.map(|s| Block::Section {
            facet: s.facet,
            heading: s.heading.clone(),
            text: s.body.clone(),
        }));
        blocks.extend(self.facts(entry));
        blocks.extend(self.contact_block(entry));
        blocks.push(self.sources(entry));
        blocks.extend(self.see_also(entry));
        blocks.extend(self.facets(entry, section.map(|s| s.facet)));
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
                blocks.push(Block::Section {
                    facet: s.facet,
                    heading: s.heading.clone(),
                    text: s.body.clone(),
                });
                if matches!(s.facet, Facet::When | Facet::Cost | Facet::Who) {
                    blocks.extend(self.facts(entry));
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
            (Standing::Confirm, _) => match entry.source_year() {
                Some(year) => fill(
                    &phrases.confirm,
                    &[("year", &year.to_string()), ("contact", &contact)],
                ),
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

    fn facts(&self, entry: &Entry) -> Option<Block> {
        let phrases = self.phrases();
        let mut facts = Vec::new();
        let mut add = |label: &str, value: String| {
            facts.push(Fact {
                label: label.to_owned(),
                value,
            })
        };
        if let Some(terms) = entry
            .terms
            .as_ref()
            .filter(|_| entry.standing != Standing::Ended)
        {
            if !terms.applicants.is_empty() {
                add(
                    &phrases.label_applicants,
                    self.list(terms.applicants.iter().map(|a| self.applicant(*a))),
                );
            }
            if let Some(amount) = terms.amount.and_then(|a| self.amount(a)) {
                add(
                    &phrases.label_amount,
                    self.with_year(amount, terms.facts_from),
                );
            }
            if let Some(deadline) = self.deadline(terms) {
                add(&phrases.label_deadline, deadline);
            }
        }
        if let Some(organization) = &entry.organization {
            add(&phrases.label_organization, organization.clone());
        }
        (!facts.is_empty()).then_some(Block::Facts { facts })
    }

    fn applicant(&self, applicant: Applicant) -> &'a str {
        let phrases = self.phrases();
        match applicant {
            Applicant::Association => &phrases.applicant_association,
            Applicant::Network => &phrases.applicant_network,
            Applicant::Individual => &phrases.applicant_individual,
            Applicant::Company => &phrases.applicant_company,
            Applicant::School => &phrases.applicant_school,
        }
    }

    fn list<'b>(&self, all: impl Iterator<Item = &'b str>) -> String {
        let all: Vec<&str> = all.collect();
        match all.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} {} {last}", rest.join(", "), self.phrases().and)
            }
            _ => all.concat(),
        }
    }

    fn amount(&self, amount: Amount) -> Option<String> {
        let phrases = self.phrases();
        if let Some(sum) = amount.exactly {
            return Some(fill(&phrases.amount_exactly, &[("amount", &kronor(sum))]));
        }
        if let (Some(from), Some(to)) = (amount.from, amount.to) {
            return Some(fill(
                &phrases.amount_between,
                &[("from", &kronor(from)), ("to", &kronor(to))],
            ));
        }
        amount
            .at_most
            .or(amount.to)
            .map(|sum| fill(&phrases.amount_at_most, &[("amount", &kronor(sum))]))
    }

    /// The next deadline in words: counted in days when the source is recent, else with its year and a caution.
    fn deadline(&self, terms: &Terms) -> Option<String> {
        let phrases = self.phrases();
        let open = terms.open_all_year.then(|| phrases.deadline_open.clone());
        let Some(next) = terms
            .deadlines
            .iter()
            .filter_map(|d| d.next(self.today))
            .min()
        else {
            return open.or_else(|| {
                (!terms.deadlines.is_empty()).then(|| phrases.deadline_passed.clone())
            });
        };
        let date = self.date(next);
        let days = (next - self.today).get_days();
        let counted = match days {
            0 => fill(&phrases.deadline_today, &[("date", &date)]),
            1 => fill(&phrases.deadline_tomorrow, &[("date", &date)]),
            _ => fill(
                &phrases.deadline_days,
                &[("days", &days.to_string()), ("date", &date)],
            ),
        };
        Some(self.with_year(counted, terms.facts_from))
    }

    /// A value from an older source, with the year and what that means.
    fn with_year(&self, value: String, year: Option<i16>) -> String {
        match year.filter(|y| self.is_old(*y)) {
            Some(year) => format!(
                "{value} ({})",
                fill(&self.phrases().from_year, &[("year", &year.to_string())])
            ),
            None => value,
        }
    }

    fn is_old(&self, year: i16) -> bool {
        year < self.today.year() - OLD_AFTER_YEARS
    }

    /// A day in words: `25 februari 2027`.
    pub(crate) fn date(&self, day: Date) -> String {
        let month = self
            .phrases()
            .months
            .get(day.month() as usize - 1)
            .map_or("", String::as_str);
        format!("{} {month} {}", day.day(), day.year())
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
        let ways = entry
            .reach
            .as_ref()
            .map(|r| self.ways(r))
            .unwrap_or_default();
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
            });
        }
        for email in &reach.emails {
            ways.push(Way {
                label: phrases.label_email.clone(),
                value: email.address.clone(),
                link: Some(format!("mailto:{}", email.address)),
                note: note(email.year),
            });
        }
        if let Some(website) = &reach.website {
            ways.push(Way {
                label: phrases.label_website.clone(),
                value: website.clone(),
                link: Some(website.clone()),
                note: None,
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
            });
        }
        if let Some(post) = &reach.post {
            ways.push(Way {
                label: phrases.label_post.clone(),
                value: post.clone(),
                link: None,
                note: None,
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
        let contact = self.contact(id)?;
        let text = entry.text(self.language).summary.clone();
        Some(Block::Line { contact, text })
    }
}

/// A title up to its colon: who it is, without what it does.
pub(crate) fn short_title(title: &str) -> &str {
    title.split(':').next().unwrap_or(title).trim()
}

/// A sum with a space between thousands.
fn kronor(sum: u32) -> String {
    let digits = sum.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            // A space that does not break.
            out.push('\u{a0}');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_grouped() {
        assert_eq!(kronor(10_000), "10\u{a0}000");
        assert_eq!(kronor(500), "500");
        assert_eq!(kronor(1_350_000), "1\u{a0}350\u{a0}000");
    }
}
