//! Typed terms in words: amounts, deadlines counted in days, applicants.

use jiff::civil::Date;

use super::answer::{Block, Fact};
use super::compose::Composer;
use crate::knowledge::{Amount, Applicant, Entry, Standing, Terms, fill, is_old};

impl<'a> Composer<'a> {
    /// The facts that apply today: who can apply, how much, by when, who runs it.
    pub(super) fn facts(&self, entry: &Entry) -> Option<Block> {
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
                add(&phrases.label_applicants, self.applicants(entry));
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

    /// Who may apply, in words.
    pub(super) fn applicants(&self, entry: &Entry) -> String {
        let terms = entry.terms.iter();
        self.list(
            terms
                .flat_map(|t| &t.applicants)
                .map(|a| self.applicant(*a)),
        )
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
        let Some(next) = terms.next_deadline(self.today) else {
            return open.or_else(|| {
                (!terms.deadlines.is_empty()).then(|| phrases.deadline_passed.clone())
            });
        };
        let date = self.date(next);
        let days = (next - self.today).get_days();
        if let Some(year) = terms.facts_from.filter(|y| self.is_old(*y)) {
            // Counting down to a day that may no longer be the day would state it as fact.
            let values = [
                ("date", date.as_str()),
                ("days", &days.to_string()),
                ("year", &year.to_string()),
            ];
            return Some(fill(&phrases.deadline_old, &values));
        }
        let counted = match days {
            0 => fill(&phrases.deadline_today, &[("date", &date)]),
            1 => fill(&phrases.deadline_tomorrow, &[("date", &date)]),
            _ => fill(
                &phrases.deadline_days,
                &[("days", &days.to_string()), ("date", &date)],
            ),
        };
        Some(counted)
    }

    /// That one can be reminded of the next deadline, when it is not over before that.
    pub(super) fn remind(&self, entry: &Entry) -> Option<Block> {
        let day = entry.next_deadline(self.today)?;
        (day > self.today).then(|| Block::Remind {
            entry: entry.id.clone(),
            day,
        })
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

    /// Whether information from this year is shown with its year.
    pub(super) fn is_old(&self, year: i16) -> bool {
        is_old(year, self.today)
    }

    /// A day in words: `25 februari 2027`.
    pub(crate) fn date(&self, day: Date) -> String {
        self.phrases().date(day)
    }
}

/// A sum with a space between thousands.
fn kronor(sum: u32) -> String {
    let digits = sum.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
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
