//! What the search for a grant has led to, in words.

use super::{Barrier, Sought, Weighed, fit, group};
use crate::answering::{Block, Fact, Fit, Match, facts_of};
use crate::knowledge::{
    Applicant, Condition, Eligibility, Entry, EntryId, PathName, Scope, Standing, Terms, fill,
};
use crate::paths::guide::Guide;
use crate::paths::path::Path;
use crate::paths::step::{Applying, Set};

/// So many that do not fit are shown, those that lack least first.
const MOST_NOT: usize = 6;

impl Guide<'_> {
    /// What the search for a grant has led to.
    pub(in crate::paths) fn grants(&self, path: &Path) -> Vec<Block> {
        let sought = Sought::of(path);
        let text = self.text_of(path);
        let weighed = self.weighed(&sought);
        let of = |wanted: Fit| weighed.iter().filter(move |w| fit(&w.barriers) == wanted);
        let mut blocks: Vec<Block> = self.what_was_said(path).into_iter().collect();
        let nothing_fits = of(Fit::Fits).next().is_none();
        if nothing_fits {
            blocks.push(Block::Text {
                text: text.say("none").to_owned(),
            });
        }
        for (kind, key) in [(Fit::Fits, "fits"), (Fit::Nearly, "nearly")] {
            let matches = of(kind).map(|w| self.grant(w, &sought));
            blocks.extend(group(text.say(key), kind, matches.collect()));
        }
        blocks.extend(nothing_fits.then(|| self.instead(&sought)).flatten());
        let matches = of(Fit::Not).take(MOST_NOT).map(|w| self.grant(w, &sought));
        blocks.extend(group(text.say("not"), Fit::Not, matches.collect()));
        let has_days = |w: &Weighed<'_>| {
            let deadlines = w.entry.terms.iter().flat_map(|t| &t.deadlines);
            deadlines
                .filter_map(|d| d.next(self.today))
                .next()
                .is_some()
        };
        let dated = of(Fit::Fits).chain(of(Fit::Nearly)).any(has_days);
        let say = &self.texts().say;
        blocks.push(Block::Take {
            code: path.code(),
            print: say.print.clone(),
            calendar: dated.then(|| say.calendar.clone()),
        });
        blocks.push(self.links_on(path, None));
        blocks
    }

    /// What was said, so that whoever reads it sees what the rest rests on.
    fn what_was_said(&self, path: &Path) -> Option<Block> {
        let steps = [
            ("who", Set::Who, "said_who"),
            ("purpose", Set::Purpose, "said_purpose"),
            ("whom", Set::Audience, "said_whom"),
            ("where", Set::Scope, "said_where"),
            ("soon", Set::Soon, "said_soon"),
        ];
        let facts: Vec<Fact> = steps
            .iter()
            .filter_map(|(key, set, label)| {
                let code = path.picks(key).first()?;
                let said = self.texts().option(set.key()?, code);
                Some(Fact {
                    label: self.text_of(path).say(label).to_owned(),
                    value: said.label.clone(),
                })
            })
            .collect();
        (!facts.is_empty()).then_some(Block::Facts { facts })
    }

    pub(super) fn grant(&self, weighed: &Weighed<'_>, sought: &Sought) -> Match {
        let entry = weighed.entry;
        let text = self.texts().of(PathName::Grants);
        let kind = fit(&weighed.barriers);
        let mut because = Vec::new();
        if kind == Fit::Not {
            because.extend(
                weighed
                    .barriers
                    .iter()
                    .filter_map(|b| self.why_not(*b, entry)),
            );
        } else {
            let says_who = entry.terms.iter().any(|t| !t.applicants.is_empty());
            let who = sought
                .who
                .filter(|_| says_who && kind == Fit::Fits)
                .map(|w| self.within(Set::Who, w.code()));
            because.extend(who.map(|who| fill(text.say("because"), &[("who", who)])));
            let stated = entry.fits.as_ref().filter(|f| !f.purposes.is_empty());
            let purpose = sought.purpose.filter(|_| stated.is_some());
            because.extend(purpose.map(|purpose| {
                let within = self.within(Set::Purpose, purpose.code());
                fill(text.say("because_purpose"), &[("purpose", within)])
            }));
        }
        let could = kind != Fit::Not;
        Match {
            entry: entry.id.clone(),
            title: entry.text(self.language).title.clone(),
            about: self.about(entry),
            because,
            missing: if could {
                weighed
                    .barriers
                    .iter()
                    .filter_map(|b| self.missing(*b))
                    .collect()
            } else {
                Vec::new()
            },
            check: if could {
                self.checks(entry, &weighed.barriers, sought)
            } else {
                Vec::new()
            },
            prepare: if could {
                self.documents(entry)
            } else {
                Vec::new()
            },
            facts: if could {
                self.dates_and_sums(entry)
            } else {
                Vec::new()
            },
        }
    }

    /// What must be done first about a barrier that can be mended.
    fn missing(&self, barrier: Barrier) -> Option<String> {
        let text = self.texts().of(PathName::Grants);
        let municipality = self.knowledge().municipality();
        let read = |key: &str, plain: &str, id: Option<&EntryId>| match id {
            Some(id) => {
                let title = self.knowledge().title(id, self.language);
                fill(text.say(key), &[("title", title)])
            }
            None => text.say(plain).to_owned(),
        };
        match barrier {
            Barrier::NoAssociation => {
                let guide = municipality.paths.association.as_ref();
                Some(read(
                    "missing_association",
                    "missing_association_plain",
                    guide,
                ))
            }
            Barrier::NotApproved => {
                let guide = municipality.instead.unapproved.as_ref();
                Some(read("missing_approval", "missing_approval_plain", guide))
            }
            Barrier::Late(day) => {
                let date = self.knowledge().phrases(self.language).date(day);
                Some(fill(text.say("missing_time"), &[("date", &date)]))
            }
            Barrier::Passed => Some(text.say("missing_round").to_owned()),
            Barrier::Ended
            | Barrier::Applicant
            | Barrier::Purpose
            | Barrier::Audience
            | Barrier::Scope => None,
        }
    }

    fn why_not(&self, barrier: Barrier, entry: &Entry) -> Option<String> {
        let text = self.texts().of(PathName::Grants);
        let fits = entry.fits.as_ref();
        let listed = |set: Set, codes: Vec<&str>| {
            let names: Vec<&str> = codes.iter().map(|code| self.within(set, code)).collect();
            self.list(&names)
        };
        match barrier {
            Barrier::Ended => Some(text.say("not_ended").to_owned()),
            Barrier::Applicant => {
                let phrases = self.knowledge().phrases(self.language);
                let terms = entry.terms.iter().flat_map(|t| &t.applicants);
                let names: Vec<&str> = terms
                    .map(|a| match a {
                        Applicant::Association => phrases.applicant_association.as_str(),
                        Applicant::Network => &phrases.applicant_network,
                        Applicant::Individual => &phrases.applicant_individual,
                        Applicant::Company => &phrases.applicant_company,
                        Applicant::School => &phrases.applicant_school,
                    })
                    .collect();
                Some(fill(
                    text.say("not_applicant"),
                    &[("applicants", &self.list(&names))],
                ))
            }
            Barrier::Purpose => {
                let codes = fits
                    .iter()
                    .flat_map(|f| f.purposes.iter().map(|p| p.code()));
                let purposes = listed(Set::Purpose, codes.collect());
                Some(fill(text.say("not_purpose"), &[("purposes", &purposes)]))
            }
            Barrier::Audience => {
                let codes = fits
                    .iter()
                    .flat_map(|f| f.audiences.iter().map(|a| a.code()));
                let audiences = listed(Set::Audience, codes.collect());
                Some(fill(text.say("not_audience"), &[("audiences", &audiences)]))
            }
            Barrier::Scope => {
                let codes = fits.iter().flat_map(|f| f.scopes.iter().map(|s| s.code()));
                let scopes = listed(Set::Scope, codes.collect());
                Some(fill(text.say("not_scope"), &[("scopes", &scopes)]))
            }
            // What can be mended is not the reason.
            Barrier::NoAssociation | Barrier::NotApproved | Barrier::Late(_) | Barrier::Passed => {
                None
            }
        }
    }

    /// What the terms ask for that was not asked about here.
    fn checks(&self, entry: &Entry, barriers: &[Barrier], sought: &Sought) -> Vec<String> {
        let text = self.texts().of(PathName::Grants);
        let conditions = entry.terms.iter().flat_map(|t| &t.eligibility);
        let mut all: Vec<String> = conditions
            .filter(|e| {
                let settled = e.about == Condition::ApprovedAssociation
                    && (barriers.contains(&Barrier::NotApproved)
                        || sought.who == Some(Applying::Approved));
                let is_here = e.about == Condition::Place && sought.scope == Some(Scope::Here);
                !settled && !is_here
            })
            .filter_map(|e| self.condition(e))
            .collect();
        if let Some([from, to]) = entry.ages {
            let values = [("from", from.to_string()), ("to", to.to_string())];
            let values = values.each_ref().map(|(k, v)| (*k, v.as_str()));
            all.push(fill(text.say("check_age"), &values));
        }
        let has_no_date = |t: &Terms| t.deadlines.is_empty() && !t.open_all_year;
        if entry.terms.as_ref().is_none_or(has_no_date) {
            all.push(text.say("no_date").to_owned());
        }
        if let (Standing::Confirm, Some(years)) = (entry.standing, entry.source_years()) {
            all.push(fill(&self.texts().say.old, &[("years", &years)]));
        }
        all
    }

    fn condition(&self, eligibility: &Eligibility) -> Option<String> {
        let text = self.texts().of(PathName::Grants);
        let count = eligibility.at_least.map(|n| n.to_string());
        let [from, to] = eligibility.ages.unwrap_or_default().map(|n| n.to_string());
        let count = count.as_deref().unwrap_or_default();
        let values = [
            ("count", count),
            ("from", from.as_str()),
            ("to", to.as_str()),
        ];
        let key = match eligibility.about {
            Condition::Members if eligibility.at_least.is_none() => return None,
            Condition::Members if eligibility.ages.is_some() => "check_members",
            Condition::Members => "check_members_any",
            Condition::Age if eligibility.ages.is_none() => return None,
            Condition::Age => "check_age",
            Condition::YearsActive => match eligibility.at_least {
                Some(1) => "check_years_one",
                Some(_) => "check_years",
                None => return None,
            },
            Condition::ApprovedAssociation => "check_approved",
            Condition::NonProfit => "check_profit",
            Condition::NationalBody => "check_national",
            Condition::Place => "check_place",
        };
        Some(fill(text.say(key), &values))
    }

    fn documents(&self, entry: &Entry) -> Vec<String> {
        let documents = entry.fits.iter().flat_map(|f| &f.documents);
        let names: Vec<&str> = documents
            .map(|d| self.texts().option("document", d.code()).label.as_str())
            .collect();
        if names.is_empty() {
            return Vec::new();
        }
        let text = self.texts().of(PathName::Grants);
        vec![fill(
            text.say("prepare"),
            &[("documents", &self.list(&names))],
        )]
    }

    /// Amount and last day; who may apply is said in other words.
    fn dates_and_sums(&self, entry: &Entry) -> Vec<Fact> {
        let phrases = self.knowledge().phrases(self.language);
        let mut facts = facts_of(self.knowledge(), entry, self.language, self.today);
        facts.retain(|f| f.label == phrases.label_amount || f.label == phrases.label_deadline);
        facts
    }

    /// Whom to turn to where nothing fits, and what those can do whom most terms rule out.
    fn instead(&self, sought: &Sought) -> Option<Block> {
        let text = self.texts().of(PathName::Grants);
        let municipality = self.knowledge().municipality();
        let (kind, could_form_one) = match sought.who {
            Some(Applying::Network) => (Applicant::Network, true),
            Some(Applying::Individual) => (Applicant::Individual, true),
            Some(Applying::School) => (Applicant::School, false),
            Some(Applying::Company) => (Applicant::Company, false),
            Some(Applying::Approved | Applying::Association) | None => {
                (Applicant::Association, false)
            }
        };
        let association = municipality.paths.association.as_ref();
        let helper = municipality.instead.of(kind);
        let helper = helper.or(municipality.paths.ideas.as_ref());
        let entries = association
            .filter(|_| could_form_one)
            .map(|id| (id, "instead_association"))
            .into_iter()
            .chain([(helper.unwrap_or(&municipality.way_in), "talk")]);
        let matches = entries
            .filter_map(|(id, key)| {
                let entry = self.knowledge().entry(id)?;
                Some(Match {
                    because: vec![text.say(key).to_owned()],
                    ..self.plain_match(entry)
                })
            })
            .collect();
        group(text.say("instead"), Fit::Nearly, matches)
    }
}
