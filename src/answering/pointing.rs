//! What a message points back to beside the subject under discussion: the first or second of two things that were named
//! together ("den andra, var träffas de?"), or a subject from before ("tillbaka till det första").

use super::deciding::answerable;
use super::follow_up::{place_named, places};
use super::index::Target;
use super::ranking::{Asking, Ranking};
use super::turn::Turn;
use crate::language::words;

/// Which of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// The one named first.
    First,
    /// The one named second.
    Second,
}

const FIRST: [&str; 9] = [
    "den forsta",
    "det forsta",
    "den forstnamnda",
    "det forstnamnda",
    "min forsta",
    "nummer ett",
    "nr ett",
    "the first",
    "the former",
];
const SECOND: [&str; 10] = [
    "den andra",
    "den sistnamnda",
    "det sistnamnda",
    "nummer tva",
    "nr tva",
    "nr 2",
    "the second",
    "the latter",
    "the other one",
    "den senare",
];
const BACK: [&str; 13] = [
    "tillbaka till",
    "tillbaks till",
    "aterga till",
    "atergar till",
    "atervander till",
    "backar till",
    "backa till",
    "igen da",
    "back to",
    "go back",
    "returning to",
    "return to",
    "about the first",
];
/// What stands between two things that are named together.
const BETWEEN: [&str; 5] = ["och", "eller", "respektive", "and", "or"];
/// How likely an entry must be to be what half a message names.
const NAMED: f32 = 0.3;

/// Which of two a message speaks of, if it says so.
fn which(words: &[String]) -> Option<Which> {
    if FIRST.iter().any(|cue| holds(words, cue)) {
        Some(Which::First)
    } else if SECOND.iter().any(|cue| holds(words, cue)) {
        Some(Which::Second)
    } else {
        None
    }
}

/// The place, from 1, of what a short message takes of what was offered: "2", "den andra, tack".
pub(super) fn place_taken(words: &[String]) -> Option<usize> {
    let number = || words.iter().find_map(|w| place_named(w));
    match words.len() {
        ..=3 => number(),
        4 | 5 => which(words).map(|w| w as usize + 1),
        _ => None,
    }
}

/// Whether a message says that it comes back to something.
fn comes_back(words: &[String]) -> bool {
    BACK.iter().any(|cue| holds(words, cue))
}

fn holds(words: &[String], cue: &str) -> bool {
    !places(words, cue).is_empty()
}

impl Turn<'_> {
    /// The place of the entry that the message points back to, beside the one under discussion.
    pub(super) fn pointed_at(&self) -> Option<usize> {
        let words = words(self.subject);
        let which = which(&words);
        if let Some(which) = which
            && let Some(two) = self.named_together()
        {
            return Some(two[which as usize]);
        }
        let earlier = self.before.earlier_topic.as_ref()?;
        let points = which == Some(Which::First) || comes_back(&words);
        points.then(|| self.answerer.knowledge.place(earlier))?
    }

    /// The two entries that the message before named, in its order.
    fn named_together(&self) -> Option<[usize; 2]> {
        let before = self.before.wordings.last()?;
        self.by_name(before).or_else(|| {
            let (first, second) = halves(before)?;
            let two = [self.meant_by(first)?, self.meant_by(second)?];
            (two[0] != two[1]).then_some(two)
        })
    }

    /// The first two entries whose names stand in a text.
    fn by_name(&self, text: &str) -> Option<[usize; 2]> {
        let text = words(text);
        let knowledge = &self.answerer.knowledge;
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (place, entry) in knowledge.entries().iter().enumerate() {
            let names = crate::knowledge::Language::ALL.into_iter();
            let names = names.filter_map(|l| entry.texts.get(l)).flat_map(|t| {
                let others = t.also_called.iter().map(String::as_str);
                others.chain([t.title.as_str()])
            });
            let at = names.filter_map(|name| {
                let name = words(name);
                (!name.is_empty()).then_some(())?;
                text.windows(name.len()).position(|w| w == name)
            });
            found.extend(at.min().map(|at| (at, place)));
        }
        found.sort_unstable();
        // Two entries of one name are no two things.
        found.dedup_by_key(|(at, _)| *at);
        match found[..] {
            [(_, first), (_, second), ..] => Some([first, second]),
            _ => None,
        }
    }

    /// The entry that a text by itself is about.
    fn meant_by(&self, text: &str) -> Option<usize> {
        let asking = Asking {
            language: self.composer.language,
            guess: self.guess,
            subject: text,
            context: &[],
            top: 1,
        };
        let ranking = Ranking::of(self.answerer, &asking);
        let mut entries = ranking.ranked.iter();
        let best = entries.find(|r| answerable(&self.answerer.knowledge, r.found.target))?;
        match best.found.target {
            Target::Entry(i) if best.confidence >= NAMED => Some(i),
            _ => None,
        }
    }
}

/// What stands before and after the last word that joins two things.
fn halves(text: &str) -> Option<(&str, &str)> {
    let is_between = |word: &str| BETWEEN.contains(&word.to_lowercase().as_str());
    let (at, word) = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .rfind(|(_, word)| is_between(word))?;
    Some((&text[..at], &text[at + word.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_second_are_told() {
        let of = |text: &str| which(&words(text));
        assert_eq!(
            of("Det förstnämnda, hur ofta möts det?"),
            Some(Which::First)
        );
        assert_eq!(of("den andra då, var träffas de"), Some(Which::Second));
        assert_eq!(of("can others join the second one?"), Some(Which::Second));
        assert_eq!(of("finns det andra bidrag"), None);
    }

    #[test]
    fn coming_back_is_told() {
        assert!(comes_back(&words("ok, tillbaks till tävlingen")));
        assert!(!comes_back(&words("när kommer svaret tillbaka")));
    }

    #[test]
    fn two_things_stand_around_the_last_word_between() {
        assert_eq!(
            halves("skillnad på PRO och SPF?"),
            Some(("skillnad på PRO ", " SPF?"))
        );
        assert_eq!(halves("vad är PRO"), None);
    }
}
