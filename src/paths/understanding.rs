//! What someone types at a step: one of the answers in their own words, a way out, or something else.
//!
//! Only what is plain counts. What is not is left to be answered as a question, so that a step never holds anyone up.

use super::step::{Set, Takes};
use crate::answering::LinkKind;
use crate::knowledge::{Language, PathTexts};
use crate::language::words;

/// Words shorter than this are the same only letter by letter.
const SHORTEST_MENDED: usize = 5;
/// Words alike by this much, 0..1, are the same with a slip of the finger.
const ALIKE: f64 = 0.82;
/// A whole message that is alike by this much, 0..1, is the same message.
const SAME: f64 = 0.88;
/// So many marks and the like may a sentence have that its words do not.
const MARKS: f64 = 4.0;

/// Names of more words than this say more than what they name.
const SHORT: usize = 2;

/// What a message says at a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// These answers, by their codes, in the language that they were said in.
    Picks(Vec<String>, Language),
    /// A way that every step has.
    Way(LinkKind),
    /// Nothing that the step asks for.
    Else,
}

/// An answer and what people call it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Its code.
    pub(super) code: String,
    /// What people call it, in one language.
    pub(super) names: Vec<String>,
    /// Which language.
    pub(super) language: Language,
}

/// Reads a message at a step, with the words of the language that is spoken first.
pub(super) fn read(
    message: &str,
    takes: Takes,
    named: &[Named],
    texts: &[(Language, &PathTexts)],
) -> Said {
    let said = words(message);
    if said.is_empty() {
        return Said::Else;
    }
    if let Some(way) = way(&said, texts) {
        return Said::Way(way);
    }
    let (set, several) = match takes {
        Takes::Words { .. } => return Said::Else,
        Takes::One(set) => (set, false),
        Takes::Many(set) => (set, true),
    };
    if is_question(message, &said) && !is_named(&said, named) {
        return Said::Else;
    }
    let mut found = found(&said, named);
    if set == Set::Office && found.len() > 1 {
        // An office is meant whole or not at all.
        return Said::Else;
    }
    if !several {
        // Of two answers the one that more words speak for is meant; of two alike, neither.
        found.sort_by_key(|f| std::cmp::Reverse(f.words));
        match &found[..] {
            [best, next, ..] if best.words == next.words => return Said::Else,
            [] => return Said::Else,
            [_, ..] => found.truncate(1),
        }
    }
    let Some(language) = found.first().map(|f| f.language) else {
        return Said::Else;
    };
    found.sort_by_key(|f| f.at);
    Said::Picks(found.into_iter().map(|f| f.code).collect(), language)
}

/// Whether a message asks rather than answers.
pub(super) fn is_question(message: &str, said: &[String]) -> bool {
    const ASKING: &str = "vad var vem vilka vilken vilket hur nar varfor far kan finns ar what where who which how when why may \
        can is are does do";
    let asks = said
        .first()
        .is_some_and(|first| ASKING.split(' ').any(|w| w == first));
    message.trim_end().ends_with('?') || (asks && said.len() > 2)
}

/// Whether a whole message is one of these, but for a slip of the finger.
pub(super) fn is_one_of<'a>(said: &[String], known: impl Iterator<Item = &'a String>) -> bool {
    let said = said.join(" ");
    // Every message is held against every such sentence, so most are passed over by their length alone.
    let length = said.chars().count() as f64;
    let could_be = |known: &&String| {
        let long = known.chars().count() as f64;
        long >= length * SAME && long <= length / SAME + MARKS
    };
    let mut known = known.filter(could_be).map(|k| words(k).join(" "));
    known.any(|k| alike(&k, &said, SAME))
}

/// Whether a message says nothing but an answer, or one of the ways that every step has. Long names count as a whole only,
/// for they hold words that say something else by themselves.
pub(super) fn says_only(message: &str, named: &[Named], texts: &[(Language, &PathTexts)]) -> bool {
    const FILLING: &str =
        "ja jo nej na nae det ar bara nog eh hm oh well yes no just it s its is only the i am im";
    let said = words(message);
    if way(&said, texts).is_some() || is_named(&said, named) {
        return true;
    }
    named.iter().any(|one| {
        let names = one.names.iter().map(|name| words(name));
        let short: Vec<String> = names.filter(|name| name.len() <= SHORT).flatten().collect();
        let is_filling = |word: &String| FILLING.split(' ').any(|w| w == word);
        let (mut answers, mut all) = (false, true);
        for word in &said {
            let is_name = short.contains(word);
            answers |= is_name;
            all &= is_name || is_filling(word);
        }
        answers && all
    })
}

fn way(said: &[String], texts: &[(Language, &PathTexts)]) -> Option<LinkKind> {
    let mut ways = texts.iter().flat_map(|(_, texts)| {
        let say = &texts.say;
        [
            (LinkKind::Stop, &say.stop, &say.stop_words),
            (LinkKind::Back, &say.back, &say.back_words),
            (LinkKind::Unsure, &say.unsure, &say.unsure_words),
        ]
    });
    ways.find(|(_, label, more)| is_one_of(said, more.iter().chain([*label])))
        .map(|(kind, ..)| kind)
}

fn is_named(said: &[String], named: &[Named]) -> bool {
    named.iter().any(|n| is_one_of(said, n.names.iter()))
}

/// An answer found in a message.
struct Found {
    code: String,
    language: Language,
    /// Where it was found.
    at: usize,
    /// How many words speak for it.
    words: usize,
    /// Whether they stand there letter by letter.
    exact: bool,
}

/// The answers whose names stand in a message, each once, those in the language spoken before those in another. A name
/// within a longer one of another answer does not count.
fn found(said: &[String], named: &[Named]) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for one in named {
        let names = one.names.iter().map(|name| words(name));
        let found = names.filter_map(|name| {
            let (at, exact) = place(said, &name)?;
            Some(Found {
                code: one.code.clone(),
                language: one.language,
                at,
                words: name.len(),
                exact,
            })
        });
        let Some(best) = found.max_by_key(|f| (f.words, f.exact)) else {
            continue;
        };
        match all.iter_mut().find(|f| f.code == one.code) {
            Some(before) if (before.words, before.exact) >= (best.words, best.exact) => {}
            Some(before) => *before = best,
            None => all.push(best),
        }
    }
    let spans: Vec<(usize, usize)> = all.iter().map(|f| (f.at, f.words)).collect();
    let within = |f: &Found| {
        spans
            .iter()
            .any(|(at, length)| *length > f.words && *at <= f.at && f.at + f.words <= at + length)
    };
    all.retain(|f| !within(f));
    all
}

/// Where some words stand one after another in a message, and whether letter by letter, which counts for more than where.
fn place(said: &[String], name: &[String]) -> Option<(usize, bool)> {
    if name.is_empty() {
        return None;
    }
    let mut places = said.windows(name.len());
    if let Some(at) = places.position(|w| w == name) {
        return Some((at, true));
    }
    let mut places = said.windows(name.len());
    let at = places.position(|w| w.iter().zip(name).all(|(a, b)| same(a, b)))?;
    Some((at, false))
}

fn same(said: &str, name: &str) -> bool {
    said == name
        || (name.len() >= SHORTEST_MENDED
            && said.len() >= SHORTEST_MENDED
            && alike(said, name, ALIKE))
}

/// Whether two texts are alike by at least so much, 0..1.
fn alike(one: &str, other: &str, least: f64) -> bool {
    let longest = one.chars().count().max(other.chars().count());
    let most = ((1.0 - least) * longest as f64).ceil();
    one == other
        || (fewest_edits(one, other) as f64 <= most
            && strsim::normalized_damerau_levenshtein(one, other) >= least)
}

/// A number of edits that two texts differ by at the least: the letters that one has and the other lacks. Quick to count, and
/// enough to tell most texts apart.
fn fewest_edits(one: &str, other: &str) -> usize {
    const BUCKETS: usize = 64;
    let mut counts = [0_isize; BUCKETS];
    one.chars().for_each(|c| counts[c as usize % BUCKETS] += 1);
    other
        .chars()
        .for_each(|c| counts[c as usize % BUCKETS] -= 1);
    let lacking = |sign: isize| -> isize { counts.iter().map(|n| (n * sign).max(0)).sum() };
    lacking(1).max(lacking(-1)).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(code: &str, names: &[&str]) -> Named {
        Named {
            code: code.to_owned(),
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            language: Language::Swedish,
        }
    }

    fn who() -> Vec<Named> {
        vec![
            named("approved", &["godkänd förening"]),
            named("association", &["förening", "klubb"]),
            named("network", &["nätverk", "vi är inte en förening"]),
        ]
    }

    fn picks(message: &str, takes: Takes, named: &[Named]) -> Vec<String> {
        match read(message, takes, named, &[]) {
            Said::Picks(picks, _) => picks,
            Said::Way(_) | Said::Else => Vec::new(),
        }
    }

    #[test]
    fn answers_are_found_in_what_people_write() {
        let one = Takes::One(Set::Who);
        for (message, code) in [
            ("en förening", "association"),
            ("Vi är en klubb!", "association"),
            ("foreningg", "association"),
            ("godkänd förening", "approved"),
            ("vi är inte en förening", "network"),
        ] {
            assert_eq!(picks(message, one, &who()), [code], "{message}");
        }
    }

    #[test]
    fn what_asks_or_says_something_else_is_no_answer() {
        let one = Takes::One(Set::Who);
        for message in [
            "kan en förening söka?",
            "bananer",
            "",
            "förening eller nätverk",
        ] {
            assert_eq!(
                picks(message, one, &who()),
                Vec::<String>::new(),
                "{message}"
            );
        }
    }

    proptest! {
        #[test]
        fn texts_are_alike_as_their_edits_say(one in "[a-då ]{0,12}", other in "[a-då ]{0,12}") {
            let edits = strsim::damerau_levenshtein(&one, &other);
            prop_assert!(fewest_edits(&one, &other) <= edits, "{edits}");
            let likeness = strsim::normalized_damerau_levenshtein(&one, &other);
            prop_assert_eq!(alike(&one, &other, ALIKE), likeness >= ALIKE, "{}", likeness);
        }
    }

    #[test]
    fn several_answers_are_taken_where_they_may_be() {
        let needs = [named("money", &["pengar"]), named("premises", &["lokal"])];
        let many = Takes::Many(Set::Need);
        assert_eq!(
            picks("lokal och pengar", many, &needs),
            ["premises", "money"]
        );
    }
}
