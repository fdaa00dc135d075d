//! The guided ways in as messages: wherever someone wanders, each message is within Discord's limits and whole, and whatever
//! is offered can be pressed.

use std::collections::BTreeSet;

use lots::answering::{Answer, Block, Decision, Fit, Link, Match};
use lots::discord::{Drawing, Id, Place, Press, Row, render};
use lots::knowledge::{Language, PathName};
use lots::paths::{Guide, Heard, Path};
use proptest::prelude::*;

use super::limits::{empty, fits};
use crate::stage::{SHIPPED, TODAY};

/// What someone writes wherever words are asked for.
const WORDS: &str = "En odling på taket för alla i huset";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn wherever_someone_wanders_the_message_is_whole(
        name in proptest::sample::select(PathName::ALL.to_vec()),
        language in proptest::sample::select(Language::ALL.to_vec()),
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 10),
        shared in any::<bool>(),
    ) {
        let guide = Guide { answerer: &SHIPPED, language, today: TODAY };
        let mut path = Path::begin(name);
        for pick in picks {
            let view = guide.look(&path);
            if view.act.is_some() {
                break;
            }
            is_whole(&view.blocks, language, shared);
            path = match next(&guide, &view.path, &view.blocks, pick) {
                Some(next) => next,
                None => break,
            };
        }
    }
}

#[test]
fn a_result_with_much_in_it_is_whole() {
    for code in [
        "grants._._._._._",
        "grants.association._._._._",
        "people._._._._._._",
        "people.adult._._._._._",
        "influence._._",
        "idea.*._.money+premises+people+advice+permit+spread+decision._",
        "idea.*.young.money+premises+people+advice+permit+spread+decision.association",
    ] {
        for language in Language::ALL {
            let guide = Guide {
                answerer: &SHIPPED,
                language,
                today: TODAY,
            };
            let words = Path::begin(PathName::Idea);
            let words = match guide.hear(Some(&words), WORDS) {
                Heard::To(path) => path,
                other => panic!("{other:?}"),
            };
            let path = Path::parse(code).unwrap().with_words_of(&words);
            let view = guide.look(&path);
            assert_eq!(view.step, None, "{code}");
            is_whole(&view.blocks, language, true);
        }
    }
}

/// Where someone goes from a place: on with their own words, or where something leads that can be pressed.
fn next(guide: &Guide<'_>, at: &Path, blocks: &[Block], pick: prop::sample::Index) -> Option<Path> {
    let writes = blocks
        .iter()
        .any(|b| matches!(b, Block::Step { writes: true, .. }));
    let links = links(blocks);
    let heard = if writes {
        guide.hear(Some(at), WORDS)
    } else {
        Guide::place(&links[pick.index(links.len())].code, Some(at)).unwrap()
    };
    match heard {
        Heard::To(path) => Some(path),
        Heard::Stop => None,
        other => panic!("{other:?} at {}", at.code()),
    }
}

/// Draws what is shown at a place, and holds it to all that must be so.
#[track_caller]
fn is_whole(blocks: &[Block], language: Language, shared: bool) {
    let answer = Answer {
        language,
        ..empty(Decision::Path, blocks.to_vec())
    };
    let place = Place {
        removed_by: (!shared).then(|| "0123456789abcdef".parse().unwrap()),
        form: shared,
        shared,
    };
    let drawing = render(&answer, SHIPPED.knowledge().phrases(language), place);
    fits(&drawing);
    let leads_to = leads_to(&drawing);
    for link in links(blocks) {
        assert!(leads_to.contains(&link.code), "{link:?} cannot be pressed");
    }
    let all = drawing.cards.iter().flat_map(|card| {
        let values = card.fields.iter().map(|f| &f.value);
        values.chain([&card.title, &card.text])
    });
    for text in all {
        assert!(!text.ends_with(" …"), "{text} is cut");
    }
    let fields: BTreeSet<&String> = drawing
        .cards
        .iter()
        .flat_map(|card| card.fields.iter().map(|f| &f.name))
        .collect();
    for found in matches(blocks, |fit| fit != Fit::Not) {
        assert!(fields.contains(&found.title), "{} is missing", found.title);
    }
    let can_be_read: BTreeSet<&String> = drawing.rows.iter().flat_map(values).collect();
    for found in matches(blocks, |_| true) {
        assert!(
            can_be_read.contains(&found.entry.to_string()),
            "{} cannot be read",
            found.entry
        );
    }
    let writes = blocks.iter().find_map(|b| match b {
        Block::Step {
            code, writes: true, ..
        } => Some(Press::Write(code.clone())),
        _ => None,
    });
    let form = presses(&drawing)
        .into_iter()
        .find(|press| matches!(press, Press::Write(_)));
    assert_eq!(form, writes.filter(|_| shared));
}

/// The codes of the places that something to press leads to.
fn leads_to(drawing: &Drawing) -> BTreeSet<String> {
    let pressed = presses(drawing)
        .into_iter()
        .filter_map(|press| match press {
            Press::Path(code) => Some(code),
            _ => None,
        });
    let picked = drawing.rows.iter().flat_map(values).cloned();
    pressed.chain(picked).collect()
}

fn presses(drawing: &Drawing) -> Vec<Press> {
    let buttons = drawing.rows.iter().flat_map(|row| match row {
        Row::Buttons(buttons) => buttons.as_slice(),
        Row::Pages(_) | Row::Menu { .. } => &[],
    });
    buttons.map(|b| Id::parse(&b.id).unwrap().press).collect()
}

/// The values of a menu.
fn values(row: &Row) -> Vec<&String> {
    match row {
        Row::Menu { options, .. } => options.iter().map(|(value, _)| value).collect(),
        Row::Buttons(_) | Row::Pages(_) => Vec::new(),
    }
}

fn links(blocks: &[Block]) -> Vec<Link> {
    let mut all = Vec::new();
    for block in blocks {
        if let Block::Step { links, .. } | Block::Links { links } = block {
            all.extend(links.iter().cloned());
        }
    }
    all
}

fn matches(blocks: &[Block], of: impl Fn(Fit) -> bool) -> Vec<Match> {
    let mut all = Vec::new();
    for block in blocks {
        if let Block::Matches { fit, matches, .. } = block
            && of(*fit)
        {
            all.extend(matches.iter().cloned());
        }
    }
    all
}
