//! What two entries say of the same thing and cannot both be right about. Only what is written as a fact is compared, and
//! only of entries with the same title, so that whatever is found here is certain.

use std::collections::{BTreeMap, BTreeSet};

use super::Knowledge;
use super::entry::{Entry, EntryId, Standing};
use super::language::Language;
use super::terms::{Amount, Deadline};

/// A fact that two entries disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disputed {
    /// How much money there is.
    Amount,
    /// The last days to apply.
    Deadlines,
    /// The telephone numbers: none is the same.
    Phones,
    /// The mailboxes: none is the same.
    Emails,
}

/// What two entries with the same title say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The two.
    pub entries: [EntryId; 2],
    /// What they disagree on.
    pub fact: Disputed,
    /// What each says.
    pub said: [String; 2],
}

impl Knowledge {
    /// What entries with the same title disagree on. What has ended is let be.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut titled: BTreeMap<(Language, String), Vec<&Entry>> = BTreeMap::new();
        for entry in self
            .entries()
            .iter()
            .filter(|e| e.standing != Standing::Ended)
        {
            for (language, text) in entry.texts.iter() {
                let title = plain(&text.title);
                if !title.is_empty() {
                    titled.entry((language, title)).or_default().push(entry);
                }
            }
        }
        let mut pairs: BTreeMap<(&EntryId, &EntryId), [&Entry; 2]> = BTreeMap::new();
        for alike in titled.values() {
            for (i, one) in alike.iter().enumerate() {
                for other in &alike[i + 1..] {
                    pairs.insert((&one.id, &other.id), [one, other]);
                }
            }
        }
        pairs.into_values().flat_map(between).collect()
    }
}

/// What an entry states of something, as texts that can be compared.
type Stated = fn(&Entry) -> BTreeSet<String>;

/// What two entries disagree on.
fn between(entries: [&Entry; 2]) -> Vec<Contradiction> {
    let facts: [(Disputed, Stated); 4] = [
        (Disputed::Amount, amount),
        (Disputed::Deadlines, deadlines),
        (Disputed::Phones, phones),
        (Disputed::Emails, emails),
    ];
    let disagree = facts.into_iter().filter_map(|(fact, of)| {
        let [one, other] = entries.map(of);
        let is_otherwise = match fact {
            Disputed::Amount | Disputed::Deadlines => one != other,
            // One office may have several, and two entries name different ones of them.
            Disputed::Phones | Disputed::Emails => one.is_disjoint(&other),
        };
        let are_said = !one.is_empty() && !other.is_empty();
        (are_said && is_otherwise).then(|| Contradiction {
            entries: entries.map(|e| e.id.clone()),
            fact,
            said: [one, other].map(|said| said.into_iter().collect::<Vec<_>>().join(", ")),
        })
    });
    disagree.collect()
}

fn amount(entry: &Entry) -> BTreeSet<String> {
    let amount = entry.terms.as_ref().and_then(|t| t.amount);
    amount
        .map(said_amount)
        .into_iter()
        .filter(|a| !a.is_empty())
        .collect()
}

fn said_amount(amount: Amount) -> String {
    match (amount.exactly, amount.from, amount.to.or(amount.at_most)) {
        (Some(exactly), _, _) => format!("{exactly} kr"),
        (None, Some(from), Some(to)) => format!("{from}–{to} kr"),
        (None, Some(from), None) => format!("≥ {from} kr"),
        (None, None, Some(to)) => format!("≤ {to} kr"),
        (None, None, None) => String::new(),
    }
}

fn deadlines(entry: &Entry) -> BTreeSet<String> {
    let terms = entry.terms.iter();
    let days = terms.flat_map(|t| t.deadlines.iter().copied());
    days.map(|day: Deadline| String::from(day)).collect()
}

fn phones(entry: &Entry) -> BTreeSet<String> {
    let phones = entry.reach.iter().flat_map(|r| &r.phones);
    phones.map(|p| digits(&p.number)).collect()
}

fn emails(entry: &Entry) -> BTreeSet<String> {
    let emails = entry.reach.iter().flat_map(|r| &r.emails);
    emails.map(|e| e.address.trim().to_lowercase()).collect()
}

/// A number as it is dialled, however it is written.
fn digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("0046").or(digits.strip_prefix("46")) {
        Some(rest) if number.trim_start().starts_with(['+', '0']) => {
            format!("0{}", rest.trim_start_matches('0'))
        }
        Some(_) | None => digits,
    }
}

/// A title as it is compared.
fn plain(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|w| !w.is_empty()).map(str::to_lowercase);
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Files;

    fn base(entries: &[(&str, &str)]) -> Knowledge {
        let town = "name = \"A\"\nlanguages = [\"sv\", \"en\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n";
        let mut files = Files::from([("municipality.toml".to_owned(), town.to_owned())]);
        for (id, front) in entries {
            files.insert(format!("{id}.md"), format!("+++\n{front}\n+++\nText.\n"));
        }
        Knowledge::load(&files).knowledge.unwrap()
    }

    #[test]
    fn entries_of_the_same_title_must_agree() {
        let knowledge = base(&[
            (
                "grants/a",
                "title = \"Startbidrag\"\n[grant]\namount = { at_most = 5000 }\ndeadlines = [\"02-25\"]",
            ),
            (
                "grants/b",
                "title = \"startbidrag!\"\n[grant]\namount = { at_most = 8000 }\ndeadlines = [\"02-25\"]",
            ),
            (
                "grants/c",
                "title = \"Startbidrag\"\nstanding = \"ended\"\n[grant]\namount = { at_most = 1 }",
            ),
            (
                "grants/d",
                "title = \"Annat bidrag\"\n[grant]\namount = { at_most = 1 }",
            ),
            (
                "contacts/e",
                "title = \"Kansliet\"\n[reach]\nphones = [{ number = \"08-12 34\" }]",
            ),
            (
                "offices/e",
                "title = \"Kansliet\"\n[reach]\nphones = [{ number = \"+46 8 12 34\" }]",
            ),
            (
                "guides/e",
                "title = \"Kansliet\"\n[reach]\nphones = [{ number = \"08-99 99\" }]",
            ),
        ]);
        let found = knowledge.contradictions();
        let said: Vec<String> = found
            .iter()
            .map(|c| {
                format!(
                    "{} {} {:?} {}",
                    c.entries[0],
                    c.entries[1],
                    c.fact,
                    c.said.join(" | ")
                )
            })
            .collect();
        let expected = [
            "contacts/e guides/e Phones 081234 | 089999",
            "grants/a grants/b Amount ≤ 5000 kr | ≤ 8000 kr",
            "guides/e offices/e Phones 089999 | 081234",
        ];
        assert_eq!(said, expected);
    }
}
