//! The strict rules of the entries.

use std::collections::{BTreeSet, HashMap};

use super::{At, Check, quoted};
use crate::knowledge::Knowledge;
use crate::knowledge::entry::{Entry, EntryId, EntryKind, Standing, Text};
use crate::knowledge::facet::Facet;
use crate::knowledge::language::Language;
use crate::knowledge::opening::{Day, Hours, ReachedBy};
use crate::knowledge::plain_language::plain_language;
use crate::knowledge::terms::Terms;

/// With fewer questions than this it is luck when a resident's words are matched.
const FEWEST_QUESTIONS: usize = 8;

/// A source older than so many years does not show that something holds today.
const OLDEST_SOURCE: i16 = 5;

impl Check<'_> {
    pub(super) fn entries(&mut self, knowledge: &Knowledge) {
        for entry in knowledge.entries() {
            let main = entry.text(knowledge.municipality().default_language);
            self.ids(entry, &main.path, knowledge);
            self.facts(entry, &main.path);
            self.opening(entry, &main.path);
            self.fits(entry, &main.path, knowledge.municipality());
            self.review(entry, &main.path);
            self.languages(entry, main, knowledge);
            for (language, text) in entry.texts.iter() {
                self.text(entry, language, text);
            }
        }
        self.questions(knowledge);
    }

    fn ids(&mut self, entry: &Entry, path: &str, knowledge: &Knowledge) {
        let links = [
            ("office", entry.office.as_slice()),
            ("contact", entry.contact.as_slice()),
            ("replaced_by", entry.replaced_by.as_slice()),
            ("instead", entry.instead.as_slice()),
            ("see_also", &entry.see_also),
            ("not_to_confuse_with", &entry.not_to_confuse_with),
        ];
        for (key, id) in links
            .iter()
            .flat_map(|(key, ids)| ids.iter().map(move |id| (*key, id)))
        {
            let at = |c: &Self| c.at(path, key, &quoted(id));
            if *id == entry.id && !matches!(key, "office" | "contact") {
                self.error(
                    at(self),
                    "refers-to-itself",
                    format!("`{key}` of `{id}` names the entry itself"),
                    "take it away, or name another entry",
                );
            } else {
                self.id(at, key, id, knowledge);
            }
        }
    }

    fn facts(&mut self, entry: &Entry, path: &str) {
        if entry.office.is_none() {
            self.error(
                At { path, line: 1 },
                "no-office",
                "the entry has no `office`, so nobody owns the questions about it",
                "add the office that owns it, such as `office = \"offices/…\"`",
            );
        }
        if let Some([from, to]) = entry.ages
            && from > to
        {
            self.error(
                self.at(path, "ages", ""),
                "ages-order",
                format!("`ages` goes from {from} to {to}"),
                "write the lower age first",
            );
        }
        if entry.sources.is_empty() && entry.id.kind() != EntryKind::Helplines {
            self.error(
                self.at(path, "sources", ""),
                "no-source",
                "the entry has no `sources`, so nobody can tell where its facts come from",
                "add `sources = [{ name = \"…\", url = \"…\", year = … }]`",
            );
        }
        if entry.replaced_by.is_some() && entry.standing != Standing::Ended {
            self.error(
                self.at(path, "replaced_by", ""),
                "replaced-not-ended",
                "`replaced_by` is only read when the entry has ended",
                "set `standing = \"ended\"`, or take `replaced_by` away",
            );
        }
        let dated =
            |t: &Terms| t.facts_from.is_some() || (t.deadlines.is_empty() && t.amount.is_none());
        if !entry.terms.as_ref().is_none_or(dated) {
            let keys = ["amount", "deadlines"].map(|key| self.at(path, key, ""));
            self.warning(
                if keys[0].line > 1 { keys[0] } else { keys[1] },
                "undated-facts",
                "amount and deadlines have no year, so they are shown as if they held today",
                "add `facts_from` with the year of their source",
            );
        }
        let oldest = self.today.year() - OLDEST_SOURCE;
        if let Some(year) = entry.newest_source().filter(|y| *y < oldest)
            && entry.standing == Standing::Current
        {
            self.warning(
                self.at(path, "sources", &year.to_string()),
                "old-source",
                format!("the entry is `current`, but its newest source is from {year}"),
                "find a newer source, or set `standing = \"confirm\"`",
            );
        }
    }

    fn opening(&mut self, entry: &Entry, path: &str) {
        let Some(reach) = &entry.reach else {
            return;
        };
        let mut seen: Vec<(Day, &Hours)> = Vec::new();
        for hours in &reach.opening {
            if !hours.make_sense() {
                self.error(
                    self.at(path, "opening", ""),
                    "opening-never",
                    format!(
                        "`opening` from {} to {} is at no time of any day",
                        hours.from.strftime("%H:%M"),
                        hours.to.strftime("%H:%M")
                    ),
                    "name the days, and write when it opens before when it closes",
                );
            }
            for day in &hours.days {
                let is_alike = |o: &Hours| {
                    let by_any = o.by == ReachedBy::Any || hours.by == ReachedBy::Any;
                    (by_any || o.by == hours.by) && o.before_holiday == hours.before_holiday
                };
                let overlaps = |(other, o): &(Day, &Hours)| {
                    other == day && is_alike(o) && o.from < hours.to && hours.from < o.to
                };
                if seen.iter().any(overlaps) {
                    self.error(
                        self.at(path, "opening", ""),
                        "opening-twice",
                        "two of the hours of `opening` cover the same time of the same day",
                        "write each day once, or once for each time it opens that day",
                    );
                }
                seen.push((*day, hours));
            }
        }
    }

    fn review(&mut self, entry: &Entry, path: &str) {
        let missing = [
            ("reviewed", entry.reviewed.is_none()),
            (
                "reviewed_by",
                entry
                    .reviewed_by
                    .as_ref()
                    .is_none_or(|role| role.trim().is_empty()),
            ),
            ("review_by", entry.review_by.is_none()),
        ];
        for (key, _) in missing.iter().filter(|(_, missing)| *missing) {
            self.error(
                self.at(path, key, ""),
                "not-reviewed",
                format!("`{key}` is missing, so nobody can tell how far to trust the text"),
                "add the day and the role of its review, and the day of the next one",
            );
        }
        if let Some(reviewed) = entry.reviewed.filter(|day| *day > self.today) {
            self.error(
                self.at(path, "reviewed", ""),
                "reviewed-in-future",
                format!("`reviewed` is {reviewed}, which is still to come"),
                "write the day the text was really gone through",
            );
        }
        let Some(review_by) = entry.review_by else {
            return;
        };
        if entry.reviewed.is_some_and(|reviewed| review_by < reviewed) {
            self.error(
                self.at(path, "review_by", ""),
                "review-order",
                format!("`review_by` is {review_by}, before the review itself"),
                "write the day by which the text must be gone through again",
            );
        } else if review_by < self.today {
            self.warning(
                self.at(path, "review_by", ""),
                "review-overdue",
                format!("the text should have been gone through by {review_by}"),
                "go through it, and move `reviewed` and `review_by`",
            );
        }
    }

    /// The same entry in every language of the base, with the same sections.
    fn languages(&mut self, entry: &Entry, main: &Text, knowledge: &Knowledge) {
        let municipality = knowledge.municipality();
        let facets = |text: &Text| {
            text.sections
                .iter()
                .map(|s| s.facet)
                .collect::<BTreeSet<Facet>>()
        };
        for language in Language::ALL
            .into_iter()
            .filter(|l| *l != municipality.default_language)
        {
            let listed = municipality.languages.contains(&language);
            let Some(text) = entry.texts.get(language) else {
                if listed
                    && !self
                        .files
                        .contains_key(&format!("{}.{language}.md", entry.id))
                {
                    self.error(
                        At {
                            path: &main.path,
                            line: 1,
                        },
                        "missing-translation",
                        format!(
                            "`{}` is not written in `{language}`, a language of the base",
                            entry.id
                        ),
                        format!("write {}.{language}.md", entry.id),
                    );
                }
                continue;
            };
            if !listed {
                self.error(
                    At {
                        path: &text.path,
                        line: 1,
                    },
                    "unlisted-language",
                    format!("`{language}` is not a language of the base, so this is never shown"),
                    "add it to `languages` in municipality.toml, or take the file away",
                );
            }
            let (ours, theirs) = (facets(text), facets(main));
            for (from, to, facet) in ours
                .difference(&theirs)
                .map(|f| (text, main, *f))
                .chain(theirs.difference(&ours).map(|f| (main, text, *f)))
            {
                let heading = from.section(facet).map_or("", |s| s.heading.as_str());
                self.error(
                    self.at(&from.path, "", &format!("## {heading}")),
                    "facets-differ",
                    format!("`{heading}` has no counterpart in {}", to.path),
                    format!("write that section in {}, or take this one away", to.path),
                );
            }
        }
    }

    fn text(&mut self, entry: &Entry, language: Language, text: &Text) {
        let path = text.path.as_str();
        if text.title.trim().is_empty() {
            self.error(
                self.at(path, "title", ""),
                "no-title",
                "the text has no `title`, so it can be neither shown nor chosen",
                "add `title` to the facts at the top",
            );
        }
        let (before, body) = body(self.source(path));
        if text.summary.is_empty() {
            self.error(
                At {
                    path,
                    line: before.max(1),
                },
                "no-opening",
                "nothing stands before the first heading, and that is the answer itself",
                "begin with two to four sentences that answer on their own",
            );
        }
        if entry.id.kind() == EntryKind::Offices && text.responsible_for.is_empty() {
            self.error(
                self.at(path, "responsible_for", ""),
                "no-responsibilities",
                "the office says nothing in `responsible_for`, so no question is led to it",
                "list what it handles, in the words that residents use",
            );
        }
        if text.questions.len() < FEWEST_QUESTIONS {
            self.warning(
                self.at(path, "questions", ""),
                "few-questions",
                format!(
                    "there are {} example questions, and matching learns from them",
                    text.questions.len()
                ),
                format!("write at least {FEWEST_QUESTIONS}, as different people would ask"),
            );
        }
        for remark in plain_language(language, body) {
            let line = before + remark.line;
            self.warning(At { path, line }, remark.rule, remark.reason, remark.mend);
        }
    }

    /// An example question belongs to one entry, and says more than its title.
    fn questions(&mut self, knowledge: &Knowledge) {
        let mut claimed: HashMap<String, (&EntryId, &str)> = HashMap::new();
        let texts = knowledge
            .entries()
            .iter()
            .flat_map(|e| e.texts.iter().map(move |(_, t)| (e, t)));
        for (entry, text) in texts {
            for question in &text.questions {
                let folded = letters(question);
                if folded == letters(&text.title) {
                    self.error(
                        self.at(&text.path, "questions", &quoted(question)),
                        "question-is-title",
                        format!("`{question}` is just the title, which is known anyway"),
                        "write how someone who does not know the title would ask",
                    );
                }
                let (id, path) = *claimed.entry(folded).or_insert((&entry.id, &text.path));
                if *id != entry.id {
                    self.error(
                        self.at(&text.path, "questions", &quoted(question)),
                        "question-twice",
                        format!("`{question}` is claimed by {path} too, and has one answer"),
                        "keep it where the better answer stands",
                    );
                }
            }
        }
    }
}

/// The text below the front matter, and the number of lines above it.
fn body(source: &str) -> (usize, &str) {
    let mut above = 0;
    let mut offset = 0;
    for line in source.split_inclusive('\n') {
        above += 1;
        offset += line.len();
        if above > 1 && line.starts_with("+++") {
            break;
        }
    }
    (above, &source[offset..])
}

/// The letters and digits of a text in lower case: the same for two ways of writing it.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
