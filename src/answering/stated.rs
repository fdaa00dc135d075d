//! What people say of themselves that rules an entry out: "vi är inte en förening", "jag är 15", "utanför kommunen".
//!
//! Only what is said in the first person counts: "får ett nätverk söka?" asks, "vi är ett nätverk" states.

use super::answer::Block;
use super::turn::Turn;
use super::weighing::Weighed;
use crate::knowledge::{Applicant, Condition, Entry, EntryId, fill};
use crate::language::words;

/// What someone says of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// What they are, or may be; empty when they do not say.
    pub(super) are: Vec<Applicant>,
    /// That the municipality has not approved their association.
    pub(super) unapproved: bool,
    /// How old they are.
    pub(super) age: Option<u8>,
    /// That it is not about this municipality.
    pub(super) elsewhere: bool,
}

/// Why an entry is not for someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// It is for other applicants.
    Applicants,
    /// It is for associations that the municipality has approved.
    Approval,
    /// It is for people of these ages.
    Ages([u8; 2]),
    /// It is for this municipality.
    Place,
}

const NOT: &str = "inte ingen ej utan icke not no isnt arent";
/// Who speaks, or what joins them to what they are.
const SELF: &str =
    "vi jag man oss mig ar e har som om vara we i im were are am if as have us being";
/// What may stand between "not" and what one is not.
const FILLERS: &str = "ar e en nan nagon na ett som riktig registrerad formell egen att vara ha har bara an vi jag some few a any \
    real registered formal in the being just nagra litet lost small loose group av";
const ASSOCIATION: &str = "forening foreningar association society club klubb";
const APPROVED: &str = "godkand godkanda approved";
/// Words for what people are.
const KINDS: [(Applicant, &str); 4] = [
    (
        Applicant::Network,
        "natverk natverket grannar kompisar vanner gang kompisgang network neighbours neighbors friends",
    ),
    (
        Applicant::Individual,
        "privatperson privatpersoner individual individuals",
    ),
    (
        Applicant::Company,
        "foretag foretaget bolag aktiebolag company business",
    ),
    (Applicant::School, "skola skolklass school"),
];
/// Others on whose behalf people ask.
const OTHERS: &str = "son sonen dotter dottern barn barnet barnbarn syster bror lillebror lillasyster kompis elev elever daughter \
    child kid kids children brother sister friend grandson granddaughter pupils";
/// So many fillers may stand between.
const BETWEEN: usize = 3;

impl Stated {
    /// Reads what the folded words of a message state; `place` is the first folded word of the municipality's name.
    pub(super) fn read(words: &[String], place: &str) -> Stated {
        // Who asks for a child says their own age for another reason.
        let for_another = words.iter().any(|w| among(OTHERS, w));
        let mut stated = Stated {
            age: age(words).filter(|_| !for_another),
            elsewhere: elsewhere(words, place),
            unapproved: denied(words, APPROVED, |_| true),
            ..Stated::default()
        };
        // "Finns ingen förening" denies that there is one, not that one is one.
        let of_oneself = |before: Option<&str>| before.is_none_or(|w| among(SELF, w));
        if denied(words, ASSOCIATION, of_oneself) {
            stated.are = vec![Applicant::Network, Applicant::Individual];
        }
        let kind = KINDS.iter().find(|(_, names)| said(words, names));
        if let Some((kind, _)) = kind {
            stated.are = vec![*kind];
        }
        stated
    }

    /// Whether anything is stated.
    pub(super) fn is_empty(&self) -> bool {
        *self == Stated::default()
    }

    /// Why an entry is not for someone who states this, if it is not.
    pub(super) fn rules_out(&self, entry: &Entry) -> Option<Reason> {
        if let (Some(age), Some(ages)) = (self.age, entry.ages)
            && !(ages[0]..=ages[1]).contains(&age)
        {
            return Some(Reason::Ages(ages));
        }
        let terms = entry.terms.as_ref()?;
        let asks = |about: Condition| terms.eligibility.iter().any(|e| e.about == about);
        let applicants = &terms.applicants;
        let may_be = self.are.iter().any(|kind| applicants.contains(kind));
        if !self.are.is_empty() && !applicants.is_empty() && !may_be {
            Some(Reason::Applicants)
        } else if self.unapproved && asks(Condition::ApprovedAssociation) {
            Some(Reason::Approval)
        } else if self.elsewhere && asks(Condition::Place) {
            Some(Reason::Place)
        } else {
            None
        }
    }

    /// Whether an entry says that it is for someone who states this.
    pub(super) fn welcomes(&self, entry: &Entry) -> bool {
        let applicants = entry.terms.as_ref().map(|t| &t.applicants);
        applicants.is_some_and(|a| self.are.iter().any(|kind| a.contains(kind)))
    }
}

/// Whether a word is one of a list.
fn among(list: &str, word: &str) -> bool {
    list.split(' ').any(|w| w == word)
}

/// Whether it is denied that one is such: "vi är inte en förening", "utan att vara godkänd". `after` says whether the
/// denial may stand after a word.
fn denied(words: &[String], names: &str, after: impl Fn(Option<&str>) -> bool) -> bool {
    let is = |at: usize, list: &str| words.get(at).is_some_and(|w| among(list, w));
    let mut places = (0..words.len()).filter(|at| is(*at, names));
    places.any(|at| {
        let mut before = at;
        while before > 0 && at - before < BETWEEN && is(before - 1, FILLERS) && !is(before - 1, NOT)
        {
            before -= 1;
        }
        let Some(not) = before.checked_sub(1).filter(|not| is(*not, NOT)) else {
            return false;
        };
        let before = not.checked_sub(1).map(|at| words[at].as_str());
        words[not] == "utan" || after(before)
    })
}

/// Whether it is said that one is such: "vi är ett nätverk", "som privatperson", "bara några grannar".
fn said(words: &[String], names: &str) -> bool {
    let is = |at: usize, list: &str| words.get(at).is_some_and(|w| among(list, w));
    let mut places = (0..words.len()).filter(|at| is(*at, names));
    places.any(|at| {
        let mut before = at;
        while before > 0 && at - before < BETWEEN && is(before - 1, FILLERS) {
            before -= 1;
        }
        let own = "vi jag som bara we i im as just";
        (before..at).any(|i| is(i, own)) || before.checked_sub(1).is_some_and(|i| is(i, own))
    })
}

/// How old someone says they are: "jag är 15", "I'm only 14".
fn age(words: &[String]) -> Option<u8> {
    (0..words.len()).find_map(|at| {
        let age: u8 = words[at].parse().ok()?;
        let before: Vec<&str> = words[at.saturating_sub(4)..at]
            .iter()
            .map(String::as_str)
            .collect();
        let own = matches!(
            before[..],
            [.., "jag", "ar" | "e" | "blir"]
                | [.., "jag", "ar" | "e", "bara" | "redan" | "ju"]
                | [.., "im"]
                | [.., "i", "am"]
                | [.., "im", "only" | "just" | "already"]
                | [.., "i", "am", "only" | "just" | "already"]
        );
        // "Jag är 1 av 15" counts people.
        let counts = words
            .get(at + 1)
            .is_some_and(|w| matches!(w.as_str(), "av" | "of"));
        (own && !counts && (5..=110).contains(&age)).then_some(age)
    })
}

fn elsewhere(words: &[String], place: &str) -> bool {
    words.windows(2).any(|w| {
        matches!(w[0].as_str(), "utanfor" | "outside")
            && (w[1] == place || matches!(w[1].as_str(), "kommunen" | "the"))
    }) || words.windows(3).any(|w| {
        matches!(w[0].as_str(), "inte" | "not")
            && matches!(w[1].as_str(), "i" | "in")
            && w[2] == place
    })
}

/// Another entry than the one that fits the words, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Instead {
    /// The entry that is not for the one who asks, by its place in the base.
    pub(super) of: usize,
    /// Why it is not.
    pub(super) reason: Reason,
}

impl Turn<'_> {
    /// What the message states, or the ones before it.
    fn stated(&self) -> Stated {
        let name = words(&self.answerer.knowledge.municipality().name);
        let place = name.first().map_or("", String::as_str);
        let now = Stated::read(&words(self.subject), place);
        let before = || {
            let wordings = self.before.wordings.iter().rev();
            let mut stated = wordings.map(|w| Stated::read(&words(w), place));
            stated.find(|s| !s.is_empty()).unwrap_or_default()
        };
        if now.is_empty() { before() } else { now }
    }

    /// The entry to answer with when this one is not for the one who asks, and why it is not.
    pub(super) fn instead_of(&self, place: usize, weighed: &Weighed) -> Option<(usize, Instead)> {
        let knowledge = &self.answerer.knowledge;
        let stated = self.stated();
        let reason = stated.rules_out(&knowledge.entries()[place])?;
        let entry = &knowledge.entries()[place];
        let named = &knowledge.municipality().instead;
        let by_id = |id: Option<&EntryId>| id.and_then(|id| knowledge.place(id));
        let other = match reason {
            Reason::Applicants => weighed
                .best(|i| stated.welcomes(&knowledge.entries()[i]))
                .or_else(|| by_id(entry.instead.as_ref()))
                .or_else(|| by_id(named.of(*stated.are.first()?))),
            Reason::Approval => by_id(named.unapproved.as_ref()),
            Reason::Ages(_) => by_id(entry.instead.as_ref()),
            Reason::Place => None,
        };
        Some((other.unwrap_or(place), Instead { of: place, reason }))
    }

    /// Why an entry is not for the one who asks, in words.
    pub(super) fn not_for(&self, instead: Instead, helps: bool) -> Block {
        let knowledge = &self.answerer.knowledge;
        let entry = &knowledge.entries()[instead.of];
        let phrases = self.composer.phrases();
        let title = &entry.text(self.composer.language).title;
        let title = title.split([':', '(']).next().unwrap_or(title).trim();
        let municipality = knowledge.municipality().name.as_str();
        let who = self.composer.applicants(entry);
        let (phrase, from, to) = match instead.reason {
            Reason::Applicants => (&phrases.only_for, 0, 0),
            Reason::Approval => (&phrases.only_approved, 0, 0),
            Reason::Ages([0, to]) => (&phrases.only_up_to, 0, to),
            Reason::Ages([from, to]) => (&phrases.only_ages, from, to),
            Reason::Place => (&phrases.only_here, 0, 0),
        };
        let values = [
            ("title", title),
            ("who", &who),
            ("municipality", municipality),
            ("from", &from.to_string()),
            ("to", &to.to_string()),
        ];
        let mut text = fill(phrase, &values);
        if helps {
            text.push(' ');
            text.push_str(&phrases.instead);
        }
        Block::Text { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Stated {
        Stated::read(&crate::language::words(text), "ekero")
    }

    #[test]
    fn no_association_is_a_network_or_a_person() {
        let either = vec![Applicant::Network, Applicant::Individual];
        for text in [
            "och om vi inte är en förening?",
            "vi är ingen förening",
            "kan man söka utan att vara en förening",
            "what if we're not an association",
            "vi har ingen förening",
        ] {
            assert_eq!(read(text).are, either, "{text}");
        }
    }

    #[test]
    fn a_question_about_others_states_nothing() {
        for text in [
            "finns ingen förening för schack?",
            "varför får inte föreningen bidrag",
            "får ett nätverk söka?",
            "min förening är godkänd",
            "hur många är ni",
            "vi är 15 ledare",
            "is there no association for chess",
        ] {
            assert_eq!(read(text), Stated::default(), "{text}");
        }
    }

    #[test]
    fn kinds_ages_and_places_are_read() {
        assert_eq!(read("vi är bara några grannar").are, [Applicant::Network]);
        assert_eq!(
            read("kan jag söka som privatperson").are,
            [Applicant::Individual]
        );
        assert_eq!(read("vi är ett litet företag").are, [Applicant::Company]);
        assert!(read("fast vi är inte godkända än").unapproved);
        assert_eq!(read("jag är bara 14").age, Some(14));
        assert_eq!(read("fast jag är 42 år").age, Some(42));
        assert_eq!(read("jag är 42, kan jag ringa bris?").age, Some(42));
        assert_eq!(read("jag är 42 och min son mår dåligt").age, None);
        assert!(read("our association isn't approved yet").unapproved);
        assert_eq!(read("I'm only 15 and want a job").age, Some(15));
        assert!(read("gäller det utanför Ekerö").elsewhere);
    }
}
