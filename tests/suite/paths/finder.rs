//! The grant finder against a plain reading of the terms: whatever is answered, what is said to fit, to nearly fit and not
//! to fit is just that, for the reasons that are given.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use lots::answering::{Answerer, Block, Fit, Match};
use lots::knowledge::{
    Applicant, Audience, Condition, Deadline, Entry, EntryKind, Files, Fits, Knowledge, Language,
    PathName, Standing, Terms, fill,
};
use lots::paths::{Given, Guide, Path, View, steps};
use proptest::prelude::*;

use super::made::{codes, grant};
use super::{answers, follow, has_ways_back_and_out};
use crate::stage::{SHIPPED, TODAY};

/// Why a grant does not fit as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Ended,
    Who,
    What,
    Whom,
    Where,
    FormAnAssociation,
    GetApproved,
    Late(Date),
    Over,
}

/// What was answered: the code of each step's answer, where there is one.
#[derive(Clone, Debug, Default)]
struct Said {
    who: Option<String>,
    what: Option<String>,
    whom: Option<String>,
    place: Option<String>,
    soon: Option<String>,
}

impl Said {
    fn of(path: &Path) -> Said {
        let mut codes = path.given().iter().map(|given| match given {
            Given::Picked(picks) => Some(picks.concat()),
            Given::Unsure | Given::Skipped | Given::Words(_) => None,
        });
        let mut next = || codes.next().flatten();
        Said {
            who: next(),
            what: next(),
            whom: next(),
            place: next(),
            soon: next(),
        }
    }
}

/// The next day to apply, counted day by day.
fn next_day(deadlines: &[Deadline], today: Date) -> Option<Date> {
    let is_one = |day: Date, deadline: &Deadline| match *deadline {
        Deadline::Once(date) => date == day,
        Deadline::Yearly { month, day: of } => (day.month(), day.day()) == (month, of),
    };
    let days = today.series(1.day()).take(5 * 366);
    days.into_iter()
        .find(|day| deadlines.iter().any(|deadline| is_one(*day, deadline)))
}

/// Everything that stands between whoever said so and a grant, by the plain words of its terms.
fn reasons(entry: &Entry, next: Option<Date>, said: &Said) -> BTreeSet<Why> {
    let (no_terms, no_fits) = (Terms::default(), Fits::default());
    let terms = entry.terms.as_ref().unwrap_or(&no_terms);
    let fits = entry.fits.as_ref().unwrap_or(&no_fits);
    let mut why = BTreeSet::new();
    if entry.standing == Standing::Ended {
        why.insert(Why::Ended);
    }
    let anyone = terms.applicants.is_empty();
    let may = |kind| anyone || terms.applicants.contains(&kind);
    let mut conditions = terms.eligibility.iter();
    let approved_only = conditions.any(|c| c.about == Condition::ApprovedAssociation);
    let ok = match said.who.as_deref() {
        None => true,
        Some("approved") => may(Applicant::Association),
        Some("association") => {
            if may(Applicant::Association) && approved_only {
                why.insert(Why::GetApproved);
            }
            may(Applicant::Association)
        }
        Some("network") => {
            if !may(Applicant::Network) && may(Applicant::Association) {
                why.insert(Why::FormAnAssociation);
                if approved_only {
                    why.insert(Why::GetApproved);
                }
            }
            may(Applicant::Network) || may(Applicant::Association)
        }
        Some("individual") => may(Applicant::Individual),
        Some("school") => may(Applicant::School),
        Some("company") => may(Applicant::Company),
        Some(other) => panic!("{other} applies for nothing"),
    };
    if !ok {
        why.insert(Why::Who);
    }
    let names = |code: &Option<String>, all: Vec<&str>| {
        let code = code.as_deref();
        all.is_empty() || code.is_none_or(|code| all.contains(&code))
    };
    if !names(&said.what, fits.purposes.iter().map(|p| p.code()).collect()) {
        why.insert(Why::What);
    }
    let for_all = fits.audiences.contains(&Audience::Everyone);
    let audiences = fits.audiences.iter().map(|a| a.code()).collect();
    if !for_all && !names(&said.whom, audiences) {
        why.insert(Why::Whom);
    }
    if !names(&said.place, fits.scopes.iter().map(|s| s.code()).collect()) {
        why.insert(Why::Where);
    }
    let has_days = !terms.deadlines.is_empty() && !terms.open_all_year;
    if has_days && entry.standing != Standing::Ended {
        let waits = next.map(|day| (day - TODAY).get_days());
        let patience = match said.soon.as_deref() {
            Some("month") => 31,
            Some("half") => 183,
            Some("later") | None => i32::MAX,
            Some(other) => panic!("{other} is no time"),
        };
        match (next, waits) {
            (Some(day), Some(days)) if days > patience => _ = why.insert(Why::Late(day)),
            (Some(_), _) => {}
            (None, _) => _ = why.insert(Why::Over),
        }
    }
    why
}

fn verdict(why: &BTreeSet<Why>) -> Fit {
    let mended = |why: &Why| {
        matches!(
            why,
            Why::FormAnAssociation | Why::GetApproved | Why::Late(_) | Why::Over
        )
    };
    match why {
        why if why.is_empty() => Fit::Fits,
        why if why.iter().all(mended) => Fit::Nearly,
        _ => Fit::Not,
    }
}

/// A base, and its grants with their next days to apply.
struct Base<'a> {
    guide: Guide<'a>,
    grants: Vec<(&'a Entry, Option<Date>)>,
}

impl<'a> Base<'a> {
    fn new(answerer: &'a Answerer) -> Base<'a> {
        let guide = Guide {
            answerer,
            language: Language::Swedish,
            today: TODAY,
        };
        let kinds = [EntryKind::Grants, EntryKind::Awards];
        let entries = answerer.knowledge().entries().iter();
        let grants = entries.filter(|e| kinds.contains(&e.id.kind()));
        let grants = grants.map(|e| {
            let deadlines = e.terms.iter().flat_map(|t| t.deadlines.clone());
            (e, next_day(&deadlines.collect::<Vec<_>>(), TODAY))
        });
        Base {
            guide,
            grants: grants.collect(),
        }
    }

    /// Walks every way from a place on, and holds each to the terms. How many ends there are.
    fn walk(&self, at: &Path, from: Option<&Path>, asked: usize) -> usize {
        let view = self.guide.look(at);
        let code = view.path.code();
        has_ways_back_and_out(&view, from);
        assert!(asked <= 5, "{code} is more than five questions away");
        if view.step.is_none() {
            self.hold(&view);
            return 1;
        }
        let next: Vec<Path> = answers(&view).map(|l| follow(l, &view.path)).collect();
        assert!(next.len() > 2, "nothing can be answered at {code}");
        next.iter()
            .map(|path| self.walk(path, Some(&view.path), asked + 1))
            .sum()
    }

    /// Holds a result to what the terms say.
    fn hold(&self, view: &View) {
        let said = Said::of(&view.path);
        let code = view.path.code();
        for (fit, key) in [(Fit::Fits, "fits"), (Fit::Nearly, "nearly")] {
            let found = self.group(view, key);
            let mut shown: Vec<String> = found.iter().map(|m| m.entry.to_string()).collect();
            shown.sort();
            let wanted = self
                .grants
                .iter()
                .filter(|(entry, next)| verdict(&reasons(entry, *next, &said)) == fit);
            let mut wanted: Vec<String> = wanted.map(|(e, _)| e.id.to_string()).collect();
            wanted.sort();
            assert_eq!(shown, wanted, "{fit:?} at {code}");
        }
        for found in ["fits", "nearly", "not"]
            .iter()
            .flat_map(|key| self.group(view, key))
        {
            self.hold_reasons(found, &said, &code);
        }
        self.nothing_skipped_matters(&view.path, &said);
    }

    /// What stands under a heading.
    fn group<'v>(&self, view: &'v View, key: &str) -> &'v [Match] {
        let texts = self
            .guide
            .answerer
            .knowledge()
            .path_texts(Language::Swedish);
        let wanted = texts.of(PathName::Grants).say(key);
        let mut blocks = view.blocks.iter();
        blocks
            .find_map(|block| match block {
                Block::Matches {
                    heading, matches, ..
                } if heading == wanted => Some(matches.as_slice()),
                _ => None,
            })
            .unwrap_or_default()
    }

    /// Every reason that is given is true, and none is left out.
    fn hold_reasons(&self, found: &Match, said: &Said, code: &str) {
        let mut grants = self.grants.iter();
        let (entry, next) = grants.find(|(e, _)| e.id == found.entry).unwrap();
        let why = reasons(entry, *next, said);
        let verdict = verdict(&why);
        let place = format!("{} at {code}", found.entry);
        let knowledge = self.guide.answerer.knowledge();
        let text = knowledge.path_texts(Language::Swedish).of(PathName::Grants);
        let begins = |key: &str| {
            let before = text.say(key).split('{').next().unwrap().to_owned();
            assert!(
                !before.is_empty(),
                "{key} begins with a gap, or is not there"
            );
            before
        };
        let says = |lines: &[String], key: &str| lines.iter().any(|l| l.starts_with(&begins(key)));
        // Whether there is something to read or not, both begin alike.
        let mended = [
            ("missing_association_plain", Why::FormAnAssociation),
            ("missing_approval_plain", Why::GetApproved),
            ("missing_round", Why::Over),
        ];
        for (key, reason) in mended {
            let is_so = verdict == Fit::Nearly && why.contains(&reason);
            assert_eq!(says(&found.missing, key), is_so, "{key}: {place}");
        }
        let late = why.iter().find_map(|why| match why {
            Why::Late(day) => Some(*day),
            _ => None,
        });
        let late = late.filter(|_| verdict == Fit::Nearly).map(|day| {
            let months = "januari februari mars april maj juni juli augusti september oktober november december";
            let month = months.split(' ').nth(day.month() as usize - 1).unwrap();
            let date = format!("{} {month} {}", day.day(), day.year());
            fill(text.say("missing_time"), &[("date", &date)])
        });
        let mut said_late = found.missing.iter();
        let said_late = said_late.find(|line| line.starts_with(&begins("missing_time")));
        assert_eq!(said_late, late.as_ref(), "{place}");
        let barred = [
            ("not_ended", Why::Ended),
            ("not_applicant", Why::Who),
            ("not_scope", Why::Where),
        ];
        for (key, reason) in barred {
            let is_said = says(&found.because, key);
            assert_eq!(is_said, why.contains(&reason), "{key}: {place}");
        }
        // What it is for and whom it is for begin alike; each is said once.
        let of = |reason: Why| usize::from(why.contains(&reason));
        let for_others = begins("not_purpose");
        assert_eq!(for_others, begins("not_audience"));
        let lines = found.because.iter().filter(|l| l.starts_with(&for_others));
        assert_eq!(lines.count(), of(Why::What) + of(Why::Whom), "{place}");
        if verdict != Fit::Not {
            let fits = entry.fits.clone().unwrap_or_default();
            let terms = entry.terms.clone().unwrap_or_default();
            let says_who = said.who.is_some() && !terms.applicants.is_empty();
            let is_said = says(&found.because, "because");
            assert_eq!(is_said, says_who && verdict == Fit::Fits, "who: {place}");
            let says_what = said.what.is_some() && !fits.purposes.is_empty();
            let is_said = says(&found.because, "because_purpose");
            assert_eq!(is_said, says_what, "what for: {place}");
            assert!(!found.title.is_empty(), "{place}");
        }
    }

    /// Whatever had been answered to a step that was passed over, the same would fit and nearly fit.
    fn nothing_skipped_matters(&self, path: &Path, said: &Said) {
        let found = |said: &Said| -> Vec<Fit> {
            let all = self.grants.iter();
            all.map(|(entry, next)| verdict(&reasons(entry, *next, said)))
                .collect()
        };
        let without = found(said);
        for (step, given) in steps(PathName::Grants).iter().zip(path.given()) {
            if *given != Given::Skipped {
                continue;
            }
            for answer in codes(step.key) {
                let mut with = said.clone();
                let place = match step.key {
                    "who" => &mut with.who,
                    "purpose" => &mut with.what,
                    "whom" => &mut with.whom,
                    "where" => &mut with.place,
                    "soon" => &mut with.soon,
                    other => panic!("{other} is a new step"),
                };
                *place = Some((*answer).to_owned());
                let code = path.code();
                assert_eq!(found(&with), without, "{} = {answer} at {code}", step.key);
            }
        }
    }
}

#[test]
fn whatever_is_answered_the_shipped_grants_fit_by_their_terms() {
    let base = Base::new(&SHIPPED);
    assert!(base.grants.len() > 15);
    let ends = base.walk(&Path::begin(PathName::Grants), None, 0);
    assert!(ends > 300, "{ends}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_answered_any_grants_fit_by_their_terms(
        grants in proptest::collection::vec(grant(), 1..5),
    ) {
        let mut files = Files::from([
            ("municipality.toml".to_owned(), "name = \"A\"\nlanguages = [\"sv\"]\ndefault_language = \"sv\"\nway_in = \"offices/desk\"\n".to_owned()),
            ("offices/desk.md".to_owned(), "+++\ntitle = \"Disken\"\n+++\nDisken svarar.\n".to_owned()),
        ]);
        let texts = grants.into_iter().enumerate();
        files.extend(texts.map(|(n, (kind, text))| (format!("{kind}/g{n}.md"), text)));
        let answerer = Answerer::new(Knowledge::load(&files).knowledge.unwrap());
        let base = Base::new(&answerer);
        prop_assert_eq!(base.grants.len(), files.len() - 2);
        base.walk(&Path::begin(PathName::Grants), None, 0);
    }
}
