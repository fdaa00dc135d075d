//! What the search for one's people has led to, in words.

use super::{Held, MOST, MOST_NEARLY, Off, Person, fit, goes_on, speaks};
use crate::answering::{Block, Fact, Fit, Match};
use crate::knowledge::{
    Audience, Company, Entry, EntryKind, Fits, Interest, Part, PathName, Slot, Standing, fill,
};
use crate::paths::grants::group;
use crate::paths::guide::Guide;
use crate::paths::path::Path;
use crate::paths::step::{DAYS, Set, Situation, Tongue};

/// The days of a working week.
const WEEKDAYS: [usize; 5] = [0, 1, 2, 3, 4];
/// The days at the weekend.
const WEEKEND: [usize; 2] = [5, 6];

impl Guide<'_> {
    /// What the search for one's people has led to.
    pub(in crate::paths) fn people(&self, path: &Path) -> Vec<Block> {
        let person = Person::of(path);
        let text = self.text_of(path);
        let held = self.held(&person);
        let of = |wanted: Fit| held.iter().filter(move |h| fit(&h.off) == wanted);
        let mut blocks = Vec::new();
        match held.first() {
            Some(first) => blocks.push(Block::Text {
                text: self.first_step(person.you, first),
            }),
            None => blocks.push(Block::Text {
                text: text.say("none").to_owned(),
            }),
        }
        for (kind, key, most) in [
            (Fit::Fits, "fits", MOST),
            (Fit::Nearly, "nearly", MOST_NEARLY),
        ] {
            let matches = of(kind).take(most).map(|h| self.joined(h, &person));
            blocks.extend(group(text.say(key), kind, matches.collect()));
        }
        blocks.extend(self.someone_to_talk_to(&held, &person));
        blocks.push(Block::Take {
            code: path.code(),
            print: self.texts().say.print.clone(),
            calendar: None,
        });
        let idea = self.begin_link(PathName::Idea);
        let creates = person.interest == Some(Interest::Create);
        blocks.push(self.links_on(path, creates.then_some(idea)));
        blocks
    }

    /// Where to begin, which differs with where in life one is.
    fn first_step(&self, you: Option<Situation>, best: &Held<'_>) -> String {
        let text = self.texts().of(PathName::People);
        let contact = best.entry.contact.as_ref();
        let contact = contact.filter(|id| id.kind() != EntryKind::Offices);
        let (key, id) = match (you, contact) {
            // The young rather write to someone than go somewhere alone.
            (Some(Situation::Young), Some(contact)) => ("first_young", contact),
            (Some(Situation::Newcomer), _) if speaks(best.fits, Tongue::Easy) == Some(true) => {
                ("first_newcomer", &best.entry.id)
            }
            (Some(_) | None, _) => ("first", &best.entry.id),
        };
        fill(text.say(key), &[("title", self.name_of(id))])
    }

    fn joined(&self, held: &Held<'_>, person: &Person<'_>) -> Match {
        let text = self.texts().of(PathName::People);
        let fits = held.fits;
        let when = person.when.map(|when| self.within(Set::Slot, when));
        let meets = person
            .when
            .is_some_and(|when| goes_on(fits, when) == Some(true));
        let mut because = Vec::new();
        if let Some(interest) = person.interest {
            let interest = self.within(Set::Interest, interest.code());
            because.push(match when.filter(|_| meets) {
                Some(when) => fill(
                    text.say("because_interest_when"),
                    &[("interest", interest), ("when", when)],
                ),
                None => fill(text.say("because_interest"), &[("interest", interest)]),
            });
        }
        if !held.off.contains(&Off::Situation) {
            because.extend(self.is_for_whom(fits));
        }
        if let Some(part) = self
            .parts()
            .into_iter()
            .find(|p| person.part == Some(p.code.as_str()) && fits.parts.contains(&p.code))
        {
            because.push(fill(text.say("because_part"), &[("part", &part.name)]));
        }
        let told = person.tongue.filter(|t| *t != Tongue::Swedish);
        if let Some(tongue) = told.filter(|t| speaks(fits, *t) == Some(true)) {
            let tongue = self.within(Set::Tongue, tongue.code());
            because.push(fill(text.say("because_tongue"), &[("tongue", tongue)]));
        }
        if let Some(company) = person.company.filter(|c| fits.company.contains(c)) {
            because.push(
                text.say(match company {
                    Company::Alone => "because_company_alone",
                    Company::Together => "because_company_together",
                })
                .to_owned(),
            );
        }
        Match {
            because,
            missing: held
                .off
                .iter()
                .filter_map(|off| self.is_off(*off, fits))
                .collect(),
            check: self.open_questions(held.entry, fits, person),
            facts: self.when_and_where(held),
            ..self.plain_match(held.entry)
        }
    }

    /// Whom something is for, when that is not everyone.
    fn is_for_whom(&self, fits: &Fits) -> Option<String> {
        let text = self.texts().of(PathName::People);
        let some = !fits.audiences.is_empty() && !fits.audiences.contains(&Audience::Everyone);
        let names: Vec<&str> = fits
            .audiences
            .iter()
            .map(|a| self.within(Set::Audience, a.code()))
            .collect();
        some.then(|| fill(text.say("because_you"), &[("audience", &self.list(&names))]))
    }

    /// What is not as wished, and how it is instead.
    fn is_off(&self, off: Off, fits: &Fits) -> Option<String> {
        let text = self.texts().of(PathName::People);
        match off {
            Off::Situation => self.is_for_whom(fits),
            Off::When => {
                let when = self.goes_on_when(fits)?;
                Some(fill(text.say("missing_when_other"), &[("when", &when)]))
            }
            Off::Part => {
                let part = self.goes_on_where(fits)?;
                Some(fill(text.say("missing_part"), &[("part", &part)]))
            }
            Off::Tongue => None,
            Off::Company => {
                let key = match fits.company.first() {
                    Some(Company::Alone) => "because_company_alone",
                    Some(Company::Together) | None => "because_company_together",
                };
                Some(text.say(key).to_owned())
            }
            Off::Interest | Off::Audience => None,
        }
    }

    /// When something goes on and where, as far as a source says so and it was not said otherwise.
    fn when_and_where(&self, held: &Held<'_>) -> Vec<Fact> {
        let text = self.texts().of(PathName::People);
        let fact = |off: Off, key: &str, value: Option<String>| {
            let value = value.filter(|_| !held.off.contains(&off))?;
            let label = text.say(key).to_owned();
            Some(Fact { label, value })
        };
        let when = fact(Off::When, "when", self.goes_on_when(held.fits));
        let place = fact(Off::Part, "where", self.goes_on_where(held.fits));
        when.into_iter().chain(place).collect()
    }

    /// When something goes on, inside a sentence: the days, and the time of day where it says more than they do.
    fn goes_on_when(&self, fits: &Fits) -> Option<String> {
        let within = |code: &'static str| self.within(Set::Slot, code);
        let days: Vec<usize> = fits.days.iter().map(|d| *d as usize).collect();
        let all_of = |some: &[usize]| some.iter().all(|day| days.contains(day));
        let is_told = |slot: &Slot| match slot {
            Slot::Weekend => all_of(&WEEKEND) || days.is_empty(),
            Slot::Daytime | Slot::Evening | Slot::Holidays | Slot::Anytime => true,
        };
        let slots: Vec<&str> = fits
            .slots
            .iter()
            .filter(|slot| is_told(slot))
            .map(|slot| within(slot.code()))
            .collect();
        // Every day of a week or of a weekend needs no list of days beside its time.
        let is_listed = slots.is_empty() || !(all_of(&WEEKDAYS) || all_of(&WEEKEND));
        let days: Vec<&str> = days
            .iter()
            .filter(|_| is_listed)
            .filter_map(|day| DAYS.get(*day).map(|code| within(code)))
            .collect();
        let (days, slots) = (self.list(&days), self.list(&slots));
        let told = format!("{days} {slots}").trim().to_owned();
        (!told.is_empty()).then_some(told)
    }

    /// The parts of the municipality where something goes on; those that lie in another of them are not named beside it.
    fn goes_on_where(&self, fits: &Fits) -> Option<String> {
        let mut parts = self.parts();
        parts.retain(|p| fits.parts.contains(&p.code));
        let holds_another =
            |part: &&&Part| parts.iter().any(|p| p.within.as_ref() == Some(&part.code));
        let names: Vec<&str> = parts
            .iter()
            .filter(|part| !holds_another(part))
            .map(|part| part.name.as_str())
            .collect();
        (!names.is_empty()).then(|| self.list(&names))
    }

    /// What no source says of what was wished, and what else to know before one goes.
    fn open_questions(&self, entry: &Entry, fits: &Fits, person: &Person<'_>) -> Vec<String> {
        let text = self.texts().of(PathName::People);
        let mut all = Vec::new();
        let asks_when = person.when.is_some_and(|w| w != Slot::Anytime.code());
        if asks_when
            && person
                .when
                .is_some_and(|when| goes_on(fits, when).is_none())
        {
            all.push(text.say("missing_when").to_owned());
        }
        if let Some(tongue) = person.tongue.filter(|t| speaks(fits, *t) != Some(true)) {
            let tongue = self.within(Set::Tongue, tongue.code());
            all.push(fill(text.say("missing_tongue"), &[("tongue", tongue)]));
        }
        if let Some([from, to]) = entry.ages {
            let key = if from == 0 {
                "missing_age_to"
            } else {
                "missing_age"
            };
            let (from, to) = (from.to_string(), to.to_string());
            all.push(fill(text.say(key), &[("from", &from), ("to", &to)]));
        }
        if let (Standing::Confirm, Some(years)) = (entry.standing, entry.source_years()) {
            all.push(fill(&self.texts().say.old, &[("years", &years)]));
        }
        all
    }

    /// Someone to talk to, so that nobody is left with a list: for whoever wants to be understood a help line, else the
    /// contact of what fits best, or the way in. Nothing where that already is someone.
    fn someone_to_talk_to(&self, held: &[Held<'_>], person: &Person<'_>) -> Option<Block> {
        let text = self.texts().of(PathName::People);
        let best = held.first().map(|h| h.entry);
        let kind = |entry: &Entry, kind| entry.id.kind() == kind;
        let line = held
            .iter()
            .map(|h| h.entry)
            .find(|e| kind(e, EntryKind::Helplines));
        let line = line.filter(|_| person.interest == Some(Interest::Support));
        if line.is_none() && best.is_some_and(|e| kind(e, EntryKind::Contacts)) {
            return None;
        }
        let contact = best.and_then(|e| e.contact.as_ref());
        let contact = contact.unwrap_or(&self.knowledge().municipality().way_in);
        let entry = line.or_else(|| self.knowledge().entry(contact))?;
        let found = Match {
            because: vec![text.say("talk").to_owned()],
            ..self.plain_match(entry)
        };
        group(text.say("talk_heading"), Fit::Fits, vec![found])
    }
}
