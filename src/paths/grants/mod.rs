//! Finding a grant: who applies, what for, for whom, where and how soon, held against the typed terms of every grant and
//! award. No grant is named here; what the base says of each decides.

mod showing;

use jiff::civil::Date;

use crate::answering::{Block, Fact, Fit, Match, hours_of};
use crate::knowledge::{
    Applicant, Audience, Condition, Entry, EntryId, EntryKind, Fits, Purpose, Scope, Standing,
    Terms,
};
use crate::paths::guide::{Guide, read_all};
use crate::paths::path::Path;
use crate::paths::step::{Applying, Soon};

/// Days in a month and in half a year, counted long rather than short.
const MONTH: i32 = 31;
const HALF_YEAR: i32 = 183;

/// What someone has said of the money they look for; what they have not said bars nothing.
#[derive(Clone, Debug, Default)]
pub(in crate::paths) struct Sought {
    pub(in crate::paths) who: Option<Applying>,
    pub(in crate::paths) purpose: Option<Purpose>,
    pub(in crate::paths) whom: Option<Audience>,
    pub(in crate::paths) scope: Option<Scope>,
    pub(in crate::paths) soon: Option<Soon>,
}

/// Why a grant does not fit as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::paths) enum Barrier {
    /// It has ended.
    Ended,
    /// Others may apply.
    Applicant,
    /// Only associations may apply, and these people could form one.
    NoAssociation,
    /// The municipality has not approved the association.
    NotApproved,
    /// Its money is for something else.
    Purpose,
    /// It is for others.
    Audience,
    /// It is for what is somewhere else.
    Scope,
    /// The next day to apply comes later than it is needed.
    Late(Date),
    /// The last day has passed.
    Passed,
}

impl Barrier {
    /// How much stands in the way, to show first what lacks least.
    fn weight(self) -> u8 {
        match self {
            Barrier::NotApproved | Barrier::Late(_) => 1,
            Barrier::NoAssociation => 2,
            // Whether there is another round is not known.
            Barrier::Passed => 4,
            Barrier::Ended
            | Barrier::Applicant
            | Barrier::Purpose
            | Barrier::Audience
            | Barrier::Scope => 8,
        }
    }

    /// Whether whoever applies can do something about it, if only wait.
    fn can_be_mended(self) -> bool {
        match self {
            Barrier::NoAssociation | Barrier::NotApproved | Barrier::Late(_) | Barrier::Passed => {
                true
            }
            Barrier::Ended
            | Barrier::Applicant
            | Barrier::Purpose
            | Barrier::Audience
            | Barrier::Scope => false,
        }
    }
}

impl Sought {
    fn of(path: &Path) -> Sought {
        Sought {
            who: path.pick("who", Applying::from_code),
            purpose: path.pick("purpose", Purpose::from_code),
            whom: path.pick("whom", Audience::from_code),
            scope: path.pick("where", Scope::from_code),
            soon: path.pick("soon", Soon::from_code),
        }
    }

    /// How early a grant is shown by how much it is for, the first first. What is for fewer purposes was made for the one
    /// that is sought; where none is, what is for more is likelier to be it.
    fn breadth(&self, entry: &Entry) -> usize {
        let purposes = entry.fits.as_ref().map_or(0, |f| f.purposes.len());
        match (self.purpose, purposes) {
            (Some(_), 0) => usize::MAX,
            (Some(_), purposes) => purposes,
            (None, 0) => 0,
            (None, purposes) => usize::MAX - purposes,
        }
    }

    /// Everything that stands between whoever seeks and a grant.
    pub(in crate::paths) fn barriers(&self, entry: &Entry, today: Date) -> Vec<Barrier> {
        let none = (Terms::default(), Fits::default());
        let terms = entry.terms.as_ref().unwrap_or(&none.0);
        let fits = entry.fits.as_ref().unwrap_or(&none.1);
        let mut barriers = Vec::new();
        if entry.standing == Standing::Ended {
            barriers.push(Barrier::Ended);
        }
        if let Some(who) = self.who {
            barriers.extend(applicant(who, terms));
        }
        let other = |all: &[Purpose]| {
            self.purpose
                .is_some_and(|p| !all.is_empty() && !all.contains(&p))
        };
        if other(&fits.purposes) {
            barriers.push(Barrier::Purpose);
        }
        if self
            .whom
            .is_some_and(|whom| !welcomes(&fits.audiences, whom))
        {
            barriers.push(Barrier::Audience);
        }
        if self
            .scope
            .is_some_and(|s| !fits.scopes.is_empty() && !fits.scopes.contains(&s))
        {
            barriers.push(Barrier::Scope);
        }
        // What has ended has no next day.
        if entry.standing != Standing::Ended {
            barriers.extend(time(self.soon, terms, today));
        }
        barriers
    }
}

/// How well a grant fits whom these stand before.
pub(in crate::paths) fn fit(barriers: &[Barrier]) -> Fit {
    if barriers.is_empty() {
        Fit::Fits
    } else if barriers.iter().all(|b| b.can_be_mended()) {
        Fit::Nearly
    } else {
        Fit::Not
    }
}

/// Whether something for these is for those too.
pub(in crate::paths) fn welcomes(audiences: &[Audience], whom: Audience) -> bool {
    audiences.is_empty() || audiences.contains(&whom) || audiences.contains(&Audience::Everyone)
}

fn applicant(who: Applying, terms: &Terms) -> Vec<Barrier> {
    let may = |kind: Applicant| terms.applicants.is_empty() || terms.applicants.contains(&kind);
    let approved = terms
        .eligibility
        .iter()
        .any(|e| e.about == Condition::ApprovedAssociation);
    let (kind, is_approved) = match who {
        Applying::Approved => (Applicant::Association, true),
        Applying::Association => (Applicant::Association, false),
        Applying::Network => (Applicant::Network, false),
        Applying::Individual => (Applicant::Individual, false),
        Applying::School => (Applicant::School, false),
        Applying::Company => (Applicant::Company, false),
    };
    let needs_approval = (approved && !is_approved).then_some(Barrier::NotApproved);
    if may(kind) {
        // A person who may apply is not asked for an association's approval.
        let is_association = kind == Applicant::Association;
        return needs_approval
            .filter(|_| is_association)
            .into_iter()
            .collect();
    }
    if kind == Applicant::Network && may(Applicant::Association) {
        return [Barrier::NoAssociation]
            .into_iter()
            .chain(needs_approval)
            .collect();
    }
    vec![Barrier::Applicant]
}

fn time(soon: Option<Soon>, terms: &Terms, today: Date) -> Option<Barrier> {
    if terms.open_all_year || terms.deadlines.is_empty() {
        return None;
    }
    let next = terms.deadlines.iter().filter_map(|d| d.next(today)).min();
    let Some(next) = next else {
        return Some(Barrier::Passed);
    };
    let within = match soon {
        Some(Soon::Month) => MONTH,
        Some(Soon::Half) => HALF_YEAR,
        Some(Soon::Later) | None => return None,
    };
    ((next - today).get_days() > within).then_some(Barrier::Late(next))
}

/// A grant and what stands before it.
struct Weighed<'a> {
    entry: &'a Entry,
    barriers: Vec<Barrier>,
}

impl<'a> Guide<'a> {
    /// The grants that fit or nearly fit, the best first.
    pub(in crate::paths) fn grants_found(&self, path: &Path) -> Vec<(EntryId, Fit)> {
        self.weighed(&Sought::of(path))
            .into_iter()
            .map(|w| (w.entry.id.clone(), fit(&w.barriers)))
            .filter(|(_, fit)| *fit != Fit::Not)
            .collect()
    }

    /// The grants that fit or nearly fit what is sought, the best first.
    pub(in crate::paths) fn grants_for(&self, sought: &Sought) -> Vec<Match> {
        let weighed = self.weighed(sought);
        let could = weighed.iter().filter(|w| fit(&w.barriers) != Fit::Not);
        could.map(|w| self.grant(w, sought)).collect()
    }

    /// Every grant and award, those that fit best first.
    fn weighed(&self, sought: &Sought) -> Vec<Weighed<'a>> {
        let kinds = [EntryKind::Grants, EntryKind::Awards];
        let all = kinds.into_iter().flat_map(|kind| self.of_kind(kind));
        let mut weighed: Vec<Weighed<'a>> = all
            .map(|entry| Weighed {
                entry,
                barriers: sought.barriers(entry, self.today),
            })
            .collect();
        weighed.sort_by_key(|w| {
            (
                fit(&w.barriers),
                w.barriers.iter().map(|b| b.weight()).sum::<u8>(),
                w.entry.id.kind(),
                sought.breadth(w.entry),
                w.entry.id.clone(),
            )
        });
        weighed
    }

    /// An entry with nothing said about why it is shown.
    pub(in crate::paths) fn plain_match(&self, entry: &Entry) -> Match {
        Match {
            entry: entry.id.clone(),
            title: entry.text(self.language).title.clone(),
            about: self.about(entry),
            because: Vec::new(),
            missing: Vec::new(),
            check: Vec::new(),
            prepare: Vec::new(),
            facts: self.hours(entry),
        }
    }

    /// When someone to turn to can be reached.
    fn hours(&self, entry: &Entry) -> Vec<Fact> {
        match entry.id.kind() {
            EntryKind::Offices | EntryKind::Contacts => {
                hours_of(self.knowledge(), entry, self.language, self.today)
            }
            EntryKind::Grants
            | EntryKind::Awards
            | EntryKind::Councils
            | EntryKind::Activities
            | EntryKind::Networks
            | EntryKind::Associations
            | EntryKind::Guides
            | EntryKind::Helplines => Vec::new(),
        }
    }

    /// What an entry is, in its own first sentence, or the first two where the first only asks.
    fn about(&self, entry: &Entry) -> String {
        let mut sentences = crate::language::sentences(&entry.text(self.language).summary);
        let first = sentences.next().unwrap_or_default();
        match sentences.next().filter(|_| first.ends_with('?')) {
            Some(second) => format!("{first} {second}"),
            None => first.to_owned(),
        }
    }
}

/// Entries that have something in common, when there are some.
pub(in crate::paths) fn group(heading: &str, fit: Fit, matches: Vec<Match>) -> Option<Block> {
    (!matches.is_empty()).then(|| Block::Matches {
        heading: heading.to_owned(),
        fit,
        matches,
    })
}

/// The steps of a path whose answers are a type each; what is not of the type is left out.
pub(in crate::paths) fn audiences(path: &Path, key: &str) -> Vec<Audience> {
    read_all(path.picks(key), Audience::from_code)
}
