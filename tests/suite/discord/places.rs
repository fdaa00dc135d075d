//! The guided ways in as messages: wherever someone wanders, each message is within Discord's limits and whole, and whatever
//! can be pressed leads on.

use std::collections::BTreeSet;

use lots::answering::{Answer, Block, Decision, Link, LinkKind};
use lots::discord::{Drawing, Id, Place, Press, Row, render};
use lots::knowledge::{Language, PathName};
use lots::paths::{Guide, Heard, Path};
use proptest::prelude::*;

use super::limits::{empty, fits};
use crate::stage::{SHIPPED, TODAY};

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn wherever_someone_wanders_the_message_is_whole(
        name in proptest::sample::select(PathName::ALL.to_vec()),
        language in proptest::sample::select(Language::ALL.to_vec()),
        picks in proptest::collection::vec(any::<prop::sample::Index>(), 12),
        shared in any::<bool>(),
    ) {
        let guide = Guide { answerer: &SHIPPED, language, today: TODAY };
        let mut path = Path::begin(name);
        for pick in picks {
            let view = guide.look(&path);
            let links = seen(&view.blocks, language, shared);
            if view.act.is_some() {
                break;
            }
            path = match guide.hear(Some(&view.path), "En odling på taket, ring 08-465 004 11") {
                // One's own words.
                Heard::To(next) if view.step.is_some() && next.given().len() > view.path.given().len() => next,
                _ => match links.get(pick.index(links.len().max(1))).map(|link| Guide::place(&link.code, Some(&view.path))) {
                    Some(Some(Heard::To(next))) => next,
                    _ => Path::begin(name),
                },
            };
        }
    }
}

/// Draws what is shown at a place and holds it to all that must be so; what can be pressed.
fn seen(blocks: &[Block], language: Language, shared: bool) -> Vec<Link> {
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
    let total: usize = drawing
        .cards
        .iter()
        .map(|c| {
            c.title.chars().count()
                + c.text.chars().count()
                + c.footer.chars().count()
                + c.fields
                    .iter()
                    .map(|f| f.name.chars().count() + f.value.chars().count())
                    .sum::<usize>()
        })
        .sum();
    let n: usize = blocks
        .iter()
        .map(|b| {
            if let Block::Matches { matches, .. } = b {
                matches.len()
            } else {
                0
            }
        })
        .sum();
    let f: usize = drawing.cards.iter().map(|c| c.fields.len()).sum();
    eprintln!(
        "SIZE {total} cards {} matches {n} fields {f} rows {}",
        drawing.cards.len(),
        drawing.rows.len()
    );
    links(blocks)
}

fn links(blocks: &[Block]) -> Vec<Link> {
    let mut all = Vec::new();
    for block in blocks {
        match block {
            Block::Step { links, .. } | Block::Links { links } => all.extend(links.iter().cloned()),
            _ => {}
        }
    }
    all
}
