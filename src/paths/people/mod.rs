//! Finding one's people: who someone is, what draws them, when and where they can, held against the typed facets of the
//! activities, associations, networks and guides.

mod interests;
mod showing;

use std::cmp::Reverse;

use crate::answering::Fit;
use crate::knowledge::{
    Audience, Company, Entry, EntryId, EntryKind, Fits, Interest, Part, Slot, Standing,
};
use crate::paths::guide::Guide;
use crate::paths::path::{Given, Path};
use crate::paths::step::{DAYS, Situation, Step, Tongue};

/// The kinds that one can join in, those where something goes on first, then those that tell of several such.
const KINDS: [EntryKind; 7] = [
    EntryKind::Activities,
    EntryKind::Guides,
    EntryKind::Networks,
    EntryKind::Associations,
    EntryKind::Contacts,
    EntryKind::Councils,
    EntryKind::Helplines,
];
/// So many that fit are shown, and so many that nearly do.
const MOST: usize = 5;
const MOST_NEARLY: usize = 3;
/// So many questions are asked at most.
const MOST_ASKED: usize = 4;
/// The ages of those under 25, of the retired and of everyone else, both included.
const YOUNG: [u8; 2] = [10, 24];
const RETIRED: [u8; 2] = [60, 120];
const ADULT: [u8; 2] = [25, 70];

/// What someone has said of themselves; what they have not said bars nothing.
struct Person<'a> {
    you: Option<Situation>,
    interest: Option<Interest>,
    /// A slot or a day of the week, by its code.
    when: Option<&'a str>,
    tongue: Option<Tongue>,
    part: Option<&'a str>,
    company: Option<Company>,
}

/// What is not as someone would have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Off {
    /// It is nothing of what draws them.
    Interest,
    /// It is for others.
    Audience,
    /// It is for people in a situation that was not asked about.
    Situation,
    /// It goes on at other times.
    When,
    /// It is somewhere else.
    Part,
    /// Another language is spoken.
    Tongue,
    /// One comes by oneself, or not.
    Company,
}

/// An entry held against someone.
struct Held<'a> {
    entry: &'a Entry,
    fits: &'a Fits,
    off: Vec<Off>,
}

impl<'p> Person<'p> {
    fn of(path: &'p Path) -> Person<'p> {
        Person {
            you: path.pick("you", Situation::from_code),
            interest: path.pick("interest", Interest::from_code),
            when: path.picks("when").first().map(String::as_str),
            tongue: path.pick("tongue", Tongue::from_code),
            part: path.picks("part").first().map(String::as_str),
            company: path.pick("company", Company::from_code),
        }
    }

    fn off(&self, entry: &Entry, fits: &Fits) -> Vec<Off> {
        let mut off = Vec::new();
        let mut add = |is_off: bool, what: Off| {
            if is_off {
                off.push(what);
            }
        };
        add(
            self.interest.is_some_and(|i| !fits.interests.contains(&i)),
            Off::Interest,
        );
        let is_for = is_for(self.you, entry, fits);
        add(is_for == Some(false), Off::Audience);
        add(
            is_for.is_none() && !self.tells_its_situation(),
            Off::Situation,
        );
        add(
            self.when
                .is_some_and(|when| goes_on(fits, when) == Some(false)),
            Off::When,
        );
        add(
            self.part.is_some_and(|part| {
                !fits.parts.is_empty() && !fits.parts.iter().any(|p| p == part)
            }),
            Off::Part,
        );
        add(
            self.tongue.is_some_and(|t| speaks(fits, t) == Some(false)),
            Off::Tongue,
        );
        add(
            self.company
                .is_some_and(|c| !fits.company.is_empty() && !fits.company.contains(&c)),
            Off::Company,
        );
        off
    }

    /// Whether what draws someone says that they may be ill, in need or close to someone who is.
    fn tells_its_situation(&self) -> bool {
        matches!(
            self.interest,
            Some(Interest::Support | Interest::Disability)
        )
    }

    /// Whether an entry is first of all for people of another age, and that is not what draws someone to it.
    fn is_for_another_age(&self, fits: &Fits) -> bool {
        let mine = self.you.and_then(audience);
        let others = [Audience::Young, Audience::Old].into_iter();
        let mut others = others.filter(|a| Some(*a) != mine && fits.audiences.contains(a));
        let to_help = matches!(
            self.interest,
            Some(Interest::Old | Interest::Young | Interest::Aid | Interest::Safety)
        );
        !to_help && others.next().is_some()
    }

    /// How early an entry names what draws someone, the first first: it is most for what it names first. Where nothing
    /// was said to draw them, what has something for more people comes first.
    fn place(&self, fits: &Fits) -> usize {
        match self.interest {
            Some(interest) => {
                let mut named = fits.interests.iter();
                named.position(|i| *i == interest).unwrap_or(usize::MAX)
            }
            None => usize::MAX - fits.interests.len(),
        }
    }

    /// How much of what was said an entry plainly has.
    fn has(&self, fits: &Fits) -> usize {
        let named = self.you.and_then(audience);
        let has = [
            named.is_some_and(|a| fits.audiences.contains(&a)),
            self.when
                .is_some_and(|when| goes_on(fits, when) == Some(true)),
            self.part
                .is_some_and(|part| fits.parts.iter().any(|p| p == part)),
            self.tongue.is_some_and(|t| speaks(fits, t) == Some(true)),
            self.company.is_some_and(|c| fits.company.contains(&c)),
        ];
        has.into_iter().filter(|has| *has).count()
    }
}

/// Whom someone is among, of those that entries are for.
fn audience(you: Situation) -> Option<Audience> {
    match you {
        Situation::Young => Some(Audience::Young),
        Situation::Newcomer => Some(Audience::Newcomers),
        Situation::Retired => Some(Audience::Old),
        Situation::Adult => None,
    }
}

/// Whether an entry is for someone, as far as can be told from where in life they are; `None` where it is for people in a
/// situation that was not asked about.
fn is_for(you: Option<Situation>, entry: &Entry, fits: &Fits) -> Option<bool> {
    let ages = match you {
        Some(Situation::Young) => Some(YOUNG),
        Some(Situation::Retired) => Some(RETIRED),
        Some(Situation::Adult) => Some(ADULT),
        Some(Situation::Newcomer) | None => None,
    };
    let apart = |[from, to]: [u8; 2], [least, most]: [u8; 2]| most < from || to < least;
    if let (Some(ages), Some(of_entry)) = (ages, entry.ages)
        && apart(ages, of_entry)
    {
        return Some(false);
    }
    let mine = you.and_then(audience);
    let is_mine = |a: &Audience| *a == Audience::Everyone || Some(*a) == mine;
    if fits.audiences.is_empty() || fits.audiences.iter().any(is_mine) {
        return Some(true);
    }
    let asked = [Audience::Young, Audience::Old, Audience::Newcomers];
    match you {
        // Who has not said who they are is none of these less than another.
        None if fits.audiences.iter().all(|a| asked.contains(a)) => Some(true),
        Some(_) if fits.audiences.iter().all(|a| asked.contains(a)) => Some(false),
        None | Some(_) => None,
    }
}

/// Whether something goes on then; `None` when no source says.
fn goes_on(fits: &Fits, when: &str) -> Option<bool> {
    if fits.slots.is_empty() && fits.days.is_empty() {
        return None;
    }
    let slot = Slot::from_code(when);
    if fits.slots.contains(&Slot::Anytime) || slot == Some(Slot::Anytime) {
        return Some(true);
    }
    let days: Vec<usize> = fits.days.iter().map(|d| *d as usize).collect();
    let is_weekend = |day: usize| day >= 5;
    match (slot, DAYS.iter().position(|d| *d == when)) {
        (Some(slot), _) if fits.slots.contains(&slot) => Some(true),
        (Some(Slot::Weekend), _) if !days.is_empty() => Some(days.iter().any(|d| is_weekend(*d))),
        (Some(_), _) if fits.slots.is_empty() => None,
        (Some(_), _) => Some(false),
        (None, Some(day)) if !days.is_empty() => Some(days.contains(&day)),
        (None, Some(day)) if is_weekend(day) => Some(fits.slots.contains(&Slot::Weekend)),
        (None, Some(_)) if fits.slots == [Slot::Weekend] => Some(false),
        (None, _) => None,
    }
}

/// Whether one gets by with a language; `None` when no source says.
fn speaks(fits: &Fits, tongue: Tongue) -> Option<bool> {
    let has = |code: &str| fits.languages.iter().any(|l| l == code);
    match tongue {
        Tongue::Swedish => Some(true),
        Tongue::Easy if fits.interests.contains(&Interest::Swedish) => Some(true),
        Tongue::Easy if fits.audiences.contains(&Audience::Newcomers) => Some(true),
        Tongue::English if has("en") => Some(true),
        Tongue::English if !fits.languages.is_empty() => Some(false),
        Tongue::Easy | Tongue::English => None,
    }
}

fn fit(off: &[Off]) -> Fit {
    match off {
        [] => Fit::Fits,
        [Off::Situation | Off::When | Off::Part | Off::Tongue | Off::Company] => Fit::Nearly,
        [..] => Fit::Not,
    }
}

impl<'a> Guide<'a> {
    /// What fits or nearly fits someone, the best first.
    pub(in crate::paths) fn people_found(&self, path: &Path) -> Vec<(EntryId, Fit)> {
        let held = self.held(&Person::of(path)).into_iter();
        held.map(|h| (h.entry.id.clone(), fit(&h.off))).collect()
    }

    /// The parts of the municipality where something goes on.
    pub(in crate::paths) fn parts(&self) -> Vec<&'a Part> {
        let parts = self.knowledge().municipality().parts.iter();
        let somewhere = |part: &&Part| {
            let mut entries = self
                .knowledge()
                .entries()
                .iter()
                .filter_map(|e| e.fits.as_ref());
            entries.any(|fits| fits.parts.contains(&part.code))
        };
        parts.filter(somewhere).collect()
    }

    /// Whether one more question helps someone: not while everything that fits can be shown at once, nor after so many
    /// questions.
    pub(in crate::paths) fn people_ask(&self, path: &Path, step: &Step) -> bool {
        let asked = path.given().iter().filter(|g| **g != Given::Skipped);
        if asked.count() >= MOST_ASKED {
            return false;
        }
        let person = Person::of(path);
        let is_further = !matches!(step.key, "you" | "interest");
        // Whoever needs someone to talk to is not asked more than that.
        if is_further && person.interest == Some(Interest::Support) {
            return false;
        }
        // Who speaks as most do here, and has long been here, need not say so.
        let speaks_otherwise = self.language != self.knowledge().municipality().default_language
            || matches!(person.you, Some(Situation::Newcomer) | None);
        if step.key == "tongue" && !speaks_otherwise {
            return false;
        }
        let held = self.held(&person);
        let fitting = held.iter().filter(|h| fit(&h.off) == Fit::Fits).count();
        !is_further || fitting > MOST || held.len() - fitting > MOST_NEARLY
    }

    /// The entries that fit or nearly fit someone, the best first.
    fn held(&self, person: &Person<'_>) -> Vec<Held<'a>> {
        let mut held: Vec<Held<'a>> = Vec::new();
        for kind in KINDS {
            let going = self.of_kind(kind).filter(|e| e.standing != Standing::Ended);
            for entry in going {
                let Some(fits) = entry.fits.as_ref().filter(|f| !f.interests.is_empty()) else {
                    continue;
                };
                let off = person.off(entry, fits);
                if fit(&off) != Fit::Not {
                    held.push(Held { entry, fits, off });
                }
            }
        }
        held.sort_by_key(|h| {
            (
                fit(&h.off),
                person.is_for_another_age(h.fits),
                Reverse(person.has(h.fits)),
                person.place(h.fits),
                KINDS.iter().position(|k| *k == h.entry.id.kind()),
                // A way to several comes before one of them.
                Reverse(h.fits.interests.len()),
                h.entry.standing != Standing::Current,
            )
        });
        held
    }
}
