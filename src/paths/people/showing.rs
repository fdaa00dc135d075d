//! What the search for one's people has led to, in words.

use super::{Held, Off, Person, fit, goes_on, speaks};
use crate::answering::{Block, Fit, Match};
use crate::knowledge::{Audience, Company, Entry, Fits, Interest, PathName, Slot, Standing, fill};
use crate::paths::grants::group;
use crate::paths::guide::Guide;
use crate::paths::path::Path;
use crate::paths::step::{DAYS, Set, Situation};

/// So many are shown that fit, and so many that nearly do.
const MOST: usize = 5;
const MOST_NEARLY: usize = 3;

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
                text: self.first_step(person.you, first.entry),
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
        blocks.extend(self.someone_to_talk_to(held.first().map(|h| h.entry)));
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
    fn first_step(&self, you: Option<Situation>, best: &Entry) -> String {
        let text = self.texts().of(PathName::People);
        let contact = best.contact.as_ref().unwrap_or(&best.id);
        let (key, id) = match you {
            Some(Situation::Young) => ("first_young", contact),
            Some(Situation::Newcomer) => ("first_newcomer", &best.id),
            Some(Situation::Retired) => ("first_retired", &best.id),
            Some(Situation::Adult) | None => ("first", &best.id),
        };
        fill(
            text.say(key),
            &[("title", self.knowledge().title(id, self.language))],
        )
    }

    fn joined(&self, held: &Held<'_>, person: &Person<'_>) -> Match {
        let text = self.texts().of(PathName::People);
        let none = Fits::default();
        let fits = held.entry.fits.as_ref().unwrap_or(&none);
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
        because.extend(self.is_for_whom(fits));
        if let Some(part) = self
            .parts()
            .into_iter()
            .find(|p| person.part == Some(p.code.as_str()) && fits.parts.contains(&p.code))
        {
            because.push(fill(text.say("because_part"), &[("part", &part.name)]));
        }
        if let Some(tongue) = person.tongue.filter(|t| speaks(fits, *t) == Some(true)) {
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
            check: self.to_ask(held.entry, fits, person),
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
            Off::When => {
                let slots = fits.slots.iter().map(|s| s.code());
                let days = fits.days.iter().map(|d| DAYS[*d as usize]);
                let names: Vec<&str> = days
                    .chain(slots)
                    .map(|code| self.within(Set::Slot, code))
                    .collect();
                Some(fill(
                    text.say("missing_when_other"),
                    &[("when", &self.list(&names))],
                ))
            }
            Off::Part => {
                let parts = self.parts().into_iter();
                let names: Vec<&str> = parts
                    .filter(|p| fits.parts.contains(&p.code))
                    .map(|p| p.name.as_str())
                    .collect();
                Some(fill(
                    text.say("missing_part"),
                    &[("part", &self.list(&names))],
                ))
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

    /// What no source says of what was wished, and what else to know before one goes.
    fn to_ask(&self, entry: &Entry, fits: &Fits, person: &Person<'_>) -> Vec<String> {
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
            let (from, to) = (from.to_string(), to.to_string());
            all.push(fill(
                text.say("missing_age"),
                &[("from", &from), ("to", &to)],
            ));
        }
        if let (Standing::Confirm, Some(years)) = (entry.standing, entry.source_years()) {
            all.push(fill(&self.texts().say.old, &[("years", &years)]));
        }
        all
    }

    /// Someone to talk to, so that nobody is left with a list: the contact of what fits best, else the way in.
    fn someone_to_talk_to(&self, best: Option<&Entry>) -> Option<Block> {
        let text = self.texts().of(PathName::People);
        let way_in = &self.knowledge().municipality().way_in;
        let contact = best.and_then(|e| e.contact.as_ref()).unwrap_or(way_in);
        let entry = self.knowledge().entry(contact)?;
        let title = entry.text(self.language).title.as_str();
        let because = vec![fill(text.say("talk"), &[("title", title)])];
        let found = Match {
            because,
            ..self.plain_match(entry)
        };
        group(text.say("talk_heading"), Fit::Fits, vec![found])
    }
}
