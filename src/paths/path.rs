//! A place on a way in: which way, and what has been answered so far. A plain value that goes in and comes out; nothing
//! else is remembered of a way in.

use super::step::{Set, Step, Takes, steps};
use crate::knowledge::PathName;

/// What stands between the parts of a code.
const BETWEEN: char = '.';
/// What stands between several answers to one step.
const AND: char = '+';
const UNSURE: &str = "_";
const SKIPPED: &str = "-";
const WORDS: &str = "*";

/// What was answered to a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// That one does not know.
    Unsure,
    /// Nothing, since no answer would have changed what it leads to.
    Skipped,
    /// These answers, by their codes; never none.
    Picked(Vec<String>),
    /// One's own words; empty where they are not known any longer.
    Words(String),
}

/// A place on a way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    name: PathName,
    given: Vec<Given>,
}

impl Path {
    /// The beginning of a way in.
    pub fn begin(name: PathName) -> Path {
        Path {
            name,
            given: Vec::new(),
        }
    }

    /// Which way in it is.
    pub fn name(&self) -> PathName {
        self.name
    }

    /// What was answered, step by step.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// Its code: it goes into buttons and addresses, and holds nothing of what was written in someone's own words.
    pub fn code(&self) -> String {
        let mut code = self.name.code().to_owned();
        for given in &self.given {
            code.push(BETWEEN);
            match given {
                Given::Unsure => code.push_str(UNSURE),
                Given::Skipped => code.push_str(SKIPPED),
                Given::Picked(picks) => code.push_str(&picks.join(&AND.to_string())),
                Given::Words(_) => code.push_str(WORDS),
            }
        }
        code
    }

    /// The place with this code, with no words where some were written; `None` when it is none.
    pub fn parse(code: &str) -> Option<Path> {
        let mut parts = code.split(BETWEEN);
        let name = PathName::from_code(parts.next()?)?;
        let steps = steps(name);
        let mut given = Vec::new();
        for part in parts {
            let step = steps.get(given.len())?;
            given.push(read(part, step)?);
        }
        Some(Path { name, given })
    }

    /// The place where several answers to one step have been given at once, from the places that each leads to; `None` when
    /// they do not answer the same step, or it takes only one.
    pub fn together(places: &[Path]) -> Option<Path> {
        let (first, rest) = places.split_first()?;
        let before = first.back()?;
        let mut all = first.last_picks()?.to_vec();
        for place in rest {
            if place.back().as_ref() != Some(&before) {
                return None;
            }
            all.extend_from_slice(place.last_picks()?);
        }
        // Reading it back holds it to what the step takes.
        Path::parse(&before.and(Given::Picked(all)).code())
    }

    fn last_picks(&self) -> Option<&[String]> {
        match self.given.last()? {
            Given::Picked(picks) => Some(picks),
            Given::Unsure | Given::Skipped | Given::Words(_) => None,
        }
    }

    /// The place with what was written before, where it is the same words that are missing.
    #[must_use]
    pub fn with_words_of(mut self, before: &Path) -> Path {
        if before.name == self.name {
            for (mine, theirs) in self.given.iter_mut().zip(&before.given) {
                if let (Given::Words(mine), Given::Words(theirs)) = (mine, theirs)
                    && mine.is_empty()
                {
                    mine.clone_from(theirs);
                }
            }
        }
        self
    }

    /// The place where a step is to be answered; this one when it is not there yet.
    #[must_use]
    pub fn before(&self, key: &str) -> Path {
        let at = steps(self.name).iter().position(|step| step.key == key);
        let kept = at.map_or(self.given.len(), |at| at.min(self.given.len()));
        Path {
            name: self.name,
            given: self.given[..kept].to_vec(),
        }
    }

    /// The name of the step that can be answered here; `None` where all have been.
    pub fn step_key(&self) -> Option<&'static str> {
        self.step().map(|step| step.key)
    }

    /// The step that is to be answered now; `None` when all have been.
    pub(super) fn step(&self) -> Option<&'static Step> {
        steps(self.name).get(self.given.len())
    }

    /// The place after an answer to the step.
    #[must_use]
    pub(super) fn and(&self, given: Given) -> Path {
        let mut after = self.clone();
        after.given.push(given);
        after
    }

    /// The place where the last answer had not been given; `None` at the beginning.
    pub(super) fn back(&self) -> Option<Path> {
        let answered = |given: &Given| *given != Given::Skipped;
        let last = self.given.iter().rposition(answered)?;
        Some(Path {
            name: self.name,
            given: self.given[..last].to_vec(),
        })
    }

    /// The place at the first step whose words are not known any longer, when there is one.
    pub(super) fn forgotten(&self) -> Option<Path> {
        let gone = |given: &Given| matches!(given, Given::Words(words) if words.is_empty());
        let at = self.given.iter().position(gone)?;
        Some(Path {
            name: self.name,
            given: self.given[..at].to_vec(),
        })
    }

    /// The codes that were answered to a step; none where nothing, or that one does not know.
    pub(super) fn picks(&self, key: &str) -> &[String] {
        match self.answer(key) {
            Some(Given::Picked(picks)) => picks,
            Some(Given::Unsure | Given::Skipped | Given::Words(_)) | None => &[],
        }
    }

    /// What was answered to a step, read as a type of the base; `None` where nothing was.
    pub(super) fn pick<T>(&self, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.picks(key).first().and_then(|code| read(code))
    }

    /// What was written to a step; empty where nothing was.
    pub(super) fn words(&self, key: &str) -> &str {
        match self.answer(key) {
            Some(Given::Words(words)) => words,
            Some(Given::Unsure | Given::Skipped | Given::Picked(_)) | None => "",
        }
    }

    fn answer(&self, key: &str) -> Option<&Given> {
        let at = steps(self.name).iter().position(|step| step.key == key)?;
        self.given.get(at)
    }
}

/// The answer that a part of a code stands for; `None` when the step cannot be answered so.
fn read(part: &str, step: &Step) -> Option<Given> {
    match (part, step.takes) {
        (SKIPPED, Takes::One(_) | Takes::Many(_)) => Some(Given::Skipped),
        (UNSURE, Takes::One(_) | Takes::Many(_)) => Some(Given::Unsure),
        (WORDS, Takes::Words { .. }) => Some(Given::Words(String::new())),
        (_, Takes::Words { .. }) => None,
        (pick, Takes::One(set)) => set.has(pick).then(|| Given::Picked(vec![pick.to_owned()])),
        (picks, Takes::Many(set)) => several(picks, set).map(Given::Picked),
    }
}

fn several(picks: &str, set: Set) -> Option<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    for pick in picks.split(AND) {
        if !set.has(pick) || all.iter().any(|p| p == pick) {
            return None;
        }
        all.push(pick.to_owned());
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back() {
        for code in [
            "grants",
            "grants.approved.event._.here.-",
            "people.young.create.evening.-.-.alone",
            "idea.*.young.money+premises.friends.yes",
            "call.*.offices/kundcenter.morning.*",
        ] {
            assert_eq!(Path::parse(code).map(|p| p.code()).as_deref(), Some(code));
        }
    }

    #[test]
    fn what_is_no_code_is_nothing() {
        for code in [
            "",
            "castles",
            "grants.",
            "grants.royalty",
            "grants.approved+network",
            "grants.approved.event.young.here.month.more",
            "idea.money",
            "idea.*._.money+money",
            "call.*.kundcenter",
            "call.*.offices/Kund center",
        ] {
            assert_eq!(Path::parse(code), None, "{code}");
        }
    }

    #[test]
    fn going_back_passes_over_what_was_not_asked() {
        let path = Path::parse("people.young.create.-.-").unwrap();
        assert_eq!(path.back().unwrap().code(), "people.young");
        assert_eq!(Path::begin(PathName::Grants).back(), None);
    }

    #[test]
    fn several_answers_to_one_step_are_given_together() {
        let together = |codes: &[&str]| {
            let places: Vec<Path> = codes.iter().map(|c| Path::parse(c).unwrap()).collect();
            Path::together(&places).map(|place| place.code())
        };
        let (money, people) = ("idea.*.young.money", "idea.*.young.people");
        assert_eq!(
            together(&[money, people]).as_deref(),
            Some("idea.*.young.money+people")
        );
        assert_eq!(together(&[money]).as_deref(), Some(money));
        for codes in [
            &[][..],
            &[money, money],
            &[money, "idea.*.old.people"],
            &[money, "idea.*.young._"],
            &["grants.approved", "grants.network"],
            &["grants"],
        ] {
            assert_eq!(together(codes), None, "{codes:?}");
        }
    }

    #[test]
    fn words_come_back_from_what_was_remembered_and_never_stand_in_a_code() {
        let idea = "En odling på taket";
        let before = Path::begin(PathName::Idea).and(Given::Words(idea.to_owned()));
        assert_eq!(before.code(), "idea.*");
        let pressed = Path::parse("idea.*.young").unwrap();
        assert_eq!(pressed.forgotten().unwrap(), Path::begin(PathName::Idea));
        let pressed = pressed.with_words_of(&before);
        assert_eq!((pressed.words("idea"), pressed.forgotten()), (idea, None));
    }
}
