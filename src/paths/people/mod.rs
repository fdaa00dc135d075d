//! Finding one's people: who someone is, what draws them, when and where they can, held against the typed facets of the
//! activities, associations, networks and guides.

mod showing;

use crate::answering::Fit;
use crate::knowledge::{
    Audience, Company, Entry, EntryId, EntryKind, Fits, Interest, Part, Slot, Standing,
};
use crate::paths::guide::Guide;
use crate::paths::path::Path;
use crate::paths::step::{DAYS, Situation, Tongue};

/// The kinds that one can join in, those where something goes on first.
const KINDS: [EntryKind; 7] = [
    EntryKind::Activities,
    EntryKind::Networks,
    EntryKind::Associations,
    EntryKind::Contacts,
    EntryKind::Guides,
    EntryKind::Councils,
    EntryKind::Helplines,
];
/// What draws people, in the order in which it is offered to each.
const OF_THE_YOUNG: [Interest; 9] = [
    Interest::Create,
    Interest::Meet,
    Interest::Influence,
    Interest::Sport,
    Interest::Culture,
    Interest::Work,
    Interest::Aid,
    Interest::Learn,
    Interest::Support,
];
const OF_NEWCOMERS: [Interest; 9] = [
    Interest::Swedish,
    Interest::Meet,
    Interest::Sport,
    Interest::Culture,
    Interest::Nature,
    Interest::Aid,
    Interest::Work,
    Interest::Learn,
    Interest::Support,
];
const OF_THE_RETIRED: [Interest; 9] = [
    Interest::Meet,
    Interest::Old,
    Interest::Young,
    Interest::Newcomers,
    Interest::Culture,
    Interest::Nature,
    Interest::Learn,
    Interest::Influence,
    Interest::Support,
];
const OF_ADULTS: [Interest; 12] = [
    Interest::Meet,
    Interest::Aid,
    Interest::Newcomers,
    Interest::Young,
    Interest::Old,
    Interest::Disability,
    Interest::Culture,
    Interest::Nature,
    Interest::Sport,
    Interest::Safety,
    Interest::Influence,
    Interest::Support,
];
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
    off: Vec<Off>,
    /// How much of what was said it plainly has.
    has: usize,
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
        add(
            self.you.is_some_and(|you| !is_for(you, entry, fits)),
            Off::Audience,
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

/// Whether an entry is for someone, as far as can be told from where in life they are.
fn is_for(you: Situation, entry: &Entry, fits: &Fits) -> bool {
    let ages = match you {
        Situation::Young => Some(YOUNG),
        Situation::Retired => Some(RETIRED),
        Situation::Adult => Some(ADULT),
        Situation::Newcomer => None,
    };
    let apart = |[from, to]: [u8; 2], [least, most]: [u8; 2]| most < from || to < least;
    if let (Some(ages), Some(of_entry)) = (ages, entry.ages)
        && apart(ages, of_entry)
    {
        return false;
    }
    // Whether one is a relative, ill or in need was not asked; nobody is turned away from that here.
    let told = [Audience::Young, Audience::Old, Audience::Newcomers];
    let mine = audience(you);
    fits.audiences.is_empty()
        || fits
            .audiences
            .iter()
            .any(|a| !told.contains(a) || Some(*a) == mine)
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
        [Off::When | Off::Part | Off::Tongue | Off::Company] => Fit::Nearly,
        [..] => Fit::Not,
    }
}

impl<'a> Guide<'a> {
    /// What fits or nearly fits someone, the best first.
    pub(in crate::paths) fn people_found(&self, path: &Path) -> Vec<(EntryId, Fit)> {
        let held = self.held(&Person::of(path)).into_iter();
        held.map(|h| (h.entry.id.clone(), fit(&h.off))).collect()
    }

    /// What draws people like this one, as far as the base has anything for them.
    pub(in crate::paths) fn interests(&self, path: &Path) -> Vec<Interest> {
        let you = path.pick("you", Situation::from_code);
        let all: &[Interest] = match you {
            Some(Situation::Young) => &OF_THE_YOUNG,
            Some(Situation::Newcomer) => &OF_NEWCOMERS,
            Some(Situation::Retired) => &OF_THE_RETIRED,
            Some(Situation::Adult) | None => &OF_ADULTS,
        };
        let wanted = all.iter().copied();
        wanted
            .filter(|interest| {
                let person = Person {
                    you,
                    interest: Some(*interest),
                    when: None,
                    tongue: None,
                    part: None,
                    company: None,
                };
                !self.held(&person).is_empty()
            })
            .collect()
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

    /// The entries that fit or nearly fit someone, the best first.
    fn held(&self, person: &Person<'_>) -> Vec<Held<'a>> {
        let all = KINDS.into_iter().enumerate();
        let mut held: Vec<(usize, Held<'a>)> = Vec::new();
        for (order, kind) in all {
            let going = self.of_kind(kind).filter(|e| e.standing != Standing::Ended);
            for entry in going {
                let Some(fits) = entry.fits.as_ref().filter(|f| !f.interests.is_empty()) else {
                    continue;
                };
                let off = person.off(entry, fits);
                if fit(&off) != Fit::Not {
                    let has = person.has(fits);
                    held.push((order, Held { entry, off, has }));
                }
            }
        }
        held.sort_by_key(|(order, h)| (fit(&h.off), std::cmp::Reverse(h.has), *order));
        held.into_iter().map(|(_, h)| h).collect()
    }
}
